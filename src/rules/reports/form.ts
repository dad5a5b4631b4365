import type { Bilingual } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { type MeasuringUnit, sourceNames, type SourceName, sourceOf } from './vocabulary.js';
import { own } from '../../platform/text/own.js';

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
  /**
   * What a form must keep: `1=2+3`, `8<=4`. A term on the right is a column of this form, a column of another one of the set (`02-XLD:6`), or a memo
   * by its name, which may be taken away, too.
   */
  checks: string[];
  /** Figures that no column shows and a check needs, by name. */
  memos?: Record<string, Count>;
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

/** Whether a count is of nothing that the product knows: the unit says the figure itself. */
export function isByHand({ of }: Count): boolean {
  return of === 'declared';
}

/** The columns of a form from left to right. */
export function columnsOf({ columns }: Pick<Form, 'columns'>): Column[] {
  return columns.flatMap((node) => (isColumn(node) ? [node] : columnsOf(node)));
}

/** A term of a check: what it stands for, and whether it is taken away. */
export interface CheckTerm {
  /** Number of a column of the form itself, `02-XLD:6` for a column of another form, or the name of a memo. */
  name: string;
  minus: boolean;
}

/** A check in its parts: a column, and the sum that it must equal, or must not be over or under. */
export interface Check {
  formula: string;
  left: number;
  relation: '=' | '<=' | '>=';
  right: CheckTerm[];
}

const formCode = String.raw`\d{2}-[A-Z]{2,6}`;
const memoName = '[a-z][a-zA-Z]{1,30}';
const columnElsewhere = new RegExp(`^(${formCode}):(\\d+)$`);
const term = String.raw`(?:${formCode}:\d+|\d+|${memoName})`;
const checkPattern = new RegExp(`^(\\d+)(=|<=|>=)(${term}(?:\\+${term})*)((?:-${memoName})*)$`);

/** Reads `3=6+7+15`, `1>=03-GQKN:7`, `1=02-XLD:1+03-XLD:1-parts`; null where it is no check. */
export function readCheck(formula: string): Check | null {
  const [, left, relation, added, takenAway] = checkPattern.exec(formula) ?? [];
  if (added === undefined) return null;
  const right = [
    ...added.split('+').map((name): CheckTerm => ({ name, minus: false })),
    ...takenAway!
      .split('-')
      .slice(1)
      .map((name): CheckTerm => ({ name, minus: true })),
  ];
  return { formula, left: Number(left), relation: relation as Check['relation'], right };
}

/** Writes a check as `readCheck` reads it. */
export function writeCheck({ left, relation, right }: Omit<Check, 'formula'>): string {
  const added = right.filter(({ minus }) => !minus).map(({ name }) => name);
  const takenAway = right.filter(({ minus }) => minus).map(({ name }) => `-${name}`);
  return `${left}${relation}${added.join('+')}${takenAway.join('')}`;
}

/** Whether a term of a check is a column of the form itself. */
export function isOwnColumn(name: string): boolean {
  return /^\d+$/.test(name);
}

/** The form and column that a term names in another form; null for a column of the form itself, or a memo. */
export function readElsewhere(name: string): { code: string; number: number } | null {
  const [, code, number] = columnElsewhere.exec(name) ?? [];
  return code === undefined ? null : { code, number: Number(number) };
}

/** Figures of a form by the number of the column. */
export type FormFigures = Record<number, number>;
/** Figures that the checks of a form need beside its own, by the name of the term. */
export type BesideFigures = Record<string, number>;

/** A figure that a check needs beside the columns of its form: how it is counted, and the column of another form that it is. */
export interface Beside {
  name: string;
  count: Count;
  of: { code: string; number: number } | null;
}

/** What the checks of a form need beside its own columns, each with how it is counted: columns of other forms of the set, and memos. */
export function besidesOf(form: Form, { forms }: Pick<FormSet, 'forms'>): Beside[] {
  const names = new Set(form.checks.flatMap((formula) => readCheck(formula)?.right.map(({ name }) => name) ?? []));
  return [...names].flatMap((name): Beside[] => {
    const memo = form.memos && own(form.memos, name);
    if (memo) return [{ name, count: memo, of: null }];
    const of = readElsewhere(name);
    const other = of && forms.find(({ code }) => code === of.code);
    const column = other && columnsOf(other).find(({ number }) => number === of.number);
    return column ? [{ name, count: column.count, of }] : [];
  });
}

export interface CheckResult {
  formula: string;
  left: number;
  right: number;
  holds: boolean;
}

/**
 * What the checks of a form say of figures; a figure is never bent to keep one.
 * @param beside what its checks need beside its own columns; a check that needs what is not here says nothing
 */
export function checkFigures({ checks }: Pick<Form, 'checks'>, figures: FormFigures, beside: BesideFigures = {}): CheckResult[] {
  return checks.flatMap((formula) => {
    const { left: column, relation, right: terms } = readCheck(formula)!;
    const values = terms.map(({ name, minus }) => {
      const value = isOwnColumn(name) ? figures[Number(name)] : own(beside, name);
      return value === undefined ? null : minus ? -value : value;
    });
    if (values.includes(null)) return [];
    const left = figures[column]!;
    // Money comes in parts of a million, whose sums have more digits than they have meaning.
    const right = Number(values.reduce<number>((sum, value) => sum + value!, 0).toFixed(6));
    return [{ formula, left, right, holds: relation === '=' ? left === right : relation === '<=' ? left <= right : left >= right }];
  });
}

/** The formula of a column as the row of formulas has it: `1=2+3=4+5`. */
export function formulaOf({ checks }: Pick<Form, 'checks'>, column: number): string | null {
  const sums = checks
    .flatMap((formula) => readCheck(formula) ?? [])
    .filter(({ left, relation, right }) => left === column && relation === '=' && right.every(({ name }) => isOwnColumn(name)));
  return sums.length === 0 ? null : [String(column), ...sums.map(({ right }) => right.map(({ name }) => name).join('+'))].join('=');
}

/** Everything in a set of forms that cannot be counted or checked: numbers, sources, attributes, measures, checks. */
export function faultsOf({ forms }: Pick<FormSet, 'forms'>): FormFault[] {
  const repeated = forms.flatMap(({ code }, index) =>
    forms.findIndex((other) => other.code === code) < index
      ? [fault(`/forms/${index}/code`, 'repeated', `Biểu ${code} đã có.`, `The form ${code} is there twice.`)]
      : [],
  );
  const faults = forms.flatMap((form, index) => faultsOfForm(form, `/forms/${index}`));
  // Checks between forms are looked at when every form can be read.
  if (faults.some(({ code }) => code === malformed)) return [...repeated, ...faults];
  return [...repeated, ...faults, ...forms.flatMap((form, index) => faultsOfChecks(form, forms, `/forms/${index}/checks`))];
}

function faultsOfForm(form: Form, pointer: string): FormFault[] {
  const unreadable = faultsOfNodes(form.columns, `${pointer}/columns`);
  if (unreadable.length > 0) return unreadable;
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
    ...Object.entries(form.memos ?? {}).flatMap(([name, count]) => faultsOfCount(count, `${pointer}/memos/${name}`)),
  ];
}

const malformed = 'column_or_heading';

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
        malformed,
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

function faultsOfChecks(form: Form, forms: readonly Form[], pointer: string): FormFault[] {
  const numbersOf = (one: Form | undefined) => (one ? columnsOf(one).map(({ number }) => String(number)) : []);
  const known = (name: string): boolean => {
    const elsewhere = readElsewhere(name);
    if (elsewhere) return numbersOf(forms.find(({ code }) => code === elsewhere.code)).includes(String(elsewhere.number));
    return numbersOf(form).includes(name) || (form.memos !== undefined && own(form.memos, name) !== undefined);
  };
  return form.checks.flatMap((formula, index) => {
    const at = `${pointer}/${index}`;
    const check = readCheck(formula);
    if (!check) return [fault(at, 'formula', 'Viết dạng "1=2+3", "8<=4" hoặc "1>=03-GQKN:7".', 'Write "1=2+3", "8<=4" or "1>=03-GQKN:7".')];
    const missing = [String(check.left), ...check.right.map(({ name }) => name)].filter((name) => !known(name));
    return missing.length === 0
      ? []
      : [fault(at, 'unknown_column', `Không có cột ${missing.join(', ')}.`, `There is no column ${missing.join(', ')}.`)];
  });
}

function notOneOf(pointer: string, allowed: readonly string[]): FormFault {
  return fault(pointer, 'one_of', `Cho phép: ${allowed.join(', ')}.`, `Allowed: ${allowed.join(', ')}.`);
}

function fault(pointer: string, code: string, vi: string, en: string): FormFault {
  return { pointer, code, detail: { vi, en } };
}
