import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { FileSource } from '../parsing/archive.js';
import { FileFault } from '../parsing/file-fault.js';
import type { ParsingLimits } from '../parsing/limits.js';
import type { Row, TabularFormat } from './row.js';
import { readCsv, readNdjson } from './text-rows.js';
import { readXlsx } from './xlsx-rows.js';

const readers: Record<TabularFormat, (source: FileSource, limits: ParsingLimits) => AsyncGenerator<Row>> = {
  csv: readCsv,
  xlsx: readXlsx,
  ndjson: readNdjson,
};

/** What is put together before it is written. */
const pieceCharacters = 256 * 1024;

/** A table to be read, and the file that its rows are written to. */
export interface SpoolOrder {
  source: FileSource;
  format: TabularFormat;
  /** A file that there is not yet. */
  spool: string;
  limits: ParsingLimits;
  /** Reading ends after so many rows, and the rest is not looked at. */
  atMost?: number;
}

/**
 * Reads the rows of a table, however many there are, and writes those that are not empty one to a line, so that whoever needs them takes them at
 * their own pace and twice if they like.
 * @returns how many there are
 * @throws FileFault
 */
export async function spoolRows({ source, format, spool, limits, atMost = Infinity }: SpoolOrder): Promise<number> {
  const file = await open(spool, 'wx', 0o600);
  try {
    let rows = 0;
    for await (const piece of piecesOf(readers[format](source, limits), limits, () => ++rows >= atMost)) await file.write(piece);
    return rows;
  } finally {
    await file.close();
  }
}

/** The rows that {@link spoolRows} wrote. */
export async function* spooledRows(file: FileHandle): AsyncGenerator<Row> {
  // A handle remembers how far it was read: every look begins at the start.
  for await (const line of file.readLines({ start: 0, autoClose: false })) yield JSON.parse(line) as Row;
}

async function* piecesOf(rows: AsyncIterable<Row>, limits: ParsingLimits, isLast: () => boolean): AsyncGenerator<string> {
  let piece = '';
  let written = 0;
  let seen = 0;
  for await (const row of rows) {
    if (++seen > limits.rows) throw FileFault.tooMuch('too_many_rows', limits.rows, { vi: 'dòng', en: 'rows' });
    if (!Object.values(row.values).some((value) => value !== '')) continue;
    piece += `${JSON.stringify(row)}\n`;
    const last = isLast();
    if (piece.length > pieceCharacters || last) {
      written += piece.length;
      if (written > limits.spooledBytes)
        throw FileFault.tooMuch('too_large', limits.spooledBytes, { vi: 'byte dữ liệu', en: 'bytes of rows' });
      yield piece;
      piece = '';
    }
    if (last) return;
  }
  if (piece) yield piece;
}
