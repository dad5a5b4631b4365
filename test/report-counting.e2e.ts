import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { anOffice, aPeriodicSession, daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, file, unitId } from './support/stories.js';

/* What somebody finds who counts a ledger by hand and compares it with the forms. */

let server: TestServer;
let cityClerk: Client;
let clerk: Client;
let leader: Client;
let hoanKiemClerk: Client;
let hoanKiemLeader: Client;
let inspector: Client;
let baDinh: string;
let hoanKiem: string;
let city: string;

beforeAll(async () => {
  server = await startServer();
  [cityClerk, clerk, leader, hoanKiemClerk, hoanKiemLeader, inspector] = (await Promise.all(
    ['city.clerk', 'commune.clerk', 'commune.leader', 'hoankiem.clerk', 'hoankiem.leader', 'city.inspector'].map((name) => server.as(name)),
  )) as [Client, Client, Client, Client, Client, Client];
  [baDinh, hoanKiem, city] = await Promise.all([unitId(cityClerk, '00004'), unitId(cityClerk, '00070'), unitId(cityClerk, '01')]);
});
afterAll(() => server.stop());

const of2024 = '01/2024/TT-TTCP';
const of2025 = '06/2025/TT-TTCP';
const reportOf = async (code: string, version: string, period = '2026-Q2'): Promise<Json> =>
  must(200, inspector.get(`/reports/forms/${code}/figures?period=${period}&version=${version}`));
const rowOf = async (unit: string, code: string, version: string, period = '2026-Q2'): Promise<Json> =>
  (await reportOf(code, version, period)).rows.find((row: Json) => row.unit.id === unit).figures;
const sent = { toUnitId: '', reason: 'Chuyển theo thẩm quyền', sentOn: '2026-05-13' };

/** What 01/XLD counts, and what 02 to 04/XLD count together. */
const wholeAndKinds = async (unit: string): Promise<number[]> => {
  const [whole, ...kinds] = await Promise.all(['01-XLD', '02-XLD', '03-XLD', '04-XLD'].map((code) => rowOf(unit, code, of2024)));
  return [whole[1], kinds.reduce((sum: number, figures: Json) => sum + figures[1], 0)];
};

describe('a petition that was transferred, sent back and transferred again', () => {
  it('is one petition at the sender and one at the receiver, in every column and its list', async () => {
    const petition = await file(cityClerk, aReflectionOn(baDinh));
    for (const [sentOn, returnedOn] of [
      ['2026-05-12', '2026-05-14'],
      ['2026-05-15', null],
    ] as const) {
      const transfer = await must(201, cityClerk.post(`/petitions/${petition.id}/transfers`, { ...sent, toUnitId: baDinh, sentOn }));
      await must(200, clerk.post(`/transfers/${transfer.id}/receipt`, { receivedOn: sentOn }));
      if (returnedOn) await must(200, clerk.post(`/transfers/${transfer.id}/return`, { returnedOn, reason: 'Thiếu tài liệu kèm theo' }));
    }
    expect(await rowOf(city, '01-XLD', of2024)).toMatchObject({ 1: 1, 2: 0, 3: 1, 4: 1, 5: 0, 6: 1, 10: 1, 18: 1, 20: 1 });
    expect(await rowOf(city, '04-XLD', of2024)).toMatchObject({ 1: 1, 3: 1, 4: 1, 6: 1, 7: 1, 8: 1 });
    expect(await rowOf(baDinh, '01-XLD', of2024)).toMatchObject({ 1: 1, 3: 1, 4: 0, 5: 1 });
    expect(await rowOf(city, '02-XLD', of2025)).toMatchObject({ 1: 1, 2: 1, 3: 1, 23: 1, 25: 1 });
    const cell = await must(
      200,
      inspector.get(`/reports/forms/01-XLD/cells/3?period=2026-Q2&version=${of2024}&unitId=${city}&includeSubordinates=false`),
    );
    expect(cell.items.map(({ subject }: Json) => subject.number)).toEqual([petition.number]);
    // Back in the next quarter, it is there anew, as it was processed before.
    expect(await rowOf(city, '01-XLD', of2024, '2026-Q3')).toMatchObject({ 1: 0 });
  });
});

describe('a petition with several matters', () => {
  it('counts a part that was transferred at its receiver in every form, and the forms by kind are the whole', async () => {
    const mixed = await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2026-05-20' }));
    const respondent = { type: 'official', unitId: hoanKiem, position: 'official' };
    const { parts } = await must(
      200,
      clerk.put(
        `/petitions/${mixed.id}/parts`,
        {
          splitOn: '2026-05-21',
          parts: [
            { kind: 'complaint', summary: 'Khiếu nại quyết định thu hồi đất', fieldCode: 'land_housing' },
            { kind: 'denunciation', summary: 'Tố cáo cán bộ nhận tiền', respondent, fieldCode: 'corruption' },
          ],
        },
        { 'if-match': '*' },
      ),
    );
    const before = await wholeAndKinds(hoanKiem);
    const transfer = await must(
      201,
      clerk.post(`/petitions/${parts[1].id}/transfers`, { ...sent, toUnitId: hoanKiem, sentOn: '2026-05-22' }),
    );
    await must(200, hoanKiemClerk.post(`/transfers/${transfer.id}/receipt`, { receivedOn: '2026-05-25' }));
    expect(await wholeAndKinds(hoanKiem)).toEqual(before.map((figure) => figure + 1));
    // At the unit that split it, it is one petition with two matters; the check says so and holds.
    const [whole, kinds] = await wholeAndKinds(baDinh);
    expect(kinds! - whole!).toBe(1);
    const { checks, rows, total } = await reportOf('01-XLD', of2024);
    const sum = checks.find(({ formula }: Json) => formula.startsWith('1=02-XLD:1'));
    expect(sum).toMatchObject({ left: total[1], right: total[1], holds: true });
    expect(rows.flatMap(({ failed }: Json) => failed).filter(({ formula }: Json) => formula === sum.formula)).toEqual([]);
    const own = rows.find(({ unit }: Json) => unit.id === baDinh);
    expect(own.beside).toMatchObject({ parts: 2, wholes: 1 });
  });

  it('tells where the forms by kind are not the whole', async () => {
    const path = `/reports/opening-figures/${baDinh}`;
    const formCode = '02-XLD';
    const stretch = { from: '2025-07-01', to: '2025-09-14', note: 'Theo sổ giấy' };
    await must(200, clerk.put(path, { ...stretch, formCode, figures: { 1: 3, 3: 3 } }));
    const { rows } = await reportOf('01-XLD', of2024, '2025-Q3');
    const { failed } = rows.find(({ unit }: Json) => unit.id === baDinh);
    expect(failed).toEqual([{ formula: '1=02-XLD:1+03-XLD:1+04-XLD:1+wholes-parts', left: 0, right: 3, holds: false }]);
  });
});

describe('an answer that resolves nothing', () => {
  it('is not settled in 04/XLD', async () => {
    const before = await rowOf(baDinh, '04-XLD', of2024);
    for (const result of ['resolved', 'not_resolved']) {
      const reflection = await classify(clerk, await file(clerk, aReflectionOn(baDinh)));
      await must(201, leader.post(`/petitions/${reflection.id}/answers`, { answeredOn: '2026-05-20', result, content: 'Trả lời' }));
    }
    const after = await rowOf(baDinh, '04-XLD', of2024);
    expect([15, 19, 20].map((column) => after[column] - before[column])).toEqual([2, 1, 1]);
  });
});

describe('the forms of Circular 06/2025/TT-TTCP', () => {
  const quarter = '2026-Q3';
  const row = (code: string) => rowOf(hoanKiem, code, of2025, quarter);

  it('follow a complaint from its classification to what is carried out of the decision', async () => {
    const received = { receivedOn: '2026-06-22', writtenOn: '2026-06-20' };
    const complaint = await file(hoanKiemClerk, aComplaintAbout(hoanKiem, received));
    expect(await row('02-XLD')).toMatchObject({ 2: 0, 3: 0 });
    await classify(hoanKiemClerk, complaint, { classifiedOn: '2026-06-23' });
    expect(await row('02-XLD')).toMatchObject({ 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 0, 9: 1, 10: 0, 11: 0 });
    expect(await row('03-GQKN')).toMatchObject({ 1: 1, 2: 1, 3: 1, 4: 0, 5: 0, 6: 0, 7: 0 });
    await must(200, hoanKiemLeader.post(`/petitions/${complaint.id}/acceptance`, { acceptedOn: '2026-06-26' }));
    expect(await row('03-GQKN')).toMatchObject({ 1: 1, 2: 1, 3: 0, 4: 1 });
    const obligations = [
      { type: 'restore_person', description: 'Trả lại đất', responsible: 'UBND phường', dueOn: '2026-08-30', land: 25, persons: 1 },
      { type: 'recover_for_state', description: 'Thu hồi tiền', responsible: 'Công ty', dueOn: '2026-08-30', money: 12_500_000 },
    ];
    await must(
      201,
      hoanKiemLeader.post(`/petitions/${complaint.id}/decisions`, {
        decidedOn: '2026-07-20',
        result: 'right',
        content: 'Khiếu nại đúng',
        documentNumber: '12/QĐ-UBND',
        obligations,
      }),
    );
    expect(await row('03-GQKN')).toMatchObject({ 7: 1, 8: 1, 13: 12.5, 14: 0, 15: 0, 16: 25, 17: 0, 18: 1 });
    expect(await row('05-KQTH')).toMatchObject({ 1: 1, 2: 0, 3: 12.5, 5: 0, 8: 25, 10: 0 });
    const { items } = await must(200, hoanKiemLeader.get(`/petitions/${complaint.id}/obligations`));
    const [land, money] = ['restore_person', 'recover_for_state'].map((type) => items.find((one: Json) => one.type === type));
    await must(
      201,
      hoanKiemLeader.post(`/petitions/${complaint.id}/obligations/${land.id}/performances`, { performedOn: '2026-09-01', land: 25 }),
    );
    expect(await row('05-KQTH')).toMatchObject({ 1: 1, 2: 0, 8: 25, 10: 25 });
    // In the next quarter what is open is carried over: the decision, and the money.
    expect(await rowOf(hoanKiem, '05-KQTH', of2025, '2026-Q4')).toMatchObject({ 1: 1, 2: 0, 3: 12.5 });
    expect(money.type).toBe('recover_for_state');
    const { checks } = await reportOf('05-KQTH', of2025, quarter);
    expect(checks.filter(({ formula }: Json) => formula.includes('>=')).map(({ holds }: Json) => holds)).toEqual([true, true]);
  });

  it('count a denunciation that was refused as not accepted, and one of another unit as transferred', async () => {
    const received = { receivedOn: '2026-06-22', writtenOn: '2026-06-20' };
    const own = await file(hoanKiemClerk, aDenunciationOf(hoanKiem, 'official', { ...received, fieldCode: 'corruption' }));
    await classify(hoanKiemClerk, own, { classifiedOn: '2026-06-23' });
    const refusal = { refusedOn: '2026-06-25', ground: 'no_grounds_to_identify_violation', reason: 'Không đủ điều kiện thụ lý' };
    await must(200, hoanKiemLeader.post(`/petitions/${own.id}/refusal`, refusal));
    const other = await file(hoanKiemClerk, aDenunciationOf(baDinh, 'official', received));
    await must(201, hoanKiemClerk.post(`/petitions/${other.id}/transfers`, { ...sent, toUnitId: baDinh, sentOn: '2026-06-24' }));
    expect(await row('02-XLD')).toMatchObject({ 12: 1, 13: 1, 14: 0, 15: 0, 16: 1, 23: 1, 24: 0, 25: 1 });
    expect(await row('04-GQTC')).toMatchObject({ 1: 1, 2: 1, 3: 0, 4: 0, 5: 1, 6: 0 });
  });

  it('count what the head received at the head alone, by the days that were announced', async () => {
    const office = await anOffice(clerk);
    const today = daysAhead(0);
    const period = { from: today, to: today };
    const row = async (): Promise<Json> => {
      const { rows } = await must(
        200,
        inspector.get(`/reports/forms/01-TCD/figures?from=${period.from}&to=${period.to}&version=${of2025}`),
      );
      return rows.find(({ unit }: Json) => unit.id === baDinh).figures;
    };
    const visit = (more: object) => must(201, clerk.post('/reception-visits', { ...desk, ...more }));
    const desk = {
      officeId: office.id,
      kind: 'complaint',
      matter: 'Đất đai',
      receiverName: 'Lê Thu Hằng',
      visitors: [{ name: 'Trần Văn Bình' }],
    };
    const first = await visit({});
    await visit({ visitors: [{ name: 'Lê Thị Hoa' }] });
    expect(await row()).toMatchObject({ 1: 2, 2: 2, 3: 2, 4: 0, 5: 2, 6: 2, 7: 2, 10: 0, 11: 0 });
    const reason = { adHocGround: 'tense_or_complex', adHocReason: '30 hộ dân tập trung' };
    const order = { type: 'ad_hoc', startsAt: '00:00', endsAt: '23:59', ...reason };
    const session = await must(201, clerk.post('/reception-sessions', aPeriodicSession(office, today, order)));
    await must(200, clerk.post(`/reception-sessions/${session.id}/opening`));
    await visit({ sessionId: session.id, repeatsVisitId: first.id });
    const figures = await row();
    expect(figures).toMatchObject({ 1: 2, 2: 2, 3: 2, 5: 1, 6: 1, 7: 1, 11: 1, 12: 1, 13: 1 });
    // A day that nobody was told of is none that was announced.
    await server.sql('update reception_session set published_on = on_date where id = $1', [session.id]);
    expect((await row())[10]).toBe(1);
  });

  it('take what the product cannot know from the unit itself', async () => {
    const path = `/reports/opening-figures/${hoanKiem}`;
    const stretch = { formCode: '06-QLKNTC', from: '2026-06-15', to: '2026-09-14', note: 'Kế hoạch tập huấn năm 2026' };
    await must(200, hoanKiemClerk.put(path, { ...stretch, figures: { 1: 2, 4: 3, 5: 120 } }));
    expect(await row('06-QLKNTC')).toMatchObject({ 1: 2, 4: 3, 5: 120, 6: 0 });
    const cell = await must(
      200,
      inspector.get(`/reports/forms/06-QLKNTC/cells/5?period=${quarter}&unitId=${hoanKiem}&includeSubordinates=false`),
    );
    expect(cell).toMatchObject({ figure: 120, declared: 120, count: 0, items: [], column: { byHand: true } });
    const columnsIn = ({ columns, ...node }: Json): Json[] => (columns ? columns.flatMap(columnsIn) : [node]);
    const byHand = columnsIn(await must(200, inspector.get('/reports/forms/06-QLKNTC'))).filter((column) => column.byHand);
    expect(byHand.map(({ number }) => number)).toEqual([4, 5, 9, 10, 11, 12, 14, 15, 16, 17]);
    expect((await hoanKiemClerk.put(path, { ...stretch, figures: { 6: 1, 8: 2 } }, { 'if-match': '"1"' })).body.errors).toMatchObject([
      { code: 'check_failed' },
    ]);
  });
});

describe('a central body of a vertical chain', () => {
  it('keeps its figures apart from those of the province, and local authorities cannot', async () => {
    const admin = await server.as('city.admin');
    const setting = { triageMode: 'one_step', reportsApart: true };
    expect((await admin.put(`/units/${hoanKiem}/settings`, setting, { 'if-match': '*' })).body.errors).toMatchObject([
      { pointer: '/reportsApart', code: 'reports_to_province' },
    ]);
    const before = await reportOf('02-XLD', of2025, '2026-Q3');
    const own = before.rows.find(({ unit }: Json) => unit.id === hoanKiem).figures;
    expect(own[1]).toBeGreaterThan(0);
    // As what it would be if it were one: a police of a commune, a tax office.
    await server.sql(
      `with bumped as (update reference_version set version = version + 1 where name = 'units') update unit set kind = 'other' where id = $1`,
      [hoanKiem],
    );
    expect(await must(200, admin.put(`/units/${hoanKiem}/settings`, setting, { 'if-match': '*' }))).toMatchObject({ reportsApart: true });
    const after = await reportOf('02-XLD', of2025, '2026-Q3');
    expect(after.apart.map(({ id }: Json) => id)).toEqual([hoanKiem]);
    expect(after.rows.some(({ unit }: Json) => unit.id === hoanKiem)).toBe(false);
    expect(after.total[1]).toBe(before.total[1] - own[1]);
    const cell = await must(200, inspector.get(`/reports/forms/02-XLD/cells/1?period=2026-Q3&version=${of2025}&limit=200`));
    expect(cell.figure).toBe(after.total[1]);
    // Its own report is what it was.
    const alone = await must(200, hoanKiemLeader.get(`/reports/forms/02-XLD/figures?period=2026-Q3&version=${of2025}`));
    expect([alone.total, alone.apart]).toEqual([own, []]);
  });
});
