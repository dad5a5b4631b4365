import { IntersectionType } from '@nestjs/swagger';
import { Form, Id, LegalDay, OneOf, Text, WholeNumber, YesNo } from '../../platform/http/fields.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { periodPattern } from '../../rules/reports/periods.js';
import { type ReportFormat, reportFormats } from '../files/report-formats.js';

export class FormsQuery {
  /** The set that governs a period with this last day; today when left out. */
  @LegalDay({ optional: true, example: '2026-03-14' })
  closingOn?: string;

  /** Number of a circular, where another set is asked for. */
  @Text({ max: 60, optional: true, example: null })
  version?: string;
}

export class PeriodsQuery {
  /** This year when left out. */
  @WholeNumber({ min: 2000, max: 2100, optional: true, example: 2026 })
  year?: number;
}

/** A statutory period by its code. */
export function StatutoryPeriod(options: { optional?: boolean; example?: string } = {}): PropertyDecorator {
  return Form(periodPattern, {
    code: 'period',
    vi: 'Phải là kỳ báo cáo như 2026-Q1, 2026-M6, 2026-M9, 2026-Y, 2026-NA.',
    en: 'Must be a period like 2026-Q1, 2026-M6, 2026-M9, 2026-Y, 2026-NA.',
    example: '2026-M6',
    ...options,
  });
}

export class ReportQuery {
  /** Where your view begins when left out. */
  @Id({ optional: true })
  unitId?: string;

  /** With the units below: yes when left out. */
  @YesNo({ optional: true, example: true })
  includeSubordinates?: boolean;

  /** `2026-Q1` to `2026-Q4`, `2026-M6`, `2026-M9`, `2026-Y`, and `2026-NA` for the year of the National Assembly. */
  @StatutoryPeriod({ optional: true })
  period?: string;

  /** First day, for a stretch that is no statutory period. */
  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;

  /** Number of a circular; the one that governs the period when left out. */
  @Text({ max: 60, optional: true, example: null })
  version?: string;
}

/** A page of what a figure counts. */
export class CellQuery extends IntersectionType(ReportQuery, PageQuery) {}

export class ReportFileQuery extends ReportQuery {
  @OneOf(reportFormats, { example: 'xlsx' })
  format: ReportFormat;
}

export class SignedFileQuery {
  @OneOf(reportFormats, { example: 'xlsx' })
  format: ReportFormat;

  /** One form; the whole report when left out. */
  @Text({ max: 20, optional: true, example: '02-XLD' })
  form?: string;
}

export class WorkbookDto {
  /** Where your view begins when left out. */
  @Id({ optional: true })
  unitId?: string | null;

  /** With the units below: yes when left out. */
  @YesNo({ optional: true, example: true })
  includeSubordinates?: boolean | null;

  @StatutoryPeriod({ optional: true })
  period?: string | null;

  @LegalDay({ optional: true, example: null })
  from?: string | null;

  @LegalDay({ optional: true, example: null })
  to?: string | null;

  /** Number of a circular; the one that governs the period when left out. */
  @Text({ max: 60, optional: true })
  version?: string | null;

  @OneOf(['xlsx', 'pdf'], { example: 'xlsx' })
  format: 'xlsx' | 'pdf';
}
