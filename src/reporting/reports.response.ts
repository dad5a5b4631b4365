import { ApiProperty } from '@nestjs/swagger';
import { BilingualResponse } from '../structure/law-desk/rules.response.js';
import { reasonsFor } from '../rules/reports/explain.js';
import type { Column, FormSet } from '../rules/reports/form.js';
import type { ReportPeriod } from '../rules/reports/periods.js';
import { plausibilityRuleInWords } from '../rules/reports/plausibility.js';
import { type Unit, type UnitLevel, unitLevels } from '../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../structure/units/unit.response.js';
import type { Cell, CellItem, FiguredRow, FormReport, Plausibility } from './form-reports.service.js';
import {
  ColumnNodeResponse,
  FormCircularResponse,
  FormReferenceResponse,
  toCircular,
  toColumnNode,
  toFormReference,
} from './forms.response.js';
import { type SubjectName, subjects } from './sources.js';

export class ReportPeriodResponse {
  @ApiProperty({ example: '2026-M6' })
  code: string;

  label: BilingualResponse;

  @ApiProperty({ format: 'date', example: '2025-12-15' })
  from: string;

  @ApiProperty({ format: 'date', example: '2026-06-14' })
  to: string;

  /** A report in words goes with the figures. */
  narrative: boolean;
}

export class GovernedPeriodResponse extends ReportPeriodResponse {
  /** Circular whose forms govern it; null before the first one. */
  @ApiProperty({ example: '06/2025/TT-TTCP' })
  circular: string | null;
}

export class ReportPeriodsResponse {
  items: GovernedPeriodResponse[];
}

export class CheckResultResponse {
  @ApiProperty({ example: '1=2+3' })
  formula: string;

  @ApiProperty({ example: 120 })
  left: number;

  @ApiProperty({ example: 120 })
  right: number;

  holds: boolean;
}

const figuresByColumn = {
  type: 'object',
  additionalProperties: { type: 'number' },
  example: { 1: 120, 2: 20, 3: 100 },
} as const;

const figuresBeside = {
  type: 'object',
  additionalProperties: { type: 'number' },
  example: { '02-XLD:6': 12 },
} as const;

export class ReportRowResponse {
  unit: UnitReference;

  /** It exists on the last day of the period. */
  reporting: boolean;

  /** Its own figures, without the units below, by the number of the column. */
  @ApiProperty(figuresByColumn)
  figures: Record<string, number>;

  /** What its checks need beside its own columns: columns of other forms (`02-XLD:6`), and memos by their names. */
  @ApiProperty(figuresBeside)
  beside: Record<string, number>;

  /** Checks of the form that this row does not keep; no figure is bent. */
  failed: CheckResultResponse[];

  /** What of the figures was declared for the time before the software; null where nothing was. */
  @ApiProperty({ ...figuresByColumn })
  opening: Record<string, number> | null;

  /** Declared figures lie in the period only in part, and so are not in it. */
  openingLeftOut: boolean;
}

export class ReportSubtotalResponse {
  @ApiProperty({ enum: unitLevels })
  level: UnitLevel;

  @ApiProperty({ example: 126 })
  units: number;

  @ApiProperty(figuresByColumn)
  figures: Record<string, number>;
}

export class FormReportResponse {
  form: FormReferenceResponse;
  period: ReportPeriodResponse;
  unit: UnitReference;

  /** Moment that all figures stand for. */
  @ApiProperty({ format: 'date-time' })
  asOf: string;

  rows: ReportRowResponse[];

  /** Central bodies of a vertical chain below the unit: their figures are kept apart, and are in none of the rows, subtotals and the total. */
  apart: UnitReference[];

  subtotals: ReportSubtotalResponse[];

  @ApiProperty(figuresByColumn)
  total: Record<string, number>;

  /** What the checks of the form say of the total. */
  checks: CheckResultResponse[];
}

export class FormReportsResponse {
  set: FormCircularResponse;
  forms: FormReportResponse[];
}

export class ImplausibleResponse {
  /** Null for the total. */
  unit: UnitReference | null;

  @ApiProperty({ example: 3 })
  column: number;

  @ApiProperty({ example: 240 })
  now: number;

  @ApiProperty({ example: 100 })
  before: number;

  @ApiProperty({ example: '/api/v1/reports/forms/02-XLD/cells/3?period=2026-M6' })
  list: string;

  @ApiProperty({ example: '/api/v1/reports/forms/02-XLD/cells/3?period=2025-M6' })
  listBefore: string;
}

export class PlausibilityResponse {
  form: FormReferenceResponse;
  period: ReportPeriodResponse;
  before: ReportPeriodResponse;

  /** The rule, in words: a proposal, no law. */
  rule: BilingualResponse;

  items: ImplausibleResponse[];
}

export class CellSubjectResponse {
  @ApiProperty({ enum: Object.keys(subjects) })
  type: SubjectName;

  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-2026-000123' })
  number: string | null;

  /** Day of receipt, of the visit, of the session. */
  @ApiProperty({ format: 'date' })
  on: string;

  /** Null where it is secret, or where you may read figures alone. */
  summary: string | null;

  masked: boolean;

  @ApiProperty({ example: '/api/v1/petitions/0198c2f0-0000-7000-8000-000000000001' })
  href: string;
}

export class CellItemResponse {
  /** The unit in whose row it counts. */
  unit: UnitReference;

  subject: CellSubjectResponse;

  /** Day on which what is counted happened. */
  @ApiProperty({ format: 'date' })
  day: string;

  /** What it adds to the figure. */
  @ApiProperty({ example: 1 })
  amount: number;

  /** Why it counts: one line for each condition of the column. */
  because: BilingualResponse[];

  @ApiProperty({ type: 'object', additionalProperties: true, example: { movement: 'received', kind: 'complaint' } })
  attributes: Record<string, string | boolean>;
}

export class CellResponse {
  form: FormReferenceResponse;
  column: ColumnNodeResponse;
  period: ReportPeriodResponse;
  unit: UnitReference;

  /** Moment up to which everything is counted. */
  @ApiProperty({ format: 'date-time' })
  asOf: string;

  /** What stands in the cell: the sum of the amounts, and what was declared. */
  @ApiProperty({ example: 100 })
  figure: number;

  /** What of it was declared for the time before the software: it has no list. */
  @ApiProperty({ example: 0 })
  declared: number;

  /** How many things add up to it. */
  @ApiProperty({ example: 100 })
  count: number;

  items: CellItemResponse[];
  nextCursor: string | null;
}

export function toPeriods(periods: readonly ReportPeriod[], circularOf: (period: ReportPeriod) => string | null): ReportPeriodsResponse {
  return { items: periods.map((period) => ({ ...toPeriod(period), circular: circularOf(period) })) };
}

export function toFormReport({ set, form, period, unit, asOf, rows, apart, subtotals, total, checks }: FormReport): FormReportResponse {
  return {
    form: toFormReference(set, form),
    period: toPeriod(period),
    unit: toUnitReference(unit),
    asOf: asOf.toISOString(),
    rows: rows.map(toRow),
    apart: apart.map(toUnitReference),
    subtotals,
    total,
    checks,
  };
}

export function toFormReports({ set, reports }: { set: FormSet; reports: FormReport[] }): FormReportsResponse {
  return { set: toCircular(set), forms: reports.map(toFormReport) };
}

export function toPlausibility({ report: { set, form, period, unit: whole }, before, items }: Plausibility): PlausibilityResponse {
  const listOf = (unit: Unit | null, column: number, { code }: ReportPeriod) =>
    `/api/v1/reports/forms/${form.code}/cells/${column}?unitId=${(unit ?? whole).id}&includeSubordinates=${String(unit === null)}&period=${code}&version=${encodeURIComponent(set.circular)}`;
  return {
    form: toFormReference(set, form),
    period: toPeriod(period),
    before: toPeriod(before),
    rule: plausibilityRuleInWords,
    items: items.map(({ unit, column, ...figures }) => ({
      unit: unit && toUnitReference(unit),
      column,
      ...figures,
      list: listOf(unit, column, period),
      listBefore: listOf(unit, column, before),
    })),
  };
}

export function toCell({ set, form, column, period, unit, figure, count, declared, asOf, items, nextCursor }: Cell): CellResponse {
  return {
    form: toFormReference(set, form),
    column: toColumnNode(form, column),
    period: toPeriod(period),
    unit: toUnitReference(unit),
    figure,
    count,
    declared,
    asOf: asOf.toISOString(),
    items: items.map((item) => toCellItem(item, column)),
    nextCursor,
  };
}

function toCellItem({ unit, subject, day, amount, attributes }: CellItem, { count }: Column): CellItemResponse {
  return {
    unit: toUnitReference(unit),
    subject: { ...subject, href: `/api/v1/${subjects[subject.type]}/${subject.id}` },
    day,
    amount,
    because: reasonsFor(count, attributes),
    attributes,
  };
}

function toRow({ unit, ...row }: FiguredRow): ReportRowResponse {
  return { ...row, unit: toUnitReference(unit) };
}

export function toPeriod({ code, label, from, to, narrative }: ReportPeriod): ReportPeriodResponse {
  return { code, label, from, to, narrative };
}
