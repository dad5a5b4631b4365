import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binsOf, quantile, type Taken } from './durations.js';

const taken: fc.Arbitrary<Taken[]> = fc.array(fc.record({ days: fc.nat(400), count: fc.integer({ min: 1, max: 20 }) }), { maxLength: 30 });

it('puts everything into exactly one class', () => {
  fc.assert(
    fc.property(taken, (all) => {
      const bins = binsOf(all);
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(all.reduce((sum, { count }) => sum + count, 0));
      for (const [index, { from }] of bins.entries()) if (index > 0) expect(from).toBe(bins[index - 1]!.to! + 1);
    }),
  );
});

it.each([
  [[], null, null],
  [[{ days: 3, count: 1 }], 3, 3],
  [
    [
      { days: 9, count: 1 },
      { days: 1, count: 9 },
    ],
    1,
    1,
  ],
  [
    [
      { days: 9, count: 2 },
      { days: 1, count: 8 },
    ],
    1,
    9,
  ],
  [
    [
      { days: 2, count: 5 },
      { days: 4, count: 5 },
    ],
    2,
    4,
  ],
])('of %j half took at most %p days, nine of ten %p', (all, median, ninety) => {
  expect([quantile(all, 0.5), quantile(all, 0.9)]).toEqual([median, ninety]);
});

it('agrees with the days written out one by one', () => {
  fc.assert(
    fc.property(taken, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
      const days = all.flatMap(({ days: one, count }) => Array<number>(count).fill(one)).sort((one, other) => one - other);
      expect(quantile(all, share)).toBe(days[Math.ceil(days.length * share) - 1] ?? null);
    }),
  );
});
