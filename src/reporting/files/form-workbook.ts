import { PassThrough, type Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { columnsOf, formulaOf } from '../../rules/reports/form.js';
import { measuringUnits } from '../../rules/reports/vocabulary.js';
import { dayInLedger } from '../../tabular/ledger-file.js';
import type { FormTable, TableRow } from './form-table.js';
import { headingOf } from './heading.js';

const font = 'Times New Roman';
const border: Partial<ExcelJS.Borders> = {
  top: { style: 'thin' },
  left: { style: 'thin' },
  bottom: { style: 'thin' },
  right: { style: 'thin' },
};
const narrow = { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.2, footer: 0.2 };
/** Columns beside those with numbers: the unit on the left, the note on the right. */
const beside = 2;

/**
 * Forms as a workbook in the layout of the circulars, a sheet for each: heading of merged cells, numbers of the columns, formulas, rows, signature; landscape on
 * one page across. It is written while the forms come, so that it takes no more memory than one of them.
 */
export function formWorkbook(tables: Iterable<FormTable> | AsyncIterable<FormTable>, written?: () => Promise<unknown>): Readable {
  const output = new PassThrough();
  void (async () => {
    try {
      const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true, useSharedStrings: false });
      for await (const table of tables) {
        await writeSheet(workbook, table, output);
        await written?.();
      }
      await workbook.commit();
    } catch (error) {
      // Half a report never looks whole.
      output.destroy(error as Error);
    }
  })();
  return output;
}

async function writeSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, table: FormTable, output: PassThrough): Promise<void> {
  const { form } = table;
  const columns = columnsOf(form);
  const heading = headingOf(form);
  const width = columns.length + beside;
  const sheet = workbook.addWorksheet(form.code, {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, margins: narrow },
  });
  sheet.columns = [{ width: 24 }, ...columns.map(() => ({ width: 7.5 })), { width: 8 }];
  writeTitle(sheet, table, width);
  writeHeading(sheet, table, heading, width);
  const units = columns.map(({ unit }) => measuringUnits[unit].vi);
  writeCells(sheet, ['Đơn vị tính', ...units, ''], { italic: true, size: 9 });
  writeCells(sheet, ['MS', ...columns.map(({ number }) => number), columns.length + 1], { bold: true, size: 10 });
  writeCells(sheet, ['Công thức', ...columns.map(({ number }) => formulaOf(form, number) ?? ''), ''], { italic: true, size: 7 }, 30);
  for (const row of table.rows) {
    writeFigures(sheet, row, columns.length);
    if (output.writableNeedDrain) await new Promise((resolve) => output.once('drain', resolve));
  }
  writeFoot(sheet, table, width);
  sheet.commit();
}

function writeTitle(sheet: ExcelJS.Worksheet, { set, form, period, unit }: FormTable, width: number): void {
  const half = Math.ceil(width / 2);
  const name = form.code.replace('-', '/');
  const first = sheet.addRow([unit.toUpperCase()]);
  first.getCell(half + 1).value = `Biểu số: ${name} – Thông tư số ${set.circular}`;
  merge(sheet, first, 1, half);
  merge(sheet, first, half + 1, width);
  first.getCell(1).font = { name: font, size: 12, bold: true };
  first.getCell(half + 1).font = { name: font, size: 11, italic: true };
  first.getCell(half + 1).alignment = { horizontal: 'right' };
  first.commit();
  const lines: [text: string, font: Partial<ExcelJS.Font>][] = [
    [form.title.vi.toUpperCase(), { bold: true, size: 14 }],
    [`${period.label.vi} (số liệu từ ngày ${dayInLedger(period.from)} đến ngày ${dayInLedger(period.to)})`, { italic: true, size: 12 }],
    ...(set.provisional ? [[set.provisional.vi, { bold: true, size: 11 }] as [string, Partial<ExcelJS.Font>]] : []),
    ['', {}],
  ];
  for (const [text, style] of lines) {
    const row = sheet.addRow([text]);
    merge(sheet, row, 1, width);
    row.getCell(1).font = { name: font, ...style };
    row.getCell(1).alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
    row.commit();
  }
}

function writeHeading(sheet: ExcelJS.Worksheet, { form }: FormTable, { rows, cells }: ReturnType<typeof headingOf>, width: number): void {
  const all = [
    { row: 0, column: -1, rows, columns: 1, label: { vi: 'Đơn vị' } },
    ...cells,
    { row: 0, column: columnsOf(form).length, rows, columns: 1, label: { vi: 'Ghi chú' } },
  ];
  const lines = Array.from({ length: rows }, () => sheet.addRow(Array<string>(width).fill('')));
  for (const line of lines) {
    line.height = 42;
    for (let column = 1; column <= width; column++) style(line.getCell(column), { bold: true, size: 9 });
  }
  for (const { row, column, rows: down, columns: across, label } of all) {
    const [line, left] = [lines[row]!, column + 2];
    line.getCell(left).value = label.vi;
    if (down > 1 || across > 1) sheet.mergeCells(line.number, left, line.number + down - 1, left + across - 1);
  }
  for (const line of lines) line.commit();
}

function writeFigures(sheet: ExcelJS.Worksheet, { label, kind, figures }: TableRow, columns: number): void {
  const bold = kind !== 'unit';
  const row = sheet.addRow([label, ...Array.from({ length: columns }, (_, index) => figures[index + 1] ?? 0), '']);
  for (let column = 1; column <= columns + beside; column++) {
    const cell = row.getCell(column);
    style(cell, { bold, size: 10 });
    if (column > 1) cell.numFmt = '#,##0.######';
    cell.alignment = { horizontal: column === 1 ? 'left' : 'right', vertical: 'middle', wrapText: column === 1 };
  }
  row.commit();
}

function writeCells(sheet: ExcelJS.Worksheet, values: (string | number)[], text: Partial<ExcelJS.Font>, height?: number): void {
  const row = sheet.addRow(values);
  if (height) row.height = height;
  for (let column = 1; column <= values.length; column++) style(row.getCell(column), text);
  row.commit();
}

function writeFoot(sheet: ExcelJS.Worksheet, { failed, asOf, signed }: FormTable, width: number): void {
  const half = Math.ceil(width / 2);
  const lines = [
    '',
    ...failed.map(
      ({ formula, left, right }) => `Không khớp: cột ${formula.replace('<=', ' ≤ ').replace('=', ' = ')} (${left} và ${right}).`,
    ),
    `Số liệu tại thời điểm ${moment(asOf)}${signed ? `; bản ${signed.revision}; mã kiểm tra ${signed.digest}` : ''}.`,
    '',
  ];
  for (const text of lines) {
    const row = sheet.addRow([text]);
    merge(sheet, row, 1, width);
    row.getCell(1).font = { name: font, size: 10, italic: true };
    row.commit();
  }
  const [day, month, year] = signed ? dayInLedger(signed.on).split('/') : ['…', '…', '…'];
  const block: [left: string, right: string, text: Partial<ExcelJS.Font>][] = [
    ['', `Ngày ${day} tháng ${month} năm ${year}`, { italic: true }],
    ['NGƯỜI LẬP BIỂU', signed ? signed.title.toUpperCase() : 'THỦ TRƯỞNG ĐƠN VỊ', { bold: true }],
    ['(Ký, ghi rõ họ tên)', '(Ký, đóng dấu)', { italic: true }],
    ['', '', {}],
    ['', signed?.name ?? '', { bold: true }],
  ];
  for (const [left, right, text] of block) {
    const row = sheet.addRow([left]);
    row.getCell(half + 1).value = right;
    merge(sheet, row, 1, half);
    merge(sheet, row, half + 1, width);
    for (const column of [1, half + 1]) {
      row.getCell(column).font = { name: font, size: 12, ...text };
      row.getCell(column).alignment = { horizontal: 'center' };
    }
    row.commit();
  }
}

function style(cell: ExcelJS.Cell, text: Partial<ExcelJS.Font>): void {
  cell.font = { name: font, ...text };
  cell.border = border;
  cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
}

function merge(sheet: ExcelJS.Worksheet, { number }: ExcelJS.Row, left: number, right: number): void {
  if (right > left) sheet.mergeCells(number, left, number, right);
}

/** A moment as it is read in Viet Nam: 14:05 ngày 15/06/2026. */
function moment(at: Date): string {
  const text = new Date(at.getTime() + 7 * 3_600_000).toISOString();
  return `${text.slice(11, 16)} ngày ${dayInLedger(text.slice(0, 10))}`;
}
