import { fromDayNumber, type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import { fromLunar } from './lunar.js';
import type { CalendarYear, SpecialDay } from './calendar-year.js';

/** Names of the public holidays (Labour Code 45/2019/QH14 art. 112). */
export const holidayNames = {
  newYear: 'Tết Dương lịch',
  lunarNewYear: 'Tết Nguyên đán',
  hungKings: 'Giỗ Tổ Hùng Vương',
  reunification: 'Ngày Chiến thắng 30/4',
  labour: 'Ngày Quốc tế lao động 1/5',
  national: 'Quốc khánh',
  culture: 'Ngày Văn hóa Việt Nam',
} as const;

/**
 * The calendar of a year for which no official notice is known, from the rules alone; provisional as a whole.
 * What the Prime Minister chooses each year is guessed: Tết from two days before New Year's Day, the day after National Day; no swaps.
 */
export function computedYear(year: number): CalendarYear {
  const newYearsDay = fromLunar(year, 1, 1);
  const holidays: [LegalDate, string][] = [
    [`${year}-01-01`, holidayNames.newYear],
    ...[-2, -1, 0, 1, 2].map((offset): [LegalDate, string] => [plusDays(newYearsDay, offset), holidayNames.lunarNewYear]),
    [fromLunar(year, 3, 10), holidayNames.hungKings],
    [`${year}-04-30`, holidayNames.reunification],
    [`${year}-05-01`, holidayNames.labour],
    ...nationalDays(year).map((date): [LegalDate, string] => [date, holidayNames.national]),
  ];
  return { year, status: 'provisional', source: 'computed', days: [...withSubstitutes(holidays), ...cultureDay(year)] };
}

/**
 * Vietnamese Culture Day is off with pay since 2026 (Resolution 28/2026/QH16 art. 2, in force 2026-07-01), whatever else of a year is not sure yet. It does
 * not stand in article 112 of the Labour Code, so that no day in lieu follows where it falls on a weekend.
 */
export function cultureDay(year: number): SpecialDay[] {
  return year < 2026 ? [] : [{ date: `${year}-11-24`, working: false, name: holidayNames.culture, status: 'official' }];
}

/** One day until 2020; since 2021 also an adjacent day, here the one that is a weekday. */
function nationalDays(year: number): LegalDate[] {
  const day = `${year}-09-02`;
  if (year < 2021) return [day];
  return [day, isWeekday(`${year}-09-03`) || !isWeekday(`${year}-09-01`) ? `${year}-09-03` : `${year}-09-01`];
}

/** A holiday on a weekly day off moves to the next working day (art. 111(3)). */
function withSubstitutes(holidays: [LegalDate, string][]): SpecialDay[] {
  const days = new Map<LegalDate, SpecialDay>();
  const put = (date: LegalDate, name: string) => days.set(date, { date, working: false, name, status: 'provisional' });
  for (const [date, name] of holidays) put(date, name);
  for (const [date, name] of holidays) {
    if (isWeekday(date)) continue;
    let substitute = plusDays(date, 1);
    while (!isWeekday(substitute) || days.has(substitute)) substitute = plusDays(substitute, 1);
    put(substitute, `${name} (nghỉ bù)`);
  }
  return [...days.values()].sort((one, other) => (one.date < other.date ? -1 : 1));
}

function isWeekday(date: LegalDate): boolean {
  const weekday = new Date(`${fromDayNumber(toDayNumber(date))}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}
