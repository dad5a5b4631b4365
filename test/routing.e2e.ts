import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, eventsOf, file, unitId } from './support/stories.js';

let server: TestServer;
let cityClerk: Client;
let cityLeader: Client;
let clerk: Client;
let leader: Client;
let baDinh: string;
let hoanKiem: string;

beforeAll(async () => {
  server = await startServer();
  [cityClerk, cityLeader, clerk, leader] = await Promise.all([
    server.as('city.clerk'),
    server.as('city.leader'),
    server.as('commune.clerk'),
    server.as('commune.leader'),
  ]);
  [baDinh, hoanKiem] = await Promise.all([unitId(cityClerk, '00004'), unitId(cityClerk, '00070')]);
});
afterAll(() => server.stop());

const transfer = (by: Client, petition: Json, toUnitId: string, more: object = {}) =>
  by.post(`/petitions/${petition.id}/transfers`, { toUnitId, reason: 'Chuyển theo Điều 24 Luật Tố cáo', sentOn: '2026-05-13', ...more });

describe('a denunciation filed above the competent level', () => {
  it('is transferred, received and concluded where it belongs, and the reply comes back', async () => {
    let petition = await file(cityClerk, aDenunciationOf(baDinh, 'official'));
    expect(petition).toMatchObject({ recommendedOutcome: 'transfer', limits: [{ ruleId: 'denunciation.transfer', dueOn: '2026-05-18' }] });
    expect((await clerk.get(`/petitions/${petition.id}`)).status).toBe(404);

    const sent = await transfer(cityClerk, petition, baDinh);
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({
      state: 'pending',
      sentOn: '2026-05-13',
      replyDueOn: '2026-05-27',
      fromUnit: { code: '01' },
      toUnit: { code: '00004' },
    });
    petition = (await cityClerk.get(`/petitions/${petition.id}`)).body;
    expect(petition).toMatchObject({ state: 'transferred', responsibleUnit: { code: '01' } });
    expect(petition.limits).toMatchObject([
      { ruleId: 'denunciation.transfer', metOn: '2026-05-13' },
      { ruleId: 'transfer.reply', unitInCharge: { code: '00004' } },
    ]);

    const inbox = (await clerk.get('/transfers?direction=in&state=pending')).body;
    expect(inbox.items.map(({ id }: Json) => id)).toContain(sent.body.id);
    const received = await clerk.post(`/transfers/${sent.body.id}/receipt`, { receivedOn: '2026-05-15' });
    expect(received.body).toMatchObject({ state: 'received', receivedOn: '2026-05-15', replyDueOn: '2026-05-29' });
    petition = (await clerk.get(`/petitions/${petition.id}`)).body;
    expect(petition).toMatchObject({
      state: 'received',
      responsibleUnit: { code: '00004' },
      responsibleSince: '2026-05-15',
      withinCompetence: true,
      recommendedOutcome: 'propose_acceptance',
    });
    expect(petition.flags).toMatchObject([{ code: 'over_level', levelsSkipped: 1 }]);
    expect(petition.limits).toMatchObject([
      {},
      { ruleId: 'transfer.reply', voidOn: '2026-05-15' },
      { ruleId: 'denunciation.acceptance', startsOn: '2026-05-15', dueOn: '2026-05-26' },
      { ruleId: 'transfer.reply', dueOn: '2026-05-29' },
    ]);

    await classify(clerk, petition, { classifiedOn: '2026-05-16' });
    await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-18' });
    const replied = await clerk.post(`/transfers/${sent.body.id}/reply`, {
      repliedOn: '2026-05-20',
      documentNumber: '41/UBND',
      content: 'Đã thụ lý ngày 18/05/2026.',
    });
    const { limits } = (await clerk.get(`/petitions/${petition.id}`)).body;
    expect(limits.filter(({ ruleId, metOn }: Json) => ruleId === 'transfer.reply' && metOn)).toMatchObject([
      { dueOn: '2026-05-29', metOn: '2026-05-20' },
    ]);
    expect(replied.body).toMatchObject({ state: 'replied', reply: { documentNumber: '41/UBND' } });
    expect((await cityClerk.get('/transfers?direction=out&state=replied')).body.items).toMatchObject([{ id: sent.body.id }]);
    expect(await eventsOf(cityClerk, petition)).toEqual([
      'received',
      'transferred',
      'transfer_received',
      'classified',
      'accepted',
      'transfer_replied',
    ]);
  });

  it('keeps the day that the sender set, even when it is received later', async () => {
    const petition = await file(cityClerk, aDenunciationOf(baDinh, 'official'));
    const { body: sent } = await transfer(cityClerk, petition, baDinh, { replyBy: '2026-05-16' });
    // 16 May 2026 is a Saturday.
    expect(sent.replyDueOn).toBe('2026-05-18');
    const received = await clerk.post(`/transfers/${sent.id}/receipt`, { receivedOn: '2026-05-20' });
    expect([received.status, received.body.replyDueOn]).toEqual([200, '2026-05-18']);
    const { limits } = (await clerk.get(`/petitions/${petition.id}`)).body;
    expect(limits.find(({ ruleId }: Json) => ruleId === 'transfer.reply')).toMatchObject({
      dueOn: '2026-05-18',
      metOn: null,
      voidOn: null,
    });
  });

  it('goes back with a reason, and the clock of the sender goes on', async () => {
    let petition = await file(cityClerk, aDenunciationOf(baDinh, 'official'));
    const { body: sent } = await transfer(cityClerk, petition, hoanKiem);
    const returned = await (
      await server.as('hoankiem.clerk')
    ).post(`/transfers/${sent.id}/return`, { returnedOn: '2026-05-15', reason: 'Công chức không thuộc phường quản lý' });
    expect(returned.body).toMatchObject({ state: 'returned', returnReason: 'Công chức không thuộc phường quản lý' });
    petition = (await cityClerk.get(`/petitions/${petition.id}`)).body;
    expect(petition).toMatchObject({ state: 'classified', responsibleUnit: { code: '01' }, responsibleSince: '2026-05-11' });
    expect(petition.limits.at(-1)).toMatchObject({
      ruleId: 'denunciation.transfer',
      startsOn: '2026-05-11',
      dueOn: '2026-05-18',
      metOn: null,
    });
    expect((await transfer(cityClerk, petition, baDinh, { sentOn: '2026-05-18' })).status).toBe(201);
  });
});

it('an old petition about a commune that was split since can be handed on and received', async () => {
  const dienBien = await unitId(cityClerk, '00019', '2024-05-13');
  const petition = await file(
    cityClerk,
    aComplaintAbout(dienBien, { receivedOn: '2024-05-13', writtenOn: null, respondent: { type: 'agency', unitId: dienBien } }),
  );
  const { body: sent } = await cityClerk.post(`/petitions/${petition.id}/transfers`, {
    toUnitId: hoanKiem,
    reason: 'Phần đất nay thuộc Phường Hoàn Kiếm',
  });
  const by = await server.as('hoankiem.clerk');
  expect((await by.post(`/transfers/${sent.id}/receipt`, {})).status).toBe(200);
  expect((await by.get(`/petitions/${petition.id}`)).body).toMatchObject({
    withinCompetence: true,
    competentUnit: { code: '00070' },
    respondent: { unitId: dienBien },
  });
  const corrected = await by.put(`/petitions/${petition.id}/classification`, {}, { 'if-match': '*' });
  expect([corrected.status, corrected.body.errors[0].pointer]).toEqual([422, '/respondent/unitId']);
  const chosen = { respondent: { type: 'agency', unitId: hoanKiem }, reason: 'Đơn vị kế tiếp' };
  expect((await by.put(`/petitions/${petition.id}/classification`, chosen, { 'if-match': '*' })).body).toMatchObject({
    state: 'classified',
    withinCompetence: true,
  });
});

describe('races', () => {
  it('lets one of two simultaneous transfers win and tells the other why', async () => {
    const petition = await file(cityClerk, aComplaintAbout(baDinh));
    const answers = await Promise.all([transfer(cityClerk, petition, baDinh), transfer(cityLeader, petition, hoanKiem)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      type: '/api/v1/problems/action-not-allowed',
      state: 'transferred',
    });
    expect(await eventsOf(cityClerk, petition)).toEqual(['received', 'transferred']);
  });

  it('lets one of a simultaneous receipt and return win', async () => {
    const petition = await file(cityClerk, aDenunciationOf(baDinh, 'official'));
    const { body: sent } = await transfer(cityClerk, petition, baDinh);
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => clerk.post(`/transfers/${sent.id}/receipt`, {})),
      ...Array.from({ length: 4 }, () => leader.post(`/transfers/${sent.id}/receipt`, {})),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
  });
});

describe('a transfer is refused', () => {
  it.each([
    [
      'to a unit that no longer exists',
      async () => ({ toUnitId: await unitId(cityClerk, '00004', '2018-05-10') }),
      'unit-not-valid',
      '/toUnitId',
    ],
    ['to the unit itself', async () => ({ toUnitId: await unitId(cityClerk, '01') }), 'validation-failed', '/toUnitId'],
    ['on a day ahead', () => Promise.resolve({ toUnitId: baDinh, sentOn: '2027-01-01' }), 'validation-failed', '/sentOn'],
    ['before the petition came in', () => Promise.resolve({ toUnitId: baDinh, sentOn: '2026-05-10' }), 'validation-failed', '/sentOn'],
    [
      'with a reply wanted before it is sent',
      () => Promise.resolve({ toUnitId: baDinh, replyBy: '2026-05-13' }),
      'validation-failed',
      '/replyBy',
    ],
    ['without a reason', () => Promise.resolve({ toUnitId: baDinh, reason: ' ' }), 'validation-failed', '/reason'],
  ])('%s', async (_what, order, code, pointer) => {
    const petition = await file(cityClerk, aDenunciationOf(baDinh, 'official'));
    const { status, body } = await transfer(cityClerk, petition, '', await order());
    expect(status).toBe(422);
    expect(body).toMatchObject({ type: `/api/v1/problems/${code}`, errors: [expect.objectContaining({ pointer })] });
    expect((await cityClerk.get(`/petitions/${petition.id}`)).body.state).toBe('received');
  });

  it('once the petition is accepted', async () => {
    const petition = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official')));
    await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15' });
    const { status, body } = await transfer(clerk, petition, hoanKiem, { sentOn: '2026-05-16' });
    expect([status, body.allowedActions]).toEqual([
      409,
      [
        'find_complexity',
        'find_signs_of_crime',
        'inform_investigators',
        'extend',
        'suspend',
        'withdraw',
        'terminate',
        'verify',
        'conclude',
        'dispatch',
      ],
    ]);
  });

  it('to whom it was not sent, and hides it from the others', async () => {
    const petition = await file(cityClerk, aDenunciationOf(baDinh, 'official'));
    const { body: sent } = await transfer(cityClerk, petition, baDinh);
    expect((await cityClerk.post(`/transfers/${sent.id}/receipt`, {})).status).toBe(403);
    expect((await (await server.as('hoankiem.clerk')).post(`/transfers/${sent.id}/receipt`, {})).status).toBe(404);
    expect((await clerk.post(`/transfers/${sent.id}/reply`, { content: 'x' })).body.allowedActions).toEqual(['receipt', 'return']);
    expect((await clerk.post(`/transfers/${sent.id}/receipt`, {}, { 'if-match': '"9"' })).status).toBe(412);
  });

  it('back when the receiver has taken the petition on', async () => {
    const petition = await file(cityClerk, aDenunciationOf(baDinh, 'official'));
    const { body: sent } = await transfer(cityClerk, petition, baDinh);
    await clerk.post(`/transfers/${sent.id}/receipt`, { receivedOn: '2026-05-15' });
    await classify(clerk, petition, { classifiedOn: '2026-05-16' });
    await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-18' });
    const { status, body } = await clerk.post(`/transfers/${sent.id}/return`, { returnedOn: '2026-05-19', reason: 'x' });
    expect([status, body.allowedActions]).toEqual([409, ['reply']]);
  });
});

describe('urging', () => {
  it('is recorded, and visible where the petition lies', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    const { status, body } = await (
      await server.as('city.reception_board')
    ).post(`/petitions/${petition.id}/urgings`, { content: 'Đã quá hạn thụ lý, đề nghị báo cáo.' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ petition: { number: petition.number }, fromUnit: { code: '01.TCD' }, toUnit: { code: '00004' } });
    expect(body.answerBy > body.urgedOn).toBe(true);
    expect((await clerk.get('/urgings?direction=in')).body.items).toMatchObject([{ id: body.id }]);
    expect((await clerk.get(`/petitions/${petition.id}/urgings`)).body.items).toMatchObject([{ id: body.id }]);
    expect(await eventsOf(clerk, petition)).toEqual(['received', 'urged']);
  });

  it('goes to the receiver who has not confirmed', async () => {
    const petition = await file(cityClerk, aDenunciationOf(baDinh, 'official'));
    await transfer(cityClerk, petition, baDinh);
    const { body } = await cityClerk.post(`/petitions/${petition.id}/urgings`, { content: 'Đề nghị xác nhận đã nhận đơn.' });
    expect(body.toUnit).toMatchObject({ code: '00004' });
  });

  it('is refused for what is finished, for oneself, and for a unit that does not have it', async () => {
    const petition = await file(cityClerk, aComplaintAbout(baDinh));
    const urge = (more: object = {}) => cityLeader.post(`/petitions/${petition.id}/urgings`, { content: 'x', ...more });
    expect((await urge()).status).toBe(422);
    expect((await urge({ toUnitId: hoanKiem })).body.errors[0].code).toBe('not_with_unit');
    await cityClerk.post(`/petitions/${petition.id}/guidance`, { content: 'Đề nghị gửi Phường Ba Đình.' });
    expect((await urge()).status).toBe(409);
  });
});
