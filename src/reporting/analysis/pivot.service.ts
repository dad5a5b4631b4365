import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { labelOf } from '../../rules/reports/explain.js';
import type { ReportPeriod } from '../../rules/reports/periods.js';
import type { AttributeValue } from '../../rules/reports/form.js';
import { type Attribute, commonDimensions, derivedMeasures, type SourceName, sourceOf } from '../../rules/reports/vocabulary.js';
import type { Bilingual } from '../../platform/problems/problem.js';
import { type Unit, type UnitLevel, unitLevels } from '../../rules/structure/unit-structure.js';
import { pivotStatement } from '../counting.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { ReportRows } from '../report-rows.js';
import { mostDimensions, mostLines, type Named, type Pivot, type PivotAsked, type PivotLine, type PivotMeasure } from './pivot.js';
import { own } from '../../platform/text/own.js';
import { asWritten } from '../../platform/text/legal-date.js';

/** Analysis beyond the forms: the same things that the forms count, divided as somebody wants. */
@Injectable()
export class PivotService {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: ReportRows,
    private readonly units: UnitDirectory,
  ) {}

  /**
   * Figures of a source, divided by up to three dimensions and filtered by its attributes.
   * @throws Problem naming a measure, dimension or filter that the source does not have; too many lines; `not-found` for a unit out of scope
   */
  async pivotOf(
    { of, measures, by, where, sort, limit, unitId, includeSubordinates = true, period }: PivotAsked,
    caller: Official,
  ): Promise<Pivot> {
    const wanted = measuresOf(of, measures);
    const dimensions = dimensionsOf(of, by);
    const { level: levels, ...filter } = filterOf(of, where);
    const order = orderOf(measures, sort);
    const unit = this.rows.unitOf(unitId, caller);
    const { rows: all, rowOf: rowOfAll } = await this.rows.rowsOf(unit, includeSubordinates, period.to, caller);
    const rows = Array.isArray(levels) ? all.filter((row) => levels.includes(row.unit.level)) : all;
    const shown = new Set(rows.map((row) => row.unit.id));
    const rowOf = new Map([...rowOfAll].filter(([, rowId]) => shown.has(rowId)));
    const lyingIn = (level: UnitLevel) =>
      new Map(
        rows.flatMap((row) => {
          const above = [row.unit, ...this.units.structure.ancestorsOf(row.unit)].find((one) => one.level === level);
          return above ? [[row.unit.id, rowOfAll.get(above.id) ?? above.id] as const] : [];
        }),
      );
    const groups = {
      level: new Map(rows.map((row) => [row.unit.id, row.unit.level])),
      district: lyingIn('district'),
      province: lyingIn('province'),
    };
    const statement = pivotStatement(
      { of, measures, by, where: filter, sort: order },
      { rowOf, from: period.from, to: period.to },
      groups,
      limit ?? mostLines + 1,
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
      const named = this.units.structure.find(code);
      if (named && (name === 'unit' || name === 'district' || name === 'province')) return { code, label: unitLabel(named, period) };
      if (Object.hasOwn(commonDimensions, name) || value === null) return { code, label: bothOf(code) };
      return { code, label: labelOf(of, name, code === 'true' ? true : code === 'false' ? false : code) };
    };
    return {
      of,
      unit,
      period,
      asOf,
      dimensions,
      measures: wanted,
      lines: withRanks(
        found.map((line) => ({
          keys: by.map((name, index) => keyOf(name, line[`k${index}`] as string | null)),
          values: measures.map((_name, index) => line[`m${index}`] as number | null),
        })),
        order && measures.indexOf(order.measure),
      ),
    };
  }
}

function measuresOf(of: SourceName, names: readonly string[]): PivotMeasure[] {
  const { measures } = sourceOf(of);
  const derived = derivedMeasures[of] ?? {};
  return names.map((code) => {
    const measure = own(measures, code) ?? own<Omit<PivotMeasure, 'code'>>(derived, code);
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
    const label = own<Bilingual>(commonDimensions, code) ?? own(attributes, code)?.label;
    if (label) return { code, label };
    throw notOneOf('?by', [...Object.keys(commonDimensions), ...Object.keys(attributes)]);
  });
}

function filterOf(of: SourceName, where: readonly string[]): Record<string, AttributeValue> {
  const { attributes } = sourceOf(of);
  const found = new Map<string, AttributeValue>();
  for (const condition of where) {
    const [name = '', value = ''] = condition.split(':');
    const attribute = name === 'level' ? level : own(attributes, name);
    if (!attribute)
      throw notOneOf(
        '?where',
        ['level', ...Object.keys(attributes)].map((one) => `${one}:…`),
      );
    const allowed = attribute.values === 'boolean' ? ['true', 'false'] : Object.keys(attribute.values);
    if (!allowed.includes(value))
      throw notOneOf(
        '?where',
        allowed.map((one) => `${name}:${one}`),
      );
    const known = found.get(name);
    found.set(name, attribute.values === 'boolean' ? value === 'true' : [...(Array.isArray(known) ? known : []), value]);
  }
  return Object.fromEntries(found);
}

/** The level of the row, which every source can be filtered by. */
const level: Attribute = {
  label: commonDimensions.level,
  values: Object.fromEntries(unitLevels.map((one) => [one, bothOf(one)])),
};

function orderOf(measures: readonly string[], sort: string | undefined): { measure: string; descending: boolean } | null {
  if (!sort) return null;
  const measure = sort.replace(/^-/, '');
  if (!measures.includes(measure))
    throw notOneOf(
      '?sort',
      measures.flatMap((one) => [one, `-${one}`]),
    );
  return { measure, descending: sort.startsWith('-') };
}

/** Equal values share a place, and the next one stands after all of them. */
function withRanks(lines: readonly Omit<PivotLine, 'rank'>[], by: number | null): PivotLine[] {
  if (by === null) return lines.map((line) => ({ ...line, rank: null }));
  const places = new Map<number, number>();
  return lines.map((line, index) => {
    const value = line.values[by] ?? null;
    if (value === null) return { ...line, rank: null };
    if (!places.has(value)) places.set(value, index + 1);
    return { ...line, rank: places.get(value)! };
  });
}

/** A unit that has ended says so: the one that came after it may have the same name. */
function unitLabel({ name, validTo }: Unit, { to }: ReportPeriod): Bilingual {
  if (!validTo || validTo >= to) return bothOf(name);
  return { vi: `${name} (đến ${asWritten(validTo)})`, en: `${name} (until ${validTo})` };
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
