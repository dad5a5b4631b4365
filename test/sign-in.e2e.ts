import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { approve, choosePassword } from './support/accounts.js';
import { Client, demoPassword, type Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;
let admin: Client;
let unitId: string;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_LOCK_AFTER: '3' } });
  admin = await server.as('commune.admin');
  unitId = (await admin.get('/auth/me')).body.unit.id;
});
afterAll(() => server.stop());

const signIn = async (username: string, password: string, code?: string) =>
  (await server.as()).post('/auth/token', { username, password, ...(code && { code }) });
const signedIn = async (username: string, password: string, code?: string): Promise<Client> =>
  new Client(server.url, (await signIn(username, password, code)).body.accessToken);
const newPassword = 'cơn mưa đầu mùa hạ';

describe('a password', () => {
  it('is changed by its owner, whose other sessions end and whose own goes on', async () => {
    const [one, other] = [await signedIn('commune.handler', demoPassword), await signedIn('commune.handler', demoPassword)];
    const wrong = await one.post('/auth/password', { currentPassword: 'không phải', newPassword });
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '/currentPassword']);
    expect((await one.post('/auth/password', { currentPassword: demoPassword, newPassword: demoPassword })).status).toBe(422);
    expect((await one.post('/auth/password', { currentPassword: demoPassword, newPassword: 'ngắn' })).status).toBe(422);
    expect((await one.post('/auth/password', { currentPassword: demoPassword, newPassword })).status).toBe(204);
    expect((await one.get('/auth/me')).status).toBe(200);
    expect((await other.get('/auth/me')).status).toBe(401);
    expect((await signIn('commune.handler', demoPassword)).status).toBe(401);
    expect((await signIn('commune.handler', newPassword)).status).toBe(200);
  });

  it('is refused when it is easy to guess', async () => {
    const analyst = await signedIn('commune.analyst', demoPassword);
    for (const easy of ['aaaaaaaaaaaa', 'commune.analyst', 'Vũ Thị Lan 1', 'matkhau123456']) {
      const { status, body } = await analyst.post('/auth/password', { currentPassword: demoPassword, newPassword: easy });
      expect([easy, status, body.errors[0].pointer, body.errors[0].code]).toEqual([easy, 422, '/newPassword', 'easy_to_guess']);
    }
  });

  it('that was a temporary one of before opens nothing but changing it', async () => {
    await server.sql(`update account set must_change_password = true where username = 'commune.analyst'`);
    const temporary = await signedIn('commune.analyst', demoPassword);
    const refused = await temporary.get('/alerts/summary');
    expect([refused.status, refused.body.type]).toEqual([403, '/api/v1/problems/password-change-required']);
    expect((await temporary.get('/auth/me')).status).toBe(200);
    expect((await temporary.post('/auth/password', { currentPassword: demoPassword, newPassword })).status).toBe(204);
    expect((await temporary.get('/auth/me')).status).toBe(401);
    expect((await (await signedIn('commune.analyst', newPassword)).get('/alerts/summary')).status).toBe(200);
  });
});

describe('a second factor', () => {
  it('is started with the password, counts once confirmed, takes each code once, and is delayed after wrong ones', async () => {
    const leader = await signedIn('commune.leader', demoPassword);
    expect((await leader.post('/auth/totp', { password: 'không phải' })).status).toBe(422);
    const { body: enrolment } = await leader.post('/auth/totp', { password: demoPassword });
    expect(enrolment.uri).toMatch(/^otpauth:\/\/totp\/.*commune\.leader.*digits=6&period=30$/);
    const totp = new TOTP({ secret: Secret.fromBase32(enrolment.secret) });
    /** Codes of steps that are accepted now, each used once below. */
    const codeOf = (step: number) => totp.generate({ timestamp: Date.now() + step * 30_000 });
    expect((await signIn('commune.leader', demoPassword)).status).toBe(200);
    expect((await leader.post('/auth/totp/confirmation', { code: '000000' })).status).toBe(422);
    expect((await leader.post('/auth/totp/confirmation', { code: codeOf(-1) })).status).toBe(204);

    const missing = await signIn('commune.leader', demoPassword);
    expect([missing.status, missing.body.type]).toEqual([401, '/api/v1/problems/totp-required']);
    const code = codeOf(0);
    const parallel = await Promise.all([1, 2, 3].map(() => signIn('commune.leader', demoPassword, code)));
    expect(parallel.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await signIn('commune.leader', 'không phải', codeOf(1))).body.type).toBe('/api/v1/problems/invalid-credentials');
    // Wrong codes count like wrong passwords; a right password alone neither counts nor wipes them out.
    await Promise.all([1, 2, 3].map(() => signIn('commune.leader', demoPassword, '000000')));
    expect((await signIn('commune.leader', demoPassword, codeOf(1))).body.type).toBe('/api/v1/problems/too-many-requests');
    await server.sql('delete from sign_in_failure');

    const id = (await leader.get('/auth/me')).body.id;
    expect((await admin.get(`/accounts/${id}`)).body.hasSecondFactor).toBe(true);
    const reset = await admin.post(`/accounts/${id}/password-reset`, { removeSecondFactor: true });
    expect([reset.status, reset.body.invitation]).toEqual([202, null]);
    // A leader of the unit above, because nobody agrees to what is about himself.
    const { invitation } = await approve(await server.as('city.leader'), reset.body);
    await choosePassword(server, 'commune.leader', invitation.code, newPassword);
    expect((await signIn('commune.leader', demoPassword)).status).toBe(401);
    expect((await admin.get(`/accounts/${id}`)).body).toMatchObject({ hasSecondFactor: false, mustChangePassword: false });
  });

  it('that is started anew leaves the old one in force until the new one is confirmed, and needs a code of the old one', async () => {
    const inspector = await signedIn('district.inspector', demoPassword);
    const first = await inspector.post('/auth/totp', { password: demoPassword });
    const old = new TOTP({ secret: Secret.fromBase32(first.body.secret) });
    const codeOf = (totp: TOTP, step: number) => totp.generate({ timestamp: Date.now() + step * 30_000 });
    expect((await inspector.post('/auth/totp/confirmation', { code: codeOf(old, -1) })).status).toBe(204);

    for (const code of [undefined, null, '000000']) {
      const refused = await inspector.post('/auth/totp', { password: demoPassword, ...(code !== undefined && { code }) });
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/code']);
    }
    await server.sql('delete from sign_in_failure');
    const started = await inspector.post('/auth/totp', { password: demoPassword, code: codeOf(old, 0) });
    expect(started.status).toBe(201);
    const next = new TOTP({ secret: Secret.fromBase32(started.body.secret) });
    expect((await signIn('district.inspector', demoPassword)).body.type).toBe('/api/v1/problems/totp-required');
    expect((await signIn('district.inspector', demoPassword, codeOf(next, 0))).body.type).toBe('/api/v1/problems/totp-required');
    expect((await signIn('district.inspector', demoPassword, codeOf(old, 1))).status).toBe(200);

    // Of parallel confirmations one counts.
    const code = codeOf(next, 0);
    const confirmed = await Promise.all([1, 2, 3].map(() => inspector.post('/auth/totp/confirmation', { code })));
    expect(confirmed.map(({ status }) => status).sort()).toEqual([204, 409, 409]);
    await server.sql(`update account set totp_last_step = 0 where username = 'district.inspector'`);
    expect((await signIn('district.inspector', demoPassword, codeOf(old, 0))).status).toBe(401);
    expect((await signIn('district.inspector', demoPassword, codeOf(next, 1))).status).toBe(200);
  });

  it('and a password are guessed no better from a session that was left open', async () => {
    const analyst = await signedIn('city.analyst', demoPassword);
    const guesses: [string, object][] = [
      ['/auth/password', { currentPassword: 'sai', newPassword }],
      ['/auth/totp', { password: 'sai' }],
      ['/auth/totp/removal', { password: 'sai', code: '000000' }],
    ];
    for (const [path, body] of guesses) {
      await server.sql('delete from sign_in_failure');
      const answers = await Promise.all(Array.from({ length: 6 }, () => analyst.post(path, body)));
      expect([path, answers.map(({ status }) => status).sort()]).toEqual([path, [422, 422, 422, 429, 429, 429]]);
    }
    // It is the session that waits, not the door; nor does a guess at the door hold up the session.
    expect((await signIn('city.analyst', demoPassword)).status).toBe(200);
    await server.sql('delete from sign_in_failure');
    await Promise.all(Array.from({ length: 6 }, () => signIn('city.analyst', 'sai')));
    expect((await signIn('city.analyst', demoPassword)).status).toBe(429);
    expect((await analyst.post('/auth/password', { currentPassword: 'sai', newPassword })).status).toBe(422);
    await server.sql('delete from sign_in_failure');
    expect((await analyst.get('/auth/me')).status).toBe(200);
  });

  it('is taken away with password and code', async () => {
    const board = await signedIn('commune.reception_board', demoPassword);
    const { body } = await board.post('/auth/totp', { password: demoPassword });
    const totp = new TOTP({ secret: Secret.fromBase32(body.secret) });
    await board.post('/auth/totp/confirmation', { code: totp.generate({ timestamp: Date.now() - 30_000 }) });
    expect((await board.post('/auth/totp/removal', { password: demoPassword, code: '000000' })).status).toBe(422);
    expect((await board.post('/auth/totp/removal', { password: demoPassword, code: totp.generate() })).status).toBe(204);
    expect((await signIn('commune.reception_board', demoPassword)).status).toBe(200);
    const [row] = await server.sql<{ all: string }>(`select a::text as all from account a where username = 'commune.reception_board'`);
    expect(row!.all).not.toContain(body.secret);
  });
});

describe('sessions', () => {
  it('are listed with where and by what they were opened, and ended one by one at once', async () => {
    const [here, there] = [await signedIn('commune.inspector', demoPassword), await signedIn('commune.inspector', demoPassword)];
    const { items } = (await here.get('/auth/sessions')).body;
    expect(items.filter(({ current }: Json) => current)).toHaveLength(1);
    expect(items[0]).toMatchObject({ address: '127.0.0.1', userAgent: expect.any(String) });
    const other = (await there.get('/auth/sessions')).body.items.find(({ current }: Json) => current);
    expect((await here.delete(`/auth/sessions/${other.id}`)).status).toBe(204);
    expect((await there.get('/auth/me')).status).toBe(401);
    expect((await here.get('/auth/me')).status).toBe(200);
    expect((await here.delete(`/auth/sessions/${other.id}`)).status).toBe(404);
    expect((await admin.delete(`/auth/sessions/${items[0].id}`)).status).toBe(404);
  });

  it('of an official are listed and ended by an administrator', async () => {
    const clerk = await signedIn('commune.clerk', demoPassword);
    const id = (await clerk.get('/auth/me')).body.id;
    expect((await admin.get(`/accounts/${id}/sessions`)).body.items.length).toBeGreaterThan(0);
    expect((await admin.delete(`/accounts/${id}/sessions`)).status).toBe(204);
    expect((await clerk.get('/auth/me')).status).toBe(401);
    expect((await (await server.as('district.admin')).get(`/accounts/${id}/sessions`)).status).toBe(404);
  });
});

describe('an administrator', () => {
  it('changes neither the own account nor gives himself another role', async () => {
    const id = (await admin.get('/auth/me')).body.id;
    const { status, body } = await admin.patch(`/accounts/${id}`, { roles: ['leader'] }, { 'if-match': '*' });
    expect([status, body.type]).toEqual([409, '/api/v1/problems/action-not-allowed']);
    const both = { username: 'hai.vai', displayName: 'Hai vai', unitId, roles: ['admin', 'leader'] };
    expect((await admin.post('/accounts', both)).body.errors[0].code).toBe('admin_alone');
  });
});

describe('a service', () => {
  const order = {
    username: 'mot-cua',
    displayName: 'Cổng một cửa',
    roles: ['clerk'],
    scopes: ['petitions:read', 'petitions:write', 'events:read', 'reference:read'],
    rateLimit: 40,
  };
  let service: Json;
  const tokenOf = async (form: Record<string, string>, headers: Record<string, string> = {}) =>
    (await server.as()).raw('POST', '/oauth/token', new URLSearchParams({ grant_type: 'client_credentials', ...form }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });

  beforeAll(async () => {
    service = (await admin.post('/accounts/services', { ...order, unitId })).body;
  });

  it('that reads petitions waits for a leader', async () => {
    expect(service).toMatchObject({ active: false, approved: false, clientSecret: expect.any(String) });
    expect((await tokenOf({ client_id: 'mot-cua', client_secret: service.clientSecret })).status).toBe(401);
    expect(await approve(await server.as('city.leader'), service)).toMatchObject({
      username: 'mot-cua',
      state: 'approved',
      invitation: null,
    });
  });

  it('gets tokens by client credentials, in the body or by HTTP Basic, as RFC 6749 has it', async () => {
    const { status, body, headers } = await tokenOf({ client_id: 'mot-cua', client_secret: service.clientSecret });
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 900 });
    expect(body.scope.split(' ').sort()).toEqual(order.scopes.slice().sort());
    const basic = `Basic ${Buffer.from(`mot-cua:${service.clientSecret}`).toString('base64')}`;
    expect((await tokenOf({ scope: 'events:read' }, { authorization: basic })).body.scope).toBe('events:read');
  });

  it.each([
    ['a wrong secret', { client_id: 'mot-cua', client_secret: 'x' }, 401, 'invalid_client'],
    ['an unknown client', { client_id: 'nobody', client_secret: 'x' }, 401, 'invalid_client'],
    ['an account of a person', { client_id: 'commune.clerk', client_secret: demoPassword }, 401, 'invalid_client'],
    ['no credentials', {}, 401, 'invalid_client'],
    ['another grant', { grant_type: 'password', client_id: 'mot-cua', client_secret: 'x' }, 422, undefined],
  ])('is refused with %s', async (_what, form, status, error) => {
    const answer = await tokenOf(form);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
  });

  it('does what its scopes and its role let it, and nothing else', async () => {
    const full = (await tokenOf({ client_id: 'mot-cua', client_secret: service.clientSecret })).body.access_token;
    const reading = (await tokenOf({ client_id: 'mot-cua', client_secret: service.clientSecret, scope: 'petitions:read' })).body
      .access_token;
    const wider = await tokenOf({ client_id: 'mot-cua', client_secret: service.clientSecret, scope: 'audit:read' });
    expect([wider.status, wider.body.error]).toEqual([422, 'invalid_scope']);
    const reflection = {
      kind: 'reflection',
      channel: 'online',
      receivedOn: '2026-05-11',
      summary: 'Đèn hỏng',
      content: 'Đèn đường hỏng.',
      matterUnitId: unitId,
    };
    const refused = await new Client(server.url, reading).post('/petitions', reflection);
    expect([refused.status, refused.body.neededScope]).toEqual([403, 'petitions:write']);
    expect((await new Client(server.url, reading).get('/petitions')).status).toBe(200);
    expect((await new Client(server.url, full).get('/accounts')).status).toBe(403);
    expect((await new Client(server.url, full).get('/persons')).body.neededScope).toBe('people:read');
    expect((await new Client(server.url, full).get('/events')).status).toBe(200);

    const filed = await new Client(server.url, full).post('/petitions', reflection, { 'on-behalf-of': 'nguyen.thi.hoa' });
    expect(filed.status).toBe(201);
    const inspector = await server.as('city.inspector');
    const { body } = await inspector.get(`/audit/records?petitionId=${filed.body.id}&objectType=petition`);
    expect(body.items[0]).toMatchObject({ username: 'mot-cua', onBehalfOf: 'nguyen.thi.hoa' });
    expect(
      (await new Client(server.url, full).raw('GET', '/petitions', undefined, { authorization: `Bearer ${full}`, 'on-behalf-of': 'a b' }))
        .status,
    ).toBe(400);
  });

  it('has a limit of its own', async () => {
    const token = (await tokenOf({ client_id: 'mot-cua', client_secret: service.clientSecret })).body.access_token;
    const statuses = [];
    for (let index = 0; index < 45; index++) statuses.push((await new Client(server.url, token).get('/units?code=00004')).status);
    expect(statuses).toContain(429);
    expect((await (await server.as('commune.clerk')).get('/units?code=00004')).status).not.toBe(429);
  });

  it('ends with its secret, which is not stored', async () => {
    const token = (await tokenOf({ client_id: 'mot-cua', client_secret: service.clientSecret })).body.access_token;
    const { body } = await admin.post(`/accounts/${service.id}/client-secret`, {});
    expect((await new Client(server.url, token).get('/auth/me')).status).toBe(401);
    expect((await tokenOf({ client_id: 'mot-cua', client_secret: service.clientSecret })).status).toBe(401);
    expect((await tokenOf({ client_id: 'mot-cua', client_secret: body.clientSecret })).status).toBe(200);
    const [row] = await server.sql<{ all: string }>(`select a::text as all from account a where id = $1`, [service.id]);
    expect(row!.all).not.toContain(body.clientSecret);
    expect((await signIn('mot-cua', body.clientSecret)).status).toBe(401);
    const handler = (await admin.get('/accounts')).body.items.find(({ username }: Json) => username === 'commune.handler');
    expect((await admin.post(`/accounts/${handler.id}/client-secret`, {})).status).toBe(409);
  });
});
