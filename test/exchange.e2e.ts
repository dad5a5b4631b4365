import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Client, Json } from './support/client.js';
import { endProcess, launch, startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

let server: TestServer;
let clerk: Client;
let cityLeader: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_WORKERS: '2' } });
  clerk = await server.as('commune.clerk');
  cityLeader = await server.as('city.leader');
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

const columns = ['Số đơn', 'Ngày nhận', 'Loại đơn', 'Nội dung', 'Họ tên', 'Địa chỉ', 'Kết quả xử lý', 'Ngày kết thúc', 'respondent_unit'];
const csvOf = (rows: string[][]): string =>
  [columns, ...rows].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
const aRow = (reference: string, more: Partial<Record<(typeof columns)[number], string>> = {}): string[] => {
  const row: Record<string, string> = {
    'Số đơn': reference,
    'Ngày nhận': '05/09/2025',
    'Loại đơn': 'Khiếu nại',
    'Nội dung': `Khiếu nại việc cấp giấy chứng nhận số ${reference}`,
    'Họ tên': 'Trần Thị Bình',
    'Địa chỉ': 'Số 7 phố Trấn Vũ',
    'Kết quả xử lý': 'Đã giải quyết',
    'Ngày kết thúc': '10/10/2025',
    respondent_unit: '00004',
    ...more,
  };
  return columns.map((column) => row[column]!);
};

async function start(content: string | Buffer, filename: string, fields: Record<string, string> = {}): Promise<Json> {
  const { status, body } = await clerk.upload('/petitions/imports', content, fields, filename);
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** Waits until a job has ended. */
function ended(job: Json, isEnd: (state: Json) => boolean = ({ state }) => !['queued', 'running'].includes(state)): Promise<Json> {
  return until(async () => {
    const { body } = await clerk.get(`/jobs/${job.id}`);
    return isEnd(body) && body;
  }, 60);
}

describe('an old ledger', () => {
  it('is imported from CSV: a dry run first, then once, however often it is sent', async () => {
    const rows = Array.from({ length: 450 }, (_, index) =>
      aRow(`CU-${index}`, index % 3 ? {} : { 'Kết quả xử lý': '', 'Ngày kết thúc': '' }),
    );
    const dry = await ended(await start(csvOf(rows), 'sổ cũ.csv', { dryRun: 'true' }));
    expect(dry).toMatchObject({ state: 'succeeded', total: 450, done: 450, created: 450, refused: 0, percent: 100 });
    expect((await clerk.get('/petitions?limit=1&count=exact')).body.total).toBe(0);
    const real = await ended(await start(csvOf(rows), 'sổ cũ.csv'));
    expect(real).toMatchObject({ state: 'succeeded', created: 450, unchanged: 0, refused: 0 });
    const again = await ended(await start(csvOf(rows), 'sổ cũ.csv'));
    expect(again).toMatchObject({ state: 'succeeded', created: 0, unchanged: 450 });
    const { body } = await clerk.get('/petitions?limit=1&count=exact&state=closed');
    expect(body.total).toBe(300);
    const petition = (await clerk.get(`/petitions/${body.items[0].id}`)).body;
    expect(petition).toMatchObject({ receivedOn: '2025-09-05', closedOn: '2025-10-10', alert: 'none', kind: 'complaint', stage: 'first' });
    expect((await clerk.get(`/petitions/${petition.id}/history`)).body.items.map(({ event }: Json) => event)).toEqual([
      'received',
      'imported',
    ]);
  });

  it('tells the row, the column and the reason of every fault, and takes the others', async () => {
    const rows = [
      aRow('L-1'),
      aRow('L-2', { 'Ngày nhận': '31/02/2025' }),
      aRow('L-3', { 'Loại đơn': 'Thỉnh cầu' }),
      aRow('L-4', { 'Ngày kết thúc': '01/01/2020' }),
      aRow('L-5', { respondent_unit: '99999' }),
      aRow('', {}),
      aRow('L-1'),
    ];
    const job = await ended(await start(csvOf(rows), 'lỗi.csv'));
    expect(job).toMatchObject({ state: 'succeeded', total: 7, created: 1, unchanged: 1, refused: 5 });
    const faults: Json[] = parse(await (await clerk.fetch(job.faults)).text(), { columns: true, bom: true });
    expect(faults.map(({ line, column }) => [line, column])).toEqual([
      ['3', 'Ngày nhận'],
      ['4', 'Loại đơn'],
      ['5', 'Ngày kết thúc'],
      ['6', 'respondent_unit'],
      ['7', 'Số đơn'],
    ]);
    for (const { vi, en } of faults) expect([vi, en].every((text) => text.length > 5)).toBe(true);
  });

  it('comes from XLSX with dates, and from NDJSON, with a mapping of columns', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('Sổ');
    sheet.addRow(['Mã riêng', 'Nhận ngày', 'Loại đơn', 'Nội dung']);
    sheet.addRow(['X-1', new Date('2025-09-01T00:00:00Z'), 'Tố cáo', 'Tố cáo việc thu tiền ngoài quy định']);
    const mapping = JSON.stringify({ externalReference: 'Mã riêng', receivedOn: 'Nhận ngày' });
    const xlsx = await ended(await start(Buffer.from(await workbook.xlsx.writeBuffer()), 'sổ.xlsx', { mapping }));
    expect(xlsx).toMatchObject({ state: 'succeeded', total: 1, created: 1 });
    const ndjson = `{"external_reference":"N-1","received_on":"2025-09-02","kind":"reflection","summary":"Phản ánh đèn đường hỏng"}\n`;
    expect(await ended(await start(ndjson, 'sổ.ndjson'))).toMatchObject({ state: 'succeeded', created: 1 });
    const broken = await ended(await start(`${ndjson}{"broken`, 'sổ.ndjson'));
    expect(broken).toMatchObject({ state: 'failed', error: expect.stringContaining('dòng 2') });
    const headless = await ended(await start('a,b\n1,2\n', 'sổ.csv'));
    expect(headless).toMatchObject({ state: 'failed', error: expect.stringContaining('externalReference') });
    expect((await clerk.upload('/petitions/imports', 'x', {}, 'sổ.doc')).status).toBe(422);
  });

  it('can be cancelled and goes on where it stopped: nothing twice, nothing left out', async () => {
    const rows = Array.from({ length: 2000 }, (_, index) => aRow(`B-${index}`));
    const job = await start(csvOf(rows), 'lớn.csv');
    await ended(job, ({ done }) => done >= 200);
    expect((await clerk.post(`/jobs/${job.id}/cancellation`)).status).toBe(200);
    const cancelled = await ended(job);
    expect(cancelled).toMatchObject({ state: 'cancelled', total: 2000 });
    expect(cancelled.done).toBeLessThan(2000);
    expect(cancelled.created).toBe(cancelled.done);
    expect((await clerk.post(`/jobs/${job.id}/resumption`)).body.state).toBe('queued');
    const running = await ended(
      job,
      ({ state, rowsPerSecond }) => state === 'succeeded' || (state === 'running' && rowsPerSecond !== null),
    );
    expect(running.rowsPerSecond).toBeGreaterThan(0);
    expect(await ended(job)).toMatchObject({ state: 'succeeded', done: 2000, created: 2000, percent: 100 });
    const [{ count }] = (await server.sql<{ count: number }>(`select count(*)::int from petition where external_reference like 'B-%'`)) as [
      { count: number },
    ];
    expect(count).toBe(2000);
    expect((await clerk.post(`/jobs/${job.id}/resumption`)).status).toBe(409);
    expect((await (await server.as('city.clerk')).get(`/jobs/${job.id}`)).status).toBe(404);
  }, 180_000);
});

it('an instance that stops hands its import on, and the next one ends it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-import-'));
  const env = { TIEPDAN_ATTACHMENT_DIR: folder };
  const first = await startServer({ env });
  const rows = Array.from({ length: 2000 }, (_, index) => aRow(`S-${index}`));
  const clerkOfFirst = await first.as('commune.clerk');
  const { body: job } = await clerkOfFirst.upload('/petitions/imports', csvOf(rows), {}, 'sổ.csv');
  const doneOf = async (): Promise<Json> => (await first.sql('select state, done from background_job where id = $1', [job.id]))[0];
  await until(async () => (await doneOf()).done >= 200);
  await endProcess(first.process, 'SIGTERM');
  const handedOn = await doneOf();
  expect(handedOn).toMatchObject({ state: 'queued' });
  expect(handedOn.done).toBeLessThan(2000);
  const keys = await mkdtemp(path.join(tmpdir(), 'tiepdan-keys-'));
  const second = launch({
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: first.databaseUrl,
    TIEPDAN_DATA_DIR: keys,
    TIEPDAN_MASTER_KEY: process.env['E2E_MASTER_KEY']!,
    ...env,
  });
  await second.ready;
  await until(async () => (await doneOf()).state === 'succeeded', 120);
  expect(await first.sql(`select count(*)::int as count from petition where external_reference like 'S-%'`)).toEqual([{ count: 2000 }]);
  await endProcess(second.process, 'SIGTERM');
  await first.stop();
  await Promise.all([folder, keys].map((where) => rm(where, { recursive: true, force: true })));
}, 180_000);

describe('the ledger as a file', () => {
  it('has the usual layout, no formula that runs, and nobody who denounced', async () => {
    await file(
      clerk,
      aComplaintAbout(baDinh, { receivedOn: '2026-03-02', writtenOn: null, summary: '=HYPERLINK("http://x")', content: '+1' }),
    );
    await file(
      clerk,
      aDenunciationOf(baDinh, 'official', {
        receivedOn: '2026-03-03',
        writtenOn: null,
        parties: [{ role: 'petitioner', type: 'person', name: 'Chim Hoàng Yến' }],
      }),
    );
    const period = 'receivedFrom=2026-03-01&receivedTo=2026-03-31';
    const csv = await (await clerk.fetch(`/petitions/exports?format=csv&${period}`)).text();
    const rows: string[][] = parse(csv, { bom: true });
    expect(rows[0]).toEqual(expect.arrayContaining(['STT', 'Số vào sổ', 'Họ tên người gửi', 'Tóm tắt nội dung', 'Kết quả xử lý']));
    expect(rows).toHaveLength(3);
    expect(rows[1]).toEqual(expect.arrayContaining(['1', '02/03/2026', 'Nguyễn Văn Hoà', `'=HYPERLINK("http://x")`]));
    expect(rows[2]).toEqual(expect.arrayContaining(['2', '03/03/2026', '(bí mật)', 'Tố cáo']));
    expect(csv).not.toContain('Yến');

    const response = await clerk.fetch(`/petitions/exports?format=xlsx&ledger=reception&${period}`);
    expect(response.headers.get('content-disposition')).toContain('so-tiep-cong-dan.xlsx');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await response.arrayBuffer());
    const sheet = workbook.worksheets[0]!;
    expect(sheet.getCell('A1').text).toBe('UBND PHƯỜNG BA ĐÌNH');
    expect(sheet.getCell('A2').text).toBe('SỔ TIẾP NHẬN ĐƠN QUA TIẾP CÔNG DÂN');
    expect([sheet.getCell('A5').value, sheet.getCell('B5').value, sheet.pageSetup.orientation]).toEqual([1, 2, 'landscape']);
    expect(sheet.getCell('J6')).toMatchObject({ value: '=HYPERLINK("http://x")', formula: undefined });
    expect(JSON.stringify(sheet.getSheetValues())).not.toContain('Yến');
  });

  it('has every row of the list, also past a page, for whoever may see them', async () => {
    const { body } = await cityLeader.get('/petitions?limit=1&count=exact&ledgerOnly=true&includeSubordinates=true');
    const rows: string[][] = parse(await (await cityLeader.fetch('/petitions/exports?format=csv')).text(), { bom: true });
    expect(rows.length - 1).toBe(body.total);
    expect(new Set(rows.map(([, number]) => number)).size).toBe(rows.length);
    const other: string[][] = parse(await (await (await server.as('district.clerk')).fetch('/petitions/exports?format=csv')).text(), {
      bom: true,
    });
    expect(other).toHaveLength(1);
    expect((await clerk.get('/petitions/exports?format=pdf')).status).toBe(422);
  });
});
