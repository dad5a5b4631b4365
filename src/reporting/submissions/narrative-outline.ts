import { columnsOf, type ColumnNode, type Form, type FormFigures, isColumn } from '../../rules/reports/form.js';
import { type Frozen, type Narrative, type NarrativePart, narrativeParts } from './submission.js';

/** A paragraph of the paper: its heading, and what stands below it. */
export type Section = Record<'title' | 'text', string>;

/** Figures of every form: those that were signed, and those of the same period a year before where there is one. */
export interface Compared {
  frozen: Frozen;
  before: ReadonlyMap<string, FormFigures> | null;
}

/** The first circular with Mẫu số 02, whose outline the report in words has. */
const outlineSince = '2025-09-30';

/** The report in words by the outline of its circular; null where nothing was written. */
export function outlineOf(narrative: Narrative, compared: Compared): Section[] | null {
  if (!Object.values(narrative).some(Boolean)) return null;
  return compared.frozen.set.closingFrom >= outlineSince ? form02(narrative, compared) : parts(narrative, compared);
}

/** Before Circular 06/2025/TT-TTCP: the parts that were written, and the main figures. */
function parts(narrative: Narrative, compared: Compared): Section[] {
  const written = (Object.keys(narrativeParts) as NarrativePart[]).filter((part) => narrative[part]);
  const figures = compared.frozen.forms.flatMap(({ code }) =>
    linesOf(compared, code, null)
      .slice(0, 6)
      .map((line) => `Biểu ${nameOf(code)}: ${line}`),
  );
  return [
    ...written.map((part, index) => ({ title: `${index + 1}. ${narrativeParts[part].vi}`, text: narrative[part]! })),
    { title: 'Số liệu chính', text: asList(figures) },
  ];
}

/** Mẫu số 02 of Circular 06/2025/TT-TTCP: what the forms know stands in its place beside what was written. */
function form02(narrative: Narrative, compared: Compared): Section[] {
  const words = (...of: NarrativePart[]) => of.map((part) => narrative[part] ?? '').filter(Boolean);
  const figures = (code: string, ...columns: [from: number, to: number][]) => linesOf(compared, code, columns);
  const section = (title: string, ...lines: string[][]): Section => ({ title, text: asParagraphs(lines) });
  return [
    section('I. TÌNH HÌNH KHIẾU NẠI, TỐ CÁO\n1. Tình hình khiếu nại, tố cáo', words('situation'), sharesOf(compared)),
    section('2. Nguyên nhân của tình hình khiếu nại, tố cáo', words('causes')),
    section(
      'II. KẾT QUẢ CÔNG TÁC TIẾP CÔNG DÂN, XỬ LÝ ĐƠN, GIẢI QUYẾT KHIẾU NẠI, TỐ CÁO\n1. Công tác tiếp công dân (Biểu 01/TCD)',
      figures('01-TCD', [1, 21]),
      words('results'),
    ),
    section('2. Tiếp nhận, phân loại và xử lý đơn (Biểu 02/XLD)\na) Tổng số đơn đã tiếp nhận trong kỳ', figures('02-XLD', [1, 5])),
    section('b) Phân loại, xử lý đơn thuộc thẩm quyền', figures('02-XLD', [6, 22])),
    section('c) Phân loại, xử lý đơn không thuộc thẩm quyền', figures('02-XLD', [23, 25])),
    section('3. Kết quả giải quyết khiếu nại, tố cáo (Biểu 03/GQKN, 04/GQTC)\na) Giải quyết khiếu nại', figures('03-GQKN', [1, 23])),
    section('b) Giải quyết tố cáo', figures('04-GQTC', [1, 25])),
    section(
      '4. Kết quả thi hành Quyết định giải quyết khiếu nại, thực hiện kết luận nội dung tố cáo (Biểu 05/KQTH)',
      figures('05-KQTH', [1, 31]),
    ),
    ...(narrative.protection ? [section('5. Bảo vệ người tố cáo', words('protection'))] : []),
    section(
      `${narrative.protection ? 6 : 5}. Công tác quản lý nhà nước về tiếp công dân, giải quyết khiếu nại, tố cáo (Biểu 06/QLKNTC)`,
      words('direction'),
      figures('06-QLKNTC', [1, 17]),
    ),
    section('III. NHẬN XÉT, ĐÁNH GIÁ\n1. Ưu điểm, kết quả', words('assessment')),
    section('2. Tồn tại, hạn chế', words('shortcomings')),
    section('3. Nguyên nhân', words('reasons')),
    section('IV. DỰ BÁO TÌNH HÌNH', words('forecast')),
    section('V. PHƯƠNG HƯỚNG, NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU TRONG KỲ TIẾP THEO', words('tasks')),
    section('VI. KIẾN NGHỊ, ĐỀ XUẤT', words('proposals')),
  ];
}

/** How the complaints and the denunciations within competence are divided by field, as the outline asks. */
function sharesOf({ frozen }: Compared): string[] {
  const total = frozen.forms.find(({ code }) => code === '02-XLD')?.total ?? {};
  const share = (vi: string, of: number, fields: [name: string, column: number][]) => {
    const all = total[of] ?? 0;
    if (all === 0) return [];
    const divided = fields.map(([name, column]) => `${name} ${inWords(Math.round(((total[column] ?? 0) * 1000) / all) / 10)} %`);
    return [`${vi} thuộc thẩm quyền theo lĩnh vực: ${divided.join('; ')}`];
  };
  return [
    ...share('Khiếu nại', 6, [
      ['đất đai', 9],
      ['chế độ, chính sách', 10],
      ['khác', 11],
    ]),
    ...share('Tố cáo', 12, [
      ['hành chính', 15],
      ['tham nhũng', 16],
      ['tư pháp', 17],
      ['khác', 18],
    ]),
  ].map((line) => `- ${line}.`);
}

/** The figures of a form that are not nothing now and were not a year before, by the path of their headings. */
function linesOf({ frozen, before }: Compared, code: string, ranges: [from: number, to: number][] | null): string[] {
  const form = frozen.set.forms.find((one) => one.code === code);
  const total = frozen.forms.find((one) => one.code === code)?.total;
  if (!form || !total) return [];
  const then = before?.get(code);
  const wanted = columnsOf(form).filter(({ number }) => !ranges || ranges.some(([from, to]) => number >= from && number <= to));
  const names = headingsOf(form);
  return wanted
    .filter(({ number }) => (total[number] ?? 0) !== 0 || (then?.[number] ?? 0) !== 0)
    .map(({ number }) => {
      const compared = then ? ` (cùng kỳ năm trước: ${inWords(then[number] ?? 0)})` : '';
      return `- ${names.get(number)!}: ${inWords(total[number] ?? 0)}${compared}.`;
    });
}

function headingsOf({ columns }: Form): Map<number, string> {
  const found = new Map<number, string>();
  const walk = (node: ColumnNode, above: string[]): void => {
    const path = [...above, node.label.vi];
    if (isColumn(node)) found.set(node.number, path.join(' – '));
    else for (const child of node.columns) walk(child, path);
  };
  for (const node of columns) walk(node, []);
  return found;
}

function asParagraphs(lines: string[][]): string {
  return asList(lines.flat());
}

function asList(lines: string[]): string {
  return lines.length > 0 ? lines.join('\n') : 'Không phát sinh.';
}

function inWords(figure: number): string {
  return String(figure).replace('.', ',');
}

function nameOf(code: string): string {
  return code.replace('-', '/');
}
