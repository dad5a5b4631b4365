import { Problem } from '../platform/problems/problem.js';
import { type LegalDate, toDayNumber } from '../platform/text/legal-date.js';
import { readPeriod, type ReportPeriod, stretchOf } from '../rules/reports/periods.js';

/** A period as a request names it: by its code, or by its first and last day. */
export interface PeriodAsked {
  period?: string | undefined;
  from?: LegalDate | undefined;
  to?: LegalDate | undefined;
}

const longestStretch = 4_100;

/**
 * @param place where the request has it: its query or its body
 * @throws Problem naming what is missing, said twice, turned around or too long
 */
export function periodAsked({ period, from, to }: PeriodAsked, place: '?' | '/' = '?'): ReportPeriod {
  if (period && !from && !to) {
    const known = readPeriod(period);
    if (known) return known;
  }
  if (period || !from || !to)
    throw Problem.field('validation-failed', `${place}period`, 'period', {
      vi: 'Nêu kỳ báo cáo ("period") hoặc cả "from" và "to".',
      en: 'Say the period, or both "from" and "to".',
    });
  if (to < from || toDayNumber(to) - toDayNumber(from) > longestStretch)
    throw Problem.field('validation-failed', `${place}to`, 'period', {
      vi: `"to" phải từ "from" và trong vòng ${longestStretch} ngày.`,
      en: `"to" must not be before "from", and at most ${longestStretch} days after it.`,
    });
  return stretchOf(from, to);
}
