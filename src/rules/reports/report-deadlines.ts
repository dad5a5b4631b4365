import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { inTime, law, type Source, type Written } from '../source.js';

/** Who reports: People's Committees by their level, and departments. */
export const reporters = ['commune', 'department', 'district', 'province'] as const;
export type Reporter = (typeof reporters)[number];

/** By when the law wants the reports of quarters, six and nine months and the year: so many days after the last day of the period. */
export interface ReportDeadlineRule {
  version: string;
  /** It counts for periods that close on this day or later. */
  from: LegalDate;
  to?: LegalDate;
  days: Partial<Record<Reporter, number>>;
  sources: Source[];
}

const written: readonly Written<ReportDeadlineRule>[] = [
  // Communes and departments by the 17th, provinces by the 20th of the month in which the period closes on the 14th; there is no district any more.
  {
    version: '2025',
    from: '2025-09-30',
    days: { commune: 3, department: 3, province: 6 },
    sources: [law('06/2025/TT-TTCP', '7(2)(a)')],
  },
];
export const reportDeadlineRules = inTime(written);

/** The law's deadline for a period that closes on a day; null where no law sets one. */
export function deadlineByLaw(reporter: Reporter, closingOn: LegalDate): { days: number; sources: Source[] } | null {
  const rule = reportDeadlineRules.find(({ from, to }) => from <= closingOn && (!to || closingOn <= to));
  const days = rule?.days[reporter];
  return rule && days !== undefined ? { days, sources: rule.sources } : null;
}

/**
 * The last day on which a report is to be sent: the law's, or an earlier one that an authority has set. A proposal that no paper has set counts only where there
 * is no law.
 */
export function reportDueOn(
  reporter: Reporter,
  closingOn: LegalDate,
  set: { daysAfter: number; verified: boolean } | undefined,
): LegalDate | null {
  const byLaw = deadlineByLaw(reporter, closingOn);
  if (!byLaw) return set ? plusDays(closingOn, set.daysAfter) : null;
  return plusDays(closingOn, set?.verified ? Math.min(set.daysAfter, byLaw.days) : byLaw.days);
}
