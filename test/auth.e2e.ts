import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, SignJWT } from 'jose';
import { Client, demoPassword } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;
let nobody: Client;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_LOCK_AFTER: '3' } });
  nobody = await server.as();
});
afterAll(() => server.stop());

const signIn = (username: string, password = demoPassword) => nobody.post('/auth/token', { username, password });

describe('signing in', () => {
  it('exchanges a password for an access token and a refresh token', async () => {
    const { status, headers, body } = await signIn('city.clerk');
    expect(status).toBe(200);
    expect(body).toEqual({ accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 900, refreshToken: expect.any(String) });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('does not mind capitals in the name', async () => {
    expect((await signIn('City.Clerk')).status).toBe(200);
  });

  it('answers the same for a wrong password, an unknown name and a locked account', async () => {
    const wrong = await signIn('hangbac.clerk', 'sai mật khẩu');
    const unknown = await signIn('nobody.at.all', 'sai mật khẩu');
    await signIn('hangbac.clerk', 'sai mật khẩu');
    await signIn('hangbac.clerk', 'sai mật khẩu');
    const locked = await signIn('hangbac.clerk');
    for (const { status, body } of [wrong, unknown, locked]) {
      expect(status).toBe(401);
      expect({ ...body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    }
  });

  it('counts parallel guesses', async () => {
    await Promise.all(Array.from({ length: 8 }, () => signIn('hangbuom.clerk', 'sai')));
    expect((await signIn('hangbuom.clerk')).status).toBe(401);
  });

  it('opens a locked account again when its time is over', async () => {
    await server.sql(`update account set locked_until = now() - interval '1 second' where username = 'hangbuom.clerk'`);
    expect((await signIn('hangbuom.clerk')).status).toBe(200);
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

  it('end the whole session when one comes a second time', async () => {
    const first = (await signIn('city.clerk')).body;
    const second = (await nobody.post('/auth/refresh', { refreshToken: first.refreshToken })).body;
    const stolen = await nobody.post('/auth/refresh', { refreshToken: first.refreshToken });
    expect([stolen.status, stolen.body.type]).toEqual([401, '/api/v1/problems/invalid-refresh-token']);
    expect((await nobody.post('/auth/refresh', { refreshToken: second.refreshToken })).status).toBe(401);
  });

  it('let one of two simultaneous exchanges win', async () => {
    const { refreshToken } = (await signIn('city.clerk')).body;
    const answers = await Promise.all([1, 2, 3].map(() => nobody.post('/auth/refresh', { refreshToken })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
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
    const wanted = { username: 'Moi.Clerk', displayName: 'Trần Văn Đức', unitId, roles: ['clerk'], password: 'một câu dài dễ nhớ' };
    const created = await admin.post('/accounts', wanted);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ username: 'moi.clerk', roles: ['clerk'], active: true });
    expect(JSON.stringify(created.body)).not.toContain('argon2');
    const taken = await admin.post('/accounts', wanted);
    expect([taken.status, taken.body.errors[0].pointer]).toEqual([409, '/username']);

    const session = (await signIn('moi.clerk', wanted.password)).body;
    const path = `/accounts/${created.body.id}`;
    expect((await admin.patch(path, { active: false })).status).toBe(428);
    const etag = (await admin.get(path)).headers.get('etag')!;
    const closed = await admin.patch(path, { active: false }, { 'if-match': etag });
    expect([closed.status, closed.body.active]).toEqual([200, false]);
    expect((await admin.patch(path, { active: true }, { 'if-match': etag })).status).toBe(412);
    expect((await signIn('moi.clerk', wanted.password)).status).toBe(401);
    expect((await nobody.post('/auth/refresh', { refreshToken: session.refreshToken })).status).toBe(401);
  });

  it('are kept by an administrator for the own unit and those below, so that nobody rises above himself', async () => {
    const [commune, city] = await Promise.all([server.as('commune.admin'), server.as('city.admin')]);
    const [communeId, cityId] = await Promise.all(
      [commune, city].map(async (admin) => (await admin.get('/auth/me')).body.unit.id as string),
    );
    const account = { displayName: 'Lãnh đạo', roles: ['leader'], password: 'một câu dài dễ nhớ' };
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

  it('need a sound name, a known unit, known roles and a long password', async () => {
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
