import { CsvError, parse } from 'csv-parse/sync';
import { type Bilingual, type FieldProblem, Problem } from '../problems/problem.js';
import { normaliseText } from '../problems/normalise-text.js';

/** One row of an imported file with the line it starts on. */
export interface TableRow<Column extends string> {
  line: number;
  values: Record<Column, string>;
}

/** How many faults of a file one answer lists. */
const mostFaults = 100;

/** How many rows a table that is read whole may have: the units of the country are some 15,000. */
const mostRows = 200_000;
const longestRecord = 1_048_576;

/** Collects the faults of a file, each with its line and column, and refuses the file as a whole when there are any. */
export class FileFaults {
  private readonly errors: FieldProblem[] = [];

  add(line: number, column: string, code: string, detail: Bilingual): void {
    this.errors.push({ pointer: `/file`, line, column, code, detail });
  }

  /** @throws Problem `import-refused` */
  throwIfAny(): void {
    if (this.errors.length === 0) return;
    throw new Problem(
      'import-refused',
      {
        vi: `Tệp có ${this.errors.length} lỗi; không có gì được nhập. Xem "errors" (tối đa ${mostFaults}).`,
        en: `The file has ${this.errors.length} fault(s); nothing was imported. See "errors" (at most ${mostFaults}).`,
      },
      this.errors.slice(0, mostFaults),
    );
  }
}

/**
 * Reads a CSV file (RFC 4180, UTF-8, with or without a byte order mark) with a header line.
 * @throws Problem `import-refused` when it is no such file or a column is missing or unknown
 */
export function readTable<Column extends string>(
  file: Uint8Array,
  required: readonly Column[],
  optional: readonly Column[] = [],
): TableRow<Column>[] {
  const faults = new FileFaults();
  let header: string[] = [];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file);
    const records = parse(text, {
      bom: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
      max_record_size: longestRecord,
      to: mostRows + 1,
      columns: (names: string[]) => (header = names.map((name) => name.trim().toLowerCase())),
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    checkHeader(header, required, optional, faults);
    faults.throwIfAny();
    if (records.length > mostRows)
      faults.add(mostRows + 1, '', 'too_many_rows', { vi: `Nhiều nhất ${mostRows} dòng.`, en: `At most ${mostRows} rows.` });
    if (records.length === 0)
      faults.add(1, required[0] ?? '', 'empty_file', { vi: 'Tệp không có dòng dữ liệu nào.', en: 'The file has no data rows.' });
    const rows = records.map(({ record, info }) => ({
      line: info.lines,
      values: cleanText(record, info.lines, faults) as Record<Column, string>,
    }));
    faults.throwIfAny();
    return rows;
  } catch (error) {
    if (error instanceof Problem) throw error;
    const line = error instanceof CsvError && typeof error['lines'] === 'number' ? error['lines'] : 1;
    faults.add(line, '', 'not_csv', {
      vi: 'Không đọc được dưới dạng CSV mã hoá UTF-8: kiểm tra dấu ngoặc kép, số cột của dòng này và bảng mã.',
      en: 'Not readable as UTF-8 CSV: check the quotes, the number of columns of this line and the encoding.',
    });
    faults.throwIfAny();
    throw error;
  }
}

function checkHeader(header: string[], required: readonly string[], optional: readonly string[], faults: FileFaults): void {
  const allowed = [...required, ...optional];
  for (const column of required)
    if (!header.includes(column))
      faults.add(1, column, 'missing_column', { vi: `Thiếu cột "${column}".`, en: `The column "${column}" is missing.` });
  for (const column of header)
    if (!allowed.includes(column))
      faults.add(1, column, 'unknown_column', {
        vi: `Cột lạ; các cột cho phép: ${allowed.join(', ')}.`,
        en: `Unknown column; allowed: ${allowed.join(', ')}.`,
      });
}

function cleanText(record: Record<string, string>, line: number, faults: FileFaults): Record<string, string> {
  const errors: FieldProblem[] = [];
  const clean = normaliseText(record, '', errors) as Record<string, string>;
  for (const { pointer, code, detail } of errors) faults.add(line, pointer.slice(1), code, detail);
  return clean;
}
