import type { Bilingual } from '../../../problems/problem.js';
import type { AttributeValue, Column, ColumnGroup, ColumnNode } from '../form.js';
import { inVocabulary, type MeasuringUnit, type SourceName, sourceOf } from '../vocabulary.js';

type Where = Record<string, AttributeValue>;
/** A column without its number, which follows from where it stands. */
export type Unnumbered = Omit<Column, 'number'> | { label: Bilingual; columns: Unnumbered[] };

/** A column: its names and what it counts. */
export function count(
  vi: string,
  en: string,
  of: SourceName,
  measure: string,
  where: Where = {},
  note?: Bilingual,
): Omit<Column, 'number'> {
  return { label: { vi, en }, unit: unitOf(of, measure), count: { of, measure, where }, ...(note && { note }) };
}

/** A heading over columns. */
export function group(vi: string, en: string, ...columns: Unnumbered[]): { label: Bilingual; columns: Unnumbered[] } {
  return { label: { vi, en }, columns };
}

/** Numbers the columns from left to right. */
export function numbered(...nodes: Unnumbered[]): ColumnNode[] {
  let last = 0;
  const number = (node: Unnumbered): ColumnNode =>
    'columns' in node
      ? ({ label: node.label, columns: node.columns.map(number) } satisfies ColumnGroup)
      : ({ number: ++last, ...node } satisfies Column);
  return nodes.map(number);
}

function unitOf(of: SourceName, measure: string): MeasuringUnit {
  return inVocabulary(sourceOf(of).measures, measure).unit;
}
