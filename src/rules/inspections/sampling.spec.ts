import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { allocate, rateOf } from './sampling.js';

test.each<[number[], number, number[], string]>([
  [[80, 20], 10, [8, 2], 'in proportion'],
  [[97, 2, 1], 10, [8, 1, 1], 'one of each first'],
  [[50, 30, 20], 2, [1, 1, 0], 'the larger ones where it does not reach'],
  [[3, 2], 100, [3, 2], 'everything where there is less'],
  [[0, 5], 2, [0, 2], 'nothing of nothing'],
  [[], 5, [], 'no strata'],
])('allocates of %j, in a sample of %i, %j: %s', (populations, size, taken) => {
  expect(
    allocate(
      populations.map((population) => ({ population })),
      size,
    ),
  ).toEqual(taken);
});

test('an allocation takes the size, never more than there are, and one of each where it reaches', () => {
  const strata = fc.array(fc.record({ population: fc.integer({ min: 0, max: 500 }) }), { maxLength: 20 });
  fc.assert(
    fc.property(strata, fc.integer({ min: 0, max: 300 }), (parts, size) => {
      const taken = allocate(parts, size);
      const all = parts.reduce((total, { population }) => total + population, 0);
      expect(taken.reduce((total, one) => total + one, 0)).toBe(Math.min(size, all));
      const filled = parts.filter(({ population }) => population > 0).length;
      for (const [index, { population }] of parts.entries()) {
        expect(taken[index]).toBeLessThanOrEqual(population);
        if (population > 0 && size >= filled) expect(taken[index]).toBeGreaterThan(0);
      }
    }),
  );
});

describe('a rate', () => {
  const observations = (wrong: number, of: number, weight: number) =>
    Array.from({ length: of }, (_, index) => ({ weight, wrong: index < wrong }));

  // Published values of Wilson's interval; the population is so large that its correction does not show.
  test.each`
    wrong | of     | share   | low     | high
    ${10} | ${100} | ${10}   | ${5.5}  | ${17.4}
    ${0}  | ${10}  | ${0}    | ${0}    | ${27.8}
    ${1}  | ${10}  | ${10}   | ${1.8}  | ${40.4}
    ${10} | ${10}  | ${100}  | ${72.2} | ${100}
    ${81} | ${263} | ${30.8} | ${25.5} | ${36.6}
  `(
    'of $wrong in $of is $share, between $low and $high',
    ({ wrong, of, share, low, high }: Record<'wrong' | 'of' | 'share' | 'low' | 'high', number>) => {
      expect(rateOf(observations(wrong, of, 1), { population: 1e9, reviewed: of })).toEqual({ observed: of, wrong, share, low, high });
    },
  );

  it('is known for certain when everything was looked at, and nothing when nothing was', () => {
    const everything = { population: 8, reviewed: 8 };
    expect(rateOf(observations(1, 8, 1), everything)).toEqual({ observed: 8, wrong: 1, share: 12.5, low: 12.5, high: 12.5 });
    expect(rateOf([], everything)).toBeNull();
  });

  it('is narrower the more of the population was looked at', () => {
    const width = (population: number) => {
      const { low, high } = rateOf(observations(2, 20, 1), { population, reviewed: 20 })!;
      return high - low;
    };
    expect([width(20), width(25) < width(40), width(40) < width(1000)]).toEqual([0, true, true]);
  });

  it('weighs what a small stratum shows by its size', () => {
    const rate = rateOf([...observations(0, 10, 9), ...observations(10, 10, 1)], { population: 100, reviewed: 20 })!;
    expect(rate).toMatchObject({ observed: 20, wrong: 10, share: 10 });
  });

  it('lies within its interval, which lies within 0 and 100', () => {
    const observation = fc.record({ weight: fc.double({ min: 1, max: 50, noNaN: true }), wrong: fc.boolean() });
    fc.assert(
      fc.property(fc.array(observation, { minLength: 1, maxLength: 60 }), (found) => {
        const { share, low, high } = rateOf(found, { population: found.length * 3, reviewed: found.length })!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(share);
        expect(share).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('has an interval that holds the truth in about 95 of 100 stratified samples', () => {
    // Numbers of a linear congruence, always the same: three strata with 2, 10 and 40 per cent wrong.
    let state = 7;
    const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
    const strata = [
      { population: 600, wrong: 12 },
      { population: 300, wrong: 30 },
      { population: 100, wrong: 40 },
    ];
    const sizes = allocate(strata, 80);
    const truth = 8.2;
    let held = 0;
    const samples = 2000;
    for (let turn = 0; turn < samples; turn++) {
      const seen = strata.flatMap(({ population, wrong }, index) => {
        let [left, wrongLeft] = [population, wrong];
        return Array.from({ length: sizes[index]! }, () => {
          const isWrong = random() < wrongLeft / left;
          [left, wrongLeft] = [left - 1, wrongLeft - (isWrong ? 1 : 0)];
          return { weight: population / sizes[index]!, wrong: isWrong };
        });
      });
      const { low, high } = rateOf(seen, { population: 1000, reviewed: 80 })!;
      if (low <= truth && truth <= high) held++;
    }
    expect(held / samples).toBeGreaterThan(0.93);
    expect(held / samples).toBeLessThan(0.995);
  });
});
