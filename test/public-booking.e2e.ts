import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, Client, type Json } from './support/client.js';
import { anOffice, aPeriodicSession, must, workingDays } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

let server: TestServer;
let gateway: Server;
let clerk: Client;
let admin: Client;
let office: Json;
let days: string[];
/** What the city's gateway was given. */
const messages: { headers: NodeJS.Dict<string | string[]>; body: Json }[] = [];
let refusals = 0;
const token = 'the-token-of-the-message-gateway';

beforeAll(async () => {
  gateway = createServer((request, response) => {
    void text(request).then((body) => {
      if (refusals-- > 0) return response.writeHead(503).end();
      messages.push({ headers: request.headers, body: JSON.parse(body) });
      return response.writeHead(202).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => gateway.once('listening', resolve));
  server = await startServer({
    env: {
      TIEPDAN_PUBLIC_LIMIT: '100000',
      TIEPDAN_TRUST_PROXY: '127.0.0.1',
      TIEPDAN_MESSAGE_GATEWAY_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/messages`,
      TIEPDAN_MESSAGE_GATEWAY_TOKEN: token,
      LOG_LEVEL: 'trace',
    },
  });
  [clerk, admin] = await Promise.all([server.as('commune.clerk'), server.as('commune.admin')]);
  days = await workingDays(clerk, 20, 70);
  office = await anOffice(clerk);
});
afterAll(async () => {
  await server.stop();
  gateway.close();
});

let used = 0;
/** A day of the head that anybody may book; 20 places where nothing else is said. */
function aSession(more: object = {}): Promise<Json> {
  const slots = { startsAt: '08:00', endsAt: '08:50', slotMinutes: 10, placesPerSlot: 4, publicBooking: true };
  return must(201, clerk.post('/reception-sessions', aPeriodicSession(office, days[used++]!, { ...slots, ...more })));
}

let callers = 0;
/** Somebody at an address of the public network. */
function book(session: Json, order: object = {}, address = `198.51.${Math.floor(++callers / 250)}.${callers % 250}`): Promise<Answer> {
  const caller = ++callers;
  const booking = {
    slotAt: '08:00',
    name: `Trần Thị ${caller}`,
    phone: `09${String(20_000_000 + caller)}`,
    matter: 'Đề nghị bồi thường',
    ...order,
  };
  return new Anybody(server.url, address).post(`/public/reception-sessions/${session.id}/appointments`, booking);
}

/** Calls from an address that a balancer tells. */
class Anybody {
  private readonly client: Client;

  constructor(
    url: string,
    private readonly address: string,
  ) {
    this.client = new Client(url);
  }

  post(path: string, body: object): Promise<Answer> {
    return this.client.post(path, body, { 'x-forwarded-for': this.address });
  }

  get(path: string): Promise<Answer> {
    return this.client.get(path, { 'x-forwarded-for': this.address });
  }
}

async function setUnit(settings: object): Promise<Answer> {
  const { unit } = (await admin.get('/auth/me')).body;
  return admin.put(`/units/${unit.id}/settings`, { triageMode: 'one_step', ...settings }, { 'if-match': '*' });
}

const freeOf = async (session: Json): Promise<number> =>
  (await clerk.get(`/reception-sessions/${session.id}/slots`)).body.items.reduce((sum: number, { free }: Json) => sum + free, 0);
/** Lets what is held now have been held too long. */
const letTimePass = (session: Json): Promise<unknown> =>
  server.sql(`update reception_appointment set held_until = now() - interval '1 second' where session_id = $1 and held_until is not null`, [
    session.id,
  ]);

describe('a booking that the office confirms', () => {
  it('holds its place until the office closes on the next working day, and is one’s own once it is confirmed', async () => {
    const session = await aSession();
    const { status, body } = await book(session);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'booked', confirmBy: 'office' });
    expect(Date.parse(body.heldUntil)).toBeGreaterThan(Date.now());
    expect(new Date(body.heldUntil).toISOString()).toMatch(/T10:00:00\.000Z$/);
    const [listed] = (await clerk.get(`/reception-sessions/${session.id}/appointments`)).body.items;
    expect(listed).toMatchObject({ state: 'booked', heldUntil: body.heldUntil, booker: { phone: expect.any(String) } });
    expect(await must(200, clerk.post(`/reception-appointments/${listed.id}/confirmation`))).toMatchObject({
      state: 'confirmed',
      heldUntil: null,
    });
    await letTimePass(session);
    expect(await freeOf(session)).toBe(19);
  });

  it('that nobody confirms is free again at once when its time is over', async () => {
    const session = await aSession({ endsAt: '08:10', placesPerSlot: 2 });
    await setUnit({ unconfirmedShare: 100 });
    const first = await must(201, book(session));
    await must(201, book(session));
    expect((await book(session)).body.errors).toMatchObject([{ code: 'full' }]);
    await letTimePass(session);
    expect(await freeOf(session)).toBe(2);
    expect((await clerk.get(`/reception-sessions/${session.id}`)).body).toMatchObject({ places: 2, booked: 0 });
    const holder = new Anybody(server.url, '203.0.113.9');
    expect((await holder.get(`/public/appointments/${first.number}?code=${first.code}`)).body).toMatchObject({ state: 'lapsed' });
    expect((await holder.post(`/public/appointments/${first.number}/cancellation`, { code: first.code })).status).toBe(409);
    const answers = await Promise.all(Array.from({ length: 30 }, () => book(session)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect((await server.sql('select booked from reception_slot where session_id = $1', [session.id]))[0]).toEqual({ booked: 2 });
    await setUnit({ unconfirmedShare: 50 });
  });
});

describe('a bot', () => {
  it('at one address holds two places of a session that nobody has confirmed, however it writes its address', async () => {
    const session = await aSession();
    const answers = await Promise.all(Array.from({ length: 40 }, () => book(session, {}, '203.0.113.7')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    const refused = answers.find(({ body }) => body.errors?.[0].code === 'held')!;
    expect([refused.status, Date.parse(refused.body.retryAt) > Date.now()]).toEqual([409, true]);
    expect(refused.body.detail).toMatch(/^Kết nối mạng này đang giữ 2 lượt chưa xác nhận/);
    const v6 = await Promise.all(
      Array.from({ length: 20 }, (_, index) => book(session, { slotAt: '08:10' }, `2001:db8:7:7::${index + 1}`)),
    );
    expect(v6.filter(({ status }) => status === 201)).toHaveLength(2);
    // What is confirmed is held no longer.
    const [listed] = (await clerk.get(`/reception-sessions/${session.id}/appointments`)).body.items;
    await must(200, clerk.post(`/reception-appointments/${listed.id}/confirmation`));
    await must(201, book(session, {}, '203.0.113.7'));
    expect((await book(session, {}, '203.0.113.7')).status).toBe(409);
    expect(await freeOf(session)).toBe(15);
  });

  it('at one address is told no after ten places a day', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 5; index++) {
      const session = await aSession();
      for (let place = 0; place < 2; place++) statuses.push((await book(session, {}, '203.0.113.8')).status);
    }
    expect(statuses).toEqual(Array(10).fill(201));
    const refused = await book(await aSession(), {}, '203.0.113.8');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect(refused.body.detail).toMatch(/10 lượt đăng ký từ kết nối mạng này/);
  });

  it('with invented numbers from everywhere cannot exhaust a day', async () => {
    const session = await aSession();
    const slots = ['08:00', '08:10', '08:20', '08:30', '08:40'];
    const answers = await Promise.all(Array.from({ length: 300 }, (_, index) => book(session, { slotAt: slots[index % 5] })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(answers.some(({ body }) => body.errors?.[0].code === 'held')).toBe(true);
    expect(await freeOf(session)).toBe(10);
    // Whoever calls or comes still gets a place.
    const { body } = await clerk.get(`/reception-sessions/${session.id}/slots`);
    const { startsAt } = body.items.find(({ free }: Json) => free > 0);
    const order = { slotAt: startsAt, name: 'Lê Văn Thật', phone: '0987 654 321', matter: 'Đề nghị bồi thường' };
    expect((await clerk.post(`/reception-sessions/${session.id}/appointments`, order)).status).toBe(201);
  });

  it('with one telephone number has three places a day, and does not use up those of its owner elsewhere', async () => {
    const bookFrom = async (address: string) => (await book(await aSession(), { phone: '0966 111 222' }, address)).status;
    const statuses: number[] = [];
    for (let index = 0; index < 4; index++) statuses.push(await bookFrom('203.0.113.41'));
    expect(statuses).toEqual([201, 201, 201, 429]);
    expect(await bookFrom('203.0.113.42')).toBe(201);
    // However many ask for it from everywhere; nor does anybody learn that they did.
    for (let index = 0; index < 12; index++) expect(await bookFrom(`203.0.113.${100 + index}`)).toBe(201);
    expect(await bookFrom('203.0.113.43')).toBe(201);
  });

  it('learns of no telephone number whether it has a place: that is told when the booking is confirmed', async () => {
    const session = await aSession();
    const phone = '0966 777 888';
    await must(201, book(session, { phone }));
    const [first] = (await clerk.get(`/reception-sessions/${session.id}/appointments`)).body.items;
    await must(200, clerk.post(`/reception-appointments/${first.id}/confirmation`));
    const [known, unknown] = await Promise.all([book(session, { phone }), book(session)]);
    const said = ({ status, body }: Answer) => [status, Object.keys(body).sort(), body.state, body.confirmBy];
    expect(said(known)).toEqual(said(unknown));
    const second = (await clerk.get(`/reception-sessions/${session.id}/appointments`)).body.items.find(
      ({ number }: Json) => number === known.body.number,
    );
    const refused = await clerk.post(`/reception-appointments/${second.id}/confirmation`);
    expect([refused.status, refused.body.errors]).toEqual([409, [expect.objectContaining({ pointer: '/phone', code: 'booked_already' })]]);
    const order = { slotAt: '08:20', name: 'Lê Văn Thật', phone, matter: 'Đề nghị bồi thường' };
    expect((await clerk.post(`/reception-sessions/${session.id}/appointments`, order)).body.errors).toMatchObject([
      { code: 'booked_already' },
    ]);
    expect(await freeOf(session)).toBe(17);
  });

  it('does not use up the numbers of others: what is refused is not counted', async () => {
    const session = await aSession({ endsAt: '08:10', placesPerSlot: 1 });
    await must(201, book(session));
    for (let index = 0; index < 12; index++) expect((await book(session, { phone: '0966 333 444' }, '203.0.113.40')).status).toBe(409);
    expect((await book(await aSession(), { phone: '0966 333 444' }, '203.0.113.40')).status).toBe(201);
  });
});

describe('a booking that a code confirms', () => {
  beforeAll(async () => {
    expect((await setUnit({ bookingConfirmation: 'sms' })).status).toBe(200);
  });
  afterAll(() => setUnit({ bookingConfirmation: 'office' }));

  const codeIn = (message: Json): string => /: (\d{6})\./.exec(message.text)![1]!;
  const messageTo = (to: string): Promise<Json> => until(() => messages.find(({ body }) => body.to === to)?.body);

  it('is confirmed with what the gateway was given to send', async () => {
    const session = await aSession();
    const booked = await must(201, book(session, { phone: '+84 977 555 001' }));
    expect(booked).toMatchObject({ state: 'booked', confirmBy: 'sms' });
    expect(Date.parse(booked.heldUntil) - Date.now()).toBeLessThanOrEqual(600_000);
    const message = await messageTo('0977555001');
    expect(message).toMatchObject({ channel: 'sms', text: expect.stringContaining(booked.number) });
    expect(messages.at(-1)!.headers['authorization']).toBe(`Bearer ${token}`);
    const holder = new Anybody(server.url, '203.0.113.21');
    const path = `/public/appointments/${booked.number}/confirmation`;
    expect((await holder.post(path, { code: 'FFFF-FFFF-FFFF', confirmationCode: codeIn(message) })).status).toBe(404);
    expect(
      (await holder.post(path, { code: booked.code, confirmationCode: '000000' === codeIn(message) ? '111111' : '000000' })).body.errors,
    ).toMatchObject([{ pointer: '/confirmationCode', code: 'wrong' }]);
    expect(await must(200, holder.post(path, { code: booked.code, confirmationCode: codeIn(message) }))).toMatchObject({
      state: 'confirmed',
      heldUntil: null,
    });
    expect((await holder.post(path, { code: booked.code, confirmationCode: codeIn(message) })).status).toBe(409);
  });

  it('can be guessed at five times, also at once', async () => {
    const session = await aSession();
    const booked = await must(201, book(session, { phone: '0977 555 002' }));
    const code = codeIn(await messageTo('0977555002'));
    const wrong = Array.from({ length: 30 }, (_, index) => String(index).padStart(6, '0')).filter((guess) => guess !== code);
    const answers = await Promise.all(
      wrong.map((confirmationCode, index) =>
        new Anybody(server.url, `192.0.2.${index}`).post(`/public/appointments/${booked.number}/confirmation`, {
          code: booked.code,
          confirmationCode,
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(wrong.length - 5);
    const late = await new Anybody(server.url, '192.0.2.99').post(`/public/appointments/${booked.number}/confirmation`, {
      code: booked.code,
      confirmationCode: code,
    });
    expect(late.status).toBe(409);
  });

  it('lapses after ten minutes', async () => {
    const session = await aSession();
    const booked = await must(201, book(session, { phone: '0977 555 003' }));
    const code = codeIn(await messageTo('0977555003'));
    await letTimePass(session);
    const late = await new Anybody(server.url, '192.0.2.98').post(`/public/appointments/${booked.number}/confirmation`, {
      code: booked.code,
      confirmationCode: code,
    });
    expect(late.status).toBe(409);
    expect(await freeOf(session)).toBe(20);
  });

  it('is tried again where the gateway is away, and nothing of it stays', async () => {
    refusals = 1;
    await must(201, book(await aSession(), { phone: '0977 555 004' }));
    await messageTo('0977555004');
    const left = await until(async () => {
      const rows = await server.sql<{ state: string; sealed: Buffer | null }>('select state, sealed from outgoing_message');
      return rows.every(({ state }) => state !== 'waiting') ? rows : undefined;
    });
    expect(left.every(({ state, sealed }) => state === 'sent' && sealed === null)).toBe(true);
  });

  it.each([
    ['sms', { phone: '0977 555 009' }, '0977555009'],
    ['email', { email: 'binh.le@example.vn' }, 'binh.le@example.vn'],
  ])('goes to one contact by %s twelve times a day, whoever asks for it; then the office confirms', async (by, contact, to) => {
    expect((await setUnit({ bookingConfirmation: by })).status).toBe(200);
    const [session, other] = [await aSession(), await aSession()];
    for (let network = 0; network < 4; network++)
      for (let time = 0; time < 3; time++)
        await must(
          201,
          book(time === 0 ? session : other, { ...contact, slotAt: `08:${network}0` }, `203.0.113.${(by === 'sms' ? 120 : 140) + network}`),
        );
    const sent = () => messages.filter(({ body }) => body.to === to);
    await until(() => (sent().length === 12 ? true : undefined));
    const booked = await must(201, book(session, contact));
    expect(booked).toMatchObject({ state: 'booked', confirmBy: 'office' });
    expect(Date.parse(booked.heldUntil) - Date.now()).toBeGreaterThan(600_000);
    const { items } = await must(200, clerk.get(`/reception-sessions/${session.id}/appointments`));
    const { id } = items.find(({ number }: Json) => number === booked.number);
    await must(200, clerk.post(`/reception-appointments/${id}/confirmation`));
    // Somebody else's contact is as ever, and nothing more went to this one.
    expect(await must(201, book(session, by === 'sms' ? {} : { email: 'ai.do@example.vn' }))).toMatchObject({ confirmBy: by });
    expect(sent()).toHaveLength(12);
    await setUnit({ bookingConfirmation: 'sms' });
  });

  it('goes to the e-mail where the unit says so', async () => {
    expect((await setUnit({ bookingConfirmation: 'email' })).status).toBe(200);
    const session = await aSession();
    expect((await book(session)).body.errors).toMatchObject([{ pointer: '/email', code: 'required' }]);
    expect((await book(session, { email: 'khong phai' })).body.errors).toMatchObject([{ pointer: '/email', code: 'email' }]);
    await must(201, book(session, { email: 'hoa.nguyen@example.vn' }));
    expect(await messageTo('hoa.nguyen@example.vn')).toMatchObject({ channel: 'email', subject: expect.any(String) });
  });

  it('tells numbers, codes and words to no log and no row in clear', async () => {
    const codes = messages.map(({ body }) => codeIn(body));
    for (const word of ['0977555001', '977 555 001', 'hoa.nguyen@example.vn', token, ...codes.map((code) => `: ${code}`)])
      expect(server.output()).not.toContain(word);
    const rows = await server.sql<{ row: string }>(
      `select row_to_json(a)::text as row from reception_appointment a union all select row_to_json(m)::text from outgoing_message m
       union all select row_to_json(c)::text from booking_count c union all select row_to_json(r)::text from audit_record r
       union all select row_to_json(j)::text from graphile_worker._private_jobs j`,
    );
    expect(rows.length).toBeGreaterThan(50);
    for (const { row } of rows) expect(row).not.toMatch(/977555001|977 555 001|hoa\.nguyen@/);
    // Two bookings of one citizen come from one connection.
    const addresses = await server.sql<{ address: string | null }>(
      `select distinct address from audit_record where action like '% /api/v1/public/%'`,
    );
    expect(addresses).toEqual([{ address: null }]);
  });
});

describe('a code of an appointment', () => {
  it('that is guessed at from elsewhere stays open to whoever holds it', async () => {
    const booked = await must(201, book(await aSession()));
    const path = `/public/appointments/${booked.number}`;
    const stranger = new Anybody(server.url, '203.0.113.50');
    const guesses = await Promise.all(Array.from({ length: 20 }, () => stranger.get(`${path}?code=0000-0000-0000`)));
    expect(guesses.filter(({ status }) => status === 404)).toHaveLength(5);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(15);
    expect((await stranger.get(`${path}?code=${booked.code}`)).headers.get('retry-after')).toMatch(/^\d{3,4}$/);
    const holder = new Anybody(server.url, '203.0.113.51');
    const looks = await Promise.all(Array.from({ length: 12 }, () => holder.get(`${path}?code=${booked.code}`)));
    expect(looks.every(({ status }) => status === 200)).toBe(true);
    expect((await holder.post(`${path}/cancellation`, { code: booked.code })).status).toBe(200);
  });

  it('is counted where it is used to cancel or to confirm, too', async () => {
    const booked = await must(201, book(await aSession()));
    for (const [index, step] of ['cancellation', 'confirmation'].entries()) {
      const stranger = new Anybody(server.url, `203.0.113.${60 + index}`);
      const guess = { code: '0000-0000-0000', ...(step === 'confirmation' && { confirmationCode: '123456' }) };
      const answers = await Promise.all(
        Array.from({ length: 9 }, () => stranger.post(`/public/appointments/${booked.number}/${step}`, guess)),
      );
      expect(answers.filter(({ status }) => status === 404)).toHaveLength(5);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
    }
  });
});

it('codes are not to be had where nothing sends them', async () => {
  const other = await startServer();
  try {
    const administrator = await other.as('commune.admin');
    const { unit } = (await administrator.get('/auth/me')).body;
    const settings = { triageMode: 'one_step', bookingConfirmation: 'sms' };
    const { status, body } = await administrator.put(`/units/${unit.id}/settings`, settings, { 'if-match': '*' });
    expect([status, body.errors[0].code]).toEqual([422, 'no_gateway']);
  } finally {
    await other.stop();
  }
});
