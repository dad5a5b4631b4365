import ICAL from 'ical.js';
import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { anOffice, aPeriodicSession, daysAhead, must, workingDays } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let anybody: Client;
let baDinh: string;
let days: string[];

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_PUBLIC_LIMIT: '100000', TIEPDAN_WORKERS: '0' } });
  [clerk, leader, anybody] = await Promise.all([server.as('commune.clerk'), server.as('commune.leader'), server.as()]);
  baDinh = await unitId(clerk, '00004');
  days = await workingDays(clerk, 20, 30);
});
afterAll(() => server.stop());

const aSchedule = (office: Json, more: object = {}): Json => ({
  officeId: office.id,
  roomId: office.rooms[0].id,
  title: 'Lịch tiếp công dân của Chủ tịch UBND phường',
  headName: 'Trần Văn Đức',
  headTitle: 'Chủ tịch UBND phường Ba Đình',
  recurrence: 'FREQ=MONTHLY;BYDAY=1TU,3TU',
  firstOn: daysAhead(20),
  lastOn: daysAhead(200),
  startsAt: '08:00',
  endsAt: '11:30',
  ...more,
});

describe('an office', () => {
  it('has rooms with equipment, receivers with a roster and substitutes, agencies on duty, and what is posted with what is missing', async () => {
    const office = await anOffice(clerk);
    expect(office).toMatchObject({ unit: { id: baDinh }, rooms: [{ name: 'Phòng 1' }, { name: 'Phòng 2' }] });
    const { headers } = await clerk.get(`/reception-offices/${office.id}`);
    const changed = { ...office, openingHours: [{ weekday: 1, from: '07:30', to: '11:30' }], phone: '024 3825 3536' };
    for (const name of ['id', 'unit', 'rooms', 'receivers']) delete changed[name];
    expect((await clerk.put(`/reception-offices/${office.id}`, changed)).status).toBe(428);
    expect((await clerk.put(`/reception-offices/${office.id}`, changed, { 'if-match': '"99"' })).status).toBe(412);
    await must(200, clerk.put(`/reception-offices/${office.id}`, changed, { 'if-match': headers.get('etag')! }));
    const clash = { ...changed, openingHours: [...changed.openingHours, { weekday: 1, from: '11:00', to: '12:00' }] };
    expect((await clerk.put(`/reception-offices/${office.id}`, clash, { 'if-match': '*' })).body.errors).toMatchObject([
      { pointer: '/openingHours/1', code: 'overlap' },
    ]);

    const room = office.rooms[1];
    const equipment = [{ item: 'camera', quantity: 1, working: false }];
    const replaced = await must(
      200,
      clerk.put(`/reception-rooms/${room.id}`, { name: 'Phòng 2', seats: 8, equipment }, { 'if-match': '*' }),
    );
    expect(replaced.equipment).toMatchObject([{ item: 'camera', itemName: { vi: 'Camera' }, working: false }]);

    const [hoa, huong] = await Promise.all(
      ['Nguyễn Thị Hoà', 'Lê Thu Hường'].map((name) =>
        must(201, clerk.post(`/reception-offices/${office.id}/receivers`, { name, title: 'Công chức', servesFrom: '2025-07-01' })),
      ),
    );
    const plan = { recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA', firstOn: days[0], lastOn: days[9], shift: 'morning' };
    const planned = await must(201, clerk.post(`/reception-offices/${office.id}/duties`, { ...plan, receiverId: hoa.id }));
    expect(planned.created).toBe(10);
    expect(planned.daysOff.length).toBeGreaterThan(0);
    const again = await must(201, clerk.post(`/reception-offices/${office.id}/duties`, { ...plan, receiverId: hoa.id }));
    expect(again).toMatchObject({ created: 0, known: days.slice(0, 10) });
    const department = (await clerk.get('/units?q=Nông nghiệp và Môi trường')).body.items[0].id;
    const agency = { ...plan, recurrence: 'FREQ=WEEKLY;BYDAY=MO', agencyUnitId: department, official: 'Trần Văn Đức' };
    expect((await must(201, clerk.post(`/reception-offices/${office.id}/duties`, agency))).created).toBeGreaterThan(0);

    const roster = async () => (await clerk.get(`/reception-offices/${office.id}/duties?from=${days[0]}&to=${days[9]}`)).body.items;
    const [duty] = (await roster()).filter(({ receiverId }: Json) => receiverId === hoa.id);
    const order = { receiverId: huong.id, reason: 'Đi họp đột xuất' };
    const answers = await Promise.all([1, 2].map(() => clerk.post(`/reception-duties/${duty.id}/substitution`, order)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await roster()).filter(({ onDate, shift }: Json) => onDate === duty.onDate && shift === 'morning')).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ official: 'Nguyễn Thị Hoà', state: 'substituted', reason: 'Đi họp đột xuất' }),
        expect.objectContaining({ official: 'Lê Thu Hường', state: 'planned', substitutesId: duty.id }),
      ]),
    );

    const rules = await must(201, clerk.post(`/reception-offices/${office.id}/notices`, { type: 'house_rules', title: 'Nội quy' }));
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const photographed = await clerk.upload(`/reception-notices/${rules.id}/photo`, png, {}, 'nội quy.png', 'PUT');
    expect(photographed.status).toBe(200);
    expect((await clerk.fetch(photographed.body.photo.replace('/api/v1', ''))).headers.get('content-type')).toBe('image/png');
    const { items, missing } = (await clerk.get(`/reception-offices/${office.id}/notices`)).body;
    expect(items).toHaveLength(1);
    expect(missing).toEqual(expect.arrayContaining(['head_schedule', 'receivers', 'process_chart']));
    expect(missing).not.toContain('house_rules');
    await must(200, clerk.post(`/reception-notices/${rules.id}/removal`, { reason: 'Thay bằng nội quy mới' }));
    expect((await clerk.get(`/reception-offices/${office.id}/notices`)).body.missing).toContain('house_rules');
  });

  it('is kept by its own unit alone', async () => {
    const office = await anOffice(clerk);
    const stranger = await server.as('hoankiem.clerk');
    expect((await stranger.post(`/reception-offices/${office.id}/rooms`, { name: 'Phòng 3' })).status).toBe(403);
    expect((await stranger.get(`/reception-offices/${office.id}`)).status).toBe(200);
  });
});

describe('a schedule', () => {
  it('is drafted by a rule, previewed against calendar and law, and published five working days ahead', async () => {
    const office = await anOffice(clerk);
    const draft = await must(201, clerk.post('/reception-schedules', aSchedule(office)));
    const preview = await must(200, clerk.get(`/reception-schedules/${draft.id}/preview`));
    expect(preview.days.length).toBeGreaterThan(8);
    for (const { on } of preview.days) expect(new Date(on).getUTCDay()).toBeGreaterThan(0);
    expect(preview.clashes).toEqual([]);
    expect(preview.publishBy < preview.days[0].on).toBe(true);
    const whole = preview.duty.filter((period: Json) => period.required > 0 && period.from >= draft.firstOn && period.to <= draft.lastOn);
    expect(whole.length).toBeGreaterThan(3);
    for (const period of whole) expect(period).toMatchObject({ ruleId: 'reception.head_days.commune', ruleVersion: '2026', required: 2 });

    const published = await must(200, clerk.post(`/reception-schedules/${draft.id}/publication`));
    expect(published).toMatchObject({ state: 'published', late: false, sessions: preview.days.length });
    const again = await clerk.post(`/reception-schedules/${draft.id}/publication`);
    expect(again.status).toBe(409);
    const calendar = await must(200, anybody.get(`/public/reception-calendar?unitId=${baDinh}&to=${daysAhead(300)}&limit=200`));
    expect(calendar.items.map(({ onDate }: Json) => onDate)).toEqual(preview.days.map(({ on }: Json) => on));

    // A second one for the same head at the same hour, in another room: nobody sits in two places.
    const second = await must(201, clerk.post('/reception-schedules', aSchedule(office, { roomId: office.rooms[1].id })));
    expect((await clerk.get(`/reception-schedules/${second.id}/preview`)).body.clashes[0]).toMatchObject({ what: 'presider' });
    expect((await clerk.post(`/reception-schedules/${second.id}/publication`)).status).toBe(409);

    const ended = await must(
      200,
      clerk.post(`/reception-schedules/${draft.id}/end`, { from: preview.days[1].on, reason: 'Đổi người đứng đầu' }),
    );
    expect(ended).toMatchObject({ state: 'ended', cancelled: preview.days.length - 1 });
  });

  it('that is published too late is refused, or marked with a reason, as the unit is set', async () => {
    const office = await anOffice(clerk);
    const [soon] = await workingDays(clerk, 1, 1);
    const late = aSchedule(office, {
      recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
      firstOn: soon,
      lastOn: soon,
      startsAt: '13:00',
      endsAt: '16:00',
    });
    const draft = await must(201, clerk.post('/reception-schedules', late));
    const refused = await clerk.post(`/reception-schedules/${draft.id}/publication`);
    expect(refused.body.errors).toMatchObject([{ pointer: '/publishedOn', code: 'too_late' }]);
    const admin = await server.as('commune.admin');
    await must(200, admin.put(`/units/${baDinh}/settings`, { triageMode: 'one_step', latePublication: 'mark' }, { 'if-match': '*' }));
    const unexplained = await clerk.post(`/reception-schedules/${draft.id}/publication`);
    expect(unexplained.body.errors).toMatchObject([{ pointer: '/lateReason', code: 'required' }]);
    const marked = await must(200, clerk.post(`/reception-schedules/${draft.id}/publication`, { lateReason: 'Chủ tịch mới nhậm chức' }));
    expect(marked).toMatchObject({ late: true, lateReason: 'Chủ tịch mới nhậm chức', sessions: 1 });
    await must(200, admin.put(`/units/${baDinh}/settings`, { triageMode: 'one_step', latePublication: 'refuse' }, { 'if-match': '*' }));
  });

  it.each([
    ['FREQ=DAILY', 'recurrence'],
    ['FREQ=MONTHLY', 'recurrence'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'recurrence'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'recurrence'],
    ['FREQ=WEEKLY;BYDAY=MO;COUNT=3', 'recurrence'],
    ['RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=15', 'recurrence'],
    ['FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1;BYSETPOS=4', 'no_day'],
    ['FREQ=WEEKLY;BYDAY=SA,SU', 'no_day', 'skip'],
  ])('refuses the rule %s', async (recurrence, code, onDayOff = 'next_working_day') => {
    const office = await anOffice(clerk);
    const { status, body } = await clerk.post('/reception-schedules', aSchedule(office, { recurrence, onDayOff }));
    expect([status, body.errors]).toMatchObject([422, [{ pointer: '/recurrence', code }]]);
  });

  it('by the 31st leaves short months out, and moves days off as it says', async () => {
    const office = await anOffice(clerk);
    const rule = { firstOn: '2027-01-01', lastOn: '2027-12-31', startsAt: '14:00', endsAt: '16:00' };
    const preview = async (more: object) => {
      const { id } = await must(201, clerk.post('/reception-schedules', aSchedule(office, { ...rule, ...more })));
      return must(200, clerk.get(`/reception-schedules/${id}/preview`));
    };
    const skipping = await preview({ recurrence: 'FREQ=MONTHLY;BYMONTHDAY=31', onDayOff: 'skip' });
    expect(skipping.days.map(({ on }: Json) => on)).toEqual(['2027-03-31', '2027-05-31', '2027-08-31', '2027-12-31']);
    expect(skipping.dropped).toMatchObject([{ on: '2027-01-31' }, { on: '2027-07-31' }, { on: '2027-10-31' }]);
    const moving = await preview({ recurrence: 'FREQ=MONTHLY;BYMONTHDAY=-1', onDayOff: 'previous_working_day', omitted: ['2027-06-30'] });
    // 2027-02-28 and 2027-10-31 are Sundays, 2027-07-31 a Saturday.
    expect(moving.days).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ on: '2027-02-26', movedFrom: '2027-02-28' }),
        expect.objectContaining({ on: '2027-07-30', movedFrom: '2027-07-31' }),
      ]),
    );
    expect(moving.dropped).toMatchObject([{ on: '2027-06-30', why: 'omitted' }]);
    // The Lunar New Year of 2027 falls on 6 February; no official calendar of the year is out.
    const tet = await preview({ recurrence: 'FREQ=WEEKLY;BYDAY=TU', firstOn: '2027-02-01', lastOn: '2027-02-28', onDayOff: 'skip' });
    expect(tet.dropped).toMatchObject([{ on: '2027-02-09', why: 'day_off' }]);
    expect(tet.days[0]).toMatchObject({ on: '2027-02-02', calendarStatus: 'provisional' });
  });

  it('ends where its unit ends', async () => {
    const district = await server.as('district.clerk');
    const office = await anOffice(district, { validFrom: '2014-07-01' });
    const order = aSchedule(office, { firstOn: '2025-01-01', lastOn: '2025-12-31', headTitle: 'Chủ tịch UBND quận Ba Đình' });
    const draft = await must(201, district.post('/reception-schedules', order));
    const { status, body } = await district.post(`/reception-schedules/${draft.id}/publication`, { publishedOn: '2024-12-20' });
    expect([status, body.errors]).toMatchObject([422, [{ pointer: '/lastOn', code: 'unit_not_valid' }]]);
    await must(200, district.put(`/reception-schedules/${draft.id}`, { ...order, lastOn: '2025-06-30' }, { 'if-match': '*' }));
    expect(await must(200, district.post(`/reception-schedules/${draft.id}/publication`, { publishedOn: '2024-12-20' }))).toMatchObject({
      sessions: 12,
    });
  });
});

describe('a session', () => {
  it('uses a room once, also for parallel requests, and sits its head in one place', async () => {
    const office = await anOffice(clerk);
    const session = (more: object) =>
      clerk.post('/reception-sessions', aPeriodicSession(office, days[2]!, { startsAt: '13:00', endsAt: '15:00', ...more }));
    const answers = await Promise.all(Array.from({ length: 8 }, () => session({})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    const regular = await session({ type: 'regular', headName: undefined, headTitle: undefined });
    expect(regular.body).toMatchObject({ type: '/api/v1/problems/conflict', errors: [{ pointer: '/roomIds', code: 'room_taken' }] });
    const elsewhere = await session({ roomIds: [office.rooms[1].id], startsAt: '14:00', endsAt: '16:00' });
    expect(elsewhere.body.errors).toMatchObject([{ code: 'presider_taken' }]);
    expect((await session({ roomIds: [office.rooms[1].id], startsAt: '15:00', endsAt: '16:00' })).status).toBe(201);
  });

  it('is not planned on a day off, in a room of another office, or by video before the law lets it', async () => {
    const office = await anOffice(clerk);
    const other = await anOffice(clerk);
    const faults = async (more: object) => (await clerk.post('/reception-sessions', aPeriodicSession(office, days[3]!, more))).body.errors;
    expect(await faults({ onDate: '2027-01-03' })).toMatchObject([{ pointer: '/onDate', code: 'day_off' }]);
    expect(await faults({ roomIds: [other.rooms[0].id] })).toMatchObject([{ pointer: '/roomIds/0', code: 'unknown_room' }]);
    expect(await faults({ online: true })).toMatchObject([{ pointer: '/roomIds', code: 'two_places' }]);
    expect(await faults({ online: true, onDate: '2026-05-11', publishedOn: '2026-05-01' })).toMatchObject([{ code: 'not_in_force' }]);
    expect(await faults({ type: 'ad_hoc' })).toMatchObject([{ pointer: '/adHocGround', code: 'required' }]);
    expect(await faults({ endsAt: '07:00' })).toMatchObject([{ pointer: '/endsAt' }]);
  });

  it('is held, postponed, delegated and minuted; each change is told with its reason, in the list and in the feed', async () => {
    const office = await anOffice(clerk);
    const [first, second] = [days[5]!, days[7]!];
    const order = aPeriodicSession(office, first, { startsAt: '07:00', endsAt: '07:50' });
    const session = await must(201, clerk.post('/reception-sessions', order));
    const path = `/reception-sessions/${session.id}`;
    const moved = await must(200, clerk.post(`${path}/postponement`, { onDate: second, reason: 'Chủ tịch họp Thành phố' }));
    expect(moved).toMatchObject({ onDate: second, firstPlannedOn: first });
    expect((await clerk.post(`${path}/postponement`, { onDate: second, reason: 'Lại' })).status).toBe(422);
    await must(200, clerk.post(`${path}/delegation`, { name: 'Lê Thu Hường', title: 'Phó Chủ tịch', reason: 'Chủ tịch đi công tác' }));
    await must(200, clerk.post(`${path}/delegation-withdrawal`, { reason: 'Chủ tịch về kịp' }));
    expect((await clerk.get(`${path}/changes`)).body.items.map(({ type }: Json) => type)).toEqual(['postponed', 'delegated', 'taken_back']);

    const told = (await anybody.get(`/public/reception-calendar?unitId=${baDinh}&from=${second}&to=${second}`)).body.items.find(
      ({ id }: Json) => id === session.id,
    );
    expect(told).toMatchObject({ firstPlannedOn: first, delegate: null, change: { reason: 'Chủ tịch về kịp' } });

    const event = async () => {
      const text = await (await anybody.fetch(`/public/units/${baDinh}/reception-calendar.ics`)).text();
      const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
      return new ICAL.Event(
        calendar.getAllSubcomponents('vevent').find((one) => one.getFirstPropertyValue('uid') === `${session.id}@tiepdan`),
      );
    };
    expect([(await event()).sequence, (await event()).startDate.toString()]).toEqual([3, `${second}T07:00:00`]);

    expect((await clerk.post(`${path}/opening`)).body.errors).toMatchObject([{ pointer: '/openedAt', code: 'other_day' }]);
    await must(200, clerk.post(`${path}/cancellation`, { reason: 'Không còn nội dung' }));
    expect((await event()).component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect((await event()).sequence).toBe(4);
    expect((await clerk.post(`${path}/cancellation`, { reason: 'Lại' })).status).toBe(409);
  });

  it('of a past day is opened and closed as it was held: nobody came counts when it is minuted', async () => {
    const office = await anOffice(clerk);
    const order = aPeriodicSession(office, '2026-07-07', { publishedOn: '2026-06-25' });
    const session = await must(201, clerk.post('/reception-sessions', order));
    const path = `/reception-sessions/${session.id}`;
    await must(200, clerk.post(`${path}/opening`, { openedAt: '2026-07-07T08:00:00+07:00' }));
    const unminuted = await clerk.post(`${path}/closing`, { closedAt: '2026-07-07T11:30:00+07:00' });
    expect(unminuted.body.errors).toMatchObject([{ pointer: '/noCitizenMinutes', code: 'required' }]);
    const closing = { closedAt: '2026-07-07T11:30:00+07:00', noCitizenMinutes: 'Không có công dân đến.' };
    const closed = await must(200, clerk.post(`${path}/closing`, closing));
    expect(closed).toMatchObject({ state: 'closed', heldBy: 'head', visits: 0 });
    const task = { unitId: baDinh, description: 'Rà soát phương án bồi thường', dueOn: '2026-07-20' };
    const { id } = await must(201, clerk.post(`${path}/tasks`, task));
    expect((await clerk.get(`/reception-tasks?open=true`)).body.items).toMatchObject([{ id, alert: 'backlog' }]);
    await must(200, leader.post(`/reception-tasks/${id}/completion`, { result: 'Đã báo cáo' }));
    expect((await leader.post(`/reception-tasks/${id}/completion`, { result: 'Lại' })).status).toBe(409);
    const notice = { paper: 'reception_conclusion_notice', signerTitle: 'Chủ tịch', signerName: 'Trần Văn Đức' };
    const nothing = await clerk.post(`${path}/documents`, notice);
    expect(nothing.body.errors).toMatchObject([{ pointer: '/paper', code: 'nothing_to_write' }]);
  });

  it('ends with what the head concluded, which is told with the tasks that he gave', async () => {
    const office = await anOffice(clerk);
    const session = await must(
      201,
      clerk.post('/reception-sessions', aPeriodicSession(office, '2026-07-14', { publishedOn: '2026-06-25' })),
    );
    const path = `/reception-sessions/${session.id}`;
    await must(200, clerk.post(`${path}/opening`, { openedAt: '2026-07-14T08:00:00+07:00' }));
    await must(
      201,
      clerk.post('/reception-visits', {
        officeId: office.id,
        sessionId: session.id,
        kind: 'recommendation',
        visitors: [{ name: 'Nguyễn Văn Hoà', nationalId: 'C1234567', address: 'Số 5 phố Trấn Vũ' }],
        matter: 'Kiến nghị sửa đường ngõ 12',
        receiverName: 'Nguyễn Thị Hoà',
        startedAt: '2026-07-14T08:30:00+07:00',
        outcome: { result: 'explained', endedAt: '2026-07-14T09:00:00+07:00' },
      }),
    );
    const conclusion = 'Giao đơn vị quản lý đường sửa mặt ngõ 12 trước mùa mưa.';
    await must(200, clerk.post(`${path}/closing`, { closedAt: '2026-07-14T11:30:00+07:00', minutes: 'Một người đến.', conclusion }));
    await must(201, clerk.post(`${path}/tasks`, { unitId: baDinh, description: 'Sửa mặt ngõ 12', dueOn: '2026-08-14' }));
    const order = { paper: 'reception_conclusion_notice', signerTitle: 'Chủ tịch', signerName: 'Trần Văn Đức', issuedOn: '2026-07-15' };
    const paper = await must(201, clerk.post(`${path}/documents`, order));
    const { value } = await mammoth.extractRawText({ buffer: await clerk.download(`/documents/${paper.id}/file`) });
    expect(value).toContain('Kết luận việc tiếp công dân ngày 14/07/2026');
    expect(value).toContain(conclusion);
    expect(value).toMatch(/1\. .*Ba Đình: Sửa mặt ngõ 12\. Hoàn thành trước ngày 14\/08\/2026\./);
  });
});

describe('the check of the days of the head', () => {
  it('asks a commune one day a week until 2026-06-30 and two a month since, and counts what was held, by whom', async () => {
    const [hoanKiem, boss] = await Promise.all([server.as('hoankiem.clerk'), server.as('hoankiem.leader')]);
    const office = await anOffice(hoanKiem);
    const hold = async (onDate: string, opening: object = {}) => {
      const published = { publishedOn: '2026-06-01' };
      const { id } = await must(201, hoanKiem.post('/reception-sessions', aPeriodicSession(office, onDate, published)));
      await must(200, hoanKiem.post(`/reception-sessions/${id}/opening`, { openedAt: `${onDate}T08:00:00+07:00`, ...opening }));
      const closing = { closedAt: `${onDate}T11:00:00+07:00`, noCitizenMinutes: 'Không có công dân đến.' };
      await must(200, hoanKiem.post(`/reception-sessions/${id}/closing`, closing));
    };
    await hold('2026-06-16');
    await hold('2026-06-23', { heldBy: 'delegate', delegateName: 'Lê Thu Hường', reason: 'Chủ tịch đi công tác' });
    await hold('2026-07-07');
    await hold('2026-07-21');
    await hold('2026-08-04');
    const missed = await must(
      201,
      hoanKiem.post('/reception-sessions', aPeriodicSession(office, '2026-08-18', { publishedOn: '2026-06-01' })),
    );
    const { items } = await must(200, boss.get('/reception-head-days?from=2026-06-15&to=2026-08-31'));
    expect(items).toHaveLength(1);
    const periods = Object.fromEntries(items[0].periods.map((period: Json) => [period.from, period]));
    expect(periods['2026-06-15']).toMatchObject({ per: 'week', required: 1, status: 'fulfilled', withoutVisitors: ['2026-06-16'] });
    expect(periods['2026-06-22']).toMatchObject({ status: 'not_fulfilled', heldInPerson: [], delegated: ['2026-06-23'] });
    // The week of the change of the law belongs to neither version as a whole.
    expect(periods['2026-06-29']).toMatchObject({ required: 0, status: 'nothing_asked', nothingAsked: 'not_whole' });
    expect(periods['2026-07-01']).toMatchObject({
      per: 'month',
      required: 2,
      status: 'fulfilled',
      heldInPerson: ['2026-07-07', '2026-07-21'],
    });
    expect(periods['2026-08-01']).toMatchObject({ required: 2, status: 'not_fulfilled', missed: ['2026-08-18'] });
    expect(items[0].totals).toMatchObject({ required: 6, planned: 6, heldInPerson: 4, delegated: 1, missed: 1 });

    // Held on another day of the same month, it counts; in the next month it would not.
    await must(200, hoanKiem.post(`/reception-sessions/${missed.id}/postponement`, { onDate: '2026-08-25', reason: 'Họp đột xuất' }));
    await must(200, hoanKiem.post(`/reception-sessions/${missed.id}/opening`, { openedAt: '2026-08-25T08:00:00+07:00' }));
    await must(
      200,
      hoanKiem.post(`/reception-sessions/${missed.id}/closing`, {
        closedAt: '2026-08-25T11:00:00+07:00',
        noCitizenMinutes: 'Không ai đến.',
      }),
    );
    const after = (await boss.get('/reception-head-days?from=2026-08-01&to=2026-08-31')).body.items[0];
    expect(after.periods).toMatchObject([{ status: 'fulfilled', postponed: [{ from: '2026-08-18', to: '2026-08-25', madeUp: true }] }]);

    const city = await server.as('city.analyst');
    const whole = await must(200, city.get('/reception-head-days?from=2026-07-01&to=2026-08-31&includeSubordinates=true'));
    expect(whole.items.length).toBeGreaterThanOrEqual(7);
    expect(whole.items.find(({ unit }: Json) => unit.level === 'province').totals.required).toBe(2);
  });
});

describe('what stands in the way', () => {
  it('of a day that became a holiday is told with a new day, and of a unit that ended with its successors', async () => {
    const office = await anOffice(clerk);
    const day = days[12]!;
    const session = await must(
      201,
      clerk.post('/reception-sessions', aPeriodicSession(office, day, { startsAt: '16:00', endsAt: '17:00' })),
    );
    const central = await server.as('city.admin');
    const year = Number(day.slice(0, 4));
    const kept = (await central.get(`/calendar/years/${year}`)).body;
    const closed = {
      ...kept,
      days: [
        ...kept.days.filter((one: Json) => one.date !== day),
        { date: day, working: false, name: 'Ngày Quốc tang', status: 'official' },
      ],
    };
    const body = { status: closed.status, source: closed.source, days: closed.days };
    await must(200, central.put(`/calendar/years/${year}`, body, { 'if-match': '*' }));
    const found = (await clerk.get('/reception-sessions/obstacles')).body.items.find((one: Json) => one.session.id === session.id);
    expect(found).toMatchObject({ type: 'day_off', dayName: 'Ngày Quốc tang' });
    expect(found.proposedOn > day).toBe(true);
    await must(200, clerk.post(`/reception-sessions/${session.id}/postponement`, { onDate: found.proposedOn, reason: 'Ngày Quốc tang' }));
    expect((await clerk.get('/reception-sessions/obstacles')).body.items).toEqual([]);
    const issue = { paper: 'schedule_change_notice', signerTitle: 'Chủ tịch', signerName: 'Trần Văn Đức' };
    const notice = await must(201, clerk.post(`/reception-sessions/${session.id}/documents`, issue));
    const { value } = await mammoth.extractRawText({ buffer: await clerk.download(`/documents/${notice.id}/file`) });
    expect(value).toContain('Vì lý do: Ngày Quốc tang');
    expect(value).toContain(`chuyển sang ngày ${found.proposedOn.split('-').reverse().join('/')}, từ 16:00 đến 17:00`);
    const unheld = await clerk.post(`/reception-sessions/${session.id}/documents`, { ...issue, paper: 'no_citizen_minutes' });
    expect(unheld.body.errors).toMatchObject([{ pointer: '/paper', code: 'nothing_to_write' }]);

    // The unit ends before the session; the city's leader hands it on.
    await server.sql(`update unit set valid_to = $2 where id = $1`, [baDinh, daysAhead(10)]);
    const leaderOfCity = await server.as('city.leader');
    const ended = async () => (await leaderOfCity.get('/reception-sessions/obstacles?includeSubordinates=true')).body.items;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await ended()).find((one: Json) => one.session.id === session.id)).toMatchObject({ type: 'unit_ended' });
    const neighbour = await server.as('hoankiem.clerk');
    const target = await anOffice(neighbour);
    const order = { unitId: target.unit.id, officeId: target.id, roomIds: [target.rooms[0].id], reason: 'Sắp xếp đơn vị' };
    expect((await neighbour.post(`/reception-sessions/${session.id}/handover`, order)).status).toBe(403);
    const handed = await must(200, leaderOfCity.post(`/reception-sessions/${session.id}/handover`, order));
    expect(handed).toMatchObject({ unit: { id: target.unit.id }, office: { id: target.id } });
    await server.sql(`update unit set valid_to = null where id = $1`, [baDinh]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
  });
});

describe('the feed', () => {
  it('is sound iCalendar, is kept by ETag, and is open to anybody', async () => {
    const answer = await anybody.fetch(`/public/units/${baDinh}/reception-calendar.ics`);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = await answer.text();
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).toContain('TZOFFSETTO:+0700');
    expect(text.match(/^DTSTAMP:\d{8}T\d{6}Z$/gm)?.length).toBe(text.match(/^BEGIN:VEVENT$/gm)?.length);
    const uids = text.match(/^UID:.*$/gm)!;
    expect(new Set(uids).size).toBe(uids.length);
    const again = await anybody.fetch(`/public/units/${baDinh}/reception-calendar.ics`, { 'if-none-match': answer.headers.get('etag')! });
    expect(again.status).toBe(304);
    expect((await anybody.get('/public/units/0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11/reception-calendar.ics')).status).toBe(404);
  });

  it('of a unit that went into another one as a whole goes on with its successor', async () => {
    const trucBach = await unitId(clerk, '00004', '2024-05-11');
    expect(trucBach).not.toBe(baDinh);
    const text = await (await anybody.fetch(`/public/units/${trucBach}/reception-calendar.ics`)).text();
    expect(text).toContain('BEGIN:VEVENT');
  });
});
