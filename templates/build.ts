import { mkdirSync, writeFileSync } from 'node:fs';
import {
  AlignmentType,
  BorderStyle,
  Document,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  UnderlineType,
  VerticalAlign,
  WidthType,
} from 'docx';
import { papersByCode, type PaperText } from './papers.ts';

/*
 * `npm run templates` makes templates/*.docx from templates/papers.ts, in the form of administrative documents (Decree 30/2020/NĐ-CP):
 * A4, Times New Roman, national heading, issuing body, number and symbol, place and date, title, recipients, signature.
 * A unit takes one as it is, or changes it in a word processor and uploads it as its own.
 */
const millimetre = 56.7;
const font = 'Times New Roman';
const noBorder = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noBorders = {
  top: noBorder,
  bottom: noBorder,
  left: noBorder,
  right: noBorder,
  insideHorizontal: noBorder,
  insideVertical: noBorder,
};

mkdirSync('templates', { recursive: true });
for (const [code, paper] of Object.entries(papersByCode)) {
  const buffer = await Packer.toBuffer(documentOf(paper));
  writeFileSync(`templates/${code}.docx`, buffer);
}

type Column = [heading: string, placeholder: string, percent: number];

/** The usual columns of the ledger of visits until 2026-06-30. */
const usualLedger: Column[] = [
  ['Số', '{#rows}{number}', 9],
  ['Ngày tiếp', '{visitedOn}', 8],
  ['Họ tên – địa chỉ – giấy tờ tuỳ thân', '{who}', 17],
  ['Nội dung vụ việc', '{matter}', 19],
  ['Loại việc – số người', '{kind}', 8],
  ['Cơ quan đã giải quyết', '{earlierResolver}', 9],
  ['Thụ lý', '{accepted}', 6],
  ['Trả lại và hướng dẫn', '{guided}', 6],
  ['Chuyển đến', '{transferredTo}', 6],
  ['Theo dõi kết quả', '{followUp}', 6],
  ['Ghi chú', '{note}{/rows}', 6],
];

/** Mẫu số 03/TCD of Decree 154/2026/NĐ-CP. */
const ledger03TCD: Column[] = [
  ['STT', '{#rows}{index}', 4],
  ['Ngày tiếp', '{visitedOn}', 8],
  ['Họ tên, địa chỉ', '{who}', 12],
  ['CCCD/CMND/Hộ chiếu', '{identity}', 9],
  ['Nội dung đơn', '{matter}', 14],
  ['Loại đơn (KN/TC/KN/PA)', '{kind}', 7],
  ['Số người cùng nội dung', '{persons}', 6],
  ['Cơ quan đã giải quyết', '{earlierResolver}', 7],
  ['Thuộc thẩm quyền (x)', '{competent}', 6],
  ['Hướng dẫn công dân đến cơ quan có thẩm quyền', '{guided}', 8],
  ['Cơ quan, đơn vị thụ lý', '{acceptedBy}', 7],
  ['Theo dõi kết quả giải quyết', '{followUp}', 6],
  ['Ghi chú', '{note}{/rows}', 6],
];

for (const [name, columns] of Object.entries({ reception_ledger: usualLedger, reception_ledger_2026: ledger03TCD }))
  writeFileSync(`templates/${name}.docx`, await Packer.toBuffer(ledger(columns)));

/** A ledger of visits, A4 across: a row for each visit, and the headings with their numbers again on every page. */
function ledger(columns: Column[]): Document {
  const cell = (text: string, percent: number, more: object = {}) =>
    new TableCell({
      children: [new Paragraph({ children: [run(text, { size: 20, ...more })] })],
      width: { size: percent, type: WidthType.PERCENTAGE },
    });
  return new Document({
    creator: 'Tiếp Dân',
    // A line that ends within a paragraph is not pulled apart to the margin.
    compatibility: { doNotExpandShiftReturn: true },
    title: 'Sổ tiếp công dân',
    styles: { default: { document: { run: { font, size: 24, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: 210 * millimetre, height: 297 * millimetre, orientation: PageOrientation.LANDSCAPE },
            margin: { top: 15 * millimetre, bottom: 15 * millimetre, left: 15 * millimetre, right: 15 * millimetre },
          },
        },
        children: [
          new Paragraph({ children: [run('{unit}', { bold: true })] }),
          centred([run('SỔ TIẾP CÔNG DÂN', { bold: true, size: 28 })], 120),
          centred([run('{period}', { italics: true })]),
          new Paragraph({ children: [] }),
          new Table({
            width: { size: 100, type: WidthType.PERCENTAGE },
            rows: [
              new TableRow({
                tableHeader: true,
                children: columns.map(([heading, , percent]) => cell(heading, percent, { bold: true })),
              }),
              new TableRow({ tableHeader: true, children: columns.map(([, , percent], index) => cell(`${index + 1}`, percent)) }),
              new TableRow({ children: columns.map(([, placeholder, percent]) => cell(placeholder, percent)) }),
            ],
          }),
        ],
      },
    ],
  });
}

function documentOf(paper: PaperText): Document {
  return new Document({
    creator: 'Tiếp Dân',
    // A line that ends within a paragraph is not pulled apart to the margin.
    compatibility: { doNotExpandShiftReturn: true },
    title: paper.title,
    styles: { default: { document: { run: { font, size: 28, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: 210 * millimetre, height: 297 * millimetre },
            margin: { top: 20 * millimetre, bottom: 20 * millimetre, left: 30 * millimetre, right: 18 * millimetre },
          },
        },
        children: [heading(), ...titleOf(paper), ...paper.body.flatMap(bodyParagraphs), signature(paper)],
      },
    ],
  });
}

/** Issuing body and number on the left; national name, motto, place and date on the right. */
function heading(): Table {
  const left = [
    centred([run('{superiorBody}', { size: 26 })]),
    centred([run('{issuingBody}', { size: 26, bold: true })]),
    centred([run('_______', { size: 26, bold: true })]),
    centred([run('Số: {number}', { size: 26 })]),
  ];
  const right = [
    centred([run('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: 24, bold: true })]),
    centred([run('Độc lập - Tự do - Hạnh phúc', { size: 26, bold: true, underline: { type: UnderlineType.SINGLE } })]),
    centred([run('')]),
    centred([run('{place}, ngày {day} tháng {month} năm {year}', { italics: true })]),
  ];
  return twoColumns(left, right, [40, 60]);
}

function titleOf({ title, gist, addressee }: PaperText): Paragraph[] {
  return [
    new Paragraph({ children: [], spacing: { before: 120 } }),
    centred([run(title.toUpperCase(), { bold: true })]),
    ...(gist ? [centred([run(gist, { bold: true })]), centred([run('_______', { bold: true })])] : []),
    ...(addressee ? [centred([run(`Kính gửi: ${addressee}`)], 240)] : []),
  ];
}

/** A line that opens or closes a loop stands alone, so that the loop repeats paragraphs. */
function bodyParagraphs(text: string): Paragraph[] {
  if (/^\{[#/]\w+\}$/.test(text)) return [new Paragraph({ children: [run(text)] })];
  const bold = text.startsWith('**');
  const middle = text.startsWith('^^');
  const shown = text.replace(/^(\*\*|\^\^)/, '');
  return [
    new Paragraph({
      children: [run(shown, { bold: bold || middle })],
      alignment: middle ? AlignmentType.CENTER : AlignmentType.JUSTIFIED,
      spacing: { before: 80, after: 80, line: 300 },
      ...(!middle && { indent: { firstLine: 12.7 * millimetre } }),
    }),
  ];
}

function signature({ minutes, signers }: PaperText): Table {
  if (minutes) {
    const [one = 'NGƯỜI GHI BIÊN BẢN', other = 'NGƯỜI TIẾP CÔNG DÂN'] = signers ?? [];
    const block = (title: string, name: string) => [
      centred([run(title, { bold: true })], 240),
      centred([run('(Ký, ghi rõ họ tên)', { italics: true, size: 24 })]),
      centred([run('')]),
      centred([run('')]),
      centred([run(name, { bold: true })]),
    ];
    return twoColumns(block(one, ''), block(other, '{signerName}'), [50, 50]);
  }
  const left = [
    new Paragraph({ children: [run('Nơi nhận:', { bold: true, italics: true, size: 24 })], spacing: { before: 240 } }),
    new Paragraph({ children: [run('{#recipients}', { size: 22 })] }),
    new Paragraph({ children: [run('- {name};', { size: 22 })] }),
    new Paragraph({ children: [run('{/recipients}', { size: 22 })] }),
    new Paragraph({ children: [run('- Lưu: VT.', { size: 22 })] }),
  ];
  const right = [
    centred([run('{signerTitle}', { bold: true })], 240),
    centred([run('(Ký tên, đóng dấu)', { italics: true, size: 24 })]),
    centred([run('')]),
    centred([run('')]),
    centred([run('{signerName}', { bold: true })]),
  ];
  return twoColumns(left, right, [50, 50]);
}

function twoColumns(left: Paragraph[], right: Paragraph[], [one, other]: [number, number]): Table {
  const cell = (children: Paragraph[], percent: number) =>
    new TableCell({ children, width: { size: percent, type: WidthType.PERCENTAGE }, borders: noBorders, verticalAlign: VerticalAlign.TOP });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: noBorders,
    rows: [new TableRow({ children: [cell(left, one), cell(right, other)] })],
  });
}

function centred(children: TextRun[], before = 0): Paragraph {
  return new Paragraph({ children, alignment: AlignmentType.CENTER, spacing: { before } });
}

function run(text: string, more: object = {}): TextRun {
  return new TextRun({ text, font, ...more });
}
