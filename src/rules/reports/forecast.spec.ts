import { describe, expect, it } from '@jest/globals';
import { expectLate, type KeptBefore, lateShare, type RunningOut } from './forecast.js';

const screening = (kept: number, notKept: number): KeptBefore => ({ ruleId: 'screening', kept, notKept });
const resolution = (kept: number, notKept: number): KeptBefore => ({ ruleId: 'resolution', kept, notKept });

describe('what will probably be late', () => {
  it.each<[string, RunningOut[], KeptBefore[], number | null]>([
    ['nothing ran out before', [{ ruleId: 'screening', count: 8 }], [], null],
    ['too few ran out before', [{ ruleId: 'screening', count: 8 }], [screening(10, 9)], null],
    ['just enough', [{ ruleId: 'screening', count: 8 }], [screening(10, 10)], 4],
    ['nothing runs out', [], [screening(10, 10)], 0],
    [
      'each rule by its own past',
      [
        { ruleId: 'screening', count: 10 },
        { ruleId: 'resolution', count: 10 },
      ],
      [screening(90, 10), resolution(10, 30)],
      8.5,
    ],
    ['a rule with too little past by that of all', [{ ruleId: 'appeal', count: 10 }], [screening(90, 10), resolution(0, 10)], 1.8],
    ['a limit of no known rule', [{ ruleId: null, count: 5 }], [screening(0, 20)], 5],
    ['all kept', [{ ruleId: 'screening', count: 5 }], [screening(20, 0)], 0],
  ])('%s', (_name, due, before, expected) => {
    expect(expectLate(due, before)).toBe(expected);
  });

  it('is a share between none and all', () => {
    expect([lateShare([screening(20, 0)]), lateShare([screening(0, 20)]), lateShare([screening(19, 0)])]).toEqual([0, 1, null]);
  });
});
