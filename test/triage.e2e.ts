import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, eventsOf, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let cityClerk: Client;
let cityLeader: Client;
let baDinh: string;
let city: string;

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  leader = await server.as('commune.leader');
  cityClerk = await server.as('city.clerk');
  cityLeader = await server.as('city.leader');
  baDinh = await unitId(clerk, '00004');
  city = (await cityClerk.get('/auth/me')).body.unit.id;
});
afterAll(() => server.stop());

const answer = (client: Client, petition: Json, answers: object) =>
  client.put(`/petitions/${petition.id}/eligibility`, { answers, checkedOn: '2026-05-12' }, { 'if-match': '*' });

describe('the checklist', () => {
  it('derives what it can, asks the rest, and proposes with reasons', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    const before = (await clerk.get(`/petitions/${petition.id}/eligibility`)).body;
    expect(before.questions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'dated', answer: true, derived: true }),
        expect.objectContaining({ id: 'signed', answer: null, derived: false }),
      ]),
    );
    expect(before.proposal).toMatchObject({ outcome: 'propose_acceptance', unanswered: expect.arrayContaining(['signed', 'own_rights']) });
    const { body } = await answer(clerk, petition, { signed: false });
    expect(body.proposal).toMatchObject({
      outcome: 'filing_away',
      ground: 'ineligible',
      reasons: [{ code: 'signed', sources: [{ instrument: '05/2021/TT-TTCP' }] }],
    });
    const refused = await answer(clerk, petition, { signed: true, own_rights: false });
    expect(refused.body.proposal).toMatchObject({
      outcome: 'notice',
      ground: 'rights_not_touched',
      reasons: [{ sources: [{ article: '11' }] }],
    });
    const back = await answer(clerk, petition, { own_rights: null });
    expect(back.body.proposal.outcome).toBe('propose_acceptance');
    expect(await eventsOf(clerk, petition)).toEqual(['received', 'eligibility_checked', 'eligibility_checked', 'eligibility_checked']);
  });

  it('guides a group without a representative, and files away what was guided already', async () => {
    const group = await file(clerk, aComplaintAbout(baDinh, { signatories: 12 }));
    expect((await clerk.get(`/petitions/${group.id}/eligibility`)).body.proposal).toMatchObject({
      outcome: 'guidance',
      reasons: [{ code: 'no_representative' }],
    });
    const first = await file(cityClerk, aComplaintAbout(baDinh));
    await cityClerk.post(`/petitions/${first.id}/guidance`, { guidedOn: '2026-05-14', content: 'Đề nghị gửi đến phường.' });
    const again = await file(
      cityClerk,
      aComplaintAbout(baDinh, {
        receivedOn: '2026-05-20',
        writtenOn: '2026-05-19',
        relatedTo: [{ petitionId: first.id, relation: 'repeats' }],
      }),
    );
    const { questions, proposal } = (await cityClerk.get(`/petitions/${again.id}/eligibility`)).body;
    expect(proposal).toMatchObject({ outcome: 'filing_away', ground: 'already_guided' });
    expect(questions.map(({ id }: Json) => id)).toContain('new_facts');
    const renewed = await cityClerk.put(`/petitions/${again.id}/eligibility`, { answers: { new_facts: true } }, { 'if-match': '*' });
    expect(renewed.body.proposal.outcome).toBe('guidance');
  });

  it('refuses questions that there are not, and answers that are none', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    expect((await answer(clerk, petition, { colour: true })).body.errors).toMatchObject([
      { pointer: '/answers/colour', code: 'unknown_question' },
    ]);
    expect((await answer(clerk, petition, { signed: 'yes' })).body.errors).toMatchObject([{ pointer: '/answers/signed', code: 'boolean' }]);
    expect((await clerk.put(`/petitions/${petition.id}/eligibility`, { answers: {} })).status).toBe(428);
  });
});

describe('an anonymous denunciation', () => {
  it('with checkable content goes to the inspectorate as information', async () => {
    const petition = await file(clerk, aDenunciationOf(baDinh, 'official', { parties: [] }));
    expect(petition.anonymous).toBe(true);
    expect((await clerk.get(`/petitions/${petition.id}/eligibility`)).body.proposal).toMatchObject({
      outcome: 'filing_away',
      ground: 'anonymous',
      unanswered: expect.arrayContaining(['checkable_content']),
    });
    const inspectorate = (await cityClerk.get('/units?asOf=2026-05-11&q=Thanh tra')).body.items.find(
      ({ kind }: Json) => kind === 'inspectorate',
    )?.id as string;
    const order = { toUnitId: inspectorate, reason: 'Nêu rõ người vi phạm, kèm hoá đơn', referredOn: '2026-05-14' };
    const early = await clerk.post(`/petitions/${petition.id}/information-referral`, order);
    expect(early).toMatchObject({ status: 409 });
    const { body } = await answer(clerk, petition, { checkable_content: true });
    expect(body.proposal).toMatchObject({
      outcome: 'information_referral',
      reasons: [{ sources: [{ instrument: '25/2018/QH14', article: '25' }] }],
    });
    const elsewhere = await clerk.post(`/petitions/${petition.id}/information-referral`, { ...order, toUnitId: baDinh });
    expect(elsewhere.body.errors).toMatchObject([{ code: 'not_an_inspectorate' }]);
    expect((await clerk.post(`/petitions/${petition.id}/information-referral`, order)).body).toMatchObject({
      state: 'referred',
      alert: 'none',
    });
    expect((await (await server.as('city.inspector')).get(`/petitions/${petition.id}`)).status).toBe(200);
  });

  it('is not for denunciations with a name', async () => {
    const named = await file(clerk, aDenunciationOf(baDinh, 'official'));
    expect((await clerk.post(`/petitions/${named.id}/information-referral`, { toUnitId: baDinh, reason: 'x' })).status).toBe(409);
  });
});

describe('a unit that works in two steps', () => {
  beforeAll(async () => {
    const admin = await server.as('city.admin');
    const tag = (await admin.get(`/units/${baDinh}/settings`)).headers.get('etag')!;
    expect((await admin.put(`/units/${baDinh}/settings`, { triageMode: 'two_step' }, { 'if-match': tag })).status).toBe(200);
    expect((await admin.put(`/units/${baDinh}/settings`, { triageMode: 'two_step' }, { 'if-match': tag })).status).toBe(412);
    expect(
      (await (await server.as('commune.admin')).put(`/units/${city}/settings`, { triageMode: 'two_step' }, { 'if-match': '*' })).status,
    ).toBe(403);
  });

  const propose = (petition: Json, outcome: string, details: object) =>
    clerk.post(`/petitions/${petition.id}/proposals`, { outcome, details, proposedOn: '2026-05-13', note: 'Đề xuất' });

  it('a clerk proposes and cannot decide; the leader approves and the step is taken', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    const direct = await clerk.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15' });
    expect(direct).toMatchObject({ status: 403, body: { type: '/api/v1/problems/forbidden' } });
    expect((await clerk.get(`/petitions/${petition.id}/actions`)).body.items.map(({ action }: Json) => action)).toEqual([
      'classify',
      'check_eligibility',
      'split',
      'propose',
      'withdraw',
    ]);
    expect((await propose(petition, 'propose_acceptance', {})).body.state).toBe('proposed');
    expect((await clerk.post(`/petitions/${petition.id}/proposals/current/approval`)).status).toBe(403);
    const approved = await leader.post(`/petitions/${petition.id}/proposals/current/approval`, { approvedOn: '2026-05-14' });
    expect(approved.body).toMatchObject({ state: 'accepted', acceptedOn: '2026-05-14' });
    expect((await clerk.get(`/petitions/${petition.id}/proposals`)).body.items).toMatchObject([
      { outcome: 'propose_acceptance', proposedBy: 'commune.clerk', state: 'approved', decidedBy: 'commune.leader' },
    ]);
    expect(await eventsOf(clerk, petition)).toEqual(['received', 'classified', 'proposed', 'proposal_approved', 'accepted']);
  });

  it('the leader sends back, and changes: the outcome that he approves is the one that happens', async () => {
    const petition = await classify(clerk, await file(clerk, aReflectionOn(city)));
    const missing = await propose(petition, 'transfer', { toUnitId: city });
    expect(missing.body.errors).toMatchObject([{ pointer: '/details/reason', code: 'required' }]);
    const groundless = await propose(petition, 'filing_away', { ground: 'weather' });
    expect(groundless.body.errors).toMatchObject([{ pointer: '/details/ground', code: 'one_of' }]);
    await propose(petition, 'filing_away', { ground: 'ineligible' });
    const back = await leader.post(`/petitions/${petition.id}/proposals/current/return`, {
      reason: 'Xem lại thẩm quyền',
      sentBackOn: '2026-05-14',
    });
    expect(back.body.state).toBe('classified');
    expect((await leader.post(`/petitions/${petition.id}/proposals/current/approval`)).status).toBe(409);
    await clerk.post(`/petitions/${petition.id}/proposals`, {
      outcome: 'filing_away',
      details: { ground: 'ineligible' },
      proposedOn: '2026-05-14',
    });
    const changed = await leader.post(`/petitions/${petition.id}/proposals/current/approval`, {
      outcome: 'transfer',
      details: { toUnitId: city, reason: 'Thuộc Thành phố' },
      approvedOn: '2026-05-15',
    });
    expect(changed.body).toMatchObject({ state: 'transferred' });
    expect((await cityClerk.get('/transfers?direction=in&state=pending')).body.items).toMatchObject([{ petition: { id: petition.id } }]);
  });

  it('of two leaders who approve at once one wins', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    await propose(petition, 'propose_acceptance', {});
    const answers = await Promise.all(
      [1, 2].map(() => leader.post(`/petitions/${petition.id}/proposals/current/approval`, { approvedOn: '2026-05-14' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('elsewhere the one step stays, and nothing is proposed', async () => {
    const petition = await classify(cityClerk, await file(cityClerk, aComplaintAbout(city)));
    expect((await cityClerk.post(`/petitions/${petition.id}/proposals`, { outcome: 'propose_acceptance', details: {} })).status).toBe(409);
    expect((await cityClerk.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15' })).status).toBe(200);
    expect((await cityLeader.get('/lifecycle')).body.steps.map(({ action }: Json) => action)).toContain('propose');
  });
});
