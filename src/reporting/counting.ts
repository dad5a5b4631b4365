import type { AttributeValue, Column, Count } from '../rules/reports/form.js';
import { inVocabulary, type SourceName } from '../rules/reports/vocabulary.js';
import { type SourceSql, sourcesSql } from './sources.js';
import { own } from '../platform/text/own.js';

/** Units and the row that each is counted in, and a period: what every statement is about. */
export interface Asked {
  /** By unit the reporting unit whose row it belongs to: itself, or the one that carries it on. */
  rowOf: ReadonlyMap<string, string>;
  from: string;
  to: string;
}

export interface Statement {
  text: string;
  values: unknown[];
}

/** Puts values into a statement, each under its number. */
class Values {
  readonly all: unknown[];

  constructor({ rowOf, from, to }: Asked) {
    this.all = [[...rowOf.keys()], [...rowOf.values()], from, to];
  }

  add(value: unknown): string {
    return `$${this.all.push(value)}`;
  }
}

const scope = 'scope as (select unit_id, row_id from unnest($1::uuid[], $2::uuid[]) as scope (unit_id, row_id))';

function factsOf({ before, facts }: SourceSql): string {
  return `with ${[scope, before, `facts as (${facts})`].filter(Boolean).join(', ')}`;
}

/** Figures of all columns that have one source, by row: `rowId`, and `c1` for column 1. */
export function figuresStatement(of: SourceName, columns: readonly Column[], asked: Asked): Statement {
  const source = sourcesSql[of];
  const values = new Values(asked);
  const counted = columns.map(({ number, count }) => `${sumOf(count, source, values)} as c${number}`);
  return { text: `${factsOf(source)} select row_id as "rowId", ${counted.join(', ')} from facts group by row_id`, values: values.all };
}

/** One thing that a column counts. */
export interface CountedRow {
  id: string;
  rowId: string;
  subjectId: string;
  day: string;
  /** What it adds to the figure. */
  amount: number;
  attributes: Record<string, string | boolean>;
}

/** The things that a column counts, the newest first, after a position. */
export function listStatement({ of, measure, where }: Count, asked: Asked, after: readonly unknown[] | null, limit: number): Statement {
  const source = sourcesSql[of];
  const values = new Values(asked);
  const conditions = [
    ...conditionsOf(where, source, values),
    onlyOf(source, measure),
    amountOf(source, measure) === '1' ? null : `${amountOf(source, measure)} <> 0`,
  ];
  if (after) conditions.push(`(day, id) < (${values.add(after[0])}::date, ${values.add(after[1])}::uuid)`);
  const attributes = Object.entries(source.attributes).map(([name, column]) => `'${name}', ${column}`);
  return {
    text: `${factsOf(source)} select id, row_id as "rowId", subject_id as "subjectId", day, ${amountOf(source, measure)}::float8 as amount,
      jsonb_build_object(${attributes.join(', ')}) as attributes
      from facts ${whereOf(conditions)} order by day desc, id desc limit ${values.add(limit)}`,
    values: values.all,
  };
}

/** How many things a column counts, and the figure that they add up to. */
export function totalStatement(count: Count, asked: Asked): Statement {
  const source = sourcesSql[count.of];
  const values = new Values(asked);
  const conditions = [...conditionsOf(count.where, source, values), onlyOf(source, count.measure)];
  const amount = amountOf(source, count.measure);
  return {
    text: `${factsOf(source)} select count(*) filter (where ${amount} <> 0)::int as count, coalesce(sum(${amount}), 0)::float8 as figure from facts ${whereOf(conditions)}`,
    values: values.all,
  };
}

function sumOf({ measure, where }: Count, source: SourceSql, values: Values): string {
  const amount = amountOf(source, measure);
  const conditions = [...conditionsOf(where, source, values), onlyOf(source, measure)].filter((condition) => condition !== null);
  const filter = conditions.length > 0 ? ` filter (where ${conditions.join(' and ')})` : '';
  return amount === '1' ? `count(*)${filter}::int` : `coalesce(sum(${amount})${filter}, 0)::float8`;
}

function conditionsOf(where: Record<string, AttributeValue>, { attributes }: SourceSql, values: Values): (string | null)[] {
  return Object.entries(where).map(([name, value]) => {
    const column = inVocabulary(attributes, name);
    if (typeof value === 'boolean') return value ? column : `not ${column}`;
    return Array.isArray(value) ? `${column} = any (${values.add(value)}::text[])` : `${column} = ${values.add(value)}::text`;
  });
}

function onlyOf({ measures }: SourceSql, measure: string): string | null {
  return inVocabulary(measures, measure).only ?? null;
}

function amountOf({ measures }: SourceSql, measure: string): string {
  return inVocabulary(measures, measure).amount;
}

function whereOf(conditions: readonly (string | null)[]): string {
  const given = conditions.filter((condition) => condition !== null);
  return given.length > 0 ? `where ${given.join(' and ')}` : '';
}

/** What a pivot asks: figures divided by dimensions. */
export interface PivotCount {
  of: SourceName;
  measures: readonly string[];
  /** Attributes of the source, or dimensions that every source has. */
  by: readonly string[];
  where: Record<string, AttributeValue>;
  /** Measure that the lines are put in order by, instead of by their keys. */
  sort: { measure: string; descending: boolean } | null;
}

/** Day on which what is counted happened, as the part of a date. */
const dayParts: Record<string, string> = { month: 'YYYY-MM', quarter: 'YYYY-"Q"Q', year: 'YYYY' };

/**
 * Figures divided by dimensions, in the order of these or of a measure: columns `k0`, `k1`, … for the keys and `m0`, `m1`, … for the measures.
 * @param groups what else each row is divided by, by the name of the dimension: its level, the district that it lies in
 */
export function pivotStatement(
  { of, measures, by, where, sort }: PivotCount,
  asked: Asked,
  groups: Readonly<Record<string, ReadonlyMap<string, string>>>,
  limit: number,
): Statement {
  const source = sourcesSql[of];
  const values = new Values(asked);
  const keyOf = (name: string) => {
    if (name === 'unit') return 'row_id::text';
    const groupOf = own(groups, name);
    if (groupOf)
      return `(select key from unnest(${values.add([...groupOf.keys()])}::uuid[], ${values.add([...groupOf.values()])}::text[]) as keys (of_row, key) where of_row = row_id)`;
    const dayPart = own(dayParts, name);
    return dayPart ? `to_char(day, '${dayPart}')` : `(${inVocabulary(source.attributes, name)})::text`;
  };
  const valueOf = (name: string) => {
    const derived = source.derived && own(source.derived, name);
    return derived ? `round((${derived})::numeric, 1)::float8` : sumOf({ of, measure: name, where: {} }, source, values);
  };
  const selected = [
    ...by.map((name, index) => `${keyOf(name)} as k${index}`),
    ...measures.map((name, index) => `${valueOf(name)} as m${index}`),
  ];
  const keys = by.map((_name, index) => String(index + 1)).join(', ');
  const order = [sort && `m${measures.indexOf(sort.measure)} ${sort.descending ? 'desc' : 'asc'} nulls last`, keys]
    .filter(Boolean)
    .join(', ');
  return {
    text: `${factsOf(source)} select ${selected.join(', ')} from facts ${whereOf(conditionsOf(where, source, values))}
      ${keys && `group by ${keys} order by ${order}`} limit ${values.add(limit)}`,
    values: values.all,
  };
}

/** What took how long: processing from arrival, resolution from acceptance. */
export const durations = {
  processing: { of: 'matters', days: 'processed_on - arrived_on', over: `progress = 'processed'` },
  resolution: { of: 'settlements', days: 'settled_on - accepted_on', over: 'settled' },
} as const satisfies Record<string, { of: SourceName; days: string; over: string }>;
export type DurationOf = keyof typeof durations;

/** How many took how many days, by kind: columns `kind`, `days`, `count`. */
export function durationStatement(what: DurationOf, asked: Asked): Statement {
  const { of, days, over } = durations[what];
  const values = new Values(asked);
  return {
    text: `${factsOf(sourcesSql[of])} select kind, ${days} as days, count(*)::int as count from facts where ${over} group by 1, 2 order by 1, 2`,
    values: values.all,
  };
}
