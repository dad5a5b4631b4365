/** What reading one file may cost. Everything is counted while it is read; what a file says of itself is never believed. */
export interface ParsingLimits {
  /** Of the clock, until the thread that reads is ended. */
  seconds: number;
  /** Files in an archive (XLSX, DOCX). */
  entries: number;
  /** What an archive unpacks to, all that is read of it together. */
  inflatedBytes: number;
  rows: number;
  /** Columns of a row that hold something. */
  columns: number;
  /** Cells in all, empty ones with a format of their own among them. */
  cells: number;
  /** Texts of a workbook that its cells share, and their characters together. */
  strings: number;
  stringCharacters: number;
  /** Characters of one cell: what Excel allows. */
  cellCharacters: number;
  headingCharacters: number;
  /** One record of CSV, one line of NDJSON. */
  recordBytes: number;
  /** What the rows take on disk when they are written out again: headings are repeated in each. */
  spooledBytes: number;
}

const mebibyte = 1024 * 1024;

/** A file that is read while its sender waits. */
const upload: ParsingLimits = {
  seconds: 20,
  entries: 2_000,
  inflatedBytes: 256 * mebibyte,
  rows: 200_000,
  columns: 256,
  cells: 2_000_000,
  strings: 500_000,
  stringCharacters: 16_000_000,
  cellCharacters: 32_767,
  headingCharacters: 500,
  recordBytes: mebibyte,
  spooledBytes: 256 * mebibyte,
};

export const parsingLimits = {
  upload,
  /** The ledger of many years, read by a background job. */
  ledger: {
    ...upload,
    seconds: 300,
    inflatedBytes: 1024 * mebibyte,
    rows: 500_000,
    cells: 8_000_000,
    strings: 1_500_000,
    stringCharacters: 32_000_000,
    spooledBytes: 1024 * mebibyte,
  },
  /** A document template: some pages of text with a coat of arms. */
  template: { ...upload, entries: 500, inflatedBytes: 32 * mebibyte },
  /** A look at the first bytes of a file. */
  type: { ...upload, seconds: 10 },
} satisfies Record<string, ParsingLimits>;

/** Memory of one thread that reads, in MiB; whoever needs more is ended. */
export const threadMemory = 384;
