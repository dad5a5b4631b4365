import type { Bilingual } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';

/** Reporting periods of the year (law.md 5.2): figures from the 15th of December of the year before, to the 14th of the closing month. */
const kinds = {
  Q1: { from: [-1, '12-15'], to: '03-14', vi: 'Quý I', en: 'First quarter', narrative: true },
  Q2: { from: [0, '03-15'], to: '06-14', vi: 'Quý II', en: 'Second quarter', narrative: false },
  Q3: { from: [0, '06-15'], to: '09-14', vi: 'Quý III', en: 'Third quarter', narrative: false },
  Q4: { from: [0, '09-15'], to: '12-14', vi: 'Quý IV', en: 'Fourth quarter', narrative: false },
  M6: { from: [-1, '12-15'], to: '06-14', vi: '6 tháng', en: 'Six months', narrative: true },
  M9: { from: [-1, '12-15'], to: '09-14', vi: '9 tháng', en: 'Nine months', narrative: true },
  Y: { from: [-1, '12-15'], to: '12-14', vi: 'Năm', en: 'Year', narrative: true },
  NA: { from: [-1, '08-01'], to: '07-31', vi: 'Báo cáo Quốc hội', en: 'National Assembly year', narrative: true },
} as const;
export type PeriodKind = keyof typeof kinds;
export const periodKinds = Object.keys(kinds) as PeriodKind[];

/** A stretch of days that a report is about. */
export interface ReportPeriod {
  /** `2026-Q1`; for other stretches `2026-01-01..2026-02-28`. */
  code: string;
  label: Bilingual;
  from: LegalDate;
  to: LegalDate;
  /** A report in words goes with the figures. */
  narrative: boolean;
}

/** The period of a year; the year of the National Assembly is named by the one in which it closes. */
export function periodOf(year: number, kind: PeriodKind): ReportPeriod {
  const { from, to, vi, en, narrative } = kinds[kind];
  const [before, day] = from;
  return {
    code: `${year}-${kind}`,
    label: { vi: `${vi} ${vi.startsWith('Quý') || kind === 'NA' ? 'năm ' : kind === 'Y' ? '' : 'đầu năm '}${year}`, en: `${en} ${year}` },
    from: `${year + before}-${day}`,
    to: `${year}-${to}`,
    narrative,
  };
}

/** Code of a period: its year and kind. */
export const periodPattern = new RegExp(`^(\\d{4})-(${periodKinds.join('|')})$`);

/** Reads `2026-Q1`; null where it is no such period. */
export function readPeriod(code: string): ReportPeriod | null {
  const [, year, kind] = periodPattern.exec(code) ?? [];
  return kind === undefined ? null : periodOf(Number(year), kind as PeriodKind);
}

/** A stretch that somebody asks for in writing: thematic, ad hoc. */
export function stretchOf(from: LegalDate, to: LegalDate): ReportPeriod {
  return {
    code: `${from}..${to}`,
    label: { vi: `Từ ${asWritten(from)} đến ${asWritten(to)}`, en: `${from} to ${to}` },
    from,
    to,
    narrative: true,
  };
}

/** The same period a year before, by which the plausibility of figures is judged; other stretches have none. */
export function periodBefore({ code }: Pick<ReportPeriod, 'code'>): ReportPeriod | null {
  return readPeriod(code) && readPeriod(code.replace(/^\d+/, (year) => String(Number(year) - 1)));
}

/** Parts of the year that figures over time are divided by. */
export const timeParts = ['month', 'quarter', 'year'] as const;
export type TimePart = (typeof timeParts)[number];

/** Every month (`2026-01`), quarter (`2026-Q1`) or year of a stretch, those of which it has a part, too. */
export function timesOf(part: TimePart, from: LegalDate, to: LegalDate): string[] {
  const months: string[] = [];
  for (
    let year = Number(from.slice(0, 4)), month = Number(from.slice(5, 7));
    ;
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1]
  ) {
    const code = `${year}-${String(month).padStart(2, '0')}`;
    if (code > to.slice(0, 7)) break;
    months.push(code);
  }
  if (part === 'month') return months;
  const named = months.map((month) =>
    part === 'year' ? month.slice(0, 4) : `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`,
  );
  return [...new Set(named)];
}
