import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { anOffice, daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, classify, file, unitId } from './support/stories.js';

let server: TestServer;
let inspector: Client;
let board: Client;
let clerk: Client;
let leader: Client;
let baDinh: string;
let hoanKiem: string;
let teamMember: string;

beforeAll(async () => {
  server = await startServer();
  [inspector, board, clerk, leader] = (await Promise.all(
    ['city.inspector', 'city.reception_board', 'commune.clerk', 'commune.leader'].map((name) => server.as(name)),
  )) as [Client, Client, Client, Client];
  [baDinh, hoanKiem] = [await unitId(clerk, '00004'), (await (await server.as('hoankiem.clerk')).get('/auth/me')).body.unit.id];
  const [row] = await server.sql<{ id: string }>(`select id from account where username = 'city.handler'`);
  teamMember = row!.id;
});
afterAll(() => server.stop());

const aTeam = (more: Json[] = []): Json[] => [
  { role: 'head', name: 'Hoàng Minh Tuấn', office: 'Thanh tra Thành phố', accountId: teamMember },
  ...more,
];
const anInspection = (more: object = {}): Json => ({
  inspectedUnitId: baDinh,
  type: 'surprise',
  decisionNumber: '77/QĐ-TTTP',
  decidedOn: daysAhead(-2),
  subject: 'Việc thực hiện Chỉ thị 07/CT-UBND',
  periodFrom: '2026-01-01',
  periodTo: daysAhead(-1),
  startsOn: daysAhead(0),
  endsOn: daysAhead(20),
  members: aTeam(),
  ...more,
});
const started = async (more: object = {}): Promise<Json> => {
  const { id } = await must(201, inspector.post('/inspections', anInspection(more)));
  return must(200, inspector.post(`/inspections/${id}/start`));
};

/** The draw as anybody can repeat it, written from the description alone. */
function repeat(candidates: Json[], seed: string): string[] {
  return candidates
    .map(({ code, weight }) => {
      const digest = createHash('sha256').update(`${seed}:${code}`).digest('hex');
      const u = (Number(BigInt(`0x${digest.slice(0, 13)}`)) + 0.5) / 2 ** 52;
      return { code, key: Math.log(u) / weight };
    })
    .sort((one, other) => other.key - one.key)
    .map(({ code }) => code);
}

describe('a draw for a surprise inspection', () => {
  it('weighs by risk, shows its seed and everybody who could be drawn, and is repeated by anybody', async () => {
    for (let count = 0; count < 3; count++) {
      const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
      await must(200, leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-13' }));
    }
    const drawn = await must(
      201,
      inspector.post('/inspection-draws', { count: 2, levels: ['commune'], reason: 'Theo Chỉ thị 07/CT-UBND' }),
    );
    expect(drawn.candidates).toHaveLength(6);
    expect(drawn.candidates.map(({ drawn: isDrawn }: Json) => isDrawn)).toEqual([true, true, false, false, false, false]);
    expect(repeat([...drawn.candidates].reverse(), drawn.seed)).toEqual(drawn.candidates.map(({ code }: Json) => code));
    const risk = drawn.candidates.find(({ unit }: Json) => unit.id === baDinh);
    expect(risk.facts).toMatchObject({ overdue: 1, sinceLastInspection: 1 });
    for (const { facts, weight } of drawn.candidates) {
      const expected = 1 + drawn.risks.reduce((total: number, { fact, coefficient }: Json) => total + coefficient * facts[fact], 0);
      expect(weight).toBeCloseTo(expected, 5);
    }
    expect((await must(200, inspector.get('/inspection-draws'))).items.map(({ id }: Json) => id)).toEqual([drawn.id]);
    await expect(server.sql(`delete from inspection_draw where id = $1`, [drawn.id])).rejects.toThrow('append-only');
    const seeds = await Promise.all([1, 2, 3].map(() => inspector.post('/inspection-draws', { count: 1, reason: 'Thử lại' })));
    expect(new Set(seeds.map(({ body }) => body.seed)).size).toBe(3);
    expect(
      (await inspector.post('/inspection-draws', { count: 50, levels: ['commune'], reason: 'Quá nhiều' })).body.errors[0].pointer,
    ).toBe('/count');
    expect((await clerk.post('/inspection-draws', { count: 1, reason: 'Không được phép' })).status).toBe(403);
    expect((await leader.get(`/inspection-draws/${drawn.id}`)).status).toBe(404);

    const [first] = drawn.candidates;
    const other = drawn.candidates.at(-1);
    expect(
      (await inspector.post('/inspections', anInspection({ drawId: drawn.id, inspectedUnitId: other.unit.id }))).body.errors[0].pointer,
    ).toBe('/drawId');
    expect(
      await must(201, inspector.post('/inspections', anInspection({ drawId: drawn.id, inspectedUnitId: first.unit.id }))),
    ).toMatchObject({ state: 'prepared' });
  });
});

describe('a surprise inspection', () => {
  it('is not seen by the inspected unit before it starts, in no list and by no look, and is from then on', async () => {
    const { id } = await must(201, inspector.post('/inspections', anInspection()));
    const theirs = ['commune.clerk', 'commune.leader', 'commune.inspector', 'commune.reception_board'];
    for (const name of theirs) {
      const client = await server.as(name);
      expect([name, (await client.get(`/inspections/${id}`)).status]).toEqual([name, 404]);
      expect((await must(200, client.get('/inspections?limit=200'))).items.map((item: Json) => item.id)).not.toContain(id);
    }
    expect((await (await server.as('commune.inspector')).get('/audit/records?objectType=inspection')).body.items).toEqual([]);
    // The clerk of the city has no part in it either; the team does.
    expect((await (await server.as('city.clerk')).get(`/inspections/${id}`)).status).toBe(404);
    expect((await (await server.as('city.handler')).get(`/inspections/${id}`)).status).toBe(200);
    expect((await leader.post(`/inspections/${id}/start`)).status).toBe(404);
    await must(200, inspector.post(`/inspections/${id}/start`));
    for (const name of theirs) expect([name, (await (await server.as(name)).get(`/inspections/${id}`)).status]).toEqual([name, 200]);
    expect((await inspector.post(`/inspections/${id}/start`)).status).toBe(409);
  });

  it('that is cancelled before it starts never becomes known there; a regular one is announced', async () => {
    const { id } = await must(201, inspector.post('/inspections', anInspection()));
    expect(await must(200, inspector.post(`/inspections/${id}/cancellation`, { reason: 'Chuyển quý sau' }))).toMatchObject({
      state: 'cancelled',
    });
    expect((await leader.get(`/inspections/${id}`)).status).toBe(404);
    const regular = await must(201, inspector.post('/inspections', anInspection({ type: 'regular', startsOn: daysAhead(5) })));
    expect((await leader.get(`/inspections/${regular.id}`)).status).toBe(200);
    expect((await inspector.post(`/inspections/${regular.id}/start`)).status).toBe(409);
  });

  it('may be entered later than it began, not before its decision lets it begin, nor ahead', async () => {
    const { id } = await must(201, inspector.post('/inspections', anInspection({ startsOn: daysAhead(-2) })));
    const start = (startedOn: string) => inspector.post(`/inspections/${id}/start`, { startedOn });
    expect((await start(daysAhead(-3))).status).toBe(409);
    expect((await start(daysAhead(1))).body.errors[0].pointer).toBe('/startedOn');
    expect(await must(200, start(daysAhead(-1)))).toMatchObject({ state: 'started', startedOn: daysAhead(-1) });
  });

  it('has a team with one head and nobody who belongs to the inspected unit, or receives for it', async () => {
    const accountOf = async (username: string) =>
      (await server.sql<{ id: string }>('select id from account where username = $1', [username]))[0]!.id;
    const office = await anOffice(clerk);
    const receiver = { name: 'Lê Thu Hằng', title: 'Công chức', servesFrom: '2025-07-01' };
    const { id } = await must(201, clerk.post(`/reception-offices/${office.id}/receivers`, receiver));
    await server.sql('update reception_receiver set account_id = $2 where id = $1', [id, await accountOf('city.clerk')]);
    const member = { role: 'member', name: 'Trần Văn Bình', office: 'Phường Ba Đình' };
    const city = await unitId(clerk, '01');
    const faults: [object, string, string][] = [
      [{ members: aTeam([{ ...member, accountId: await accountOf('commune.handler') }]) }, '/members/1/accountId', 'conflict_of_interest'],
      [{ members: aTeam([{ ...member, accountId: await accountOf('city.clerk') }]) }, '/members/1/accountId', 'conflict_of_interest'],
      [{ members: aTeam([{ ...member, accountId: baDinh }]) }, '/members/1/accountId', 'unknown_account'],
      [{ members: [member] }, '/members', 'one_head'],
      [{ members: aTeam(aTeam()) }, '/members', 'one_head'],
      [{ inspectedUnitId: city }, '/inspectedUnitId', 'not_below'],
      [{ startsOn: daysAhead(-3) }, '/startsOn', 'out_of_order'],
      [{ endsOn: daysAhead(-1) }, '/endsOn', 'out_of_order'],
      [{ periodTo: '2025-12-31' }, '/periodTo', 'out_of_order'],
    ];
    for (const [body, pointer, code] of faults) {
      const answer = await inspector.post('/inspections', anInspection(body));
      expect([answer.status, answer.body.errors[0]]).toMatchObject([422, { pointer, code }]);
    }
    expect(
      (await inspector.post('/inspections', anInspection({ inspectedUnitId: await unitId(clerk, '00004', '2018-05-10') }))).status,
    ).toBe(422);
  });
});

describe('a checklist', () => {
  it('is filled in by the system from its own data, with the figure and the list behind it, as of the start', async () => {
    const { checklist, score } = await started();
    const of = (code: string): Json => checklist.find((item: Json) => item.code === code);
    expect(checklist).toHaveLength(37);
    expect(score).toBeNull();
    expect(of('F1').system).toMatchObject({ result: 'not_met', part: 0, of: 3 });
    expect(of('F5').system).toMatchObject({ result: 'not_met', part: 3, of: 3 });
    expect((await must(200, inspector.get(of('F5').system.list))).items).toHaveLength(3);
    expect((await must(200, inspector.get(`${of('F1').system.list}&limit=200`))).items.length).toBeGreaterThanOrEqual(3);
    expect(of('G1').system).toMatchObject({ result: 'not_met', of: 2 });
    expect(of('G2').system.result).toBe('not_applicable');
    expect(of('B1').system).toMatchObject({ result: 'not_met', part: 0, of: 1 });
    // The ledgers have no gap; the petitions of this test have a field, and no visit was held.
    expect(of('C2').system).toMatchObject({ result: 'met', part: 3, of: 3, counts: { en: expect.stringContaining('0 numbers missing') } });
    expect([of('C1').system.result, of('D2').system.result, of('F2').system.result]).toEqual([
      'not_applicable',
      'not_applicable',
      'not_applicable',
    ]);
    for (const code of ['C1', 'C2', 'D2']) await must(200, inspector.get(of(code).system.list));
    expect(of('A1')).toMatchObject({ system: null, result: null, version: 0, photos: [] });
    const { items } = await must(200, clerk.get('/inspection-checklists'));
    expect(items[0].items.find(({ code }: Json) => code === 'D1')).toMatchObject({ by: 'system', weight: 3, group: 'D' });
  });

  it('is answered in one call after working without a network; sent again it changes nothing; what differs is told item by item', async () => {
    const { id } = await started();
    const handler = await server.as('city.handler');
    const items = [
      { code: 'A1', result: 'met', note: 'Có biển hiệu', baseVersion: 0 },
      { code: 'A2', result: 'partly', note: 'Thiếu lối đi cho người khuyết tật', mendBy: daysAhead(60), baseVersion: 0 },
      { code: 'F1', result: 'partly', note: 'Một vụ đang đối thoại', baseVersion: 0 },
      { code: 'I1', result: 'not_applicable', baseVersion: 0 },
    ];
    const first = await must(200, handler.post(`/inspections/${id}/answers`, { items }));
    expect(first.items.map(({ outcome }: Json) => outcome)).toEqual(['written', 'written', 'written', 'written']);
    const again = await must(200, handler.post(`/inspections/${id}/answers`, { items }));
    expect([again.items.map(({ outcome }: Json) => outcome), again.conflicts]).toEqual([
      ['unchanged', 'unchanged', 'unchanged', 'unchanged'],
      0,
    ]);
    // Somebody else was on site without a network as well.
    const others = [
      { code: 'A1', result: 'not_met', note: 'Biển hiệu bị che', baseVersion: 0 },
      { code: 'A3', result: 'met', baseVersion: 0 },
    ];
    const second = await must(200, inspector.post(`/inspections/${id}/answers`, { items: others }));
    expect(second.items.map(({ code, outcome }: Json) => [code, outcome])).toEqual([
      ['A1', 'conflict'],
      ['A3', 'written'],
    ]);
    expect(second.items[0].item).toMatchObject({ result: 'met', note: 'Có biển hiệu', answeredBy: 'city.handler', version: 1 });
    await must(200, inspector.post(`/inspections/${id}/answers`, { items: [{ ...others[0], baseVersion: 1 }] }));
    const inspection = await must(200, inspector.get(`/inspections/${id}`));
    expect(inspection).toMatchObject({ answered: 5, items: 37 });
    expect(inspection.checklist.find(({ code }: Json) => code === 'F1')).toMatchObject({
      differs: true,
      result: 'partly',
      system: { result: 'not_met' },
    });
    // A1 not met (1), A2 partly (1), A3 met (1), F1 partly (3), I1 does not apply: (0 + 0.5 + 1 + 1.5) of 6.
    expect(inspection.score).toBe(50);
    const faults: [Json, string][] = [
      [{ code: 'Z9', result: 'met' }, '/items/0/code'],
      [{ code: 'A1', result: 'met', mendBy: daysAhead(3) }, '/items/0/mendBy'],
      [{ code: 'A1', result: 'perfect' }, '/items/0/result'],
    ];
    for (const [item, pointer] of faults)
      expect((await inspector.post(`/inspections/${id}/answers`, { items: [item] })).body.errors[0].pointer).toBe(pointer);
    expect((await leader.post(`/inspections/${id}/answers`, { items: items.slice(0, 1) })).status).toBe(403);
    expect((await must(200, leader.get(`/inspections/${id}`))).answered).toBe(5);
  });

  it('lets one of two who answer the same item at once win, and tells the other', async () => {
    const { id } = await started();
    const answer = (result: string) => inspector.post(`/inspections/${id}/answers`, { items: [{ code: 'B1', result, baseVersion: 0 }] });
    const answers = await Promise.all(['met', 'partly', 'not_met', 'not_applicable'].map(answer));
    expect(answers.map(({ body }) => body.items[0].outcome).sort()).toEqual(['conflict', 'conflict', 'conflict', 'written']);
  });

  it('keeps photos once, however often a device sends them; the inspected unit reads them', async () => {
    const { id } = await started();
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const send = (fields: Record<string, string>) => inspector.upload(`/inspections/${id}/photos`, png, fields, 'phòng tiếp.png');
    const first = await must(200, send({ code: 'A1', clientKey: 'IMG_1' }));
    expect(first.photos).toMatchObject([{ filename: 'phòng tiếp.png', clientKey: 'IMG_1' }]);
    expect((await must(200, send({ code: 'A1', clientKey: 'IMG_1' }))).photos).toHaveLength(1);
    expect((await must(200, send({ code: 'A1', clientKey: 'IMG_2' }))).photos).toHaveLength(2);
    expect((await send({ code: 'Z9', clientKey: 'IMG_3' })).status).toBe(422);
    expect((await send({ code: 'A1', clientKey: 'hình 1' })).status).toBe(422);
    for (const client of [inspector, leader]) expect(await client.download(first.photos[0].content)).toEqual(png);
    const before = await must(201, inspector.post('/inspections', anInspection()));
    expect((await inspector.upload(`/inspections/${before.id}/photos`, png, { code: 'A1', clientKey: 'X' }, 'a.png')).status).toBe(409);
  });
});

describe('a plan', () => {
  it('says which unit when, and shows what was carried out of it', async () => {
    const plan = {
      title: 'Kế hoạch kiểm tra quý IV/2026',
      number: '300/KH-UBND',
      year: 2026,
      quarter: 4,
      items: [
        { unitId: baDinh, fromOn: '2026-11-16', toOn: '2026-11-20' },
        { unitId: hoanKiem, fromOn: '2026-12-07', toOn: '2026-12-11' },
      ],
    };
    const made = await must(201, board.post('/inspection-plans', plan));
    const [first, second] = made.items;
    const regular = anInspection({ type: 'regular', planItemId: first.id });
    await must(201, board.post('/inspections', regular));
    expect((await board.post('/inspections', regular)).body.errors[0]).toMatchObject({ pointer: '/planItemId', code: 'used' });
    expect((await board.post('/inspections', anInspection({ type: 'regular', planItemId: second.id }))).body.errors[0].code).toBe(
      'other_plan',
    );
    const { items } = await must(200, inspector.get(`/inspection-plans/${made.id}`));
    expect(items.map(({ unit, state }: Json) => [unit.id, state])).toEqual([
      [baDinh, 'prepared'],
      [hoanKiem, null],
    ]);
    const faults: [object, string][] = [
      [{ items: [{ ...plan.items[0], toOn: '2027-01-02' }] }, '/items/0/toOn'],
      [{ items: [{ ...plan.items[0], unitId: await unitId(clerk, '01') }] }, '/items/0/unitId'],
      [{ items: [plan.items[0], plan.items[0]] }, '/items/1'],
      [{ quarter: 5 }, '/quarter'],
    ];
    for (const [body, pointer] of faults)
      expect((await board.post('/inspection-plans', { ...plan, ...body })).body.errors[0].pointer).toBe(pointer);
    expect((await leader.get(`/inspection-plans/${made.id}`)).status).toBe(404);
    expect((await must(200, board.get('/inspection-plans'))).items).toHaveLength(1);
  });
});
