import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mammoth from 'mammoth';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, classify, file, unitId, verify } from './support/stories.js';

/** Dialogue by Decree 124/2020/NĐ-CP art. 28 as amended in 2026: who holds it, the notice, and what follows when the complainant stays away. */
let server: TestServer;
let cityClerk: Client;
let cityLeader: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  cityClerk = await server.as('city.clerk');
  cityLeader = await server.as('city.leader');
  baDinh = await unitId(cityClerk, '00004');
});
afterAll(() => server.stop());

const post = (petition: Json, path: string, body: object) => cityLeader.post(`/petitions/${petition.id}/${path}`, body);

/** A second complaint at the city, accepted and verified. */
async function second(more: object = {}): Promise<Json> {
  const priorHandling = [
    {
      unitId: baDinh,
      stage: 'first',
      receivedOn: '2026-05-11',
      acceptedOn: '2026-05-15',
      decidedOn: '2026-06-10',
      decisionReceivedOn: '2026-06-12',
    },
  ];
  const filed = await file(cityClerk, aComplaintAbout(baDinh, { receivedOn: '2026-07-06', writtenOn: null, priorHandling, ...more }));
  const petition = await classify(cityClerk, filed, { classifiedOn: '2026-07-07' });
  expect(petition).toMatchObject({ stage: 'second', withinCompetence: true });
  expect((await post(petition, 'acceptance', { acceptedOn: '2026-07-08' })).status).toBe(200);
  await verify(cityLeader, petition, { assignedOn: '2026-07-09', reportedOn: '2026-07-24', viewsDiffer: true });
  return petition;
}

const dialogue = {
  heldOn: '2026-08-03',
  noticeSentOn: '2026-07-27',
  place: 'Trụ sở tiếp công dân Thành phố',
  participants: [{ name: 'Nguyễn Văn Hoà', capacity: 'Người khiếu nại' }],
  minutes: 'Các bên trình bày ý kiến về diện tích thu hồi.',
  complainantAttended: true,
};
const byDeputy = { ...dialogue, presidedBy: 'deputy', presiderName: 'Trần Đức Minh, Phó Chủ tịch UBND Thành phố' };
const decision = {
  decidedOn: '2026-08-10',
  documentNumber: '1500/QĐ-UBND',
  result: 'confirmed',
  content: 'Giữ nguyên quyết định lần đầu.',
};

it('the chair of a province may assign it to a deputy, but holds it in person where many complain of one matter', async () => {
  const single = await second();
  expect(await post(single, 'dialogues', { ...byDeputy, presiderName: null })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/presiderName', code: 'required' }] },
  });
  expect((await post(single, 'dialogues', byDeputy)).body).toMatchObject({
    presidedBy: 'deputy',
    presidedLawfully: true,
    circumstances: [],
    followUp: { code: 'fulfilled' },
  });
  const fields = { time: '14 giờ', endTime: '16 giờ', receiverName: 'Lê Thu Hằng', conclusion: 'Thống nhất đo đạc lại.', copies: '04' };
  const paper = { paper: 'dialogue_minutes', petitionId: single.id, signerTitle: 'Phó Chủ tịch', signerName: 'Trần Đức Minh', fields };
  const made = await cityLeader.post('/documents', paper);
  expect(made.status).toBe(201);
  const { value } = await mammoth.extractRawText({ buffer: await cityLeader.download(`/api/v1/documents/${made.body.id}/file`) });
  expect(value).toContain('Vào hồi 14 giờ, ngày 03/08/2026, tại Trụ sở tiếp công dân Thành phố.');
  expect(value).toContain('1. Nguyễn Văn Hoà: Người khiếu nại.');
  expect(value).toContain('Người khiếu nại tham gia đối thoại.');
  expect(value).toContain('Trần Đức Minh, Phó Chủ tịch UBND Thành phố');
  expect((await post(single, 'decisions', decision)).status).toBe(201);

  const parties = ['Trần Thị Bình', 'Lê Quốc Sơn'].map((name) => ({ role: 'petitioner', type: 'person', name }));
  const many = await second({ parties, summary: 'Khiếu nại của các hộ dân' });
  expect((await post(many, 'dialogues', byDeputy)).body).toMatchObject({
    circumstances: ['many_complainants'],
    presidedLawfully: false,
    followUp: { code: 'to_be_held_again', explanation: { vi: expect.stringContaining('khoản 2 Điều 28 Nghị định 124/2020/NĐ-CP') } },
  });
  const refused = await post(many, 'decisions', decision);
  expect(refused).toMatchObject({ status: 409, body: { ruleId: 'complaint.dialogue.second' } });
  expect(refused.body.detail).toContain('phải trực tiếp đối thoại');
  const inPerson = { ...dialogue, heldOn: '2026-08-07', noticeSentOn: '2026-07-31' };
  expect((await post(many, 'dialogues', inPerson)).body).toMatchObject({ presidedBy: 'resolver', followUp: { code: 'fulfilled' } });
  expect((await post(many, 'decisions', decision)).status).toBe(201);
});

it('public interest, differing opinions or security ask for the chair as well', async () => {
  const petition = await second();
  const { body } = await post(petition, 'dialogues', { ...byDeputy, circumstances: ['public_interest', 'opinions_differ'] });
  expect(body).toMatchObject({ circumstances: ['opinions_differ', 'public_interest'], presidedLawfully: false });
  const { items } = (await cityLeader.get(`/petitions/${petition.id}/dialogues`)).body;
  expect(items).toMatchObject([{ noticeInTime: true, followUp: { code: 'to_be_held_again' } }]);
});

it('an absence is told apart: with a good reason it is held again, without one the resolution goes on', async () => {
  const petition = await second();
  const away = { ...dialogue, complainantAttended: false };
  for (const [body, pointer] of [
    [{ ...dialogue, noticeSentOn: null }, '/noticeSentOn'],
    [away, '/absenceWithoutReason'],
    [{ ...away, absenceWithoutReason: false }, '/absenceReason'],
  ] as const)
    expect(await post(petition, 'dialogues', body)).toMatchObject({ status: 422, body: { errors: [{ pointer, code: 'required' }] } });
  const excused = { ...away, absenceWithoutReason: false, absenceReason: 'Nằm viện, có giấy nhập viện ngày 01/8/2026' };
  expect((await post(petition, 'dialogues', excused)).body).toMatchObject({
    absenceReason: excused.absenceReason,
    followUp: { code: 'to_be_held_again', explanation: { vi: expect.stringContaining('Điều 28a') } },
  });
  const refused = await post(petition, 'decisions', decision);
  expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('vắng mặt có lý do chính đáng')]);
  const unexcused = { ...away, heldOn: '2026-08-07', noticeSentOn: '2026-07-31', absenceWithoutReason: true };
  expect((await post(petition, 'dialogues', unexcused)).body).toMatchObject({
    followUp: { code: 'goes_on', explanation: { vi: expect.stringContaining('khoản 6 Điều 30 Luật Khiếu nại') } },
  });
  expect((await post(petition, 'decisions', decision)).status).toBe(201);
});
