import { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import ExcelJS from 'exceljs';
import { Problem } from '../problems/problem.js';

export const tabularFormats = ['csv', 'xlsx', 'ndjson'] as const;
export type TabularFormat = (typeof tabularFormats)[number];

/** One row of a table with the line it stands on; texts by column as the heading has it. */
export interface Row {
  line: number;
  values: Record<string, string>;
}

/**
 * Reads the rows of a file one after the other, however many there are: CSV (RFC 4180, UTF-8) and XLSX with a heading row, NDJSON with one
 * object a line. A file that cannot be read ends with the line where reading stopped.
 * @throws Problem `import-refused`
 */
export async function* readRows(file: Readable, format: TabularFormat): AsyncGenerator<Row> {
  let line = 0;
  try {
    for await (const row of readers[format](file)) {
      line = row.line;
      if (Object.values(row.values).some((value) => value !== '')) yield row;
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw unreadable(format, line + 1);
  } finally {
    file.destroy();
  }
}

/** The format that a file name says. */
function formatOf(filename: string): TabularFormat | null {
  const ending = /\.([a-z]+)$/i.exec(filename)?.[1]?.toLowerCase();
  if (ending === 'jsonl') return 'ndjson';
  return tabularFormats.find((format) => format === ending) ?? null;
}

/**
 * The format that somebody says, or else the name of the file.
 * @throws Problem where neither does
 */
export function formatAsked(format: TabularFormat | null | undefined, filename: string): TabularFormat {
  const asked = format ?? formatOf(filename);
  if (asked) return asked;
  throw Problem.field('validation-failed', '/format', 'required', {
    vi: `Nêu định dạng: ${tabularFormats.join(', ')}.`,
    en: `Say the format: ${tabularFormats.join(', ')}.`,
  });
}

const readers: Record<TabularFormat, (file: Readable) => AsyncGenerator<Row>> = { csv: readCsv, xlsx: readXlsx, ndjson: readNdjson };

async function* readCsv(file: Readable): AsyncGenerator<Row> {
  const parser = file.pipe(
    parse({ bom: true, skip_empty_lines: true, trim: true, columns: true, info: true, relax_column_count_less: true }),
  );
  file.on('error', (error) => parser.destroy(error));
  for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>)
    yield { line: info.lines, values: record };
}

async function* readNdjson(file: Readable): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of createInterface({ input: file, crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') continue;
    const record = JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
    if (record === null || typeof record !== 'object' || Array.isArray(record)) throw new Error('Not an object');
    yield { line, values: Object.fromEntries(Object.entries(record).map(([key, value]) => [key, textOf(value)])) };
  }
}

/** The first sheet; its first row that is not empty is the heading. */
async function* readXlsx(file: Readable): AsyncGenerator<Row> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(file, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    hyperlinks: 'ignore',
    styles: 'cache',
  });
  for await (const sheet of workbook) {
    let heading: string[] | undefined;
    for await (const row of sheet) {
      const cells = Array.from({ length: row.cellCount }, (_, index) => cellText(row.getCell(index + 1)));
      if (!heading) {
        if (cells.some((cell) => cell !== '')) heading = cells;
        continue;
      }
      const names = heading;
      yield { line: row.number, values: Object.fromEntries(names.flatMap((name, index) => (name ? [[name, cells[index] ?? '']] : []))) };
    }
    return;
  }
}

/** Dates as YYYY-MM-DD, whatever a cell is formatted as. */
function cellText(cell: ExcelJS.Cell): string {
  return cell.value instanceof Date ? cell.value.toISOString().slice(0, 10) : cell.text.trim();
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

function unreadable(format: TabularFormat, line: number): Problem {
  const detail = {
    vi: `Không đọc được tệp ${format} từ dòng ${line}: kiểm tra định dạng và bảng mã UTF-8.`,
    en: `The file is not readable as ${format} from line ${line} on: check format and UTF-8 encoding.`,
  };
  return new Problem('import-refused', detail, [{ pointer: '/file', code: 'not_readable', detail, line }]);
}
