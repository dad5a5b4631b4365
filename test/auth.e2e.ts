import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, SignJWT } from 'jose';
import { choosePassword, goodPassword } from './support/accounts.js';
import { Client, demoPassword } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;
let nobody: Client;

beforeAll(async () => {
  // Behind a proxy that tells addresses, so that requests can come from many.
  server = await startServer({ env: { TIEPDAN_LOCK_AFTER: '3', TIEPDAN_TRUST_PROXY: '127.0.0.1' } });
  nobody = await server.as();
});
afterAll(() => server.stop());

const signIn = (username: string, password = demoPassword, from = '10.0.0.1', device?: string) =>
  nobody.post('/auth/token', { username, password }, { 'x-forwarded-for': from, ...(device !== undefined && { 'device-token': device }) });

describe('signing in', () => {
  it('exchanges a password for an access token and a refresh token', async () => {
    const { status, headers, body } = await signIn('city.clerk');
    expect(status).toBe(200);
    expect(body).toEqual({
      accessToken: expect.any(String),
      tokenType: 'Bearer',
      expiresIn: 900,
      refreshToken: expect.any(String),
      deviceToken: expect.any(String),
    });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('does not mind capitals in the name', async () => {
    expect((await signIn('City.Clerk')).status).toBe(200);
  });

  it('answers the same for a wrong password, an unknown name and a closed account', async () => {
    await server.sql(`update account set active = false where username = 'hangbac.leader'`);
    const wrong = await signIn('hangbac.clerk', 'sai mật khẩu');
    for (const { status, body } of [wrong, await signIn('nobody.at.all', 'sai mật khẩu'), await signIn('hangbac.leader')]) {
      expect(status).toBe(401);
      expect({ ...body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    }
  });

  it('counts parallel guesses, of names that nobody has as well, and says how long to wait', async () => {
    for (const username of ['hangbuom.clerk', 'nobody.either']) {
      const guesses = await Promise.all(Array.from({ length: 8 }, () => signIn(username, 'sai')));
      expect(guesses.map(({ status }) => status).sort()).toEqual([401, 401, 401, 429, 429, 429, 429, 429]);
      const { headers, body } = guesses.find(({ status }) => status === 429)!;
      expect(body.type).toBe('/api/v1/problems/too-many-requests');
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect([headers.get('ratelimit-remaining'), headers.get('ratelimit-reset')]).toEqual(['0', headers.get('retry-after')]);
    }
  });

  it('waits longer after each further failure, and the right password waits, too', async () => {
    const waits = [];
    for (let failure = 0; failure < 4; failure++) {
      await server.sql(`update sign_in_failure set delayed_until = now() where network = '10.0.0.3'`);
      await Promise.all(Array.from({ length: failure ? 1 : 3 }, () => signIn('trucbach.clerk', 'sai', '10.0.0.3')));
      const delayed = await signIn('trucbach.clerk', demoPassword, '10.0.0.3');
      expect(delayed.status).toBe(429);
      waits.push(Number(delayed.headers.get('retry-after')));
    }
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeLessThanOrEqual(5 * 2 ** index);
      expect(wait).toBeGreaterThan(index ? 5 * 2 ** (index - 1) : 0);
    }
    await server.sql(`update sign_in_failure set delayed_until = now() where network = '10.0.0.3'`);
    expect((await signIn('trucbach.clerk', demoPassword, '10.0.0.3')).status).toBe(200);
    expect(await server.sql(`select from sign_in_failure where network = '10.0.0.3'`)).toEqual([]);
  });

  it('lets the owner in from elsewhere while somebody guesses', async () => {
    await Promise.all(Array.from({ length: 6 }, () => signIn('phucxa.clerk', 'sai', '10.0.0.4')));
    expect((await signIn('phucxa.clerk', demoPassword, '10.0.0.4')).status).toBe(429);
    expect((await signIn('phucxa.clerk', demoPassword, '10.0.0.5')).status).toBe(200);
  });

  it('slows a guess from many addresses down, and holds up nobody where he is known', async () => {
    expect((await signIn('quanthanh.clerk', demoPassword, '10.0.1.1')).status).toBe(200);
    await signIn('quanthanh.clerk', 'sai', '10.0.1.2');
    const guessed = await server.sql(
      `insert into sign_in_failure (name_digest, network, failures)
       select name_digest, '10.9.' || n || '.1', 2 from sign_in_failure, generate_series(1, 40) n where network = '10.0.1.2' returning network`,
    );
    expect(guessed).toHaveLength(40);
    // One free try from an address that the account never signed in from, as many as ever from its own.
    await signIn('quanthanh.clerk', 'sai', '10.0.1.3');
    expect((await signIn('quanthanh.clerk', demoPassword, '10.0.1.3')).status).toBe(429);
    for (let failure = 0; failure < 2; failure++) expect((await signIn('quanthanh.clerk', 'sai', '10.0.1.1')).status).toBe(401);
    expect((await signIn('quanthanh.clerk', demoPassword, '10.0.1.1')).status).toBe(200);
    // And from another unknown one he comes in at the first try.
    expect((await signIn('quanthanh.clerk', demoPassword, '10.0.1.4')).status).toBe(200);
  });

  it('makes somebody at an office wait a minute at most, however often others guess there, and tells by nothing whose name it is', async () => {
    expect((await signIn('dienbien.clerk', demoPassword, '10.0.2.1')).status).toBe(200);
    for (const username of ['dienbien.clerk', 'dienbien.leader', 'nobody.at.the.office']) {
      await signIn(username, 'sai', '10.0.2.1');
      await server.sql(`update sign_in_failure set failures = 500 where network = '10.0.2.1'`);
      await signIn(username, 'sai', '10.0.2.1');
      const wait = Number((await signIn(username, demoPassword, '10.0.2.1')).headers.get('retry-after'));
      expect([username, wait > 50, wait <= 60]).toEqual([username, true, true]);
    }
  });

  it('lets all names take turns at an address that tries one after the other, but not a device that is known', async () => {
    const { deviceToken } = (await signIn('hoankiem.clerk', demoPassword, '10.0.3.1')).body;
    await server.sql(
      `insert into sign_in_failure (name_digest, network, failures)
       select sha256(convert_to(n::text, 'utf8')), '10.0.3.1', 1 from generate_series(1, 60) n`,
    );
    const tries = await Promise.all(Array.from({ length: 6 }, (_, index) => signIn(`nobody.in.turn.${index}`, 'sai', '10.0.3.1')));
    expect(tries.map(({ status }) => status).sort()).toEqual([401, 429, 429, 429, 429, 429]);
    for (const username of ['ngocha.clerk', 'hoankiem.clerk', 'nobody.else']) {
      const delayed = await signIn(username, demoPassword, '10.0.3.1');
      expect([username, delayed.status, Number(delayed.headers.get('retry-after')) <= 10]).toEqual([username, 429, true]);
    }
    expect((await signIn('hoankiem.clerk', demoPassword, '10.0.3.1', deviceToken)).status).toBe(200);
    expect((await signIn('ngocha.clerk', demoPassword, '10.0.3.2')).status).toBe(200);
    await server.sql(`update sign_in_failure set delayed_until = now() where network = '10.0.3.1'`);
    expect((await signIn('hoankiem.leader', demoPassword, '10.0.3.1')).status).toBe(200);
  });

  it('holds a device that its owner signed in with up for its own failures alone, and no other name with it', async () => {
    const { deviceToken } = (await signIn('hoankiem.leader', demoPassword, '10.0.5.1')).body;
    const flood = (password: string, device?: string) =>
      Promise.all(Array.from({ length: 6 }, () => signIn('hoankiem.leader', password, '10.0.5.1', device)));
    for (const { status } of await flood('sai')) expect([401, 429]).toContain(status);
    expect((await signIn('hoankiem.leader', demoPassword, '10.0.5.1')).status).toBe(429);
    const again = await signIn('hoankiem.leader', demoPassword, '10.0.5.1', deviceToken);
    expect([again.status, decodeJwt(again.body.deviceToken).jti]).toEqual([200, decodeJwt(deviceToken).jti]);
    // Anywhere, but for its owner alone, and only as it was made.
    expect((await signIn('hoankiem.leader', demoPassword, '10.0.5.2', deviceToken)).status).toBe(200);
    for (const other of [`${deviceToken.slice(0, -6)}AAAAAA`, again.body.accessToken, 'x', ''])
      expect((await signIn('hoankiem.leader', demoPassword, '10.0.5.1', other)).status).toBe(429);
    const guesses = await Promise.all(Array.from({ length: 8 }, () => signIn('trucbach.clerk', 'sai', '10.0.5.3', deviceToken)));
    expect(guesses.map(({ status }) => status).sort()).toEqual([401, 401, 401, 429, 429, 429, 429, 429]);
    // Whoever has got hold of it guesses no better with it.
    expect((await flood('sai', deviceToken)).map(({ status }) => status).sort()).toEqual([401, 401, 401, 429, 429, 429]);
    expect((await new Client(server.url, deviceToken).get('/auth/me')).status).toBe(401);
  });

  it('knows no device any more that signed in with an earlier password', async () => {
    const chosen = { username: 'ngocha.leader', password: 'Nước sông Hồng lên chậm 7' };
    const { accessToken, deviceToken } = (await signIn(chosen.username, demoPassword, '10.0.6.1')).body;
    const newest = { currentPassword: demoPassword, newPassword: chosen.password };
    expect((await new Client(server.url, accessToken).post('/auth/password', newest)).status).toBe(204);
    await Promise.all(Array.from({ length: 6 }, () => signIn(chosen.username, 'sai', '10.0.6.1')));
    expect((await signIn(chosen.username, chosen.password, '10.0.6.1', deviceToken)).status).toBe(429);
    const renewed = (await signIn(chosen.username, chosen.password, '10.0.6.2', deviceToken)).body.deviceToken;
    expect(decodeJwt(renewed).jti).not.toBe(decodeJwt(deviceToken).jti);
    expect((await signIn(chosen.username, chosen.password, '10.0.6.1', renewed)).status).toBe(200);
  });

  it('keeps of what was typed as a name no more than a keyed digest, and forgets it after a day', async () => {
    await signIn('mật khẩu gõ nhầm', 'sai', '10.0.4.1');
    const rows = await server.sql<{ all: string }>('select f::text as all from sign_in_failure f');
    expect(rows.map((row) => row.all).join()).not.toContain(Buffer.from('mật khẩu gõ nhầm').toString('hex'));
    await server.sql(`update sign_in_failure set last_tried_at = now() - interval '25 hours' where network = '10.0.4.1'`);
    await signIn('tên khác', 'sai', '10.0.4.2');
    expect(await server.sql(`select from sign_in_failure where network = '10.0.4.1'`)).toEqual([]);
  });

  it('is answered also while passwords are tried from many addresses at once', async () => {
    const flood = Promise.all(Array.from({ length: 150 }, (_, index) => signIn(`nobody.${index}`, 'sai', `10.1.0.${index}`)));
    const started = Date.now();
    expect((await nobody.get('/health/live')).status).toBe(200);
    expect(Date.now() - started).toBeLessThan(5_000);
    const statuses = (await flood).map(({ status }) => status);
    expect(statuses.every((status) => status === 401 || status === 503)).toBe(true);
    expect(statuses).toContain(401);
  });

  it('never writes a password or a token to the log', async () => {
    const { body } = await signIn('city.clerk');
    await new Client(server.url, body.accessToken).get('/auth/me');
    const log = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .join('\n');
    expect(log).toContain('/api/v1/auth/token');
    for (const secret of [demoPassword, body.accessToken, body.refreshToken]) expect(log).not.toContain(secret);
  });

  it('stores neither passwords nor tokens', async () => {
    const { body } = await signIn('city.clerk');
    const [{ everything } = { everything: '' }] = await server.sql<{ everything: string }>(
      `select (select string_agg(account::text, ' ') from account) || (select string_agg(refresh_token::text, ' ') from refresh_token) as everything`,
    );
    expect(everything).toContain('$argon2id$');
    expect(everything).not.toContain(demoPassword);
    expect(everything).not.toContain(body.refreshToken);
  });
});

describe('refresh tokens', () => {
  it('work once and are replaced', async () => {
    const first = (await signIn('city.clerk')).body;
    const second = await nobody.post('/auth/refresh', { refreshToken: first.refreshToken });
    expect(second.status).toBe(200);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect((await nobody.post('/auth/refresh', { refreshToken: second.body.refreshToken })).status).toBe(200);
  });

  const usedAgo = (seconds: number, token: string) =>
    server.sql(`update refresh_token set used_at = now() - make_interval(secs => $1) where digest = sha256(convert_to($2, 'utf8'))`, [
      seconds,
      token,
    ]);
  const exchange = (refreshToken: string) => nobody.post('/auth/refresh', { refreshToken });

  it('answer the same to exchanges side by side, and to one that comes some seconds later', async () => {
    const { refreshToken } = (await signIn('city.clerk')).body;
    const answers = await Promise.all(Array.from({ length: 5 }, () => exchange(refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    const successors = new Set(answers.map(({ body }) => body.refreshToken));
    expect(successors.size).toBe(1);
    for (const { body } of answers) expect((await new Client(server.url, body.accessToken).get('/auth/me')).status).toBe(200);
    await usedAgo(25, refreshToken);
    const late = await exchange(refreshToken);
    expect([late.status, successors.has(late.body.refreshToken)]).toEqual([200, true]);
    const [successor] = [...successors];
    expect((await exchange(successor)).status).toBe(200);
  });

  it('tell the newest token to a request that was overtaken, so that its next exchange does not end the session', async () => {
    const { refreshToken } = (await signIn('city.clerk')).body;
    const second = (await exchange(refreshToken)).body.refreshToken;
    const third = (await exchange(second)).body.refreshToken;
    expect((await exchange(refreshToken)).body.refreshToken).toBe(third);
  });

  it('end the whole session when one comes again after these seconds', async () => {
    const first = (await signIn('city.clerk')).body;
    const second = (await exchange(first.refreshToken)).body;
    await usedAgo(31, first.refreshToken);
    const stolen = await exchange(first.refreshToken);
    expect([stolen.status, stolen.body.type]).toEqual([401, '/api/v1/problems/invalid-refresh-token']);
    expect((await exchange(second.refreshToken)).status).toBe(401);
    expect((await new Client(server.url, second.accessToken).get('/auth/me')).status).toBe(401);
  });

  it('of an ended session answer nothing, also within these seconds', async () => {
    const { refreshToken } = (await signIn('city.clerk')).body;
    const second = (await exchange(refreshToken)).body.refreshToken;
    await nobody.post('/auth/revocation', { refreshToken: second });
    expect([(await exchange(refreshToken)).status, (await exchange(second)).status]).toEqual([401, 401]);
  });

  it('end with signing out', async () => {
    const { refreshToken } = (await signIn('city.clerk')).body;
    expect((await nobody.post('/auth/revocation', { refreshToken })).status).toBe(204);
    expect((await nobody.post('/auth/refresh', { refreshToken })).status).toBe(401);
    expect((await nobody.post('/auth/revocation', { refreshToken: 'unknown' })).status).toBe(204);
  });
});

describe('access tokens', () => {
  it('tell who is calling, with roles and units in scope', async () => {
    const { body } = await (await server.as('city.leader')).get('/auth/me');
    expect(body).toMatchObject({ username: 'city.leader', roles: ['leader'], unit: { code: '01' }, unitsInScopeTotal: 22 });
    const clerk = (await (await server.as('commune.clerk')).get('/auth/me')).body;
    expect(clerk.unitsInScope.map(({ name }: { name: string }) => name)).toEqual([
      'Phường Ba Đình',
      'Phường Trúc Bạch',
      'Phường Quán Thánh',
    ]);
  });

  it('are refused when forged, expired, of another kind or missing', async () => {
    const good = (await signIn('city.clerk')).body.accessToken as string;
    const claims = decodeJwt(good);
    const { privateKey } = generateKeyPairSync('ed25519');
    const sign = (more: object, header: object = {}, key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }))) =>
      new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...header }).sign(key);
    const [head, payload, signature] = good.split('.') as [string, string, string];
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;
    const changed = `${head}.${Buffer.from(JSON.stringify({ ...claims, roles: ['admin'] })).toString('base64url')}.${signature}`;
    const symmetric = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(Buffer.from('a'.repeat(32)));
    for (const token of [await sign({}), unsigned, changed, symmetric, `${good}x`, 'abc', '', 'a.b.c'])
      expect([token, (await new Client(server.url, token).get('/auth/me')).status]).toEqual([token, 401]);
    expect((await nobody.get('/auth/me')).headers.get('www-authenticate')).toContain('Bearer');
    expect((await nobody.raw('GET', '/auth/me', undefined, { authorization: `Basic ${good}` })).status).toBe(401);
  });

  it('expire', async () => {
    const brief = await startServer({ env: { TIEPDAN_ACCESS_TOKEN_SECONDS: '60' } });
    try {
      const { body } = await (await brief.as()).post('/auth/token', { username: 'city.clerk', password: demoPassword });
      const { exp = 0, iat = 0 } = decodeJwt(body.accessToken as string);
      expect([body.expiresIn, exp - iat]).toEqual([60, 60]);
    } finally {
      await brief.stop();
    }
  });
});

describe('accounts', () => {
  it('are made, changed and closed by an administrator', async () => {
    const admin = await server.as('city.admin');
    const unitId = (await admin.get('/auth/me')).body.unit.id as string;
    const wanted = { username: 'Moi.Analyst', displayName: 'Trần Văn Đức', unitId, roles: ['analyst'] };
    const created = await admin.post('/accounts', wanted);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      username: 'moi.analyst',
      roles: ['analyst'],
      active: true,
      approved: true,
      pendingProposalId: null,
    });
    expect(JSON.stringify(created.body)).not.toContain('argon2');
    const taken = await admin.post('/accounts', wanted);
    expect([taken.status, taken.body.errors[0].pointer]).toEqual([409, '/username']);

    await choosePassword(server, 'moi.analyst', created.body.invitation.code);
    const session = (await signIn('moi.analyst', goodPassword)).body;
    const path = `/accounts/${created.body.id}`;
    expect((await admin.patch(path, { active: false })).status).toBe(428);
    const etag = (await admin.get(path)).headers.get('etag')!;
    const closed = await admin.patch(path, { active: false }, { 'if-match': etag });
    expect([closed.status, closed.body.active]).toEqual([200, false]);
    expect((await admin.patch(path, { active: true }, { 'if-match': etag })).status).toBe(412);
    expect((await signIn('moi.analyst', goodPassword)).status).toBe(401);
    expect((await nobody.post('/auth/refresh', { refreshToken: session.refreshToken })).status).toBe(401);
  });

  it('are kept by an administrator for the own unit and those below, so that nobody rises above himself', async () => {
    const [commune, city] = await Promise.all([server.as('commune.admin'), server.as('city.admin')]);
    const [communeId, cityId] = await Promise.all(
      [commune, city].map(async (admin) => (await admin.get('/auth/me')).body.unit.id as string),
    );
    const account = { displayName: 'Lãnh đạo', roles: ['leader'] };
    const above = await commune.post('/accounts', { ...account, username: 'len.cao', unitId: cityId });
    expect([above.status, above.body.errors[0].pointer]).toEqual([422, '/unitId']);
    const own = await commune.post('/accounts', { ...account, username: 'tai.cho', unitId: communeId });
    expect(own.status).toBe(201);
    expect((await city.get(`/accounts/${own.body.id}`)).status).toBe(200);
    expect((await commune.patch(`/accounts/${own.body.id}`, { unitId: cityId }, { 'if-match': '*' })).status).toBe(422);
    const cityLeader = (await city.get(`/accounts?unitId=${cityId}`)).body.items[0].id as string;
    expect((await commune.get(`/accounts/${cityLeader}`)).status).toBe(404);
    expect((await commune.patch(`/accounts/${cityLeader}`, { active: false }, { 'if-match': '*' })).status).toBe(404);
    expect((await commune.get(`/accounts?unitId=${cityId}`)).body.items).toEqual([]);
    expect((await commune.put('/calendar/years/2027', { status: 'official', source: 'x', days: [] }, { 'if-match': '*' })).status).toBe(
      403,
    );
    expect((await commune.upload('/units/imports', 'code', { validFrom: '2025-07-01' })).status).toBe(403);
  });

  it('need a sound name, a known unit and known roles, and no password', async () => {
    const admin = await server.as('city.admin');
    const { body } = await admin.post('/accounts', { username: 'đ', displayName: '', unitId: 'x', roles: ['king'], password: 'ngắn' });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/displayName',
      '/password',
      '/roles',
      '/unitId',
      '/username',
    ]);
  });

  it('are listed page by page', async () => {
    const admin = await server.as('city.admin');
    const { body } = await admin.get('/accounts?limit=5');
    expect(body.items).toHaveLength(5);
    expect((await admin.get(`/accounts?limit=5&cursor=${body.nextCursor}`)).body.items[0].username > body.items[4].username).toBe(true);
  });
});
