import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type Json } from './support/client.js';
import { anOffice, must } from './support/reception.js';
import { until } from './support/until.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, file, unitId, verify } from './support/stories.js';

let server: TestServer;
let cityClerk: Client;
let clerk: Client;
let leader: Client;
let inspector: Client;
let analyst: Client;
let baDinh: string;
let city: string;

const reached = { period: '2026-Q2' };
const circular2021 = '02/2021/TT-TTCP';
/** The forms that most of these tests look at; others are asked for by their circular. */
const version = '01/2024/TT-TTCP';

beforeAll(async () => {
  server = await startServer();
  [cityClerk, clerk, leader, inspector, analyst] = (await Promise.all(
    ['city.clerk', 'commune.clerk', 'commune.leader', 'city.inspector', 'city.analyst'].map((name) => server.as(name)),
  )) as [Client, Client, Client, Client, Client];
  [baDinh, city] = await Promise.all([unitId(cityClerk, '00004'), unitId(cityClerk, '01')]);
});
afterAll(() => server.stop());

const asQuery = (query: object) =>
  new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString();
const reportOf = async (code: string, query: object = reached): Promise<Json> =>
  must(200, inspector.get(`/reports/forms/${code}/figures?${asQuery({ version, ...query })}`));
const rowOf = (report: Json, unit: string): Json => report.rows.find((row: Json) => row.unit.id === unit).figures;
const cellOf = async (code: string, column: number | string, query: object = reached, by = inspector): Promise<Json> =>
  must(200, by.get(`/reports/forms/${code}/cells/${column}?${asQuery({ limit: 200, version, ...query })}`));

/** Every form of every circular. */
const everyForm = async (): Promise<[code: string, version: string][]> => {
  const { items } = await must(200, inspector.get('/reports/forms'));
  return items.flatMap(({ circular, forms }: Json) => forms.map(({ code }: Json) => [code, circular]));
};

describe('forms are data', () => {
  it('says which set governs a period, and that none is provisional whose annex was read', async () => {
    const governing = async (closingOn: string) =>
      (await must(200, analyst.get(`/reports/forms?closingOn=${closingOn}`))).items.find(({ governs }: Json) => governs);
    expect(await governing('2023-12-14')).toMatchObject({ circular: circular2021, provisional: null });
    expect((await governing('2023-12-14')).forms).toHaveLength(10);
    expect(await governing('2025-09-14')).toMatchObject({ circular: '01/2024/TT-TTCP', provisional: null });
    expect((await governing('2025-09-14')).forms.map(({ code }: Json) => code)).toEqual([
      ...['01-TCD', '01-XLD', '02-XLD', '03-XLD', '04-XLD', '01-KQGQ', '02-KQGQ', '03-KQGQ', '04-KQGQ'],
    ]);
    const since = await governing('2025-12-14');
    expect(since).toMatchObject({ circular: '06/2025/TT-TTCP', provisional: null, verified: true });
    expect(since.forms.map(({ code, columns }: Json) => [code, columns])).toEqual([
      ['01-TCD', 21],
      ['02-XLD', 25],
      ['03-GQKN', 23],
      ['04-GQTC', 25],
      ['05-KQTH', 31],
      ['06-QLKNTC', 17],
    ]);
    expect((await must(200, inspector.get('/reports/figures?period=2026-Q2'))).set).toMatchObject({ circular: since.circular });
  });

  it('shows a form as a tree of columns with how each is counted, its formula and unit', async () => {
    const form = await must(200, analyst.get('/reports/forms/01-XLD?version=01%2F2024%2FTT-TTCP'));
    expect(form).toMatchObject({ name: '01/XLD', title: { vi: 'Tổng hợp kết quả xử lý đơn' }, set: { circular: '01/2024/TT-TTCP' } });
    const [first] = form.columns;
    expect(first.label.vi).toBe('Tổng số đơn phải xử lý');
    expect(first.columns[0]).toMatchObject({ number: 1, formula: '1=2+3=4+5', unit: { code: 'petitions', vi: 'đơn' } });
    expect(first.columns[1].explained.vi).toBe('Số đơn – Đơn tại đơn vị (đơn tách nội dung tính một); Kỳ tiếp nhận: Kỳ trước chuyển sang');
    const refused: [string, number, string?][] = [
      ['/reports/forms/09-XLD', 404],
      ['/reports/forms/01-XLD?version=99%2F2030', 404],
      ['/reports/forms/01-XLD/figures', 422, '?period'],
      ['/reports/forms/01-XLD/figures?period=2026-Q5', 422, '?period'],
      ['/reports/forms/01-XLD/figures?period=2026-Q1&from=2026-01-01', 422, '?period'],
      ['/reports/forms/01-XLD/figures?from=2026-02-01&to=2026-01-01', 422, '?to'],
      ['/reports/forms/01-XLD/figures?period=2019-Q1', 404],
      // A form of another circular.
      ['/reports/forms/01-XLD/figures?period=2026-Q1', 404],
      ['/reports/forms/02-XLD/cells/26?period=2026-Q1', 404],
      ['/reports/forms/02-XLD/cells/abc?period=2026-Q1', 404],
      [`/reports/forms/02-XLD/figures?period=2026-Q1&unitId=${city.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`, 404],
    ];
    for (const [path, status, pointer] of refused) {
      const answer = await inspector.get(path);
      expect([path, answer.status, pointer && answer.body.errors[0].pointer]).toEqual([path, status, pointer]);
    }
    expect((await (await server.as('commune.analyst')).get(`/reports/forms/02-XLD/figures?period=2026-Q1&unitId=${city}`)).status).toBe(
      404,
    );
    expect((await (await server.as('city.admin')).get('/reports/forms')).status).toBe(403);
  });
});

describe('a new set of forms is entered as data', () => {
  const counted = { of: 'petitions', measure: 'petitions', where: { movement: 'received', kind: ['complaint', 'denunciation'] } };
  const set = (more: object = {}): Json => ({
    circular: '09/2030/TT-TTCP',
    title: { vi: 'Biểu mẫu mới', en: 'New forms' },
    closingFrom: '2030-01-01',
    verified: true,
    reason: 'Thông tư mới',
    forms: [
      {
        code: '01-XLD',
        title: { vi: 'Xử lý đơn', en: 'Processing' },
        columns: [
          {
            label: { vi: 'Tiếp nhận', en: 'Received' },
            columns: [
              { label: { vi: 'Khiếu nại, tố cáo', en: 'Complaints, denunciations' }, number: 1, unit: 'petitions', count: counted },
            ],
          },
        ],
        checks: ['1<=1'],
      },
    ],
    ...more,
  });

  it('by an administrator of the whole structure, checked, and governs its periods without a release', async () => {
    const admin = await server.as('city.admin');
    const { body: refused, status } = await admin.post(
      '/reports/form-sets',
      set({
        forms: [
          {
            ...set().forms[0],
            columns: [{ ...set().forms[0].columns[0].columns[0], count: { ...counted, where: { kind: 'rumour' } } }],
            checks: ['1=2'],
          },
        ],
      }),
    );
    expect(status).toBe(422);
    expect(refused.errors.map(({ pointer }: Json) => pointer)).toEqual(['/forms/0/columns/0/count/where/kind', '/forms/0/checks/0']);
    expect((await inspector.post('/reports/form-sets', set())).status).toBe(403);
    expect((await (await server.as('commune.admin')).post('/reports/form-sets', set())).status).toBe(403);

    await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2026-05-04', writtenOn: '2026-05-03' }));
    const entered = await must(201, admin.post('/reports/form-sets', set()));
    expect(entered).toMatchObject({ circular: '09/2030/TT-TTCP', governs: false, forms: [{ name: '01/XLD', columns: 1 }] });
    const governing = await must(200, analyst.get('/reports/forms?closingOn=2030-03-14'));
    expect(governing.items.find(({ governs }: Json) => governs).circular).toBe('09/2030/TT-TTCP');
    const report = await reportOf('01-XLD', { ...reached, version: '09/2030/TT-TTCP' });
    const { items, figure } = await cellOf('01-XLD', 1, { ...reached, version: '09/2030/TT-TTCP' });
    expect([report.total[1], figure]).toEqual([items.length, items.length]);
    expect(figure).toBeGreaterThan(0);

    // A revision goes before it; entered by several at once, each has its number.
    const revisions = await Promise.all(
      ['2030-02-01', '2030-02-02', '2030-02-03'].map((closingFrom) =>
        admin.post('/reports/form-sets', set({ closingFrom, reason: 'Đính chính' })),
      ),
    );
    expect(revisions.map((answer) => answer.status)).toEqual([201, 201, 201]);
    const kept = await server.sql<{ revision: number }>('select revision from report_form_set order by revision');
    expect(kept.map(({ revision }) => revision)).toEqual([1, 2, 3, 4]);
    await expect(server.sql('delete from report_form_set')).rejects.toThrow('append-only');
  });

  it('with the words that a column may use to be read', async () => {
    const { sources } = await must(200, analyst.get('/reports/vocabulary'));
    const petitions = sources.find(({ code }: Json) => code === 'petitions');
    expect(petitions.attributes.find(({ code }: Json) => code === 'movement')).toMatchObject({
      label: { vi: 'Kỳ tiếp nhận' },
      values: [{ code: 'carried', vi: 'Kỳ trước chuyển sang' }, { code: 'received' }],
    });
    expect(petitions.attributes.find(({ code }: Json) => code === 'eligible').values).toBeNull();
    expect(petitions.measures.map(({ code }: Json) => code)).toEqual(['petitions', 'cases', 'withinCases']);
  });
});

describe('what came, how it was processed, and where it went', () => {
  it('counts a petition at each unit that it lay with, for what that unit did', async () => {
    // Filed above its level on 11 May, transferred on 13 May, received on 15 May, accepted there, the reply back on 20 May.
    const denunciation = await file(cityClerk, aDenunciationOf(baDinh, 'official'));
    const sent = await must(
      201,
      cityClerk.post(`/petitions/${denunciation.id}/transfers`, {
        toUnitId: baDinh,
        reason: 'Chuyển theo thẩm quyền',
        sentOn: '2026-05-13',
      }),
    );
    const before = await reportOf('03-XLD');
    expect(rowOf(before, city)).toMatchObject({ 1: 1, 2: 0, 3: 1, 4: 1, 7: 1, 8: 1, 20: 1, 21: 0, 24: 1, 25: 1, 26: 0, 27: 0 });
    expect(rowOf(before, baDinh)).toMatchObject({ 1: 0, 4: 0, 8: 0 });

    await must(200, clerk.post(`/transfers/${sent.id}/receipt`, { receivedOn: '2026-05-15' }));
    expect(rowOf(await reportOf('03-XLD'), baDinh)).toMatchObject({ 1: 1, 3: 1, 4: 0 });
    await classify(clerk, denunciation, { classifiedOn: '2026-05-16' });
    await must(200, leader.post(`/petitions/${denunciation.id}/acceptance`, { acceptedOn: '2026-05-18' }));
    await must(
      200,
      clerk.post(`/transfers/${sent.id}/reply`, { repliedOn: '2026-05-20', content: 'Đã thụ lý.', documentNumber: '41/UBND' }),
    );
    const report = await reportOf('03-XLD');
    expect(rowOf(report, city)).toMatchObject({ 4: 1, 21: 0, 24: 1, 25: 1, 27: 1 });
    expect(rowOf(report, baDinh)).toMatchObject({ 1: 1, 3: 1, 4: 1, 6: 1, 7: 1, 8: 1, 11: 1, 9: 1, 20: 1, 21: 1, 22: 1, 24: 0, 27: 0 });
    expect(report.total).toMatchObject({ 1: 2, 4: 2, 8: 2, 21: 1, 24: 1, 27: 1 });
    expect(report.checks.filter(({ holds }: Json) => !holds)).toEqual([]);
    expect(rowOf(await reportOf('03-KQGQ'), baDinh)).toMatchObject({ 1: 1, 2: 0, 3: 1, 4: 1, 6: 0 });

    await verify(leader, denunciation, { assignedOn: '2026-05-20', reportedOn: '2026-06-12' });
    await must(
      201,
      leader.post(`/petitions/${denunciation.id}/conclusions`, {
        concludedOn: '2026-06-16',
        documentNumber: '12/KL-UBND',
        result: 'partly_right',
        content: 'Tố cáo đúng một phần.',
        obligations: [
          {
            type: 'recover_for_state',
            description: 'Thu hồi',
            responsible: 'UBND phường',
            dueOn: '2026-08-20',
            money: 12_500_000,
            land: 24.5,
          },
          { type: 'sanction', description: 'Xử lý kỷ luật', responsible: 'UBND phường', dueOn: '2026-08-20', persons: 2, officials: 2 },
        ],
      }),
    );
    // In the second quarter it was accepted and not ended; in the third it is carried over, resolved in time, and to be carried out.
    expect(rowOf(await reportOf('03-KQGQ'), baDinh)).toMatchObject({ 1: 1, 3: 1, 6: 0, 28: 0 });
    const third = { period: '2026-Q3' };
    expect(rowOf(await reportOf('03-KQGQ', third), baDinh)).toMatchObject({
      ...{ 1: 1, 2: 1, 3: 0, 4: 1, 5: 0, 6: 1, 7: 1, 8: 0, 11: 12.5, 12: 24.5, 19: 2, 20: 2, 24: 0, 26: 0, 28: 1, 29: 0, 30: 1, 31: 0 },
    });
    const [money] = (await must(200, leader.get(`/petitions/${denunciation.id}/obligations`))).items.filter(
      ({ type }: Json) => type === 'recover_for_state',
    );
    await must(
      201,
      leader.post(`/petitions/${denunciation.id}/obligations/${money.id}/performances`, { performedOn: '2026-09-01', money: 5_000_000 }),
    );
    expect(rowOf(await reportOf('04-KQGQ', third), baDinh)).toMatchObject({ 1: 1, 2: 0, 3: 12.5, 4: 24.5, 5: 5, 6: 0, 20: 0 });
    expect(rowOf(await reportOf('04-KQGQ', { period: '2026-Q4' }), baDinh)).toMatchObject({ 1: 1, 2: 0, 3: 7.5, 4: 24.5, 5: 0 });
  });

  it('tells a list of a secret matter nothing but its number, and an analyst figures alone', async () => {
    const complaint = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    await must(200, leader.post(`/petitions/${complaint.id}/acceptance`, { acceptedOn: '2026-05-18' }));
    const [secret] = (await cellOf('03-XLD', 1, { ...reached, unitId: baDinh, includeSubordinates: false })).items;
    expect(secret).toMatchObject({ amount: 1, subject: { type: 'petition', masked: true, summary: null } });
    const cell = await cellOf('02-XLD', 21, { ...reached, unitId: baDinh, includeSubordinates: false });
    expect(cell).toMatchObject({ figure: 1, count: 1, column: { number: 21, unit: { code: 'cases' } }, nextCursor: null });
    expect(cell.items[0]).toMatchObject({
      unit: { id: baDinh },
      day: '2026-05-18',
      subject: { number: complaint.number, masked: false, summary: complaint.summary, href: `/api/v1/petitions/${complaint.id}` },
    });
    expect(cell.items[0].because.map(({ vi }: Json) => vi)).toEqual([
      'Tình trạng xử lý cuối kỳ: Đã xử lý',
      'Đủ điều kiện xử lý: có',
      'Loại đơn: Khiếu nại',
      'Thuộc thẩm quyền: có',
      'Lần giải quyết: Lần đầu',
    ]);
    const forAnalyst = await cellOf('02-XLD', 21, { ...reached, unitId: baDinh, includeSubordinates: false }, analyst);
    expect(forAnalyst.items[0].subject).toMatchObject({ number: complaint.number, summary: null });
  });

  it('keeps what was handed back, split, withdrawn or entered late in balance', async () => {
    const toBaDinh = { toUnitId: baDinh, reason: 'Chuyển theo thẩm quyền' };
    // Handed back before and after receipt, across the end of a quarter.
    for (const receivedOn of [null, '2026-06-10']) {
      const petition = await file(cityClerk, aReflectionOn(baDinh, { receivedOn: '2026-06-01' }));
      const sent = await must(201, cityClerk.post(`/petitions/${petition.id}/transfers`, { ...toBaDinh, sentOn: '2026-06-05' }));
      if (receivedOn) await must(200, clerk.post(`/transfers/${sent.id}/receipt`, { receivedOn }));
      await must(200, clerk.post(`/transfers/${sent.id}/return`, { returnedOn: '2026-06-16', reason: 'Không thuộc địa bàn' }));
    }
    // A petition with a complaint and a denunciation in it: one is accepted, one transferred, days apart.
    const mixed = await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2026-05-20' }));
    const { parts } = await must(
      200,
      clerk.put(
        `/petitions/${mixed.id}/parts`,
        {
          splitOn: '2026-05-21',
          parts: [
            { kind: 'complaint', summary: 'Khiếu nại quyết định thu hồi đất', fieldCode: 'land_housing' },
            {
              kind: 'denunciation',
              summary: 'Tố cáo cán bộ nhận tiền',
              respondent: { type: 'official', unitId: baDinh, position: 'official' },
              fieldCode: 'corruption',
            },
          ],
        },
        { 'if-match': '*' },
      ),
    );
    const processed = async () => {
      const { figures } = (await reportOf('01-XLD', { ...reached, unitId: baDinh, includeSubordinates: false })).rows[0];
      return { petitions: figures[4], eligible: figures[6] };
    };
    const before = await processed();
    await must(200, leader.post(`/petitions/${parts[0].id}/acceptance`, { acceptedOn: '2026-05-25' }));
    expect(await processed()).toEqual(before);
    await must(200, leader.post(`/petitions/${parts[1].id}/acceptance`, { acceptedOn: '2026-05-27' }));
    expect(await processed()).toEqual({ petitions: before.petitions + 1, eligible: before.eligible + 1 });
    // Withdrawn at triage: processed, but nothing to resolve.
    const withdrawn = await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2026-05-22' }));
    await must(200, clerk.post(`/petitions/${withdrawn.id}/withdrawal`, { withdrawnOn: '2026-05-23', reason: 'Đã được giải thích' }));
    expect(await processed()).toEqual({ petitions: before.petitions + 2, eligible: before.eligible + 1 });
    // Entered today, received in the first quarter: that quarter has it, and the second carries it over.
    const carried = async () => (await reportOf('02-XLD', { ...reached, unitId: baDinh, includeSubordinates: false })).total[2];
    const carriedBefore = await carried();
    await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2026-03-02', writtenOn: '2026-03-01' }));
    expect(await carried()).toBe(carriedBefore + 1);
  });

  it('carries over and receives exactly what is processed and not yet, for every unit and period', async () => {
    const periods = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4', '2026-M6', '2026-M9', '2026-Y', '2026-NA'];
    const balances = { '01-XLD': [], '02-XLD': [], '03-XLD': [], '04-XLD': [] };
    let rows = 0;
    for (const code of Object.keys(balances)) {
      const open = new Map<string, Record<string, number>>();
      for (const period of periods) {
        const report = await reportOf(code, { period });
        for (const { unit, figures } of [...report.rows, { unit: { id: 'total' }, figures: report.total }]) {
          rows++;
          const received = figures[2] + figures[3];
          expect([code, period, unit.name, figures[1]]).toEqual([code, period, unit.name, received]);
          if (code === '01-XLD') expect([period, unit.name, figures[4] + figures[5]]).toEqual([period, unit.name, figures[1]]);
          const notYet = figures[1] - figures[4];
          // What is not yet processed at the end of a quarter is carried over into the next one.
          const before = open.get(unit.id);
          const quarter = /Q(\d)$/.exec(period)?.[1];
          if (quarter && Number(quarter) > 1)
            expect([code, period, unit.name, figures[2]]).toEqual([code, period, unit.name, before?.['notYet']]);
          if (quarter) open.set(unit.id, { notYet });
        }
      }
    }
    expect(rows).toBeGreaterThan(200);
  });
});

describe('every figure opens', () => {
  it('lists exactly what each figure counts, in every form, column and row', async () => {
    const office = await anOffice(clerk);
    const visit = { officeId: office.id, kind: 'complaint', matter: 'Đất đai', receiverName: 'Lê Thu Hằng' };
    const visitors = [{ name: 'Trần Văn Bình' }, { name: 'Lê Thị Hoa' }];
    await must(201, clerk.post('/reception-visits', { ...visit, visitors }));
    const year = { period: '2026-Y' };
    let opened = 0;
    for (const [code, version] of await everyForm()) {
      const report = await reportOf(code, { ...year, version });
      const rows: [unitId: string, whole: boolean, figures: Record<string, number>][] = [
        [city, true, report.total],
        ...report.rows
          .filter(({ unit }: Json) => [city, baDinh].includes(unit.id))
          .map(({ unit, figures }: Json) => [unit.id, false, figures]),
      ];
      for (const [unit, includeSubordinates, figures] of rows)
        for (const [column, figure] of Object.entries(figures)) {
          const cell = await cellOf(code, column, { ...year, version, unitId: unit, includeSubordinates });
          const sum = cell.items.reduce((total: number, { amount }: Json) => total + amount, 0);
          const found = { code, column, figure: cell.figure, listed: cell.items.length, sum: Number(sum.toFixed(6)) };
          expect(found).toEqual({ code, column, figure, listed: cell.count, sum: figure });
          if (cell.count > 0) opened++;
        }
    }
    expect(opened).toBeGreaterThan(150);
  });

  it('pages through a long list without losing or repeating anything', async () => {
    const whole = await cellOf('01-XLD', 1, { period: '2026-Y' });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Json = await cellOf('01-XLD', 1, { period: '2026-Y', limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ subject, unit, day }: Json) => `${subject.id} ${unit.id} ${day}`));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(whole.count);
    expect(seen).toEqual(whole.items.map(({ subject, unit, day }: Json) => `${subject.id} ${unit.id} ${day}`));
  });
});

describe('a pivot', () => {
  const pivotOf = async (query: string, by = inspector): Promise<Json> => must(200, by.get(`/reports/pivot?period=2026-Y&${query}`));

  it('divides what the forms count, and adds up to it', async () => {
    const { total } = await reportOf('01-XLD', { period: '2026-Y' });
    const byKind = await pivotOf('of=petitions&measures=petitions,daysToProcess,daysToProcessMedian,overLevelShare&by=kind,progress');
    expect(byKind.dimensions.map(({ code }: Json) => code)).toEqual(['kind', 'progress']);
    expect(byKind.measures.map(({ code, unit }: Json) => [code, unit])).toEqual([
      ['petitions', 'petitions'],
      ['daysToProcess', 'days'],
      ['daysToProcessMedian', 'days'],
      ['overLevelShare', 'per_cent'],
    ]);
    const sum = (lines: Json[]) => lines.reduce((all: number, { values }: Json) => all + values[0], 0);
    expect(sum(byKind.lines)).toBe(total[1]);
    const processed = byKind.lines.filter(({ keys }: Json) => keys[1].code === 'processed');
    expect(sum(processed)).toBe(total[4]);
    for (const { keys, values } of byKind.lines) {
      expect(keys[0].label.vi).toMatch(/^(Khiếu nại|Tố cáo|Kiến nghị|Phản ánh)$/);
      expect([keys[1].code, values[1] === null]).toEqual([keys[1].code, keys[1].code === 'open']);
      expect(values[3]).toBeGreaterThanOrEqual(0);
    }
    // By unit it is the rows of the form, by level its subtotals, by nothing the total.
    const report = await reportOf('01-XLD', { period: '2026-Y' });
    for (const { keys, values } of (await pivotOf('of=petitions&measures=petitions&by=unit')).lines)
      expect([keys[0].label.vi, values[0]]).toEqual([keys[0].label.vi, rowOf(report, keys[0].code)[1]]);
    const levels = (await pivotOf('of=petitions&measures=petitions&by=level')).lines.map(({ keys, values }: Json) => [
      keys[0].code,
      values[0],
    ]);
    expect(Object.fromEntries(levels)).toMatchObject(
      Object.fromEntries(
        report.subtotals.filter(({ figures }: Json) => figures[1] > 0).map(({ level, figures }: Json) => [level, figures[1]]),
      ),
    );
    expect((await pivotOf('of=petitions&measures=petitions')).lines).toEqual([{ keys: [], values: [total[1]], rank: null }]);
    const months = await pivotOf('of=petitions&measures=petitions&by=month,year&where=kind:complaint,kind:denunciation,movement:received');
    expect(months.lines.every(({ keys }: Json) => keys[0].code.startsWith(keys[1].code))).toBe(true);
  });

  it('names what it does not know, and shows nobody what is out of sight', async () => {
    const refused: [string, string][] = [
      ['of=papers&measures=petitions', '?of'],
      ['of=petitions', '?measures'],
      ['of=petitions&measures=money', '?measures'],
      ['of=petitions&measures=petitions&by=colour', '?by'],
      ['of=petitions&measures=petitions&by=kind,kind', '?by'],
      ['of=petitions&measures=petitions&by=kind,month,unit,level', '?by'],
      ['of=petitions&measures=petitions&where=colour:red', '?where'],
      ['of=petitions&measures=petitions&where=kind:rumour', '?where'],
    ];
    for (const [query, pointer] of refused) {
      const { status, body } = await inspector.get(`/reports/pivot?period=2026-Y&${query}`);
      expect([query, status, body.errors?.[0].pointer]).toEqual([query, 422, pointer]);
    }
    const own = await pivotOf('of=petitions&measures=petitions&by=unit', clerk);
    expect(own.lines.map(({ keys }: Json) => keys[0].code)).toEqual([baDinh]);
    expect((await clerk.get(`/reports/pivot?period=2026-Y&of=petitions&measures=petitions&unitId=${city}`)).status).toBe(404);
    expect((await pivotOf('of=settlements&measures=cases,daysToSettle,inTimeShare&by=by')).lines.length).toBeGreaterThan(0);
    expect((await pivotOf('of=visits&measures=visits,personsPerVisit,repeatShare')).measures).toHaveLength(3);
  });
});

describe('flows and durations', () => {
  it('say who transfers to whom, what came of it, and how long it took', async () => {
    const { items } = await must(200, inspector.get('/reports/flows?period=2026-Q2'));
    const transfers = await server.sql<{ sent: number; returned: number; replied: number }>(
      `select count(*)::int as sent, count(*) filter (where state = 'returned')::int as returned, count(*) filter (where replied_on is not null)::int as replied
       from transfer where from_unit_id = $1 and to_unit_id = $2 and sent_on between '2026-03-15' and '2026-06-14'`,
      [city, baDinh],
    );
    const flow = items.find(({ from, to }: Json) => from.id === city && to.id === baDinh);
    expect(flow).toMatchObject({ ...transfers[0], sent: 3, returned: 2, replied: 1, received: 1, pending: 0, daysToReply: 5 });
    expect((await must(200, clerk.get('/reports/flows?period=2026-Q2'))).items).toEqual(
      items.filter(({ from, to }: Json) => [from.id, to.id].includes(baDinh)),
    );
    expect((await clerk.get(`/reports/flows?period=2026-Q2&unitId=${city}`)).status).toBe(404);
  });

  it('are in classes that add up to what the forms count as processed', async () => {
    const { items } = await must(200, inspector.get('/reports/durations?of=processing&period=2026-Y'));
    const [all, ...kinds] = items;
    const processed = (
      await must(200, inspector.get('/reports/pivot?of=matters&measures=petitions&where=progress:processed&period=2026-Y'))
    ).lines[0].values[0];
    const sum = (of: Json[]) => of.reduce((total: number, { count }: Json) => total + count, 0);
    expect([all.kind, all.count, sum(all.bins), sum(kinds)]).toEqual([null, processed, processed, processed]);
    expect(all.median).toBeLessThanOrEqual(all.ninety);
    const { items: resolved } = await must(200, inspector.get('/reports/durations?of=resolution&period=2026-Q3'));
    expect(resolved[0]).toMatchObject({ count: 1, median: 29, ninety: 29 });
    expect((await inspector.get('/reports/durations?of=waiting&period=2026-Y')).status).toBe(422);
  });
});

it('shows figures that are far from those of a year before, with the lists behind both, and changes nothing', async () => {
  for (let count = 0; count < 11; count++)
    await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2025-10-06', writtenOn: '2025-10-05' }));
  const { items, before, rule } = await must(200, inspector.get(`/reports/forms/01-XLD/plausibility?period=2026-Q4&version=${version}`));
  expect([before.code, rule.vi]).toEqual([
    '2025-Q4',
    'Gấp từ 2 lần hoặc còn từ 1/2 trở xuống so với cùng kỳ năm trước, và chênh lệch từ 10.',
  ]);
  const own = items.find(({ unit, column }: Json) => unit?.id === baDinh && column === 3);
  expect(own).toMatchObject({ now: 0, before: 11 });
  const listed = async (list: string) => (await must(200, inspector.get(list.replace('/api/v1', '')))).figure;
  expect([await listed(own.list), await listed(own.listBefore)]).toEqual([0, 11]);
  expect(items.some(({ unit, column }: Json) => unit === null && column === 3)).toBe(true);
  expect((await inspector.get('/reports/forms/02-XLD/plausibility?from=2026-01-01&to=2026-02-01')).status).toBe(422);
});

it('counts what happened before the stays were kept the same', async () => {
  const forms = (await everyForm()).filter(([, version]) => version !== '09/2030/TT-TTCP');
  const figures = async () => {
    const all: Json[] = [];
    for (const [code, version] of forms)
      for (const period of ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Y']) all.push((await reportOf(code, { period, version })).rows);
    return all;
  };
  const before = await figures();
  expect(server.command('boot/database/migrate.js', '--down=PetitionStays1764000000027').status).toBe(0);
  expect(server.command('boot/database/migrate.js').status).toBe(0);
  // What went so far back is another epoch: tokens of before hold no longer, once the server has noticed.
  await until(async () => {
    inspector = await Client.signIn(server.url, 'city.inspector');
    await pause(1_500);
    return (await inspector.get('/auth/me')).status === 200;
  });
  expect(await figures()).toEqual(before);
});
