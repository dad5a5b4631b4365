import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mammoth from 'mammoth';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, eventsOf, file, unitId } from './support/stories.js';

/** Suspension, termination, going on and withdrawal, on the grounds of the law of the day (Law on Complaints arts 10, 11a; Law on Denunciations arts 33, 34). */
let server: TestServer;
let clerk: Client;
let leader: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  leader = await server.as('commune.leader');
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

const received = { receivedOn: '2026-07-06', writtenOn: null };
const post = (client: Client, petition: Json, path: string, body: object) => client.post(`/petitions/${petition.id}/${path}`, body);
const limit = (petition: Json, ruleId: string): Json => petition.limits.findLast((one: Json) => one.ruleId === ruleId && !one.voidOn);

async function take(client: Client, petition: Json, path: string, body: object): Promise<Json> {
  const { status, body: answer } = await post(client, petition, path, body);
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  return answer;
}

async function accepted(petition: object, acceptedOn = '2026-07-08'): Promise<Json> {
  const filed = await classify(clerk, await file(clerk, petition), { classifiedOn: acceptedOn });
  return take(leader, filed, 'acceptance', { acceptedOn });
}

/** A paper of the petition as it is made of what was recorded. */
async function textOf({ id }: Json, paper: string): Promise<string> {
  const order = { paper, petitionId: id, signerTitle: 'Chủ tịch', signerName: 'Nguyễn Thu Hà' };
  const { status, body } = await leader.post('/documents', order);
  if (status !== 201) throw new Error(`${paper}: ${status} ${JSON.stringify(body)}`);
  return (await mammoth.extractRawText({ buffer: await leader.download(`/api/v1/documents/${body.id}/file`) })).value;
}

describe('a suspension', () => {
  const order = { suspendedOn: '2026-07-13', reason: 'Tạm dừng', documentNumber: '120/QĐ-UBND' };

  it('has the grounds of its kind alone, told with the articles', async () => {
    const complaint = await accepted(aComplaintAbout(baDinh, received));
    const refused = await post(leader, complaint, 'suspensions', { ...order, ground: 'expert_opinion' });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/ground', code: 'not_a_ground' }] } });
    expect(refused.body.detail).toContain('Sự kiện bất khả kháng (Điều 11a(1)(a) Luật số 02/2011/QH13)');
    expect(refused.body.detail).toContain('Căn cứ vào ngày 13/07/2026');
    for (const ground of ['other', 'further_verification'])
      expect(await post(leader, complaint, 'suspensions', { ...order, ground })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/ground', code: 'one_of' }] },
      });
    const denunciation = await accepted(aDenunciationOf(baDinh, 'official', received));
    expect(await post(leader, denunciation, 'suspensions', { ...order, ground: 'force_majeure', evidence: 'x' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/ground', code: 'not_a_ground' }] },
    });
    expect((await take(leader, denunciation, 'suspensions', { ...order, ground: 'expert_opinion' })).state).toBe('suspended');
  });

  it('for an obstacle is proved; its decision and that to go on are owed in three working days', async () => {
    let petition = await accepted(aComplaintAbout(baDinh, received));
    const obstacle = { ...order, ground: 'objective_obstacle' };
    const unproved = await post(leader, petition, 'suspensions', obstacle);
    expect(unproved).toMatchObject({ status: 422, body: { errors: [{ pointer: '/evidence', code: 'required' }] } });
    petition = await take(leader, petition, 'suspensions', { ...obstacle, evidence: 'Giấy nhập viện ngày 11/7/2026' });
    expect(limit(petition, 'complaint.suspension.notice')).toMatchObject({ dueOn: '2026-07-16', metOn: null });
    const stopped = await textOf(petition, 'complaint_suspension_decision');
    expect(stopped).toContain('Điều 1. Tạm đình chỉ giải quyết khiếu nại của Nguyễn Văn Hoà');
    expect(stopped).toContain('Lý do: Tạm dừng. Căn cứ: Điều 11a(1)(a) Luật số 02/2011/QH13: Trở ngại khách quan.');
    const unnumbered = await post(leader, petition, 'resumption', { resumedOn: '2026-07-27', reason: 'Đã ra viện' });
    expect(unnumbered).toMatchObject({ status: 422, body: { errors: [{ pointer: '/documentNumber' }] } });
    const decision = { resumedOn: '2026-07-27', reason: 'Đã ra viện', documentNumber: '131/QĐ-UBND' };
    petition = await take(leader, petition, 'resumption', decision);
    expect(limit(petition, 'complaint.continuation.notice')).toMatchObject({ dueOn: '2026-07-30', metOn: null });
    const goesOn = await textOf(petition, 'complaint_continuation_decision');
    expect(goesOn).toContain('đã tạm đình chỉ giải quyết từ ngày 13/07/2026');
    expect(goesOn).toContain('Thời hạn giải quyết khiếu nại đến ngày 21/08/2026.');
    // Twenty-five of the thirty days were left on 13 July; they go on from the day of the decision.
    expect(limit(petition, 'complaint.resolution.first')).toMatchObject({ dueOn: '2026-08-21', suspendedDays: 14 });
  });
});

describe('a termination', () => {
  const order = { terminatedOn: '2026-07-20', reason: 'Theo căn cứ nêu trên', documentNumber: '140/QĐ-UBND' };

  it.each(['court_has_accepted', 'no_object', 'petitioner_died', 'organisation_ended'])('of a complaint: %s', async (ground) => {
    const petition = await take(leader, await accepted(aComplaintAbout(baDinh, received)), 'termination', { ...order, ground });
    expect(petition).toMatchObject({ state: 'terminated', outcome: 'terminated', terminatedOn: '2026-07-20' });
    expect(limit(petition, 'complaint.termination.notice')).toMatchObject({ dueOn: '2026-07-23', metOn: null });
    expect(await textOf(petition, 'complaint_termination_decision')).toMatch(
      /Lý do: Theo căn cứ nêu trên\. Căn cứ: Điều 11a\(2\)\([a-zđ]\) Luật số 02\/2011\/QH13: /,
    );
    const told = {
      type: 'termination_notice',
      dispatchedOn: '2026-07-22',
      recipients: [{ role: 'last_commune', name: 'UBND phường Ba Đình' }],
    };
    await take(clerk, petition, 'dispatches', told);
    const { body } = await clerk.get(`/petitions/${petition.id}`);
    expect(limit(body, 'complaint.termination.notice')).toMatchObject({ metOn: '2026-07-22', daysLate: 0 });
  });

  it('is refused on a ground of another kind, or on none', async () => {
    const complaint = await accepted(aComplaintAbout(baDinh, received));
    for (const [ground, code] of [
      ['denounced_died', 'not_a_ground'],
      ['judgment_in_force', 'not_a_ground'],
      ['other', 'one_of'],
    ])
      expect(await post(leader, complaint, 'termination', { ...order, ground })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/ground', code }] },
      });
    expect(await eventsOf(clerk, complaint)).toEqual(['received', 'classified', 'accepted']);
    const denunciation = await accepted(aDenunciationOf(baDinh, 'official', received));
    expect(await post(leader, denunciation, 'termination', { ...order, ground: 'court_has_accepted' })).toMatchObject({ status: 422 });
    expect((await take(leader, denunciation, 'termination', { ...order, ground: 'judgment_in_force' })).state).toBe('terminated');
  });
});

describe('a withdrawal', () => {
  const order = { withdrawnOn: '2026-07-20', reason: 'Đã được giải thích rõ' };

  it('by minutes is lawful since 2026-07-01, for complaints accepted before as well (Decree 155/2026 art. 22(1))', async () => {
    const petition = await accepted(aComplaintAbout(baDinh), '2026-05-15');
    const early = await post(clerk, petition, 'withdrawal', { ...order, withdrawnOn: '2026-06-30', form: 'minutes' });
    expect(early).toMatchObject({ status: 422, body: { errors: [{ pointer: '/form', code: 'not_in_force' }] } });
    expect(early.body.detail).toContain('từ ngày 01/07/2026');
    expect(await take(clerk, petition, 'withdrawal', { ...order, form: 'minutes' })).toMatchObject({
      state: 'terminated',
      outcome: 'withdrawn',
    });
    expect((await clerk.get(`/petitions/${petition.id}/withdrawals`)).body.items).toMatchObject([
      { withdrawnOn: '2026-07-20', form: 'minutes', extent: 'whole', goesOn: false },
    ]);
  });

  it('of a part says of which, and the rest goes on', async () => {
    const petition = await accepted(aComplaintAbout(baDinh, received));
    expect(await post(clerk, petition, 'withdrawal', { ...order, extent: 'part' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/content', code: 'required' }] },
    });
    const part = { ...order, extent: 'part', content: 'Nội dung về giá bồi thường' };
    expect((await take(clerk, petition, 'withdrawal', part)).state).toBe('accepted');
    expect((await clerk.get(`/petitions/${petition.id}/withdrawals`)).body.items).toMatchObject([{ content: part.content, goesOn: true }]);
  });

  it('by some of several complainants lets the others go on (Decree 124/2020 art. 7a)', async () => {
    const parties = ['Trần Thị Bình', 'Lê Quốc Sơn', 'Vũ Ngọc Lý'].map((name) => ({ role: 'petitioner', type: 'person', name }));
    let petition = await accepted(aComplaintAbout(baDinh, { ...received, parties }));
    const some = (...positions: number[]) => ({
      ...order,
      extent: 'some_people',
      people: positions.map((position) => ({ of: 'parties', position })),
    });
    for (const [body, error] of [
      [
        { ...order, extent: 'some_people' },
        { pointer: '/people', code: 'required' },
      ],
      [
        { ...some(1), extent: 'whole' },
        { pointer: '/people', code: 'contradiction' },
      ],
      [some(4), { pointer: '/people/0', code: 'unknown_person' }],
      [some(1, 1), { pointer: '/people/1', code: 'unknown_person' }],
      [some(1, 2, 3), { pointer: '/extent', code: 'nobody_left' }],
      [
        { ...some(1), withdrawnOn: '2026-06-30' },
        { pointer: '/extent', code: 'not_in_force' },
      ],
    ] as const)
      expect(await post(clerk, petition, 'withdrawal', body)).toMatchObject({ status: 422, body: { errors: [error] } });
    petition = await take(clerk, petition, 'withdrawal', some(2));
    expect(petition).toMatchObject({
      state: 'accepted',
      parties: [{ withdrawnOn: null }, { name: 'Lê Quốc Sơn', withdrawnOn: '2026-07-20' }, { withdrawnOn: null }],
    });
    expect(await post(clerk, petition, 'withdrawal', some(2))).toMatchObject({ status: 422 });
    await take(clerk, petition, 'withdrawal', some(1));
    expect(await post(clerk, petition, 'withdrawal', some(3))).toMatchObject({ status: 422, body: { errors: [{ code: 'nobody_left' }] } });
    expect((await take(clerk, petition, 'withdrawal', order)).state).toBe('terminated');
  });

  it('by some of a list of signatories is shown there; of a denunciation nobody is named', async () => {
    const group = await accepted(aComplaintAbout(baDinh, { ...received, signatories: 6 }));
    const csv = [
      'name,birth_year,national_id,address,representative',
      ...[1, 2, 3, 4, 5, 6].map((n) => `Hộ dân ${n},196${n},,Tổ ${n},${n === 1 ? 'x' : ''}`),
    ];
    expect((await clerk.upload(`/petitions/${group.id}/signatories/imports`, csv.join('\n'), { format: 'csv' })).status).toBe(200);
    const people = [{ of: 'signatories', position: 3 }];
    await take(clerk, group, 'withdrawal', { ...order, form: 'minutes', extent: 'some_people', people });
    const { items } = (await clerk.get(`/petitions/${group.id}/signatories`)).body;
    expect(items.map(({ withdrawnOn }: Json) => withdrawnOn)).toEqual([null, null, '2026-07-20', null, null, null]);
    // The list is replaced: whoever withdrew is the same person in another place, and nobody else.
    const lists = (order: number[]) => order.map((n) => ({ name: `HỘ DÂN ${n}`, birthYear: 1960 + n, address: null }));
    const replace = (order: number[]) =>
      clerk.put(`/petitions/${group.id}/signatories`, { signatories: lists(order) }, { 'if-match': '*' });
    expect((await replace([1, 2, 4, 5, 6])).body.errors).toMatchObject([{ pointer: '/signatories', code: 'withdrawn_missing' }]);
    expect((await replace([3, 6, 5, 4, 2, 1, 7])).body.items.map(({ withdrawnOn }: Json) => withdrawnOn)).toEqual([
      '2026-07-20',
      ...Array<null>(6).fill(null),
    ]);
    expect((await clerk.get(`/petitions/${group.id}/withdrawals`)).body.items).toMatchObject([{ signatoryPositions: [1] }]);
    const two = ['Chim Sơn Ca', 'Chim Hoạ Mi'].map((name) => ({ role: 'petitioner', type: 'person', name }));
    const secret = await accepted(aDenunciationOf(baDinh, 'official', { ...received, parties: two }));
    const told = await take(clerk, secret, 'withdrawal', { ...order, extent: 'some_people', people: [{ of: 'parties', position: 1 }] });
    expect(told).toMatchObject({
      state: 'accepted',
      parties: [
        { masked: true, withdrawnOn: '2026-07-20' },
        { masked: true, withdrawnOn: null },
      ],
    });
    expect(JSON.stringify([told, (await clerk.get(`/petitions/${secret.id}/history`)).body])).not.toContain('Chim');
  });

  it('ends the right: the same person is not heard about the matter again, but for coercion', async () => {
    const first = await accepted(aComplaintAbout(baDinh, received));
    await take(clerk, first, 'withdrawal', order);
    const more = { receivedOn: '2026-08-03', writtenOn: null, relatedTo: [{ petitionId: first.id, relation: 'repeats' }] };
    const again = await classify(clerk, await file(clerk, aComplaintAbout(baDinh, more)), { classifiedOn: '2026-08-04' });
    const refused = await post(leader, again, 'acceptance', { acceptedOn: '2026-08-05' });
    expect(refused).toMatchObject({ status: 409, body: { objections: [{ code: 'withdrawn_before', overridable: true }] } });
    expect(refused.body.detail).toContain('Điều 10(3) Luật số 02/2011/QH13');
    const overridden = { acceptedOn: '2026-08-05', overrideReason: 'Có biên bản công an xác nhận bị đe doạ khi rút đơn' };
    expect((await take(leader, again, 'acceptance', overridden)).state).toBe('accepted');
  });
});
