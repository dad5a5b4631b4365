import type { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { CellStyle } from './workbook-styles.js';
import { type SheetRow, writeWorkbook } from './workbook-writer.js';
import { asWritten } from '../text/legal-date.js';

/** A column of a ledger. */
export interface LedgerColumn<Row, Names = undefined> {
  heading: string;
  width: number;
  value: (row: Row, index: number, names: Names) => string | number;
}

export type Cells = (string | number)[];

/** A ledger to be written as a file: whose it is, its title, its columns, and its rows as they are read. */
export interface LedgerFile {
  unit: string;
  title: string;
  columns: { heading: string; width: number }[];
  rows: AsyncIterable<Cells>;
  /** What a reader must know of the figures; below the rows, each in a line of its own. In XLSX alone. */
  notes?: readonly string[];
}

export const ledgerMediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** CSV (RFC 4180, UTF-8 with a byte order mark); a cell that a spreadsheet would take for a formula is escaped. */
export function ledgerCsv({ columns, rows }: Pick<LedgerFile, 'columns' | 'rows'>): Readable {
  const csv = stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' });
  const put = async (cells: Cells): Promise<void> => {
    if (!csv.write(cells)) await new Promise((resolve) => csv.once('drain', resolve));
  };
  void orBreakOff(csv, async () => {
    await put(columns.map(({ heading }) => heading));
    for await (const cells of rows) await put(cells);
    csv.end();
  });
  return csv;
}

/**
 * XLSX in the usual layout: unit, title, headings, numbers of the columns, rows; written while it is read, so that a hundred thousand rows take no
 * more memory than a page. Every text is stored as text, never as a formula.
 */
export function ledgerXlsx(ledger: LedgerFile): Readable {
  return writeWorkbook([
    { name: 'Sổ', widths: ledger.columns.map(({ width }) => width), frozenRows: headingRows, rows: ledgerRows(ledger) },
  ]);
}

/** A day as ledgers have it: 05/02/2026. */
export function dayInLedger(date: string | null): string {
  return date ? asWritten(date) : '';
}

/** Whatever goes wrong on the way breaks the download off, so that half a ledger never looks whole. */
async function orBreakOff(output: { destroy(error: Error): unknown }, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    output.destroy(error as Error);
  }
}

/** Unit, title, an empty line, headings, numbers: they stay in sight. */
const headingRows = 5;
const inUnit: CellStyle = { bold: true, size: 12, horizontal: 'left' };
const inTitle: CellStyle = { bold: true, size: 14, horizontal: 'center' };
const inHeading: CellStyle = { bold: true, horizontal: 'center', vertical: 'center', wrap: true };
const inNumbers: CellStyle = { horizontal: 'center' };
const inRow: CellStyle = { vertical: 'top', wrap: true };
const inNote: CellStyle = { horizontal: 'left' };

async function* ledgerRows({ unit, title, columns, rows, notes = [] }: LedgerFile): AsyncGenerator<SheetRow> {
  const across = (value: string, style: CellStyle): SheetRow => ({
    cells: [{ value, style }],
    merges: [{ column: 0, across: columns.length }],
  });
  yield across(unit.toUpperCase(), inUnit);
  yield across(title, inTitle);
  yield across('', inUnit);
  yield { cells: columns.map(({ heading }) => ({ value: heading, style: inHeading })) };
  yield { cells: columns.map((_column, index) => ({ value: index + 1, style: inNumbers })) };
  for await (const cells of rows) yield { cells: cells.map((value) => ({ value, style: inRow })) };
  for (const note of notes) yield across(note, inNote);
}
