import { createHash } from 'node:crypto';
import ExcelJS from 'exceljs';
import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { aWav } from './support/sounds.js';
import { anOffice, aPeriodicSession, daysAhead, must, workingDays } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let city: Client;
let baDinh: string;
let office: Json;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_PUBLIC_LIMIT: '100000', TIEPDAN_WORKERS: '1' } });
  [clerk, leader, city] = await Promise.all([server.as('commune.clerk'), server.as('commune.leader'), server.as('city.leader')]);
  baDinh = await unitId(clerk, '00004');
  office = await anOffice(clerk);
});
afterAll(() => server.stop());

const hoa = { name: 'Nguyễn Văn Hoà', nationalId: '001082012345', address: 'Số 5 phố Trấn Vũ, phường Ba Đình', phone: '0912 345 678' };

function aVisit(more: object = {}): Json {
  return {
    officeId: office.id,
    kind: 'complaint',
    fieldCode: 'land_housing',
    visitors: [hoa],
    matter: 'Khiếu nại quyết định thu hồi đất tại phố Trấn Vũ',
    content: 'Gia đình không đồng ý với diện tích thu hồi 25 m².',
    receiverName: 'Nguyễn Thị Hoà',
    startedAt: '2026-07-08T08:30:00+07:00',
    ...more,
  };
}
/** What a correction may say of a visit. */
function factsOf(visit: Json): Json {
  return Object.fromEntries(Object.entries(visit).filter(([name]) => name !== 'officeId' && name !== 'startedAt'));
}

const sha256Of = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const ended = '2026-07-08T09:00:00+07:00';
const guided = { result: 'guided', note: 'Hướng dẫn gửi đơn đến Thanh tra Thành phố', endedAt: ended };
const enter = (more: object = {}): Promise<Json> => must(201, clerk.post('/reception-visits', aVisit(more)));

describe('a visit', () => {
  it('opens a petition in one call: people, words, day and receipt are those of the visit', async () => {
    const outcome = {
      result: 'petition_opened',
      note: 'Đã nhận đơn',
      endedAt: ended,
      petition: { respondent: { type: 'agency', unitId: baDinh } },
    };
    const visit = await enter({ outcome, papers: [{ name: 'Đơn khiếu nại' }, { name: 'Sổ đỏ', original: true }] });
    expect(visit).toMatchObject({ state: 'concluded', result: 'petition_opened', repeated: false, reception: 'regular', revision: 1 });
    expect(visit.visitors).toMatchObject([{ name: 'Nguyễn Văn Hoà', nationalId: '•••••••••345', phone: '•••••••678' }]);
    // Ten working days from 8 July 2026 (Law on Citizen Reception art. 28).
    expect(visit).toMatchObject({ answerDueOn: '2026-07-22', answeredOn: null, alert: 'backlog' });
    const petition = await must(200, clerk.get(`/petitions/${visit.petition.id}`));
    expect(petition).toMatchObject({
      channel: 'in_person',
      receivedOn: '2026-07-08',
      kind: 'complaint',
      summary: visit.matter,
      fieldCode: 'land_housing',
    });
    expect(petition.parties).toMatchObject([{ role: 'petitioner', name: 'Nguyễn Văn Hoà' }]);

    const issued = { signerTitle: 'Cán bộ tiếp công dân', signerName: 'Nguyễn Thị Hoà', issuedOn: '2026-07-08' };
    const receipt = await must(201, clerk.post(`/reception-visits/${visit.id}/documents`, { paper: 'receipt', ...issued }));
    const text = await textOf(receipt);
    expect(text).toContain('Đã nhận của ông (bà) Nguyễn Văn Hoà');
    expect(text).toContain('Vào 08:30 ngày 08/07/2026');
    expect(text).toContain('2. Sổ đỏ (bản gốc): 01 bản.');
    expect(text).toContain(petition.number);
    const minutes = await must(201, clerk.post(`/reception-visits/${visit.id}/documents`, { paper: 'reception_minutes', ...issued }));
    expect(await textOf(minutes)).toContain('Hồi 08:30 ngày 08/07/2026');
    const refusal = await clerk.post(`/reception-visits/${visit.id}/documents`, { paper: 'reception_refusal', ...issued });
    expect(refusal.body.errors).toMatchObject([{ pointer: '/paper', code: 'nothing_to_write' }]);

    const answer = { content: 'Đơn đã được thụ lý.', documentNumber: '98/UBND-TCD', answeredOn: '2026-07-20' };
    expect((await clerk.post(`/reception-visits/${visit.id}/answer`, { ...answer, answeredOn: '2026-07-01' })).status).toBe(422);
    expect(await must(200, clerk.post(`/reception-visits/${visit.id}/answer`, answer))).toMatchObject({
      answeredOn: '2026-07-20',
      alert: 'none',
    });
    expect((await clerk.post(`/reception-visits/${visit.id}/answer`, answer)).status).toBe(409);
  });

  it('is repeated when its case was brought before, however the cases were joined', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh, { summary: 'Khiếu nại cấp giấy chứng nhận' }));
    const first = await enter({ petitionId: petition.id, outcome: guided, startedAt: '2026-07-08T08:00:00+07:00' });
    const second = await enter({ petitionId: petition.id, outcome: guided, startedAt: '2026-07-08T08:20:00+07:00' });
    expect([first.repeated, second.repeated]).toEqual([false, true]);
    const other = await file(clerk, aComplaintAbout(baDinh, { summary: 'Khiếu nại cấp giấy chứng nhận, đơn khác' }));
    const third = await enter({ petitionId: other.id, outcome: guided, startedAt: '2026-07-08T08:40:00+07:00' });
    expect(third.repeated).toBe(false);
    const merge = await must(201, clerk.post(`/cases/${petition.caseId}/merges`, { caseId: other.caseId, reason: 'Cùng việc' }));
    expect((await clerk.get(`/reception-visits/${third.id}`)).body.repeated).toBe(true);
    await must(200, clerk.post(`/cases/merges/${merge.id}/undoing`, { reason: 'Khác việc' }));
    expect((await clerk.get(`/reception-visits/${third.id}`)).body.repeated).toBe(false);

    // Without a petition the earlier visit says which matter it is; a petition that comes later is that of all its visits.
    const oral = await enter({ outcome: guided, matter: 'Hỏi về cấp sổ đỏ', startedAt: '2026-07-08T09:00:00+07:00', endedAt: undefined });
    const again = await enter({ repeatsVisitId: oral.id, matter: 'Hỏi lại về cấp sổ đỏ', startedAt: '2026-07-08T10:00:00+07:00' });
    expect(again).toMatchObject({ repeated: true, petition: null, state: 'in_reception' });
    const { id, caseId } = await file(clerk, aComplaintAbout(baDinh, { summary: 'Khiếu nại cấp sổ đỏ' }));
    await must(200, clerk.post(`/reception-visits/${again.id}/petition`, { petitionId: id }));
    expect((await clerk.get(`/reception-visits/${oral.id}`)).body).toMatchObject({ petition: { id, caseId }, repeated: false });
    expect((await clerk.post(`/reception-visits/${oral.id}/petition`, { petitionId: id })).status).toBe(409);
  });

  it('ends with a result that fits, or is refused on a ground', async () => {
    const visit = await enter();
    const end = async (outcome: object) => (await clerk.post(`/reception-visits/${visit.id}/conclusion`, outcome)).body.errors;
    expect(await end({ result: 'petition_opened' })).toMatchObject([{ pointer: '/petition' }]);
    expect(await end({ result: 'transferred' })).toMatchObject([{ pointer: '/toUnitId' }]);
    expect(await end({ result: 'appointment' })).toMatchObject([{ pointer: '/appointment' }]);
    expect(await end({ result: 'papers_taken' })).toMatchObject([{ pointer: '/papers' }]);
    expect(await end({ result: 'guided', endedAt: '2026-07-08T08:00:00+07:00' })).toMatchObject([{ pointer: '/endedAt' }]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => clerk.post(`/reception-visits/${visit.id}/conclusion`, guided)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    expect((await clerk.get(`/reception-visits/${visit.id}`)).body).toMatchObject({ answeredOn: '2026-07-08', alert: 'none' });

    const faults = async (more: object) => (await clerk.post('/reception-visits', aVisit(more))).body.errors;
    expect(await faults({ outcome: { result: 'transferred' } })).toMatchObject([{ pointer: '/outcome/toUnitId' }]);
    expect(await faults({ outcome: guided, refusal: { ground: 'incapable', reason: 'Say rượu' } })).toMatchObject([
      { pointer: '/refusal', code: 'one_of' },
    ]);
    const unknown = { type: 'agency', unitId: '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11' };
    expect(await faults({ outcome: { result: 'petition_opened', endedAt: ended, petition: { respondent: unknown } } })).toMatchObject([
      { pointer: '/outcome/petition/respondent/unitId' },
    ]);
    const refusal = { ground: 'finally_settled', reason: 'Đã có quyết định lần hai', documentNumber: '15/TB-UBND', endedAt: ended };
    const refused = await enter({ refusal });
    expect(refused).toMatchObject({ state: 'refused', refusalGround: 'finally_settled', answerDocument: '15/TB-UBND' });
    const paper = { paper: 'reception_refusal', signerTitle: 'Chủ tịch', signerName: 'Trần Văn Đức' };
    const notice = await textOf(await must(201, clerk.post(`/reception-visits/${refused.id}/documents`, paper)));
    expect(notice).toContain('Căn cứ khoản 3 Điều 9 Luật Tiếp công dân số 42/2013/QH13: ');
    expect(notice).toContain('Lý do cụ thể: Đã có quyết định lần hai.');
    // What was refused as a whole took no number.
    const numbers = await server.sql<{ sequence: number }>('select sequence from reception_visit where unit_id = $1 order by sequence', [
      baDinh,
    ]);
    expect(numbers.map(({ sequence }) => sequence)).toEqual(numbers.map((_row, index) => index + 1));
  });

  it('where somebody was guided counts when he files about the same matter, and of a denunciation nothing does', async () => {
    const [hoanKiem, neighbour] = [await unitId(clerk, '00070'), await server.as('hoankiem.clerk')];
    const who = { ...hoa, nationalId: '001082077001' };
    const words = {
      matter: 'Khiếu nại quyết định cưỡng chế tháo dỡ',
      content: 'Nhà số 9 phố Hàng Bồ bị cưỡng chế tháo dỡ mái hiên không đúng thủ tục.',
    };
    const visit = await enter({ ...words, visitors: [who], outcome: guided });
    const evaluated = async (more: object = {}, by = clerk): Promise<string[]> => {
      const petition = aComplaintAbout(hoanKiem, {
        receivedOn: '2026-07-10',
        writtenOn: null,
        summary: words.matter,
        content: `Kính gửi UBND. ${words.content}`,
        parties: [{ role: 'petitioner', type: 'person', name: who.name, nationalId: who.nationalId }],
        ...more,
      });
      return (await file(by, petition)).flags.map(({ code }: Json) => code);
    };
    expect(await evaluated()).toEqual(['outside_competence', 'already_guided']);
    // Another matter, another person, another office, the day itself.
    expect(
      await evaluated({ summary: 'Khiếu nại việc cắt trợ cấp', content: 'Tôi bị cắt trợ cấp người có công từ tháng 3 mà không rõ lý do.' }),
    ).toEqual(['outside_competence']);
    const another = [{ role: 'petitioner', type: 'person', name: who.name, nationalId: '001082077002' }];
    expect(await evaluated({ parties: another })).toEqual(['outside_competence']);
    expect(await evaluated({ receivedOn: '2026-07-08' })).toEqual(['outside_competence']);
    expect(await evaluated({ respondent: { type: 'agency', unitId: baDinh } }, neighbour)).toEqual(['outside_competence']);
    // What turns out to be a denunciation is known again by nothing, and cannot be.
    const known = () => server.sql('select from visit_guidance where visit_id = $1', [visit.id]);
    expect(await known()).toHaveLength(1);
    const facts = factsOf(aVisit({ ...words, visitors: [who], kind: 'denunciation' }));
    await must(200, clerk.put(`/reception-visits/${visit.id}`, { ...facts, reason: 'Công dân tố cáo' }, { 'if-match': '*' }));
    expect(await known()).toEqual([]);
    expect(await evaluated()).toEqual(['outside_competence']);
    const denounced = await enter({ ...words, visitors: [who], kind: 'denunciation', outcome: guided });
    expect(await server.sql('select from visit_guidance where visit_id = $1', [denounced.id])).toEqual([]);
    await expect(
      server.sql(`insert into visit_guidance (visit_id, person_keys, signature) values ($1, array['x'::bytea], 'x')`, [denounced.id]),
    ).rejects.toThrow('author is secret');
  });

  it('is refused on the grounds of its day, explained on the spot or told by a notice that is owed', async () => {
    const refuse = (ground: string, more: object = {}, visit: object = {}) =>
      clerk.post('/reception-visits', aVisit({ ...visit, refusal: { ground, reason: 'Lý do', endedAt: ended, ...more } }));
    const faults = async (...order: Parameters<typeof refuse>) =>
      (await refuse(...order)).body.errors.map(({ pointer, code }: Json) => `${pointer} ${code}`);
    const long = { startedAt: '2026-06-30T08:30:00+07:00' };
    const then = { endedAt: '2026-06-30T09:00:00+07:00' };
    expect(await faults('other_by_law')).toEqual(['/refusal/ground not_in_force']);
    expect(await faults('dangerous_items', then, long)).toEqual(['/refusal/ground not_in_force']);
    expect(await faults('finally_settled', then, long)).toEqual(['/refusal/documentNumber required']);
    expect((await refuse('other_by_law', then, long)).status).toBe(201);
    expect(await faults('answered_without_new_facts')).toEqual(['/refusal/ground not_for_kind']);
    expect(await faults('final_judgment')).toEqual(['/refusal/basis required']);

    const explained = await must(201, refuse('final_judgment', { basis: 'Công văn 12/TANDTC-GĐ ngày 03/6/2026' }));
    expect(explained).toMatchObject({
      refusalTold: 'on_the_spot',
      refusalBasis: 'Công văn 12/TANDTC-GĐ ngày 03/6/2026',
      answerDueOn: null,
      answeredOn: '2026-07-08',
    });
    const owed = await must(201, refuse('answered_without_new_facts', {}, { kind: 'reflection' }));
    expect(owed).toMatchObject({ refusalTold: 'in_writing', answerDueOn: '2026-07-13', answeredOn: null, alert: 'backlog' });
    expect((await clerk.get('/reception-visits?alert=backlog&limit=200')).body.items.map(({ id }: Json) => id)).toContain(owed.id);
    const told = { content: 'Đã gửi thông báo từ chối tiếp công dân.', documentNumber: '16/TB-UBND', answeredOn: '2026-07-10' };
    expect(await must(200, clerk.post(`/reception-visits/${owed.id}/answer`, told))).toMatchObject({
      answerDocument: '16/TB-UBND',
      alert: 'none',
    });
    const paper = { paper: 'reception_refusal', signerTitle: 'Chủ tịch', signerName: 'Trần Văn Đức' };
    expect(await textOf(await must(201, clerk.post(`/reception-visits/${owed.id}/documents`, paper)))).toContain(
      'Căn cứ điểm h khoản 1 Điều 4 Nghị định số 154/2026/NĐ-CP ngày 15 tháng 5 năm 2026 của Chính phủ: ',
    );
  });

  it('of a large group names its representatives by the rule', async () => {
    const people = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ capacity: 'representative', name: `Đại diện ${index + 1}`, address: 'Khu tập thể' }));
    const tooMany = await clerk.post('/reception-visits', aVisit({ persons: 8, visitors: people(3) }));
    expect(tooMany.body.errors).toMatchObject([{ pointer: '/visitors', code: 'too_many_representatives' }]);
    expect((await clerk.post('/reception-visits', aVisit({ persons: 1, visitors: people(2) }))).body.errors).toMatchObject([
      { code: 'fewer_than_named' },
    ]);
    const group = await enter({ persons: 24, visitors: [hoa] });
    expect(group).toMatchObject({ largeGroup: true, persons: 24, representatives: 0 });
    const unnamed = await clerk.post(`/reception-visits/${group.id}/conclusion`, guided);
    expect(unnamed.body.errors).toMatchObject([{ pointer: '/visitors', code: 'representatives_required' }]);
    const correction = { ...factsOf(aVisit({ persons: 24, visitors: people(5) })), reason: 'Bổ sung người đại diện' };
    await must(200, clerk.put(`/reception-visits/${group.id}`, correction, { 'if-match': '*' }));
    expect(await must(200, clerk.post(`/reception-visits/${group.id}/conclusion`, guided))).toMatchObject({ representatives: 5 });
    expect((await clerk.get('/reception-visits?largeGroup=true')).body.items).toHaveLength(1);
  });

  it('numbers 40 parallel entries without a gap', async () => {
    const entered = await Promise.all(Array.from({ length: 40 }, () => enter({ outcome: guided })));
    const numbers = entered.map(({ number }) => Number(number.slice(-6))).sort((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => numbers[0]! + index));
  });

  it('keeps what was there before a correction, with its reason', async () => {
    const visit = await enter({ outcome: guided });
    const facts = factsOf(aVisit({ persons: 3, matter: 'Khiếu nại bồi thường' }));
    const path = `/reception-visits/${visit.id}`;
    expect((await clerk.put(path, { ...facts, reason: 'Ghi nhầm' })).status).toBe(428);
    const { headers } = await clerk.get(path);
    const answers = await Promise.all(
      [1, 2, 3].map(() => clerk.put(path, { ...facts, reason: 'Ghi nhầm số người' }, { 'if-match': headers.get('etag')! })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const { items } = (await clerk.get(`${path}/revisions`)).body;
    expect(items).toMatchObject([
      { revision: 1, reason: 'Ghi nhầm số người', replacedBy: 'commune.clerk', content: { persons: 1, matter: visit.matter } },
    ]);
    expect((await clerk.get(path)).body).toMatchObject({ revision: 2, persons: 3, matter: 'Khiếu nại bồi thường' });
  });

  it('is entered and ended by its own unit; those above read it', async () => {
    const visit = await enter();
    const [stranger, above] = [await server.as('hoankiem.clerk'), await server.as('city.inspector')];
    expect((await stranger.get(`/reception-visits/${visit.id}`)).status).toBe(404);
    expect((await stranger.post('/reception-visits', aVisit())).status).toBe(403);
    expect((await above.get(`/reception-visits/${visit.id}`)).status).toBe(200);
    expect((await city.post(`/reception-visits/${visit.id}/conclusion`, guided)).status).toBe(403);
    expect(
      (await leader.post('/reception-visits', aVisit({ outcome: { result: 'petition_opened', endedAt: ended, petition: {} } }))).status,
    ).toBe(403);
  });

  it('is found by words with or without diacritics, and lists how the answer stands', async () => {
    await enter({ outcome: { ...guided, result: 'explained' }, matter: 'Phản ánh về ngõ Hàng Cót', kind: 'reflection' });
    expect((await clerk.get('/reception-visits?q=ngo hang cot')).body.items).toHaveLength(1);
    expect((await clerk.get('/reception-visits?q=nguyen van hoa&limit=1')).body).toMatchObject({ items: [{ identitySecret: false }] });
    const today = daysAhead(0);
    const open = await enter({ startedAt: null, papers: [{ name: 'Đơn' }], outcome: { result: 'papers_taken' } });
    expect(open).toMatchObject({ visitedOn: today, alert: 'on_time' });
    expect((await clerk.get('/reception-visits?alert=on_time')).body.items.map(({ id }: Json) => id)).toEqual([open.id]);
    const pages = await (async () => {
      const seen: string[] = [];
      for (let cursor = ''; ;) {
        const { body } = await clerk.get(`/reception-visits?limit=7${cursor && `&cursor=${cursor}`}`);
        seen.push(...body.items.map(({ id }: Json) => id));
        if (!body.nextCursor) return seen;
        cursor = body.nextCursor;
      }
    })();
    expect(new Set(pages).size).toBe(pages.length);
    const [{ count } = { count: 0 }] = await server.sql<{ count: number }>(
      'select count(*)::int as count from reception_visit where unit_id = $1',
      [baDinh],
    );
    expect(pages).toHaveLength(count);
  });
});

describe('a session of the head', () => {
  it('receives by ticket and in turn, is minuted, and gives its visitors an appointment; waiting is told', async () => {
    const today = daysAhead(0);
    // On a day off the head receives for an urgent reason alone.
    const reason = { adHocGround: 'tense_or_complex', adHocReason: '30 hộ dân tập trung' };
    const order = aPeriodicSession(office, today, { type: 'ad_hoc', startsAt: '00:00', endsAt: '23:59', ...reason });
    const session = await must(201, clerk.post('/reception-sessions', order));
    const early = await clerk.post('/reception-visits', aVisit({ sessionId: session.id, startedAt: null }));
    expect(early.body).toMatchObject({ type: '/api/v1/problems/action-not-allowed', state: 'planned' });
    await must(200, clerk.post(`/reception-sessions/${session.id}/opening`));
    const ticket = await must(201, clerk.post(`/reception-offices/${office.id}/tickets`, { sessionId: session.id }));
    await must(200, clerk.post(`/reception-offices/${office.id}/calls`, { roomId: office.rooms[0].id }));
    const visit = await enter({ sessionId: session.id, ticketId: ticket.id, startedAt: null });
    expect(visit).toMatchObject({ reception: 'head', ticketId: ticket.id, arrivedAt: ticket.issuedAt });
    expect((await clerk.post(`/reception-sessions/${session.id}/closing`, { minutes: 'x' })).body).toMatchObject({ visit: visit.number });

    const [day] = await workingDays(clerk, 25, 1);
    const slots = { startsAt: '06:00', endsAt: '07:00', slotMinutes: 30, placesPerSlot: 1 };
    const next = await must(201, clerk.post('/reception-sessions', aPeriodicSession(office, day!, slots)));
    const appointment = { sessionId: next.id, slotAt: '06:30' };
    const concluded = await must(200, clerk.post(`/reception-visits/${visit.id}/conclusion`, { result: 'appointment', appointment }));
    const paper = { paper: 'appointment_slip', signerTitle: 'Cán bộ tiếp công dân', signerName: 'Nguyễn Thị Hoà' };
    expect(await textOf(await must(201, clerk.post(`/reception-visits/${visit.id}/documents`, paper)))).toContain('hồi 06:30');
    expect((await clerk.get(`/reception-sessions/${next.id}/appointments`)).body.items).toMatchObject([{ id: concluded.appointmentId }]);
    const [served] = (await clerk.get(`/reception-offices/${office.id}/tickets?state=done`)).body.items;
    expect(served).toMatchObject({ id: ticket.id, state: 'done' });

    expect((await clerk.post(`/reception-sessions/${session.id}/closing`)).body.errors).toMatchObject([
      { pointer: '/minutes', code: 'required' },
    ]);
    const closing = { minutes: 'Chủ tịch nghe một lượt công dân.', conclusion: 'Giao rà soát phương án bồi thường.' };
    expect(await must(200, clerk.post(`/reception-sessions/${session.id}/closing`, closing))).toMatchObject({ heldBy: 'head', visits: 1 });
  });

  it('by video has rooms at several units and one ledger, into which each of them writes', async () => {
    const [cityClerk, neighbour] = [await server.as('city.clerk'), await server.as('hoankiem.clerk')];
    const host = await anOffice(cityClerk, { validFrom: '2014-07-01' });
    const far = await anOffice(neighbour);
    const rooms = [host.rooms[0].id, far.rooms[0].id];
    const order = aPeriodicSession(host, '2026-07-09', {
      online: true,
      roomIds: rooms,
      publishedOn: '2026-06-25',
      headTitle: 'Chủ tịch UBND Thành phố',
    });
    const session = await must(201, cityClerk.post('/reception-sessions', order));
    expect(session).toMatchObject({ online: true, rooms: [{ unit: { level: 'province' } }, { unit: { level: 'commune' } }] });
    expect((await neighbour.get(`/reception-sessions/${session.id}`)).status).toBe(200);
    const path = `/reception-sessions/${session.id}`;
    const opening = () => cityClerk.post(`${path}/opening`, { openedAt: '2026-07-09T08:00:00+07:00' });
    const [cityUnit, farUnit] = [host.unit.id, far.unit.id];
    const advises = { point: 'central', unitId: cityUnit, name: 'Đỗ Minh Quân', role: 'Tham mưu vụ việc' };
    const takesPart = { point: 'component', unitId: farUnit, name: 'Lê Thu Hường' };
    const preparation = { ground: 'needs_several_places', participants: [advises, takesPart], notifiedOn: '2026-07-02' };
    const prepare = (more: object = {}) => cityClerk.put(`${path}/online`, { ...preparation, ...more });
    const faults = async (more: object) => (await prepare(more)).body.errors.map(({ pointer, code }: Json) => `${pointer} ${code}`);
    expect((await opening()).body.detail).toContain('Điều 20, 22, 23 Nghị định 154/2026/NĐ-CP');
    expect((await cityClerk.get(`${path}/online`)).status).toBe(404);
    expect((await cityClerk.post(`${path}/online/connection-tests`, { testedOn: '2026-07-08', succeeded: true })).status).toBe(409);
    expect(await faults({ ground: 'practical_need' })).toEqual(['/groundReason required']);
    expect(await faults({ participants: [takesPart] })).toEqual(['/participants central_point']);
    expect(await faults({ participants: [advises] })).toEqual(['/participants component_point']);
    expect(await faults({ notifiedOn: '2026-07-03' })).toEqual(['/notifiedOn too_late']);
    expect(await must(200, prepare({ notifiedOn: '2026-07-03', lateReason: 'Đường truyền mới lắp' }))).toMatchObject({
      notifiedOn: '2026-07-03',
    });
    expect((await neighbour.put(`${path}/online`, preparation)).status).toBe(403);
    await must(200, prepare({ ground: 'complex_denunciation' }));
    const test = (testedOn: string, succeeded: boolean) => cityClerk.post(`${path}/online/connection-tests`, { testedOn, succeeded });
    expect((await test('2026-07-09', true)).body.errors).toMatchObject([{ pointer: '/testedOn', code: 'not_before_session' }]);
    await must(200, test('2026-07-08', false));
    expect((await opening()).body.detail).toContain('chậm nhất ngày 08/07/2026');
    expect(await must(200, test('2026-07-08', true))).toMatchObject({
      testSucceeded: true,
      participants: [{ point: 'central' }, { unit: { id: farUnit } }],
    });
    await must(200, opening());
    expect((await prepare()).status).toBe(409);
    const startedAt = '2026-07-09T08:30:00+07:00';
    const denounces = (more: object) =>
      cityClerk.post('/reception-visits', aVisit({ kind: 'denunciation', officeId: host.id, sessionId: session.id, startedAt, ...more }));
    const outcome = { ...guided, endedAt: '2026-07-09T09:00:00+07:00' };
    const one = await must(
      201,
      cityClerk.post('/reception-visits', aVisit({ officeId: host.id, sessionId: session.id, startedAt, outcome })),
    );
    const two = await must(
      201,
      neighbour.post('/reception-visits', aVisit({ officeId: far.id, sessionId: session.id, startedAt, outcome })),
    );
    expect([one.number, two.number].map((number) => number.slice(-6))).toEqual(['000001', '000002']);
    expect((await clerk.post('/reception-visits', aVisit({ sessionId: session.id, startedAt }))).body.errors).toMatchObject([
      { code: 'other_session' },
    ]);
    const recordings = `${path}/online/recordings`;
    const part = await must(201, cityClerk.upload(recordings, aWav(1), {}, 'bà Kiều Hoạ Mi.wav'));
    expect(part).toMatchObject({ filename: 'ban-ghi-01.wav', size: 48, sha256: sha256Of(aWav(1)) });
    expect((await must(201, cityClerk.upload(recordings, aWav(2), {}, 'b.wav'))).filename).toBe('ban-ghi-02.wav');
    expect((await cityClerk.upload(recordings, '%PDF-1.4\n1\n%%EOF\n', {}, 'b.wav')).body.errors).toMatchObject([{ code: 'file_type' }]);
    expect((await neighbour.upload(recordings, aWav(), {})).status).toBe(403);
    // Whose room takes part sees the session and its recording; nobody else does, and no other way leads to the file.
    const content = part.content.replace('/api/v1', '');
    expect(await neighbour.download(content)).toEqual(aWav(1));
    for (const address of [`/attachments/${part.id}`, `/attachments/${part.id}/content`])
      expect((await cityClerk.get(address)).status).toBe(404);
    for (const address of [content, recordings]) expect((await clerk.get(address)).status).toBe(404);
    const looked = await server.sql<{ username: string }>(
      `select a.username from audit_record r join account a on a.id = r.account_id where r.object_type = 'session_recording' and r.object_id = $1`,
      [part.id],
    );
    expect(looked).toEqual([{ username: 'hoankiem.clerk' }]);
    expect((await denounces({})).body.errors).toMatchObject([{ pointer: '/secrecyNotAsked', code: 'required' }]);
    const denounced = await must(201, denounces({ secrecyNotAsked: true, outcome }));
    expect(denounced).toMatchObject({ identitySecret: true, visitors: [] });
    // A recording shows who denounced: from now on to nobody, and no more of it is kept here.
    for (const client of [cityClerk, neighbour]) {
      expect((await must(200, client.get(recordings))).items).toEqual([]);
      expect((await client.get(content)).status).toBe(404);
    }
    expect((await cityClerk.upload(recordings, aWav(3), {})).body.detail).toContain('giữ bí mật danh tính');
    const closing = { closedAt: '2026-07-09T11:30:00+07:00', minutes: 'Ba lượt, có biên bản từng lượt.' };
    expect((await cityClerk.post(`${path}/closing`, closing)).body.errors).toMatchObject([{ pointer: '/recording', code: 'required' }]);
    await must(200, cityClerk.post(`${path}/closing`, { ...closing, recording: 'Máy chủ lưu trữ của Thành phố, mục TCD/2026/07-09' }));
    expect((await cityClerk.get(`${path}/online`)).body.recording).toContain('TCD/2026/07-09');
  });
});

describe('whoever denounces', () => {
  const secret = { name: 'Kiều Hoạ Mi', nationalId: '001166600066', phone: '0966 600 066', address: 'Nhà 66 ngõ Hoạ Mi' };
  it('is in no answer, list, search, file, paper, event, audit or log; who received them sees it for a reason', async () => {
    const words = { matter: 'Kiều Hoạ Mi tố cáo công chức địa chính thu tiền', content: 'Tôi là Kiều Hoạ Mi, số 001166600066.' };
    const note = 'Đã giải thích cho bà Kiều Hoạ Mi';
    const visit = await enter({
      kind: 'denunciation',
      visitors: [secret],
      ...words,
      papers: [{ name: 'Đơn' }],
      outcome: { result: 'papers_taken', note, endedAt: ended },
    });
    expect(visit).toMatchObject({ identitySecret: true, visitors: [] });
    await must(
      200,
      clerk.post(`/reception-visits/${visit.id}/answer`, { content: 'Gửi bà Kiều Hoạ Mi: đã thụ lý', answeredOn: '2026-07-20' }),
    );
    const facts = factsOf(aVisit({ kind: 'denunciation', visitors: [secret], ...words }));
    await must(200, clerk.put(`/reception-visits/${visit.id}`, { ...facts, reason: 'Sửa lỗi' }, { 'if-match': '*' }));
    const paper = { paper: 'reception_minutes', signerTitle: 'Cán bộ', signerName: 'Nguyễn Thị Hoà' };
    const texts = [
      JSON.stringify(visit),
      await textOf(await must(201, clerk.post(`/reception-visits/${visit.id}/documents`, paper))),
      ...(await Promise.all(
        [`/reception-visits/${visit.id}`, `/reception-visits/${visit.id}/revisions`, '/reception-visits', '/audit/records'].map(
          async (path) => JSON.stringify((await (path.startsWith('/audit') ? await server.as('city.inspector') : clerk).get(path)).body),
        ),
      )),
      (await clerk.download('/reception-visits/exports?format=csv&from=2026-01-01&to=2026-12-31')).toString(),
      server.output(),
    ];
    for (const text of texts) expect(text).not.toMatch(/Hoạ Mi|001166600066|66 600 066/);
    expect((await clerk.get('/reception-visits?q=hoa mi')).body.items).toEqual([]);
    for (const { row } of await server.sql<{ row: string }>(
      `select v::text as row from reception_visit v union all select r::text from reception_visit_revision r union all select a::text from audit_record a`,
    ))
      expect(row).not.toMatch(/Hoạ Mi|001166600066/);

    const reveal = (client: Client) =>
      client.post(`/reception-visits/${visit.id}/identity/reveals`, { reason: 'Làm việc với người tố cáo' });
    expect(await must(201, reveal(clerk))).toMatchObject({ visitors: [secret], matter: words.matter });
    // No petition says yet whom it is against: it may be the leader.
    for (const username of ['commune.leader', 'commune.handler', 'commune.reception_board', 'city.leader'])
      expect((await reveal(await server.as(username))).status).toBe(403);
    const looks = await server.sql(
      `select from audit_record where object_type in ('visit_identity', 'refused_visit_identity') and object_id = $1`,
      [visit.id],
    );
    expect(looks).toHaveLength(5);
  });

  it('is hidden also when a correction says that it was a denunciation', async () => {
    const visit = await enter({ visitors: [secret], matter: 'Kiều Hoạ Mi phản ánh cán bộ', outcome: guided });
    expect(visit.visitors).toMatchObject([{ name: 'Kiều Hoạ Mi' }]);
    const facts = factsOf(aVisit({ kind: 'denunciation', visitors: [secret], matter: 'Kiều Hoạ Mi tố cáo cán bộ' }));
    await must(200, clerk.put(`/reception-visits/${visit.id}`, { ...facts, reason: 'Phân loại lại' }, { 'if-match': '*' }));
    for (const path of ['', '/revisions'])
      expect(JSON.stringify((await clerk.get(`/reception-visits/${visit.id}${path}`)).body)).not.toMatch(/Hoạ Mi/);
    expect((await clerk.get('/reception-visits?q=hoa mi')).body.items).toEqual([]);
  });
});

describe('what is sealed', () => {
  it('opens as before after a rotation, visits, corrections and appointments', async () => {
    const admin = await server.as('city.admin');
    const key = { 'idempotency-key': 'xoay-khoa' };
    const order = aVisit({ outcome: guided });
    const visit = await must(201, clerk.post('/reception-visits', order, key));
    await must(200, clerk.put(`/reception-visits/${visit.id}`, { ...factsOf(aVisit()), reason: 'Sửa lỗi' }, { 'if-match': '*' }));
    await must(202, admin.post('/keys/rotations', {}));
    const left = `select count(*)::int as count from (
      select sealed_key from reception_visit union all select sealed_key from reception_visit_revision union all select sealed_key from reception_appointment
      union all select sealed_key from idempotency_key
    ) sealed where sealed_key < (select max(version) from data_key)`;
    await until(async () => (await server.sql<{ count: number }>(left))[0]!.count === 0);
    expect((await clerk.get(`/reception-visits/${visit.id}`)).body.visitors).toMatchObject([{ name: 'Nguyễn Văn Hoà' }]);
    const reason = { reason: 'Gọi lại cho công dân' };
    expect((await must(201, clerk.post(`/reception-visits/${visit.id}/identity/reveals`, reason))).visitors).toMatchObject([hoa]);
    expect((await clerk.post('/reception-visits', order, key)).body).toEqual(visit);
  });

  it('is forgotten: appointments after a season, visits with their petition or after a confirmed period', async () => {
    const [booked] = await server.sql<{ id: string }>(
      `with session as (
         insert into reception_session (unit_id, office_id, type, on_date, first_planned_on, starts_at, ends_at)
         values ($1, $2, 'regular', now()::date - 100, now()::date - 100, '08:00', '11:00') returning id
       ), slot as (insert into reception_slot (session_id, starts_at, places, booked) select id, '08:00', 1, 1 from session)
       select id from session`,
      [baDinh, office.id],
    );
    await server.sql(
      `insert into reception_appointment (session_id, slot_at, number, code_hash, persons, matter, sealed, sealed_key, source)
       select $1, '08:00', 'X-H-1', 'x', 1, 'Việc nhà ông Hoà', sealed, sealed_key, 'clerk' from reception_visit limit 1`,
      [booked!.id],
    );
    const old = await enter({ outcome: guided, kind: 'reflection', matter: 'Việc cũ của ông Hoà' });
    await server.sql(`update reception_visit set visited_on = '2015-01-05' where id = $1`, [old.id]);
    await server.sql(`update reception_session set online = true, state = 'open', opened_at = now(), held_by = 'receiver' where id = $1`, [
      booked!.id,
    ]);
    await server.sql(
      `insert into reception_online (session_id, ground, participants, notified_on) values ($1, 'needs_several_places', '[]', '2015-01-01')`,
      [booked!.id],
    );
    await server.sql('update reception_visit set session_id = $2 where id = $1', [old.id, booked!.id]);
    const recordings = `/reception-sessions/${booked!.id}/online/recordings`;
    await must(201, clerk.upload(recordings, aWav(77), {}));
    const run = () => server.sql(`select graphile_worker.add_job('reception_retention')`);
    await run();
    await until(async () => (await server.sql(`select from reception_appointment where number = 'X-H-1' and sealed is null`)).length === 1);
    // A period that nobody compared with the law ends nothing.
    expect((await clerk.get(`/reception-visits/${old.id}`)).body.visitors).toHaveLength(1);
    await server.sql(`update retention_rule set verified = true where kind = 'reflection'`);
    await run();
    await until(async () => (await clerk.get(`/reception-visits/${old.id}`)).body.visitors.length === 0);
    expect((await clerk.get(`/reception-visits/${old.id}`)).body).toMatchObject({ matter: '(đã ẩn danh)', content: '', persons: 1 });
    await until(async () => (await clerk.get(recordings)).body.items.length === 0);
    expect(await server.sql('select from blob where sha256 = $1', [sha256Of(aWav(77))])).toEqual([]);
  });
});

it('the answer that is owed follows a calendar that changes', async () => {
  const admin = await server.as('city.admin');
  const visit = await enter({ startedAt: null, papers: [{ name: 'Đơn' }], outcome: { result: 'papers_taken' } });
  const year = Number(visit.answerDueOn.slice(0, 4));
  const kept = (await admin.get(`/calendar/years/${year}`)).body;
  const off = { date: visit.answerDueOn, working: false, name: 'Nghỉ bù', status: 'official' };
  const days = [...kept.days.filter(({ date }: Json) => date !== off.date), off];
  await must(200, admin.put(`/calendar/years/${year}`, { status: kept.status, source: kept.source, days }, { 'if-match': '*' }));
  const moved = (await clerk.get(`/reception-visits/${visit.id}`)).body.answerDueOn;
  expect(moved > visit.answerDueOn).toBe(true);
});

/** Waits until something done in the background is there. */

describe('the ledger in print', () => {
  it('is a spreadsheet and a document in the usual columns, numbered without gaps', async () => {
    const to = daysAhead(0);
    const path = `/reception-visits/exports?from=2015-01-01&to=${to}`;
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await clerk.download(`${path}&format=xlsx`)) as unknown as ArrayBuffer);
    const sheet = workbook.worksheets[0]!;
    expect(sheet.getRow(2).getCell(1).text).toBe('SỔ TIẾP CÔNG DÂN');
    // Mẫu số 03/TCD: twelve columns and the note, in which the number of the ledger stands.
    expect((sheet.getRow(4).values as string[]).slice(1)).toEqual([
      'STT',
      'Ngày tiếp',
      'Họ tên, địa chỉ',
      'CCCD/CMND/Hộ chiếu',
      'Nội dung đơn',
      'Loại đơn (KN/TC/KN/PA)',
      'Số người cùng nội dung',
      'Cơ quan đã giải quyết',
      'Thuộc thẩm quyền (x)',
      'Hướng dẫn công dân đến cơ quan có thẩm quyền',
      'Cơ quan, đơn vị thụ lý',
      'Theo dõi kết quả giải quyết',
      'Ghi chú',
    ]);
    const numbers = sheet
      .getColumn(13)
      .values.slice(6)
      .map((value) => Number(/-(\d{6})/.exec(value as string)?.[1]));
    expect(numbers.length).toBeGreaterThan(50);
    expect(numbers).toEqual(numbers.map((_value, index) => index + 1));
    const { value } = await mammoth.extractRawText({ buffer: await clerk.download(`${path}&format=docx`) });
    expect(value).toContain('SỔ TIẾP CÔNG DÂN');
    expect(value).toContain(`Từ ngày 01/01/2015 đến ngày ${to.split('-').reverse().join('/')}`);
    expect(value).toContain('Nguyễn Văn Hoà – Số 5 phố Trấn Vũ, phường Ba Đình');
    expect(value).toContain('•••••••••345');
    expect(value).toContain('(bí mật)');
    const usual = `/reception-visits/exports?from=2015-01-01&to=2026-06-30&format=csv`;
    expect((await clerk.download(usual)).toString('utf8').split('\r\n')[0]).toContain('Họ tên – địa chỉ – giấy tờ tuỳ thân');
    expect((await clerk.get(`${path}&format=pdf`)).status).toBe(422);
  });
});

async function textOf(document: Json): Promise<string> {
  const buffer = await clerk.download(`/documents/${document.id}/file`);
  return (await mammoth.extractRawText({ buffer })).value;
}
