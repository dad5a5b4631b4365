import { describe, expect, it } from '@jest/globals';
import { isLegalDate, plusDays } from '../../platform/text/legal-date.js';
import { computedYear } from './computed-year.js';
import { fromLunar } from './lunar.js';
import { officialYears } from './official-years.js';
import { WorkingCalendar } from './working-calendar.js';

const calendar = new WorkingCalendar(officialYears);

describe('official years', () => {
  it.each([
    [2018, 250],
    [2019, 252],
    [2020, 252],
    [2021, 250],
    [2022, 249],
    [2023, 249],
    [2024, 251],
    [2025, 250],
    [2026, 249],
  ])('%i has %i working days', (year, expected) => {
    expect(workingDaysIn(year)).toBe(expected);
  });

  it.each([
    ['2026-02-16', false, 'Tết Nguyên đán', 'official'],
    ['2026-08-31', false, 'Nghỉ hoán đổi ngày làm việc', 'official'],
    ['2026-08-22', true, 'Làm bù (hoán đổi ngày làm việc)', 'official'],
    ['2026-08-23', false, null, 'official'],
    ['2026-11-24', false, 'Ngày Văn hóa Việt Nam', 'official'],
    ['2025-11-24', true, null, 'official'],
    ['2027-11-24', false, 'Ngày Văn hóa Việt Nam', 'official'],
    ['2027-11-23', true, null, 'provisional'],
    // A Sunday: nothing is off in its place.
    ['2030-11-24', false, 'Ngày Văn hóa Việt Nam', 'official'],
    ['2030-11-25', true, null, 'provisional'],
    ['2030-03-04', true, null, 'provisional'],
  ])('%s: working %s, %s, %s', (date, working, name, status) => {
    expect(calendar.day(date)).toEqual({ date, working, name, status });
  });
});

describe('a computed year', () => {
  it('2027 is as announced practice would have it, and provisional', () => {
    const daysOff = computedYear(2027).days.filter(({ working }) => !working);
    expect(daysOff.map(({ date }) => date.slice(5)).filter((day) => !['02-06', '02-07', '05-01'].includes(day))).toEqual([
      '01-01',
      '02-04',
      '02-05',
      '02-08',
      '02-09',
      '02-10',
      '04-16',
      '04-30',
      '05-03',
      '09-02',
      '09-03',
      '11-24',
    ]);
    expect(workingDaysIn(2027)).toBe(249);
    expect(calendar.day('2027-03-01').status).toBe('provisional');
  });
});

describe('the lunar calendar of Viet Nam', () => {
  it.each([
    [1968, '1968-01-29'],
    [1985, '1985-01-21'],
    [2007, '2007-02-17'],
    [2018, '2018-02-16'],
    [2019, '2019-02-05'],
    [2020, '2020-01-25'],
    [2021, '2021-02-12'],
    [2022, '2022-02-01'],
    [2023, '2023-01-22'],
    [2024, '2024-02-10'],
    [2025, '2025-01-29'],
    [2026, '2026-02-17'],
    [2027, '2027-02-06'],
    [2030, '2030-02-02'],
    [2033, '2033-01-31'],
    [2034, '2034-02-19'],
  ])('Tết of %i is on %s', (year, date) => {
    expect(fromLunar(year, 1, 1)).toBe(date);
  });

  it.each([
    [2018, '2018-04-25'],
    [2019, '2019-04-14'],
    [2020, '2020-04-02'],
    [2021, '2021-04-21'],
    [2023, '2023-04-29'],
    [2024, '2024-04-18'],
    [2025, '2025-04-07'],
    [2026, '2026-04-26'],
  ])("Hùng Kings' day of %i, the 10th of the 3rd month, is on %s, leap months counted out", (year, date) => {
    expect(fromLunar(year, 3, 10)).toBe(date);
  });
});

describe('a legal day', () => {
  it.each(['2025-02-30', '2025-2-3', '2025-13-01', '20250101', '', '2025-01-01T00:00:00Z', '0000-01-01', null, 20250101])(
    '%p is none',
    (value) => {
      expect(isLegalDate(value)).toBe(false);
    },
  );

  it.each(['2024-02-29', '2018-04-24', '1999-12-31'])('%s is one', (value) => {
    expect(isLegalDate(value)).toBe(true);
  });
});

function workingDaysIn(year: number): number {
  let count = 0;
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = plusDays(day, 1)) if (calendar.isWorking(day)) count++;
  return count;
}
