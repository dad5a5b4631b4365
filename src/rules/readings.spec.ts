import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { readings } from './readings.js';

it('every reading has a name of its own, an article and who should confirm it', () => {
  expect(new Set(readings.map(({ id }) => id)).size).toBe(readings.length);
  for (const { id, reading, sources, confirmedBy } of readings) {
    expect([id, reading.vi !== '', reading.en !== '', sources.length > 0, confirmedBy.vi !== '']).toEqual([id, true, true, true, true]);
  }
});

it('docs/rules.md has the same list, row by row', () => {
  const cells = (line: string) => line.split('|').slice(1, -1);
  const rows = readFileSync('docs/rules.md', 'utf8')
    .split('## Readings that a person should confirm')[1]!
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => cells(line).map((cell) => cell.trim()));
  expect(rows).toEqual(
    readings.map(({ id, reading, sources, confirmedBy }) => [
      `\`${id}\``,
      reading.en,
      sources.map(({ instrument, article }) => (article ? `${instrument} ${article}` : instrument)).join('; '),
      confirmedBy.en,
    ]),
  );
});
