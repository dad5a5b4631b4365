import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, eventsOf, file, unitId, verify } from './support/stories.js';

/** Steps that the law or the checklist stands against are refused with the article, or taken by a leader with a reason that stays. */
let server: TestServer;
let clerk: Client;
let handler: Client;
let leader: Client;
let cityClerk: Client;
let cityLeader: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  handler = await server.as('commune.handler');
  leader = await server.as('commune.leader');
  cityClerk = await server.as('city.clerk');
  cityLeader = await server.as('city.leader');
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

const since2026 = { receivedOn: '2026-07-06', writtenOn: '2026-07-05' };

const post = (client: Client, petition: Json, path: string, body: object) => client.post(`/petitions/${petition.id}/${path}`, body);

async function take(client: Client, petition: Json, path: string, body: object): Promise<Json> {
  const { status, body: answer } = await post(client, petition, path, body);
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  return answer;
}

const read = async (client: Client, petition: Json): Promise<Json> => (await client.get(`/petitions/${petition.id}`)).body;
const limit = (petition: Json, ruleId: string): Json => petition.limits.findLast((one: Json) => one.ruleId === ruleId && !one.voidOn);
const actionOf = async (client: Client, petition: Json, action: string): Promise<Json> =>
  (await client.get(`/petitions/${petition.id}/actions`)).body.items.find((one: Json) => one.action === action);
const lastEvent = async (client: Client, petition: Json): Promise<Json> =>
  (await client.get(`/petitions/${petition.id}/history`)).body.items.at(-1);

const answers = async (client: Client, petition: Json, given: object, checkedOn = '2026-07-07'): Promise<void> => {
  const { status } = await client.put(`/petitions/${petition.id}/eligibility`, { answers: given, checkedOn }, { 'if-match': '*' });
  expect(status).toBe(200);
};

describe('guidance', () => {
  let guided: Json;
  let again: Json;

  it('is given once: whoever comes again with the same matter is filed away and told', async () => {
    guided = await file(cityClerk, aComplaintAbout(baDinh, { ...since2026, channel: 'post' }));
    expect(guided).toMatchObject({ recommendedOutcome: 'guidance', alsoAllowed: [] });
    await take(cityClerk, guided, 'guidance', { guidedOn: '2026-07-08', content: 'Đề nghị gửi đơn đến Chủ tịch UBND phường Ba Đình.' });
    again = await file(
      cityClerk,
      aComplaintAbout(baDinh, { receivedOn: '2026-08-03', writtenOn: null, relatedTo: [{ petitionId: guided.id, relation: 'repeats' }] }),
    );
    expect(again).toMatchObject({ recommendedOutcome: 'filing_away', alsoAllowed: [] });
    expect(again.flags.map(({ code }: Json) => code)).toEqual(['over_level', 'already_guided']);
    expect(again.flags[1]).toMatchObject({
      facts: { guidedBeforeOn: '2026-07-08' },
      sources: [{ instrument: '05/2021/TT-TTCP', article: '6' }],
      explanation: { vi: expect.stringContaining('ngày 08/07/2026') },
    });
    // Found anew, it is known from the case.
    again = await classify(cityClerk, again, { classifiedOn: '2026-08-04' });
    expect(again).toMatchObject({ recommendedOutcome: 'filing_away', flags: [{}, { code: 'already_guided' }] });
    expect((await cityClerk.get('/petitions?flag=already_guided')).body.items.map(({ id }: Json) => id)).toEqual([again.id]);
  });

  it('a second time is refused with the article, a clerk cannot override, a leader leaves the reason', async () => {
    expect(await actionOf(cityClerk, again, 'guide')).toMatchObject({
      objections: [{ code: 'already_guided', overridable: true, sources: [{ article: '6' }] }],
    });
    const order = { guidedOn: '2026-08-05', content: 'Đề nghị gửi đến phường.' };
    const refused = await post(cityClerk, again, 'guidance', order);
    expect(refused).toMatchObject({ status: 409, body: { objections: [{ code: 'already_guided', overridable: true }] } });
    expect(refused.body.detail).toContain(`(đơn ${guided.number})`);
    expect(refused.body.detail).toContain('Điều 6 Thông tư số 05/2021/TT-TTCP');
    const byClerk = await post(cityClerk, again, 'guidance', { ...order, overrideReason: 'Bà con không nhận được văn bản' });
    expect(byClerk).toMatchObject({ status: 403, body: { errors: [{ pointer: '/overrideReason', code: 'leader_alone' }] } });
    expect(await eventsOf(cityClerk, again)).toEqual(['received', 'classified']);
    const byLeader = await take(cityLeader, again, 'guidance', { ...order, overrideReason: 'Văn bản hướng dẫn trước bị trả lại' });
    expect(byLeader.state).toBe('guided');
    expect(await lastEvent(cityClerk, again)).toMatchObject({
      event: 'guided',
      by: 'city.leader',
      facts: { overridden: ['already_guided'], overrideReason: 'Văn bản hướng dẫn trước bị trả lại' },
    });
  });

  it('is open again with new facts, and to somebody else', async () => {
    const more = { receivedOn: '2026-08-10', writtenOn: '2026-08-09', relatedTo: [{ petitionId: guided.id, relation: 'repeats' }] };
    const renewed = await file(cityClerk, aComplaintAbout(baDinh, more));
    await answers(cityClerk, renewed, { new_facts: true }, '2026-08-11');
    expect((await cityClerk.get(`/petitions/${renewed.id}/eligibility`)).body.proposal).toMatchObject({ outcome: 'guidance' });
    expect((await take(cityClerk, renewed, 'guidance', { guidedOn: '2026-08-12', content: 'Có tình tiết mới.' })).state).toBe('guided');
    const neighbour = { role: 'petitioner', type: 'person', name: 'Trần Thị Bình', nationalId: '001179000111' };
    const other = await file(cityClerk, aComplaintAbout(baDinh, { ...since2026, receivedOn: '2026-08-10', parties: [neighbour] }));
    const linked = await take(cityClerk, other, 'links', { petitionId: guided.id, relation: 'continues', reason: 'Cùng dự án' });
    expect(linked).toMatchObject({ caseId: guided.caseId, recommendedOutcome: 'guidance' });
    expect((await take(cityClerk, other, 'guidance', { guidedOn: '2026-08-12', content: 'Gửi đến phường.' })).state).toBe('guided');
  });

  it('is known for the same person in the case, without a word of a clerk; filing away names the notice', async () => {
    const same = await file(cityClerk, aComplaintAbout(baDinh, { receivedOn: '2026-09-07', writtenOn: null }));
    const linked = await take(cityClerk, same, 'links', { petitionId: guided.id, relation: 'continues', reason: 'Cùng thửa đất' });
    expect(linked).toMatchObject({ recommendedOutcome: 'filing_away', flags: [{}, { code: 'already_guided' }] });
    const away = { filedAwayOn: '2026-09-08', ground: 'already_guided', documentNumber: '31/TB-VP' };
    expect((await take(cityClerk, same, 'filing-away', away)).state).toBe('filed_away');
    expect(await lastEvent(cityClerk, same)).toMatchObject({ facts: { ground: 'already_guided', documentNumber: '31/TB-VP' } });
  });
});

describe('acceptance', () => {
  it('of what a court has is refused, whoever asks', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh, since2026)), { classifiedOn: '2026-07-07' });
    await answers(clerk, petition, { not_before_court: false });
    const order = { acceptedOn: '2026-07-08', overrideReason: 'Giải quyết song song' };
    for (const body of [{ acceptedOn: '2026-07-08' }, order]) {
      const refused = await post(leader, petition, 'acceptance', body);
      expect(refused).toMatchObject({
        status: 409,
        body: {
          objections: [{ code: 'court_has_accepted', overridable: false, sources: [{ instrument: '02/2011/QH13', article: '11(9)' }] }],
        },
      });
      expect(refused.body.detail).toContain('Điều 11(9) Luật số 02/2011/QH13');
    }
    // The court closed the case without deciding: the answer is corrected.
    await answers(clerk, petition, { not_before_court: true });
    expect((await take(leader, petition, 'acceptance', { acceptedOn: '2026-07-08' })).state).toBe('accepted');
  });

  it('of a denunciation without a name needs a leader who says how it is known who denounced', async () => {
    const unsigned = await file(clerk, aDenunciationOf(baDinh, 'official', { ...since2026, parties: [] }));
    await classify(clerk, unsigned, { classifiedOn: '2026-07-07' });
    expect(await post(clerk, unsigned, 'acceptance', { acceptedOn: '2026-07-08' })).toMatchObject({
      status: 409,
      body: { objections: [{ code: 'anonymous_denunciation', sources: [{ instrument: '25/2018/QH14', article: '25' }, {}] }] },
    });
    const order = { acceptedOn: '2026-07-08', overrideReason: 'Đã làm việc trực tiếp, xác định được người tố cáo' };
    expect((await take(leader, unsigned, 'acceptance', order)).state).toBe('accepted');
    const group = await file(clerk, aDenunciationOf(baDinh, 'official', { ...since2026, parties: [], signatories: 6 }));
    await classify(clerk, group, { classifiedOn: '2026-07-07' });
    const csv = ['name,birth_year,national_id,address,representative', 'Trần Văn Một,1970,,Số 1 phố Trấn Vũ,x'].join('\n');
    expect((await clerk.upload(`/petitions/${group.id}/signatories/imports`, csv, { format: 'csv' })).status).toBe(200);
    expect((await take(leader, group, 'acceptance', { acceptedOn: '2026-07-08' })).state).toBe('accepted');
  });

  it('in two steps is checked when the leader approves', async () => {
    const hoanKiem = { clerk: await server.as('hoankiem.clerk'), leader: await server.as('hoankiem.leader') };
    const unit = (await hoanKiem.clerk.get('/auth/me')).body.unit.id as string;
    const admin = await server.as('city.admin');
    await admin.put(`/units/${unit}/settings`, { triageMode: 'two_step' }, { 'if-match': '*' });
    const petition = await classify(hoanKiem.clerk, await file(hoanKiem.clerk, aComplaintAbout(unit, since2026)), {
      classifiedOn: '2026-07-07',
    });
    await answers(hoanKiem.clerk, petition, { own_rights: false });
    await take(hoanKiem.clerk, petition, 'proposals', { outcome: 'propose_acceptance', details: {}, proposedOn: '2026-07-08' });
    const refused = await post(hoanKiem.leader, petition, 'proposals/current/approval', { approvedOn: '2026-07-09' });
    expect(refused).toMatchObject({ status: 409, body: { objections: [{ code: 'own_rights', overridable: true }] } });
    const approval = { approvedOn: '2026-07-09', details: { overrideReason: 'Người khiếu nại là người thừa kế hợp pháp' } };
    expect((await take(hoanKiem.leader, petition, 'proposals/current/approval', approval)).state).toBe('accepted');
    expect(await lastEvent(hoanKiem.clerk, petition)).toMatchObject({ event: 'accepted', facts: { overridden: ['own_rights'] } });
    await admin.put(`/units/${unit}/settings`, { triageMode: 'one_step' }, { 'if-match': '*' });
  });
});

describe('a complaint outside competence, since 2026-07-01', () => {
  const order = { toUnitId: '', reason: 'Chuyển đơn theo thẩm quyền', sentOn: '2026-07-08' };

  it('by post is guided and not transferred, unless a leader decides so', async () => {
    const petition = await file(cityClerk, aComplaintAbout(baDinh, { ...since2026, channel: 'post', summary: 'Khiếu nại cấp giấy phép' }));
    const refused = await post(cityClerk, petition, 'transfers', { ...order, toUnitId: baDinh });
    expect(refused).toMatchObject({ status: 409, body: { objections: [{ code: 'must_be_guided', overridable: true }] } });
    expect(refused.body.detail).toContain('Điều 26(1)(b) Luật số 42/2013/QH13');
    const overridden = { ...order, toUnitId: baDinh, overrideReason: 'Người khiếu nại là người già neo đơn, không đi lại được' };
    expect((await take(cityLeader, petition, 'transfers', overridden)).state).toBe('pending');
  });

  it('that a reception received says that it may be transferred, and is', async () => {
    const petition = await file(cityClerk, aComplaintAbout(baDinh, { ...since2026, channel: 'in_person', summary: 'Khiếu nại đền bù' }));
    expect(petition).toMatchObject({ recommendedOutcome: 'guidance', alsoAllowed: ['transfer'] });
    const listed = (await cityClerk.get(`/petitions?q=${petition.number}`)).body.items;
    expect(listed).toMatchObject([{ id: petition.id, alsoAllowed: ['transfer'] }]);
    expect((await cityClerk.get(`/petitions/${petition.id}/eligibility`)).body.proposal).toMatchObject({
      outcome: 'guidance',
      alsoAllowed: ['transfer'],
    });
    expect((await take(cityClerk, petition, 'transfers', { ...order, toUnitId: baDinh })).state).toBe('pending');
  });
});

describe('without a verification', () => {
  async function accepted(petition: object): Promise<Json> {
    const filed = await classify(clerk, await file(clerk, petition), { classifiedOn: '2026-07-07' });
    return take(leader, filed, 'acceptance', { acceptedOn: '2026-07-08' });
  }
  const decision = { decidedOn: '2026-08-03', documentNumber: '9/QĐ-UBND', result: 'wrong', content: 'Không có cơ sở.' };

  it('a complaint is not decided, but where it is plainly right', async () => {
    const petition = await accepted(aComplaintAbout(baDinh, since2026));
    expect(await actionOf(leader, petition, 'decide')).toMatchObject({
      objections: [{ code: 'not_verified', sources: [{ article: '29' }, {}] }],
    });
    expect(await post(handler, petition, 'decisions', decision)).toMatchObject({
      status: 409,
      body: { objections: [{ code: 'not_verified' }] },
    });
    expect(await post(handler, petition, 'decisions', { ...decision, overrideReason: 'Hồ sơ rõ' })).toMatchObject({ status: 403 });
    const right = await accepted(aComplaintAbout(baDinh, { ...since2026, summary: 'Khiếu nại tính sai phí' }));
    expect((await take(handler, right, 'decisions', { ...decision, result: 'right' })).state).toBe('decided');
    await verify(leader, petition, { assignedOn: '2026-07-09', reportedOn: '2026-07-30' });
    expect(await actionOf(leader, petition, 'decide')).toMatchObject({ objections: [] });
    expect((await take(handler, petition, 'decisions', decision)).state).toBe('decided');
  });

  it('a denunciation is not concluded, unless the leader says why', async () => {
    const petition = await accepted(aDenunciationOf(baDinh, 'official', since2026));
    const { decidedOn, ...conclusion } = decision;
    const order = { ...conclusion, concludedOn: decidedOn };
    const refused = await post(leader, petition, 'conclusions', order);
    expect(refused).toMatchObject({
      status: 409,
      body: { objections: [{ code: 'not_verified', sources: [{ article: '31' }, { article: '35' }] }] },
    });
    const overridden = { ...order, overrideReason: 'Người bị tố cáo đã thừa nhận toàn bộ, có biên bản làm việc' };
    expect((await take(leader, petition, 'conclusions', overridden)).state).toBe('concluded');
    expect(await lastEvent(clerk, petition)).toMatchObject({ facts: { overridden: ['not_verified'], result: 'wrong' } });
  });
});

describe('a denunciation with signs of a crime', () => {
  const order = { sentOn: '2026-07-09', body: 'Cơ quan Cảnh sát điều tra Công an thành phố Hà Nội', documentNumber: '61/CV-UBND' };
  const signs = { foundOn: '2026-07-08', reason: 'Hành vi lập khống chứng từ có dấu hiệu tội tham ô tài sản' };

  it('is owed to the investigating body at once, and goes on otherwise', async () => {
    let petition = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official', since2026)), { classifiedOn: '2026-07-07' });
    petition = await take(leader, petition, 'acceptance', { acceptedOn: '2026-07-07' });
    expect(await post(leader, petition, 'crime-transfers', order)).toMatchObject({ status: 409 });
    petition = await take(handler, petition, 'crime-signs', signs);
    expect(limit(petition, 'denunciation.crime.transfer')).toMatchObject({
      dueOn: '2026-07-08',
      metOn: null,
      sources: [{ article: '27(1)' }],
    });
    expect(petition).toMatchObject({ state: 'accepted', owed: expect.arrayContaining(['denunciation.crime.transfer']) });
    expect(await post(handler, petition, 'crime-signs', signs)).toMatchObject({ status: 409 });
    expect(await post(leader, petition, 'crime-transfers', { ...order, wholeMatter: true })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/wholeMatter', code: 'accepted' }] },
    });
    const sent = await take(leader, petition, 'crime-transfers', order);
    expect(sent).toMatchObject({ type: 'crime_transfer', recipients: [{ role: 'investigating_body', name: order.body }] });
    petition = await read(clerk, petition);
    expect(petition.state).toBe('accepted');
    expect(limit(petition, 'denunciation.crime.transfer')).toMatchObject({ metOn: '2026-07-09', daysLate: 1 });
    expect(limit(petition, 'denunciation.resolution')).toMatchObject({ metOn: null });
    expect(await eventsOf(clerk, petition)).toEqual([
      'received',
      'classified',
      'accepted',
      'signs_of_crime_found',
      'investigators_informed',
    ]);
  });

  it('ends so before acceptance where nothing else is left of it; a complaint has no such step', async () => {
    const petition = await file(clerk, aDenunciationOf(baDinh, 'official', since2026));
    await take(clerk, petition, 'crime-signs', signs);
    await take(leader, petition, 'crime-transfers', { ...order, wholeMatter: true });
    expect(await read(clerk, petition)).toMatchObject({ state: 'referred', alert: 'none', owed: [] });
    const reflection = await file(clerk, aReflectionOn(baDinh));
    expect(await post(clerk, reflection, 'crime-signs', signs)).toMatchObject({ status: 409 });
  });
});
