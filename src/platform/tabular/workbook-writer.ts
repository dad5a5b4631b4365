import { finished, PassThrough, Readable } from 'node:stream';
import { finished as ended } from 'node:stream/promises';
import yazl from 'yazl';
import { type CellStyle, Styles } from './workbook-styles.js';

export interface SheetCell {
  value?: string | number;
  style?: CellStyle;
}

export interface SheetRow {
  /** By column; what is left out is an empty cell without a style. */
  cells: (SheetCell | undefined)[];
  /** In points; by the content where it is left out. */
  height?: number;
  /** Cells that are one, beginning in this row: column from 0, how many across and down. */
  merges?: { column: number; across: number; down?: number }[];
}

export interface Sheet {
  name: string;
  /** In characters. */
  widths: number[];
  /** Rows above that stay where they are. */
  frozenRows?: number;
  /** Of the page, in inches. */
  margins?: { left: number; right: number; top: number; bottom: number; header: number; footer: number };
  rows: Iterable<SheetRow> | AsyncIterable<SheetRow>;
}

const usualMargins = { left: 0.7, right: 0.7, top: 0.75, bottom: 0.75, header: 0.3, footer: 0.3 };
/** What is put together before it is handed on. */
const pieceCharacters = 32_768;
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * A workbook (ECMA-376, XLSX) that is written while its rows come, so that a hundred thousand take no more memory than one: sheets of A4 across, one page wide.
 * Every text is stored as text, never as a formula. Rows are asked for only as fast as somebody reads, and packing goes on beside the thread that answers.
 * Whatever goes wrong breaks the stream off, so that half a workbook never looks whole.
 */
export function writeWorkbook(sheets: Iterable<Sheet> | AsyncIterable<Sheet>): Readable {
  const zip = new yazl.ZipFile();
  const output = new PassThrough();
  zip.on('error', (error) => output.destroy(error as Error));
  zip.outputStream.pipe(output);
  write(zip, sheets, output).catch((error: unknown) => output.destroy(error as Error));
  return output;
}

async function write(zip: yazl.ZipFile, sheets: Iterable<Sheet> | AsyncIterable<Sheet>, output: PassThrough): Promise<void> {
  const styles = new Styles();
  const names: string[] = [];
  for await (const sheet of sheets) {
    names.push(sheet.name);
    const content = Readable.from(sheetXml(sheet, styles), { objectMode: false });
    // Whoever goes away ends the reading of the rows, too.
    const stop = finished(output, () => content.destroy());
    zip.addReadStream(content, `xl/worksheets/sheet${names.length}.xml`);
    await ended(content);
    stop();
  }
  const numbers = names.map((_name, index) => index + 1);
  const add = (name: string, xml: string): void => zip.addBuffer(Buffer.from(declaration + xml), name);
  add('xl/styles.xml', styles.xml());
  add(
    'xl/workbook.xml',
    `<workbook ${main} xmlns:r="${relations}"><sheets>${numbers.map((number) => `<sheet name="${escape(names[number - 1]!)}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    relationsXml([...numbers.map((number): [string, string] => ['worksheet', `worksheets/sheet${number}.xml`]), ['styles', 'styles.xml']]),
  );
  add('_rels/.rels', relationsXml([['officeDocument', 'xl/workbook.xml']]));
  add(
    '[Content_Types].xml',
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${contentType}.styles+xml"/>${numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${contentType}.worksheet+xml"/>`).join('')}</Types>`,
  );
  zip.end();
}

/** Elements of a worksheet in the order that the standard has them in (ECMA-376 18.3.1.99). */
async function* sheetXml({ widths, frozenRows = 0, margins = usualMargins, rows }: Sheet, styles: Styles): AsyncGenerator<string> {
  const columns = widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('');
  const pane =
    frozenRows > 0
      ? `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`
      : '';
  let piece = `${declaration}<worksheet ${main}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>`;
  const merged: string[] = [];
  let line = 0;
  for await (const row of rows) {
    piece += rowXml(row, ++line, styles);
    for (const { column, across, down = 1 } of row.merges ?? [])
      if (across > 1 || down > 1)
        merged.push(`<mergeCell ref="${placeOf(column, line)}:${placeOf(column + across - 1, line + down - 1)}"/>`);
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = '';
  }
  const merges = merged.length > 0 ? `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells>` : '';
  const { left, right, top, bottom, header, footer } = margins;
  yield `${piece}</sheetData>${merges}<pageMargins left="${left}" right="${right}" top="${top}" bottom="${bottom}" header="${header}" footer="${footer}"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
}

function rowXml({ cells, height }: SheetRow, line: number, styles: Styles): string {
  const written = cells.map((cell, column) => cell && cellXml(cell, placeOf(column, line), styles)).join('');
  return `<row r="${line}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>${written}</row>`;
}

function cellXml({ value, style }: SheetCell, place: string, styles: Styles): string {
  const start = `<c r="${place}"${style ? ` s="${styles.numberOf(style)}"` : ''}`;
  if (value === undefined || value === '') return style ? `${start}/>` : '';
  if (typeof value === 'number' && Number.isFinite(value)) return `${start}><v>${value}</v></c>`;
  return `${start} t="inlineStr"><is><t xml:space="preserve">${escape(String(value))}</t></is></c>`;
}

/** 0, 1 → A1; 26, 3 → AA3. */
function placeOf(column: number, line: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${line}`;
}

function relationsXml(items: [type: string, target: string][]): string {
  const all = items.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"/>`);
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
}

const entities = new Map(Object.entries({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }));

/** Characters that XML does not have (XML 1.0, 2.2) are left out; Excel cuts a cell at 32,767 characters. */
function escape(text: string): string {
  return text
    .slice(0, 32_767)
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (character) => entities.get(character)!);
}
