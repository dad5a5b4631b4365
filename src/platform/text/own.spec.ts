import { expect, it } from '@jest/globals';
import { own } from './own.js';

it('knows what was put there, and nothing that every object inherits', () => {
  const record: Record<string, number> = { one: 1 };
  expect(own(record, 'one')).toBe(1);
  for (const name of Object.getOwnPropertyNames(Object.prototype)) expect([name, own(record, name)]).toEqual([name, undefined]);
});
