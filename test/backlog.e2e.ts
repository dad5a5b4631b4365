import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, eventsOf, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let cityLeader: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  [clerk, leader, cityLeader] = (await Promise.all(['commune.clerk', 'commune.leader', 'city.leader'].map((name) => server.as(name)))) as [
    Client,
    Client,
    Client,
  ];
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

/** A complaint that was accepted in May and should have been decided in June. */
async function aLateComplaint(more: object = {}): Promise<Json> {
  const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh, more)));
  return must(200, leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-13' }));
}

const aPlan = (...days: string[]): Json => ({
  cause: 'evidence',
  causeNote: 'Thiếu bản đồ địa chính',
  steps: days.map((dueOn, index) => ({ action: `Việc ${index + 1}`, responsible: 'Công chức địa chính', dueOn })),
});
const listed = async (client: Client, query = ''): Promise<string[]> =>
  (await must(200, client.get(`/backlog?limit=200${query}`))).items.map(({ petitionId }: Json) => petitionId);

describe('a petition over its last legal date', () => {
  it('is listed with its age, planned, promised, reviewed, settled – and leaves by that', async () => {
    const petition = await aLateComplaint();
    const [row] = (await must(200, clerk.get('/backlog'))).items;
    expect(row).toMatchObject({
      petitionId: petition.id,
      dueOn: '2026-06-12',
      cause: null,
      commitment: 'none',
      openSteps: 0,
      longCase: false,
    });
    expect(row.daysOver).toBe(Math.round((Date.parse(daysAhead(0)) - Date.parse('2026-06-12')) / 86_400_000));
    const before = (await must(200, clerk.get('/backlog/summary'))).total;
    expect(before).toEqual({ backlog: 1, withoutPlan: 1, withoutCommitment: 1, brokenCommitments: 0, longCases: 0 });

    const planned = await must(200, clerk.put(`/petitions/${petition.id}/backlog-plan`, aPlan(daysAhead(5), daysAhead(20))));
    expect(planned).toMatchObject({ cause: 'evidence', commitments: [], decisions: [] });
    await must(
      201,
      leader.post(`/petitions/${petition.id}/backlog-plan/commitments`, { settleBy: daysAhead(30), note: 'Cam kết tại giao ban' }),
    );
    await must(
      200,
      clerk.post(`/petitions/${petition.id}/backlog-plan/steps/${planned.steps[0].id}/completion`, {
        doneOn: daysAhead(0),
        result: 'Đã đo',
      }),
    );
    const review = await must(
      201,
      cityLeader.post('/backlog/reviews', {
        heldOn: daysAhead(-1),
        chairedBy: 'Chủ tịch UBND Thành phố',
        conclusion: 'Giải quyết dứt điểm trong quý',
        items: [{ petitionId: petition.id, decision: 'Chủ tịch phường trực tiếp đối thoại', dueOn: daysAhead(15) }],
      }),
    );
    expect(review.items).toMatchObject([{ number: petition.number, left: false }]);
    expect(await must(200, clerk.get(`/petitions/${petition.id}/backlog-plan`))).toMatchObject({
      steps: [
        { action: 'Việc 1', result: 'Đã đo' },
        { action: 'Việc 2', doneOn: null },
      ],
      commitments: [{ settleBy: daysAhead(30), committedBy: 'commune.leader' }],
      decisions: [{ decision: 'Chủ tịch phường trực tiếp đối thoại' }],
    });
    expect((await must(200, clerk.get('/backlog'))).items[0]).toMatchObject({
      cause: 'evidence',
      settleBy: daysAhead(30),
      commitment: 'ahead',
      openSteps: 1,
      lateSteps: 0,
      nextStepOn: daysAhead(20),
    });

    const decision = { decidedOn: daysAhead(0), documentNumber: '12/QĐ', result: 'right', content: 'Công nhận nội dung khiếu nại.' };
    await must(201, leader.post(`/petitions/${petition.id}/decisions`, decision));
    expect(await listed(clerk)).not.toContain(petition.id);
    expect((await must(200, cityLeader.get('/backlog/reviews'))).items[0].items[0].left).toBe(true);
    const { points } = await must(200, clerk.get(`/backlog/burn-down?from=${daysAhead(-14)}&to=${daysAhead(0)}`));
    expect(points.map(({ backlog, entered, left }: Json) => [backlog, entered, left])).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(await eventsOf(clerk, petition)).toEqual(expect.arrayContaining(['backlog_planned', 'backlog_committed', 'backlog_step_done']));
  });

  it('keeps what is done when it is planned anew, and tells of two planners who came second', async () => {
    const { id } = await aLateComplaint();
    const first = await clerk.put(`/petitions/${id}/backlog-plan`, aPlan(daysAhead(5), daysAhead(6)));
    await must(
      200,
      clerk.post(`/petitions/${id}/backlog-plan/steps/${first.body.steps[0].id}/completion`, { doneOn: daysAhead(0), result: 'Xong' }),
    );
    const tag = (await clerk.get(`/petitions/${id}/backlog-plan`)).headers.get('etag')!;
    const plan = (cause: string) => clerk.put(`/petitions/${id}/backlog-plan`, { ...aPlan(daysAhead(9)), cause }, { 'if-match': tag });
    const answers = await Promise.all([plan('staff'), plan('other')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { steps } = await must(200, clerk.get(`/petitions/${id}/backlog-plan`));
    expect(steps.map(({ action, doneOn, dueOn }: Json) => [action, doneOn, dueOn])).toEqual([
      ['Việc 1', daysAhead(0), daysAhead(5)],
      ['Việc 1', null, daysAhead(9)],
    ]);
    expect(
      (await clerk.post(`/petitions/${id}/backlog-plan/steps/${steps[0].id}/completion`, { doneOn: daysAhead(0), result: 'Lại' })).status,
    ).toBe(409);
  });

  it('is planned by whom it lies with, promised by the leader alone, and no more when it is finished', async () => {
    const { id } = await aLateComplaint();
    const refused: [Client, string, object, number][] = [
      [cityLeader, 'put', aPlan(daysAhead(3)), 403],
      [await server.as('hoankiem.clerk'), 'put', aPlan(daysAhead(3)), 404],
      [clerk, 'commit', { settleBy: daysAhead(3) }, 403],
      [leader, 'commit', { settleBy: daysAhead(-1) }, 422],
      [clerk, 'put', aPlan(), 422],
      [clerk, 'put', aPlan(daysAhead(-2)), 422],
      [clerk, 'put', { ...aPlan(daysAhead(2)), cause: 'lười' }, 422],
    ];
    for (const [client, how, body, status] of refused) {
      const path = `/petitions/${id}/backlog-plan`;
      const answer = how === 'put' ? await client.put(path, body) : await client.post(`${path}/commitments`, body);
      expect([how, answer.status]).toEqual([how, status]);
    }
    const reflection = await file(clerk, { ...aComplaintAbout(baDinh), kind: 'reflection', respondent: null, matterUnitId: baDinh });
    const away = await classify(clerk, reflection);
    await must(200, clerk.post(`/petitions/${away.id}/filing-away`, { ground: 'other', reason: 'Không thuộc phạm vi' }));
    expect((await clerk.put(`/petitions/${away.id}/backlog-plan`, aPlan(daysAhead(3)))).status).toBe(409);
  });

  it('tells a promise that was broken, and the one that took its place', async () => {
    const { id } = await aLateComplaint();
    await must(201, leader.post(`/petitions/${id}/backlog-plan/commitments`, { settleBy: daysAhead(10) }));
    await server.sql(`update backlog_commitment set committed_on = '2026-07-01', settle_by = '2026-08-01' where petition_id = $1`, [id]);
    expect(await listed(clerk, '&commitment=broken')).toEqual([id]);
    expect((await must(200, cityLeader.get('/backlog/summary'))).total.brokenCommitments).toBe(1);
    await must(201, leader.post(`/petitions/${id}/backlog-plan/commitments`, { settleBy: daysAhead(20) }));
    expect(await listed(clerk, '&commitment=broken')).toEqual([]);
    expect((await must(200, clerk.get(`/petitions/${id}/backlog-plan`))).commitments.map(({ settleBy }: Json) => settleBy)).toEqual([
      daysAhead(20),
      '2026-08-01',
    ]);
  });
});

describe('the list', () => {
  it('comes oldest first, in pages, and every figure of the summary opens it', async () => {
    await aLateComplaint({ receivedOn: '2026-05-04', writtenOn: null });
    const all = await listed(clerk);
    const rows = (await must(200, clerk.get('/backlog?limit=200'))).items;
    expect(rows.map(({ dueOn }: Json) => dueOn)).toEqual(rows.map(({ dueOn }: Json) => dueOn).sort());
    const paged = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = await must(200, clerk.get(`/backlog?limit=2${cursor}`));
      paged.push(...items.map(({ petitionId }: Json) => petitionId));
      if (!nextCursor) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(paged).toEqual(all);
    const summary = await must(200, cityLeader.get('/backlog/summary'));
    for (const { figures, links } of summary.rows)
      for (const [name, link] of Object.entries<string>(links))
        expect([name, (await must(200, cityLeader.get(`${link}&limit=200`))).items.length]).toEqual([name, figures[name]]);
    const alerts = await must(200, cityLeader.get('/alerts/summary'));
    expect(summary.total.backlog).toBe(alerts.total.backlog);
  });

  it('draws the burn-down, with what it shows in words', async () => {
    const answer = await cityLeader.fetch('/backlog/burn-down.svg?step=month');
    const svg = await answer.text();
    expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(svg).toMatch(/^<svg [^>]*role="img"><title>Đơn tồn đọng – UBND Thành phố Hà Nội/);
    expect(svg).toMatch(/<desc>[^<]*tồn đọng \d+, phát sinh \d+, đã giải quyết \d+/);
    expect((await cityLeader.get('/backlog/burn-down?from=2026-01-01&to=2025-01-01')).status).toBe(422);
    expect((await clerk.get(`/backlog/burn-down?unitId=${await unitId(clerk, '01')}`)).status).toBe(422);
    expect((await must(200, clerk.get('/backlog/codes'))).causes).toContainEqual({
      code: 'evidence',
      label: { vi: 'Thiếu hồ sơ, chứng cứ', en: 'Papers or evidence are missing' },
    });
  });
});

describe('a case that is complex and drags on', () => {
  const facts = {
    markedOn: '2026-11-16',
    grounds: ['years', 'many_people'],
    dossierSummary: 'Phát sinh từ năm 2019; 42 hộ chưa nhận bồi thường.',
  };

  it('is marked once with its grounds and dossier, shows in the backlog, is revised, and ends', async () => {
    const petition = await aLateComplaint();
    const marked = await must(201, clerk.post(`/petitions/${petition.id}/long-case`, facts));
    expect(marked).toMatchObject({ caseId: petition.caseId, petitions: 1, gatherings: 0, endedOn: null });
    expect((await clerk.post(`/petitions/${petition.id}/long-case`, facts)).body.longCaseId).toBe(marked.id);
    expect(await listed(clerk, '&longCase=true')).toEqual([petition.id]);
    const revised = await must(
      200,
      clerk.put(`/long-cases/${marked.id}`, { grounds: ['gatherings'], dossierSummary: 'Đã tập trung đông người.' }),
    );
    expect(revised).toMatchObject({ grounds: ['gatherings'], markedOn: '2026-11-16' });
    expect((await clerk.post(`/long-cases/${marked.id}/end`, { endedOn: '2026-11-15', reason: 'Xong' })).status).toBe(422);
    await must(200, clerk.post(`/long-cases/${marked.id}/end`, { endedOn: '2026-11-20', reason: 'Các hộ đã nhận bồi thường' }));
    expect((await clerk.put(`/long-cases/${marked.id}`, { grounds: ['other'], dossierSummary: 'Nữa' })).status).toBe(409);
    expect(await listed(clerk, '&longCase=true')).toEqual([]);
    expect((await must(200, clerk.get('/long-cases?open=false'))).items.map(({ id }: Json) => id)).toEqual([marked.id]);
    expect((await (await server.as('hoankiem.clerk')).get(`/long-cases/${marked.id}`)).status).toBe(404);
  });

  it('follows its petition when cases are merged', async () => {
    const [one, other] = [await aLateComplaint(), await aLateComplaint()];
    const marked = await must(201, clerk.post(`/petitions/${other.id}/long-case`, facts));
    await must(201, clerk.post(`/cases/${one.caseId}/merges`, { caseId: other.caseId, reason: 'Cùng việc' }));
    expect(await must(200, clerk.get(`/long-cases/${marked.id}`))).toMatchObject({ caseId: one.caseId, petitions: 2 });
    expect((await listed(clerk, '&longCase=true')).sort()).toEqual([one.id, other.id].sort());
  });

  it('names no denouncer, nor does a plan', async () => {
    const name = 'Lã Thị Ẩn Danh';
    const parties = [{ role: 'petitioner', type: 'person', name, birthYear: 1966 }];
    const petition = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official', { parties })));
    const plan = {
      cause: 'petitioner',
      causeNote: `${name} vắng mặt`,
      steps: [{ action: `Mời ${name}`, responsible: 'Thanh tra', dueOn: daysAhead(3) }],
    };
    await must(200, clerk.put(`/petitions/${petition.id}/backlog-plan`, plan));
    await must(201, leader.post(`/petitions/${petition.id}/backlog-plan/commitments`, { settleBy: daysAhead(9), note: `Gặp ${name}` }));
    await must(201, clerk.post(`/petitions/${petition.id}/long-case`, { ...facts, dossierSummary: `${name} tố cáo nhiều lần` }));
    const items = [{ petitionId: petition.id, decision: `Đối thoại với ${name}` }];
    await must(
      201,
      leader.post('/backlog/reviews', { heldOn: '2026-11-16', chairedBy: 'Chủ tịch', conclusion: `Gặp ${name} trong tháng`, items }),
    );
    const seen = JSON.stringify([
      (await clerk.get(`/petitions/${petition.id}/backlog-plan`)).body,
      (await clerk.get('/long-cases')).body,
      (await clerk.get('/backlog/reviews')).body,
      await server.sql('select * from backlog_plan'),
      await server.sql('select * from backlog_step'),
      await server.sql('select * from backlog_commitment'),
      await server.sql('select * from backlog_review'),
      await server.sql('select * from backlog_review_item'),
      await server.sql('select * from long_case'),
    ]);
    expect(seen).not.toContain('Ẩn Danh');
    expect(seen).toContain('[người tố cáo]');
  });
});
