import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { anOffice, aPeriodicSession, daysAhead, must, workingDays } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let inspector: Client;
let analyst: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  [clerk, inspector, analyst] = (await Promise.all(['commune.clerk', 'city.inspector', 'city.analyst'].map((name) => server.as(name)))) as [
    Client,
    Client,
    Client,
  ];
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

const usageOf = async (query = ''): Promise<Json> => (await must(200, analyst.get(`/rollout/usage?unitId=${baDinh}${query}`))).total;

describe("a commune's way into the software", () => {
  it('is planned for all at once, from training to full use, and each step is recorded', async () => {
    const milestones = [
      { milestone: 'training', plannedOn: '2026-09-10' },
      { milestone: 'start', plannedOn: daysAhead(30) },
    ];
    expect(await must(200, inspector.post('/rollout/plans', { levels: ['commune'], milestones }))).toEqual({ units: 6 });
    expect((await clerk.post('/rollout/plans', { milestones })).status).toBe(403);
    const summary = async () => (await must(200, inspector.get('/rollout/summary'))).total;
    expect(await summary()).toMatchObject({ units: 7, late: 6, none: 7, start: 0 });
    const step = (milestone: string, body: object, headers = {}) =>
      inspector.put(`/rollout/units/${baDinh}/milestones/${milestone}`, body, headers);
    await must(200, step('training', { doneOn: '2026-09-14', note: '12 cán bộ, công chức' }));
    await must(200, step('accounts', { doneOn: '2026-09-16' }));
    const started = await must(200, step('start', { doneOn: daysAhead(0) }, { 'if-match': '"1"' }));
    expect(started).toMatchObject({ stage: 'start', late: [] });
    expect(started.milestones.map(({ milestone, doneOn }: Json) => [milestone, doneOn])).toEqual([
      ['training', '2026-09-14'],
      ['accounts', '2026-09-16'],
      ['opening_figures', null],
      ['start', daysAhead(0)],
      ['full_use', null],
    ]);
    expect(await summary()).toMatchObject({ late: 5, none: 6, start: 1 });
    const refused: [string, object, object, number][] = [
      ['start', { doneOn: daysAhead(1) }, {}, 422],
      ['start', { doneOn: daysAhead(0) }, { 'if-match': '"1"' }, 412],
      ['full_use', {}, {}, 422],
      ['party', { doneOn: daysAhead(0) }, {}, 400],
    ];
    for (const [milestone, body, headers, status] of refused)
      expect([milestone, (await step(milestone, body, headers)).status]).toEqual([milestone, status]);
    expect((await must(200, inspector.get('/rollout/units?late=true'))).items).toHaveLength(5);
    expect((await must(200, clerk.get(`/rollout/units/${baDinh}`))).stage).toBe('start');
    expect((await (await server.as('hoankiem.clerk')).get(`/rollout/units/${baDinh}`)).status).toBe(404);
  });

  it('shows by what it enters whether it uses it fully: in time, completely, by whom', async () => {
    const before = await usageOf();
    expect(before).toMatchObject({ petitions: 0, visits: 0, inTimeShare: null, fullUse: false });
    const complete = { fieldCode: 'land_housing' };
    for (let count = 0; count < 9; count++)
      await file(clerk, aComplaintAbout(baDinh, { receivedOn: daysAhead(-1), writtenOn: daysAhead(-2), ...complete }));
    const office = await anOffice(clerk);
    const visit = {
      officeId: office.id,
      kind: 'reflection',
      visitors: [{ name: 'Trần Văn Bình' }],
      matter: 'Đèn đường',
      receiverName: 'Lê Thu Hằng',
    };
    await must(201, clerk.post('/reception-visits', visit));
    expect(await usageOf()).toMatchObject({
      petitions: 9,
      petitionsInTime: 9,
      visits: 1,
      visitsInTime: 1,
      inTimeShare: 100,
      lateEntries: 0,
      fullUse: true,
    });
    const [field] = (await usageOf()).completeness.filter(({ field: name }: Json) => name === 'fieldCode');
    expect(field).toEqual({ field: 'fieldCode', filled: 9, share: 100 });

    await file(clerk, aComplaintAbout(baDinh, { receivedOn: daysAhead(-20), writtenOn: null, fieldCode: null }));
    await file(
      clerk,
      aComplaintAbout(baDinh, { receivedOn: daysAhead(-20), writtenOn: null, fieldCode: null, externalReference: 'SO-CU-1' }),
    );
    expect(await usageOf()).toMatchObject({ petitions: 10, petitionsInTime: 9, inTimeShare: 90.9, lateEntries: 1, fullUse: true });
    await file(clerk, aComplaintAbout(baDinh, { receivedOn: daysAhead(-20), writtenOn: null, fieldCode: null }));
    expect(await usageOf()).toMatchObject({ inTimeShare: 83.3, fullUse: false });
    const { accounts, activeAccounts, lastUseAt, lastEntryAt } = await usageOf();
    // Seven of the ward, and two each of the two wards that it carries on.
    expect(accounts).toBe(11);
    expect(activeAccounts).toBeGreaterThanOrEqual(1);
    expect(activeAccounts).toBeLessThan(11);
    expect(Date.parse(lastUseAt)).toBeGreaterThan(Date.now() - 600_000);
    expect(Date.parse(lastEntryAt)).toBeGreaterThan(Date.now() - 600_000);
    expect((await analyst.get('/rollout/usage?from=2024-01-01&to=2026-01-01')).status).toBe(422);
  });

  it('what is entered on the next working day is in time, over a weekend and a holiday, too', async () => {
    const [first, second, third] = (await workingDays(clerk, -12, 6)) as [string, string, string];
    const rows = await server.sql<{ id: string; days: string[] }>(
      `select id, array[received_on::text, written_on::text, created_at::text] as days from petition where ledger_unit_id = $1 and external_reference is null order by id limit 2`,
      [baDinh],
    );
    const enteredAt = async (index: number, receivedOn: string, moment: string) =>
      server.sql(`update petition set received_on = $2, written_on = null, created_at = $3 where id = $1`, [
        rows[index]!.id,
        receivedOn,
        moment,
      ]);
    await enteredAt(0, first, `${second}T23:59:00+07:00`);
    await enteredAt(1, first, `${third}T00:01:00+07:00`);
    expect(await usageOf(`&from=${first}&to=${first}`)).toMatchObject({ petitions: 2, petitionsInTime: 1 });
    for (const { id, days } of rows)
      await server.sql('update petition set received_on = $2, written_on = $3, created_at = $4 where id = $1', [id, ...days]);
  });
});

describe('checks of the data', () => {
  it('find what is missing or late, each with its list, down the tree', async () => {
    const office = await anOffice(clerk);
    const [day] = await workingDays(clerk, -10, 1);
    await server.sql(
      `insert into reception_session (unit_id, office_id, type, on_date, first_planned_on, starts_at, ends_at, state, head_name, head_title)
       values ($1, $2, 'periodic', $3, $3, '08:00', '11:30', 'planned', 'Trần Văn Đức', 'Chủ tịch')`,
      [baDinh, office.id, day],
    );
    const { rows } = await must(200, analyst.get('/data-quality'));
    const ours = rows.find(({ unit, own }: Json) => unit.id === baDinh && !own);
    const found = Object.fromEntries(ours.checks.map(({ check, found: count }: Json) => [check, count]));
    expect(found).toMatchObject({
      petition_without_field: 3,
      petition_not_classified: 3,
      petition_entered_late: 2,
      session_never_closed: 1,
    });
    for (const { checks } of rows)
      for (const { check, list, found: count } of checks) {
        const { items } = await must(200, inspector.get(`${list}&limit=200`));
        expect([check, items.length]).toEqual([check, count]);
        for (const { link } of items.slice(0, 2)) expect((await inspector.get(link)).status).toBe(200);
      }
    const page = await must(200, clerk.get('/data-quality/petition_without_field?limit=2'));
    const rest = await must(200, clerk.get(`/data-quality/petition_without_field?limit=2&cursor=${page.nextCursor}`));
    expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
    expect((await clerk.get('/data-quality/nothing')).status).toBe(400);
    expect((await analyst.get('/data-quality/petition_without_field')).status).toBe(403);
  });
});

describe('what units ask of the inspectorate', () => {
  it('has a number and a status, is answered, asked again and closed by the unit', async () => {
    const order = { type: 'wish', title: 'In sổ theo quý', content: 'Đề nghị cho in sổ tiếp công dân theo quý.' };
    const made = await must(201, clerk.post('/unit-requests', order));
    expect(made).toMatchObject({
      number: expect.stringMatching(new RegExp(`^HNI-YC-${daysAhead(0).slice(0, 4)}-\\d{6}$`)),
      state: 'open',
      toUnit: { code: '01' },
      entries: [],
    });
    const enter = (client: Client, body: object, headers = {}) => client.post(`/unit-requests/${made.id}/entries`, body, headers);
    expect((await enter(clerk, { content: 'Tự trả lời', state: 'answered' })).status).toBe(422);
    expect((await enter(await server.as('hoankiem.clerk'), { content: 'Xen vào' })).status).toBe(404);
    expect((await enter(await server.as('city.clerk'), { content: 'Không phải việc' })).status).toBe(403);
    await must(201, enter(inspector, { content: 'Đang xem', state: 'in_progress' }));
    await must(201, enter(inspector, { content: 'Chọn từ ngày, đến ngày khi xuất sổ.' }));
    expect(await must(201, enter(clerk, { content: 'Vẫn chưa được' }))).toMatchObject({ state: 'open' });
    const tag = (await clerk.get(`/unit-requests/${made.id}`)).headers.get('etag')!;
    const both = await Promise.all([
      enter(inspector, { content: 'Đã sửa' }, { 'if-match': tag }),
      enter(inspector, { content: 'Không làm', state: 'declined' }, { 'if-match': tag }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect(await must(201, enter(clerk, { content: 'Cảm ơn', state: 'closed' }))).toMatchObject({ state: 'closed' });
    expect((await enter(clerk, { content: 'Nữa' })).status).toBe(409);
    expect((await must(200, inspector.get('/unit-requests?state=closed&q=in so'))).items.map(({ id }: Json) => id)).toEqual([made.id]);
    const numbers = await Promise.all(Array.from({ length: 10 }, () => clerk.post('/unit-requests', order)));
    expect(new Set(numbers.map(({ body }) => body.number)).size).toBe(10);
    const paged = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = await must(200, clerk.get(`/unit-requests?limit=4${cursor}`));
      paged.push(...items.map(({ id }: Json) => id));
      if (!nextCursor) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(new Set(paged).size).toBe(11);
  });
});

describe('guidance', () => {
  const article = {
    roles: ['clerk'],
    title: 'Nhập đơn gửi qua bưu điện',
    body: 'Mở tiếp nhận đơn, chọn nguồn đơn bưu điện, ghi ngày dấu đến.',
    publishedOn: '2026-11-02',
  };

  it('is written by the inspectorate, found by words with or without marks, by whom it is for, and has versions', async () => {
    const made = await must(201, inspector.post('/guidance', article));
    await must(
      201,
      inspector.post('/guidance', { ...article, roles: ['leader'], title: 'Duyệt đề xuất', body: 'Mở đề xuất, chọn duyệt.' }),
    );
    await must(201, inspector.post('/guidance', { ...article, roles: [], title: 'Đổi mật khẩu', body: 'Mở tài khoản của tôi.' }));
    const titles = async (client: Client, query = '') =>
      (await must(200, client.get(`/guidance${query}`))).items.map(({ title }: Json) => title);
    expect(await titles(clerk)).toEqual(['Nhập đơn gửi qua bưu điện', 'Đổi mật khẩu'].sort());
    expect(await titles(clerk, '?q=buu dien')).toEqual(['Nhập đơn gửi qua bưu điện']);
    expect(await titles(clerk, '?role=leader&q=duyệt')).toEqual(['Duyệt đề xuất']);
    expect(await titles(clerk, '?q=không có gì')).toEqual([]);
    expect((await clerk.post('/guidance', article)).status).toBe(403);
    expect((await inspector.post('/guidance', { ...article, publishedOn: daysAhead(1) })).status).toBe(422);
    const tag = (await inspector.get(`/guidance/${made.id}`)).headers.get('etag')!;
    const next = { ...article, body: 'Quét dấu bưu điện trước.', changeNote: 'Thêm quét dấu' };
    expect((await inspector.put(`/guidance/${made.id}`, next)).status).toBe(428);
    const revised = await must(200, inspector.put(`/guidance/${made.id}`, next, { 'if-match': tag }));
    expect(revised).toMatchObject({ sequence: 2, versions: 2, changeNote: 'Thêm quét dấu' });
    expect((await inspector.put(`/guidance/${made.id}`, next, { 'if-match': tag })).status).toBe(412);
    expect((await must(200, clerk.get(`/guidance/${made.id}?version=1`))).body).toBe(article.body);
    expect((await must(200, clerk.get(`/guidance/${made.id}/versions`))).items.map(({ sequence }: Json) => sequence)).toEqual([2, 1]);
    expect(await titles(clerk, '?q=dấu đến')).toEqual([]);
    await must(200, inspector.post(`/guidance/${made.id}/withdrawal`));
    expect(await titles(clerk)).toEqual(['Đổi mật khẩu']);
    expect((await inspector.put(`/guidance/${made.id}`, next, { 'if-match': '*' })).status).toBe(409);
  });

  it('of a unit is not read by its neighbours', async () => {
    const ours = await must(
      201,
      (await server.as('commune.inspector')).post('/guidance', { ...article, title: 'Riêng phường Ba Đình', roles: [] }),
    );
    expect((await clerk.get(`/guidance/${ours.id}`)).status).toBe(200);
    expect((await (await server.as('hoankiem.clerk')).get(`/guidance/${ours.id}`)).status).toBe(404);
    expect((await (await server.as('commune.inspector')).put(`/guidance/${ours.id}`, article, { 'if-match': '*' })).status).toBe(200);
    expect((await inspector.get('/guidance?q=Riêng')).body.items).toEqual([]);
  });
});

it('a session that lies ahead is in no list of the checks', async () => {
  const office = await anOffice(clerk);
  const [day] = await workingDays(clerk, 20, 1);
  const session = await must(201, clerk.post('/reception-sessions', aPeriodicSession(office, day!)));
  const { items } = await must(200, clerk.get('/data-quality/session_never_closed'));
  expect(items.map(({ id }: Json) => id)).not.toContain(session.id);
});
