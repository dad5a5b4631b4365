import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { FileSource } from '../parsing/archive.js';
import { FileFault } from '../parsing/file-fault.js';
import type { ParsingLimits } from '../parsing/limits.js';
import type { Row } from './row.js';

/** The rows of a CSV file (RFC 4180, UTF-8) with a heading row. @throws FileFault naming the line where reading stopped */
export async function* readCsv(source: FileSource, limits: ParsingLimits): AsyncGenerator<Row> {
  const parser = parse({
    bom: true,
    skip_empty_lines: true,
    trim: true,
    columns: true,
    info: true,
    relax_column_count_less: true,
    max_record_size: limits.recordBytes,
  });
  // Whatever goes wrong on the way arrives where the records are read.
  pipeline(Readable.from(textOf(source), { objectMode: false }), parser, () => undefined);
  let line = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) {
      line = info.lines;
      mustFit(record, line, limits);
      yield { line, values: record };
    }
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_MAX_RECORD_SIZE') throw tooLongLine(limits, line + 1);
    throw error instanceof FileFault ? error : unreadable('csv', line + 1);
  }
}

/** The rows of an NDJSON file: one object a line. @throws FileFault naming the line where reading stopped */
export async function* readNdjson(source: FileSource, limits: ParsingLimits): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of linesOf(textOf(source), limits)) {
    line++;
    if (text.trim() === '') continue;
    const values = objectOf(line === 1 ? text.replace(/^\uFEFF/, '') : text);
    if (!values) throw unreadable('ndjson', line);
    mustFit(values, line, limits);
    yield { line, values };
  }
}

export function unreadable(format: string, line: number): FileFault {
  return new FileFault(
    'not_readable',
    {
      vi: `Không đọc được tệp ${format} từ dòng ${line}: kiểm tra định dạng và bảng mã UTF-8.`,
      en: `The file is not readable as ${format} from line ${line} on: check format and UTF-8 encoding.`,
    },
    line,
  );
}

function mustFit(values: Record<string, string>, line: number, { columns, headingCharacters }: ParsingLimits): void {
  const names = Object.keys(values);
  if (names.length > columns) throw FileFault.tooMuch('too_many_columns', columns, { vi: 'cột', en: 'columns' }, line);
  if (names.some((name) => name.length > headingCharacters))
    throw FileFault.tooMuch('too_long_heading', headingCharacters, { vi: 'ký tự trong tên cột', en: 'characters in a heading' }, line);
}

async function* textOf(source: FileSource): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const chunks = 'path' in source ? (createReadStream(source.path) as AsyncIterable<Buffer>) : [source.content];
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  const rest = decoder.decode();
  if (rest) yield rest;
}

async function* linesOf(chunks: AsyncIterable<string>, limits: ParsingLimits): AsyncGenerator<string> {
  let line = 0;
  let open = '';
  try {
    for await (const chunk of chunks) {
      const lines = chunk.split(/\r?\n/);
      lines[0] = open + lines[0]!;
      open = lines.pop()!;
      for (const whole of lines) {
        line++;
        if (whole.length > limits.recordBytes) throw tooLongLine(limits, line);
        yield whole;
      }
      if (open.length > limits.recordBytes) throw tooLongLine(limits, line + 1);
    }
  } catch (error) {
    throw error instanceof FileFault ? error : unreadable('ndjson', line + 1);
  }
  if (open) yield open;
}

function objectOf(text: string): Record<string, string> | null {
  try {
    const record = JSON.parse(text) as unknown;
    if (record === null || typeof record !== 'object' || Array.isArray(record)) return null;
    return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, valueOf(value)]));
  } catch {
    return null;
  }
}

function valueOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

function tooLongLine({ recordBytes }: ParsingLimits, line: number): FileFault {
  return FileFault.tooMuch('too_long_record', recordBytes, { vi: 'ký tự trong một dòng', en: 'characters in one record' }, line);
}
