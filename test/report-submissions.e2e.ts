import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import mammoth from 'mammoth';
import type { Client, Json } from './support/client.js';
import { must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let inspector: Client;
let baDinh: string;
let city: string;

const period = '2026-Q2';
const signing = { signerTitle: 'Chủ tịch', signerName: 'Nguyễn Thị Lan', submittedOn: '2026-06-15' };

beforeAll(async () => {
  server = await startServer();
  [clerk, leader, inspector] = (await Promise.all(
    ['commune.clerk', 'commune.leader', 'city.inspector'].map((name) => server.as(name)),
  )) as [Client, Client, Client];
  [baDinh, city] = await Promise.all([unitId(clerk, '00004'), unitId(clerk, '01')]);
  for (const receivedOn of ['2026-04-02', '2026-05-06', '2026-06-10'])
    await file(clerk, aComplaintAbout(baDinh, { receivedOn, writtenOn: '2026-04-01' }));
});
afterAll(() => server.stop());

const submissions = '/reports/submissions';
const draft = (by: Client, more: object = {}): Promise<Json> => must(201, by.post(submissions, { period, ...more }));
const submit = (by: Client, id: string, more: object = {}) => by.post(`${submissions}/${id}/submission`, { ...signing, ...more });
const figuresOf = async (by: Client, id: string, form = '02-XLD'): Promise<Json> =>
  (await must(200, by.get(`${submissions}/${id}/figures`))).forms.find(({ code }: Json) => code === form);
const statusOf = async (unit: string): Promise<Json> =>
  (await must(200, inspector.get(`${submissions}/status?period=${period}`))).items.find((item: Json) => item.unit.id === unit);

describe("a commune's report", () => {
  let report: Json;

  it('is drafted once, signed after its period, and frozen with the figures of one moment', async () => {
    expect(await statusOf(baDinh)).toMatchObject({ state: null, dueOn: '2026-06-17', late: true, reportId: null });
    const drafts = await Promise.all(
      Array.from({ length: 6 }, () => clerk.post(submissions, { period, narrative: { situation: 'Ổn định.' } })),
    );
    expect(drafts.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    report = drafts.find(({ status }) => status === 201)!.body;
    expect(report).toMatchObject({
      state: 'draft',
      revision: 1,
      dueOn: '2026-06-17',
      period: { code: period, to: '2026-06-14' },
      digest: null,
    });
    expect((await clerk.post(submissions, { period })).body).toMatchObject({ reportId: report.id });

    expect((await submit(clerk, report.id)).status).toBe(403);
    expect((await clerk.get(`${submissions}/${report.id}/figures`)).status).toBe(409);
    const early = await leader.post(submissions, { period: '2027-Q1' });
    expect((await submit(leader, early.body.id, { submittedOn: null })).body.errors).toMatchObject([{ code: 'period_not_over' }]);
    expect((await submit(leader, report.id, { submittedOn: '2026-06-14' })).status).toBe(422);
    await must(200, clerk.put(`${submissions}/${report.id}/narrative`, { proposals: 'Đề nghị tập huấn.' }, { 'if-match': '"1"' }));
    expect((await clerk.put(`${submissions}/${report.id}/narrative`, { proposals: 'x' }, { 'if-match': '"1"' })).status).toBe(412);

    const signed = await Promise.all(Array.from({ length: 4 }, () => submit(leader, report.id)));
    expect(signed.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    report = signed.find(({ status }) => status === 200)!.body;
    expect(report).toMatchObject({
      state: 'submitted',
      circular: '06/2025/TT-TTCP',
      signerName: 'Nguyễn Thị Lan',
      submittedOn: '2026-06-15',
      narrative: { situation: 'Ổn định.', proposals: 'Đề nghị tập huấn.' },
    });
    expect(report.digest).toMatch(/^[0-9a-f]{64}$/);
    const form = await figuresOf(leader, report.id);
    expect(form.rows.find(({ unitId: id }: Json) => id === baDinh)).toMatchObject({ figures: { 1: 3, 2: 0, 3: 0 }, from: null });
    const live = await must(200, leader.get(`/reports/forms/02-XLD/figures?period=${period}`));
    expect(form.total).toEqual(live.total);
    expect(await statusOf(baDinh)).toMatchObject({ state: 'submitted', late: false, submittedOn: '2026-06-15' });
  });

  it('proves by its digest that nothing was changed, and the database changes nothing', async () => {
    const { report: signed, intact, set, forms } = await must(200, leader.get(`${submissions}/${report.id}/figures`));
    expect([intact, set.provisional, forms.length]).toEqual([true, null, 6]);
    // As docs/reports.md describes it: canonical JSON of what was signed.
    const [{ frozen } = { frozen: {} }] = await server.sql<{ frozen: object }>('select frozen from statutory_report where id = $1', [
      report.id,
    ]);
    const canonical = (value: Json): string =>
      Array.isArray(value)
        ? `[${value.map(canonical).join(',')}]`
        : value && typeof value === 'object'
          ? `{${Object.keys(value)
              .sort()
              .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
              .join(',')}}`
          : JSON.stringify(value);
    const { signerTitle, signerName, submittedOn, narrative, asOf, revision } = signed;
    const text = canonical({ unitId: baDinh, period, revision, asOf, signerTitle, signerName, submittedOn, narrative, frozen });
    expect(createHash('sha256').update(text).digest('hex')).toBe(signed.digest);
    for (const change of [
      `update statutory_report set frozen = jsonb_set(frozen, '{forms,1,total,1}', '4') where id = $1`,
      `update statutory_report set signer_name = 'Ai đó' where id = $1`,
      `update statutory_report set state = 'draft', frozen = null, digest = null, as_of = null, circular = null, submitted_on = null where id = $1`,
      'delete from statutory_report where id = $1',
    ])
      await expect(server.sql(change, [report.id])).rejects.toThrow('a submitted report is frozen');
    await server.sql('alter table statutory_report disable trigger statutory_report_stays_frozen');
    await server.sql(`update statutory_report set frozen = jsonb_set(frozen, '{forms,1,total,1}', '4') where id = $1`, [report.id]);
    expect((await must(200, leader.get(`${submissions}/${report.id}/figures`))).intact).toBe(false);
    await server.sql(`update statutory_report set frozen = $2 where id = $1`, [report.id, JSON.stringify(frozen)]);
    await server.sql('alter table statutory_report enable trigger statutory_report_stays_frozen');
  });

  it('is handed back by the superior, corrected as a new revision, and accepted', async () => {
    expect((await leader.post(`${submissions}/${report.id}/acceptance`)).body.type).toContain('not-responsible');
    expect((await (await server.as('hoankiem.leader')).get(`${submissions}/${report.id}`)).status).toBe(404);
    expect((await inspector.post(`${submissions}/${report.id}/return`, { reason: 'x', decidedOn: '2026-06-14' })).status).toBe(422);
    const returned = await must(
      200,
      inspector.post(`${submissions}/${report.id}/return`, { reason: 'Thiếu đơn nhận ngày 12/6', decidedOn: '2026-06-16' }),
    );
    expect(returned).toMatchObject({ state: 'returned', returnReason: 'Thiếu đơn nhận ngày 12/6', decidedOn: '2026-06-16' });
    expect((await inspector.post(`${submissions}/${report.id}/acceptance`)).status).toBe(409);

    // Entered late: what was signed shows the difference, and stays.
    await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2026-06-12', writtenOn: '2026-06-11' }));
    const { items, intact } = await must(200, leader.get(`${submissions}/${report.id}/differences`));
    expect(intact).toBe(true);
    const row = items.find((item: Json) => item.form === '02-XLD' && item.column === 1 && item.unitId === baDinh);
    expect(row).toMatchObject({ frozen: 3, now: 4 });
    expect((await must(200, leader.get(row.list.replace('/api/v1', '')))).figure).toBe(4);
    expect(items.every(({ frozen, now }: Json) => frozen !== now)).toBe(true);
    expect((await figuresOf(leader, report.id)).total[1]).toBe(3);

    const [revision] = await Promise.all([
      must(201, clerk.post(`${submissions}/${report.id}/revisions`, { reason: 'Bổ sung đơn nhập muộn' })),
    ]);
    expect(revision).toMatchObject({
      state: 'draft',
      revision: 2,
      supersedesId: report.id,
      revisionReason: 'Bổ sung đơn nhập muộn',
      narrative: report.narrative,
    });
    expect((await clerk.post(`${submissions}/${report.id}/revisions`, { reason: 'x' })).status).toBe(409);
    await must(200, submit(leader, revision.id, { submittedOn: '2026-06-18' }));
    expect((await figuresOf(leader, revision.id)).total[1]).toBe(4);
    expect((await must(200, leader.get(`${submissions}/${revision.id}/differences`))).items).toEqual([]);
    expect(await must(200, inspector.post(`${submissions}/${revision.id}/acceptance`, { decidedOn: '2026-06-18' }))).toMatchObject({
      state: 'accepted',
    });
    expect((await must(200, leader.get(`${submissions}/${report.id}`))).supersededById).toBe(revision.id);
    expect(await statusOf(baDinh)).toMatchObject({ state: 'accepted', reportId: revision.id, late: true });
    report = revision;
  });

  it('becomes a paper with its words and the figures that were signed', async () => {
    const document = await must(201, clerk.post(`${submissions}/${report.id}/document`));
    expect(document).toMatchObject({ paper: 'statutory_report' });
    const { value } = await mammoth.extractRawText({ buffer: await clerk.download(`/documents/${document.id}/file`) });
    for (const words of [
      'Quý II năm 2026',
      'I. TÌNH HÌNH KHIẾU NẠI, TỐ CÁO',
      '1. Tình hình khiếu nại, tố cáo\n\nỔn định.',
      '2. Tiếp nhận, phân loại và xử lý đơn (Biểu 02/XLD)',
      '- Tổng số đơn: 4 (cùng kỳ năm trước: 0).',
      'V. PHƯƠNG HƯỚNG, NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU TRONG KỲ TIẾP THEO',
      'VI. KIẾN NGHỊ, ĐỀ XUẤT\n\nĐề nghị tập huấn.',
    ])
      expect(value).toContain(words);
    expect((await clerk.post(`${submissions}/${report.id}/document`)).status).toBe(409);
    expect((await clerk.get(`${submissions}/${report.id}`)).body.narrativeDocumentId).toBe(document.id);
  });

  it('of a quarter that has forms alone needs no words', async () => {
    const quiet = await must(201, leader.post(submissions, { period: '2026-Q3' }));
    await must(200, submit(leader, quiet.id, { submittedOn: '2026-09-15' }));
    const { status, body } = await leader.post(`${submissions}/${quiet.id}/document`);
    expect([status, body.detail]).toEqual([409, expect.stringContaining('chỉ gồm các biểu số liệu')]);
    const first = await must(201, leader.post(submissions, { period: '2026-M9' }));
    await must(200, submit(leader, first.id, { submittedOn: '2026-09-15' }));
    expect((await leader.post(`${submissions}/${first.id}/document`)).body.errors).toMatchObject([
      { pointer: '/narrative', code: 'required' },
    ]);
  });

  it('goes into the report above as it was signed, whatever is entered later', async () => {
    await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2026-06-13', writtenOn: '2026-06-11' }));
    const above = await draft(inspector);
    expect(above).toMatchObject({ unit: { id: city }, dueOn: '2026-06-20' });
    const signed = await must(200, submit(inspector, above.id, { signerTitle: 'Chánh Thanh tra', submittedOn: '2026-06-20' }));
    const form = await figuresOf(inspector, above.id);
    const row = form.rows.find(({ unitId: id }: Json) => id === baDinh);
    expect(row).toMatchObject({ figures: { 1: 4 }, from: { reportId: report.id, revision: 2 } });
    const live = await must(200, inspector.get(`/reports/forms/02-XLD/figures?period=${period}`));
    expect([form.total[1], live.total[1]]).toEqual([live.total[1] - 1, form.total[1] + 1]);
    expect(form.rows.filter(({ from }: Json) => from === null).length).toBeGreaterThan(0);
    expect((await must(200, leader.get(`${submissions}/${report.id}`))).consolidatedIntoId).toBe(signed.id);
    // What the commune signed counts, so nothing differs above until it corrects its own.
    expect((await must(200, inspector.get(`${submissions}/${above.id}/differences`))).items).toEqual([]);
    expect((await must(200, leader.get(`${submissions}/${report.id}/differences`))).items.length).toBeGreaterThan(0);
  });
});

describe('who has not reported', () => {
  it('is counted, urged by a letter that the unit reads, and not urged once it has handed in', async () => {
    const { counts, items } = await must(200, inspector.get(`${submissions}/status?period=2026-Q1`));
    expect(counts.none).toBe(items.length);
    expect(counts.units).toBeGreaterThan(6);
    const hoanKiem = await unitId(inspector, '00070');
    const hoanKiemLeader = await server.as('hoankiem.leader');
    const mine = await must(201, hoanKiemLeader.post(submissions, { period: '2026-Q1' }));
    await must(200, submit(hoanKiemLeader, mine.id, { submittedOn: '2026-03-15' }));
    const letter = { period: '2026-Q1', signerTitle: 'Chánh Thanh tra', signerName: 'Phạm Quốc Huy' };
    expect((await inspector.post(`${submissions}/urgings`, { ...letter, unitIds: [hoanKiem] })).body.errors).toMatchObject([
      { pointer: '/unitIds/0' },
    ]);
    expect((await inspector.post(`${submissions}/urgings`, { ...letter, period: '2029-Q1', unitIds: [] })).status).toBe(422);
    const after = await must(200, inspector.post(`${submissions}/urgings`, { ...letter, unitIds: [baDinh] }));
    expect(after.items.find(({ unit }: Json) => unit.id === baDinh).urged).toMatchObject({ count: 1 });
    const { documentId } = (await must(200, clerk.get(`${submissions}/status?period=2026-Q1`))).items[0].urged;
    const { value } = await mammoth.extractRawText({ buffer: await clerk.download(`/documents/${documentId}/file`) });
    for (const words of ['Quý I năm 2026', 'UBND Phường Ba Đình', '17/03/2026']) expect(value).toContain(words);
    const all = await must(200, inspector.post(`${submissions}/urgings`, { ...letter, unitIds: [] }));
    expect(all.items.filter(({ urged }: Json) => urged).length).toBe(all.items.length - 2);
  });

  it('follows from deadlines that are data, and say where they are from', async () => {
    const admin = await server.as('city.admin');
    const { items } = await must(200, clerk.get('/reports/deadlines'));
    expect(items).toHaveLength(8);
    expect(items.find((item: Json) => item.reporter === 'commune' && item.period === 'regular')).toMatchObject({
      daysAfter: 1,
      verified: false,
      daysByLaw: 3,
      version: 1,
    });
    // Circular 06/2025/TT-TTCP art. 7: the 17th and the 20th, where nobody has set an earlier day.
    const dueOnOf = async (period: string) => {
      const { items: units } = await must(200, inspector.get(`${submissions}/status?period=${period}`));
      return [baDinh, city].map((id) => units.find(({ unit }: Json) => unit.id === id).dueOn);
    };
    expect(await dueOnOf('2026-Q3')).toEqual(['2026-09-17', '2026-09-20']);
    expect(await dueOnOf('2025-Q3')).toEqual(['2025-09-15', '2025-09-20']);
    expect(
      (await admin.put('/reports/deadlines/commune/regular', { daysAfter: 4, source: 'x', verified: true }, { 'if-match': '"1"' })).body
        .errors,
    ).toMatchObject([{ pointer: '/daysAfter', code: 'later_than_law' }]);
    const order = { daysAfter: 2, source: 'Công văn số 120/TTTP', verified: true };
    expect((await admin.put('/reports/deadlines/commune/regular', order)).status).toBe(428);
    expect((await inspector.put('/reports/deadlines/commune/regular', order, { 'if-match': '"1"' })).status).toBe(403);
    expect((await admin.put('/reports/deadlines/commune/monthly', order, { 'if-match': '"1"' })).status).toBe(404);
    await must(200, admin.put('/reports/deadlines/commune/regular', order, { 'if-match': '"1"' }));
    expect(await dueOnOf('2026-Q4')).toEqual(['2026-12-16', '2026-12-20']);
  });
});

describe('opening figures', () => {
  const declared = {
    formCode: '02-XLD',
    from: '2025-12-15',
    to: '2026-02-28',
    note: 'Theo sổ giấy',
    figures: { 1: 12, 2: 10 },
  };
  const rowOfYear = async (code: string): Promise<Json> =>
    (await must(200, leader.get(`/reports/forms/02-XLD/figures?period=${code}`))).rows.find(({ unit }: Json) => unit.id === baDinh);

  it('count in periods that have their stretch in them, keep the checks, and are told apart', async () => {
    const path = `/reports/opening-figures/${baDinh}`;
    expect((await clerk.put(path, { ...declared, figures: { 1: 12, 2: 13 } })).body.errors).toMatchObject([{ code: 'check_failed' }]);
    expect((await clerk.put(path, { ...declared, figures: { 99: 1 } })).body.errors).toMatchObject([{ pointer: '/figures/99' }]);
    expect((await clerk.put(path, { ...declared, figures: { 1: -1 } })).status).toBe(422);
    expect((await inspector.put(path, declared)).status).toBe(403);
    const figures = { ...declared.figures, 3: 9, 4: 9, 5: 9, 6: 9, 7: 9, 9: 9 };
    const first = await must(200, clerk.put(path, { ...declared, figures }));
    expect(first).toMatchObject({ formCode: '02-XLD', version: 1, figures: { 1: 12, 25: 0 } });
    expect((await clerk.put(path, { ...declared, from: '2026-01-01' })).status).toBe(409);
    expect((await clerk.put(path, { ...declared, figures }, { 'if-match': '"9"' })).status).toBe(412);
    expect((await must(200, clerk.put(path, { ...declared, figures, note: 'Đính chính' }, { 'if-match': '"1"' }))).version).toBe(2);

    // The quarter has the whole stretch in it, and so has the year; the half that begins in it has not.
    expect(await rowOfYear('2026-Q1')).toMatchObject({ figures: { 1: 12, 2: 10, 3: 9, 4: 9 }, opening: { 1: 12 }, openingLeftOut: false });
    expect((await rowOfYear('2026-Y')).opening).toMatchObject({ 1: 12 });
    expect(await rowOfYear('2026-Q2')).toMatchObject({ opening: null, openingLeftOut: false });
    const part = await must(200, leader.get('/reports/forms/02-XLD/figures?from=2026-02-01&to=2026-03-30'));
    expect(part.rows.find(({ unit }: Json) => unit.id === baDinh)).toMatchObject({
      figures: { 1: 0 },
      opening: null,
      openingLeftOut: true,
    });
    const cell = await must(200, leader.get('/reports/forms/02-XLD/cells/2?period=2026-Q1'));
    expect(cell).toMatchObject({ figure: 10, declared: 10, count: 0, items: [] });
    expect((await must(200, inspector.get(path))).items).toHaveLength(1);
    expect((await (await server.as('hoankiem.clerk')).get(path)).status).toBe(404);
  });
});
