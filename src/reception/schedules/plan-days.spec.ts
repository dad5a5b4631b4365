import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { officialYears } from '../../rules/calendar/official-years.js';
import { WorkingCalendar } from '../../rules/calendar/working-calendar.js';
import { fromDayNumber, type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import { daysOfRecurrence } from '../recurrence.js';
import { planDays } from './plan-days.js';
import { dayOffRules } from './schedule.js';

const calendar = new WorkingCalendar(officialYears);
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const day = fc.integer({ min: toDayNumber('2020-01-01'), max: toDayNumber('2028-12-31') }).map(fromDayNumber);

/** The n-th weekday of a month, counted by hand. */
function isNth(date: LegalDate, weekday: string, nth: number): boolean {
  return weekdays[new Date(date).getUTCDay()] === weekday && Math.ceil(Number(date.slice(8)) / 7) === nth;
}

describe('recurrence', () => {
  it('gives each n-th weekday of the months, no more and no less', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom(...weekdays),
        fc.integer({ min: 1, max: 5 }),
        (from, length, weekday, nth) => {
          const to = plusDays(from, length);
          const expected = Array.from({ length: length + 1 }, (_, offset) => plusDays(from, offset)).filter((date) =>
            isNth(date, weekday, nth),
          );
          expect(daysOfRecurrence(`FREQ=MONTHLY;BYDAY=${nth}${weekday}`, from, to, '/recurrence')).toEqual(expected);
        },
      ),
    );
  });

  it('by the day of the month leaves out the months that lack it', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 700 }), fc.integer({ min: 28, max: 31 }), (from, length, monthDay) => {
        const days = daysOfRecurrence(`FREQ=MONTHLY;BYMONTHDAY=${monthDay}`, from, plusDays(from, length), '/recurrence');
        for (const date of days) expect(Number(date.slice(8))).toBe(monthDay);
      }),
    );
  });
});

it('plans working days alone, each once, in order, and accounts for every day of the rule', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 30, max: 400 }),
      fc.constantFrom(...dayOffRules),
      fc.subarray(weekdays, { minLength: 1 }),
      (firstOn, length, onDayOff, by) => {
        const facts = {
          recurrence: `FREQ=WEEKLY;BYDAY=${by.join(',')}`,
          firstOn,
          lastOn: plusDays(firstOn, length),
          onDayOff,
          omitted: [],
          added: [],
        };
        const { days, dropped } = planDays(facts, calendar);
        const planned = days.map(({ on }) => on);
        expect(planned).toEqual([...new Set(planned)].sort());
        for (const on of planned) expect(calendar.isWorking(on)).toBe(true);
        expect(days.length + dropped.length).toBe(daysOfRecurrence(facts.recurrence, firstOn, facts.lastOn, '/recurrence').length);
      },
    ),
  );
});
