import { expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { indicatorCodes, type IndicatorCode, indicators, lightOf, shareOf, trendOf, worstOf } from './indicators.js';

test.each`
  code                | part  | of     | light      | because
  ${'head_days_held'} | ${4}  | ${4}   | ${'green'} | ${'all periods are fulfilled'}
  ${'head_days_held'} | ${4}  | ${5}   | ${'amber'} | ${'80 % is the threshold itself'}
  ${'head_days_held'} | ${3}  | ${4}   | ${'red'}   | ${'75 % is below'}
  ${'backlog'}        | ${0}  | ${10}  | ${'green'} | ${'nothing is in the backlog'}
  ${'backlog'}        | ${1}  | ${10}  | ${'red'}   | ${'10 % is above 5'}
  ${'backlog'}        | ${0}  | ${0}   | ${'none'}  | ${'nothing is open'}
  ${'limits_kept'}    | ${95} | ${100} | ${'green'} | ${'95 % is the threshold itself'}
`('$code of $part in $of is $light: $because', ({ code, part, of, light }) => {
  expect(lightOf(code as IndicatorCode, { part: part as number, of: of as number })).toBe(light);
});

it('tells by the direction of an indicator whether it became better', () => {
  expect(trendOf('backlog', { part: 1, of: 10 }, { part: 2, of: 10 })).toBe('better');
  expect(trendOf('limits_kept', { part: 1, of: 10 }, { part: 2, of: 10 })).toBe('worse');
  expect(trendOf('limits_kept', { part: 1, of: 2 }, { part: 2, of: 4 })).toBe('same');
  expect(trendOf('backlog', { part: 1, of: 10 }, null)).toBe('unknown');
  expect(trendOf('backlog', { part: 0, of: 0 }, { part: 0, of: 4 })).toBe('unknown');
});

it('shows the worst light, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('green' as const, 'amber' as const, 'red' as const, 'none' as const)), (lights) => {
      const worst = worstOf(lights);
      expect(lights.includes('red') ? 'red' : lights.includes('amber') ? 'amber' : lights.includes('green') ? 'green' : 'none').toBe(worst);
    }),
  );
});

it.each(indicatorCodes)('%s has thresholds in the order of its direction, and the light gets no worse with a better share', (code) => {
  const { better, green, amber } = indicators[code];
  expect(better === 'higher' ? green >= amber : green <= amber).toBe(true);
  const rank = { green: 0, amber: 1, red: 2, none: 3 };
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), (one, other) => {
      const [low, high] = one < other ? [one, other] : [other, one];
      const [lowLight, highLight] = [lightOf(code, { part: low, of: 1000 }), lightOf(code, { part: high, of: 1000 })];
      expect(better === 'higher' ? rank[highLight] <= rank[lowLight] : rank[lowLight] <= rank[highLight]).toBe(true);
    }),
  );
  expect(shareOf({ part: 1, of: 3 })).toBe(33.3);
});
