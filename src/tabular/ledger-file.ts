import { PassThrough, type Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import ExcelJS from 'exceljs';

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
export function ledgerXlsx({ unit, title, columns, rows }: LedgerFile): Readable {
  const output = new PassThrough();
  void orBreakOff(output, async () => {
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true, useSharedStrings: false });
    const sheet = workbook.addWorksheet('Sổ', {
      pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      views: [{ state: 'frozen', ySplit: 5 }],
    });
    sheet.columns = columns.map(({ width }) => ({ width }));
    writeHeading(sheet, { unit, title, columns });
    for await (const cells of rows) {
      const row = sheet.addRow(cells);
      row.alignment = { vertical: 'top', wrapText: true };
      row.commit();
      if (output.writableNeedDrain) await new Promise((resolve) => output.once('drain', resolve));
    }
    sheet.commit();
    await workbook.commit();
  });
  return output;
}

/** A day as ledgers have it: 05/02/2026. */
export function dayInLedger(date: string | null): string {
  return date ? date.split('-').reverse().join('/') : '';
}

/** Whatever goes wrong on the way breaks the download off, so that half a ledger never looks whole. */
async function orBreakOff(output: { destroy(error: Error): unknown }, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    output.destroy(error as Error);
  }
}

function writeHeading(sheet: ExcelJS.Worksheet, { unit, title, columns }: Omit<LedgerFile, 'rows'>): void {
  const lines: [text: string, size: number][] = [
    [unit.toUpperCase(), 12],
    [title, 14],
    ['', 12],
  ];
  for (const [index, [text, size]] of lines.entries()) {
    const row = sheet.addRow([text]);
    row.font = { bold: true, size, name: 'Times New Roman' };
    row.alignment = { horizontal: index === 1 ? 'center' : 'left' };
    sheet.mergeCells(index + 1, 1, index + 1, columns.length);
    row.commit();
  }
  const headings = sheet.addRow(columns.map(({ heading }) => heading));
  headings.font = { bold: true, name: 'Times New Roman' };
  headings.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
  headings.commit();
  const numbers = sheet.addRow(columns.map((_column, index) => index + 1));
  numbers.alignment = { horizontal: 'center' };
  numbers.commit();
}
