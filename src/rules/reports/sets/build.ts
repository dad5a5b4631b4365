import type { Bilingual } from '../../../platform/problems/problem.js';
import {
  type AttributeValue,
  type Column,
  type ColumnGroup,
  type ColumnNode,
  columnsOf,
  type Count,
  type Form,
  isColumn,
  isOwnColumn,
  readCheck,
  readElsewhere,
  writeCheck,
} from '../form.js';
import { inVocabulary, type MeasuringUnit, type SourceName, sourceOf } from '../vocabulary.js';

export type Where = Record<string, AttributeValue>;

/** A column before it stands in a form: its number follows from where it stands, and its checks from what it is made of. */
export interface Unplaced extends Omit<Column, 'number'> {
  /** Ways in which it is divided: it is the sum of each. */
  sums?: Unplaced[][];
  /** Columns that it is not over. */
  atMost?: Unplaced[];
}
/** A column or a heading before it stands in a form. */
export type Unnumbered = Unplaced | { label: Bilingual; columns: Unnumbered[] };

/** A column: its names and what it counts. */
export function count(vi: string, en: string, of: SourceName, measure: string, where: Where = {}, note?: Bilingual): Unplaced {
  return { label: { vi, en }, unit: unitOf(of, measure), count: { of, measure, where }, ...(note && { note }) };
}

/** The column, which is the sum of these others of its form: the check follows from it. Each further call is another way in which it is divided. */
export function total(column: Unplaced, ...parts: Unplaced[]): Unplaced {
  return { ...column, sums: [...(column.sums ?? []), parts] };
}

/** The column, which is part of these others of its form and never over one of them: the check follows from it. */
export function partOf(column: Unplaced, ...wholes: Unplaced[]): Unplaced {
  return { ...column, atMost: [...(column.atMost ?? []), ...wholes] };
}

/** A heading over columns. */
export function group(vi: string, en: string, ...columns: Unnumbered[]): { label: Bilingual; columns: Unnumbered[] } {
  return { label: { vi, en }, columns };
}

/** Where a column stands, once it does: by this other forms of the set refer to it. */
const places = new WeakMap<Unplaced, { code: string; number: number }>();

/** A check between a column of a form and others, of any form of the set that stands already, and memos by their names. */
export interface CheckBetween {
  left: Unplaced;
  relation: '=' | '<=' | '>=';
  plus: (Unplaced | string)[];
  minus?: string[];
}

/**
 * A form from its columns: they are numbered from left to right, and its checks are what its totals and parts say, in the order of the columns.
 * @param between what it must keep with other forms, or what no single column is made of
 * @throws Error for a total or part whose others do not stand in the form, and for a check with a column that stands nowhere
 */
export function form(
  { code, title, memos }: Pick<Form, 'code' | 'title' | 'memos'>,
  nodes: Unnumbered[],
  between: CheckBetween[] = [],
): Form {
  let last = 0;
  const place = (node: Unnumbered): ColumnNode => {
    if ('columns' in node) return { label: node.label, columns: node.columns.map(place) } satisfies ColumnGroup;
    const number = ++last;
    places.set(node, { code, number });
    const { label, unit, count: counted, note } = node;
    return { number, label, unit, count: counted, ...(note && { note }) } satisfies Column;
  };
  const columns = nodes.map(place);
  const termOf = (one: Unplaced | string): string => {
    if (typeof one === 'string') return one;
    const at = places.get(one);
    if (!at) throw new Error(`"${one.label.vi}" of a check of ${code} stands in no form`);
    return at.code === code ? String(at.number) : `${at.code}:${at.number}`;
  };
  const here = (one: Unplaced): string => {
    if (places.get(one)?.code !== code) throw new Error(`"${one.label.vi}" of a check of ${code} does not stand in it`);
    return termOf(one);
  };
  const standing = nodes.flatMap(leavesOf);
  const sums = standing.flatMap((one) => (one.sums ?? []).map((parts) => `${here(one)}=${parts.map(here).join('+')}`));
  const limits = standing.flatMap((one) => (one.atMost ?? []).map((whole) => `${here(one)}<=${here(whole)}`));
  const others = between.map(
    ({ left, relation, plus, minus = [] }) =>
      `${here(left)}${relation}${plus.map(termOf).join('+')}${minus.map((name) => `-${name}`).join('')}`,
  );
  return { code, title, columns, checks: [...sums, ...limits, ...others], ...(memos && { memos }) };
}

function leavesOf(node: Unnumbered): Unplaced[] {
  return 'columns' in node ? node.columns.flatMap(leavesOf) : [node];
}

/**
 * A form as before, with one more column: it stands right after another one, below the same heading; every later column and every check of the form moves on.
 * @param after number of the column of the form as it was; 0 for the very first
 * @param sumsInto numbers, as they were, of totals that the new column is one more part of
 * @throws Error where there is no such column, or a total has no sum to be part of
 */
export function withColumn(before: Form, after: number, column: Unplaced, sumsInto: readonly number[] = []): Form {
  const known = columnsOf(before).length;
  if (!Number.isInteger(after) || after < 0 || after > known) throw new Error(`${before.code} has no column ${after}`);
  const moved = (number: number) => (number > after ? number + 1 : number);
  const { label, unit, count: counted, note } = column;
  const added: Column = { number: after + 1, label, unit, count: counted, ...(note && { note }) };
  const walk = (nodes: ColumnNode[]): ColumnNode[] =>
    nodes.flatMap((node): ColumnNode[] => {
      if (!isColumn(node)) return [{ ...node, columns: walk(node.columns) }];
      const here = { ...node, number: moved(node.number) };
      return node.number === after ? [here, added] : [here];
    });
  const totals = new Set(sumsInto);
  const checks = before.checks.map((formula) => {
    const { left, relation, right } = readCheck(formula)!;
    const terms = right.map((one) => (isOwnColumn(one.name) ? { ...one, name: String(moved(Number(one.name))) } : one));
    const more = relation === '=' && totals.delete(left) ? [{ name: String(after + 1), minus: false }] : [];
    return writeCheck({ left: moved(left), relation, right: [...terms, ...more] });
  });
  if (totals.size > 0) throw new Error(`${before.code} has no sum for column ${[...totals].join(', ')}`);
  return { ...before, columns: after === 0 ? [added, ...walk(before.columns)] : walk(before.columns), checks };
}

/** The forms of a set as before, one of them with one more column: what other forms check against it moves on as well. */
export function formsWith(forms: readonly Form[], code: string, after: number, column: Unplaced, sumsInto: readonly number[] = []): Form[] {
  return forms.map((one) => {
    if (one.code === code) return withColumn(one, after, column, sumsInto);
    const checks = one.checks.map((formula) => {
      const check = readCheck(formula)!;
      const right = check.right.map((term) => {
        const elsewhere = readElsewhere(term.name);
        return elsewhere?.code === code && elsewhere.number > after ? { ...term, name: `${code}:${elsewhere.number + 1}` } : term;
      });
      return writeCheck({ ...check, right });
    });
    return { ...one, checks };
  });
}

/** What is counted for a check alone. */
export function memo(of: SourceName, measure: string, where: Where = {}): Count {
  return { of, measure, where };
}

function unitOf(of: SourceName, measure: string): MeasuringUnit {
  return inVocabulary(sourceOf(of).measures, measure).unit;
}
