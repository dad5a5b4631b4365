import { Archive, type FileSource } from '../parsing/archive.js';
import { FileFault } from '../parsing/file-fault.js';
import type { ParsingLimits } from '../parsing/limits.js';
import { readXml } from '../parsing/xml.js';
import type { Row } from './row.js';
import { readWorkbook, TextRuns, tooLongCell, type Workbook } from './xlsx-workbook.js';

/** Cells of a row that hold something, by column from 0. */
interface SheetRow {
  line: number;
  cells: string[];
}

/** Excel's own bounds (ECMA-376 18.3.1.73): what lies beyond is no place in a sheet. */
const lastRow = 1_048_576;
const lastColumn = 16_384;
const daysTo1970 = 25_569;
const daysFrom1900To1904 = 1_462;

/**
 * The rows of the first sheet, one after the other; its first row that is not empty is the heading. Dates as YYYY-MM-DD, whatever a cell is formatted as.
 * @throws FileFault where it is no workbook, or one with more than the limits allow
 */
export async function* readXlsx(source: FileSource, limits: ParsingLimits): AsyncGenerator<Row> {
  const archive = await Archive.open(source, limits);
  try {
    const workbook = await readWorkbook(archive, limits);
    let heading: string[] | undefined;
    for await (const { line, cells } of readSheet(archive, workbook, limits)) {
      if (!heading) {
        if (cells.some((cell) => cell)) heading = headingOf(cells, line, limits);
        continue;
      }
      yield { line, values: Object.fromEntries(heading.flatMap((name, column) => (name ? [[name, cells[column] ?? '']] : []))) };
    }
  } finally {
    archive.close();
  }
}

function headingOf(cells: string[], line: number, { headingCharacters }: ParsingLimits): string[] {
  // Array.from, because columns without a cell are holes.
  const heading = Array.from(cells, (cell) => cell ?? '');
  if (heading.some((name) => name.length > headingCharacters))
    throw FileFault.tooMuch('too_long_heading', headingCharacters, { vi: 'ký tự trong tên cột', en: 'characters in a heading' }, line);
  return heading;
}

async function* readSheet(archive: Archive, workbook: Workbook, limits: ParsingLimits): AsyncGenerator<SheetRow> {
  const reader = new SheetReader(workbook, limits);
  const pieces = readXml(archive.stream(workbook.sheet), {
    open: (name, attributes) => reader.open(name, attributes),
    text: (text) => reader.text(text),
    close: (name) => reader.close(name),
  });
  for await (const _piece of pieces) {
    void _piece;
    yield* reader.take();
  }
}

/** Puts rows together from the elements of a sheet (ECMA-376 18.3.1.4, 18.3.1.73), and counts them. */
class SheetReader {
  private ready: SheetRow[] = [];
  private row: SheetRow | undefined;
  private line = 0;
  private rows = 0;
  private cells = 0;
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private inValue = false;
  private readonly runs: TextRuns;

  constructor(
    private readonly workbook: Workbook,
    private readonly limits: ParsingLimits,
  ) {
    this.runs = new TextRuns(limits);
  }

  take(): SheetRow[] {
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'row') this.openRow(attributes.r);
    else if (name === 'c') this.openCell(attributes);
    else if (name === 'v') this.inValue = true;
    else this.runs.open(name);
  }

  text(text: string): void {
    if (!this.inValue) {
      this.runs.add(text);
      return;
    }
    this.value += text;
    if (this.value.length > this.limits.cellCharacters) throw tooLongCell(this.limits, this.line);
  }

  close(name: string): void {
    if (name === 'v') this.inValue = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row' && this.row) {
      this.ready.push(this.row);
      this.row = undefined;
    } else this.runs.close(name);
  }

  private openRow(place: string | undefined): void {
    this.line = place === undefined ? this.line + 1 : Number(place);
    if (!Number.isInteger(this.line) || this.line < 1 || this.line > lastRow) throw noPlace();
    if (++this.rows > this.limits.rows) throw FileFault.tooMuch('too_many_rows', this.limits.rows, { vi: 'dòng', en: 'rows' });
    this.row = { line: this.line, cells: [] };
    this.column = -1;
  }

  private openCell({ r: place, t: type = 'n', s: style = '0' }: Record<string, string>): void {
    if (++this.cells > this.limits.cells) throw FileFault.tooMuch('too_many_cells', this.limits.cells, { vi: 'ô', en: 'cells' });
    this.column = place === undefined ? this.column + 1 : columnOf(place);
    if (this.column < 0 || this.column >= lastColumn) throw noPlace();
    this.type = type;
    this.style = Number(style);
    this.value = '';
    this.runs.take();
  }

  private closeCell(): void {
    const text = this.cellText().trim();
    if (!text || !this.row) return;
    // Cells that are only formatted may reach to the last column of the sheet.
    if (this.column >= this.limits.columns)
      throw FileFault.tooMuch('too_many_columns', this.limits.columns, { vi: 'cột', en: 'columns' }, this.line);
    this.row.cells[this.column] = text;
  }

  private cellText(): string {
    const { value, workbook } = this;
    switch (this.type) {
      case 'inlineStr':
        return this.runs.take();
      case 's':
        return workbook.strings[Number(value)] ?? '';
      case 'b':
        return value === '' ? '' : String(value === '1' || value === 'true');
      case 'd':
        return value.slice(0, 10);
      case 'n':
        return value !== '' && workbook.datesByStyle[this.style] ? dayOf(Number(value), workbook.from1904) : asNumber(value);
      default:
        return value;
    }
  }
}

/** A1 → 0, XFD1 → 16383; -1 for what is no place. */
function columnOf(place: string): number {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(place)?.[0] ?? '';
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** 0.1 + 0.2 is stored as 0.30000000000000004 and read as people see it; digits beyond what a number holds stay a text. */
function asNumber(value: string): string {
  const number = Number(value);
  return value === '' || !Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number)) ? value : String(number);
}

function dayOf(serial: number, from1904: boolean): string {
  const day = new Date(Math.round((serial - daysTo1970 + (from1904 ? daysFrom1900To1904 : 0)) * 86_400_000));
  return Number.isNaN(day.getTime()) || day.getUTCFullYear() > 9999 || day.getUTCFullYear() < 0
    ? String(serial)
    : day.toISOString().slice(0, 10);
}

function noPlace(): FileFault {
  return new FileFault('no_place', {
    vi: 'Tệp hỏng: có dòng hoặc ô nằm ngoài trang tính. Hãy mở tệp bằng Excel, lưu lại rồi gửi lại.',
    en: 'The file is broken: a row or a cell lies outside of the sheet. Open it in Excel, save it anew and send it again.',
  });
}
