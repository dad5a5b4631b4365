import { describe, expect, it } from '@jest/globals';
import { officialYears } from '../calendar/official-years.js';
import { WorkingCalendar } from '../calendar/working-calendar.js';
import { lastDayFor, onlineGrounds, onlineRules } from './online.js';

const calendar = new WorkingCalendar(officialYears);

describe('reception by video', () => {
  // Decree 154/2026/NĐ-CP art. 23(1): five working days, and one, before the day; 31 August to 2 September 2026 are off.
  it.each([
    ['notice', '2026-07-09', '2026-07-02'],
    ['test', '2026-07-09', '2026-07-08'],
    ['test', '2026-07-13', '2026-07-12'],
    ['notice', '2026-09-04', '2026-08-25'],
  ] as const)('%s for %s by %s', (what, onDate, expected) => {
    expect(lastDayFor(what, onDate, calendar)).toBe(expected);
  });

  it('is asked for nothing before the decree', () => {
    expect(lastDayFor('notice', '2026-06-30', calendar)).toBeNull();
  });

  it('has a rule for each of its grounds', () => {
    expect(onlineRules.flatMap(({ code }) => code ?? [])).toEqual([...onlineGrounds]);
  });
});
