import type { Readable } from 'node:stream';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { type Check, type Column, columnsOf, formulaOf, readCheck, readElsewhere } from '../../rules/reports/form.js';
import { measuringUnits } from '../../rules/reports/vocabulary.js';
import { dayInLedger } from '../../platform/tabular/ledger-file.js';
import type { CellStyle } from '../../platform/tabular/workbook-styles.js';
import { type Sheet, type SheetRow, writeWorkbook } from '../../platform/tabular/workbook-writer.js';
import type { FormTable, TableRow } from './form-table.js';
import { heightsOf, headingOf } from './heading.js';

const narrow = { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.2, footer: 0.2 };
/** The first circular whose annex has the numbers with their formulas in one row, the notes below the table and no units of measure. */
const annexSince: LegalDate = '2025-09-30';

/** How the table of a circular is laid out beside its columns: the unit on the left, in the older ones a note on the right. */
function layoutOf({ set, form }: FormTable): { annex: boolean; columns: Column[]; width: number } {
  const columns = columnsOf(form);
  const annex = set.closingFrom >= annexSince;
  return { annex, columns, width: columns.length + (annex ? 1 : 2) };
}
const boxed: CellStyle = { border: true, horizontal: 'center', vertical: 'center', wrap: true };
const inHeading: CellStyle = { ...boxed, bold: true, size: 9 };
const inUnits: CellStyle = { ...boxed, italic: true, size: 9 };
const inNumbers: CellStyle = { ...boxed, bold: true, size: 10 };
const inFormulas: CellStyle = { ...boxed, italic: true, size: 7 };
const centred: CellStyle = { horizontal: 'center', vertical: 'center', wrap: true };
const inFoot: CellStyle = { size: 10, italic: true };

/**
 * Forms as a workbook in the layout of the circulars, a sheet for each: heading of merged cells, numbers of the columns, formulas, rows, signature; landscape on
 * one page across. It is written while the forms come, so that it takes no more memory than one of them.
 */
export function formWorkbook(tables: Iterable<FormTable> | AsyncIterable<FormTable>): Readable {
  return writeWorkbook(sheetsOf(tables));
}

/** Many columns are narrow, so that the page is not made so small that nobody reads it. */
function widthAmong(columns: number): number {
  return columns > 24 ? 6 : 8.5;
}

/** Widths of the columns, the unit's first. */
function widthsOf(table: FormTable): number[] {
  const { annex, columns } = layoutOf(table);
  return [24, ...columns.map(() => (annex ? widthAmong(columns.length) : 7.5)), ...(annex ? [] : [8])];
}

async function* sheetsOf(tables: Iterable<FormTable> | AsyncIterable<FormTable>): AsyncGenerator<Sheet> {
  for await (const table of tables) {
    yield { name: table.form.code, widths: widthsOf(table), margins: narrow, rows: rowsOf(table) };
  }
}

function* rowsOf(table: FormTable): Generator<SheetRow> {
  const { form } = table;
  const { annex, columns, width } = layoutOf(table);
  yield* titleOf(table, width);
  yield* headOf(table);
  const formulas = columns.map(({ number }) => formulaOf(form, number));
  if (annex)
    yield lineOf(
      ['MS', ...columns.map(({ number }, index) => formulas[index]?.replaceAll('=', '= ').replaceAll('+', '+ ') ?? number)],
      inNumbers,
      60,
    );
  else {
    yield lineOf(['Đơn vị tính', ...columns.map(({ unit }) => measuringUnits[unit].vi), ''], inUnits);
    yield lineOf(['MS', ...columns.map(({ number }) => number), columns.length + 1], inNumbers);
    yield lineOf(['Công thức', ...formulas.map((formula) => formula ?? ''), ''], inFormulas, 30);
  }
  for (const row of table.rows) yield figuresOf(row, columns.length, !annex);
  if (annex) {
    yield wholeLine(`${columns.length + 1}. Ghi chú:`, width, { size: 11 });
  }
  yield* footOf(table, width);
}

function* titleOf(table: FormTable, width: number): Generator<SheetRow> {
  const { set, form, period, unit } = table;
  const name = form.code.replace('-', '/');
  const stretch = `từ ngày ${dayInLedger(period.from)} đến ngày ${dayInLedger(period.to)}`;
  const title: [text: string, style: CellStyle] = [form.title.vi.toUpperCase(), { bold: true, size: 14 }];
  const { annex } = layoutOf(table);
  const right = annex ? name : `Biểu số: ${name} – Thông tư số ${set.circular}`;
  const ofRight: CellStyle = annex ? { size: 12, bold: true, horizontal: 'right' } : { size: 11, italic: true, horizontal: 'right' };
  yield halves(unit.toUpperCase(), right, width, [{ size: 12, bold: true }, ofRight]);
  const lines: [text: string, style: CellStyle][] = annex
    ? [
        title,
        [`Số liệu tính ${stretch}`, { italic: true, size: 12 }],
        [`(Kèm theo Báo cáo số: ……… ngày …… tháng …… năm …… của ${unit})`, { italic: true, size: 12 }],
      ]
    : [title, [`${period.label.vi} (số liệu ${stretch})`, { italic: true, size: 12 }]];
  if (set.provisional) lines.push([set.provisional.vi, { bold: true, size: 11 }]);
  for (const [text, style] of [...lines, ['', {}] as [string, CellStyle]]) yield wholeLine(text, width, { ...centred, ...style });
}

/** The heading of the form: what stands over several columns, and reaches down where nothing is below it. */
function* headOf(table: FormTable): Generator<SheetRow> {
  const { annex, columns, width } = layoutOf(table);
  const { rows, cells } = headingOf(table.form);
  const all = [
    { row: 0, column: -1, rows, columns: 1, label: { vi: 'Đơn vị' } },
    ...cells,
    ...(annex ? [] : [{ row: 0, column: columns.length, rows, columns: 1, label: { vi: 'Ghi chú' } }]),
  ];
  const heights = heightsOf(all, rows, widthsOf(table));
  for (let line = 0; line < rows; line++) {
    const here = all.filter(({ row }) => row === line);
    const labels = new Map(here.map(({ column, label }) => [column + 1, label.vi]));
    yield {
      height: heights[line]!,
      cells: Array.from({ length: width }, (_, column) => ({ value: labels.get(column) ?? '', style: inHeading })),
      merges: here.map((cell) => ({ column: cell.column + 1, across: cell.columns, down: cell.rows })),
    };
  }
}

const format = '#,##0.######';
const figureStyles = { unit: stylesOf(false), others: stylesOf(true) };

function stylesOf(bold: boolean): { label: CellStyle; figure: CellStyle } {
  const box: CellStyle = { border: true, vertical: 'center', bold, size: 10 };
  return { label: { ...box, horizontal: 'left', wrap: true }, figure: { ...box, horizontal: 'right', format } };
}

function figuresOf({ label, kind, figures }: TableRow, columns: number, noted: boolean): SheetRow {
  const { label: left, figure } = figureStyles[kind === 'unit' ? 'unit' : 'others'];
  const values = Array.from({ length: columns }, (_, index) => ({ value: figures[index + 1] ?? 0, style: figure }));
  return { cells: [{ value: label, style: left }, ...values, ...(noted ? [{ value: '', style: figure }] : [])] };
}

function* footOf({ failed, apart, asOf, signed }: FormTable, width: number): Generator<SheetRow> {
  const lines = [
    '',
    ...failed.map(({ formula, left, right }) => `Không khớp: cột ${checkInWords(formula)} (${left} và ${right}).`),
    ...(apart.length > 0 ? [`Không gồm số liệu của cơ quan trung ương theo ngành dọc: ${apart.join(', ')}.`] : []),
    `Số liệu tại thời điểm ${moment(asOf)}${signed ? `; bản ${signed.revision}; mã kiểm tra ${signed.digest}` : ''}.`,
    '',
  ];
  for (const text of lines) yield wholeLine(text, width, inFoot);
  const [dayOfMonth, month, year] = signed ? dayInLedger(signed.on).split('/') : ['…', '…', '…'];
  const block: [left: string, right: string, style: CellStyle][] = [
    ['', `Ngày ${dayOfMonth} tháng ${month} năm ${year}`, { italic: true }],
    ['NGƯỜI LẬP BIỂU', signed ? signed.title.toUpperCase() : 'THỦ TRƯỞNG ĐƠN VỊ', { bold: true }],
    ['(Ký, ghi rõ họ tên)', '(Ký, đóng dấu)', { italic: true }],
    ['', '', {}],
    ['', signed?.name ?? '', { bold: true }],
  ];
  for (const [left, right, style] of block) {
    const centre: CellStyle = { size: 12, horizontal: 'center', ...style };
    yield halves(left, right, width, [centre, centre]);
  }
}

/** `1>=03-GQKN:7` as 1 ≥ 03/GQKN cột 7; memos are told by what they are. */
function checkInWords(formula: string): string {
  const { left, relation, right } = readCheck(formula)!;
  const words: Record<Check['relation'], string> = { '=': '=', '<=': '≤', '>=': '≥' };
  const terms = right.map(({ name, minus }, index) => {
    const elsewhere = readElsewhere(name);
    const term = elsewhere ? `${elsewhere.code.replace('-', '/')} cột ${elsewhere.number}` : (memoNames.get(name) ?? name);
    return `${minus ? ' − ' : index > 0 ? '+' : ''}${term}`;
  });
  return `${left} ${words[relation]} ${terms.join('')}`;
}

const memoNames = new Map([
  ['parts', 'số phần của đơn tách nội dung'],
  ['wholes', 'số đơn tách nội dung'],
]);

function lineOf(values: (string | number)[], style: CellStyle, height?: number): SheetRow {
  return { cells: values.map((value) => ({ value, style })), ...(height !== undefined && { height }) };
}

function wholeLine(value: string, width: number, style: CellStyle): SheetRow {
  return { cells: [{ value, style }], merges: [{ column: 0, across: width }] };
}

/** A line of two halves, each one cell. */
function halves(left: string, right: string, width: number, [ofLeft, ofRight]: [CellStyle, CellStyle]): SheetRow {
  const half = Math.ceil(width / 2);
  const cells: SheetRow['cells'] = [{ value: left, style: ofLeft }];
  cells[half] = { value: right, style: ofRight };
  return {
    cells,
    merges: [
      { column: 0, across: half },
      { column: half, across: width - half },
    ],
  };
}

/** A moment as it is read in Viet Nam: 14:05 ngày 15/06/2026. */
function moment(at: Date): string {
  const text = new Date(at.getTime() + 7 * 3_600_000).toISOString();
  return `${text.slice(11, 16)} ngày ${dayInLedger(text.slice(0, 10))}`;
}
