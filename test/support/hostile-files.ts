import { constants, deflateRawSync } from 'node:zlib';

/** A file that no honest program made, and by what name it comes. */
export interface HostileFile {
  name: string;
  content: Buffer;
}

interface ZipEntry {
  name: string;
  /** As it lies in the archive. */
  packed: Buffer;
  /** What the archive says of it. */
  size: number;
  method?: number;
  flags?: number;
}

/** Entries as an archive (APPNOTE.TXT of PKWARE, 4.3), whatever they say of themselves. */
function zip(entries: ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, packed, size, method = 8, flags = 0 } of entries) {
    const title = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(title.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), common, title, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, title);
    offset += 30 + title.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length & 0xffff, 4);
  end.writeUInt16LE(entries.length & 0xffff, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end]);
}

const packed = (name: string, text: string): ZipEntry => ({ name, packed: deflateRawSync(text), size: Buffer.byteLength(text) });

/**
 * `head`, then `unit` some `times`, then `tail`, deflated without ever being put together: a block that ends with a full flush can stand as often as one likes.
 * @param says how large the archive says that it is; the truth where it is left out
 */
function repeated(name: string, head: string, unit: string, times: number, tail: string, says?: number): ZipEntry {
  const block = unit.repeat(Math.max(1, Math.floor(1_048_576 / unit.length)));
  const blocks = Math.ceil((times * unit.length) / block.length);
  const flushed = (text: string): Buffer => deflateRawSync(text, { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  const pack = Buffer.concat([flushed(head), ...Array<Buffer>(blocks).fill(flushed(block)), deflateRawSync(tail)]);
  return { name, packed: pack, size: says ?? head.length + blocks * block.length + tail.length };
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (...items: string[]): string =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`;
const relation = (id: number, type: string, target: string): string =>
  `<Relationship Id="rId${id}" Type="${office}/${type}" Target="${target}"/>`;
const ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const sheetHead = `<?xml version="1.0"?><worksheet ${ns}><sheetData>`;
const sheetTail = '</sheetData></worksheet>';
const text = (place: string, value: string): string => `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;
const heading = `<row r="1">${text('A1', 'name')}${text('B1', 'address')}</row>`;
const aRow = `<row r="2">${text('A2', 'Trần Thị Bình')}</row>`;

function workbook(sheet: ZipEntry, strings?: ZipEntry): Buffer {
  return zip([
    packed('[Content_Types].xml', '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    packed('_rels/.rels', relations(relation(1, 'officeDocument', 'xl/workbook.xml'))),
    packed(
      'xl/workbook.xml',
      `<?xml version="1.0"?><workbook ${ns} xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    packed(
      'xl/_rels/workbook.xml.rels',
      relations(relation(1, 'worksheet', 'worksheets/sheet1.xml'), relation(2, 'sharedStrings', 'sharedStrings.xml')),
    ),
    ...(strings ? [strings] : []),
    sheet,
  ]);
}

const sheetOf = (rows: string): ZipEntry => packed('xl/worksheets/sheet1.xml', `${sheetHead}${rows}${sheetTail}`);

/** A workbook that is as it should be, with a row of a name. */
export const honestWorkbook = workbook(sheetOf(heading + aRow));

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const documentHead = `<?xml version="1.0"?><w:document ${word}><w:body>`;
const documentTail = '</w:body></w:document>';
const paragraph = (content: string): string => `<w:p><w:r><w:t>${content}</w:t></w:r></w:p>`;
const documentType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

function wordFile(main: ZipEntry, ...more: ZipEntry[]): Buffer {
  return zip([
    packed(
      '[Content_Types].xml',
      `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${documentType}"/></Types>`,
    ),
    packed('_rels/.rels', relations(relation(1, 'officeDocument', 'word/document.xml'))),
    main,
    ...more,
  ]);
}

/** A document of Word with these paragraphs and, beside it, these parts. */
export function wordDocument(paragraphs: string[], more: Record<string, string> = {}): Buffer {
  return wordFile(
    packed('word/document.xml', documentHead + paragraphs.map(paragraph).join('') + documentTail),
    ...Object.entries(more).map(([name, content]) => packed(name, content)),
  );
}

/** Relations of a document: one of the type that is named, to somewhere else. */
export const externalRelation = (type: string, target: string): string =>
  relations(`<Relationship Id="rId9" Type="${office}/${type}" Target="${target}" TargetMode="External"/>`);

/** A ledger of a megabyte that unpacks to just less than a ledger may, and takes as long as that. */
export const slowWorkbook = (): Buffer =>
  workbook(repeated('xl/worksheets/sheet1.xml', sheetHead + heading, ' '.repeat(64), 15_000_000, sheetTail));

/** The kinds of file that have stopped servers, small enough to be made for every run. */
export function hostileFiles(): HostileFile[] {
  const good = honestWorkbook;
  const broken = Buffer.from(good);
  broken.fill(0xff, good.lastIndexOf('xl/worksheets/sheet1.xml', good.indexOf('PK\x01\x02')) + 24 + 4, good.indexOf('PK\x01\x02'));
  const entity = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa">${[...'bcdefgh'].map((name, index) => `<!ENTITY ${name} "${`&${'abcdefgh'[index]};`.repeat(10)}">`).join('')}]>`;
  const wide = Array.from({ length: 5_000 }, (_, index) => `<row r="${index + 2}"><c r="XFD${index + 2}"><v>1</v></c></row>`).join('');
  const files: [name: string, content: Buffer | string][] = [
    ['empty.xlsx', ''],
    ['text.xlsx', 'name\nA\n'],
    ['torn.xlsx', good.subarray(0, good.length / 2)],
    ['without-end.xlsx', good.subarray(0, -10)],
    ['broken-deflate.xlsx', broken],
    ['random.xlsx', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(4096, 0xa5)])],
    ['wide.xlsx', workbook(sheetOf(heading + wide))],
    ['outside.xlsx', workbook(sheetOf(`${heading}<row r="99999999999"><c r="ZZZZ5"><v>1</v></c></row>`))],
    [
      'entities.xlsx',
      workbook(packed('xl/worksheets/sheet1.xml', entity + sheetHead.slice(21) + `<row r="1">${text('A1', '&e;&h;')}</row>` + sheetTail)),
    ],
    ['sheet-bomb.xlsx', workbook(repeated('xl/worksheets/sheet1.xml', sheetHead + heading, ' '.repeat(64), 17_000_000, sheetTail))],
    [
      'sheet-bomb-that-lies.xlsx',
      workbook(repeated('xl/worksheets/sheet1.xml', sheetHead + heading, ' '.repeat(64), 17_000_000, sheetTail, 1_000)),
    ],
    ['empty-rows.xlsx', workbook(repeated('xl/worksheets/sheet1.xml', sheetHead + heading, '<row/>', 4_000_000, sheetTail))],
    [
      'empty-cells.xlsx',
      workbook(repeated('xl/worksheets/sheet1.xml', `${sheetHead}${heading}<row>`, '<c r="A3"/>', 9_000_000, `</row>${sheetTail}`)),
    ],
    [
      'string-bomb.xlsx',
      workbook(
        sheetOf(heading + aRow),
        repeated('xl/sharedStrings.xml', `<?xml version="1.0"?><sst ${ns}>`, '<si><t>a</t></si>', 4_000_000, '</sst>'),
      ),
    ],
    ['deep.xlsx', workbook(repeated('xl/worksheets/sheet1.xml', sheetHead, '<row>', 4_000_000, sheetTail))],
    ['many-attributes.xlsx', workbook(repeated('xl/worksheets/sheet1.xml', `${sheetHead}<row `, 'a="1" ', 4_000_000, `/>${sheetTail}`))],
    [
      'one-text.xlsx',
      workbook(
        repeated(
          'xl/worksheets/sheet1.xml',
          `${sheetHead}<row r="1"><c r="A1" t="inlineStr"><is><t>`,
          'a',
          100_000_000,
          `</t></is></c></row>${sheetTail}`,
        ),
      ),
    ],
    [
      'many-entries.xlsx',
      zip(Array.from({ length: 60_000 }, (_, index) => ({ name: `xl/${index}`, packed: Buffer.alloc(0), size: 0, method: 0 }))),
    ],
    ['leaves.xlsx', zip([packed('../../../../tmp/pwned', 'x'), packed('xl/workbook.xml', '<workbook/>')])],
    ['two-of-a-name.xlsx', zip([packed('xl/workbook.xml', '<workbook/>'), packed('xl/workbook.xml', '<workbook/>')])],
    ['unknown-method.xlsx', workbook({ ...sheetOf(heading), method: 99 })],
    ['encrypted.xlsx', workbook({ ...sheetOf(heading), flags: 1 })],
    ['archive-in-archive.xlsx', zip([{ name: 'xl/workbook.xml', packed: good, size: good.length, method: 0 }])],
    ['bomb.docx', wordFile(repeated('word/document.xml', documentHead, ' '.repeat(64), 8_000_000, documentTail))],
    ['bomb-that-lies.docx', wordFile(repeated('word/document.xml', documentHead, ' '.repeat(64), 8_000_000, documentTail, 1_000))],
    [
      'types-bomb.docx',
      zip([repeated('[Content_Types].xml', '<Types>', ' '.repeat(64), 8_000_000, '</Types>'), packed('word/document.xml', 'x')]),
    ],
    ['open-paragraphs.docx', wordFile(packed('word/document.xml', documentHead + '<w:p>'.repeat(400_000) + documentTail))],
    ['paragraphs-of-braces.docx', wordDocument(Array<string>(2_000).fill('{'.repeat(200)))],
    ['braces.docx', wordDocument(['{'.repeat(400_000)])],
    ['loops.docx', wordDocument([`${'{#recipients}'.repeat(20_000)}`])],
    ['macro.docx', wordDocument(['{number}'], { 'word/vbaProject.bin': 'MACRO' })],
    [
      'attached-template.docx',
      wordDocument(['{number}'], { 'word/_rels/settings.xml.rels': externalRelation('attachedTemplate', 'http://127.0.0.1:9/x.dotm') }),
    ],
    [
      'remote-picture.docx',
      wordDocument(['{number}'], { 'word/_rels/document.xml.rels': externalRelation('image', 'http://127.0.0.1:9/x.png') }),
    ],
    ['one-record.csv', `name\n"${'a,'.repeat(2_000_000)}`],
    ['columns.csv', `${Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(',')}\n${','.repeat(99_999)}\n`],
    ['not-utf-8.csv', Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x0a, 0xff, 0xfe, 0xfd, 0x0a])],
    ['one-line.ndjson', `{"name":"${'a'.repeat(4_000_000)}"}`],
    ['deep.ndjson', `{"name":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
    ['many-keys.ndjson', `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join(',')}}`],
  ];
  return files.map(([name, content]) => ({ name, content: Buffer.from(content) }));
}
