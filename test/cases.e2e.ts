import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, eventsOf, file, unitId, verify } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let cityClerk: Client;
let cityLeader: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  leader = await server.as('commune.leader');
  cityClerk = await server.as('city.clerk');
  cityLeader = await server.as('city.leader');
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

const text =
  'Gia đình tôi sử dụng thửa đất số 12 tại phố Trấn Vũ từ năm 1985. Ngày 5 tháng 3 năm 2026, cán bộ phường đến đo đạc và lập biên bản thu hồi hai mươi lăm mét vuông. Chúng tôi không được thông báo trước và không nhận được quyết định nào bằng văn bản. Việc đo đạc không có người làm chứng. Đề nghị huỷ biên bản và đo lại.';
const party = (more: object = {}) => ({
  role: 'petitioner',
  type: 'person',
  name: 'Nguyễn Thuý Hoà',
  birthYear: 1970,
  address: 'Số 5 phố Trấn Vũ',
  ...more,
});

describe('probable duplicates', () => {
  let original: Json;
  beforeAll(async () => {
    original = await file(clerk, aComplaintAbout(baDinh, { content: text, parties: [party()] }));
  });

  const withoutDiacritics = (value: string): string =>
    value.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
  const sentences = text.split('. ');

  it.each([
    [
      'the tone mark stands elsewhere',
      text.replaceAll('huỷ', 'hủy').replaceAll('thuý', 'thúy'),
      party({ name: 'Nguyễn Thúy Hòa' }),
      /(same|similar)_text/,
    ],
    ['the diacritics are missing', withoutDiacritics(text), party({ name: 'nguyen thuy hoa' }), /(same|similar)_text/],
    ['the sentences stand in another order', [...sentences.slice(2), ...sentences.slice(0, 2)].join('. '), party(), /(same|similar)_text/],
    [
      'there are slips of the pen',
      text.replace('thửa', 'thưa').replace('thông báo', 'thông bao').replace('làm chứng', 'lam chưng'),
      party(),
      /(same|similar)_text/,
    ],
  ])('are told on filing when %s', async (_what, content, who, reason) => {
    const again = await file(clerk, aComplaintAbout(baDinh, { content, summary: 'Đơn gửi lần nữa', parties: [who] }));
    const [first] = again.possibleDuplicates.filter(({ id }: Json) => id === original.id);
    expect(first).toMatchObject({ number: original.number, confirmed: false });
    expect(first.score).toBeGreaterThan(0.8);
    expect(first.reasons).toEqual(expect.arrayContaining(['same_person', 'same_respondent', expect.stringMatching(reason)]));
  });

  it('are not told for another person with another matter about the same office', async () => {
    const other = await file(
      clerk,
      aComplaintAbout(baDinh, {
        content: 'Tôi bị dừng chi trả trợ cấp người có công hằng tháng mà không nhận được thông báo, đề nghị xem xét lại hồ sơ của mẹ tôi.',
        parties: [party({ name: 'Lê Quốc Sơn', birthYear: 1960, address: 'Ngõ 2' })],
      }),
    );
    expect(other.possibleDuplicates).toEqual([]);
  });

  it('a clerk confirms one: it joins the case and is proposed to be filed away', async () => {
    const again = await file(clerk, aComplaintAbout(baDinh, { content: text, parties: [party()] }));
    const { status, body } = await clerk.post(`/petitions/${again.id}/duplicates/${original.id}/confirmation`, { reason: 'Cùng nội dung' });
    expect([status, body.caseId, body.recommendedOutcome]).toEqual([201, original.caseId, 'filing_away']);
    expect(body.relatedTo).toEqual([{ petitionId: original.id, relation: 'duplicate_of' }]);
    const { proposal } = (await clerk.get(`/petitions/${again.id}/eligibility`)).body;
    expect(proposal).toMatchObject({ outcome: 'filing_away', ground: 'duplicate' });
    const found = (await clerk.get(`/petitions/${again.id}/duplicates`)).body.items.find(({ id }: Json) => id === original.id);
    expect(found.confirmed).toBe(true);
    expect((await clerk.post(`/petitions/${again.id}/duplicates/${original.id}/confirmation`)).status).toBe(409);
  });

  it('a clerk dismisses one: the pair does not come back, from neither side', async () => {
    const again = await file(clerk, aComplaintAbout(baDinh, { content: text, parties: [party()] }));
    const { body } = await clerk.post(`/petitions/${again.id}/duplicates/${original.id}/dismissal`, { reason: 'Khác thửa đất' });
    expect(body.items.map(({ id }: Json) => id)).not.toContain(original.id);
    expect((await clerk.get(`/petitions/${original.id}/duplicates`)).body.items.map(({ id }: Json) => id)).not.toContain(again.id);
    expect(await eventsOf(clerk, again)).toContain('duplicate_dismissed');
  });

  it('a denunciation is never told to be like a petition whose petitioner is named', async () => {
    const denunciation = await file(
      clerk,
      aDenunciationOf(baDinh, 'official', { content: text, parties: [party({ nationalId: '001170000001' })] }),
    );
    expect(denunciation.possibleDuplicates).toEqual([]);
    const twin = await file(
      clerk,
      aDenunciationOf(baDinh, 'official', { content: text, parties: [party({ nationalId: '001170000001' })] }),
    );
    expect(twin.possibleDuplicates).toMatchObject([{ id: denunciation.id }]);
    expect(JSON.stringify(twin)).not.toContain('Hoà');
    // What was filed as a complaint and turns out to be a denunciation is compared anew.
    const complaint = await file(clerk, aComplaintAbout(baDinh, { content: text, parties: [party()] }));
    expect(complaint.possibleDuplicates.map(({ id }: Json) => id)).toContain(original.id);
    const denounced = { type: 'official', unitId: baDinh, position: 'official' };
    await classify(clerk, complaint, { kind: 'denunciation', respondent: denounced, classifiedOn: '2026-05-12' });
    const ids = (await clerk.get(`/petitions/${complaint.id}/duplicates`)).body.items.map(({ id }: Json) => id);
    expect(ids).toContain(denunciation.id);
    expect(ids).not.toContain(original.id);
  });

  it('are told only of petitions that the caller may see', async () => {
    const elsewhere = await file(cityClerk, aComplaintAbout(baDinh, { content: text, parties: [party()] }));
    expect(elsewhere.possibleDuplicates.every(({ receivedUnit }: Json) => receivedUnit.name === 'Thành phố Hà Nội')).toBe(true);
    const seen = (await cityLeader.get(`/petitions/${elsewhere.id}/duplicates`)).body.items.map(({ id }: Json) => id);
    expect(seen).toContain(original.id);
  });
});

describe('links', () => {
  it('a repeated petition joins the case and keeps its stage while the first is open', async () => {
    const first = await file(clerk, aReflectionOn(baDinh));
    const again = await file(clerk, aReflectionOn(baDinh, { receivedOn: '2026-05-20' }));
    const linked = (await clerk.post(`/petitions/${again.id}/links`, { petitionId: first.id, relation: 'repeats' })).body;
    expect(linked).toMatchObject({ caseId: first.caseId, relatedTo: [{ relation: 'repeats' }] });
    const { body } = await clerk.get(`/cases?leastPetitions=2`);
    expect(body.items.find(({ id }: Json) => id === first.caseId)).toMatchObject({ petitions: 2, kinds: ['reflection'] });
  });

  it('a continuing denunciation goes to the superior of who concluded', async () => {
    const first = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official')));
    await leader.post(`/petitions/${first.id}/acceptance`, { acceptedOn: '2026-05-15' });
    await verify(leader, first, { assignedOn: '2026-05-18', reportedOn: '2026-06-05' });
    await leader.post(`/petitions/${first.id}/conclusions`, {
      concludedOn: '2026-06-10',
      documentNumber: '3/KL',
      result: 'wrong',
      content: 'Không có cơ sở.',
    });
    const further = await file(cityClerk, aDenunciationOf(baDinh, 'official', { receivedOn: '2026-07-01', writtenOn: null }));
    expect(further).toMatchObject({ stage: 'first', recommendedOutcome: 'transfer' });
    const linked = (await cityClerk.post(`/petitions/${further.id}/links`, { petitionId: first.id, relation: 'continues' })).body;
    expect(linked).toMatchObject({
      stage: 'continuing',
      withinCompetence: true,
      competentUnit: { level: 'province' },
      recommendedOutcome: 'propose_acceptance',
    });
    expect(linked.limits.filter(({ metOn, voidOn }: Json) => !metOn && !voidOn)).toMatchObject([
      { ruleId: 'denunciation.continuing.review' },
    ]);
  });

  it.each([
    ['itself', (petition: Json) => petition.id, 'itself'],
    ['one that there is not', () => '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11', 'unknown_petition'],
  ])('are refused to %s', async (_what, target, code) => {
    const petition = await file(clerk, aReflectionOn(baDinh));
    const answer = await clerk.post(`/petitions/${petition.id}/links`, { petitionId: target(petition), relation: 'repeats' });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/petitionId', code }] } });
  });

  it('are refused to a later petition, twice the same, and by another unit', async () => {
    const early = await file(clerk, aReflectionOn(baDinh));
    const late = await file(clerk, aReflectionOn(baDinh, { receivedOn: '2026-06-01' }));
    const link = (client: Client, from: Json, to: Json) =>
      client.post(`/petitions/${from.id}/links`, { petitionId: to.id, relation: 'repeats' });
    expect((await link(clerk, early, late)).body.errors).toMatchObject([{ code: 'later' }]);
    expect((await link(cityLeader, late, early)).status).toBe(403);
    expect((await link(clerk, late, early)).status).toBe(201);
    expect((await link(clerk, late, early)).status).toBe(409);
  });
});

it('of two merges of the same case at once one wins, and nothing is counted twice', async () => {
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => file(clerk, aReflectionOn(baDinh))));
  const answers = await Promise.all([
    clerk.post(`/cases/${one.caseId}/merges`, { caseId: three.caseId, reason: 'Cùng việc' }),
    clerk.post(`/cases/${two.caseId}/merges`, { caseId: three.caseId, reason: 'Cùng việc' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  const cases = await Promise.all([one, two, three].map(async ({ caseId }) => (await clerk.get(`/cases/${caseId}`)).body.petitions));
  expect(cases.sort()).toEqual([0, 1, 2]);
  expect((await clerk.post(`/cases/${one.caseId}/merges`, { caseId: one.caseId, reason: 'x' })).status).toBe(422);
  expect((await (await server.as('district.clerk')).get(`/cases/${one.caseId}`)).status).toBe(404);
});
