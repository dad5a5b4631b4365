import path from 'node:path/posix';
import type { Archive } from '../parsing/archive.js';
import { FileFault } from '../parsing/file-fault.js';
import type { ParsingLimits } from '../parsing/limits.js';
import { readXml, scanXml } from '../parsing/xml.js';

/** What is needed to read the cells of a sheet (ECMA-376 part 1, 18). */
export interface Workbook {
  /** The entry of the first sheet that is shown. */
  sheet: string;
  /** Whether days are counted from 1904. */
  from1904: boolean;
  /** Texts that cells share. */
  strings: string[];
  /** By the number of a cell's style, whether it shows a date. */
  datesByStyle: boolean[];
}

interface Relation {
  type: string;
  target: string;
}

/** Formats of dates that have a number and no code (ECMA-376 18.8.30), those of East Asian editions among them. */
const builtInDates = [
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58,
];

/** @throws FileFault where it is no workbook */
export async function readWorkbook(archive: Archive, limits: ParsingLimits): Promise<Workbook> {
  const root = await relationsOf(archive, '');
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (!archive.has(main)) throw noSheet();
  const relations = await relationsOf(archive, main);
  const { sheetId, from1904 } = await readSheets(archive, main);
  const sheet = relations.get(sheetId ?? '')?.target;
  if (!sheet || !archive.has(sheet)) throw noSheet();
  const partOf = (kind: string): string | undefined => [...relations.values()].find(({ type }) => type === kind)?.target;
  const [strings, styles] = [partOf('sharedStrings'), partOf('styles')];
  return {
    sheet,
    from1904,
    strings: strings && archive.has(strings) ? await readStrings(archive, strings, limits) : [],
    datesByStyle: styles && archive.has(styles) ? await readDateStyles(archive, styles) : [],
  };
}

/** Collects the text of an element `<si>` or `<is>`: runs one after the other, without the reading aids of Japanese (`rPh`). */
export class TextRuns {
  private text = '';
  private inText = false;
  private aids = 0;

  constructor(private readonly limits: ParsingLimits) {}

  open(name: string): void {
    if (name === 'rPh') this.aids++;
    if (name === 't') this.inText = true;
  }

  close(name: string): void {
    if (name === 'rPh') this.aids--;
    if (name === 't') this.inText = false;
  }

  add(text: string): void {
    if (!this.inText || this.aids > 0) return;
    this.text += text;
    if (this.text.length > this.limits.cellCharacters) throw tooLongCell(this.limits);
  }

  /** What was collected, with `_x000D_` and the like decoded (ECMA-376 22.9.2.19). */
  take(): string {
    const text = this.text.replace(/_x([\da-f]{4})_/gi, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
    this.text = '';
    return text;
  }
}

export function tooLongCell({ cellCharacters }: ParsingLimits, line?: number): FileFault {
  return FileFault.tooMuch('too_long_cell', cellCharacters, { vi: 'ký tự trong một ô', en: 'characters in one cell' }, line);
}

/** Relations of a part, or of the package, by their id; the type without its namespace, which differs between the two editions of the standard. */
async function relationsOf(archive: Archive, part: string): Promise<Map<string, Relation>> {
  const folder = path.dirname(part);
  const entry = path.join(folder, '_rels', `${path.basename(part)}.rels`);
  const relations = new Map<string, Relation>();
  if (!archive.has(entry)) return relations;
  await scanXml(archive.stream(entry), {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : path.join(folder, Target);
      relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return relations;
}

async function readSheets(archive: Archive, entry: string): Promise<{ sheetId: string | undefined; from1904: boolean }> {
  let from1904 = false;
  const sheets: { id: string; shown: boolean }[] = [];
  await scanXml(archive.stream(entry), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name !== 'sheet' || sheets.length > 1_000) return;
      const id = Object.entries(attributes).find(([attribute]) => attribute.endsWith(':id'))?.[1] ?? '';
      sheets.push({ id, shown: (attributes.state ?? 'visible') === 'visible' });
    },
  });
  return { sheetId: (sheets.find(({ shown }) => shown) ?? sheets[0])?.id, from1904 };
}

async function readStrings(archive: Archive, entry: string, limits: ParsingLimits): Promise<string[]> {
  const strings: string[] = [];
  const runs = new TextRuns(limits);
  let characters = 0;
  const pieces = readXml(archive.stream(entry), {
    open: (name) => runs.open(name),
    text: (text) => runs.add(text),
    close: (name) => {
      runs.close(name);
      if (name !== 'si') return;
      const text = runs.take();
      characters += text.length;
      if (strings.push(text) > limits.strings || characters > limits.stringCharacters)
        throw FileFault.tooMuch('too_many_strings', limits.strings, { vi: 'chuỗi ký tự', en: 'texts' });
    },
  });
  for await (const _piece of pieces) void _piece;
  return strings;
}

async function readDateStyles(archive: Archive, entry: string): Promise<boolean[]> {
  const dateFormats = new Set<number>(builtInDates);
  const dates: boolean[] = [];
  let inCellFormats = false;
  await scanXml(archive.stream(entry), {
    open: (name, attributes) => {
      if (name === 'numFmt' && showsDate(attributes.formatCode ?? '')) dateFormats.add(Number(attributes.numFmtId));
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats && dates.length < 100_000) dates.push(dateFormats.has(Number(attributes.numFmtId)));
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return dates;
}

/** A code with letters of days and hours outside of quotes, brackets and escapes. */
function showsDate(code: string): boolean {
  if (/general/i.test(code)) return false;
  let until = '';
  for (let at = 0; at < code.length; at++) {
    const character = code[at]!;
    if (until) until = character === until ? '' : until;
    else if (character === '"') until = '"';
    else if (character === '[') until = ']';
    else if (character === '\\' || character === '_') at++;
    else if (/[ymdhs]/i.test(character)) return true;
  }
  return false;
}

function noSheet(): FileFault {
  return new FileFault('no_sheet', {
    vi: 'Tệp không phải là bảng tính Excel (.xlsx), hoặc không có trang tính nào.',
    en: 'The file is no Excel workbook (.xlsx), or has no sheet.',
  });
}
