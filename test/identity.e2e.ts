import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

const reason = { reason: 'Làm việc với người tố cáo để xác minh nội dung' };
const author = {
  role: 'petitioner',
  type: 'person',
  name: 'Lưu Thị Ngân',
  nationalId: '001177000777',
  address: 'Số 9 ngõ 3 phố Yên Phụ',
  phone: '0977 000 777',
};

let server: TestServer;
let clerk: Client;
let handler: Client;
let leader: Client;
let cityLeader: Client;
let inspector: Client;
let handlerId: string;
let unit: string;
let petition: Json;

const denounce = (more: object = {}): Promise<Json> => file(clerk, aDenunciationOf(unit, 'official', { parties: [author], ...more }));
const reveal = (by: Client, id: string = petition.id) => by.post(`/petitions/${id}/identity/reveals`, reason);

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  handler = await server.as('commune.handler');
  leader = await server.as('commune.leader');
  cityLeader = await server.as('city.leader');
  inspector = await server.as('city.inspector');
  handlerId = (await handler.get('/auth/me')).body.id;
  unit = await unitId(clerk, '00004');
  petition = await classify(clerk, await denounce({ content: 'Tôi là Lưu Thị Ngân, CCCD 001 177 000 777, tố cáo việc thu tiền.' }));
});
afterAll(() => server.stop());

describe('an identity', () => {
  it('is taken out of the words, which are kept as they were written', async () => {
    expect((await clerk.get(`/petitions/${petition.id}`)).body.content).toBe(
      'Tôi là [người tố cáo], CCCD [người tố cáo], tố cáo việc thu tiền.',
    );
    const { body } = await reveal(leader);
    expect(body.text.content).toBe('Tôi là Lưu Thị Ngân, CCCD 001 177 000 777, tố cáo việc thu tiền.');
  });

  it('is shown to the leader who decides and, once assigned, to who handles it; to nobody else', async () => {
    const refused = await reveal(handler);
    expect([refused.status, refused.body.type]).toEqual([403, '/api/v1/problems/forbidden']);
    expect((await reveal(clerk)).status).toBe(403);
    expect((await reveal(cityLeader)).status).toBe(403);
    expect((await reveal(inspector)).status).toBe(403);
    expect((await reveal(await server.as('district.leader'))).status).not.toBe(201);

    const assigned = await leader.post(`/petitions/${petition.id}/assignments`, { accountId: handlerId, note: 'Xác minh' });
    expect([assigned.status, assigned.body.items]).toEqual([
      201,
      [expect.objectContaining({ username: 'commune.handler', endedOn: null })],
    ]);
    const { status, body, headers } = await reveal(handler);
    expect([status, body.basis, headers.get('cache-control')]).toEqual([201, 'assigned', 'no-store']);
    expect(body.parties[0]).toMatchObject(author);

    const { body: ended } = await leader.post(`/petitions/${petition.id}/assignments/${assigned.body.items[0].id}/end`, {
      reason: 'Chuyển việc',
    });
    expect(ended.items[0].endedOn).not.toBeNull();
    expect((await reveal(handler)).status).toBe(403);
  });

  it('of who signed later is taken out of the words as well', async () => {
    const group = await denounce({ content: 'Cùng với Ngô Thị Thanh Xuân, chúng tôi tố cáo việc thu tiền ngoài quy định của công chức.' });
    expect((await clerk.get(`/petitions/${group.id}`)).body.content).toContain('Ngô Thị Thanh Xuân');
    await clerk.put(`/petitions/${group.id}/signatories`, { signatories: [{ name: 'Ngô Thị Thanh Xuân' }] }, { 'if-match': '*' });
    expect((await clerk.get(`/petitions/${group.id}`)).body.content).toContain('Cùng với [người tố cáo], chúng tôi');
    expect((await reveal(leader, group.id)).body).toMatchObject({
      signatories: [{ name: 'Ngô Thị Thanh Xuân' }],
      text: { content: expect.stringContaining('Thanh Xuân') },
    });
  });

  it('needs a reason', async () => {
    for (const body of [{}, { reason: 'cần' }]) {
      const { status, body: problem } = await leader.post(`/petitions/${petition.id}/identity/reveals`, body);
      expect([status, problem.errors[0].pointer]).toEqual([422, '/reason']);
    }
  });

  it('of a complaint is no secret, and of an unknown petition unknown', async () => {
    const complaint = await file(clerk, aComplaintAbout(unit));
    expect((await reveal(leader, complaint.id)).status).toBe(409);
    expect((await reveal(leader, '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11')).status).toBe(404);
  });

  it('stays hidden from the head of the unit who is denounced', async () => {
    const ofHead = await file(clerk, aDenunciationOf(unit, 'head', { parties: [author] }));
    expect((await reveal(leader, ofHead.id)).status).toBe(403);
    const leaderId = (await leader.get('/auth/me')).body.id;
    expect((await leader.post(`/petitions/${ofHead.id}/assignments`, { accountId: leaderId })).status).toBe(403);
  });

  it('goes with a transfer to the leader who is competent, and leaves the one who sent it', async () => {
    const sent = await classify(clerk, await file(clerk, aDenunciationOf(unit, 'head', { parties: [author] })));
    const city = (await cityLeader.get('/auth/me')).body.unit.id;
    const { body: transfer } = await leader.post(`/petitions/${sent.id}/transfers`, {
      toUnitId: sent.competentUnit.id,
      reason: 'Thuộc thẩm quyền',
    });
    const receiver = sent.competentUnit.id === city ? cityLeader : await server.as('district.leader');
    expect((await receiver.post(`/transfers/${transfer.id}/receipt`, {})).status).toBe(200);
    expect((await reveal(receiver, sent.id)).status).toBe(201);
    expect((await reveal(leader, sent.id)).status).toBe(403);
  });

  it('is kept with each look, also of twenty at once, and shown to the leader and to inspectors above', async () => {
    const before = (await leader.get(`/petitions/${petition.id}/identity/reveals`)).body.items.length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => reveal(leader)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    for (const reader of [leader, inspector]) {
      const { body } = await reader.get(`/petitions/${petition.id}/identity/reveals`);
      expect(body.items).toHaveLength(before + 20);
      expect(body.items[0]).toMatchObject({ username: 'commune.leader', basis: 'deciding_leader', ...reason, colleague: true });
    }
    expect((await cityLeader.get(`/petitions/${petition.id}/identity/reveals`)).body.type).toBe('/api/v1/problems/not-responsible');
    const { body } = await inspector.get(`/audit/records?petitionId=${petition.id}&operation=read&limit=200`);
    expect(body.items.filter(({ objectType }: Json) => objectType === 'identity').length).toBe(before + 20);
    expect(
      body.items.filter(({ objectType }: Json) => objectType === 'refused_identity_reveal').map(({ username }: Json) => username),
    ).toEqual(expect.arrayContaining(['commune.handler', 'commune.clerk', 'city.leader', 'city.inspector']));
  });

  it('is found by its national id among those that one may know, and by nobody else', async () => {
    const ask = async (by: Client, nationalId = author.nationalId) =>
      (await by.post('/identity/look-ups', { nationalId, ...reason })).body.items.map(({ number }: Json) => number);
    const looksAt = async (): Promise<Json[]> => (await leader.get(`/petitions/${petition.id}/identity/reveals`)).body.items;
    const before = (await looksAt()).length;
    expect(await ask(leader)).toContain(petition.number);
    const looks = await looksAt();
    expect([looks.length, looks[0]]).toEqual([before + 1, expect.objectContaining({ username: 'commune.leader', ...reason })]);
    const [kept] = await server.sql<{ facts: Json }>(
      `select after as facts from audit_record where object_type = 'identity_look_up' order by id desc limit 1`,
    );
    expect(kept?.facts).toMatchObject({ found: expect.any(Number) });
    expect(await ask(clerk)).toEqual([]);
    expect(await ask(inspector)).toEqual([]);
    expect(await ask(leader, '001177000778')).toEqual([]);
  });
});

describe('a petition that', () => {
  it('turns out to be a denunciation is sealed, with its list, its words and its files; and opens again when it is none', async () => {
    const unique = { ...author, name: 'Phó Đức Vịnh', nationalId: '001177000999' };
    const complaint = await file(
      clerk,
      aComplaintAbout(unit, { parties: [unique], content: 'Phó Đức Vịnh khiếu nại việc thu tiền của cán bộ.' }),
    );
    await clerk.put(`/petitions/${complaint.id}/signatories`, { signatories: [{ name: unique.name }] }, { 'if-match': '*' });
    await clerk.upload(`/petitions/${complaint.id}/attachments`, Buffer.from('%PDF-1.4\n%%EOF\n'), {}, 'đơn của Vịnh.PDF');
    expect((await clerk.get('/persons?name=pho duc vinh')).body.items).toHaveLength(1);

    const respondent = { type: 'official', unitId: unit, position: 'official' };
    const secret = await classify(clerk, complaint, { kind: 'denunciation', respondent });
    expect([secret.content, secret.parties[0].name]).toEqual(['[người tố cáo] khiếu nại việc thu tiền của cán bộ.', null]);
    expect((await clerk.get('/persons?name=pho duc vinh')).body.items).toEqual([]);
    expect((await clerk.get(`/petitions/${complaint.id}/attachments`)).body.items[0].filename).toBe('tep.pdf');
    const stored = await server.sql(
      `select (select json_agg(party) from petition_party party where petition_id = $1) as parties,
         (select json_agg(s) from petition_signatory s where petition_id = $1) as signatories, (select count(*)::int from person where national_id = $2) as persons`,
      [complaint.id, unique.nationalId],
    );
    expect(JSON.stringify(stored)).not.toMatch(/Vịnh|001177000999/);
    expect(stored[0]).toMatchObject({ persons: 0 });
    expect((await reveal(leader, complaint.id)).body).toMatchObject({
      parties: [unique],
      signatories: [{ name: unique.name }],
      text: { content: 'Phó Đức Vịnh khiếu nại việc thu tiền của cán bộ.' },
    });

    const open = await classify(clerk, complaint, { kind: 'complaint', respondent: { type: 'agency', unitId: unit } });
    expect([open.content, open.parties[0].name]).toEqual(['Phó Đức Vịnh khiếu nại việc thu tiền của cán bộ.', unique.name]);
    expect((await reveal(leader, complaint.id)).status).toBe(409);
  });

  it('is split keeps its author sealed in every part', async () => {
    const whole = await classify(clerk, await file(clerk, aComplaintAbout(unit, { parties: [author] })));
    const respondent = { type: 'official', unitId: unit, position: 'official' };
    const { body } = await clerk.put(
      `/petitions/${whole.id}/parts`,
      {
        splitOn: '2026-05-13',
        parts: [
          { kind: 'complaint', summary: 'Lưu Thị Ngân khiếu nại thu hồi đất' },
          { kind: 'denunciation', summary: 'Tố cáo thu tiền', respondent },
        ],
      },
      { 'if-match': '*' },
    );
    expect(body.parts.map(({ summary }: Json) => summary)).toEqual(['[người tố cáo] khiếu nại thu hồi đất', 'Tố cáo thu tiền']);
    for (const { id } of [whole, ...body.parts]) expect((await reveal(leader, id)).body.parties[0]).toMatchObject(author);
    const [row] = await server.sql<{ open: number }>(
      `select count(*)::int as open from petition_party party join petition p on p.id = party.petition_id where p.identity_secret and party.name <> '' and party.role <> 'respondent'`,
    );
    expect(row!.open).toBe(0);
  });
});

describe('keys', () => {
  it('are rotated in the background, after which everything lies under the new one and opens as before', async () => {
    const admin = await server.as('city.admin');
    await Promise.all(Array.from({ length: 30 }, () => denounce()));
    const before = (await admin.get('/keys')).body.versions;
    expect(before).toEqual([expect.objectContaining({ version: 1 })]);
    expect((await (await server.as('commune.admin')).post('/keys/rotations', {})).status).toBe(403);
    const statuses = await Promise.all([1, 2].map(async () => (await admin.post('/keys/rotations', {})).status));
    expect(statuses.sort()).toEqual([202, 409]);
    const keys = await until(async () => {
      const { body } = await admin.get('/keys');
      return ['succeeded', 'failed'].includes(body.rotation.state) && body;
    });
    expect(keys.rotation).toMatchObject({ state: 'succeeded', percent: 100, done: before[0].fields });
    expect(keys.versions.map(({ version, fields }: Json) => [version, fields])).toEqual([
      [2, before[0].fields],
      [1, 0],
    ]);
    expect((await reveal(leader)).body.parties[0]).toMatchObject(author);
    const { body } = await leader.post('/identity/look-ups', { nationalId: author.nationalId, ...reason });
    expect(body.items.map(({ number }: Json) => number)).toContain(petition.number);
    expect((await denounce()).parties[0].masked).toBe(true);
    expect((await admin.get('/keys')).body.versions[0].fields).toBeGreaterThan(before[0].fields);
  });

  it('let nothing be changed or moved in the database unseen', async () => {
    const other = await denounce();
    await server.sql(
      `update petition_party set sealed = (select sealed from petition_party where petition_id = $2 and position = 1) where petition_id = $1 and position = 1`,
      [petition.id, other.id],
    );
    expect((await reveal(leader)).status).toBe(500);
    const told = () => /"type":"SealError"/.test(server.output());
    await until(told);
    expect((await leader.get(`/petitions/${petition.id}`)).status).toBe(200);
  });
});
