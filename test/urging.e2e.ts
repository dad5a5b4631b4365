import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mammoth from 'mammoth';
import type { Client, Json } from './support/client.js';
import { daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, eventsOf, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let board: Client;
let cityLeader: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  [clerk, leader, board, cityLeader] = (await Promise.all(
    ['commune.clerk', 'commune.leader', 'city.reception_board', 'city.leader'].map((name) => server.as(name)),
  )) as [Client, Client, Client, Client];
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

/** A complaint that was accepted in May and should have been decided in June. */
async function aLateComplaint(): Promise<Json> {
  const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
  return must(200, leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-13' }));
}
const aLetter = (more: object): Json => ({
  content: 'Yêu cầu làm rõ nguyên nhân, đề xuất biện pháp.',
  signerTitle: 'Trưởng ban',
  signerName: 'Hoàng Minh Tuấn',
  ...more,
});
const proposed = async (): Promise<string[]> =>
  (await must(200, board.get('/urging-proposals/petitions?limit=200'))).items.map(({ petitionId }: Json) => petitionId);

describe('an urging letter', () => {
  it('urges everything that is late at a unit, with number and paper; it is answered, and what it brought about is measured', async () => {
    const petitions = [await aLateComplaint(), await aLateComplaint(), await aLateComplaint()];
    const onTime = await file(clerk, aComplaintAbout(baDinh, { receivedOn: daysAhead(-1), writtenOn: null }));
    const [proposal] = (await must(200, board.get('/urging-proposals'))).items;
    expect(proposal).toMatchObject({ unit: { id: baDinh }, overdue: 0, backlog: 3, oldestDueOn: '2026-06-12' });
    expect((await must(200, board.get(proposal.petitions))).items.map(({ petitionId }: Json) => petitionId).sort()).toEqual(
      petitions.map(({ id }) => id).sort(),
    );

    const { items } = await must(201, board.post('/urging-letters', aLetter({ toUnitIds: [baDinh], answerBy: daysAhead(7) })));
    expect(items).toHaveLength(1);
    const [letter] = items;
    expect(letter).toMatchObject({
      toUnit: { id: baDinh },
      petitions: 3,
      answered: 0,
      settled: 0,
      number: expect.stringMatching(/^\d+\/CV-BTCD$/),
    });
    const { value: text } = await mammoth.extractRawText({ buffer: await board.download(letter.document) });
    for (const { number } of petitions) expect(text).toContain(`Đơn khiếu nại số ${number}, nhận ngày 11/05/2026`);
    expect(text).toContain('UBND Phường Ba Đình còn 3 đơn quá thời hạn');
    expect(text).not.toContain(onTime.number);
    expect(text).toContain('Hà Nội, ngày');
    expect(await proposed()).toEqual([]);
    expect((await must(200, clerk.get('/urging-letters?direction=in'))).items.map(({ id }: Json) => id)).toEqual([letter.id]);
    // The unit that it is sent to reads the paper, and nobody else's unit does.
    expect((await clerk.download(letter.document)).equals(await board.download(letter.document))).toBe(true);
    const outsider = await server.as('hoankiem.clerk');
    expect((await outsider.get(letter.document.replace('/api/v1', ''))).status).toBe(404);
    expect((await outsider.get(`/urging-letters/${letter.id}`)).status).toBe(404);

    const decision = { decidedOn: daysAhead(0), documentNumber: '1/QĐ', result: 'right', content: 'Công nhận nội dung khiếu nại.' };
    await must(201, leader.post(`/petitions/${petitions[0]!.id}/decisions`, decision));
    const one = letter.urgings.find(({ petition }: Json) => petition.id === petitions[1]!.id);
    await must(200, clerk.post(`/urgings/${one.id}/answer`, { answeredOn: daysAhead(0), answer: 'Đang xác minh' }));
    expect((await board.post(`/urging-letters/${letter.id}/answer`, { answeredOn: daysAhead(0), answer: 'Xong' })).status).toBe(403);
    const answered = await must(
      200,
      clerk.post(`/urging-letters/${letter.id}/answer`, { answeredOn: daysAhead(0), answer: 'Đã giao người, giao việc' }),
    );
    expect(answered).toMatchObject({ petitions: 3, answered: 3, settled: 1, escalated: 0 });
    expect(answered.urgings.map(({ answer }: Json) => answer).sort()).toEqual([
      'Đang xác minh',
      'Đã giao người, giao việc',
      'Đã giao người, giao việc',
    ]);
    expect((await clerk.post(`/urging-letters/${letter.id}/answer`, { answeredOn: daysAhead(0), answer: 'Lại' })).status).toBe(409);
    expect(await eventsOf(clerk, petitions[1])).toEqual(expect.arrayContaining(['urged', 'urging_answered']));

    const effect = await must(200, board.get('/urging-effect'));
    expect(effect.rows.find(({ unit, own }: Json) => unit.id === baDinh && !own).figures).toEqual({
      urgings: 3,
      answered: 3,
      answeredInTime: 3,
      settled: 1,
      settledLater: 0,
      open: 2,
      escalated: 0,
    });
  });

  it('goes to each unit that the petitions lie with, one letter each, and to none about what is not late', async () => {
    const hoanKiem = await server.as('hoankiem.clerk');
    const theirUnit = (await hoanKiem.get('/auth/me')).body.unit.id;
    const theirs = await file(hoanKiem, aComplaintAbout(theirUnit));
    const ours = await aLateComplaint();
    const fresh = await file(clerk, aComplaintAbout(baDinh, { receivedOn: daysAhead(-1), writtenOn: null }));
    const refused = await board.post('/urging-letters', aLetter({ petitionIds: [ours.id, fresh.id] }));
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/petitionIds/1']);
    const { items } = await must(201, board.post('/urging-letters', aLetter({ petitionIds: [ours.id, theirs.id] })));
    expect(items.map(({ toUnit, petitions }: Json) => [toUnit.name, petitions]).sort()).toEqual([
      ['Phường Ba Đình', 1],
      ['Phường Hoàn Kiếm', 1],
    ]);
    expect(new Set(items.map(({ number }: Json) => number)).size).toBe(2);
    const faults: [object, number, string][] = [
      [{}, 422, '/petitionIds'],
      [{ petitionIds: [ours.id], toUnitIds: [baDinh] }, 422, '/petitionIds'],
      [{ toUnitIds: [baDinh] }, 422, '/toUnitIds/0'],
      [{ petitionIds: [ours.id], answerBy: daysAhead(-1) }, 422, '/answerBy'],
      [{ toUnitIds: ['01980000-0000-7000-8000-00000000ffff'] }, 422, '?unitId'],
    ];
    for (const [body, status, pointer] of faults) {
      const answer = await board.post('/urging-letters', aLetter(body));
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([status, pointer]);
    }
    expect((await clerk.post('/urging-letters', aLetter({ petitionIds: [ours.id] }))).body.errors[0].pointer).toBe('/petitionIds/0');
  });

  it('is numbered without a gap when several are written at once, and urges nobody twice', async () => {
    const petitions = [await aLateComplaint(), await aLateComplaint(), await aLateComplaint(), await aLateComplaint()];
    const answers = await Promise.all(petitions.map(({ id }) => board.post('/urging-letters', aLetter({ petitionIds: [id] }))));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const numbers = answers.map(({ body }) => Number(body.items[0].number.split('/')[0])).sort((one, other) => one - other);
    expect(numbers).toEqual([numbers[0]!, numbers[0]! + 1, numbers[0]! + 2, numbers[0]! + 3]);
    const key = { 'idempotency-key': 'cong-van-don-doc-1' };
    const late = await aLateComplaint();
    const twice = [
      await board.post('/urging-letters', aLetter({ petitionIds: [late.id] }), key),
      await board.post('/urging-letters', aLetter({ petitionIds: [late.id] }), key),
    ];
    expect(twice[1]!.body).toEqual(twice[0]!.body);
    expect((await must(200, clerk.get(`/petitions/${late.id}/urgings`))).items).toHaveLength(1);
  });

  it('names no denouncer, in the letter, the answer or the paper', async () => {
    const name = 'Mạc Thị Giấu Tên';
    const parties = [{ role: 'petitioner', type: 'person', name, birthYear: 1966 }];
    const more = { parties, summary: `${name} tố cáo thu tiền` };
    const petition = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official', more)));
    const { items } = await must(
      201,
      board.post('/urging-letters', aLetter({ petitionIds: [petition.id], content: `Đơn của ${name} đã lâu` })),
    );
    await must(200, clerk.post(`/urging-letters/${items[0].id}/answer`, { answeredOn: daysAhead(0), answer: `Đã mời ${name}` }));
    const { value: text } = await mammoth.extractRawText({ buffer: await board.download(items[0].document) });
    const seen =
      text +
      JSON.stringify([
        (await board.get(`/urging-letters/${items[0].id}`)).body,
        await server.sql('select * from urging'),
        await server.sql('select * from urging_letter'),
      ]);
    expect(seen).not.toContain('Giấu Tên');
    expect(seen).toContain('[người tố cáo]');
  });
});

describe('an urging without an answer', () => {
  it('goes to the next level after the time that the authority has set, and is taken up there', async () => {
    const petition = await aLateComplaint();
    const admin = await server.as('city.admin');
    const city = await unitId(clerk, '01');
    const settings = await admin.get(`/units/${city}/settings`);
    expect(settings.body.escalateAfterDays).toBe(10);
    await must(
      200,
      admin.put(`/units/${city}/settings`, { triageMode: 'one_step', escalateAfterDays: 3 }, { 'if-match': settings.headers.get('etag')! }),
    );
    const { items } = await must(201, board.post('/urging-letters', aLetter({ petitionIds: [petition.id], answerBy: daysAhead(1) })));
    const [urging] = items[0].urgings;
    expect(urging).toMatchObject({ escalatesTo: { id: city }, escalated: false });
    expect(urging.escalatesOn > daysAhead(3)).toBe(true);
    const early = await cityLeader.post(`/urgings/${urging.id}/handling`, { handledOn: daysAhead(0), handling: 'Phê bình' });
    expect(early.status).toBe(409);
    const waiting = async () => (await must(200, cityLeader.get('/urgings/escalated'))).items.map(({ id }: Json) => id);
    expect(await waiting()).not.toContain(urging.id);

    await server.sql(
      `update urging set urged_on = urged_on - 30, answer_by = answer_by - 30, escalates_on = escalates_on - 30 where id = $1`,
      [urging.id],
    );
    expect(await waiting()).toContain(urging.id);
    expect((await must(200, board.get('/urging-effect'))).total.escalated).toBe(1);
    expect(
      (await (await server.as('hoankiem.leader')).post(`/urgings/${urging.id}/handling`, { handledOn: daysAhead(0), handling: 'Phê bình' }))
        .status,
    ).toBe(404);
    expect((await leader.post(`/urgings/${urging.id}/handling`, { handledOn: daysAhead(0), handling: 'Phê bình' })).status).toBe(403);
    const handled = await must(
      200,
      cityLeader.post(`/urgings/${urging.id}/handling`, { handledOn: daysAhead(0), handling: 'Phê bình, yêu cầu kiểm điểm' }),
    );
    expect(handled).toMatchObject({ handledOn: daysAhead(0), handling: 'Phê bình, yêu cầu kiểm điểm' });
    expect(await waiting()).not.toContain(urging.id);
    expect((await cityLeader.post(`/urgings/${urging.id}/handling`, { handledOn: daysAhead(0), handling: 'Lại' })).status).toBe(409);
    expect(await eventsOf(clerk, petition)).toContain('urging_escalation_handled');
  });

  it('stays below when it is answered late, or the petition is settled', async () => {
    const [answered, settled] = [await aLateComplaint(), await aLateComplaint()];
    const { items } = await must(
      201,
      board.post('/urging-letters', aLetter({ petitionIds: [answered.id, settled.id], answerBy: daysAhead(1) })),
    );
    const [first] = items[0].urgings.filter(({ petition }: Json) => petition.id === answered.id);
    await server.sql(
      `update urging set urged_on = urged_on - 60, answer_by = answer_by - 60, escalates_on = escalates_on - 60 where letter_id = $1`,
      [items[0].id],
    );
    const waiting = async () => (await must(200, cityLeader.get('/urgings/escalated'))).items.map(({ petition }: Json) => petition.id);
    expect(await waiting()).toEqual(expect.arrayContaining([answered.id, settled.id]));
    await must(200, clerk.post(`/urgings/${first.id}/answer`, { answeredOn: daysAhead(0), answer: 'Trả lời muộn' }));
    await must(
      200,
      clerk.post(`/petitions/${settled.id}/withdrawal`, { withdrawnOn: daysAhead(0), reason: 'Đã thoả thuận', documentNumber: '5/QĐ' }),
    );
    const left = await waiting();
    expect(left).not.toContain(answered.id);
    expect(left).not.toContain(settled.id);
  });
});

describe('a denunciation that is late', () => {
  const reports = async (id: string): Promise<Json[]> =>
    (await must(200, clerk.get(`/petitions/${id}`))).limits.filter(({ ruleId }: Json) => ruleId === 'denunciation.overdue.report');

  it('is reported on within five working days of each demand of the direct superior, which the denunciation over the delay asks for', async () => {
    const late = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official')));
    await must(200, leader.post(`/petitions/${late.id}/acceptance`, { acceptedOn: '2026-05-13' }));
    const cityClerk = await server.as('city.clerk');
    const priorHandling = [{ unitId: baDinh, stage: 'first', receivedOn: '2026-05-11', acceptedOn: '2026-05-13' }];
    const again = { receivedOn: daysAhead(-1), writtenOn: null, priorHandling, relatedTo: [{ petitionId: late.id, relation: 'repeats' }] };
    const overTheDelay = await file(cityClerk, aDenunciationOf(baDinh, 'official', again));
    const demand = async (): Promise<Json> =>
      (await must(200, cityClerk.get(`/petitions/${overTheDelay.id}`))).limits.find(
        ({ ruleId }: Json) => ruleId === 'denunciation.overdue.demand',
      );
    expect(await demand()).toMatchObject({ amount: 5, unit: 'working_days', metOn: null });

    const urging = await must(201, board.post(`/petitions/${late.id}/urgings`, { content: 'Báo cáo lý do chậm giải quyết' }));
    const [report] = await reports(late.id);
    expect(report).toMatchObject({ startsOn: daysAhead(0), amount: 5, unit: 'working_days', metOn: null });
    expect(report!.sources).toMatchObject([{ instrument: '25/2018/QH14', article: '38(3)' }]);
    expect(urging.answerBy).toBe(report!.dueOn);
    expect(await demand()).toMatchObject({ metOn: daysAhead(0) });
    expect((await eventsOf(cityClerk, overTheDelay)).at(-1)).toBe('report_demanded');

    await must(200, clerk.post(`/urgings/${urging.id}/answer`, { answeredOn: daysAhead(0), answer: 'Đã gia hạn xác minh' }));
    expect(await reports(late.id)).toMatchObject([{ metOn: daysAhead(0) }]);
    await must(201, board.post(`/petitions/${late.id}/urgings`, { content: 'Báo cáo tiếp', answerBy: daysAhead(30) }));
    expect(await reports(late.id)).toMatchObject([{ metOn: daysAhead(0) }, { metOn: null }]);
  });

  it('owes no report where it is in time, or for a complaint', async () => {
    const days = { receivedOn: daysAhead(-3), writtenOn: null };
    const inTime = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official', days)), { classifiedOn: daysAhead(-1) });
    for (const { id } of [inTime, await aLateComplaint()]) {
      await must(201, board.post(`/petitions/${id}/urgings`, { content: 'Khẩn trương' }));
      expect(await reports(id)).toEqual([]);
    }
  });
});
