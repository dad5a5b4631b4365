import { ApiProperty } from '@nestjs/swagger';
import { BilingualAnswer } from '../rules/rules.answer.js';
import { explainCount, reasonsFor } from '../rules/reports/explain.js';
import { type Column, type ColumnNode, type Form, formulaOf, type FormSet, isColumn } from '../rules/reports/form.js';
import type { ReportPeriod } from '../rules/reports/periods.js';
import { plausibilityRuleInWords } from '../rules/reports/plausibility.js';
import {
  derivedMeasures,
  type MeasuringUnit,
  measuringUnits,
  sourceNames,
  type SourceName,
  sourceOf,
} from '../rules/reports/vocabulary.js';
import { type Unit, type UnitLevel, unitLevels } from '../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../units/unit.answer.js';
import type { Cell, CellItem, FiguredRow, FormReport, Plausibility } from './form-reports.service.js';
import { type SubjectName, subjects } from './sources.js';

export class FormCircularAnswer {
  @ApiProperty({ example: '01/2024/TT-TTCP' })
  circular: string;

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;

  /** It governs periods that close on this day or later, until another set does. */
  @ApiProperty({ format: 'date', example: '2024-03-01' })
  closingFrom: string;

  /** Why every figure is provisional; null where the forms are the circular's own. */
  @ApiProperty({ type: BilingualAnswer, nullable: true })
  provisional: BilingualAnswer | null;

  /** False where the columns were not read in the circular itself. */
  @ApiProperty()
  verified: boolean;
}

export class FormItem {
  @ApiProperty({ example: '01-XLD' })
  code: string;

  @ApiProperty({ example: '01/XLD' })
  name: string;

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;

  @ApiProperty({ example: 22 })
  columns: number;
}

export class FormSetAnswer extends FormCircularAnswer {
  /** It governs the period that was asked for. */
  @ApiProperty()
  governs: boolean;

  @ApiProperty({ type: [FormItem] })
  forms: FormItem[];
}

export class FormSetsAnswer {
  @ApiProperty({ type: [FormSetAnswer] })
  items: FormSetAnswer[];
}

export class FormAttributeValueAnswer extends BilingualAnswer {
  @ApiProperty({ example: 'received' })
  code: string;
}

export class FormAttributeAnswer {
  @ApiProperty({ example: 'movement' })
  code: string;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  /** Null where it is true or false. */
  @ApiProperty({ type: [FormAttributeValueAnswer], nullable: true })
  values: FormAttributeValueAnswer[] | null;
}

export class FormMeasureAnswer {
  @ApiProperty({ example: 'petitions' })
  code: string;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  @ApiProperty({ enum: Object.keys(measuringUnits) })
  unit: MeasuringUnit;
}

export class DerivedMeasureAnswer {
  @ApiProperty({ example: 'daysToProcess' })
  code: string;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  @ApiProperty({ enum: ['days', 'per_cent', 'persons'] })
  unit: 'days' | 'per_cent' | 'persons';
}

export class SourceVocabularyAnswer {
  @ApiProperty({ enum: sourceNames })
  code: SourceName;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  @ApiProperty({ type: [FormAttributeAnswer] })
  attributes: FormAttributeAnswer[];

  @ApiProperty({ type: [FormMeasureAnswer] })
  measures: FormMeasureAnswer[];

  /** Means and shares, for `GET /reports/pivot` alone. */
  @ApiProperty({ type: [DerivedMeasureAnswer] })
  derived: DerivedMeasureAnswer[];
}

export class VocabularyAnswer {
  @ApiProperty({ type: [SourceVocabularyAnswer] })
  sources: SourceVocabularyAnswer[];
}

export class ColumnCountAnswer {
  /** What is counted. */
  @ApiProperty({ enum: sourceNames })
  of: SourceName;

  @ApiProperty({ example: 'petitions' })
  measure: string;

  /** Conditions by attribute: one value, or several of which one is enough. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { movement: 'received' } })
  where: Record<string, string | boolean | string[]>;
}

export class MeasuringUnitAnswer extends BilingualAnswer {
  @ApiProperty({ enum: Object.keys(measuringUnits) })
  code: MeasuringUnit;
}

/** A heading over `columns`, or a column with its number. */
export class ColumnNodeAnswer {
  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  @ApiProperty({ required: false, example: 3 })
  number?: number;

  @ApiProperty({ type: MeasuringUnitAnswer, required: false })
  unit?: MeasuringUnitAnswer;

  @ApiProperty({ type: ColumnCountAnswer, required: false })
  count?: ColumnCountAnswer;

  /** How it is counted, in words. */
  @ApiProperty({ type: BilingualAnswer, required: false })
  explained?: BilingualAnswer;

  /** As the row of formulas has it. */
  @ApiProperty({ type: String, required: false, nullable: true, example: '1=2+3=4+5' })
  formula?: string | null;

  @ApiProperty({ type: BilingualAnswer, required: false, nullable: true })
  note?: BilingualAnswer | null;

  @ApiProperty({ type: () => [ColumnNodeAnswer], required: false })
  columns?: ColumnNodeAnswer[];
}

export class FormDefinitionAnswer {
  @ApiProperty({ example: '01-XLD' })
  code: string;

  @ApiProperty({ example: '01/XLD' })
  name: string;

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;

  @ApiProperty({ type: FormCircularAnswer })
  set: FormCircularAnswer;

  @ApiProperty({ type: [ColumnNodeAnswer] })
  columns: ColumnNodeAnswer[];

  @ApiProperty({ type: [String], example: ['1=2+3', '7<=6'] })
  checks: string[];
}

export class FormReferenceAnswer {
  @ApiProperty({ example: '01-XLD' })
  code: string;

  @ApiProperty({ example: '01/XLD' })
  name: string;

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;

  @ApiProperty({ type: FormCircularAnswer })
  set: FormCircularAnswer;
}

export class ReportPeriodAnswer {
  @ApiProperty({ example: '2026-M6' })
  code: string;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  @ApiProperty({ format: 'date', example: '2025-12-15' })
  from: string;

  @ApiProperty({ format: 'date', example: '2026-06-14' })
  to: string;

  /** A report in words goes with the figures. */
  @ApiProperty()
  narrative: boolean;
}

export class CheckResultAnswer {
  @ApiProperty({ example: '1=2+3' })
  formula: string;

  @ApiProperty({ example: 120 })
  left: number;

  @ApiProperty({ example: 120 })
  right: number;

  @ApiProperty()
  holds: boolean;
}

const figuresByColumn = {
  type: 'object',
  additionalProperties: { type: 'number' },
  example: { 1: 120, 2: 20, 3: 100 },
} as const;

export class ReportRowAnswer {
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  /** It exists on the last day of the period. */
  @ApiProperty()
  reporting: boolean;

  /** Its own figures, without the units below, by the number of the column. */
  @ApiProperty(figuresByColumn)
  figures: Record<string, number>;

  /** Checks of the form that this row does not keep; no figure is bent. */
  @ApiProperty({ type: [CheckResultAnswer] })
  failed: CheckResultAnswer[];

  /** What of the figures was declared for the time before the software; null where nothing was. */
  @ApiProperty({ ...figuresByColumn, nullable: true })
  opening: Record<string, number> | null;

  /** Declared figures lie in the period only in part, and so are not in it. */
  @ApiProperty()
  openingLeftOut: boolean;
}

export class ReportSubtotalAnswer {
  @ApiProperty({ enum: unitLevels })
  level: UnitLevel;

  @ApiProperty({ example: 126 })
  units: number;

  @ApiProperty(figuresByColumn)
  figures: Record<string, number>;
}

export class FormReportAnswer {
  @ApiProperty({ type: FormReferenceAnswer })
  form: FormReferenceAnswer;

  @ApiProperty({ type: ReportPeriodAnswer })
  period: ReportPeriodAnswer;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  /** Moment that all figures stand for. */
  @ApiProperty({ format: 'date-time' })
  asOf: string;

  @ApiProperty({ type: [ReportRowAnswer] })
  rows: ReportRowAnswer[];

  @ApiProperty({ type: [ReportSubtotalAnswer] })
  subtotals: ReportSubtotalAnswer[];

  @ApiProperty(figuresByColumn)
  total: Record<string, number>;

  /** What the checks of the form say of the total. */
  @ApiProperty({ type: [CheckResultAnswer] })
  checks: CheckResultAnswer[];
}

export class FormReportsAnswer {
  @ApiProperty({ type: FormCircularAnswer })
  set: FormCircularAnswer;

  @ApiProperty({ type: [FormReportAnswer] })
  forms: FormReportAnswer[];
}

export class ImplausibleAnswer {
  /** Null for the total. */
  @ApiProperty({ type: UnitReference, nullable: true })
  unit: UnitReference | null;

  @ApiProperty({ example: 3 })
  column: number;

  @ApiProperty({ example: 240 })
  now: number;

  @ApiProperty({ example: 100 })
  before: number;

  @ApiProperty({ example: '/api/v1/reports/forms/01-XLD/cells/3?period=2026-M6' })
  list: string;

  @ApiProperty({ example: '/api/v1/reports/forms/01-XLD/cells/3?period=2025-M6' })
  listBefore: string;
}

export class PlausibilityAnswer {
  @ApiProperty({ type: FormReferenceAnswer })
  form: FormReferenceAnswer;

  @ApiProperty({ type: ReportPeriodAnswer })
  period: ReportPeriodAnswer;

  @ApiProperty({ type: ReportPeriodAnswer })
  before: ReportPeriodAnswer;

  /** The rule, in words: a proposal, no law. */
  @ApiProperty({ type: BilingualAnswer })
  rule: BilingualAnswer;

  @ApiProperty({ type: [ImplausibleAnswer] })
  items: ImplausibleAnswer[];
}

export class CellSubjectAnswer {
  @ApiProperty({ enum: Object.keys(subjects) })
  type: SubjectName;

  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, nullable: true, example: 'HNI-2026-000123' })
  number: string | null;

  /** Day of receipt, of the visit, of the session. */
  @ApiProperty({ format: 'date' })
  on: string;

  /** Null where it is secret, or where you may read figures alone. */
  @ApiProperty({ type: String, nullable: true })
  summary: string | null;

  @ApiProperty()
  masked: boolean;

  @ApiProperty({ example: '/api/v1/petitions/0198c2f0-0000-7000-8000-000000000001' })
  href: string;
}

export class CellItemAnswer {
  /** The unit in whose row it counts. */
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: CellSubjectAnswer })
  subject: CellSubjectAnswer;

  /** Day on which what is counted happened. */
  @ApiProperty({ format: 'date' })
  day: string;

  /** What it adds to the figure. */
  @ApiProperty({ example: 1 })
  amount: number;

  /** Why it counts: one line for each condition of the column. */
  @ApiProperty({ type: [BilingualAnswer] })
  because: BilingualAnswer[];

  @ApiProperty({ type: 'object', additionalProperties: true, example: { movement: 'received', kind: 'complaint' } })
  attributes: Record<string, string | boolean>;
}

export class CellAnswer {
  @ApiProperty({ type: FormReferenceAnswer })
  form: FormReferenceAnswer;

  @ApiProperty({ type: ColumnNodeAnswer })
  column: ColumnNodeAnswer;

  @ApiProperty({ type: ReportPeriodAnswer })
  period: ReportPeriodAnswer;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  /** What stands in the cell: the sum of the amounts, and what was declared. */
  @ApiProperty({ example: 100 })
  figure: number;

  /** What of it was declared for the time before the software: it has no list. */
  @ApiProperty({ example: 0 })
  declared: number;

  /** How many things add up to it. */
  @ApiProperty({ example: 100 })
  count: number;

  @ApiProperty({ type: [CellItemAnswer] })
  items: CellItemAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export function toFormSets(sets: readonly FormSet[], governing: FormSet | undefined): FormSetsAnswer {
  return {
    items: sets.map((set) => ({
      ...toCircular(set),
      governs: set.circular === governing?.circular,
      forms: set.forms.map((form) => ({
        code: form.code,
        name: nameOf(form),
        title: form.title,
        columns: form.columns.reduce((count, node) => count + columnCount(node), 0),
      })),
    })),
  };
}

export function toVocabulary(): VocabularyAnswer {
  return {
    sources: sourceNames.map((code) => {
      const { label, attributes, measures } = sourceOf(code);
      return {
        code,
        label,
        attributes: Object.entries(attributes).map(([name, attribute]) => ({
          code: name,
          label: attribute.label,
          values:
            attribute.values === 'boolean' ? null : Object.entries(attribute.values).map(([value, words]) => ({ code: value, ...words })),
        })),
        measures: Object.entries(measures).map(([name, measure]) => ({ code: name, ...measure })),
        derived: Object.entries(derivedMeasures[code] ?? {}).map(([name, measure]) => ({ code: name, ...measure })),
      };
    }),
  };
}

export function toFormDefinition(set: FormSet, form: Form): FormDefinitionAnswer {
  return { ...toFormReference(set, form), columns: form.columns.map((node) => toColumnNode(form, node)), checks: form.checks };
}

export function toFormReport({ set, form, period, unit, asOf, rows, subtotals, total, checks }: FormReport): FormReportAnswer {
  return {
    form: toFormReference(set, form),
    period: toPeriod(period),
    unit: toUnitReference(unit),
    asOf: asOf.toISOString(),
    rows: rows.map(toRow),
    subtotals,
    total,
    checks,
  };
}

export function toFormReports({ set, reports }: { set: FormSet; reports: FormReport[] }): FormReportsAnswer {
  return { set: toCircular(set), forms: reports.map(toFormReport) };
}

export function toPlausibility({ report: { set, form, period, unit: whole }, before, items }: Plausibility): PlausibilityAnswer {
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

export function toCell({ set, form, column, period, unit, figure, count, declared, items, nextCursor }: Cell): CellAnswer {
  return {
    form: toFormReference(set, form),
    column: toColumnNode(form, column),
    period: toPeriod(period),
    unit: toUnitReference(unit),
    figure,
    count,
    declared,
    items: items.map((item) => toCellItem(item, column)),
    nextCursor,
  };
}

function toCellItem({ unit, subject, day, amount, attributes }: CellItem, { count }: Column): CellItemAnswer {
  return {
    unit: toUnitReference(unit),
    subject: { ...subject, href: `/api/v1/${subjects[subject.type]}/${subject.id}` },
    day,
    amount,
    because: reasonsFor(count, attributes),
    attributes,
  };
}

function toRow({ unit, ...row }: FiguredRow): ReportRowAnswer {
  return { ...row, unit: toUnitReference(unit) };
}

export function toPeriod({ code, label, from, to, narrative }: ReportPeriod): ReportPeriodAnswer {
  return { code, label, from, to, narrative };
}

function toFormReference(set: FormSet, form: Form): FormReferenceAnswer {
  return { code: form.code, name: nameOf(form), title: form.title, set: toCircular(set) };
}

export function toCircular({ circular, title, closingFrom, provisional, verified }: FormSet): FormCircularAnswer {
  return { circular, title, closingFrom, provisional, verified };
}

function toColumnNode(form: Form, node: ColumnNode): ColumnNodeAnswer {
  if (!isColumn(node)) return { label: node.label, columns: node.columns.map((child) => toColumnNode(form, child)) };
  const { number, label, unit, count, note } = node;
  return {
    label,
    number,
    unit: { code: unit, ...measuringUnits[unit] },
    count,
    explained: explainCount(count),
    formula: formulaOf(form, number),
    note: note ?? null,
  };
}

function columnCount(node: ColumnNode): number {
  return isColumn(node) ? 1 : node.columns.reduce((count, child) => count + columnCount(child), 0);
}

/** `01/XLD`, as the circulars write it. */
function nameOf({ code }: Form): string {
  return code.replace('-', '/');
}
