import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { anAccount, centralServer, importUnits } from './support/imported-structure.js';
import { daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { unitId } from './support/stories.js';

const instrument = async (client: Client, number: string): Promise<Json> =>
  (await must(200, client.get(`/legal-instruments?number=${encodeURIComponent(number)}`))).items[0];

/** The text of a regulation, as a front-end sends it. */
const aVersion = (more: object = {}): Json => ({
  number: '15/QĐ-UBND',
  issuedOn: '2025-07-10',
  inForceFrom: '2025-07-15',
  signerTitle: 'Chủ tịch UBND phường Ba Đình',
  signerName: 'Trần Văn Đức',
  gist: 'Thời gian, địa điểm, trách nhiệm tiếp công dân',
  ...more,
});
const aRegulation = (type: string, more: object = {}): Json => ({ type, title: 'Quy chế tiếp công dân phường Ba Đình', ...aVersion(more) });

describe('the register', () => {
  let server: TestServer;
  let clerk: Client;
  let leader: Client;
  let cityClerk: Client;
  let cityLeader: Client;
  let admin: Client;
  let receptionLaw: Json;

  beforeAll(async () => {
    server = await startServer();
    [clerk, leader, cityClerk, cityLeader, admin] = (await Promise.all(
      ['commune.clerk', 'commune.leader', 'city.clerk', 'city.leader', 'city.admin'].map((name) => server.as(name)),
    )) as [Client, Client, Client, Client, Client];
    receptionLaw = await instrument(clerk, '42/2013/QH13');
  });
  afterAll(() => server.stop());

  it('knows the law, what became of it, and tells apart documents that bear one number', async () => {
    expect(receptionLaw).toMatchObject({
      issuer: 'Quốc hội',
      inForceFrom: '2014-07-01',
      inForceTo: null,
      changes: [{ kind: 'amended', effectiveOn: '2026-07-01', byNumber: '136/2025/QH15' }],
    });
    const old = (await must(200, clerk.get('/legal-instruments?q=luat to cao&inForceOn=2018-06-01'))).items;
    expect(old.map(({ number }: Json) => number)).toEqual(['76/2012/NĐ-CP', '03/2011/QH13']);
    const growth = {
      number: '07/CT-UBND',
      issuer: 'Chủ tịch UBND Thành phố Hà Nội',
      type: 'directive',
      title: 'Về sản xuất và tăng trưởng',
      issuedOn: '2019-04-15',
      inForceFrom: '2019-04-15',
    };
    await must(201, admin.post('/legal-instruments', growth));
    expect((await admin.post('/legal-instruments', growth)).status).toBe(409);
    expect((await must(200, clerk.get('/legal-instruments?number=07/CT-UBND'))).items).toHaveLength(2);
    expect((await (await server.as('commune.admin')).post('/legal-instruments', { ...growth, issuedOn: '2020-01-02' })).status).toBe(403);
  });

  it('keeps versions: each ends the day before the next, what it rests on is told, and one of a type is enough', async () => {
    const basis = [{ instrumentId: receptionLaw.id, article: 'Điều 24' }];
    const rules = await must(201, clerk.post('/regulations', aRegulation('house_rules', { basis })));
    const again = await clerk.post('/regulations', aRegulation('house_rules'));
    expect([again.status, again.body.regulationId]).toEqual([409, rules.id]);
    const second = aVersion({ action: 'supplemented', number: '31/QĐ-UBND', issuedOn: '2026-08-03', inForceFrom: '2026-08-10', basis });
    const { versions, state } = await must(201, leader.post(`/regulations/${rules.id}/versions`, second));
    expect(state).toBe('in_force');
    expect(versions.map(({ number, inForceFrom, inForceTo }: Json) => [number, inForceFrom, inForceTo])).toEqual([
      ['31/QĐ-UBND', '2026-08-10', null],
      ['15/QĐ-UBND', '2025-07-15', '2026-08-09'],
    ]);
    expect(versions[0].basis).toEqual([
      { instrumentId: receptionLaw.id, regulationId: null, number: '42/2013/QH13', title: 'Luật Tiếp công dân', article: 'Điều 24' },
    ]);
    expect((await must(200, clerk.get(`/regulations?type=house_rules&asOf=2026-01-05`))).items[0].number).toBe('15/QĐ-UBND');
  });

  it.each`
    fault                                   | body                                                                     | pointer
    ${'in force before it is issued'}       | ${{ inForceFrom: '2025-07-01' }}                                         | ${'/inForceFrom'}
    ${'issued on a day that has not come'}  | ${{ issuedOn: daysAhead(3), inForceFrom: daysAhead(9) }}                 | ${'/issuedOn'}
    ${'to be reviewed before it begins'}    | ${{ reviewBy: '2025-07-15' }}                                            | ${'/reviewBy'}
    ${'issued before its unit existed'}     | ${{ issuedOn: '2025-01-06' }}                                            | ${'/issuedOn'}
    ${'resting on a document that is none'} | ${{ basis: [{ instrumentId: '01980000-0000-7000-8000-00000000ffff' }] }} | ${'/basis/0/instrumentId'}
    ${'resting on two things in one place'} | ${{ basis: [{}] }}                                                       | ${'/basis/0'}
  `('refuses one $fault, and keeps nothing of it', async ({ body, pointer }: Json) => {
    const before = (await must(200, clerk.get('/regulations?type=other'))).items.length;
    const answer = await clerk.post('/regulations', aRegulation('other', body));
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, pointer]);
    expect((await must(200, clerk.get('/regulations?type=other'))).items).toHaveLength(before);
  });

  it('lets one of two who amend at once win', async () => {
    const { id } = await must(201, clerk.post('/regulations', aRegulation('other', { number: '20/QĐ-UBND' })));
    const tag = (await clerk.get(`/regulations/${id}`)).headers.get('etag')!;
    const amend = (number: string) =>
      clerk.post(
        `/regulations/${id}/versions`,
        aVersion({ action: 'amended', number, issuedOn: '2026-09-01', inForceFrom: '2026-09-02' }),
        {
          'if-match': tag,
        },
      );
    const answers = await Promise.all([amend('1/QĐ'), amend('2/QĐ')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect((await must(200, clerk.get(`/regulations/${id}`))).versions).toHaveLength(2);
  });

  it('corrects the last version, keeps the signed text, and lets everybody read it', async () => {
    const { id } = await must(201, clerk.post('/regulations', aRegulation('other', { number: '21/QĐ-UBNĐ' })));
    const tag = (await clerk.get(`/regulations/${id}`)).headers.get('etag')!;
    expect((await clerk.put(`/regulations/${id}/versions/last`, aVersion())).status).toBe(428);
    const corrected = await must(
      200,
      clerk.put(`/regulations/${id}/versions/last`, aVersion({ number: '21/QĐ-UBND' }), { 'if-match': tag }),
    );
    expect(corrected.versions).toMatchObject([{ number: '21/QĐ-UBND', action: 'issued' }]);
    const pdf = Buffer.from('%PDF-1.4\nQuy chế\n%%EOF\n');
    const kept = await must(201, clerk.upload(`/regulations/${id}/versions/1/file`, pdf, {}, 'quy chế.pdf'));
    expect(kept.versions[0].file).toMatchObject({ filename: 'quy chế.pdf' });
    expect(await (await server.as('district.clerk')).download(kept.versions[0].file.content)).toEqual(pdf);
    expect((await clerk.upload(`/regulations/${id}/versions/7/file`, pdf, {}, 'a.pdf')).status).toBe(404);
    expect((await cityClerk.upload(`/regulations/${id}/versions/1/file`, pdf, {}, 'a.pdf')).status).toBe(403);
  });

  it('proposes for review what rests on law that has changed, until it is kept or amended', async () => {
    const basis = [{ instrumentId: receptionLaw.id, article: 'Điều 15' }];
    const { id } = await must(201, clerk.post('/regulations', aRegulation('reception_regulation', { basis })));
    const reasons = async () => (await must(200, clerk.get(`/regulations/${id}`))).reviewReasons;
    expect(await reasons()).toMatchObject([{ number: '42/2013/QH13', change: 'amended', effectiveOn: '2026-07-01', by: '136/2025/QH15' }]);
    expect((await must(200, clerk.get('/regulations?review=outdated&asOf=2026-06-30'))).items).toEqual([]);
    expect((await must(200, clerk.get('/regulations?review=proposed&asOf=2026-06-30'))).items.map((item: Json) => item.id)).toContain(id);
    const kept = { outcome: 'keep', reason: 'Không trái luật mới', reviewedOn: '2026-07-20' };
    expect((await must(201, leader.post(`/regulations/${id}/reviews`, kept))).reviewReasons).toEqual([]);

    const next = {
      number: '99/2026/TT-TTCP',
      issuer: 'Thanh tra Chính phủ',
      type: 'circular',
      title: 'Quy trình tiếp công dân',
      issuedOn: '2026-11-02',
      inForceFrom: '2026-11-10',
    };
    const newer = await must(201, admin.post('/legal-instruments', next));
    const change = { kind: 'amended', effectiveOn: '2026-11-10', byInstrumentId: newer.id };
    const changed = await must(201, admin.post(`/legal-instruments/${receptionLaw.id}/changes`, change));
    expect((await admin.post(`/legal-instruments/${receptionLaw.id}/changes`, change)).status).toBe(409);
    expect((await must(200, cityClerk.get(changed.proposedForReview))).items.map((item: Json) => item.id)).toContain(id);

    // Whoever writes down the new law as a basis has seen it.
    const amended = aVersion({
      action: 'amended',
      number: '40/QĐ-UBND',
      issuedOn: '2026-11-05',
      inForceFrom: '2026-11-10',
      basis: [...basis, { instrumentId: newer.id }],
    });
    expect((await must(201, clerk.post(`/regulations/${id}/versions`, amended))).reviewReasons).toEqual([]);
  });

  it('flags what was issued on law that was no longer in force, and what rests on a regulation of the city that changes', async () => {
    const old = await instrument(clerk, '06/2014/TT-TTCP');
    const city = await must(201, cityClerk.post('/regulations', { ...aRegulation('other'), title: 'Quy chế phối hợp của Thành phố' }));
    const basis = [{ instrumentId: old.id }, { regulationId: city.id }];
    const own = await must(201, clerk.post('/regulations', { ...aRegulation('other', { basis }), title: 'Quy chế phối hợp của phường' }));
    expect(own.reviewReasons).toMatchObject([{ number: '06/2014/TT-TTCP', change: 'replaced', by: '04/2021/TT-TTCP' }]);
    await must(
      201,
      cityClerk.post(
        `/regulations/${city.id}/versions`,
        aVersion({ action: 'replaced', number: '77/QĐ-UBND', issuedOn: '2026-10-01', inForceFrom: '2026-10-05' }),
      ),
    );
    const { reviewReasons } = await must(200, clerk.get(`/regulations/${own.id}`));
    expect(reviewReasons.map(({ number, change }: Json) => [number, change])).toEqual([
      ['06/2014/TT-TTCP', 'replaced'],
      ['77/QĐ-UBND', 'amended'],
    ]);
    expect((await must(200, clerk.get(`/regulations?basisId=${city.id}`))).items.map((item: Json) => item.id)).toEqual([own.id]);
  });

  it('ends with a decision, and what replaces it belongs to the same unit', async () => {
    const { id } = await must(201, clerk.post('/regulations', aRegulation('other', { number: '50/QĐ-UBND' })));
    const foreign = (await must(200, cityClerk.get('/regulations'))).items[0].id;
    const repeal = { number: '60/QĐ-UBND', repealedOn: '2026-11-02', reason: 'Không còn cần thiết' };
    expect((await clerk.post(`/regulations/${id}/repeal`, { ...repeal, replacedById: foreign })).status).toBe(422);
    expect((await cityLeader.post(`/regulations/${id}/repeal`, repeal)).status).toBe(403);
    expect(await must(200, clerk.post(`/regulations/${id}/repeal`, repeal))).toMatchObject({ state: 'repealed', reviewReasons: [] });
    expect(
      (await clerk.post(`/regulations/${id}/versions`, aVersion({ action: 'amended', issuedOn: '2026-11-03', inForceFrom: '2026-11-03' })))
        .status,
    ).toBe(409);
  });

  it('shows what is missing, outdated and due down the tree, each figure with its list', async () => {
    const soon = daysAhead(10);
    await must(201, clerk.post('/regulations', aRegulation('other', { number: '88/QĐ-UBND', reviewBy: soon })));
    const overview = await must(200, cityLeader.get('/regulations/overview'));
    const baDinh = overview.rows.find(({ unit, own }: Json) => unit.code === '00004' && !own);
    expect(baDinh.figures).toMatchObject({ required: 2, inForce: 2, missing: 0 });
    expect(overview.rows[0]).toMatchObject({ own: true, figures: { required: 4, inForce: 0, missing: 4 } });
    for (const row of overview.rows)
      for (const [gap, link] of Object.entries<string>(row.links))
        expect((await must(200, cityLeader.get(`${link}&limit=200`))).items).toHaveLength(row.figures[gap]);
    const due = (await must(200, clerk.get('/regulations/gaps?gap=due'))).items;
    expect(due).toMatchObject([{ dueOn: soon, unit: { code: '00004' } }]);
    const pages = await must(200, cityLeader.get('/regulations/gaps?limit=3'));
    const rest = await must(200, cityLeader.get(`/regulations/gaps?limit=200&cursor=${pages.nextCursor}`));
    const all = await must(200, cityLeader.get('/regulations/gaps?limit=200'));
    expect([...pages.items, ...rest.items]).toEqual(all.items);
    expect((await clerk.get(`/regulations/overview?unitId=${await unitId(clerk, '01')}`)).status).toBe(404);
  });

  it('runs a campaign: who must review what by when, answered by reviews, with what they leave to do', async () => {
    const baDinh = await unitId(clerk, '00004');
    const order = {
      title: 'Rà soát theo Luật 136/2025/QH15',
      number: '215/KH-UBND',
      startsOn: '2026-09-01',
      dueOn: daysAhead(40),
      types: ['house_rules', 'reception_regulation', 'safety_coordination'],
      levels: ['commune'],
    };
    const campaign = await must(201, cityLeader.post('/regulation-campaigns', order));
    expect(campaign).toMatchObject({ state: 'open', units: 6, figures: { items: 12, open: 12, done: 0 } });
    expect((await clerk.post('/regulation-campaigns', order)).status).toBe(403);
    const items = (await must(200, clerk.get(`/regulation-campaigns/${campaign.id}/items`))).items;
    expect(items.map(({ type, unit }: Json) => [type, unit.id])).toEqual([
      ['house_rules', baDinh],
      ['reception_regulation', baDinh],
    ]);
    const [rules, regulation] = items;
    const amend = { outcome: 'amend', reason: 'Bổ sung tiếp công dân trực tuyến', reviewedOn: '2026-11-12', doBy: daysAhead(20) };
    expect((await clerk.post(`/regulation-campaign-items/${rules.id}/reviews`, { ...amend, doBy: null })).body.errors[0].pointer).toBe(
      '/doBy',
    );
    expect((await clerk.post(`/regulation-campaign-items/${rules.id}/reviews`, { ...amend, outcome: 'issue' })).status).toBe(422);
    expect((await cityLeader.post(`/regulation-campaign-items/${rules.id}/reviews`, amend)).status).toBe(403);
    expect(await must(201, clerk.post(`/regulation-campaign-items/${rules.id}/reviews`, amend))).toMatchObject({ state: 'decided' });
    // A review of the regulation itself answers the campaign.
    await must(
      201,
      clerk.post(`/regulations/${regulation.regulationId}/reviews`, { outcome: 'keep', reason: 'Vừa sửa đổi', reviewedOn: '2026-11-13' }),
    );
    const figures = async () => (await must(200, cityLeader.get(`/regulation-campaigns/${campaign.id}`))).figures;
    expect(await figures()).toMatchObject({ open: 10, decided: 1, done: 1 });
    const amended = aVersion({ action: 'amended', number: '51/QĐ-UBND', issuedOn: '2026-11-16', inForceFrom: '2026-11-18' });
    await must(201, clerk.post(`/regulations/${rules.regulationId}/versions`, amended));
    expect(await figures()).toMatchObject({ open: 10, decided: 0, done: 2 });

    const lacking = (await must(200, cityLeader.get(`/regulation-campaigns/${campaign.id}/items?state=open&limit=200`))).items;
    const hoanKiem = lacking.find(({ unit }: Json) => unit.name === 'Phường Hoàn Kiếm');
    const theirs = await server.as('hoankiem.clerk');
    const issue = { outcome: 'issue', reason: 'Chưa ban hành', reviewedOn: '2026-11-02', doBy: '2026-11-10' };
    expect(await must(201, theirs.post(`/regulation-campaign-items/${hoanKiem.id}/reviews`, issue))).toMatchObject({
      state: 'work_overdue',
    });
    expect((await must(200, theirs.get('/regulations/overview'))).total).toMatchObject({ missing: 2, due: 2, overdue: 1 });
    await must(201, theirs.post('/regulations', aRegulation(hoanKiem.type, { number: '9/QĐ-UBND' })));
    expect(await figures()).toMatchObject({ open: 9, work_overdue: 0, done: 3 });

    expect((await clerk.post(`/regulation-campaigns/${campaign.id}/end`, { state: 'closed', note: 'Xong' })).status).toBe(403);
    expect(
      await must(200, cityLeader.post(`/regulation-campaigns/${campaign.id}/end`, { state: 'closed', note: 'Đã báo cáo' })),
    ).toMatchObject({
      state: 'closed',
      figures: { open: 9 },
    });
    expect((await clerk.post(`/regulation-campaign-items/${rules.id}/reviews`, amend)).status).toBe(409);
    expect((await must(200, theirs.get('/regulations/overview'))).total).toMatchObject({ due: 0 });
  });
});

describe('a campaign over the imported structure', () => {
  let server: TestServer;
  let leader: Client;
  let leaderNow: Client;
  let campaign: Json;

  beforeAll(async () => {
    const central = await centralServer();
    server = central.server;
    await importUnits(central.admin);
    await anAccount(server, 'hanoi.leader', await unitId(central.admin, '01', '2025-01-10'), 'leader');
    await anAccount(server, 'hanoi.leader.now', await unitId(central.admin, '01'), 'leader');
    [leader, leaderNow] = await Promise.all([server.as('hanoi.leader'), server.as('hanoi.leader.now')]);
  }, 120_000);
  afterAll(() => server.stop());

  it('reaches every district and commune of a day, and counts them where they hung then', async () => {
    const districts = (
      await must(200, leader.get(`/units/${await unitId(leader, '01', '2025-01-10')}/descendants?asOf=2025-01-10&level=district&limit=200`))
    ).items;
    const [{ communes }] = (await server.sql<{ communes: number }>(
      `select count(*)::int as communes from unit c join unit d on d.id = c.parent_id join unit p on p.id = d.parent_id
       where p.code = '01' and p.level = 'province' and c.level = 'commune' and c.valid_from <= '2025-01-10' and c.valid_to >= '2025-01-10'`,
    )) as [{ communes: number }];
    const order = {
      title: 'Rà soát quy chế trước khi sắp xếp đơn vị',
      startsOn: '2025-01-10',
      dueOn: '2025-05-30',
      types: ['house_rules', 'reception_regulation', 'safety_coordination', 'agency_coordination'],
      levels: ['district', 'commune'],
    };
    campaign = await must(201, leader.post('/regulation-campaigns', order));
    expect(campaign.units).toBe(districts.length + communes);
    expect(campaign.figures).toMatchObject({ items: districts.length * 4 + communes * 2, overdue: districts.length * 4 + communes * 2 });
    const rows = (await must(200, leader.get(`/regulation-campaigns/${campaign.id}/units`))).items;
    expect(rows.map(({ unit }: Json) => unit.id).sort()).toEqual(districts.map(({ id }: Json) => id).sort());
    expect(rows.reduce((total: number, { figures }: Json) => total + figures.items, 0)).toBe(campaign.figures.items);
    const [first] = rows;
    expect((await must(200, leader.get(`${first.items}&limit=200`))).items.length).toBe(Math.min(first.figures.items, 200));
  });

  it('goes on in the structure of today: 126 communes, and none of the old ones', async () => {
    const order = {
      title: 'Rà soát theo luật mới',
      startsOn: '2026-09-01',
      dueOn: daysAhead(30),
      types: ['house_rules', 'reception_regulation'],
    };
    const now = await must(201, leaderNow.post('/regulation-campaigns', order));
    expect(now).toMatchObject({ units: 127, figures: { items: 254, open: 254 } });
    const overview = await must(200, leaderNow.get('/regulations/overview'));
    expect(overview.total).toMatchObject({ required: 4 + 126 * 2, missing: 4 + 126 * 2, due: 254 });
  });

  it('lets many units answer at once, each for itself, and loses none', async () => {
    const rows = (await must(200, leader.get(`/regulation-campaigns/${campaign.id}/units`))).items.slice(0, 6);
    const leaders: [Client, string][] = await Promise.all(
      rows.map(async ({ unit }: Json): Promise<[Client, string]> => {
        await anAccount(server, `leader.${unit.code}`, unit.id, 'leader');
        return [await server.as(`leader.${unit.code}`), unit.id];
      }),
    );
    const answers = await Promise.all(
      leaders.map(async ([district, own]) => {
        const { items } = await must(
          200,
          district.get(`/regulation-campaigns/${campaign.id}/items?unitId=${own}&includeSubordinates=false`),
        );
        const review = { outcome: 'issue', reason: 'Chưa có', reviewedOn: '2025-02-10', doBy: '2025-03-31' };
        return Promise.all(items.map(({ id }: Json) => district.post(`/regulation-campaign-items/${id}/reviews`, review)));
      }),
    );
    expect(answers.flat().map(({ status }) => status)).toEqual(Array(24).fill(201));
    expect((await must(200, leader.get(`/regulation-campaigns/${campaign.id}`))).figures.work_overdue).toBe(24);
  });
});
