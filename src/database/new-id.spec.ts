import { expect, it } from '@jest/globals';
import { newId } from './new-id.js';

it('makes version 7 ids of this moment, all of them others', () => {
  const before = Date.now();
  const ids = Array.from({ length: 1000 }, newId);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const moment = parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
    expect(moment).toBeGreaterThanOrEqual(before);
    expect(moment).toBeLessThanOrEqual(Date.now());
  }
  expect(new Set(ids).size).toBe(1000);
});
