import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { draw } from './draw.js';

const candidate = fc.record({ code: fc.stringMatching(/^\d{5}$/), weight: fc.double({ min: 0.01, max: 100, noNaN: true }) });
const candidates = fc.uniqueArray(candidate, { selector: ({ code }) => code, maxLength: 40 });

it('is the same for everybody who has the seed, whatever the order of the list', () => {
  fc.assert(
    fc.property(candidates, fc.string(), (units, seed) => {
      const codes = draw(units, seed).map(({ code }) => code);
      expect(draw([...units].reverse(), seed).map(({ code }) => code)).toEqual(codes);
      expect([...codes].sort()).toEqual(units.map(({ code }) => code).sort());
    }),
  );
});

it('does not change for the others when one is left out: nobody is drawn because of who else could be', () => {
  fc.assert(
    fc.property(candidates, fc.string(), fc.nat(), (units, seed, at) => {
      if (units.length === 0) return;
      const left = units[at % units.length]!;
      const all = draw(units, seed).filter(({ code }) => code !== left.code);
      expect(
        draw(
          units.filter((unit) => unit !== left),
          seed,
        ),
      ).toEqual(all);
    }),
  );
});

it('is known beforehand for a seed: this is the published example', () => {
  const units = [
    { code: '00004', weight: 3 },
    { code: '00070', weight: 1 },
    { code: '00008', weight: 1 },
  ];
  expect(draw(units, 'thanh-tra-2026-11').map(({ code, key }) => [code, key.toFixed(6)])).toMatchInlineSnapshot(`
   [
     [
       "00008",
       "-0.124706",
     ],
     [
       "00004",
       "-0.218053",
     ],
     [
       "00070",
       "-1.751375",
     ],
   ]
  `);
});

it('draws in proportion to the weights', () => {
  const units = [
    { code: 'A', weight: 1 },
    { code: 'B', weight: 2 },
    { code: 'C', weight: 5 },
  ];
  const first = { A: 0, B: 0, C: 0 };
  const draws = 20_000;
  for (let turn = 0; turn < draws; turn++) first[draw(units, `seed ${turn}`)[0]!.code as 'A']++;
  // Within four standard deviations: it fails by chance once in sixteen thousand runs, and the seeds are always the same.
  for (const { code, weight } of units) {
    const share = weight / 8;
    expect(Math.abs(first[code as 'A'] / draws - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws));
  }
});
