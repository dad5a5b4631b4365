import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { anOffice, aPeriodicSession, daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, eventsOf, file, unitId } from './support/stories.js';

let server: TestServer;
let cityClerk: Client;
let commune: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_WORKERS: '0' } });
  [cityClerk, commune] = await Promise.all([server.as('city.clerk'), server.as('commune.clerk')]);
  baDinh = await unitId(commune, '00004');
});
afterAll(() => server.stop());

const people = ['Trần Thị Bình', 'Lê Quốc Sơn'].map((name) => ({ capacity: 'representative', name, phone: '0912 345 678' }));

function aGathering(more: object = {}): Json {
  return {
    placeType: 'own_office',
    place: 'Trụ sở tiếp công dân Thành phố',
    startedAt: '2026-09-08T08:00:00+07:00',
    persons: 30,
    kind: 'complaint',
    matter: 'Khiếu nại phương án bồi thường khu tập thể Ba Đình',
    representatives: people,
    ...more,
  };
}
const report = (more: object = {}): Promise<Json> => must(201, cityClerk.post('/reception-incidents', aGathering(more)));

describe('a gathering', () => {
  it('is reported with who was informed when; the unit of origin is told at once and takes part; it ends', async () => {
    const before = (await commune.get('/events?types=incident.reported')).body.next;
    const informed = [
      { party: 'head', who: 'Chánh Văn phòng', at: '2026-09-08T08:05:00+07:00', content: 'Báo cáo Chủ tịch' },
      { party: 'police', who: 'Trực ban', at: '2026-09-08T08:06:00+07:00' },
    ];
    const incident = await report({ originUnitId: baDinh, informed });
    expect(incident).toMatchObject({
      number: expect.stringMatching(/-DDN-2026-000001$/),
      onDate: '2026-09-08',
      persons: 30,
      occurrence: 1,
    });
    expect(incident.representatives).toMatchObject([{ name: 'Trần Thị Bình', phone: '•••••••678' }, { name: 'Lê Quốc Sơn' }]);

    const told = (await commune.get('/reception-incidents?as=origin&acknowledged=false')).body.items;
    expect(told).toMatchObject([{ id: incident.id, originUnit: { id: baDinh }, acknowledgedAt: null }]);
    const { items } = (await commune.get(`/events?after=${before}&types=incident.reported`)).body;
    expect(items).toMatchObject([{ type: 'incident.reported', data: { incidentId: incident.id, originUnitId: baDinh, persons: 30 } }]);
    expect(JSON.stringify(items)).not.toMatch(/Bình|bồi thường/);

    const path = `/reception-incidents/${incident.id}`;
    expect((await (await server.as('hoankiem.clerk')).get(path)).status).toBe(404);
    expect((await cityClerk.post(`${path}/acknowledgement`)).status).toBe(403);
    const answers = await Promise.all([1, 2].map(() => commune.post(`${path}/acknowledgement`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const at = '2026-09-08T09:30:00+07:00';
    await must(201, commune.post(`${path}/entries`, { type: 'coordination', at, content: 'Phó Chủ tịch phường đến vận động' }));
    await must(201, cityClerk.post(`${path}/entries`, { type: 'numbers', at, persons: 42, content: 'Thêm 12 người' }));
    expect((await cityClerk.post(`${path}/entries`, { type: 'numbers', content: 'Đông' })).body.errors).toMatchObject([
      { pointer: '/persons' },
    ]);
    expect((await cityClerk.post(`${path}/entries`, { type: 'informed', content: 'x' })).body.errors).toMatchObject([
      { pointer: '/informed' },
    ]);
    await must(201, cityClerk.post(`${path}/entries`, { type: 'numbers', at, persons: 12, content: 'Một số người ra về' }));
    expect((await cityClerk.post(`${path}/end`, { outcome: 'Ra về', endedAt: '2026-09-08T07:00:00+07:00' })).status).toBe(422);
    const ended = await must(200, cityClerk.post(`${path}/end`, { outcome: 'Công dân ra về', endedAt: '2026-09-08T11:00:00+07:00' }));
    expect(ended).toMatchObject({ persons: 12, mostPersons: 42, outcome: 'Công dân ra về' });
    expect((await cityClerk.post(`${path}/entries`, { type: 'measure', content: 'Sau khi kết thúc' })).status).toBe(409);
    const entries = (await commune.get(`${path}/entries`)).body.items;
    expect(entries.map(({ type }: Json) => type)).toEqual(['informed', 'informed', 'coordination', 'numbers', 'numbers', 'end']);
    expect((await commune.get('/events?types=incident.ended')).body.items).toHaveLength(1);
  });

  it('over one case is a series, wherever it was; the petition knows of it', async () => {
    const petition = await file(commune, aComplaintAbout(baDinh));
    const first = await report({ petitionId: petition.id, startedAt: '2026-10-05T08:00:00+07:00' });
    // The unit that has to resolve the petition is where it comes from.
    expect(first).toMatchObject({ originUnit: { id: baDinh }, petition: { id: petition.id } });
    const again = { startedAt: '2026-10-12T08:00:00+07:00', persons: 12, placeType: 'city_office', place: 'UBND Thành phố' };
    const second = await must(201, commune.post('/reception-incidents', aGathering({ ...again, petitionId: petition.id })));
    expect(second).toMatchObject({ occurrence: 2, occurrences: 2 });
    const other = await file(commune, aComplaintAbout(baDinh, { relatedTo: [{ petitionId: petition.id, relation: 'repeats' }] }));
    await report({ petitionId: other.id, startedAt: '2026-11-09T08:00:00+07:00' });
    const { items } = (await commune.get('/reception-incidents/series?from=2026-01-01&to=2026-12-31')).body;
    expect(items).toMatchObject([
      { caseId: petition.caseId, gatherings: 3, persons: 72, firstOn: '2026-10-05', lastOn: '2026-11-09', open: 3 },
    ]);
    expect(items[0].placeTypes).toEqual(['city_office', 'own_office']);
    expect(await eventsOf(commune, petition)).toContain('gathering_reported');

    // Without a petition the earlier gathering says which matter it is, and a petition that comes later is that of both.
    const alone = await report({ startedAt: '2026-10-20T08:00:00+07:00', matter: 'Kiến nghị về chợ' });
    const repeated = await report({ startedAt: '2026-10-21T08:00:00+07:00', matter: 'Lại kiến nghị về chợ', repeatsIncidentId: alone.id });
    expect(repeated.occurrence).toBe(2);
    const market = await file(commune, aComplaintAbout(baDinh, { summary: 'Kiến nghị về chợ' }));
    await must(200, cityClerk.post(`/reception-incidents/${repeated.id}/link`, { petitionId: market.id }));
    expect((await cityClerk.get(`/reception-incidents/${alone.id}`)).body.petition).toMatchObject({ id: market.id });
  });

  it('has five people or more, with representatives by the rule, and hides whoever denounces', async () => {
    const faults = async (more: object) => (await cityClerk.post('/reception-incidents', aGathering(more))).body.errors;
    expect(await faults({ persons: 4 })).toMatchObject([{ pointer: '/persons', code: 'too_few' }]);
    expect(await faults({ persons: 7, representatives: [...people, ...people] })).toMatchObject([{ code: 'too_many_representatives' }]);
    expect(await faults({ originUnitId: '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11' })).toMatchObject([{ pointer: '/originUnitId' }]);
    const secret = [{ capacity: 'representative', name: 'Kiều Hoạ Mi', address: 'Nhà 66 ngõ Hoạ Mi' }];
    const hidden = await report({ kind: 'denunciation', matter: 'Kiều Hoạ Mi cùng các hộ tố cáo cán bộ', representatives: secret });
    await must(201, cityClerk.post(`/reception-incidents/${hidden.id}/entries`, { type: 'progress', content: 'Bà Kiều Hoạ Mi phát biểu' }));
    const texts = [
      hidden,
      (await cityClerk.get(`/reception-incidents/${hidden.id}/entries`)).body,
      (await cityClerk.get('/reception-incidents')).body,
    ];
    expect(JSON.stringify(texts)).not.toMatch(/Hoạ Mi/);
    expect(hidden).toMatchObject({ identitySecret: true, namesTakenOut: true, representatives: [], representativeCount: 1 });
    expect(await report({ kind: 'denunciation', representatives: secret })).toMatchObject({ identitySecret: true, namesTakenOut: false });
  });
});

describe('the figures', () => {
  const guided = { result: 'guided', note: 'Hướng dẫn' };
  it('count visits, persons, cases and groups by who received, and fill the forms with checks that hold', async () => {
    const [clerk, leader, city] = await Promise.all([server.as('hoankiem.clerk'), server.as('hoankiem.leader'), server.as('city.analyst')]);
    const office = await anOffice(clerk);
    const hoanKiem = office.unit.id;
    const visit = (day: string, hour: string, more: object = {}): Promise<Json> =>
      must(
        201,
        clerk.post('/reception-visits', {
          officeId: office.id,
          kind: 'complaint',
          visitors: [{ name: 'Nguyễn Văn Hoà' }],
          matter: 'Khiếu nại thu hồi đất',
          receiverName: 'Nguyễn Thị Hoà',
          startedAt: `${day}T${hour}:00+07:00`,
          outcome: { ...guided, endedAt: `${day}T${hour}:20+07:00` },
          ...more,
        }),
      );
    const petition = await file(clerk, aComplaintAbout(hoanKiem));
    const about = { petitionId: petition.id };
    // Before the period: what comes within it about the same case is repeated.
    await visit('2026-07-31', '09:00', about);
    // Regular: the repeated case twice, a new one, a group, a refusal.
    await visit('2026-08-03', '08:00', about);
    await visit('2026-08-04', '08:00', about);
    await visit('2026-08-04', '09:00');
    const group = { persons: 12, visitors: people, matter: 'Kiến nghị về chợ' };
    await visit('2026-08-05', '09:00', group);
    await visit('2026-08-05', '10:00', {
      outcome: null,
      refusal: { ground: 'incapable', reason: 'Say rượu', endedAt: '2026-08-05T10:05:00+07:00' },
    });
    const hold = async (onDate: string, opening: object, visits: (sessionId: string) => Promise<unknown>) => {
      const { id } = await must(201, clerk.post('/reception-sessions', aPeriodicSession(office, onDate, { publishedOn: '2026-07-01' })));
      await must(200, clerk.post(`/reception-sessions/${id}/opening`, { openedAt: `${onDate}T08:00:00+07:00`, ...opening }));
      await visits(id);
      await must(
        200,
        clerk.post(`/reception-sessions/${id}/closing`, {
          closedAt: `${onDate}T11:00:00+07:00`,
          minutes: 'Biên bản',
          noCitizenMinutes: 'Không ai',
        }),
      );
    };
    await hold('2026-08-11', {}, async (sessionId) => {
      await visit('2026-08-11', '08:30', { sessionId, persons: 3 });
      await visit('2026-08-11', '09:30', { sessionId, ...about });
    });
    await hold('2026-08-18', { heldBy: 'delegate', delegateName: 'Lê Thu Hường', reason: 'Họp' }, (sessionId) =>
      visit('2026-08-18', '08:30', { sessionId }),
    );
    await hold('2026-08-25', {}, () => Promise.resolve());

    const path = `/reception-figures?unitId=${hoanKiem}&from=2026-08-01&to=2026-08-31`;
    const { total, rows } = await must(200, leader.get(path));
    expect(total.regular).toMatchObject({
      visits: 4,
      persons: 15,
      casesFirst: 2,
      casesRepeated: 1,
      groups: 1,
      groupPersons: 12,
      groupCasesFirst: 1,
      refused: 1,
    });
    expect(total.head).toMatchObject({ sessions: 2, visits: 2, persons: 4, casesFirst: 1, casesRepeated: 0, groups: 0 });
    expect(total.delegated).toMatchObject({ sessions: 1, visits: 1, persons: 1, casesFirst: 1 });
    expect(rows).toHaveLength(1);
    const { columns, checks } = total.form01;
    expect(Object.keys(columns)).toHaveLength(29);
    expect([
      columns[1],
      columns[2],
      columns[3],
      columns[4],
      columns[8],
      columns[9],
      columns[12],
      columns[13],
      columns[21],
      columns[22],
    ]).toEqual([7, 20, 5, 4, 1, 12, 2, 2, 1, 1]);
    for (const check of checks) expect(check.holds).toBe(true);

    const whole = await must(200, city.get('/reception-figures?from=2026-08-01&to=2026-08-31'));
    expect(whole.total.form01.columns[1]).toBe(7);
    expect(whole.rows.find(({ unit }: Json) => unit.id === hoanKiem).regular.visits).toBe(4);
    expect(whole.rows.filter(({ own }: Json) => own)).toHaveLength(1);

    const months = await must(200, leader.get('/reception-figures?from=2026-07-01&to=2026-08-31&by=month'));
    expect(months.rows.map(({ month, form01 }: Json) => [month, form01.columns[1]])).toEqual([
      ['2026-07', 1],
      ['2026-08', 7],
    ]);
    expect((await leader.get(`/reception-figures?unitId=${baDinh}&from=2026-08-01&to=2026-08-31`)).status).toBe(404);
    expect((await leader.get('/reception-figures?from=2026-08-31&to=2026-08-01')).status).toBe(422);
    const empty = await must(200, leader.get('/reception-figures?from=2020-01-01&to=2020-12-31'));
    expect(empty.total.form01.columns[3]).toBe(0);
  });

  it('count petitions that came in through reception for form 02/TCD, and say when a check fails', async () => {
    const clerk = await server.as('giangvo.clerk');
    const own = (await clerk.get('/auth/me')).body.unit.id;
    await file(clerk, aComplaintAbout(own, { receivedOn: '2026-08-05', writtenOn: '2026-08-01' }));
    await file(clerk, aComplaintAbout(own, { channel: 'post', receivedOn: '2026-08-05', writtenOn: '2026-08-01' }));
    const outside = await file(
      clerk,
      aComplaintAbout(baDinh, { receivedOn: '2026-08-06', writtenOn: '2026-08-01', summary: 'Khiếu nại nơi khác' }),
    );
    const figures = async () => (await must(200, clerk.get('/reception-figures?from=2026-08-01&to=2026-08-31'))).total.form02;
    const before = await figures();
    expect([before.columns[1], before.columns[2], before.columns[3], before.columns[9], before.columns[11], before.columns[12]]).toEqual([
      2, 2, 2, 1, 1, 1,
    ]);
    // Nothing was done yet with what lies outside of the competence.
    expect(before.checks.filter(({ holds }: Json) => !holds)).toEqual([{ formula: '12=13+14+15', holds: false }]);
    await must(200, clerk.post(`/petitions/${outside.id}/guidance`, { guidedOn: '2026-08-07', content: 'Gửi UBND phường Ba Đình' }));
    expect((await figures()).checks.filter(({ holds }: Json) => !holds)).toEqual([]);
  });

  it('show when people come, as data and as a picture', async () => {
    const leader = await server.as('hoankiem.leader');
    const { cells } = await must(200, leader.get('/reception-figures/heat-map?from=2026-08-01&to=2026-08-31'));
    // 3 and 10 August 2026 are Mondays.
    expect(cells).toEqual(expect.arrayContaining([{ weekday: 1, hour: 8, visits: 1, persons: 1 }]));
    const picture = await leader.fetch('/reception-figures/heat-map.svg?from=2026-08-01&to=2026-08-31');
    expect(picture.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    const svg = await picture.text();
    expect(svg).toMatch(/^<svg [^>]*role="img"><title>Lượt tiếp công dân – UBND Phường Hoàn Kiếm/);
    expect(svg).toContain('Thứ Hai');
    expect((await (await server.as('commune.analyst')).fetch('/reception-figures/heat-map.svg?from=2026-01-01&to=2026-01-31')).status).toBe(
      200,
    );
  });
});

it('what is owed after visits is told down the tree, as many as its lists have', async () => {
  const [clerk, city] = await Promise.all([server.as('hongha.clerk'), server.as('city.analyst')]);
  const office = await anOffice(clerk);
  const unit = office.unit.id;
  const visit = (startedAt: string | null, endedAt: string | null) =>
    must(
      201,
      clerk.post('/reception-visits', {
        officeId: office.id,
        kind: 'complaint',
        visitors: [{ name: 'Lê Thị Thứ' }],
        matter: 'Khiếu nại',
        receiverName: 'Nguyễn Thị Hoà',
        startedAt,
        papers: [{ name: 'Đơn' }],
        outcome: { result: 'papers_taken', endedAt },
      }),
    );
  await visit(null, null);
  await visit('2026-07-08T08:00:00+07:00', '2026-07-08T09:00:00+07:00');
  const { items } = await must(200, city.get('/reception-figures/owed'));
  const row = items.find((one: Json) => one.unit.id === unit);
  expect(row).toMatchObject({ own: false, answers: { open: 2, backlog: 1, overdue: 0 }, tasks: { open: 0 } });
  expect((await clerk.get(row.links.backlogAnswers.replace('/api/v1', ''))).body.items).toHaveLength(1);
  expect((await clerk.get('/reception-figures/owed')).body.total.answers.open).toBe(2);
});

it('waiting and handling are told in minutes', async () => {
  const clerk = await server.as('ngocha.clerk');
  const office = await anOffice(clerk);
  const ticket = await must(201, clerk.post(`/reception-offices/${office.id}/tickets`));
  await server.sql(`update reception_ticket set issued_at = now() - interval '40 minutes' where id = $1`, [ticket.id]);
  await must(200, clerk.post(`/reception-offices/${office.id}/calls`, { roomId: office.rooms[0].id }));
  const startedAt = new Date(Date.now() - 10 * 60_000).toISOString();
  const words = { kind: 'reflection', visitors: [{ name: 'Lê Thị Thứ' }], matter: 'Phản ánh rác', receiverName: 'Nguyễn Thị Hoà' };
  const outcome = { result: 'explained', note: 'Đã giải thích' };
  await must(201, clerk.post('/reception-visits', { officeId: office.id, ticketId: ticket.id, startedAt, ...words, outcome }));
  const { times } = (await clerk.get(`/reception-figures?from=2020-01-01&to=2022-12-31`)).body;
  expect(times).toMatchObject([{ reception: null, waited: 0, waitingMedian: null }]);
  const now = (await clerk.get(`/reception-figures?from=${daysAhead(-2)}&to=${daysAhead(1)}`)).body.times;
  expect(now.find(({ reception }: Json) => reception === 'regular')).toMatchObject({ waited: 1, handled: 1 });
  expect(now.find(({ reception }: Json) => reception === null).waitingMedian).toBeCloseTo(30, 0);
  expect(now.find(({ reception }: Json) => reception === null).handlingMedian).toBeCloseTo(10, 0);
});
