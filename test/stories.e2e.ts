import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, eventsOf, file, unitId, verify } from './support/stories.js';

/** Stories from the ledger to the end, told through HTTP alone. */
let server: TestServer;
let clerk: Client;
let handler: Client;
let leader: Client;
let cityClerk: Client;
let cityLeader: Client;
let baDinh: string;
let hoanKiem: string;

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  handler = await server.as('commune.handler');
  leader = await server.as('commune.leader');
  cityClerk = await server.as('city.clerk');
  cityLeader = await server.as('city.leader');
  baDinh = await unitId(clerk, '00004');
  hoanKiem = await unitId(clerk, '00070');
});
afterAll(() => server.stop());

/** Takes a step and answers the petition; fails loudly when it is refused. */
async function step(client: Client, petition: Json, path: string, body: object): Promise<Json> {
  const { status, body: answer } = await client.post(`/petitions/${petition.id}/${path}`, body);
  if (status !== 200 && status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  return answer;
}

const read = async (client: Client, petition: Json): Promise<Json> => (await client.get(`/petitions/${petition.id}`)).body;
const limit = (petition: Json, ruleId: string): Json => petition.limits.findLast((one: Json) => one.ruleId === ruleId && !one.voidOn);

describe('a complaint through both instances to enforcement', () => {
  let first: Json;
  let second: Json;

  it('is verified, and decided only after the dialogue that the law obliges to', async () => {
    first = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    await step(leader, first, 'acceptance', { acceptedOn: '2026-05-15', documentNumber: '7/TB-UBND' });
    const verification = await step(leader, first, 'verifications', {
      assignedOn: '2026-05-18',
      documentNumber: '88/QĐ-UBND',
      purpose: 'Xác minh diện tích đất thu hồi',
      dueOn: '2026-06-02',
      members: [
        { role: 'head', name: 'Lê Thu Hường' },
        { role: 'member', name: 'Phạm Đức Sơn' },
      ],
    });
    const path = `verifications/${verification.id}`;
    await step(handler, first, `${path}/entries`, { type: 'plan', occurredOn: '2026-05-18', content: 'Đo đạc, đối chiếu hồ sơ' });
    await step(handler, first, `${path}/entries`, {
      type: 'evidence',
      occurredOn: '2026-05-25',
      content: '17,5 m²',
      source: 'Biên bản 04',
    });
    await step(handler, first, `${path}/extensions`, { decidedOn: '2026-06-01', dueOn: '2026-06-05', reason: 'Chờ trích lục bản đồ' });
    const nothing = await handler.post(`/petitions/${first.id}/${path}/entries`, { type: 'work', content: 'x', attachmentId: first.id });
    expect(nothing).toMatchObject({ status: 422, body: { errors: [{ pointer: '/attachmentId' }] } });
    const reported = await step(handler, first, `${path}/report`, {
      reportedOn: '2026-06-04',
      findings: 'Diện tích thu hồi là 17,5 m².',
      proposal: 'Công nhận một phần.',
      viewsDiffer: true,
    });
    expect(reported).toMatchObject({ reportedOn: '2026-06-04', dueOn: '2026-06-05', entries: [{}, {}, { dueOnBefore: '2026-06-02' }] });
    const decision = { decidedOn: '2026-06-10', documentNumber: '210/QĐ-UBND', result: 'partly_right', content: 'Công nhận một phần.' };
    const refused = await leader.post(`/petitions/${first.id}/decisions`, decision);
    expect(refused).toMatchObject({
      status: 409,
      body: { ruleId: 'complaint.dialogue.first', sources: [{ instrument: '02/2011/QH13', article: '30' }] },
    });
    await step(leader, first, 'dialogues', {
      heldOn: '2026-06-08',
      place: 'UBND phường Ba Đình',
      participants: [{ name: 'Nguyễn Văn Hoà', capacity: 'Người khiếu nại' }],
      minutes: 'Người khiếu nại đề nghị trả lại 7,5 m².',
      complainantAttended: true,
    });
    first = await step(leader, first, 'decisions', { ...decision, receivedByPetitionerOn: '2026-06-12' });
    expect(first).toMatchObject({
      state: 'decided',
      outcome: 'partly_right',
      inForceOn: '2026-07-11',
      owed: ['complaint.decision.sending.first'],
    });
  });

  it('has its sending late or in time, and cannot be closed before', async () => {
    await step(clerk, first, 'dispatches', { type: 'sending', dispatchedOn: '2026-06-16', recipients: [{ role: 'petitioner' }] });
    first = await read(clerk, first);
    expect(limit(first, 'complaint.decision.sending.first')).toMatchObject({ dueOn: '2026-06-15', metOn: '2026-06-16', daysLate: 1 });
  });

  it('goes on at the second instance, where the decision is not in force until then', async () => {
    second = await file(
      cityClerk,
      aComplaintAbout(baDinh, { receivedOn: '2026-07-06', writtenOn: null, relatedTo: [{ petitionId: first.id, relation: 'appeals' }] }),
    );
    expect(second).toMatchObject({
      stage: 'second',
      caseId: first.caseId,
      withinCompetence: true,
      recommendedOutcome: 'propose_acceptance',
    });
    expect(await read(clerk, first)).toMatchObject({ inForceOn: null });
    expect((await clerk.get(`/petitions/${first.id}/appeals`)).body.items).toMatchObject([
      { type: 'second_complaint', filedOn: '2026-07-06', furtherPetitionId: second.id },
    ]);
    await classify(cityClerk, second, { classifiedOn: '2026-07-07' });
    await step(cityLeader, second, 'acceptance', { acceptedOn: '2026-07-09' });
    await verify(cityLeader, second, { assignedOn: '2026-07-10', reportedOn: '2026-08-03', viewsDiffer: true });
    const decision = {
      decidedOn: '2026-08-14',
      documentNumber: '1500/QĐ-UBND',
      result: 'changed_or_annulled',
      content: 'Sửa quyết định lần đầu.',
    };
    const refused = await cityLeader.post(`/petitions/${second.id}/decisions`, decision);
    expect(refused).toMatchObject({ status: 409, body: { sources: [{ article: '39' }] } });
    const wrong = await cityLeader.post(`/petitions/${second.id}/decisions`, { ...decision, result: 'right' });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/result', code: 'other_stage' }] } });
    const away = {
      heldOn: '2026-08-10',
      place: 'UBND Thành phố',
      participants: [{ name: 'Đỗ Minh Quý', capacity: 'Đại diện UBND phường' }],
      minutes: 'Người khiếu nại được mời hợp lệ nhưng vắng mặt không có lý do.',
      complainantAttended: false,
      absenceWithoutReason: true,
    };
    for (const [noticeSentOn, code] of [
      [null, 'required'],
      ['2026-08-06', 'late_notice'],
      ['2026-08-11', 'after_dialogue'],
    ]) {
      const early = await cityLeader.post(`/petitions/${second.id}/dialogues`, { ...away, noticeSentOn });
      expect(early).toMatchObject({ status: 422, body: { errors: [{ pointer: '/noticeSentOn', code }] } });
    }
    const dialogue = await step(cityLeader, second, 'dialogues', { ...away, noticeSentOn: '2026-08-05' });
    expect(dialogue).toMatchObject({ noticeSentOn: '2026-08-05', noticeInTime: true });
    second = await step(cityLeader, second, 'decisions', {
      ...decision,
      obligations: [
        {
          type: 'restore_person',
          description: 'Trả lại 7,5 m² đất',
          responsible: 'UBND phường Ba Đình',
          dueOn: '2026-09-30',
          land: 7.5,
          persons: 1,
        },
        {
          type: 'recover_for_state',
          description: 'Thu hồi tiền chi sai',
          responsible: 'UBND phường Ba Đình',
          dueOn: '2026-10-30',
          money: 12_000_000,
        },
      ],
    });
    expect(second).toMatchObject({ state: 'decided', outcome: 'changed_or_annulled', inForceOn: '2026-09-15' });
    expect(limit(second, 'complaint.enforcement.direction')).toMatchObject({ startsOn: '2026-09-15', dueOn: '2026-09-22', metOn: null });
    expect(limit(second, 'complaint.decision.sending.second').reading.vi).toContain('Nghị định 124/2020/NĐ-CP');
    expect((await clerk.get(`/petitions/${first.id}/superior-outcomes`)).body.items).toMatchObject([
      { agency: 'UBND Thành phố Hà Nội', number: '1500/QĐ-UBND', effect: 'changed', furtherPetitionId: second.id },
    ]);
    expect(await eventsOf(clerk, first)).toContain('superior_outcome_registered');
  });

  it('is carried out in parts, late ones are alerts, and only then closed', async () => {
    for (const type of ['sending', 'publication'])
      await step(cityClerk, second, 'dispatches', { type, dispatchedOn: '2026-08-20', recipients: [{ role: 'public' }] });
    const { body } = await cityLeader.get(`/petitions/${second.id}/obligations`);
    const [land, money] = body.items as [Json, Json];
    await step(cityClerk, second, `obligations/${land.id}/performances`, { performedOn: '2026-09-20', land: 7.5, persons: 1 });
    expect(limit(await read(cityClerk, second), 'complaint.enforcement.direction')).toMatchObject({ metOn: '2026-09-20', daysLate: 0 });
    const part = await step(cityClerk, second, `obligations/${money.id}/performances`, { performedOn: '2026-10-05', money: 5_000_000 });
    expect(part).toMatchObject({ fulfilledOn: null, performed: { money: 5_000_000 } });
    const early = await cityLeader.post(`/petitions/${second.id}/closure`, { closedOn: '2026-10-06' });
    expect(early).toMatchObject({ status: 409, body: { owed: ['enforcement.performance'] } });
    second = await read(cityClerk, second);
    expect(second).toMatchObject({ alert: 'overdue', nextDueOn: '2026-10-30' });
    const more = await cityClerk.post(`/petitions/${second.id}/obligations/${money.id}/performances`, { money: 8_000_000 });
    expect(more).toMatchObject({ status: 422, body: { errors: [{ pointer: '/money', code: 'more_than_owed' }] } });
    await step(cityClerk, second, `obligations/${money.id}/performances`, { performedOn: '2026-11-10', money: 7_000_000 });
    second = await step(cityLeader, second, 'closure', { closedOn: '2026-11-12' });
    expect(second).toMatchObject({ state: 'closed', alert: 'none' });
    const late = second.limits.filter(({ ruleId }: Json) => ruleId === 'enforcement.performance');
    expect(late.map(({ daysLate }: Json) => daysLate)).toEqual([0, 11]);
  });
});

describe('a denunciation with protection request, two extensions, conclusion and handling', () => {
  let petition: Json;

  it('is accepted, and who denounced asks for protection without being named', async () => {
    petition = await file(clerk, aDenunciationOf(baDinh, 'official', { complexity: 'specially_complex' }));
    petition = await classify(clerk, petition);
    petition = await step(leader, petition, 'acceptance', { acceptedOn: '2026-05-15' });
    const request = await step(clerk, petition, 'protection-requests', {
      requestedOn: '2026-05-18',
      urgent: false,
      protectedPerson: 'denouncer',
      content: 'Bị doạ cho thôi việc',
    });
    expect(limit(await read(clerk, petition), 'denunciation.protection')).toMatchObject({
      dueOn: '2026-05-21',
      metOn: null,
      subjectId: request.id,
    });
    const granted = await step(leader, petition, `protection-requests/${request.id}/decision`, {
      decidedOn: '2026-05-20',
      granted: true,
      documentNumber: '90/QĐ-UBND',
      reason: 'Có căn cứ',
      measures: [{ kind: 'position_and_work', body: 'Sở Nội vụ', from: '2026-05-20' }],
    });
    expect(granted).toMatchObject({ state: 'granted', measures: [{ body: 'Sở Nội vụ' }] });
    expect(limit(await read(clerk, petition), 'denunciation.protection')).toMatchObject({ metOn: '2026-05-20' });
  });

  it('is extended twice, each before the limit ends and at most as the law allows', async () => {
    await step(clerk, petition, 'dispatches', {
      type: 'acceptance_notice',
      dispatchedOn: '2026-05-21',
      recipients: [{ role: 'petitioner' }],
    });
    const named = await clerk.post(`/petitions/${petition.id}/dispatches`, {
      type: 'acceptance_notice',
      recipients: [{ role: 'petitioner', name: 'Nguyễn Văn Hoà' }],
    });
    expect(named).toMatchObject({ status: 422, body: { errors: [{ code: 'identity_secret' }] } });
    const extension = { documentNumber: '91/QĐ-UBND', reason: 'Phải xác minh ở hai nơi' };
    expect(petition).toMatchObject({ complexity: 'specially_complex', complexityReasoned: false });
    const unreasoned = await leader.post(`/petitions/${petition.id}/extensions`, { ...extension, days: 30, decidedOn: '2026-06-10' });
    expect(unreasoned).toMatchObject({
      status: 409,
      body: {
        objections: [{ code: 'complexity_not_reasoned', overridable: false, sources: [{ instrument: '31/2019/NĐ-CP', article: '3' }] }],
      },
    });
    petition = await step(leader, petition, 'complexity-findings', {
      foundOn: '2026-06-09',
      criteria: ['several_places', 'evidence_in_conflict'],
      reason: 'Phải xác minh tại hai phường; lời khai và chứng từ mâu thuẫn',
    });
    expect(petition).toMatchObject({ complexity: 'specially_complex', complexityReasoned: true });
    const long = await leader.post(`/petitions/${petition.id}/extensions`, { ...extension, days: 31, decidedOn: '2026-06-10' });
    expect(long).toMatchObject({ status: 422, body: { errors: [{ pointer: '/days', code: 'extension_too_long' }] } });
    expect(limit(petition, 'denunciation.resolution').dueOn).toBe('2026-06-15');
    petition = await step(leader, petition, 'extensions', { ...extension, days: 30, decidedOn: '2026-06-12' });
    expect(limit(petition, 'denunciation.resolution')).toMatchObject({ dueOn: '2026-07-14', extensionsDays: [30] });
    petition = await step(leader, petition, 'extensions', {
      ...extension,
      documentNumber: '99/QĐ-UBND',
      days: 30,
      decidedOn: '2026-07-10',
    });
    expect(limit(petition, 'denunciation.resolution')).toMatchObject({ dueOn: '2026-08-13', extensionsDays: [30, 30] });
    const third = await leader.post(`/petitions/${petition.id}/extensions`, { ...extension, days: 10, decidedOn: '2026-08-01' });
    expect(third).toMatchObject({ status: 409, body: { allowedExtensions: 2 } });
    const late = await leader.post(`/petitions/${petition.id}/extensions`, { ...extension, days: 10, decidedOn: '2026-08-20' });
    expect(late).toMatchObject({ status: 409, body: { errors: [{ code: 'limit_has_ended' }] } });
  });

  it('is concluded, sent, handled and published, and its obligations carried out', async () => {
    await verify(leader, petition, { assignedOn: '2026-07-13', reportedOn: '2026-08-07' });
    petition = await step(leader, petition, 'conclusions', {
      concludedOn: '2026-08-12',
      documentNumber: '33/KL-UBND',
      result: 'right',
      content: 'Công chức địa chính đã thu tiền ngoài quy định.',
      obligations: [
        { type: 'sanction', description: 'Kỷ luật công chức', responsible: 'UBND phường', dueOn: '2026-09-30', persons: 1, officials: 1 },
        {
          type: 'investigation',
          description: 'Chuyển cơ quan điều tra',
          responsible: 'UBND phường',
          dueOn: '2026-08-20',
          cases: 1,
          persons: 1,
        },
      ],
    });
    for (const type of ['handling', 'sending', 'publication'])
      await step(clerk, petition, 'dispatches', { type, dispatchedOn: '2026-08-18', recipients: [{ role: 'respondent' }] });
    petition = await read(clerk, petition);
    for (const kind of ['handling', 'sending', 'publication'])
      expect(limit(petition, `denunciation.conclusion.${kind}`)).toMatchObject({ metOn: '2026-08-18', daysLate: 0 });
    const { body } = await leader.get(`/petitions/${petition.id}/obligations`);
    const [investigation, sanction] = body.items as [Json, Json];
    await step(handler, petition, `obligations/${investigation.id}/performances`, { performedOn: '2026-08-19', cases: 1, persons: 1 });
    await step(handler, petition, `obligations/${sanction.id}/performances`, { performedOn: '2026-09-10', persons: 1, officials: 1 });
    const untold = await leader.post(`/petitions/${petition.id}/closure`, { closedOn: '2026-09-11' });
    expect(untold).toMatchObject({ status: 409, body: { owed: ['denunciation.handling.result'] } });
    const results = (await read(clerk, petition)).limits.filter(({ ruleId }: Json) => ruleId === 'denunciation.handling.result');
    expect(results.map(({ startsOn, dueOn }: Json) => [startsOn, dueOn])).toEqual([
      ['2026-08-19', '2026-08-25'],
      ['2026-09-10', '2026-09-17'],
    ]);
    await step(clerk, petition, 'dispatches', { type: 'handling_result', dispatchedOn: '2026-09-14', recipients: [{ role: 'other' }] });
    petition = await step(leader, petition, 'closure', { closedOn: '2026-09-15' });
    expect(petition).toMatchObject({ state: 'closed', owed: [], alert: 'none' });
    const authors = 'select count(*)::int as nobody from obligation where created_by is null';
    expect(await server.sql(authors)).toEqual([{ nobody: 0 }]);
  });

  it('keeps a history without a gap and never names who denounced', async () => {
    const { body } = await clerk.get(`/petitions/${petition.id}/history`);
    expect(body.intact).toBe(true);
    expect(body.items.map(({ sequence }: Json) => sequence)).toEqual(body.items.map((_: Json, index: number) => index + 1));
    expect(JSON.stringify([body, await read(clerk, petition)])).not.toContain('Hoà');
  });
});

it('whoever forwarded a complaint from the National Assembly is told the result within seven working days', async () => {
  let petition = await file(
    clerk,
    aComplaintAbout(baDinh, { receivedOn: '2026-07-06', writtenOn: null, forwardedBy: 'Đoàn đại biểu Quốc hội' }),
  );
  expect(limit(petition, 'complaint.acceptance')).toMatchObject({ dueOn: '2026-07-15', unit: 'working_days', reading: null });
  petition = await classify(clerk, petition, { classifiedOn: '2026-07-07' });
  petition = await step(leader, petition, 'acceptance', { acceptedOn: '2026-07-08' });
  const decision = { decidedOn: '2026-08-03', documentNumber: '9/QĐ-UBND', result: 'right', content: 'Công nhận.' };
  petition = await step(leader, petition, 'decisions', decision);
  expect(limit(petition, 'petition.forwarder.result')).toMatchObject({ dueOn: '2026-08-12', metOn: null });
  await step(clerk, petition, 'dispatches', { type: 'sending', dispatchedOn: '2026-08-05', recipients: [{ role: 'petitioner' }] });
  const untold = await leader.post(`/petitions/${petition.id}/closure`, { closedOn: '2026-08-06' });
  expect(untold).toMatchObject({ status: 409, body: { owed: ['petition.forwarder.result'] } });
  await step(clerk, petition, 'dispatches', { type: 'forwarder_result', dispatchedOn: '2026-08-06', recipients: [{ role: 'forwarder' }] });
  expect((await step(leader, petition, 'closure', { closedOn: '2026-08-07' })).state).toBe('closed');
});

it('a reflection is answered within ten working days', async () => {
  let petition = await classify(clerk, await file(clerk, aReflectionOn(baDinh)));
  petition = await step(clerk, petition, 'answers', { answeredOn: '2026-05-25', result: 'resolved', content: 'Đã thay hai đèn.' });
  expect(limit(petition, 'recommendation.answer')).toMatchObject({ dueOn: '2026-05-25', metOn: '2026-05-25', daysLate: 0 });
  petition = await step(clerk, petition, 'closure', { closedOn: '2026-05-26' });
  expect(petition.state).toBe('closed');
  const kept = (await leader.get(`/limits?unitId=${baDinh}&ruleId=recommendation.answer&dueFrom=2026-05-01&dueTo=2026-05-31`)).body.items;
  expect(kept).toMatchObject([{ petitionNumber: petition.number, result: 'kept', daysLate: 0 }]);
});

it('a petition with three matters is guided to three authorities', async () => {
  const petition = await file(cityClerk, aComplaintAbout(baDinh));
  const part = (summary: string, unit: string, more: object = {}) => ({
    kind: 'complaint',
    summary,
    respondent: { type: 'agency', unitId: unit },
    ...more,
  });
  const refused = await cityClerk.put(`/petitions/${petition.id}/parts`, { parts: [part('Một nội dung', baDinh)] }, { 'if-match': '*' });
  expect(refused.status).toBe(422);
  const { status, body } = await cityClerk.put(
    `/petitions/${petition.id}/parts`,
    {
      splitOn: '2026-05-12',
      parts: [
        part('Khiếu nại quyết định thu hồi đất', baDinh, { fieldCode: 'land_housing' }),
        part('Khiếu nại quyết định xử phạt xây dựng', hoanKiem),
        { kind: 'recommendation', summary: 'Kiến nghị sửa cống thoát nước', matterUnitId: hoanKiem, respondent: null },
      ],
    },
    { 'if-match': '*' },
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ state: 'split', alert: 'none' });
  expect(body.parts.map(({ number }: Json) => number)).toEqual([1, 2, 3].map((index) => `${petition.number}/${index}`));
  const parts = await Promise.all(body.parts.map((one: Json) => read(cityClerk, one)));
  expect(new Set(parts.map(({ caseId }) => caseId)).size).toBe(3);
  expect(parts[0].caseId).toBe(petition.caseId);
  for (const one of parts) expect(one).toMatchObject({ partOfId: petition.id, state: 'classified', limits: [{ metOn: null }] });
  const guided = await step(cityClerk, petition, 'parts/guidance', { guidedOn: '2026-05-14', content: 'Đơn có ba nội dung …' });
  expect(guided.parts.map(({ state }: Json) => state)).toEqual(['guided', 'guided', 'guided']);
  const { body: history } = await cityClerk.get(`/petitions/${petition.id}/history`);
  expect(history.items.at(-1)).toMatchObject({
    event: 'parts_guided',
    facts: { authorities: [{ toUnit: 'Phường Ba Đình' }, { toUnit: 'Phường Hoàn Kiếm' }, { toUnit: 'Phường Hoàn Kiếm' }] },
  });
  const ledger = (await cityClerk.get('/petitions?ledgerOnly=true&q=thu hồi đất')).body.items;
  expect(ledger.filter(({ partOfId }: Json) => partOfId)).toEqual([]);
});

it('a denunciation among several matters hides who filed it in all of them', async () => {
  const petition = await file(
    cityClerk,
    aComplaintAbout(baDinh, { parties: [{ role: 'petitioner', type: 'person', name: 'Chim Hoàng Yến' }] }),
  );
  const { body } = await cityClerk.put(
    `/petitions/${petition.id}/parts`,
    {
      splitOn: '2026-05-12',
      parts: [
        { kind: 'complaint', summary: 'Khiếu nại thu hồi đất' },
        { kind: 'denunciation', summary: 'Tố cáo công chức', respondent: { type: 'official', unitId: baDinh, position: 'official' } },
      ],
    },
    { 'if-match': '*' },
  );
  const all = await Promise.all([petition, ...body.parts].map((one: Json) => read(cityClerk, one)));
  const found = await cityClerk.get('/persons?name=chim hoang yen');
  const search = await cityClerk.get('/petitions?q="hoàng yến"');
  expect(
    JSON.stringify([all, found.body, search.body.items, (await cityClerk.get(`/petitions/${petition.id}/history`)).body]),
  ).not.toContain('Yến');
  for (const one of all) expect(one.parties).toMatchObject([{ masked: true, name: null }]);
});

it('a group of 120 signatories has a list and at most five representatives', async () => {
  const petition = await file(clerk, aComplaintAbout(baDinh, { signatories: 120, parties: [] }));
  const eligibility = (await clerk.get(`/petitions/${petition.id}/eligibility`)).body;
  expect(eligibility.proposal).toMatchObject({ outcome: 'filing_away' });
  const rows = Array.from(
    { length: 120 },
    (_, index) => `Nguyễn Văn ${index},19${50 + (index % 50)},,Số ${index} phố Trấn Vũ,${index < 6 ? 'x' : ''}`,
  );
  const csv = (representatives: number) =>
    [
      'name,birth_year,national_id,address,representative',
      ...rows.map((row, index) => (index >= representatives ? row.replace(/x$/, '') : row)),
    ].join('\n');
  const path = `/petitions/${petition.id}/signatories/imports`;
  expect(await clerk.upload(path, csv(6), { format: 'csv' })).toMatchObject({
    status: 422,
    body: { errors: [{ code: 'too_many_representatives' }] },
  });
  const broken = await clerk.upload(path, csv(5).replace('Nguyễn Văn 7,1957', ',57'), { format: 'csv' });
  expect(broken).toMatchObject({
    status: 422,
    body: {
      errors: [
        { line: 9, column: 'name' },
        { line: 9, column: 'birth_year' },
      ],
    },
  });
  expect((await clerk.upload(path, csv(5), { format: 'csv', dryRun: 'true' })).body).toEqual({
    dryRun: true,
    rows: 120,
    representatives: 5,
  });
  expect((await clerk.get(`/petitions/${petition.id}/signatories`)).body.total).toBe(0);
  expect((await clerk.upload(path, csv(5), { format: 'csv' })).status).toBe(200);
  const { body } = await clerk.get(`/petitions/${petition.id}/signatories`);
  expect(body).toMatchObject({ total: 120, representatives: 5, rule: { least: 1, most: 5 }, masked: false });
  expect(await read(clerk, petition)).toMatchObject({ signatories: 120 });
});

describe('a withdrawal', () => {
  it('ends a complaint', async () => {
    let petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    petition = await step(leader, petition, 'acceptance', { acceptedOn: '2026-05-15' });
    petition = await step(clerk, petition, 'withdrawal', {
      withdrawnOn: '2026-06-01',
      reason: 'Hai bên đã thoả thuận',
      documentNumber: '95/QĐ-UBND',
    });
    expect(petition).toMatchObject({ state: 'terminated', terminatedOn: '2026-06-01', outcome: 'withdrawn', alert: 'none' });
  });

  it('under coercion does not', async () => {
    let petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    petition = await step(leader, petition, 'acceptance', { acceptedOn: '2026-05-15' });
    petition = await step(clerk, petition, 'withdrawal', { withdrawnOn: '2026-06-01', coerced: true, reason: 'Bị ép rút đơn' });
    expect(petition).toMatchObject({ state: 'accepted', outcome: null });
    expect(limit(petition, 'complaint.resolution.first')).toMatchObject({ metOn: null });
    expect(await eventsOf(clerk, petition)).toContain('withdrawn');
  });

  it('of a part of a complaint is possible only since the law of 2025', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    const early = await clerk.post(`/petitions/${petition.id}/withdrawal`, {
      withdrawnOn: '2026-06-30',
      extent: 'part',
      content: 'Nội dung về mức bồi thường',
      reason: 'Rút một phần',
    });
    expect(early).toMatchObject({ status: 422, body: { type: '/api/v1/problems/rule-not-applicable' } });
    const later = await step(clerk, petition, 'withdrawal', {
      withdrawnOn: '2026-07-01',
      extent: 'part',
      content: 'Nội dung về mức bồi thường',
      reason: 'Rút một phần',
    });
    expect(later.state).toBe('classified');
  });
});

it('a complaint that came to a reception says that it may be transferred, one by post does not', async () => {
  const received = { receivedOn: '2026-07-06', writtenOn: null };
  const inPerson = await file(cityClerk, aComplaintAbout(baDinh, { ...received, channel: 'in_person' }));
  expect(inPerson.flags).toMatchObject([{ code: 'over_level', explanation: { vi: expect.stringContaining('hoặc chuyển đơn') } }]);
  const classified = await classify(cityClerk, inPerson, { classifiedOn: '2026-07-07' });
  expect(classified.flags).toEqual(inPerson.flags);
  const byPost = await file(cityClerk, aComplaintAbout(baDinh, { ...received, channel: 'post', summary: 'Khiếu nại việc khác' }));
  expect(byPost.flags).toMatchObject([{ code: 'over_level', explanation: { vi: expect.stringContaining('không chuyển đơn') } }]);
});

it('days of an obstacle, stated on a petition, keep the right to complain', async () => {
  let petition = await file(clerk, aComplaintAbout(baDinh, { decisionKnownOn: '2026-01-05' }));
  expect(petition).toMatchObject({ flags: [{ code: 'filing_period_expired' }], recommendedOutcome: 'notice', obstacleDays: 0 });
  petition = await classify(clerk, petition, { obstacleDays: 40, reason: 'Nằm viện từ ngày 10/2 đến ngày 21/3/2026' });
  expect(petition).toMatchObject({ flags: [], recommendedOutcome: 'propose_acceptance', obstacleDays: 40 });
  const wrong = await clerk.put(`/petitions/${petition.id}/classification`, { obstacleDays: -1 }, { 'if-match': '"2"' });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/obstacleDays' }] } });
});

describe('a suspension', () => {
  it('across Tết stops the clock, which goes on with the days left', async () => {
    const before = { receivedOn: '2026-01-12', writtenOn: null };
    let petition = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official', before)), { classifiedOn: '2026-01-13' });
    petition = await step(leader, petition, 'acceptance', { acceptedOn: '2026-01-19' });
    expect(limit(petition, 'denunciation.resolution').dueOn).toBe('2026-02-23');
    petition = await step(leader, petition, 'suspensions', {
      suspendedOn: '2026-02-10',
      ground: 'expert_opinion',
      reason: 'Chờ giám định',
      documentNumber: '12/QĐ-UBND',
    });
    expect(petition).toMatchObject({ state: 'suspended', suspendedOn: '2026-02-10' });
    expect(limit(petition, 'denunciation.resolution')).toMatchObject({ suspendedOn: '2026-02-10', alert: 'none' });
    // Eight of the thirty days were left on 10 February, so they end eight days after 25 February.
    petition = await step(leader, petition, 'resumption', {
      resumedOn: '2026-02-25',
      reason: 'Đã có kết luận giám định',
      documentNumber: '52/QĐ-UBND',
    });
    expect(petition).toMatchObject({ state: 'accepted', suspendedOn: null });
    expect(limit(petition, 'denunciation.resolution')).toMatchObject({ dueOn: '2026-03-05', suspendedDays: 15, suspendedOn: null });
    const { body } = await clerk.get(`/petitions/${petition.id}/history`);
    expect(body.items.at(-1)).toMatchObject({ event: 'limit_moved', facts: { dueOnBefore: '2026-02-23', dueOn: '2026-03-05' } });
  });

  it('of a complaint is not lawful before 2026-07-01', async () => {
    let petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    petition = await step(leader, petition, 'acceptance', { acceptedOn: '2026-05-15' });
    const order = {
      ground: 'force_majeure',
      reason: 'Người khiếu nại nằm viện',
      evidence: 'Giấy ra viện số 12',
      documentNumber: '13/QĐ-UBND',
    };
    const early = await leader.post(`/petitions/${petition.id}/suspensions`, { ...order, suspendedOn: '2026-06-01' });
    expect(early).toMatchObject({ status: 422, body: { errors: [{ pointer: '/suspendedOn', code: 'not_in_force' }] } });
    expect((await step(leader, petition, 'suspensions', { ...order, suspendedOn: '2026-07-01' })).state).toBe('suspended');
  });

  it('of a complaint that was accepted before, its going on and its end are told in three working days (Decree 155/2026 arts 12, 22)', async () => {
    let petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    petition = await step(leader, petition, 'acceptance', { acceptedOn: '2026-06-15' });
    const order = { reason: 'Người khiếu nại nằm viện', evidence: 'Giấy ra viện số 12', documentNumber: '13/QĐ-UBND' };
    petition = await step(leader, petition, 'suspensions', { ...order, ground: 'force_majeure', suspendedOn: '2026-07-01' });
    expect(limit(petition, 'complaint.suspension.notice')).toMatchObject({ dueOn: '2026-07-06', unit: 'working_days' });
    await step(clerk, petition, 'dispatches', {
      type: 'suspension_notice',
      dispatchedOn: '2026-07-02',
      recipients: [{ role: 'petitioner' }],
    });
    petition = await step(leader, petition, 'resumption', { resumedOn: '2026-07-15', reason: 'Đã ra viện', documentNumber: '52/QĐ-UBND' });
    expect(limit(petition, 'complaint.continuation.notice')).toMatchObject({ dueOn: '2026-07-20', metOn: null });
    // Fourteen of the thirty days from 15 June were left on 1 July.
    expect(limit(petition, 'complaint.resolution.first')).toMatchObject({ dueOn: '2026-07-29', suspendedDays: 14 });
    await step(clerk, petition, 'dispatches', {
      type: 'continuation_notice',
      dispatchedOn: '2026-07-17',
      recipients: [{ role: 'petitioner' }],
    });
    petition = await step(clerk, petition, 'withdrawal', { withdrawnOn: '2026-07-20', reason: 'Đã thoả thuận' });
    expect(limit(petition, 'complaint.continuation.notice')).toMatchObject({ metOn: '2026-07-17', daysLate: 0 });
    expect(limit(petition, 'complaint.termination.notice')).toMatchObject({ dueOn: '2026-07-23', metOn: null });
    await step(clerk, petition, 'dispatches', {
      type: 'termination_notice',
      dispatchedOn: '2026-07-24',
      recipients: [{ role: 'petitioner' }],
    });
    expect(limit(await read(clerk, petition), 'complaint.termination.notice')).toMatchObject({ metOn: '2026-07-24', daysLate: 1 });
  });
});

it('a wrong merge is undone: history, counts, stage and competence are right again', async () => {
  const first = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
  await step(leader, first, 'acceptance', { acceptedOn: '2026-05-15' });
  await verify(leader, first, { assignedOn: '2026-05-18', reportedOn: '2026-06-05' });
  await step(leader, first, 'decisions', { decidedOn: '2026-06-10', documentNumber: '1/QĐ', result: 'wrong', content: 'Không có cơ sở.' });
  const other = await file(cityClerk, aComplaintAbout(baDinh, { receivedOn: '2026-07-01', writtenOn: null }));
  expect(other).toMatchObject({ stage: 'first', recommendedOutcome: 'guidance', flags: [{ code: 'over_level' }] });
  const linked = await step(cityClerk, other, 'links', {
    petitionNumber: first.number.toLowerCase(),
    relation: 'appeals',
    reason: 'Cùng thửa đất',
  });
  expect(linked).toMatchObject({
    stage: 'second',
    caseId: first.caseId,
    recommendedOutcome: 'propose_acceptance',
    withinCompetence: true,
    flags: [],
  });
  expect(await read(clerk, first)).toMatchObject({ inForceOn: null });
  const later = await file(
    cityClerk,
    aComplaintAbout(baDinh, { receivedOn: '2026-07-02', writtenOn: null, relatedTo: [{ petitionId: other.id, relation: 'repeats' }] }),
  );
  const merged = (await cityLeader.get(`/cases/${first.caseId}`)).body;
  expect(merged).toMatchObject({ petitions: 3, merges: [{ fromCaseId: other.caseId, undoneOn: null }] });
  expect((await cityLeader.get(`/cases/${other.caseId}`)).body).toMatchObject({ petitions: 0, mergedIntoId: first.caseId });

  const undoing = `/cases/merges/${merged.merges[0].id}/undoing`;
  const answers = await Promise.all([1, 2].map(() => cityClerk.post(undoing, { reason: 'Hai thửa đất khác nhau' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await read(cityClerk, other)).toMatchObject({
    stage: 'first',
    caseId: other.caseId,
    recommendedOutcome: 'guidance',
    relatedTo: [],
  });
  expect(await read(cityClerk, later)).toMatchObject({ caseId: other.caseId, relatedTo: [{ petitionId: other.id }] });
  expect(await read(clerk, first)).toMatchObject({ inForceOn: '2026-07-11' });
  expect((await cityLeader.get(`/cases/${first.caseId}`)).body).toMatchObject({ petitions: 1 });
  expect((await cityLeader.get(`/cases/${other.caseId}`)).body).toMatchObject({ petitions: 2, mergedIntoId: null });
  expect(await eventsOf(cityClerk, other)).toEqual(['received', 'case_merged', 'linked', 'case_merge_undone', 'link_ended']);
});

describe('two officials who act on one petition at once', () => {
  it('one wins, the other is told, and the history has no gap', async () => {
    let petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    petition = await step(leader, petition, 'acceptance', { acceptedOn: '2026-05-15' });
    const decision = { decidedOn: '2026-06-10', documentNumber: '1/QĐ', result: 'right', content: 'Công nhận nội dung khiếu nại.' };
    const answers = await Promise.all([
      leader.post(`/petitions/${petition.id}/decisions`, decision),
      handler.post(`/petitions/${petition.id}/decisions`, decision),
      clerk.post(`/petitions/${petition.id}/withdrawal`, { withdrawnOn: '2026-06-10', reason: 'Rút đơn' }),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status < 300)).toHaveLength(1);
    expect(answers.map(({ status }) => status).filter((status) => status === 409)).toHaveLength(2);
    const { body } = await clerk.get(`/petitions/${petition.id}/history`);
    expect(body.intact).toBe(true);
    expect(body.items.map(({ sequence }: Json) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it('with the version that both had read, the second one is stale', async () => {
    let petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    petition = await step(leader, petition, 'acceptance', { acceptedOn: '2026-05-15' });
    const etag = (await clerk.get(`/petitions/${petition.id}`)).headers.get('etag')!;
    const extension = { documentNumber: '5/QĐ', reason: 'Vụ việc phức tạp', decidedOn: '2026-06-01' };
    const answers = await Promise.all(
      [1, 2].map(() => leader.post(`/petitions/${petition.id}/extensions`, extension, { 'if-match': etag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect(limit(await read(clerk, petition), 'complaint.resolution.first')).toMatchObject({ dueOn: '2026-06-29' });
  });
});
