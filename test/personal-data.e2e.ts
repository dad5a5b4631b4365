import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { anOffice, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

const reason = { reason: 'Mời người khiếu nại đến đối thoại' };
const person = {
  role: 'petitioner',
  type: 'person',
  name: 'Tạ Thị Nhàn',
  nationalId: '001171000171',
  address: 'Số 3 phố Châu Long',
  phone: '0913 000 171',
  birthYear: 1971,
};

let server: TestServer;
let clerk: Client;
let leader: Client;
let inspector: Client;
let unit: string;
let petition: Json;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-retention-'));
  server = await startServer({ env: { TIEPDAN_ATTACHMENT_DIR: folder } });
  clerk = await server.as('commune.clerk');
  leader = await server.as('commune.leader');
  inspector = await server.as('city.inspector');
  unit = await unitId(clerk, '00004');
  petition = await file(clerk, aComplaintAbout(unit, { parties: [person] }));
  await clerk.put(
    `/petitions/${petition.id}/signatories`,
    {
      signatories: [
        { name: person.name, nationalId: person.nationalId },
        { name: 'Đào Văn Lực', nationalId: '001171000172' },
      ],
    },
    { 'if-match': '*' },
  );
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const personId = async (): Promise<string> => (await clerk.get('/persons?name=ta thi nhan')).body.items[0].id;

describe('a national id and a telephone number', () => {
  it('show their last digits in every answer', async () => {
    const id = await personId();
    for (const address of [
      `/petitions/${petition.id}`,
      '/persons?name=ta thi nhan',
      `/persons?nationalId=${person.nationalId}`,
      `/persons/${id}`,
      `/persons/${id}/matches`,
      `/petitions/${petition.id}/signatories`,
    ]) {
      const { status, body } = await clerk.get(address);
      expect([address, status]).toEqual([address, 200]);
      expect(JSON.stringify(body)).not.toMatch(/001171000171|0913 ?000 ?171/);
    }
    expect(petition.parties[0]).toMatchObject({
      nationalId: '•••••••••171',
      phone: '•••••••171',
      name: person.name,
      address: person.address,
    });
  });

  it('are read whole where the petition lies, for a reason, and each reading is kept', async () => {
    expect((await clerk.post(`/petitions/${petition.id}/personal-data/readings`, {})).body.errors[0].pointer).toBe('/reason');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => clerk.post(`/petitions/${petition.id}/personal-data/readings`, reason)),
    );
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body.parties).toEqual([{ role: 'petitioner', name: person.name, nationalId: person.nationalId, phone: person.phone }]);
      expect(body.signatories[1]).toEqual({ position: 2, name: 'Đào Văn Lực', nationalId: '001171000172' });
    }
    expect((await (await server.as('city.leader')).post(`/petitions/${petition.id}/personal-data/readings`, reason)).body.type).toBe(
      '/api/v1/problems/not-responsible',
    );
    expect((await inspector.post(`/petitions/${petition.id}/personal-data/readings`, reason)).status).toBe(403);
    const { body } = await inspector.get(`/audit/records?petitionId=${petition.id}&operation=read`);
    expect(body.items).toHaveLength(5);
    expect(body.items[0]).toMatchObject({ username: 'commune.clerk', objectType: 'petition_numbers', after: reason });
  });

  it('of a person of the register are read the same way, and those of a denouncer in neither', async () => {
    const { status, body } = await clerk.post(`/persons/${await personId()}/readings`, reason);
    expect([status, body]).toEqual([200, { name: person.name, nationalId: person.nationalId, phone: person.phone }]);
    const denunciation = await file(clerk, aDenunciationOf(unit, 'official', { parties: [person] }));
    expect((await clerk.post(`/petitions/${denunciation.id}/personal-data/readings`, reason)).status).toBe(409);
  });
});

describe('what is held about a person', () => {
  it('is given out whole with who looked, without his denunciations, and that is kept, too', async () => {
    const second = await file(clerk, aReflectionOn(unit, { parties: [{ ...person, personId: await personId() }] }));
    const office = await anOffice(clerk);
    const words = { matter: 'Hỏi về đơn đã gửi', receiverName: 'Nguyễn Thị Hoà' };
    const visit = (more: object) =>
      must(201, clerk.post('/reception-visits', { officeId: office.id, kind: 'complaint', ...words, ...more }));
    const { name, nationalId, address } = person;
    const visits = [await visit({ visitors: [{ name, nationalId }] }), await visit({ visitors: [{ name: name.toUpperCase(), address }] })];
    await visit({ visitors: [{ name, nationalId: '001171000999' }] });
    await visit({ visitors: [{ name, nationalId }], kind: 'denunciation' });
    const { status, body } = await clerk.post(`/persons/${await personId()}/exports`, { reason: 'Trả lời yêu cầu của chính người đó' });
    expect(status).toBe(200);
    expect(body.person).toMatchObject({ name: person.name, nationalId: person.nationalId, phone: person.phone });
    expect(body.mentions.map(({ number, role }: Json) => [number, role])).toEqual(
      expect.arrayContaining([
        [petition.number, 'petitioner'],
        [petition.number, 'signatory'],
        [second.number, 'petitioner'],
      ]),
    );
    expect(body.mentions.every(({ kind }: Json) => kind !== 'denunciation')).toBe(true);
    expect(body.visits.map((held: Json) => held.number).sort()).toEqual(visits.map(({ number }) => number).sort());
    expect(body.elsewhere).toBe(0);
    expect(body.looks.map(({ what }: Json) => what)).toEqual([...Array(5).fill('petition_numbers'), 'person_numbers', 'person_export']);
    expect((await (await server.as('district.clerk')).post(`/persons/${await personId()}/exports`, reason)).status).toBe(404);
  });
});

describe('the end of personal data', () => {
  /** A petition that ended so many years ago. */
  async function ended(years: number, more: object = {}): Promise<Json> {
    const made = await file(
      clerk,
      aReflectionOn(unit, { parties: [{ ...person, name: 'Quách Tĩnh Lặng', nationalId: '001171000999' }], ...more }),
    );
    const pdf = Buffer.from(`%PDF-1.4\n${made.number}\n%%EOF\n`);
    await clerk.upload(`/petitions/${made.id}/attachments`, pdf, {}, 'đơn.pdf');
    await classify(clerk, made);
    expect(
      (
        await clerk.post(`/petitions/${made.id}/filing-away`, {
          filedAwayOn: '2026-05-13',
          ground: 'already_guided',
          reason: 'Lưu theo dõi',
        })
      ).status,
    ).toBe(200);
    await server.sql(
      `update petition set received_on = received_on - make_interval(years => $2), responsible_since = received_on - make_interval(years => $2),
         last_step_on = last_step_on - make_interval(years => $2) where id = $1`,
      [made.id, years],
    );
    return made;
  }
  const retention = async (): Promise<Json> => (await (await server.as('city.admin')).get('/retention')).body;
  const run = async (): Promise<Json> => {
    const admin = await server.as('city.admin');
    expect((await admin.post('/retention/runs', {})).status).toBe(202);
    const body = await until(async () => {
      const now = await retention();
      return ['succeeded', 'failed'].includes(now.run.state) && now;
    });
    expect(body.run.state).toBe('succeeded');
    return body;
  };

  it('comes by the years of its kind, held by a legal hold and not by anything else', async () => {
    const [young, old, held] = [await ended(4), await ended(6), await ended(6)];
    const open = await file(clerk, aReflectionOn(unit));
    const placed = await leader.post(`/petitions/${held.id}/legal-holds`, { reason: 'Toà án đang thụ lý vụ án' });
    expect(placed.status).toBe(201);
    expect((await leader.post(`/petitions/${held.id}/legal-holds`, { reason: 'Toà án đang thụ lý vụ án' })).status).toBe(409);
    expect((await clerk.post(`/petitions/${held.id}/legal-holds`, reason)).status).toBe(403);
    expect((await retention()).items.find(({ kind }: Json) => kind === 'reflection')).toMatchObject({
      years: 5,
      verified: false,
      due: 1,
      held: 1,
    });
    expect((await run()).items.find(({ kind }: Json) => kind === 'reflection')).toMatchObject({ due: 1, anonymised: 0 });
    const confirmed = { years: 5, source: 'Đã đối chiếu', verified: true };
    expect((await (await server.as('city.admin')).put('/retention/reflection', confirmed, { 'if-match': '"1"' })).status).toBe(200);
    const files = readdirSync(folder, { recursive: true }).length;

    expect((await run()).run).toMatchObject({ total: 1, done: 1, percent: 100 });
    const after = (await clerk.get(`/petitions/${old.id}`)).body;
    expect(after).toMatchObject({
      summary: '(đã ẩn danh)',
      content: '(đã ẩn danh)',
      state: 'filed_away',
      kind: 'reflection',
      number: old.number,
    });
    expect(after.parties).toEqual([
      expect.objectContaining({ name: '(đã ẩn danh)', nationalId: null, address: null, phone: null, personId: null }),
    ]);
    expect((await clerk.get(`/petitions/${old.id}/attachments`)).body.items).toEqual([]);
    expect(readdirSync(folder, { recursive: true })).toHaveLength(files - 1);
    const { body: history } = await clerk.get(`/petitions/${old.id}/history`);
    expect([history.intact, history.items.at(-1).event]).toEqual([true, 'anonymised']);
    for (const kept of [young, held]) expect((await clerk.get(`/petitions/${kept.id}`)).body.parties[0].name).toBe('Quách Tĩnh Lặng');
    expect((await clerk.get(`/petitions/${open.id}`)).body.summary).not.toBe('(đã ẩn danh)');
    expect((await leader.post(`/petitions/${old.id}/legal-holds`, reason)).status).toBe(409);

    const holdId = placed.body.items[0].id;
    expect((await leader.post(`/petitions/${held.id}/legal-holds/${holdId}/lifting`, { reason: 'Bản án đã có hiệu lực' })).status).toBe(
      200,
    );
    expect((await leader.post(`/petitions/${held.id}/legal-holds/${holdId}/lifting`, reason)).status).toBe(409);
    await run();
    expect((await clerk.get(`/petitions/${held.id}`)).body.parties[0].name).toBe('(đã ẩn danh)');
    expect((await retention()).items.find(({ kind }: Json) => kind === 'reflection')).toMatchObject({ due: 0, held: 0, anonymised: 2 });
    expect((await clerk.get('/persons?name=quach tinh lang')).body.items).toHaveLength(1);
    expect((await inspector.get('/audit/verification')).body.intact).toBe(true);
  });

  it('has periods that the top of the structure corrects', async () => {
    const admin = await server.as('city.admin');
    const rule = { years: 10, source: 'Thông tư mới', verified: true };
    expect((await admin.put('/retention/reflection', rule, { 'if-match': '"2"' })).body).toMatchObject({
      ...rule,
      kind: 'reflection',
      version: 3,
    });
    expect((await admin.put('/retention/reflection', rule, { 'if-match': '"1"' })).status).toBe(412);
    expect((await admin.put('/retention/letter', rule, { 'if-match': '*' })).status).toBe(404);
    expect((await admin.put('/retention/reflection', { ...rule, years: 0 }, { 'if-match': '*' })).status).toBe(422);
    const below = await server.as('commune.admin');
    expect((await below.put('/retention/reflection', rule, { 'if-match': '*' })).status).toBe(403);
    expect((await below.post('/retention/runs', {})).status).toBe(403);
  });
});
