import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { Transactions } from '../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../platform/http/page.js';
import { Problem } from '../platform/problems/problem.js';
import { isLegalDate } from '../platform/text/legal-date.js';
import { addUp } from '../rules/reports/add-up.js';
import {
  type BesideFigures,
  besidesOf,
  checkFigures,
  type CheckResult,
  type Column,
  columnsOf,
  type Form,
  type FormFigures,
  type FormSet,
} from '../rules/reports/form.js';
import { periodBefore, type ReportPeriod } from '../rules/reports/periods.js';
import { type Implausible, implausible } from '../rules/reports/plausibility.js';
import type { SourceName } from '../rules/reports/vocabulary.js';
import { type Unit, type UnitLevel, unitLevels } from '../rules/structure/unit-structure.js';
import { type Asked, type CountedRow, figuresStatement, listStatement, totalStatement } from './counting.js';
import { columnOf, FormSetsService } from './form-sets.service.js';
import { type ReportRow, ReportRows } from './report-rows.js';
import { OpeningFiguresService } from './submissions/opening-figures.service.js';
import { describeSubjects, type Subject } from './subjects.js';

export interface ReportAsked {
  unitId?: string | undefined;
  includeSubordinates?: boolean | undefined;
  period: ReportPeriod;
  circular?: string | undefined;
  /** Counted where nothing is behind, whatever a replica could answer: figures to be signed. */
  fresh?: boolean | undefined;
}

/** Figures of a row, with the checks that they do not keep. */
export interface FiguredRow extends ReportRow {
  figures: FormFigures;
  /** What its checks need beside its own columns. */
  beside: BesideFigures;
  failed: CheckResult[];
  /** What of the figures was declared for the time before the software; null where nothing was. */
  opening: FormFigures | null;
  /** Declared figures of a stretch that lies in the period only in part, and so are not in it. */
  openingLeftOut: boolean;
}

/** A form filled in. */
export interface FormReport {
  set: FormSet;
  form: Form;
  period: ReportPeriod;
  unit: Unit;
  /** Moment that the figures stand for. */
  asOf: Date;
  rows: FiguredRow[];
  /** Units below whose figures are in no report of the units above. */
  apart: Unit[];
  subtotals: { level: UnitLevel; units: number; figures: FormFigures }[];
  total: FormFigures;
  checks: CheckResult[];
}

/** Figures of a form that are far from those of the same period a year before. */
export interface Plausibility {
  report: FormReport;
  before: ReportPeriod;
  /** By unit; null for the total. */
  items: (Implausible & { unit: Unit | null })[];
}

/** One thing behind a figure. */
export interface CellItem extends CountedRow {
  unit: Unit;
  subject: Subject;
}

export interface Cell extends Page<CellItem> {
  set: FormSet;
  form: Form;
  column: Column;
  period: ReportPeriod;
  unit: Unit;
  /** What stands in the cell, how many things add up to it, and what of it was declared for the time before the software. */
  figure: number;
  count: number;
  declared: number;
  asOf: Date;
}

/** The engine of the statutory forms: what a form says is counted from its definition, every figure and every list by the same conditions. */
@Injectable()
export class FormReportsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sets: FormSetsService,
    private readonly reportRows: ReportRows,
    private readonly openings: OpeningFiguresService,
  ) {}

  /**
   * A form for a unit, and for each unit below it: rows, subtotals by level, the total, and what its checks say.
   * @throws Problem `not-found` for a form, or a unit out of the caller's scope
   */
  async report(code: string, asked: ReportAsked, by: Official): Promise<FormReport> {
    const { set, form } = await this.sets.form(code, { circular: asked.circular, closingOn: asked.period.to });
    return this.transactions.snapshot((asOf) => this.fill(set, form, asked, asOf, by), asked);
  }

  /** All forms of the set that governs the period, of one moment. */
  async allForms(asked: ReportAsked, by: Official): Promise<{ set: FormSet; reports: FormReport[] }> {
    const set = await this.sets.setFor({ circular: asked.circular, closingOn: asked.period.to });
    return { set, reports: await this.filled(set, asked, by) };
  }

  /**
   * All forms of a set filled in, of one moment.
   * @param filled called after each form
   */
  filled(set: FormSet, asked: ReportAsked, by: Official, filled?: () => Promise<void>): Promise<FormReport[]> {
    return this.transactions.snapshot(async (asOf) => {
      const reports: FormReport[] = [];
      for (const form of set.forms) {
        reports.push(await this.fill(set, form, asked, asOf, by));
        await filled?.();
      }
      return reports;
    }, asked);
  }

  /**
   * Compares a form with the same period a year before: what is far from it is shown, with the lists behind both.
   * @throws Problem `validation-failed` for a stretch that is no period; as the form itself
   */
  async plausibility(code: string, asked: ReportAsked, by: Official): Promise<Plausibility> {
    const before = periodBefore(asked.period);
    if (!before)
      throw Problem.field('validation-failed', '?period', 'no_period_before', {
        vi: 'Chỉ so sánh được với cùng kỳ của một kỳ báo cáo.',
        en: 'Only a statutory period has one before it.',
      });
    const { set, form } = await this.sets.form(code, { circular: asked.circular, closingOn: asked.period.to });
    return this.transactions.snapshot(async (asOf) => {
      const report = await this.fill(set, form, asked, asOf, by);
      // By the same forms, whatever governed a year ago: columns of other forms are other figures.
      const earlier = await this.fill(set, form, { ...asked, period: before }, asOf, by);
      const rows = report.rows.flatMap(({ unit, figures }) => {
        const then = earlier.rows.find((row) => row.unit.id === unit.id)?.figures ?? {};
        return implausible(figures, then).map((one) => ({ ...one, unit }));
      });
      return { report, before, items: [...implausible(report.total, earlier.total).map((one) => ({ ...one, unit: null })), ...rows] };
    });
  }

  /** Fills a form in within a snapshot of a moment, so that several forms can tell of one. */
  private async fill(
    set: FormSet,
    form: Form,
    { unitId, includeSubordinates = true, period }: ReportAsked,
    asOf: Date,
    by: Official,
  ): Promise<FormReport> {
    const unit = this.reportRows.unitOf(unitId, by);
    const { rows, rowOf, apart } = await this.reportRows.rowsOf(unit, includeSubordinates, period.to, by);
    const besides = besidesOf(form, set);
    const found = await this.figures([...columnsOf(form), ...besideColumns(besides)], { rowOf, from: period.from, to: period.to });
    const codes = [form.code, ...besides.flatMap(({ of }) => (of ? [of.code] : []))];
    const all = await this.openings.figuresFor([...rowOf.keys()], [...new Set(codes)], period.from, period.to);
    const openings = all.filter(({ formCode }) => formCode === form.code);
    const none = Object.fromEntries(columnsOf(form).map(({ number }) => [number, 0]));
    const figured = rows
      .filter(
        (row) => row.reporting || found.has(row.unit.id) || openings.some(({ unitId: declaring }) => rowOf.get(declaring) === row.unit.id),
      )
      .map((row) => {
        const declared = openings.filter(({ unitId: declaring }) => rowOf.get(declaring) === row.unit.id);
        const counting = declared.filter((one) => isIn(one, period) && isOfForm(one, form));
        const counted = Object.fromEntries(Object.keys(none).map((number) => [number, found.get(row.unit.id)?.[Number(number)] ?? 0]));
        const figures = addUp([{ figures: counted }, ...counting.map((one) => ({ figures: { ...none, ...one.figures } }))], none);
        const ofOthers = all.filter((one) => rowOf.get(one.unitId) === row.unit.id && isIn(one, period) && isOfSet(one, set));
        const beside = Object.fromEntries(
          besides.map(({ name, of }, index) => {
            const declaredThere = ofOthers.filter(({ formCode }) => formCode === of?.code).map((one) => one.figures[of!.number] ?? 0);
            return [name, (found.get(row.unit.id)?.[firstBeside + index] ?? 0) + declaredThere.reduce((sum, one) => sum + one, 0)];
          }),
        );
        return {
          ...row,
          figures,
          beside,
          failed: checkFigures(form, figures, beside).filter(({ holds }) => !holds),
          opening:
            counting.length > 0
              ? addUp(
                  counting.map((one) => ({ figures: { ...none, ...one.figures } })),
                  none,
                )
              : null,
          openingLeftOut: declared.length > counting.length,
        };
      });
    const total = addUp(figured, none);
    return {
      set,
      form,
      period,
      unit,
      asOf,
      rows: figured,
      apart,
      subtotals: unitLevels
        .map((level) => ({ level, of: figured.filter((row) => row.unit.level === level) }))
        .filter(({ of }) => of.length > 0)
        .map(({ level, of }) => ({ level, units: of.length, figures: addUp(of, none) })),
      total,
      checks: checkFigures(form, total, sumOfBesides(figured)),
    };
  }

  /**
   * The things that a column counts, the newest first, each with what it is counted for.
   * @throws Problem `not-found` for a form, a column, or a unit out of the caller's scope
   */
  async cell(
    code: string,
    number: number,
    { unitId, includeSubordinates = true, period, circular }: ReportAsked,
    { cursor, limit = defaultLimit }: { cursor?: string | undefined; limit?: number | undefined },
    by: Official,
  ): Promise<Cell> {
    const { set, form } = await this.sets.form(code, { circular, closingOn: period.to });
    const column = columnOf(form, number);
    const unit = this.reportRows.unitOf(unitId, by);
    const { rows, rowOf } = await this.reportRows.rowsOf(unit, includeSubordinates, period.to, by);
    const asked: Asked = { rowOf, from: period.from, to: period.to };
    const after = decodeCursor(cursor, [isLegalDate, isUuid]);
    return this.transactions.snapshot(async (asOf) => {
      const whole = totalStatement(column.count, asked);
      const [total] = await this.transactions.rows<{ count: number; figure: number }>(whole, whole.values);
      const statement = listStatement(column.count, asked, after, limit + 1);
      const found = await this.transactions.rows<CountedRow & Record<string, unknown>>(statement, statement.values);
      const shown = page(
        found,
        limit,
        ({ day, id }) => [day, id],
        (row) => row,
      );
      const subjectIds = shown.items.map(({ subjectId }) => subjectId);
      const known = await describeSubjects(this.transactions, column.count.of, subjectIds, by);
      const unitOf = new Map(rows.map((row) => [row.unit.id, row.unit]));
      const items = shown.items.map((row) => ({ ...row, unit: unitOf.get(row.rowId)!, subject: known.get(row.subjectId)! }));
      const openings = await this.openings.figuresFor([...rowOf.keys()], [form.code], period.from, period.to);
      const declared = openings
        .filter((one) => isIn(one, period) && isOfForm(one, form))
        .reduce((sum, { figures }) => sum + (figures[number] ?? 0), 0);
      const figure = Number((total!.figure + declared).toFixed(6));
      return { set, form, column, period, unit, figure, count: total!.count, declared, asOf, items, nextCursor: shown.nextCursor };
    });
  }

  /** The figures of columns by reporting unit; one statement for each source that they have. */
  private async figures(wanted: readonly Column[], asked: Asked): Promise<Map<string, FormFigures>> {
    const bySource = new Map<SourceName, Column[]>();
    for (const column of wanted) bySource.set(column.count.of, [...(bySource.get(column.count.of) ?? []), column]);
    const found = new Map<string, FormFigures>();
    for (const [source, columns] of bySource) {
      const statement = figuresStatement(source, columns, asked);
      for (const { rowId, ...counted } of await this.transactions.rows<{ rowId: string } & Record<string, number>>(
        statement,
        statement.values,
      )) {
        const figures = columns.map(({ number }) => [number, counted[`c${number}`]!] as const);
        found.set(rowId, { ...found.get(rowId), ...Object.fromEntries(figures) });
      }
    }
    return found;
  }
}

/** Numbers that no column of a form has: what checks need beside the columns is counted under them. */
const firstBeside = 100_001;

function besideColumns(besides: ReturnType<typeof besidesOf>): Column[] {
  return besides.map(({ name, count }, index) => ({
    number: firstBeside + index,
    label: { vi: name, en: name },
    unit: 'petitions',
    count,
  }));
}

/** What the checks of a total need beside its columns; nothing of what a row does not know. */
export function sumOfBesides(rows: readonly { beside?: BesideFigures | undefined }[]): BesideFigures {
  const besides = rows.map(({ beside }) => new Map(Object.entries(beside ?? {})));
  const names = [...(besides[0]?.keys() ?? [])].filter((name) => besides.every((one) => one.has(name)));
  return Object.fromEntries(names.map((name) => [name, Number(besides.reduce((sum, one) => sum + one.get(name)!, 0).toFixed(6))]));
}

/** Figures that were declared count where the period has their whole stretch in it. */
function isIn({ from, to }: { from: string; to: string }, period: ReportPeriod): boolean {
  return from >= period.from && to <= period.to;
}

/** Whether figures were declared for this form: they are kept with every column, and forms of one code have other columns in other circulars. */
function isOfForm({ formCode, figures }: { formCode: string; figures: FormFigures }, form: Form): boolean {
  return formCode === form.code && Object.keys(figures).length === columnsOf(form).length;
}

function isOfSet(declared: { formCode: string; figures: FormFigures }, { forms }: FormSet): boolean {
  return forms.some((form) => isOfForm(declared, form));
}
