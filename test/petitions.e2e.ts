import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, eventsOf, file, unitId, verify } from './support/stories.js';
import { until } from './support/until.js';

let server: TestServer;
let cityClerk: Client;
let cityLeader: Client;
let clerk: Client;
let leader: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  [cityClerk, cityLeader, clerk, leader] = await Promise.all([
    server.as('city.clerk'),
    server.as('city.leader'),
    server.as('commune.clerk'),
    server.as('commune.leader'),
  ]);
  baDinh = await unitId(cityClerk, '00004');
});
afterAll(() => server.stop());

describe('filing', () => {
  it('answers number, competence, flags with the law behind them, outcome and limits', async () => {
    const { status, headers, body } = await cityClerk.post('/petitions', aComplaintAbout(baDinh));
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/petitions/${body.id}`);
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toMatchObject({
      number: expect.stringMatching(/^HNI-2026-\d{6}$/),
      state: 'received',
      stage: 'first',
      receivedUnit: { code: '01' },
      competentUnit: { code: '00004', name: 'Phường Ba Đình' },
      responsibleUnit: { code: '01' },
      withinCompetence: false,
      recommendedOutcome: 'guidance',
      flags: [
        {
          code: 'over_level',
          levelsSkipped: 1,
          ruleId: 'over_level.complaint',
          sources: [{ instrument: '02/2011/QH13', article: '7' }, {}],
        },
      ],
      limits: [{ ruleId: 'petition.processing', startsOn: '2026-05-11', dueOn: '2026-05-21', metOn: null }],
    });
  });

  it('takes an old petition with the structure of its day', async () => {
    const trucBach = await unitId(cityClerk, '00004', '2018-05-10');
    const petition = await file(cityClerk, aComplaintAbout(trucBach, { receivedOn: '2018-05-10', writtenOn: '2018-05-09' }));
    expect(petition).toMatchObject({
      number: expect.stringMatching(/^HNI-2018-/),
      competentUnit: { name: 'Phường Trúc Bạch' },
      flags: [{ code: 'over_level', levelsSkipped: 2 }],
      alert: 'backlog',
    });
  });

  it('finds the stage from an earlier petition of the case and joins that case', async () => {
    const first = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    await clerk.post(`/petitions/${first.id}/acceptance`, { acceptedOn: '2026-05-13' });
    await verify(leader, first, { assignedOn: '2026-05-14', reportedOn: '2026-06-05' });
    await leader.post(`/petitions/${first.id}/decisions`, {
      decidedOn: '2026-06-10',
      documentNumber: '15/QĐ-UBND',
      result: 'wrong',
      content: 'Bác khiếu nại.',
      receivedByPetitionerOn: '2026-06-12',
    });
    const second = await cityLeader.get(`/petitions/${first.id}`);
    expect(second.status).toBe(200);
    // The clerk of the city sees the city's own petitions alone, so he states what the commune did.
    const appeal = aComplaintAbout(baDinh, {
      receivedOn: '2026-06-22',
      priorHandling: [
        {
          unitId: baDinh,
          stage: 'first',
          receivedOn: '2026-05-11',
          acceptedOn: '2026-05-13',
          decidedOn: '2026-06-10',
          decisionReceivedOn: '2026-06-12',
        },
      ],
    });
    expect(await file(cityClerk, appeal)).toMatchObject({
      stage: 'second',
      competentUnit: { code: '01' },
      withinCompetence: true,
      flags: [],
      limits: [{ ruleId: 'complaint.acceptance' }],
    });

    const repeated = await file(
      clerk,
      aComplaintAbout(baDinh, { receivedOn: '2026-06-23', relatedTo: [{ petitionId: first.id, relation: 'repeats' }] }),
    );
    expect(repeated).toMatchObject({
      caseId: first.caseId,
      stage: 'second',
      flags: [{ code: 'outside_competence' }],
      recommendedOutcome: 'guidance',
    });
  });

  it('proposes to file a duplicate away', async () => {
    const first = await file(clerk, aComplaintAbout(baDinh));
    expect(await file(clerk, aComplaintAbout(baDinh, { relatedTo: [{ petitionId: first.id, relation: 'duplicate_of' }] }))).toMatchObject({
      caseId: first.caseId,
      recommendedOutcome: 'filing_away',
    });
  });

  it.each([
    ['a day ahead', { receivedOn: '2027-05-11' }, '/receivedOn'],
    ['written after receipt', { writtenOn: '2026-05-12' }, '/writtenOn'],
    ['a day that does not exist', { receivedOn: '2025-02-30' }, '/receivedOn'],
    ['before the first law', { receivedOn: '2011-05-11', writtenOn: null }, '/receivedOn'],
    ['an unknown respondent', { respondent: { type: 'agency', unitId: '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11' } }, '/respondent/unitId'],
    [
      'an unknown related petition',
      { relatedTo: [{ petitionId: '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11', relation: 'repeats' }] },
      '/relatedTo/0/petitionId',
    ],
    [
      'a national id of ten digits',
      { parties: [{ role: 'petitioner', type: 'person', name: 'A', nationalId: '0010820123' }] },
      '/parties/0/nationalId',
    ],
    ['an unknown field', { urgent: true }, '/urgent'],
    ['a wrong type', { signatories: 'many' }, '/signatories'],
    [
      'too many parties',
      { parties: Array.from({ length: 10_000 }, () => ({ role: 'petitioner', type: 'person', name: 'A' })) },
      '/parties',
    ],
  ])('refuses %s and names the field', async (_what, more, pointer) => {
    const { status, headers, body } = await cityClerk.post('/petitions', aComplaintAbout(baDinh, more));
    expect(status).toBe(422);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer })]));
  });

  it('numbers 200 parallel petitions of one unit without a gap', async () => {
    const before = await server.sql<{ last_number: number }>(
      'select coalesce(max(last_number), 0)::int as last_number from ledger_counter where unit_id = $1 and year = 2026',
      [baDinh],
    );
    const answers = await Promise.all(Array.from({ length: 200 }, () => clerk.post('/petitions', aReflectionOn(baDinh))));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 200 }, () => 201));
    const numbers = answers.map(({ body }) => Number(body.number.slice(-6))).sort((one, other) => one - other);
    const first = before[0]!.last_number + 1;
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => first + index));
  });

  it('goes on after the number 999,999', async () => {
    const hoanKiem = await unitId(cityClerk, '00070');
    const by = await server.as('hoankiem.clerk');
    await server.sql('insert into ledger_counter (unit_id, year, last_number) values ($1, 2026, 999998)', [hoanKiem]);
    const numbers: string[] = [];
    for (let turn = 0; turn < 3; turn++) numbers.push((await file(by, aReflectionOn(hoanKiem))).number);
    expect(numbers).toEqual(['HNI-P070-2026-999999', 'HNI-P070-2026-1000000', 'HNI-P070-2026-1000001']);
  });

  it('loses no number to a petition that is refused', async () => {
    const one = await file(clerk, aReflectionOn(baDinh));
    await clerk.post(
      '/petitions',
      aReflectionOn(baDinh, { relatedTo: [{ petitionId: '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11', relation: 'repeats' }] }),
    );
    const two = await file(clerk, aReflectionOn(baDinh));
    expect(Number(two.number.slice(-6))).toBe(Number(one.number.slice(-6)) + 1);
  });
});

describe('idempotency', () => {
  it('answers a repeated request with the first answer and files once', async () => {
    const petition = aComplaintAbout(baDinh);
    const key = { 'idempotency-key': 'quay-so-3-0001' };
    const first = await cityClerk.post('/petitions', petition, key);
    const second = await cityClerk.post('/petitions', petition, key);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(second.headers.get('etag')).toBe('"1"');
  });

  it('keeps the answer under a seal; one that an earlier version stored open is answered as well', async () => {
    const petition = aComplaintAbout(baDinh);
    const key = { 'idempotency-key': 'quay-so-3-0006' };
    const { body: first } = await cityClerk.post('/petitions', petition, key);
    const [stored] = await server.sql<{ body: unknown; sealed: Buffer | null }>('select body, sealed from idempotency_key where key = $1', [
      key['idempotency-key'],
    ]);
    expect(stored).toEqual({ body: null, sealed: expect.any(Buffer) });
    await server.sql('update idempotency_key set body = $2, sealed = null, sealed_key = null where key = $1', [
      key['idempotency-key'],
      JSON.stringify(first),
    ]);
    expect((await cityClerk.post('/petitions', petition, key)).body).toEqual(first);
  });

  it('forgets the answer after two days', async () => {
    await server.sql(
      `insert into idempotency_key (account_id, key, request_digest, status, headers, created_at)
       select null, 'key ' || hours, '', 201, '{}', now() - make_interval(hours => hours) from unnest(array[47, 49]) as hours`,
    );
    await server.sql(`select graphile_worker.add_job('forget_answers')`);
    const left = () => server.sql(`select key from idempotency_key where account_id is null`);
    await until(async () => (await left()).length < 2);
    expect(await left()).toEqual([{ key: 'key 47' }]);
  });

  it('refuses the key for another body', async () => {
    const key = { 'idempotency-key': 'quay-so-3-0002' };
    await cityClerk.post('/petitions', aComplaintAbout(baDinh), key);
    const { status, body } = await cityClerk.post('/petitions', aComplaintAbout(baDinh, { summary: 'Nội dung khác hẳn' }), key);
    expect([status, body.type]).toEqual([422, '/api/v1/problems/idempotency-key-reused']);
  });

  it('lets one of ten simultaneous repetitions act and the others wait or get the same', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => cityClerk.post('/petitions', aComplaintAbout(baDinh), { 'idempotency-key': 'quay-so-3-0003' })),
    );
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id)).size).toBe(1);
  });

  it('stores nothing for a request that was refused', async () => {
    const key = { 'idempotency-key': 'quay-so-3-0004' };
    expect((await cityClerk.post('/petitions', aComplaintAbout(baDinh, { receivedOn: '2027-01-01' }), key)).status).toBe(422);
    expect((await cityClerk.post('/petitions', aComplaintAbout(baDinh), key)).status).toBe(201);
  });

  it('keeps the keys of two officials apart', async () => {
    const key = { 'idempotency-key': 'quay-so-3-0005' };
    const [one, other] = await Promise.all([
      cityClerk.post('/petitions', aComplaintAbout(baDinh), key),
      clerk.post('/petitions', aComplaintAbout(baDinh), key),
    ]);
    expect(one.body.id).not.toBe(other.body.id);
  });
});

describe('the life of a complaint', () => {
  it('goes from receipt to closure, each step with its limits and its event', async () => {
    let petition = await file(clerk, aComplaintAbout(baDinh));
    petition = await classify(clerk, petition, { fieldCode: 'policy' });
    expect(petition).toMatchObject({ state: 'classified', fieldCode: 'policy' });
    petition = (await clerk.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15', documentNumber: '7/TB-UBND' })).body;
    expect(petition).toMatchObject({ state: 'accepted', acceptedOn: '2026-05-15' });
    expect(limit(petition, 'complaint.acceptance')).toMatchObject({ dueOn: '2026-05-21', metOn: '2026-05-15', alert: 'none' });
    expect(limit(petition, 'complaint.resolution.first')).toMatchObject({
      startsOn: '2026-05-15',
      dueOn: '2026-06-15',
      metOn: null,
      alert: 'backlog',
    });
    await verify(leader, petition, { assignedOn: '2026-05-18', reportedOn: '2026-06-05' });
    petition = (
      await leader.post(`/petitions/${petition.id}/decisions`, {
        decidedOn: '2026-06-10',
        documentNumber: '15/QĐ-UBND',
        result: 'partly_right',
        content: 'Công nhận một phần.',
      })
    ).body;
    expect(petition).toMatchObject({ state: 'decided', decidedOn: '2026-06-10' });
    expect(limit(petition, 'complaint.decision.sending.first')).toMatchObject({ dueOn: '2026-06-15' });
    const early = await clerk.post(`/petitions/${petition.id}/closure`, { closedOn: '2026-06-12' });
    expect(early).toMatchObject({ status: 409, body: { owed: ['complaint.decision.sending.first'] } });
    await clerk.post(`/petitions/${petition.id}/dispatches`, {
      type: 'sending',
      dispatchedOn: '2026-06-12',
      recipients: [{ role: 'petitioner', name: 'Nguyễn Văn Hoà' }],
    });
    petition = (await clerk.post(`/petitions/${petition.id}/closure`, { closedOn: '2026-06-12' })).body;
    expect(petition).toMatchObject({ state: 'closed', alert: 'none', nextDueOn: null });
    expect(await eventsOf(clerk, petition)).toEqual([
      'received',
      'classified',
      'accepted',
      'verification_assigned',
      'verification_reported',
      'decided',
      'dispatched',
      'closed',
    ]);
  });

  it('is guided once when it was filed over-level', async () => {
    const petition = await file(cityClerk, aComplaintAbout(baDinh));
    const { status, body } = await cityClerk.post(`/petitions/${petition.id}/guidance`, {
      guidedOn: '2026-05-14',
      content: 'Đề nghị gửi đơn đến Chủ tịch UBND Phường Ba Đình.',
    });
    expect([status, body.state]).toEqual([200, 'guided']);
    expect(limit(body, 'petition.processing')).toMatchObject({ metOn: '2026-05-14' });
    const { body: history } = await cityClerk.get(`/petitions/${petition.id}/history`);
    expect(history.items.at(-1)).toMatchObject({
      event: 'guided',
      occurredOn: '2026-05-14',
      by: 'city.clerk',
      facts: { toUnitId: baDinh },
    });
    const again = await cityClerk.post(`/petitions/${petition.id}/guidance`, { content: 'Lần nữa' });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      type: '/api/v1/problems/action-not-allowed',
      state: 'guided',
      allowedActions: ['register_outcome'],
    });
  });

  it('is refused with the list of what is allowed when a step comes out of order', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    const { status, body } = await leader.post(`/petitions/${petition.id}/decisions`, {
      documentNumber: '1',
      result: 'right',
      content: 'x',
    });
    expect(status).toBe(409);
    expect(body.allowedActions).toEqual(['classify', 'check_eligibility', 'split', 'guide', 'transfer', 'return', 'file_away', 'withdraw']);
  });

  it('is not accepted where the unit is not competent', async () => {
    const petition = await classify(cityClerk, await file(cityClerk, aComplaintAbout(baDinh)));
    const { status, body } = await cityClerk.post(`/petitions/${petition.id}/acceptance`, {});
    expect([status, body.allowedActions.includes('accept')]).toEqual([409, false]);
  });

  it('follows a correction of its kind: other competence, other limits, no names in the search', async () => {
    const petition = await file(
      clerk,
      aComplaintAbout(baDinh, { parties: [{ role: 'petitioner', type: 'person', name: 'Phan Khánh Ưng' }] }),
    );
    expect((await clerk.get('/petitions?q=phan khanh ung')).body.items).toHaveLength(1);
    const corrected = await classify(clerk, petition, {
      kind: 'denunciation',
      respondent: { type: 'official', unitId: baDinh, position: 'official' },
      reason: 'Nội dung là tố cáo',
    });
    expect(corrected).toMatchObject({ kind: 'denunciation', parties: [{ name: null, masked: true }] });
    expect(limit(corrected, 'complaint.acceptance')).toMatchObject({ voidOn: '2026-05-12' });
    expect(limit(corrected, 'denunciation.acceptance')).toMatchObject({ startsOn: '2026-05-11', dueOn: '2026-05-20' });
    expect((await clerk.get('/petitions?q=phan khanh ung')).body.items).toHaveLength(0);
  });

  it('takes what a clerk states, with a reason, and says so in the history', async () => {
    const petition = await file(cityClerk, aComplaintAbout(baDinh));
    const city = await unitId(cityClerk, '01');
    const stated = { competentUnitId: city };
    const without = await cityClerk.put(`/petitions/${petition.id}/classification`, stated, { 'if-match': '"1"' });
    expect([without.status, without.body.errors[0].pointer]).toEqual([422, '/reason']);
    const { body } = await cityClerk.put(
      `/petitions/${petition.id}/classification`,
      { ...stated, reason: 'Thành phố trực tiếp ban hành quyết định' },
      { 'if-match': '"1"' },
    );
    expect(body).toMatchObject({ withinCompetence: true, competentUnit: { code: '01' }, flags: [] });
  });
});

describe('the life of a denunciation and of a reflection', () => {
  it('is concluded, with the notices that acceptance and conclusion start', async () => {
    let petition = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official')));
    petition = (await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15' })).body;
    expect(limit(petition, 'denunciation.acceptance.notice')).toMatchObject({ dueOn: '2026-05-22' });
    expect(limit(petition, 'denunciation.resolution')).toMatchObject({ dueOn: '2026-06-15' });
    const guided = await clerk.post(`/petitions/${petition.id}/guidance`, { content: 'x' });
    expect(guided.status).toBe(409);
    await verify(leader, petition, { assignedOn: '2026-05-18', reportedOn: '2026-06-05' });
    petition = (
      await leader.post(`/petitions/${petition.id}/conclusions`, {
        concludedOn: '2026-06-10',
        documentNumber: '33/KL-UBND',
        result: 'right',
        content: 'Tố cáo đúng.',
      })
    ).body;
    expect(petition.state).toBe('concluded');
    expect(limit(petition, 'denunciation.conclusion.publication')).toMatchObject({ dueOn: '2026-06-19' });
  });

  it('a reflection is answered at the place', async () => {
    const petition = await classify(clerk, await file(clerk, aReflectionOn(baDinh)));
    const { body } = await clerk.post(`/petitions/${petition.id}/answers`, {
      answeredOn: '2026-05-20',
      result: 'resolved',
      content: 'Đã thay đèn.',
    });
    expect(body.state).toBe('answered');
    const decision = await leader.post(`/petitions/${petition.id}/decisions`, { documentNumber: '1', result: 'right', content: 'x' });
    expect(decision.status).toBe(409);
  });
});

describe('versions', () => {
  it('asks for If-Match on a correction and refuses a stale one', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    const path = `/petitions/${petition.id}/classification`;
    expect((await clerk.put(path, {})).status).toBe(428);
    expect((await clerk.put(path, {}, { 'if-match': '"1"' })).headers.get('etag')).toBe('"2"');
    expect((await clerk.put(path, {}, { 'if-match': '"1"' })).status).toBe(412);
    expect((await clerk.put(path, {}, { 'if-match': 'W/"2"' })).status).toBe(412);
    expect((await clerk.post(`/petitions/${petition.id}/guidance`, { content: 'x' }, { 'if-match': '"1"' })).status).toBe(412);
  });

  it('answers headers alone to who prefers that', async () => {
    const prefer = { prefer: 'return=minimal' };
    const filed = await clerk.post('/petitions', aComplaintAbout(baDinh), prefer);
    expect([filed.status, filed.body, filed.headers.get('etag'), filed.headers.get('preference-applied')]).toEqual([
      201,
      '',
      '"1"',
      'return=minimal',
    ]);
    const path = filed.headers.get('location')!;
    const corrected = await clerk.put(`${path}/classification`, {}, { ...prefer, 'if-match': '"1"' });
    expect([corrected.status, corrected.body, corrected.headers.get('etag')]).toEqual([204, '', '"2"']);
    expect((await clerk.get(path, prefer)).body.state).toBe('classified');
    const head = await clerk.raw('HEAD', path, undefined, prefer);
    expect([head.status, head.headers.get('etag'), head.headers.get('preference-applied')]).toEqual([200, '"2"', null]);
  });

  it('lets one of two simultaneous acceptances win', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    const answers = await Promise.all(
      [clerk, leader].map((by) => by.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await eventsOf(clerk, petition)).toEqual(['received', 'classified', 'accepted']);
  });
});

describe('what a caller may do now', () => {
  it('lists the open steps with their fields, for whoever asks', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    const { body } = await clerk.get(`/petitions/${petition.id}/actions`);
    expect(body.state).toBe('received');
    expect(body.items.map(({ action }: Json) => action)).toEqual([
      'classify',
      'check_eligibility',
      'split',
      'guide',
      'transfer',
      'return',
      'file_away',
      'withdraw',
    ]);
    expect(body.items[3]).toMatchObject({
      method: 'POST',
      href: `/api/v1/petitions/${petition.id}/guidance`,
      fields: expect.arrayContaining([{ name: 'content', required: true }]),
    });
    const handler = await server.as('commune.handler');
    expect((await handler.get(`/petitions/${petition.id}/actions`)).body.items).toMatchObject([{ action: 'withdraw' }]);
    expect((await cityLeader.get(`/petitions/${petition.id}/actions`)).body.items).toEqual([]);
  });

  it('refuses a role and a unit that may not, and hides what may not be known', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    const act = async (username: string): Promise<number> =>
      (await (await server.as(username)).post(`/petitions/${petition.id}/guidance`, { content: 'x' })).status;
    expect(await act('commune.handler')).toBe(403);
    expect(await act('city.leader')).toBe(403);
    expect(await act('hoankiem.clerk')).toBe(404);
    expect(await act('city.clerk')).toBe(404);
    expect(await act('commune.analyst')).toBe(403);
    expect(await act('commune.admin')).toBe(403);
    expect((await (await server.as('hoankiem.leader')).get(`/petitions/${petition.id}`)).status).toBe(404);
    expect((await (await server.as('commune.admin')).get(`/petitions/${petition.id}`)).status).toBe(403);
  });
});

describe('lists and search', () => {
  it('walks all pages once, in order, whatever is filed meanwhile', async () => {
    const path = `/petitions?limit=7&receivedTo=2026-05-11&kind=reflection`;
    const total = (await clerk.get(`${path}&count=exact`)).body.total as number;
    const seen: Json[] = [];
    let cursor = '';
    do {
      const { body, headers } = await clerk.get(`${path}${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items);
      if (body.nextCursor) expect(headers.get('link')).toContain('rel="next"');
      cursor = body.nextCursor ?? '';
      if (seen.length === 7) await file(clerk, aReflectionOn(baDinh));
    } while (cursor);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.length).toBe(total);
    expect(seen.map(({ receivedOn }) => receivedOn)).toEqual(
      seen
        .map(({ receivedOn }) => receivedOn)
        .sort()
        .reverse(),
    );
  });

  it.each([
    'khiếu nại trấn vũ',
    'KHIEU NAI TRAN VU',
    'khieu nai "tran vu"',
    'Trấn Vũ'.normalize('NFD'),
    'nguyen van hoa',
    'Nguyễn Văn Hòa',
  ])('finds %s', async (q) => {
    const petition = await file(cityClerk, aComplaintAbout(baDinh));
    const { body } = await cityClerk.get(`/petitions?q=${encodeURIComponent(q)}&limit=200`);
    expect(body.items.map(({ id }: Json) => id)).toContain(petition.id);
  });

  it('finds đ as d and a number as it is written', async () => {
    const petition = await file(cityClerk, aComplaintAbout(baDinh, { summary: 'Đường Đội Cấn đào đắp dang dở' }));
    expect((await cityClerk.get('/petitions?q=duong doi can dao dap')).body.items).toHaveLength(1);
    expect((await cityClerk.get(`/petitions?q=${petition.number.toLowerCase()}`)).body.items).toMatchObject([{ id: petition.id }]);
  });

  it('never finds a denouncer by name, nor shows one', async () => {
    const petition = await file(
      clerk,
      aDenunciationOf(baDinh, 'official', {
        parties: [{ role: 'petitioner', type: 'person', name: 'Trịnh Bảo Châu Canary', phone: '0999 888 777' }],
      }),
    );
    expect(petition.parties).toMatchObject([
      { role: 'petitioner', type: 'person', name: null, nationalId: null, address: null, phone: null, masked: true },
    ]);
    expect((await clerk.get('/petitions?q=canary')).body.items).toEqual([]);
    const everything = JSON.stringify([
      (await clerk.get(`/petitions/${petition.id}`)).body,
      (await clerk.get(`/petitions/${petition.id}/history`)).body,
      (await clerk.get('/petitions?limit=200')).body,
    ]);
    expect(everything).not.toContain('Canary');
    expect(everything).not.toContain('0999 888 777');
    expect(server.output()).not.toContain('Canary');
  });

  it.each([
    ['kind=denunciation', (item: Json) => item.kind === 'denunciation'],
    ['state=accepted', (item: Json) => item.state === 'accepted'],
    ['flag=over_level', (item: Json) => item.flags.some(({ code }: Json) => code === 'over_level')],
    ['flag=outside_competence', (item: Json) => item.flags.some(({ code }: Json) => code === 'outside_competence')],
    ['alert=overdue', (item: Json) => item.alert === 'overdue'],
    ['alert=backlog', (item: Json) => item.alert === 'backlog'],
    ['alert=due_soon', (item: Json) => item.alert === 'due_soon'],
    ['alert=on_time', (item: Json) => item.alert === 'on_time'],
    ['alert=none', (item: Json) => item.alert === 'none'],
    ['open=false', (item: Json) => ['guided', 'returned', 'filed_away', 'refused', 'closed'].includes(item.state)],
    ['receivedFrom=2026-06-01', (item: Json) => item.receivedOn >= '2026-06-01'],
    ['channel=online', (item: Json) => item.channel === 'online'],
    ['stage=second', (item: Json) => item.stage === 'second'],
  ])('filters by %s exactly what the items say', async (filter, holds) => {
    const all = await everyItem(cityLeader, '/petitions?limit=200');
    const filtered = await everyItem(cityLeader, `/petitions?limit=200&${filter}`);
    expect(filtered.map(({ id }) => id).sort()).toEqual(
      all
        .filter(holds)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('sorts by what is due first', async () => {
    const { body } = await cityLeader.get('/petitions?sort=nextDueOn&limit=200');
    const due = body.items.map(({ nextDueOn }: Json) => nextDueOn);
    expect(due).toEqual([...due].sort());
    expect(due).not.toContain(null);
  });

  it('estimates a total without counting', async () => {
    const { body } = await cityLeader.get('/petitions?limit=1&count=estimated');
    expect(typeof body.total).toBe('number');
  });

  it.each(['cursor=abc', 'limit=0', 'limit=201', 'kind=letter', 'receivedFrom=2026-02-30', 'unitId=1', 'colour=red'])(
    'refuses ?%s',
    async (query) => {
      const { status, body } = await cityLeader.get(`/petitions?${query}`);
      expect(status).toBe(422);
      expect(body.errors[0].pointer).toBe(`?${query.split('=')[0]}`);
    },
  );

  it('takes an empty parameter as one that was left out', async () => {
    const { status } = await cityLeader.get(
      '/petitions?q=&kind=&state=&flag=over_level&alert=&unitId=&includeSubordinates=&receivedFrom=&limit=&cursor=&count=',
    );
    expect(status).toBe(200);
  });

  it('shows a leader the subtree and a clerk the own unit', async () => {
    const petition = await file(await server.as('hoankiem.clerk'), aReflectionOn(await unitId(clerk, '00070')));
    const sees = async (username: string): Promise<number> => (await (await server.as(username)).get(`/petitions/${petition.id}`)).status;
    expect([await sees('city.leader'), await sees('city.inspector'), await sees('city.reception_board')]).toEqual([200, 200, 200]);
    expect([await sees('city.clerk'), await sees('commune.leader'), await sees('district.leader')]).toEqual([404, 404, 404]);
  });
});

describe('the record', () => {
  it('cannot be changed or deleted in the database', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    await expect(server.sql('delete from petition where id = $1', [petition.id])).rejects.toThrow('append-only');
    await expect(server.sql('delete from petition_event where petition_id = $1', [petition.id])).rejects.toThrow('append-only');
    await expect(server.sql(`update petition_event set reason = 'x' where petition_id = $1`, [petition.id])).rejects.toThrow('append-only');
    await expect(server.sql('truncate petition_event')).rejects.toThrow('append-only');
  });

  it('tells when somebody got past that', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    expect((await clerk.get(`/petitions/${petition.id}/history`)).body.intact).toBe(true);
    await server.sql(`alter table petition_event disable trigger petition_event_append_only`);
    await server.sql(`update petition_event set occurred_on = '2026-05-10' where petition_id = $1 and sequence = 1`, [petition.id]);
    await server.sql(`alter table petition_event enable trigger petition_event_append_only`);
    expect((await clerk.get(`/petitions/${petition.id}/history`)).body.intact).toBe(false);
  });
});

function limit(petition: Json, ruleId: string): Json {
  return petition.limits.find((candidate: Json) => candidate.ruleId === ruleId);
}

async function everyItem(client: Client, path: string): Promise<Json[]> {
  const items: Json[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: Json = await client.get(`${path}${cursor && `&cursor=${cursor}`}`);
    items.push(...body.items);
    cursor = body.nextCursor;
  }
  return items;
}
