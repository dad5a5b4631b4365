import { Problem } from '../../platform/problems/problem.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';

/** A month as callers write it, `2026-08`. */
export type Month = string;

/** The Law on Citizen Reception is in force since 2014-07-01. */
const firstMonth: Month = '2014-07';

/** The days of a month that have come. */
export interface MonthDays {
  from: LegalDate;
  /** The last day of the month, or today in the month that is running. */
  to: LegalDate;
}

/** @throws Problem for a month that has not begun, or from before the law */
export function daysOfMonth(month: Month, today: LegalDate): MonthDays {
  const from = `${month}-01`;
  if (from > today)
    throw Problem.field('validation-failed', '?month', 'in_the_future', {
      vi: `Tháng ${monthInWords(month)} chưa đến; chọn tháng này hoặc một tháng đã qua.`,
      en: `${month} has not begun; choose this month or one that is over.`,
    });
  if (month < firstMonth)
    throw Problem.field('validation-failed', '?month', 'before_the_law', {
      vi: `Luật Tiếp công dân có hiệu lực từ 01/7/2014; chọn từ tháng ${monthInWords(firstMonth)}.`,
      en: `The Law on Citizen Reception is in force since 2014-07-01; choose ${firstMonth} or later.`,
    });
  const next = `${plusDays(from, 31).slice(0, 7)}-01`;
  const last = plusDays(next, -1);
  return { from, to: last < today ? last : today };
}

/** A month as papers have it: 8/2026. */
export function monthInWords(month: Month): string {
  const [year, number] = month.split('-');
  return `${Number(number)}/${year}`;
}
