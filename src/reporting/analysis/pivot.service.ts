import { Injectable } from '@nestjs/common';
import type { Official } from '../../auth/official.js';
import { Transactions } from '../../database/transactions.js';
import { Problem } from '../../problems/problem.js';
import { labelOf } from '../../rules/reports/explain.js';
import type { AttributeValue } from '../../rules/reports/form.js';
import type { ReportPeriod } from '../../rules/reports/periods.js';
import { commonDimensions, derivedMeasures, type SourceName, sourceOf } from '../../rules/reports/vocabulary.js';
import type { Bilingual } from '../../problems/problem.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { pivotStatement } from '../counting.js';
import { ReportRows } from '../report-rows.js';

/** What somebody wants to see, by names of the vocabulary. */
export interface PivotAsked {
  of: SourceName;
  measures: string[];
  by: string[];
  /** `kind:complaint`; several of one attribute are alternatives. */
  where: string[];
  unitId?: string | undefined;
  includeSubordinates?: boolean | undefined;
  period: ReportPeriod;
}

/** A name with its label. */
export interface Named {
  code: string;
  label: Bilingual;
}

export interface PivotMeasure extends Named {
  unit: string;
}

/** One line: a key for each dimension, a figure for each measure (null where there is nothing to take a mean of). */
export interface PivotLine {
  keys: { code: string; label: Bilingual }[];
  values: (number | null)[];
}

export interface Pivot {
  of: SourceName;
  unit: Unit;
  period: ReportPeriod;
  asOf: Date;
  dimensions: Named[];
  measures: PivotMeasure[];
  lines: PivotLine[];
}

const mostDimensions = 3;
const mostLines = 5_000;

/** Analysis beyond the forms: the same things that the forms count, divided as somebody wants. */
@Injectable()
export class PivotService {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: ReportRows,
  ) {}

  /**
   * Figures of a source, divided by up to three dimensions and filtered by its attributes.
   * @throws Problem naming a measure, dimension or filter that the source does not have; too many lines; `not-found` for a unit out of scope
   */
  async of({ of, measures, by, where, unitId, includeSubordinates = true, period }: PivotAsked, caller: Official): Promise<Pivot> {
    const wanted = measuresOf(of, measures);
    const dimensions = dimensionsOf(of, by);
    const filter = filterOf(of, where);
    const unit = this.rows.unitOf(unitId, caller);
    const { rows, rowOf } = this.rows.of(unit, includeSubordinates, period.to, caller);
    const units = new Map(rows.map((row) => [row.unit.id, row.unit]));
    const levelOf = new Map(rows.map((row) => [row.unit.id, row.unit.level]));
    const statement = pivotStatement(
      { of, measures, by, where: filter },
      { rowOf, from: period.from, to: period.to },
      levelOf,
      mostLines + 1,
    );
    const { found, asOf } = await this.transactions.snapshot(async (moment) => ({
      asOf: moment,
      found: await this.transactions.rows<Record<string, string | number | null>>(statement, statement.values),
    }));
    if (found.length > mostLines)
      throw Problem.field('validation-failed', '?by', 'too_many_lines', {
        vi: `Quá ${mostLines} dòng; bớt chiều phân tích hoặc thêm điều kiện lọc.`,
        en: `More than ${mostLines} lines; take fewer dimensions, or filter.`,
      });
    const keyOf = (name: string, value: string | null): PivotLine['keys'][number] => {
      const code = value ?? '';
      if (name === 'unit') return { code, label: bothOf(units.get(code)?.name ?? code) };
      if (name in commonDimensions || value === null) return { code, label: bothOf(code) };
      return { code, label: labelOf(of, name, code === 'true' ? true : code === 'false' ? false : code) };
    };
    return {
      of,
      unit,
      period,
      asOf,
      dimensions,
      measures: wanted,
      lines: found.map((line) => ({
        keys: by.map((name, index) => keyOf(name, line[`k${index}`] as string | null)),
        values: measures.map((_name, index) => line[`m${index}`] as number | null),
      })),
    };
  }
}

function measuresOf(of: SourceName, names: readonly string[]): PivotMeasure[] {
  const { measures } = sourceOf(of);
  const derived = derivedMeasures[of] ?? {};
  return names.map((code) => {
    const measure = measures[code] ?? derived[code];
    if (measure) return { code, ...measure };
    throw notOneOf('?measures', [...Object.keys(measures), ...Object.keys(derived)]);
  });
}

function dimensionsOf(of: SourceName, names: readonly string[]): Named[] {
  const { attributes } = sourceOf(of);
  if (names.length > mostDimensions || new Set(names).size < names.length)
    throw Problem.field('validation-failed', '?by', 'too_many', {
      vi: `Nhiều nhất ${mostDimensions} chiều, mỗi chiều một lần.`,
      en: `At most ${mostDimensions} dimensions, each once.`,
    });
  return names.map((code) => {
    const label = (commonDimensions as Record<string, Bilingual>)[code] ?? attributes[code]?.label;
    if (label) return { code, label };
    throw notOneOf('?by', [...Object.keys(commonDimensions), ...Object.keys(attributes)]);
  });
}

function filterOf(of: SourceName, where: readonly string[]): Record<string, AttributeValue> {
  const { attributes } = sourceOf(of);
  const found: Record<string, AttributeValue> = {};
  for (const condition of where) {
    const [name = '', value = ''] = condition.split(':');
    const attribute = attributes[name];
    if (!attribute)
      throw notOneOf(
        '?where',
        Object.keys(attributes).map((one) => `${one}:…`),
      );
    const allowed = attribute.values === 'boolean' ? ['true', 'false'] : Object.keys(attribute.values);
    if (!allowed.includes(value))
      throw notOneOf(
        '?where',
        allowed.map((one) => `${name}:${one}`),
      );
    const known = found[name];
    if (attribute.values === 'boolean') found[name] = value === 'true';
    else found[name] = [...(Array.isArray(known) ? known : []), value];
  }
  return found;
}

function bothOf(text: string): Bilingual {
  return { vi: text, en: text };
}

function notOneOf(pointer: string, allowed: readonly string[]): Problem {
  return Problem.field('validation-failed', pointer, 'one_of', {
    vi: `Giá trị cho phép: ${allowed.join(', ')}.`,
    en: `Allowed: ${allowed.join(', ')}.`,
  });
}
