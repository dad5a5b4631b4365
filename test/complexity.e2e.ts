import mammoth from 'mammoth';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, file, unitId } from './support/stories.js';

/** A matter is complex by the criteria of the decree, in writing and with a reason; its longer limit follows from that. */
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

const post = (client: Client, petition: Json, path: string, body: object) => client.post(`/petitions/${petition.id}/${path}`, body);
const limit = (petition: Json, ruleId: string): Json => petition.limits.findLast((one: Json) => one.ruleId === ruleId && !one.voidOn);
const classified = async (more: object): Promise<Json> =>
  classify(clerk, await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2026-07-06', writtenOn: null, ...more })), {
    classifiedOn: '2026-07-07',
  });
const finding = {
  foundOn: '2026-07-08',
  criteria: ['several_places', 'evidence_in_conflict'],
  reason: 'Phải xác minh tại hai phường; hai bản đồ địa chính có số liệu khác nhau',
  documentNumber: '52/BC-UBND',
};

it('a complaint that is only marked complex has no longer limit: it is found to be so first, or classified as normal', async () => {
  const marked = await classified({ complexity: 'complex' });
  expect(marked).toMatchObject({ complexity: 'complex', complexityReasoned: false });
  expect(await post(leader, marked, 'acceptance', { acceptedOn: '2026-07-09', overrideReason: 'Vụ việc phức tạp' })).toMatchObject({
    status: 409,
    body: { objections: [{ code: 'complexity_not_reasoned', sources: [{ instrument: '124/2020/NĐ-CP', article: '3a' }, {}] }] },
  });
  for (const [changed, pointer] of [
    [{ criteria: ['many_words'] }, '/criteria'],
    [{ reason: 'Khó' }, '/reason'],
    [{ foundOn: '2026-07-01' }, '/foundOn'],
  ] as const)
    expect(await post(leader, marked, 'complexity-findings', { ...finding, ...changed })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: expect.stringContaining(pointer) }] },
    });
  expect((await post(clerk, marked, 'complexity-findings', finding)).status).toBe(403);
  expect((await post(leader, marked, 'complexity-findings', finding)).body).toMatchObject({
    complexity: 'complex',
    complexityReasoned: true,
  });
  const { body: accepted } = await post(leader, marked, 'acceptance', { acceptedOn: '2026-07-09' });
  expect(limit(accepted, 'complaint.resolution.first')).toMatchObject({ amount: 45, dueOn: '2026-08-24' });
  const { items } = (await clerk.get(`/petitions/${marked.id}/complexity-findings`)).body;
  expect(items).toMatchObject([
    {
      foundOn: '2026-07-08',
      foundBy: 'commune.leader',
      complexity: 'complex',
      reason: finding.reason,
      criteria: [{ id: 'several_places', title: { vi: expect.stringContaining('02 địa điểm') } }, { id: 'evidence_in_conflict' }],
    },
  ]);

  const normal = await classified({ complexity: 'complex', summary: 'Khiếu nại việc khác' });
  expect((await post(leader, normal, 'complexity-findings', { ...finding, criteria: [] })).body).toMatchObject({ complexity: 'normal' });
  const { body } = await post(leader, normal, 'acceptance', { acceptedOn: '2026-07-09' });
  expect(limit(body, 'complaint.resolution.first')).toMatchObject({ amount: 30 });
});

it('a limit that runs is prolonged by an extension, after the finding, which makes a paper', async () => {
  const petition = await classified({});
  await post(leader, petition, 'acceptance', { acceptedOn: '2026-07-09' });
  const extension = { documentNumber: '60/QĐ-UBND', reason: 'Vụ việc phức tạp', decidedOn: '2026-07-20' };
  const { items } = (await leader.get(`/petitions/${petition.id}/actions`)).body;
  expect(items.find(({ action }: Json) => action === 'extend')).toMatchObject({ objections: [{ code: 'complexity_not_reasoned' }] });
  expect((await post(leader, petition, 'extensions', extension)).status).toBe(409);
  const nothing = await leader.post('/documents', {
    paper: 'complexity_finding',
    petitionId: petition.id,
    signerTitle: 'Chủ tịch',
    signerName: 'A',
  });
  expect(nothing.status).toBe(422);
  expect((await post(leader, petition, 'complexity-findings', { ...finding, foundOn: '2026-07-17' })).status).toBe(201);
  const { body } = await post(leader, petition, 'extensions', extension);
  expect(limit(body, 'complaint.resolution.first')).toMatchObject({ amount: 45, dueOn: '2026-08-24' });
  const paper = await leader.post('/documents', {
    paper: 'complexity_finding',
    petitionId: petition.id,
    issuedOn: '2026-07-17',
    signerTitle: 'Chủ tịch',
    signerName: 'Nguyễn Thu Hà',
  });
  expect(paper).toMatchObject({ status: 201 });
  const { value } = await mammoth.extractRawText({ buffer: await leader.download(`/api/v1/documents/${paper.body.id}/file`) });
  expect(value).toContain('Điều 3a Nghị định số 124/2020/NĐ-CP');
  expect(value).toContain('Điểm a: Một nội dung nhưng phải xác minh từ 02 địa điểm trở lên.');
  expect(value).toContain('Xác định vụ việc phức tạp.');
});

it('before 2026-07-01 the law had no criteria for complaints; a denunciation is specially complex by two', async () => {
  const early = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
  expect(await post(leader, early, 'complexity-findings', { ...finding, foundOn: '2026-06-30' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/foundOn', code: 'not_in_force' }] },
  });
  const denunciation = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official')));
  const one = { ...finding, foundOn: '2026-05-13', criteria: ['several_bodies'] };
  expect((await post(leader, denunciation, 'complexity-findings', one)).body.complexity).toBe('complex');
  expect((await post(leader, denunciation, 'complexity-findings', { ...finding, foundOn: '2026-05-14' })).body.complexity).toBe(
    'specially_complex',
  );
});

it('what was marked complex before there were findings keeps its mark and its limit, and is told as not reasoned', async () => {
  const petition = await classified({ summary: 'Khiếu nại từ trước khi nâng cấp' });
  await post(leader, petition, 'acceptance', { acceptedOn: '2026-07-09' });
  await server.sql(`update petition set complexity = 'complex' where id = '${petition.id}'`);
  expect((await clerk.get(`/petitions/${petition.id}`)).body).toMatchObject({ complexity: 'complex', complexityReasoned: false });
});
