import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let admin: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  leader = await server.as('commune.leader');
  admin = await server.as('city.admin');
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

const open = (petition: Json, ruleId: string): Json =>
  petition.limits.find((limit: Json) => limit.ruleId === ruleId && !limit.metOn && !limit.voidOn);
const read = async (petition: Json): Promise<Json> => (await clerk.get(`/petitions/${petition.id}`)).body;

describe('a calendar that changes', () => {
  let moving: Json;
  let staying: Json;
  const wanted = async (): Promise<Json> => {
    const { body } = await admin.get('/calendar/years/2026');
    const day = { date: '2026-06-15', working: false, name: 'Nghỉ bù', status: 'official' };
    return { status: body.status, source: 'Thông báo bổ sung', days: [...body.days, day] };
  };

  beforeAll(async () => {
    moving = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    await leader.post(`/petitions/${moving.id}/acceptance`, { acceptedOn: '2026-05-15' });
    staying = await classify(clerk, await file(clerk, aReflectionOn(baDinh)));
    await clerk.post(`/petitions/${staying.id}/answers`, { answeredOn: '2026-05-20', result: 'resolved', content: 'Đã sửa.' });
  });

  it('shows before and after on a dry run, and changes nothing', async () => {
    const tag = (await admin.get('/calendar/years/2026')).headers.get('etag')!;
    const { body } = await admin.put('/calendar/years/2026?dryRun=true', await wanted(), { 'if-match': tag });
    expect(body.limits).toEqual([
      {
        petitionId: moving.id,
        petitionNumber: moving.number,
        ruleId: 'complaint.resolution.first',
        dueOnBefore: '2026-06-15',
        dueOn: '2026-06-16',
      },
    ]);
    expect(body.limitsMoved).toBe(1);
    expect(open(await read(moving), 'complaint.resolution.first').dueOn).toBe('2026-06-15');
  });

  it('moves the open limits in one go, keeps both days in the history, and leaves what was met', async () => {
    const tag = (await admin.get('/calendar/years/2026')).headers.get('etag')!;
    const before = await read(moving);
    const { status, body } = await admin.put('/calendar/years/2026', await wanted(), { 'if-match': tag });
    expect([status, body.limitsMoved]).toEqual([200, 1]);
    const after = await read(moving);
    expect(open(after, 'complaint.resolution.first').dueOn).toBe('2026-06-16');
    expect(after.nextDueOn).toBe('2026-06-16');
    expect((await clerk.get(`/petitions/${moving.id}`)).headers.get('etag')).not.toBe((before as { etag?: string }).etag);
    const { body: history } = await clerk.get(`/petitions/${moving.id}/history`);
    expect(history).toMatchObject({ intact: true });
    expect(history.items.at(-1)).toMatchObject({
      event: 'limit_moved',
      by: 'city.admin',
      facts: { ruleId: 'complaint.resolution.first', dueOnBefore: '2026-06-15', dueOn: '2026-06-16', calendarYear: 2026 },
    });
    expect((await read(staying)).limits.find(({ ruleId }: Json) => ruleId === 'recommendation.answer').dueOn).toBe('2026-05-25');
  });
});

describe('extensions', () => {
  const order = { documentNumber: '5/QĐ-UBND', reason: 'Vụ việc phức tạp', decidedOn: '2026-06-01' };

  it.each([
    ['a complaint is prolonged by being complex', {}, '2026-06-29'],
    ['in a remote area to sixty days', { remoteArea: true }, '2026-07-14'],
  ])('%s', async (_what, circumstances, dueOn) => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh, circumstances)));
    await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15' });
    const { body } = await leader.post(`/petitions/${petition.id}/extensions`, order);
    expect(open(body, 'complaint.resolution.first').dueOn).toBe(dueOn);
    const again = await leader.post(`/petitions/${petition.id}/extensions`, order);
    expect(again.status).toBe(409);
    expect(open(await read(petition), 'complaint.resolution.first').dueOn).toBe(dueOn);
  });

  it('a denunciation that is not complex has none', async () => {
    const petition = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official')));
    await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15' });
    expect(await leader.post(`/petitions/${petition.id}/extensions`, { ...order, days: 30 })).toMatchObject({
      status: 409,
      body: { objections: [{ code: 'complexity_not_reasoned' }] },
    });
    const finding = { foundOn: '2026-06-01', criteria: ['several_places'], reason: 'Phải xác minh ở hai địa điểm' };
    expect((await leader.post(`/petitions/${petition.id}/complexity-findings`, finding)).status).toBe(201);
    const complex = await leader.post(`/petitions/${petition.id}/extensions`, { ...order, days: 30 });
    expect(complex).toMatchObject({ status: 201, body: { complexity: 'complex' } });
    const { body } = await clerk.get(`/petitions/${petition.id}/history`);
    expect(body.items.slice(-2).map(({ event }: Json) => event)).toEqual(['extended', 'limit_moved']);
  });

  it('are for the leader of the responsible unit alone', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15' });
    expect((await clerk.post(`/petitions/${petition.id}/extensions`, order)).status).toBe(403);
    expect((await (await server.as('city.leader')).post(`/petitions/${petition.id}/extensions`, order)).status).toBe(403);
    expect((await leader.post(`/petitions/${petition.id}/extensions`, { ...order, documentNumber: '' })).body.errors).toMatchObject([
      { pointer: '/documentNumber' },
    ]);
  });
});

describe('kept and not kept', () => {
  it('is listed and summed up by unit, rule and period, and every figure opens', async () => {
    const late = await classify(clerk, await file(clerk, aReflectionOn(baDinh, { receivedOn: '2026-03-02' })), {
      classifiedOn: '2026-03-03',
    });
    await clerk.post(`/petitions/${late.id}/answers`, { answeredOn: '2026-03-20', result: 'resolved', content: 'Đã sửa.' });
    const kept = await classify(clerk, await file(clerk, aReflectionOn(baDinh, { receivedOn: '2026-03-02' })), {
      classifiedOn: '2026-03-03',
    });
    await clerk.post(`/petitions/${kept.id}/answers`, { answeredOn: '2026-03-10', result: 'resolved', content: 'Đã sửa.' });
    await file(clerk, aReflectionOn(baDinh, { receivedOn: '2026-03-02' }));
    const period = 'dueFrom=2026-03-01&dueTo=2026-03-31';
    const analyst = await server.as('city.analyst');
    const { body } = await analyst.get(`/limits/summary?${period}`);
    expect(body.total).toEqual({ kept: 1, notKept: 2, open: 0 });
    const [row] = body.items as [Json];
    expect(row).toMatchObject({ unit: { name: 'Phường Ba Đình' }, ruleId: 'recommendation.answer', kept: 1, notKept: 2 });
    const opened = (await analyst.get(row.link)).body.items;
    expect(opened).toHaveLength(row.notKept);
    expect(opened).toEqual(expect.arrayContaining([expect.objectContaining({ petitionId: late.id, metOn: '2026-03-20', daysLate: 4 })]));
    const pages = [await analyst.get(`/limits?${period}&limit=2`)];
    pages.push(await analyst.get(`/limits?${period}&limit=2&cursor=${pages[0]!.body.nextCursor}`));
    expect(pages.flatMap(({ body: { items } }) => items.map(({ id }: Json) => id))).toHaveLength(3);
    expect((await analyst.get('/limits?dueFrom=2026-04-01&dueTo=2026-03-01')).status).toBe(422);
    expect((await (await server.as('district.leader')).get(`/limits/summary?${period}`)).body.total).toEqual({
      kept: 0,
      notKept: 0,
      open: 0,
    });
  });
});
