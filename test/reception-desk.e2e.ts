import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { anOffice, aPeriodicSession, daysAhead, must, workingDays } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;
let clerk: Client;
let anybody: Client;
let days: string[];

beforeAll(async () => {
  // Everybody calls from one address here; what stands against a bot is in public-booking.e2e.ts.
  const many = Object.fromEntries(
    ['PUBLIC_LIMIT', 'BOOKINGS_PER_ADDRESS', 'BOOKINGS_PER_CONTACT', 'BOOKINGS_HELD_PER_ADDRESS'].map((name) => [
      `TIEPDAN_${name}`,
      '100000',
    ]),
  );
  server = await startServer({ env: { ...many, TIEPDAN_WORKERS: '0' } });
  [clerk, anybody] = await Promise.all([server.as('commune.clerk'), server.as()]);
  days = await workingDays(clerk, 20, 40);
  const admin = await server.as('commune.admin');
  const { unit } = (await admin.get('/auth/me')).body;
  await must(200, admin.put(`/units/${unit.id}/settings`, { triageMode: 'one_step', unconfirmedShare: 100 }, { 'if-match': '*' }));
});
afterAll(() => server.stop());

let hours = 7;
/** A day of the head with slots that anybody may book; each in another hour, because the head sits in one place. */
async function aBookableSession(office: Json, onDate: string, more: object = {}): Promise<Json> {
  const hour = String(++hours).padStart(2, '0');
  const slots = { startsAt: `${hour}:00`, endsAt: `${hour}:50`, slotMinutes: 10, placesPerSlot: 4, publicBooking: true };
  return must(201, clerk.post('/reception-sessions', aPeriodicSession(office, onDate, { ...slots, ...more })));
}

const aBooking = (slotAt: string, index: number, more: object = {}): Json => ({
  slotAt,
  name: `Trần Thị ${index}`,
  phone: `09${String(10_000_000 + index)}`,
  matter: 'Đề nghị xem xét phương án bồi thường',
  kind: 'complaint',
  ...more,
});

describe('an appointment', () => {
  it('of 500 parallel bookings for 20 places gives exactly 20', async () => {
    const session = await aBookableSession(await anOffice(clerk), days[0]!);
    const slots = (await anybody.get(`/public/reception-sessions/${session.id}/slots`)).body.items;
    expect(slots.map(({ free }: Json) => free)).toEqual([4, 4, 4, 4, 4]);
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        anybody.post(`/public/reception-sessions/${session.id}/appointments`, aBooking(slots[index % 5].startsAt, index)),
      ),
    );
    const booked = answers.filter(({ status }) => status === 201);
    expect(booked).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(480);
    const numbers = booked.map(({ body }) => Number(body.number.slice(-6))).sort((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => numbers[0]! + index));
    expect((await clerk.get(`/reception-sessions/${session.id}`)).body).toMatchObject({ places: 20, booked: 20 });
    expect((await clerk.get(`/reception-sessions/${session.id}/appointments`)).body.items).toHaveLength(20);
  });

  it('is looked up and given back with number and code, and told nobody without', async () => {
    const session = await aBookableSession(await anOffice(clerk), days[0]!);
    const at = session.startsAt.slice(11, 16);
    const path = `/public/reception-sessions/${session.id}/appointments`;
    const booked = await must(201, anybody.post(path, aBooking(at, 1)));
    expect(booked).not.toHaveProperty('booker');
    const [held] = (await clerk.get(`/reception-sessions/${session.id}/appointments`)).body.items;
    await must(200, clerk.post(`/reception-appointments/${held.id}/confirmation`));
    for (const again of [aBooking(at, 1), aBooking(at, 1, { phone: '+84 9 1000 0001' })])
      expect((await clerk.post(`/reception-sessions/${session.id}/appointments`, again)).body.errors).toMatchObject([
        { pointer: '/phone', code: 'booked_already' },
      ]);
    expect((await anybody.post(path, aBooking('23:00', 2))).body.errors).toMatchObject([{ pointer: '/slotAt', code: 'unknown_slot' }]);
    expect((await anybody.get(`/public/appointments/${booked.number}?code=${booked.code.toLowerCase()}`)).body).toMatchObject({
      state: 'confirmed',
    });
    for (let attempt = 0; attempt < 5; attempt++)
      expect((await anybody.get(`/public/appointments/${booked.number}?code=0000`)).status).toBe(404);
    expect((await anybody.get(`/public/appointments/${booked.number}?code=${booked.code}`)).status).toBe(429);
    await server.sql('delete from status_guess');
    const cancelled = await must(200, anybody.post(`/public/appointments/${booked.number}/cancellation`, { code: booked.code }));
    expect(cancelled).toMatchObject({ state: 'cancelled' });
    expect((await anybody.post(`/public/appointments/${booked.number}/cancellation`, { code: booked.code })).status).toBe(409);
    expect((await clerk.get(`/reception-sessions/${session.id}`)).body.booked).toBe(0);
    expect((await anybody.post(path, aBooking(at, 1))).status).toBe(201);
  });

  it('is told again to whoever did not hear the answer, and lies under the seal', async () => {
    const session = await aBookableSession(await anOffice(clerk), days[0]!);
    const at = session.startsAt.slice(11, 16);
    const path = `/public/reception-sessions/${session.id}/appointments`;
    const key = { 'idempotency-key': '1' };
    const booked = await must(201, anybody.post(path, aBooking(at, 1), key));
    const again = await anybody.post(path, aBooking(at, 1), key);
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([201, booked, 'true']);
    // Another one may choose the same key, and hears nothing of the first.
    const other = await anybody.post(path, aBooking(at, 2), key);
    expect([other.status, other.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect(other.body.number).not.toBe(booked.number);
    expect((await clerk.get(`/reception-sessions/${session.id}`)).body.booked).toBe(2);
    const parallel = await Promise.all(Array.from({ length: 10 }, () => anybody.post(path, aBooking(at, 3), key)));
    expect(parallel.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(new Set(parallel.filter(({ status }) => status === 201).map(({ body }) => body.code)).size).toBe(1);
    const stored = await server.sql<{ account_id: string | null; text: string }>(
      'select account_id, row_to_json(k)::text as text from idempotency_key k where account_id is null',
    );
    expect(stored).toHaveLength(3);
    for (const { text } of stored) expect(text).not.toMatch(new RegExp(`${booked.code}|${booked.number}`));
  });

  it('is moved, confirmed and shown at the counter; whoever denounces is not, and lies sealed', async () => {
    const office = await anOffice(clerk);
    const [session, other] = [await aBookableSession(office, days[0]!), await aBookableSession(office, days[1]!)];
    const [at, later] = [session.startsAt.slice(11, 16), other.startsAt.slice(11, 16)];
    const open = await must(
      201,
      clerk.post(`/reception-sessions/${session.id}/appointments`, aBooking(at, 31, { nationalId: '001082012345' })),
    );
    expect(open.booker).toMatchObject({ name: 'Trần Thị 31', nationalId: '•••••••••345' });
    const slip = await must(
      201,
      clerk.post(`/reception-appointments/${open.id}/documents`, { signerTitle: 'Công chức', signerName: 'Lê Thu Hường' }),
    );
    const { value } = await mammoth.extractRawText({ buffer: await clerk.download(`/documents/${slip.id}/file`) });
    expect(value).toContain('tiếp nhận đề nghị của Trần Thị 31');
    expect(value).toContain(`hồi ${at} ngày ${days[0]!.split('-').reverse().join('/')}`);
    const secret = { kind: 'denunciation', name: 'Kiều Hoạ Mi', matter: 'Tôi là Kiều Hoạ Mi, tố cáo cán bộ địa chính' };
    const hidden = await must(201, clerk.post(`/reception-sessions/${session.id}/appointments`, aBooking(at, 32, secret)));
    expect(hidden).toMatchObject({ booker: null, identitySecret: true });
    const listed = JSON.stringify((await clerk.get(`/reception-sessions/${session.id}/appointments`)).body);
    expect(listed).not.toMatch(/Hoạ Mi/);
    const [stored] = await server.sql<{ row: string }>('select row_to_json(a)::text as row from reception_appointment a where id = $1', [
      hidden.id,
    ]);
    expect(stored!.row).not.toMatch(/Hoạ Mi|0910000032/);

    const moved = await must(
      200,
      clerk.post(`/reception-appointments/${open.id}/rescheduling`, { sessionId: other.id, slotAt: later, reason: 'Bận' }),
    );
    expect(moved).toMatchObject({ sessionId: other.id, rescheduled: true, state: 'booked' });
    await must(200, clerk.post(`/reception-appointments/${open.id}/confirmation`));
    expect((await clerk.post(`/reception-appointments/${open.id}/arrival`)).status).toBe(409);
    expect((await clerk.get(`/reception-sessions/${session.id}`)).body.booked).toBe(1);
    expect((await clerk.get(`/reception-sessions/${other.id}`)).body.booked).toBe(1);

    // Fewer places than are booked: refused, naming the slot; more: given.
    const fewer = await clerk.patch(
      `/reception-sessions/${other.id}`,
      { slotMinutes: 25, placesPerSlot: 1, reason: 'Ít người' },
      { 'if-match': '*' },
    );
    expect(fewer.status).toBe(200);
    await must(201, clerk.post(`/reception-sessions/${session.id}/appointments`, aBooking(at, 33)));
    const lowered = await clerk.patch(`/reception-sessions/${session.id}`, { placesPerSlot: 1, reason: 'Ít người' }, { 'if-match': '*' });
    expect(lowered.body).toMatchObject({ type: '/api/v1/problems/conflict', startsAt: at, booked: 2 });
    const raised = await must(
      200,
      clerk.patch(`/reception-sessions/${session.id}`, { placesPerSlot: 6, reason: 'Đông' }, { 'if-match': '*' }),
    );
    expect(raised).toMatchObject({ places: 30, booked: 2 });

    // The session is cancelled: its appointments end with it.
    await must(200, clerk.post(`/reception-sessions/${session.id}/cancellation`, { reason: 'Chủ tịch họp' }));
    const ended = (await clerk.get(`/reception-sessions/${session.id}/appointments`)).body.items;
    expect(ended.map(({ state, stateReason }: Json) => [state, stateReason])).toEqual([
      ['cancelled', 'Chủ tịch họp'],
      ['cancelled', 'Chủ tịch họp'],
    ]);
    expect((await anybody.get(`/public/reception-sessions/${session.id}/slots`)).status).toBe(404);
  });

  it('is refused where nobody may book, and for what lies behind', async () => {
    const office = await anOffice(clerk);
    const closed = await aBookableSession(office, days[2]!, { publicBooking: false });
    expect((await anybody.get(`/public/reception-sessions/${closed.id}/slots`)).status).toBe(404);
    expect((await anybody.post(`/public/reception-sessions/${closed.id}/appointments`, aBooking('08:00', 1))).status).toBe(404);
    const regular = await aBookableSession(office, days[3]!, { type: 'regular', publicBooking: false });
    expect((await anybody.get(`/public/reception-sessions/${regular.id}/slots`)).status).toBe(404);
    await must(200, clerk.patch(`/reception-sessions/${regular.id}`, { publicBooking: true, reason: 'Cho đăng ký' }, { 'if-match': '*' }));
    expect((await anybody.get(`/public/reception-sessions/${regular.id}/slots`)).body.items).toHaveLength(5);
    const told = (await anybody.get(`/public/reception-calendar?unitId=${office.unit.id}&from=${days[3]}&to=${days[3]}`)).body.items;
    expect(told).toMatchObject([{ id: regular.id, type: 'regular', publicBooking: true }]);
    const past = await aBookableSession(office, '2026-07-07', { publishedOn: '2026-06-20' });
    const at = past.startsAt.slice(11, 16);
    expect((await anybody.post(`/public/reception-sessions/${past.id}/appointments`, aBooking(at, 1))).status).toBe(409);
    expect((await anybody.post(`/public/reception-sessions/${past.id}/appointments`, { slotAt: at, name: 'A' })).body.errors).toMatchObject(
      [{ pointer: '/name' }, { pointer: '/phone' }, { pointer: '/matter' }],
    );
  });
});

describe('the queue', () => {
  it('numbers tickets without gaps, and two counters that call at once get two of them', async () => {
    const office = await anOffice(clerk);
    const issue = (more: object = {}) => clerk.post(`/reception-offices/${office.id}/tickets`, more);
    const issued = await Promise.all(Array.from({ length: 12 }, () => issue()));
    expect(issued.map(({ body }) => body.number).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
    await must(201, issue({ priority: true }));
    const [roomId, other] = office.rooms.map(({ id }: Json) => id);
    const call = (room: string) => clerk.post(`/reception-offices/${office.id}/calls`, { roomId: room });
    expect((await must(200, call(roomId))).number).toBe(13);
    const called = await Promise.all(Array.from({ length: 12 }, (_, index) => call(index % 2 ? roomId : other)));
    expect(called.map(({ body }) => body.number).sort((one, two) => one - two)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
    expect((await call(roomId)).status).toBe(409);

    const [ticket] = called.map(({ body }) => body);
    const step = (name: string, body: object = {}) => clerk.post(`/reception-tickets/${ticket.id}/${name}`, body);
    await must(200, step('skip'));
    expect((await step('skip')).status).toBe(409);
    expect(await must(200, step('recall', { roomId: other }))).toMatchObject({ state: 'called', calls: 2, roomName: 'Phòng 2' });
    await must(200, step('skip'));
    await must(200, step('return'));
    expect((await must(200, call(roomId))).id).toBe(ticket.id);
    await must(200, step('no-show'));
    expect((await step('recall')).status).toBe(409);
    const stranger = await server.as('hoankiem.clerk');
    expect((await stranger.post(`/reception-offices/${office.id}/calls`, { roomId })).status).toBe(403);
  });

  it('calls an appointment before the others once its time has come', async () => {
    const office = await anOffice(clerk);
    const today = daysAhead(0);
    const [row] = await server.sql<{ id: string }>(
      `insert into reception_session (unit_id, office_id, type, on_date, first_planned_on, starts_at, ends_at, slot_minutes)
       values ($1, $2, 'regular', $3, $3, '00:00', '23:59', 1) returning id`,
      [office.unit.id, office.id, today],
    );
    const inAnHour = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(11, 16);
    // Over midnight there is no later slot of the day.
    const slot = inAnHour > '01:00' ? inAnHour : '23:58';
    await server.sql(`insert into reception_slot (session_id, starts_at, places) values ($1, $2, 3)`, [row!.id, slot]);
    const booking = aBooking(slot, 41);
    const appointment = await must(201, clerk.post(`/reception-sessions/${row!.id}/appointments`, booking));
    await must(201, clerk.post(`/reception-offices/${office.id}/tickets`));
    const arrived = await must(201, clerk.post(`/reception-appointments/${appointment.id}/arrival`));
    expect(arrived).toMatchObject({ number: 2, dueAt: slot, appointmentNumber: appointment.number });
    await must(201, clerk.post(`/reception-offices/${office.id}/tickets`));
    // It comes early: until its time it waits in turn.
    expect((await must(200, clerk.post(`/reception-offices/${office.id}/calls`, { roomId: office.rooms[0].id }))).number).toBe(1);
    await must(201, clerk.post(`/reception-offices/${office.id}/tickets`));
    await server.sql(`update reception_ticket set due_at = '00:00' where id = $1`, [arrived.id]);
    expect((await must(200, clerk.post(`/reception-offices/${office.id}/calls`, { roomId: office.rooms[0].id }))).number).toBe(2);
  });
});

describe('the board', () => {
  it('tells every screen each change at once, with numbers and rooms and nobody’s name', async () => {
    const office = await anOffice(clerk);
    const screen = await openScreen(office.id);
    expect((await screen.next()).data).toMatchObject({ waiting: 0, called: [] });
    await must(201, clerk.post(`/reception-offices/${office.id}/tickets`));
    const waiting = await screen.until((board) => board.waiting === 1);
    expect(waiting.next).toEqual([1]);
    await must(200, clerk.post(`/reception-offices/${office.id}/calls`, { roomId: office.rooms[0].id }));
    const called = await screen.until((board) => board.called.length === 1);
    expect(called.called).toMatchObject([{ number: 1, room: 'Phòng 1', calls: 1 }]);
    // Another instance's write is a write past this one.
    await server.sql(`update reception_ticket set state = 'skipped' where office_id = $1`, [office.id]);
    expect((await screen.until((board) => board.skipped.length === 1)).skipped).toEqual([1]);
    screen.close();
    const { body } = await anybody.get(`/public/reception-offices/${office.id}/board`);
    expect(body).toMatchObject({ officeId: office.id, waiting: 0, skipped: [1] });
    const missing = '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11';
    expect((await anybody.get(`/public/reception-offices/${missing}/board/events`)).status).toBe(404);
  });

  it('has the day of Viet Nam, wherever the machine stands, and lets the server stop while screens are open', async () => {
    const another = await startServer({ env: { TIEPDAN_WORKERS: '0', TZ: 'America/New_York' } });
    const desk = await another.as('commune.clerk');
    const office = await anOffice(desk);
    expect((await desk.get(`/public/reception-offices/${office.id}/board`)).body.onDate).toBe(daysAhead(0));
    const response = await desk.fetch(`/public/reception-offices/${office.id}/board/events`);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const reader = response.body!.getReader();
    await reader.read();
    const started = Date.now();
    const ended = (async () => {
      while (!(await reader.read()).done);
    })();
    await another.stop();
    await ended;
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});

interface Screen {
  next(): Promise<{ event: string; id: string; data: Json }>;
  until(wanted: (board: Json) => boolean): Promise<Json>;
  close(): void;
}

/** A screen as a browser opens it: reads the stream and cuts it into events. */
async function openScreen(officeId: string): Promise<Screen> {
  const control = new AbortController();
  const response = await (await server.as()).fetch(`/public/reception-offices/${officeId}/board/events`, {}, control.signal);
  expect(response.status).toBe(200);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  const next: Screen['next'] = async () => {
    for (;;) {
      const end = buffer.indexOf('\n\n');
      if (end >= 0) {
        const lines = buffer.slice(0, end).split('\n');
        buffer = buffer.slice(end + 2);
        const of = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
        if (of('event') === 'board') return { event: 'board', id: of('id'), data: JSON.parse(of('data')) };
        continue;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error('The stream ended');
      buffer += value;
    }
  };
  return {
    next,
    until: async (wanted) => {
      for (let tries = 0; tries < 20; tries++) {
        const { data } = await next();
        if (wanted(data)) return data;
      }
      throw new Error('The board never said so');
    },
    close: () => control.abort(),
  };
}
