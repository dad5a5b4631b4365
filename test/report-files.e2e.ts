import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { annex } from '../src/rules/reports/sets/annex-06-2025.fixture.js';
import type { Client, Json } from './support/client.js';
import { anOffice, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aReflectionOn, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let inspector: Client;
let baDinh: string;
let folder: string;

/** LibreOffice is asked where the machine has it; elsewhere the answer must say that it is missing. */
const hasOffice = spawnSync('soffice', ['--version']).status === 0;
const period = '2026-Q2';

beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(path.join(tmpdir(), 'tiepdan-files-'));
  [clerk, leader, inspector] = (await Promise.all(
    ['commune.clerk', 'commune.leader', 'city.inspector'].map((name) => server.as(name)),
  )) as [Client, Client, Client];
  baDinh = await unitId(clerk, '00004');
  for (const receivedOn of ['2026-04-02', '2026-05-06'])
    await file(clerk, aComplaintAbout(baDinh, { receivedOn, writtenOn: '2026-04-01' }));
  // A reflection that is guided: form 04/XLD has no column for it, so that a check fails.
  const outside = await file(clerk, aReflectionOn(await unitId(clerk, '00070'), { receivedOn: '2026-05-04' }));
  await must(200, clerk.post(`/petitions/${outside.id}/guidance`, { content: 'Gửi UBND phường Hoàn Kiếm', guidedOn: '2026-05-05' }));
  const office = await anOffice(clerk);
  await must(
    201,
    clerk.post('/reception-visits', {
      officeId: office.id,
      kind: 'complaint',
      matter: 'Đất đai',
      receiverName: 'Lê Thu Hằng',
      visitors: [{ name: 'Trần Văn Bình' }],
    }),
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

const readCsv = (text: string): string[][] => parse(text, { bom: true, relax_column_count: true });

const sheetOf = async (content: Buffer, name: string): Promise<ExcelJS.Worksheet> => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(content as unknown as ArrayBuffer);
  return workbook.getWorksheet(name)!;
};

/** Rows below the row of numbers, by their label: figures by column. */
function figuresOf(rows: (string | number | null)[][]): Map<string, number[]> {
  const numbers = rows.findIndex(([first]) => first === 'MS');
  // The older circulars have the formulas in a row of their own, and a number for the notes.
  const older = rows[numbers + 1]?.[0] === 'Công thức';
  const width = rows[numbers]!.filter((cell) => cell !== null && cell !== '').length - (older ? 2 : 1);
  const found = new Map<string, number[]>();
  for (const [label, ...cells] of rows.slice(numbers + (older ? 2 : 1))) {
    if (!label || cells.slice(0, width).some((cell) => cell === null || cell === '' || Number.isNaN(Number(cell)))) break;
    found.set(String(label), cells.slice(0, width).map(Number));
  }
  return found;
}

const rowsOf = (sheet: ExcelJS.Worksheet): (string | number | null)[][] => {
  const rows: (string | number | null)[][] = [];
  sheet.eachRow({ includeEmpty: true }, (row) =>
    rows.push(Array.from({ length: sheet.columnCount }, (_, index) => (row.getCell(index + 1).value ?? null) as string | number | null)),
  );
  return rows;
};

const convert = (content: Buffer, to: string): Buffer => {
  const source = path.join(folder, 'report.xlsx');
  writeFileSync(source, content);
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const { status, stderr } = spawnSync('soffice', [profile, '--headless', '--norestore', '--convert-to', to, '--outdir', folder, source], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(path.join(folder, `report.${to.split(':')[0]}`));
};

const of2024 = 'version=01/2024/TT-TTCP';

describe('a form as a file', () => {
  it('has the layout of the annex of Circular 06/2025/TT-TTCP, and the figures of the JSON', async () => {
    const { forms } = await must(200, inspector.get(`/reports/figures?period=${period}`));
    const content = await inspector.download(`/reports/file?format=xlsx&period=${period}`);
    expect(forms).toHaveLength(6);
    for (const { form, rows, total } of forms) {
      const sheet = await sheetOf(content, form.code);
      const cells = rowsOf(sheet);
      const { title, columns } = annex[form.name]!;
      // A merged cell says what it says in each of its places.
      const lines = cells.map((row) => [...new Set(row.filter(Boolean))].join(' | '));
      const width = columns.length;
      for (const words of [title, 'Số liệu tính từ ngày 15/03/2026 đến ngày 14/06/2026', `${width + 1}. Ghi chú:`])
        expect([form.code, lines]).toEqual([form.code, expect.arrayContaining([words])]);
      expect(lines.some((line) => line.startsWith('(Kèm theo Báo cáo số:'))).toBe(true);
      expect(lines[0]).toMatch(new RegExp(`HÀ NỘI \\| ${form.name}$`));
      // The numbers stand with their formulas, as the annex prints them.
      const numbers = cells.find(([first]) => first === 'MS')!;
      expect(numbers.slice(1, width + 1).map((cell) => String(cell).replaceAll(' ', ''))).toEqual(columns.map(([cell]) => cell));
      for (const none of ['Đơn vị tính', 'Công thức', 'Ghi chú']) expect(cells.flat()).not.toContain(none);
      const figures = figuresOf(cells);
      expect([form.code, figures.get('Tổng cộng')]).toEqual([form.code, Object.values(total)]);
      for (const { unit, figures: own } of rows)
        expect([form.code, unit.name, figures.get(unit.name)]).toEqual([form.code, unit.name, Object.values(own)]);
      expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', fitToPage: true, fitToWidth: 1 });
    }
    const sheet = await sheetOf(content, '02-XLD');
    const merged = (words: string): number => {
      const found = new Set<string>();
      sheet.eachRow((row) => row.eachCell((cell) => cell.value === words && cell.isMerged && found.add(cell.address)));
      return found.size;
    };
    expect([merged('Khiếu nại'), merged('Tố cáo'), merged('Kiến nghị, phản ánh'), merged('Đơn vị')]).toEqual([6, 7, 4, 4]);
  });

  it('has the layout of the older circulars for their forms', async () => {
    const { forms, set } = await must(200, inspector.get(`/reports/figures?period=${period}&${of2024}`));
    const content = await inspector.download(`/reports/file?format=xlsx&period=${period}&${of2024}`);
    expect([forms.length, set.provisional]).toEqual([9, null]);
    for (const { form, rows, total } of forms) {
      const sheet = await sheetOf(content, form.code);
      const cells = rowsOf(sheet);
      const text = cells.flat().join('\n');
      for (const words of [form.title.vi.toUpperCase(), `Biểu số: ${form.name}`, '15/03/2026', '14/06/2026', 'NGƯỜI LẬP BIỂU'])
        expect([form.code, text]).toEqual([form.code, expect.stringContaining(words)]);
      const figures = figuresOf(cells);
      expect([form.code, figures.get('Tổng cộng')]).toEqual([form.code, Object.values(total)]);
      for (const { unit, figures: own } of rows)
        expect([form.code, unit.name, figures.get(unit.name)]).toEqual([form.code, unit.name, Object.values(own)]);
      expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', fitToPage: true, fitToWidth: 1 });
    }
    // The heading of 01/XLD: "Theo nội dung" stands over three columns, a column with nothing below reaches down.
    const sheet = await sheetOf(content, '01-XLD');
    const merged = (words: string): string[] => {
      const found = new Set<string>();
      sheet.eachRow((row) => row.eachCell((cell) => cell.value === words && cell.isMerged && found.add(cell.address)));
      return [...found];
    };
    expect(merged('Theo nội dung')).toHaveLength(3);
    expect(merged('Thuộc thẩm quyền')).toHaveLength(4);
    expect(merged('Đơn vị')).toHaveLength(3);
    expect(
      rowsOf(await sheetOf(content, '04-XLD'))
        .flat()
        .join('\n'),
    ).toContain('Không khớp: cột 16 = 17+18 (1 và 0).');
  });

  it('as CSV has one line of headings, and escapes what a spreadsheet would run', async () => {
    const answer = await inspector.fetch(`/reports/forms/01-XLD/file?format=csv&period=${period}&${of2024}`);
    expect(answer.headers.get('content-disposition')).toContain('bieu-01-XLD-2026-Q2.csv');
    const [heading, ...rows] = readCsv(await answer.text());
    expect(heading!.slice(0, 4)).toEqual([
      'Đơn vị',
      '1. Tổng số đơn phải xử lý – Tổng số',
      '2. Tổng số đơn phải xử lý – Kỳ trước chuyển sang',
      '3. Tổng số đơn phải xử lý – Tiếp nhận trong kỳ',
    ]);
    const { total } = await must(200, inspector.get(`/reports/forms/01-XLD/figures?period=${period}&${of2024}`));
    expect(rows.at(-1)).toEqual(['Tổng cộng', ...Object.values(total).map(String)]);
    const refused: [string, number][] = [
      [`/reports/file?format=csv&period=${period}`, 422],
      [`/reports/file?format=doc&period=${period}`, 422],
      [`/reports/forms/09-XLD/file?format=xlsx&period=${period}`, 404],
      ['/reports/forms/02-XLD/file?format=xlsx', 422],
    ];
    for (const [path_, status] of refused) expect([path_, (await inspector.get(path_)).status]).toEqual([path_, status]);
  });

  it('opens in LibreOffice with the same figures, and becomes a PDF by it', async () => {
    const pdf = await inspector.fetch(`/reports/forms/02-XLD/file?format=pdf&period=${period}`);
    if (!hasOffice) {
      expect([pdf.status, ((await pdf.json()) as Json).detail]).toEqual([503, expect.stringContaining('LibreOffice')]);
      return;
    }
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const { forms } = await must(200, inspector.get(`/reports/figures?period=${period}`));
    for (const code of ['01-TCD', '02-XLD', '05-KQTH']) {
      const { rows, total } = forms.find(({ form }: Json) => form.code === code);
      const content = await inspector.download(`/reports/forms/${code}/file?format=xlsx&period=${period}`);
      const cells = readCsv(convert(content, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false').toString('utf8'));
      const figures = figuresOf(cells);
      expect([code, figures.get('Tổng cộng')]).toEqual([code, Object.values(total)]);
      for (const { unit, figures: own } of rows)
        expect([code, unit.name, figures.get(unit.name)]).toEqual([code, unit.name, Object.values(own)]);
    }
  }, 120_000);
});

it('a report that was signed comes as it was signed, with signer and digest', async () => {
  const { id } = await must(201, clerk.post('/reports/submissions', { period }));
  expect((await leader.get(`/reports/submissions/${id}/file?format=xlsx`)).status).toBe(409);
  const signed = await must(
    200,
    leader.post(`/reports/submissions/${id}/submission`, {
      signerTitle: 'Chủ tịch',
      signerName: 'Nguyễn Thị Lan',
      submittedOn: '2026-06-15',
    }),
  );
  const before = (await must(200, leader.get(`/reports/submissions/${id}/figures`))).forms.find(
    ({ code }: Json) => code === '02-XLD',
  ).total;
  await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2026-06-12', writtenOn: '2026-06-11' }));
  const answer = await leader.fetch(`/reports/submissions/${id}/file?format=xlsx`);
  expect(answer.headers.get('content-disposition')).toMatch(/bao-cao-.*-2026-Q2-ban-1\.xlsx/);
  const cells = rowsOf(await sheetOf(Buffer.from(await answer.arrayBuffer()), '02-XLD'));
  expect(figuresOf(cells).get('Tổng cộng')).toEqual(Object.values(before));
  const text = cells.flat().join('\n');
  for (const words of [signed.digest, 'CHỦ TỊCH', 'Nguyễn Thị Lan', 'Ngày 15 tháng 06 năm 2026']) expect(text).toContain(words);
  const csv = await leader.fetch(`/reports/submissions/${id}/file?format=csv&form=02-XLD`);
  expect(parse(await csv.text(), { bom: true }).at(-1)![1]).toBe(String(before[1]));
  expect((await leader.get(`/reports/submissions/${id}/file?format=csv`)).status).toBe(422);
  expect((await leader.get(`/reports/submissions/${id}/file?format=csv&form=09-XLD`)).status).toBe(404);
  expect((await (await server.as('hoankiem.leader')).get(`/reports/submissions/${id}/file?format=xlsx`)).status).toBe(404);
});

describe('a workbook in the background', () => {
  it('is made with its progress, of one moment, and read by whoever asked for it', async () => {
    const order = { period, format: 'xlsx' };
    const started = await must(202, inspector.post('/reports/workbooks', order, { 'idempotency-key': 'workbook-1' }));
    expect(started).toMatchObject({ state: 'queued', done: 0, file: null });
    expect((await must(202, inspector.post('/reports/workbooks', order, { 'idempotency-key': 'workbook-1' }))).id).toBe(started.id);
    const made = await until(async (): Promise<Json> => {
      const now = await must(200, inspector.get(`/reports/workbooks/${started.id}`));
      return ['succeeded', 'failed'].includes(now.state) && now;
    });
    expect(made).toMatchObject({
      state: 'succeeded',
      forms: 6,
      done: 6,
      error: null,
      file: `/api/v1/reports/workbooks/${started.id}/file`,
    });
    const content = await inspector.download(made.file);
    const { forms } = await must(200, inspector.get(`/reports/figures?period=${period}`));
    for (const { form, total } of forms)
      expect([form.code, figuresOf(rowsOf(await sheetOf(content, form.code))).get('Tổng cộng')]).toEqual([form.code, Object.values(total)]);
    expect((await leader.get(`/reports/workbooks/${started.id}`)).status).toBe(404);
    expect((await (await server.as('city.analyst')).get(`/reports/workbooks/${started.id}`)).status).toBe(404);
    expect((await inspector.post('/reports/workbooks', { ...order, format: 'csv' })).status).toBe(422);
    expect((await leader.post('/reports/workbooks', { ...order, unitId: await unitId(leader, '01') })).status).toBe(404);
  });
});
