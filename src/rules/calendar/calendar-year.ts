import type { LegalDate } from '../../platform/text/legal-date.js';

export type CalendarStatus = 'official' | 'provisional';

/** A day that is not what its weekday says (a holiday, a worked Saturday), or that may become so. */
export interface SpecialDay {
  date: LegalDate;
  working: boolean;
  name: string;
  status: CalendarStatus;
}

/** The special days of one year; every other day is working from Monday to Friday. */
export interface CalendarYear {
  year: number;
  status: CalendarStatus;
  source: string;
  days: SpecialDay[];
}
