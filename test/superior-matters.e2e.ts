import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import type { Client, Json } from './support/client.js';
import { daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let board: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  [clerk, leader, board] = (await Promise.all(
    ['commune.clerk', 'commune.leader', 'city.reception_board'].map((name) => server.as(name)),
  )) as [Client, Client, Client];
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

let count = 0;
/** A case at the court, as a front-end sends it. */
const aMatter = (more: object = {}): Json => ({
  agencyType: 'court',
  agency: 'Toà án nhân dân Thành phố Hà Nội',
  reference: `${++count}/2026/TLST-HC`,
  kind: 'complaint',
  matter: 'Khởi kiện quyết định bồi thường khu tập thể Ba Đình',
  filedOn: '2026-06-10',
  stage: 'sent',
  newsOn: '2026-06-10',
  ...more,
});
const judged = { effect: 'annulled', number: '45/2026/HC-ST', issuedOn: '2026-10-20', gist: 'Huỷ quyết định bồi thường' };

describe('a case at a superior or a court', () => {
  it('keeps its place at the unit of origin, from filing to judgment; the outcome stands at the petition, too', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    const made = await must(201, clerk.post('/superior-matters', aMatter({ petitionId: petition.id })));
    expect(made).toMatchObject({ petition: { number: petition.number }, stage: 'sent', open: true, outcome: null, unit: { id: baDinh } });
    await must(201, clerk.post(`/superior-matters/${made.id}/news`, { stage: 'accepted', newsOn: '2026-07-01' }));
    const undecided = await clerk.post(`/superior-matters/${made.id}/news`, { stage: 'decided', newsOn: '2026-10-22' });
    expect([undecided.status, undecided.body.errors[0].pointer]).toEqual([422, '/outcome']);
    const decided = await must(
      201,
      clerk.post(`/superior-matters/${made.id}/news`, { stage: 'decided', newsOn: '2026-10-22', outcome: judged, content: 'Toà tuyên án' }),
    );
    expect(decided).toMatchObject({ open: false, daysSilent: null, stale: false, outcome: judged });
    expect(decided.news.map(({ stage }: Json) => stage)).toEqual(['decided', 'accepted', 'sent']);
    const outcomes = (await must(200, clerk.get(`/petitions/${petition.id}/superior-outcomes`))).items;
    expect(outcomes).toMatchObject([{ agencyType: 'court', number: '45/2026/HC-ST', effect: 'annulled' }]);
    const { items } = await must(200, clerk.get(`/petitions/${petition.id}/history`));
    expect(items.filter(({ event }: Json) => event === 'superior_outcome_registered')).toHaveLength(1);
    // The judgment is kept, and read where the case is seen.
    const pdf = Buffer.from('%PDF-1.4\nBản án\n%%EOF\n');
    const kept = await must(201, clerk.upload(`/superior-matters/${made.id}/document`, pdf, {}, 'bản án.pdf'));
    expect(await board.download(kept.document.content)).toEqual(pdf);
  });

  it.each`
    fault                                  | body                                                            | pointer
    ${'news before it was brought there'}  | ${{ newsOn: '2026-06-01' }}                                     | ${'/newsOn'}
    ${'a day that has not come'}           | ${{ newsOn: daysAhead(2) }}                                     | ${'/newsOn'}
    ${'an outcome of a case that goes on'} | ${{ stage: 'accepted', newsOn: '2026-10-20', outcome: judged }} | ${'/outcome'}
    ${'an outcome from after the news'}    | ${{ stage: 'decided', newsOn: '2026-10-01', outcome: judged }}  | ${'/outcome/issuedOn'}
    ${'a petition that is not there'}      | ${{ petitionId: '01980000-0000-7000-8000-00000000ffff' }}       | ${'/petitionId'}
  `('refuses $fault, and keeps nothing of it', async ({ body, pointer }: Json) => {
    const before = (await must(200, clerk.get('/superior-matters?limit=200'))).items.length;
    const answer = await clerk.post('/superior-matters', aMatter(body));
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, pointer]);
    expect((await must(200, clerk.get('/superior-matters?limit=200'))).items).toHaveLength(before);
  });

  it('is there once, however many enter it at the same time', async () => {
    const matter = aMatter();
    const answers = await Promise.all(Array.from({ length: 6 }, () => clerk.post('/superior-matters', matter)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const again = await clerk.post('/superior-matters', { ...matter, agency: 'TOÀ ÁN NHÂN DÂN thành phố Hà Nội' });
    expect([again.status, again.body.superiorMatterId]).toEqual([409, answers.find(({ status }) => status === 201)!.body.id]);
  });

  it('is entered by whoever oversees the unit, and by no other', async () => {
    const forCommune = aMatter({ unitId: baDinh });
    expect((await (await server.as('hoankiem.clerk')).post('/superior-matters', forCommune)).status).toBe(403);
    const { id } = await must(201, board.post('/superior-matters', forCommune));
    expect((await must(200, clerk.get(`/superior-matters/${id}`))).unit.id).toBe(baDinh);
    expect((await (await server.as('hoankiem.clerk')).get(`/superior-matters/${id}`)).status).toBe(404);
  });

  it('is stale when nothing was heard for as long as the unit has set', async () => {
    const silent = await must(201, clerk.post('/superior-matters', aMatter({ filedOn: daysAhead(-20), newsOn: daysAhead(-20) })));
    expect(silent).toMatchObject({ daysSilent: 20, stale: false });
    const admin = await server.as('commune.admin');
    const settings = await admin.get(`/units/${baDinh}/settings`);
    expect(settings.body.superiorNewsDays).toBe(30);
    await must(
      200,
      admin.put(
        `/units/${baDinh}/settings`,
        { triageMode: 'one_step', superiorNewsDays: 19 },
        { 'if-match': settings.headers.get('etag')! },
      ),
    );
    const stale = (await must(200, clerk.get('/superior-matters?stale=true&limit=200'))).items;
    expect(stale.map(({ id }: Json) => id)).toContain(silent.id);
    await must(201, leader.post(`/superior-matters/${silent.id}/news`, { stage: 'in_progress', newsOn: daysAhead(-19) }));
    expect((await must(200, clerk.get(`/superior-matters/${silent.id}`))).stale).toBe(false);
  });

  it('counts down the tree, and every figure opens its list', async () => {
    const { total, rows } = await must(200, board.get('/superior-matters/summary'));
    expect(total.open).toBeGreaterThan(0);
    expect(total.notUpheld).toBe(1);
    for (const { figures, links } of rows)
      for (const [name, link] of Object.entries<string>(links))
        expect((await must(200, board.get(`${link}&limit=200`))).items).toHaveLength(figures[name]);
  });

  it('comes in pages', async () => {
    const all = (await must(200, clerk.get('/superior-matters?limit=200'))).items;
    const paged = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = await must(200, clerk.get(`/superior-matters?limit=3${cursor}`));
      paged.push(...items);
      if (!nextCursor) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(paged.map(({ id }: Json) => id)).toEqual(all.map(({ id }: Json) => id));
  });
});

describe('results of superiors that arrive by import', () => {
  const csv = (...rows: string[]) =>
    [
      'Mã đơn vị,Cơ quan,Số thụ lý,Nội dung,Số vào sổ đơn,Ngày khởi kiện,Tình trạng,Ngày cập nhật,Kết quả,Số bản án,Ngày xét xử',
      ...rows,
      '',
    ].join('\n');
  const court = 'Toà án nhân dân Thành phố Hà Nội';

  it('enters what is not known, adds news, and changes nothing the second time', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    const first = csv(
      `00004,${court},801/2026/TLST-HC,Khởi kiện thu hồi đất,${petition.number},01/07/2026,Đã thụ lý,15/07/2026,,,`,
      `00004,Thanh tra Chính phủ,TTCP-77,Tố cáo tại Trung ương,,02/07/2026,Đã gửi,,,,`,
    );
    const dry = await must(200, board.upload('/superior-matters/imports', first, { dryRun: 'true' }, 'toa-an.csv'));
    expect(dry).toEqual({ dryRun: true, rows: 2, created: 2, changed: 0, unchanged: 0 });
    expect((await must(200, clerk.get('/superior-matters?q=801/2026'))).items).toEqual([]);
    expect(await must(200, board.upload('/superior-matters/imports', first, {}, 'toa-an.csv'))).toMatchObject({ created: 2 });
    expect(await must(200, board.upload('/superior-matters/imports', first, {}, 'toa-an.csv'))).toMatchObject({ created: 0, unchanged: 2 });
    const later = csv(
      `00004,${court},801/2026/TLST-HC,Khởi kiện thu hồi đất,${petition.number},01/07/2026,Đã xét xử,21/10/2026,Huỷ quyết định,45/2026/HC-ST,20/10/2026`,
      `00004,Thanh tra Chính phủ,TTCP-77,Tố cáo tại Trung ương,,02/07/2026,Đã gửi,,,,`,
    );
    expect(await must(200, board.upload('/superior-matters/imports', later, {}, 'toa-an.csv'))).toMatchObject({ changed: 1, unchanged: 1 });
    const [matter] = (await must(200, clerk.get('/superior-matters?q=801/2026'))).items;
    expect(matter).toMatchObject({
      agencyType: 'court',
      stage: 'decided',
      outcome: { effect: 'annulled', number: '45/2026/HC-ST' },
      open: false,
    });
    expect((await must(200, clerk.get(`/petitions/${petition.id}/superior-outcomes`))).items).toMatchObject([{ number: '45/2026/HC-ST' }]);
    // An old file that is sent again takes nothing back.
    expect(await must(200, board.upload('/superior-matters/imports', first, {}, 'toa-an.csv'))).toMatchObject({ changed: 0, unchanged: 2 });
  });

  it('refuses the whole file with line and column of every fault', async () => {
    const faulty = csv(
      `00004,${court},901/2026,Khởi kiện,,01/07/2026,Đã thụ lý,15/07/2026,,,`,
      `99999,${court},902/2026,Khởi kiện,,01/07/2026,Đã thụ lý,15/07/2026,,,`,
      `00004,${court},903/2026,Khởi kiện,X-1,01/07/2026,Đã thụ lý,15/07/2026,,,`,
      `00004,${court},904/2026,Khởi kiện,,31/02/2026,Lạ,15/07/2026,,,`,
    );
    const { status, body } = await board.upload('/superior-matters/imports', faulty, {}, 'toa-an.csv');
    expect(status).toBe(422);
    expect(body.errors.map(({ line, column }: Json) => [line, column])).toEqual([
      [5, 'Tình trạng'],
      [5, 'Ngày khởi kiện'],
    ]);
    const second = await board.upload('/superior-matters/imports', faulty.split('\n').slice(0, 4).join('\n'), {}, 'toa-an.csv');
    expect(second.body.errors.map(({ line, column }: Json) => [line, column])).toEqual([
      [3, 'Mã đơn vị'],
      [4, 'Số vào sổ đơn'],
    ]);
    expect((await must(200, board.get('/superior-matters?q=901/2026'))).items).toEqual([]);
    expect((await board.upload('/superior-matters/imports', 'Tên\nA\n', {}, 'x.csv')).status).toBe(422);
    expect((await board.upload('/superior-matters/imports', 'Tên\nA\n', {}, 'x.txt')).body.errors[0].pointer).toBe('/format');
  });

  it('reads workbooks, and takes rows of another system by API', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('Toà');
    sheet.addRow(['Cơ quan', 'Số thụ lý', 'Nội dung', 'Ngày khởi kiện', 'Tình trạng']);
    sheet.addRow([court, 'XLSX-1', 'Khởi kiện hành vi hành chính', new Date('2026-08-03T00:00:00Z'), 'Đang giải quyết']);
    const file = Buffer.from(await workbook.xlsx.writeBuffer());
    expect(await must(200, clerk.upload('/superior-matters/imports', file, {}, 'toa.xlsx'))).toMatchObject({ created: 1 });
    expect((await must(200, clerk.get('/superior-matters?q=XLSX-1'))).items).toMatchObject([
      { filedOn: '2026-08-03', stage: 'in_progress' },
    ]);
    const items = [aMatter({ unitCode: '00004' }), aMatter({ unitCode: '00004', newsOn: '2026-01-01' })];
    const refused = await board.post('/superior-matters/batches', { items });
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/items/1/newsOn']);
    expect(await must(200, board.post('/superior-matters/batches', { items: items.slice(0, 1) }))).toMatchObject({ created: 1 });
  });

  it('takes the same file from two at once, and enters every case once', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `00004,${court},P-${index}/2026,Khởi kiện,,01/07/2026,Đã thụ lý,15/07/2026,,,`);
    const answers = await Promise.all([0, 1, 2].map(() => board.upload('/superior-matters/imports', csv(...rows), {}, 'toa-an.csv')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.reduce((total, { body }) => total + body.created, 0)).toBe(30);
    const [{ count: news }] = (await server.sql<{ count: number }>(
      `select count(*)::int as count from superior_matter_news n join superior_matter m on m.id = n.matter_id where m.reference like 'P-%/2026'`,
    )) as [{ count: number }];
    expect(news).toBe(60 / 2);
  });
});

describe('explaining and persuading', () => {
  const aContact = (more: object): Json => ({
    onDate: '2026-11-03',
    way: 'home_visit',
    officials: 'Trần Văn Đức, Chủ tịch UBND phường',
    togetherWith: 'Uỷ ban Mặt trận Tổ quốc phường',
    content: 'Giải thích phương án bồi thường',
    result: 'partly_agreed',
    ...more,
  });

  it('is written down about a case elsewhere, a petition, a gathering; what is to follow is listed until it did', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    const matter = await must(201, clerk.post('/superior-matters', aMatter({ petitionId: petition.id })));
    const incident = { placeType: 'city_office', place: 'Trụ sở Thành phố', persons: 12, kind: 'complaint', matter: 'Bồi thường' };
    const gathering = await must(201, clerk.post('/reception-incidents', { ...incident, petitionId: petition.id }));
    const first = await must(201, clerk.post('/citizen-contacts', aContact({ superiorMatterId: matter.id, nextOn: '2026-11-10' })));
    expect((await must(200, clerk.get(`/citizen-contacts?nextBy=${daysAhead(0)}`))).items.map(({ id }: Json) => id)).toEqual([first.id]);
    await must(
      201,
      clerk.post('/citizen-contacts', aContact({ superiorMatterId: matter.id, onDate: '2026-11-10', result: 'will_withdraw' })),
    );
    expect((await must(200, clerk.get(`/citizen-contacts?nextBy=${daysAhead(0)}`))).items).toEqual([]);
    await must(201, clerk.post('/citizen-contacts', aContact({ incidentId: gathering.id })));
    expect(await must(200, clerk.get(`/superior-matters/${matter.id}`))).toMatchObject({
      contacts: 2,
      lastContactOn: '2026-11-10',
      gatherings: 1,
    });
    expect((await must(200, board.get(`/citizen-contacts?unitId=${baDinh}&limit=2`))).items).toHaveLength(2);
    const faults: [object, string][] = [
      [{}, '/petitionId'],
      [{ petitionId: baDinh }, '/petitionId'],
      [{ petitionId: petition.id, nextOn: '2026-11-03' }, '/nextOn'],
      [{ petitionId: petition.id, onDate: daysAhead(1) }, '/onDate'],
    ];
    for (const [body, pointer] of faults) {
      const answer = await clerk.post('/citizen-contacts', aContact(body));
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, pointer]);
    }
  });

  it('names no denouncer, in the register or in the talks', async () => {
    const name = 'Đoàn Thị Kín Đáo';
    const parties = [{ role: 'petitioner', type: 'person', name, birthYear: 1966 }];
    const petition = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official', { parties })));
    const matter = await must(
      201,
      clerk.post(
        '/superior-matters',
        aMatter({ petitionId: petition.id, kind: 'denunciation', matter: `Bà ${name} gửi tố cáo lên Trung ương` }),
      ),
    );
    expect(matter.matter).toBe('Bà [người tố cáo] gửi tố cáo lên Trung ương');
    await must(
      201,
      clerk.post(`/superior-matters/${matter.id}/news`, { stage: 'accepted', newsOn: '2026-07-01', content: `Đã mời ${name}` }),
    );
    await must(201, clerk.post('/citizen-contacts', aContact({ superiorMatterId: matter.id, content: `Gặp ${name} tại nhà` })));
    const seen = JSON.stringify([
      (await clerk.get(`/superior-matters/${matter.id}`)).body,
      (await clerk.get('/citizen-contacts?limit=200')).body,
      await server.sql('select * from superior_matter'),
      await server.sql('select * from superior_matter_news'),
      await server.sql('select * from citizen_contact'),
    ]);
    expect(seen).not.toContain('Kín Đáo');
    const unlinked = await must(201, clerk.post('/superior-matters', aMatter({ kind: 'denunciation', matter: `Bà ${name} tố cáo` })));
    const linked = await must(200, clerk.put(`/superior-matters/${unlinked.id}/petition`, { petitionId: petition.id }));
    expect(linked.matter).toBe('Bà [người tố cáo] tố cáo');
  });
});
