import type { Bilingual } from '../../problems/problem.js';
import type { LegalDate } from '../legal-date.js';
import { type MeasuringUnit, sourceNames, type SourceName, sourceOf } from './vocabulary.js';
import { own } from '../own.js';

export type AttributeValue = string | boolean | string[];

/** How a column is counted: a measure over the things of a source that have these attributes. */
export interface Count {
  of: SourceName;
  measure: string;
  /** By attribute: one value, or several of which one is enough. */
  where: Record<string, AttributeValue>;
}

/** A column with its number. */
export interface Column {
  number: number;
  label: Bilingual;
  unit: MeasuringUnit;
  count: Count;
  /** What a reader must know of how it is counted. */
  note?: Bilingual;
}

/** A heading over columns or further headings. */
export interface ColumnGroup {
  label: Bilingual;
  columns: ColumnNode[];
}
export type ColumnNode = Column | ColumnGroup;

/** A statutory form: its columns as a tree, and the checks between them. */
export interface Form {
  /** `01-TCD`: as in a path; the form's own name is `01/TCD`. */
  code: string;
  title: Bilingual;
  columns: ColumnNode[];
  /** `1=2+3`, `8<=4`: what a form must keep. */
  checks: string[];
}

/** The forms of one circular. */
export interface FormSet {
  /** Number of the circular. */
  circular: string;
  title: Bilingual;
  /** It governs the periods that close on this day or later, until another set does. */
  closingFrom: LegalDate;
  /** Why its figures are provisional; null where the forms are the circular's own. */
  provisional: Bilingual | null;
  /** False where the columns were not read in the circular itself. */
  verified: boolean;
  forms: Form[];
}

/** Something in a set that cannot be counted, with where it stands. */
export interface FormFault {
  pointer: string;
  code: string;
  detail: Bilingual;
}

export function isColumn(node: ColumnNode): node is Column {
  return 'number' in node;
}

/** The columns of a form from left to right. */
export function columnsOf({ columns }: Pick<Form, 'columns'>): Column[] {
  return columns.flatMap((node) => (isColumn(node) ? [node] : columnsOf(node)));
}

/** A check in its parts: two sums and how they must stand to each other. */
export interface Check {
  formula: string;
  left: number;
  relation: '=' | '<=';
  right: number[];
}

/** Reads `3=6+7+15`; null where it is no check. */
export function readCheck(formula: string): Check | null {
  const match = /^(\d+)(=|<=)(\d+(?:\+\d+)*)$/.exec(formula);
  if (!match) return null;
  const [, left, relation, right] = match;
  return { formula, left: Number(left), relation: relation as Check['relation'], right: right!.split('+').map(Number) };
}

/** Figures of a form by the number of the column. */
export type FormFigures = Record<number, number>;

export interface CheckResult {
  formula: string;
  left: number;
  right: number;
  holds: boolean;
}

/** What the checks of a form say of figures; a figure is never bent to keep one. */
export function checkFigures({ checks }: Pick<Form, 'checks'>, figures: FormFigures): CheckResult[] {
  return checks.map((formula) => {
    const check = readCheck(formula)!;
    const left = figures[check.left]!;
    // Money comes in parts of a million, whose sums have more digits than they have meaning.
    const right = Number(check.right.reduce((sum, column) => sum + figures[column]!, 0).toFixed(6));
    return { formula, left, right, holds: check.relation === '=' ? left === right : left <= right };
  });
}

/** The formula of a column as the row of formulas has it: `1=2+3=4+5`. */
export function formulaOf({ checks }: Pick<Form, 'checks'>, column: number): string | null {
  const sums = checks.flatMap((formula) => readCheck(formula) ?? []).filter(({ left, relation }) => left === column && relation === '=');
  return sums.length === 0 ? null : [String(column), ...sums.map(({ right }) => right.join('+'))].join('=');
}

/** Everything in a set of forms that cannot be counted or checked: numbers, sources, attributes, measures, checks. */
export function faultsOf({ forms }: Pick<FormSet, 'forms'>): FormFault[] {
  const repeated = forms.flatMap(({ code }, index) =>
    forms.findIndex((other) => other.code === code) < index
      ? [fault(`/forms/${index}/code`, 'repeated', `Biểu ${code} đã có.`, `The form ${code} is there twice.`)]
      : [],
  );
  return [...repeated, ...forms.flatMap((form, index) => faultsOfForm(form, `/forms/${index}`))];
}

function faultsOfForm(form: Form, pointer: string): FormFault[] {
  const malformed = faultsOfNodes(form.columns, `${pointer}/columns`);
  if (malformed.length > 0) return malformed;
  const columns = columnsOf(form);
  const numbers = columns.map(({ number }) => number);
  const inOrder = numbers.every((number, index) => number === index + 1);
  return [
    ...(inOrder && numbers.length > 0
      ? []
      : [
          fault(
            `${pointer}/columns`,
            'numbers',
            'Các cột phải đánh số 1, 2, 3… từ trái sang phải.',
            'Columns are numbered 1, 2, 3… from left to right.',
          ),
        ]),
    ...nodesOf(form.columns, `${pointer}/columns`).flatMap(({ column, at }) => faultsOfCount(column.count, `${at}/count`)),
    ...form.checks.flatMap((formula, index) => faultsOfCheck(formula, numbers, `${pointer}/checks/${index}`)),
  ];
}

/** A node is a heading or a column, not both and not neither. */
function faultsOfNodes(nodes: ColumnNode[], pointer: string): FormFault[] {
  return nodes.flatMap((node, index) => {
    const at = `${pointer}/${index}`;
    const { number, unit, count, columns } = node as Partial<Column & ColumnGroup>;
    const parts = [number, unit, count];
    if (columns && parts.every((part) => part === undefined)) return faultsOfNodes(columns, `${at}/columns`);
    if (!columns && parts.every((part) => part !== undefined)) return [];
    return [
      fault(
        at,
        'column_or_heading',
        'Hoặc là đề mục có "columns", hoặc là cột có "number", "unit" và "count".',
        'Either a heading with "columns", or a column with "number", "unit" and "count".',
      ),
    ];
  });
}

function nodesOf(nodes: ColumnNode[], pointer: string): { column: Column; at: string }[] {
  return nodes.flatMap((node, index) => {
    const at = `${pointer}/${index}`;
    return isColumn(node) ? [{ column: node, at }] : nodesOf(node.columns, `${at}/columns`);
  });
}

function faultsOfCount({ of, measure, where }: Count, pointer: string): FormFault[] {
  if (!sourceNames.includes(of)) return [notOneOf(`${pointer}/of`, sourceNames)];
  const source = sourceOf(of);
  return [
    ...(own(source.measures, measure) ? [] : [notOneOf(`${pointer}/measure`, Object.keys(source.measures))]),
    ...Object.entries(where).flatMap(([name, value]) => {
      const attribute = own(source.attributes, name);
      const at = `${pointer}/where/${name}`;
      if (!attribute) return [notOneOf(at, Object.keys(source.attributes))];
      if (attribute.values === 'boolean') return typeof value === 'boolean' ? [] : [notOneOf(at, ['true', 'false'])];
      const allowed = Object.keys(attribute.values);
      const wanted = Array.isArray(value) ? value : [value];
      return wanted.length > 0 && wanted.every((one) => typeof one === 'string' && allowed.includes(one)) ? [] : [notOneOf(at, allowed)];
    }),
  ];
}

function faultsOfCheck(formula: string, numbers: readonly number[], pointer: string): FormFault[] {
  const check = readCheck(formula);
  if (!check) return [fault(pointer, 'formula', 'Viết dạng "1=2+3" hoặc "8<=4".', 'Write "1=2+3" or "8<=4".')];
  const missing = [check.left, ...check.right].filter((number) => !numbers.includes(number));
  return missing.length === 0
    ? []
    : [fault(pointer, 'unknown_column', `Không có cột ${missing.join(', ')}.`, `There is no column ${missing.join(', ')}.`)];
}

function notOneOf(pointer: string, allowed: readonly string[]): FormFault {
  return fault(pointer, 'one_of', `Cho phép: ${allowed.join(', ')}.`, `Allowed: ${allowed.join(', ')}.`);
}

function fault(pointer: string, code: string, vi: string, en: string): FormFault {
  return { pointer, code, detail: { vi, en } };
}
