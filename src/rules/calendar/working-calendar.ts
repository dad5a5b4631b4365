import { fromDayNumber, isWithin, type LegalDate, toDayNumber } from '../../platform/text/legal-date.js';
import type { CalendarStatus, CalendarYear, SpecialDay } from './calendar-year.js';
import { computedYear } from './computed-year.js';

/** One day as the calendar answers it. */
export interface CalendarDay {
  date: LegalDate;
  working: boolean;
  name: string | null;
  status: CalendarStatus;
}

/**
 * Working days of Vietnamese administrative bodies: Monday to Friday, less public holidays, with substitute days and with the
 * Prime Minister's swaps (Labour Code 45/2019/QH14 arts 111–112). Years without an official calendar are computed and provisional.
 */
export class WorkingCalendar {
  private readonly years = new Map<number, { status: CalendarStatus; days: Map<number, SpecialDay> }>();

  constructor(officialYears: readonly CalendarYear[]) {
    for (const year of officialYears) this.put(year);
  }

  /** What a day is, and how sure that is. */
  day(date: LegalDate): CalendarDay {
    const number = toDayNumber(date);
    const year = this.year(number);
    const special = year.days.get(number);
    return {
      date,
      working: special?.working ?? isWeekday(number),
      name: special?.name ?? null,
      status: special?.status ?? year.status,
    };
  }

  isWorking(date: LegalDate): boolean {
    return this.works(toDayNumber(date));
  }

  /** The day that is so many working days after a day; the day itself is not counted. */
  addWorkingDays(date: LegalDate, amount: number): LegalDate {
    let day = toDayNumber(date);
    for (let left = amount; left > 0;) if (this.works(++day)) left--;
    return fromDayNumber(day);
  }

  /** Working days after the first day up to the last; 0 where there is none. */
  workingDaysBetween(from: LegalDate, to: LegalDate): number {
    let count = 0;
    for (let day = toDayNumber(from) + 1; day <= toDayNumber(to); day++) if (this.works(day)) count++;
    return count;
  }

  /** The same calendar with another version of one year. */
  withYear(year: CalendarYear): WorkingCalendar {
    const changed = new WorkingCalendar([]);
    for (const [number, entry] of this.years) changed.years.set(number, entry);
    changed.put(year);
    return changed;
  }

  /** The day itself when it is a working day, else the next one (Civil Code 91/2015/QH13 art. 148). */
  sameOrNextWorkingDay(date: LegalDate): LegalDate {
    let day = toDayNumber(date);
    while (!this.works(day)) day++;
    return fromDayNumber(day);
  }

  /** Provisional as soon as one day of the period may still change. */
  statusOf(from: LegalDate, to: LegalDate): CalendarStatus {
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
      const { status, days } = this.year(toDayNumber(`${year}-01-01`));
      if (status === 'provisional') return 'provisional';
      for (const day of days.values()) if (day.status === 'provisional' && isWithin(day.date, from, to)) return 'provisional';
    }
    return 'official';
  }

  private works(day: number): boolean {
    return this.year(day).days.get(day)?.working ?? isWeekday(day);
  }

  private year(day: number): { status: CalendarStatus; days: Map<number, SpecialDay> } {
    const number = new Date(day * 86_400_000).getUTCFullYear();
    return this.years.get(number) ?? this.put(computedYear(number));
  }

  private put({ year, status, days }: CalendarYear): { status: CalendarStatus; days: Map<number, SpecialDay> } {
    const entry = { status, days: new Map(days.map((day) => [toDayNumber(day.date), day])) };
    this.years.set(year, entry);
    return entry;
  }
}

/** 1970-01-01 was a Thursday. */
function isWeekday(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
}
