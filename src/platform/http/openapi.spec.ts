import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';

it('no two classes of requests or answers have one name: the OpenAPI document would show one in place of the other', () => {
  const names = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(dto|answer)\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(path.join('src', file), 'utf8').matchAll(/^export class (\w+)/gm)].map(([, name]) => name));
  expect(names.length).toBeGreaterThan(300);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
