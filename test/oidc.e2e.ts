import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import Provider, { type Configuration, type JWK } from 'oidc-provider';
import { approve, choosePassword } from './support/accounts.js';
import { Client, demoPassword } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';

const audience = 'https://tiep-dan.hanoi.gov.vn';

/** A key of the provider, private half and what it publishes. */
interface ProviderKey {
  kid: string;
  key: KeyObject;
  jwk: JWK;
}

let server: TestServer;
let idp: http.Server;
let issuer: string;
let provider: Provider;
let first: ProviderKey;
let available = true;

/** Whom each client of the provider stands for. */
const people: Record<string, Record<string, unknown>> = {
  'known-clerk': { preferred_username: 'commune.clerk' },
  'another-with-his-name': { preferred_username: 'commune.clerk' },
  'new-leader': { preferred_username: 'moi.lanhdao', name: 'Đỗ Thị Mới', don_vi: '00004', realm_access: { roles: ['lanh-dao', 'khac'] } },
  claimed: { preferred_username: 'ten.khac', tiepdan_account: 'commune.handler' },
  'taker-of-names': { preferred_username: 'commune.leader', don_vi: '00004', realm_access: { roles: ['can-bo'] } },
  stranger: { preferred_username: 'nobody.here' },
  service: { preferred_username: 'commune.service' },
};

async function newKey(alg: 'RS256' | 'ES256' = 'RS256'): Promise<ProviderKey> {
  const { privateKey } =
    alg === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomUUID();
  return { kid, key: privateKey, jwk: { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' } };
}

/** The provider with these keys; a new one of the same issuer is the old one after it changed its keys. */
function providerWith(keys: ProviderKey[]): Provider {
  const algorithm = (keys[0]!.jwk.alg ?? 'RS256') as 'RS256' | 'ES256';
  const settings: Configuration = {
    clients: Object.keys(people).map((client_id) => ({
      client_id,
      client_secret: 'a secret of the test',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: algorithm,
    })),
    jwks: { keys: keys.map(({ jwk }) => jwk) },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: (_ctx, resource) => ({
          scope: 'api',
          audience: resource,
          accessTokenTTL: 300,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: algorithm } },
        }),
      },
    },
    extraTokenClaims: (_ctx, token) => people[(token as { clientId?: string }).clientId ?? ''],
  };
  return new Provider(issuer, settings);
}

beforeAll(async () => {
  idp = http.createServer((request, response) => {
    if (available) void provider.callback()(request, response);
    else response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => idp.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(idp.address() as AddressInfo).port}`;
  first = await newKey();
  provider = providerWith([first]);
  server = await startServer({
    env: { TIEPDAN_OIDC_ISSUER: issuer, TIEPDAN_OIDC_AUDIENCE: audience, TIEPDAN_OIDC_CLOCK_SKEW: '20' },
  });
});
afterAll(async () => {
  await server.stop();
  idp.close();
});

async function tokenFor(client: string, resource = audience): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:${encodeURIComponent('a secret of the test')}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (!token) throw new Error(`The provider gives no token: ${response.status}`);
  return token;
}
/** What an administrator and a leader agreed to on a server that a test starts beside. */
const idOf = async (username: string): Promise<string> =>
  (await server.sql<{ id: string }>('select id from account where username = $1', [username]))[0]!.id;
const linked = (at: TestServer, username: string, subject: string) =>
  at.sql('update account set external_issuer = $2, external_subject = $3, password_hash = null where username = $1', [
    username,
    issuer,
    subject,
  ]);
const me = (token: string, at = server) => new Client(at.url, token).get('/auth/me');

describe('a token of the provider', () => {
  it('is that of the account that an administrator linked and a leader agreed to, whatever name it has', async () => {
    const [admin, leader, clerk] = await Promise.all([server.as('commune.admin'), server.as('commune.leader'), server.as('commune.clerk')]);
    const id = (await clerk.get('/auth/me')).body.id as string;
    // A name that users choose at the provider opens nothing.
    expect((await me(await tokenFor('known-clerk'))).status).toBe(401);
    const proposed = await admin.put(`/accounts/${id}/external-identity`, { subject: 'known-clerk' });
    expect([proposed.status, proposed.body.external]).toEqual([202, false]);
    expect((await me(await tokenFor('known-clerk'))).status).toBe(401);
    expect((await clerk.get('/auth/me')).status).toBe(200);
    expect(await approve(leader, proposed.body)).toMatchObject({ type: 'identity', externalSubject: 'known-clerk', invitation: null });

    const { status, body } = await me(await tokenFor('known-clerk'));
    expect([status, body.username, body.roles]).toEqual([200, 'commune.clerk', ['clerk']]);
    expect((await new Client(server.url, await tokenFor('known-clerk')).get('/petitions')).status).toBe(200);
    // Somebody else who later gets the same name at the provider is not him.
    expect((await me(await tokenFor('another-with-his-name'))).status).toBe(401);
    const taken = await admin.put(`/accounts/${await idOf('commune.analyst')}/external-identity`, { subject: 'known-clerk' });
    expect([taken.status, taken.body.errors[0].pointer]).toEqual([409, '/subject']);
  });

  it('takes the place of the password, which opens nothing any more, until the link ends', async () => {
    const [admin, nobody] = [await server.as('commune.admin'), await server.as()];
    const id = await idOf('commune.clerk');
    expect((await nobody.post('/auth/token', { username: 'commune.clerk', password: demoPassword })).status).toBe(401);
    const [row] = await server.sql<{ hash: string | null }>('select password_hash as hash from account where id = $1', [id]);
    expect(row!.hash).toBeNull();
    expect((await admin.post(`/accounts/${id}/password-reset`, {})).status).toBe(409);
    await expect(server.sql(`update account set password_hash = 'x' where id = $1`, [id])).rejects.toThrow('account_governed');
    expect((await new Client(server.url, await tokenFor('known-clerk')).post('/auth/totp', { password: demoPassword })).status).toBe(422);

    const analyst = await idOf('commune.analyst');
    const proposed = await admin.put(`/accounts/${analyst}/external-identity`, { subject: 'an-analyst' });
    await approve(await server.as('commune.leader'), proposed.body);
    expect((await nobody.post('/auth/token', { username: 'commune.analyst', password: demoPassword })).status).toBe(401);
    expect((await admin.delete(`/accounts/${analyst}/external-identity`)).status).toBe(204);
    const { invitation } = (await admin.post(`/accounts/${analyst}/password-reset`, {})).body;
    expect((await (await choosePassword(server, 'commune.analyst', invitation.code)).get('/auth/me')).status).toBe(200);
  });

  it('of somebody without an account opens nothing, nor one of a service account or a closed one', async () => {
    expect((await me(await tokenFor('stranger'))).status).toBe(401);
    const admin = await server.as('commune.admin');
    const unitId = (await admin.get('/auth/me')).body.unit.id;
    const service = { username: 'commune.service', displayName: 'Cổng', unitId, roles: ['clerk'], scopes: ['petitions:read'] };
    expect((await admin.post('/accounts/services', service)).status).toBe(201);
    expect((await me(await tokenFor('service'))).status).toBe(401);
    await server.sql(`update account set active = false where username = 'commune.clerk'`);
    expect((await me(await tokenFor('known-clerk'))).status).toBe(401);
    await server.sql(`update account set active = true where username = 'commune.clerk'`);
    expect((await me(await tokenFor('known-clerk'))).status).toBe(200);
  });

  it('in parallel at its first look is linked once, by a claim that users cannot change', async () => {
    const claiming = await startServer({
      env: { TIEPDAN_OIDC_ISSUER: issuer, TIEPDAN_OIDC_AUDIENCE: audience, TIEPDAN_OIDC_ACCOUNT_CLAIM: 'tiepdan_account' },
    });
    try {
      const tokens = await Promise.all(Array.from({ length: 10 }, () => tokenFor('claimed')));
      const answers = await Promise.all(tokens.map((token) => me(token, claiming)));
      expect(answers.map(({ status, body }) => [status, body.username])).toEqual(Array(10).fill([200, 'commune.handler']));
      const nobody = await claiming.as();
      expect((await nobody.post('/auth/token', { username: 'commune.handler', password: demoPassword })).status).toBe(401);
      // Without the claim there is no account, whatever the name is.
      expect((await me(await tokenFor('known-clerk'), claiming)).status).toBe(401);
    } finally {
      await claiming.stop();
    }
  });
});

describe('a token that is not right', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const claims = (more: JWTPayload = {}): JWTPayload => ({
    iss: issuer,
    aud: audience,
    sub: 'known-clerk',
    client_id: 'known-clerk',
    jti: randomUUID(),
    iat: now(),
    exp: now() + 300,
    preferred_username: 'commune.clerk',
    ...more,
  });
  const header = (more: Partial<JWTHeaderParameters> = {}): JWTHeaderParameters => ({
    alg: 'RS256',
    typ: 'at+jwt',
    kid: first.kid,
    ...more,
  });
  const signed = (payload: JWTPayload, protectedHeader = header(), key: KeyObject = first.key) =>
    new SignJWT(payload).setProtectedHeader(protectedHeader).sign(key);
  const without = (name: string): JWTPayload => Object.fromEntries(Object.entries(claims()).filter(([key]) => key !== name));
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  /** HMAC with the provider's public key as the secret: "algorithm confusion". */
  const confused = (): string => {
    const head = `${encoded({ ...header(), alg: 'HS256' })}.${encoded(claims())}`;
    const publicPem = createPublicKey(first.key).export({ type: 'spki', format: 'pem' });
    return `${head}.${createHmac('sha256', publicPem).update(head).digest('base64url')}`;
  };

  it('(one that is right is let in)', async () => {
    expect((await me(await signed(claims()))).status).toBe(200);
    // The clocks may differ a little.
    expect((await me(await signed(claims({ exp: now() - 10 })))).status).toBe(200);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['expired beyond the skew of clocks', () => signed(claims({ exp: now() - 60 }))],
    ['not valid yet', () => signed(claims({ nbf: now() + 120 }))],
    ['for another audience', () => signed(claims({ aud: 'https://elsewhere.vn' }))],
    ['for another audience, from the provider itself', () => tokenFor('known-clerk', 'https://elsewhere.vn')],
    ['of another issuer', () => signed(claims({ iss: 'https://elsewhere.vn' }))],
    ['of an issuer that only looks the same', () => signed(claims({ iss: `${issuer}/` }))],
    ['without an expiry', () => signed(without('exp'))],
    ['without a subject', () => signed(without('sub'))],
    ['without an audience', () => signed(without('aud'))],
    ['without the client', () => signed(without('client_id'))],
    ['without an id', () => signed(without('jti'))],
    ['that is an ID token', () => signed(claims(), header({ typ: 'JWT' }))],
    ['without a type', () => signed(claims(), { alg: 'RS256', kid: first.kid })],
    ['signed by an unknown key', async () => signed(claims(), header({ kid: 'unknown' }), (await newKey()).key)],
    ['signed by another key under a known name', async () => signed(claims(), header(), (await newKey()).key)],
    ['signed by an algorithm that the key is not for', async () => signed(claims(), header({ alg: 'PS256' }))],
    ['not signed at all', () => `${encoded({ alg: 'none', typ: 'at+jwt' })}.${encoded(claims())}.`],
    ['signed by HMAC with the public key', confused],
    ['with a changed claim', async () => (await signed(claims())).replace(/\.[^.]+\./, `.${encoded(claims({ sub: 'x' }))}.`)],
    ['cut short', async () => (await signed(claims())).slice(0, -10)],
    [
      'with a key of its own in its header',
      async () => {
        const own = await newKey();
        return signed(claims(), header({ kid: own.kid, jwk: await exportJWK(createPublicKey(own.key)) }), own.key);
      },
    ],
    [
      'with a header that names critical things nobody knows',
      async () => {
        const head = `${encoded({ ...header(), crit: ['x'], x: 1 })}.${encoded(claims())}`;
        return `${head}.${(await signed(claims())).split('.')[2]}`;
      },
    ],
    ['no token at all', () => 'x.y.z'],
    ['of this server, changed to the provider', () => `${encoded({ alg: 'EdDSA', typ: 'at+jwt' })}.${encoded(claims())}.AAAA`],
  ])('is refused: %s', async (_what, make) => {
    const { status, body } = await me(await make());
    expect([status, body.type]).toEqual([401, '/api/v1/problems/unauthenticated']);
  });
});

describe('the provider', () => {
  it('changes its keys, and tokens by the new one are known at once; those by one that it withdrew no longer', async () => {
    const old = await tokenFor('known-clerk');
    expect((await me(old)).status).toBe(200);
    const second = await newKey('ES256');
    // Keys are looked up again at most every five seconds.
    await new Promise((resolve) => setTimeout(resolve, 5_200));
    provider = providerWith([second, first]);
    expect((await me(await tokenFor('known-clerk'))).status).toBe(200);
    expect((await me(old)).status).toBe(200);
    const another = await startServer({ env: { TIEPDAN_OIDC_ISSUER: issuer, TIEPDAN_OIDC_AUDIENCE: audience } });
    provider = providerWith([second]);
    await linked(another, 'commune.clerk', 'known-clerk');
    try {
      expect((await me(await tokenFor('known-clerk'), another)).status).toBe(200);
      expect((await me(old, another)).status).toBe(401);
    } finally {
      await another.stop();
    }
  });

  it('that does not answer is told as such, and local accounts sign in all the same', async () => {
    const token = await tokenFor('known-clerk');
    const another = await startServer({ env: { TIEPDAN_OIDC_ISSUER: issuer, TIEPDAN_OIDC_AUDIENCE: audience } });
    await linked(another, 'commune.clerk', 'known-clerk');
    try {
      available = false;
      const { status, body } = await me(token, another);
      expect([status, body.type]).toEqual([503, '/api/v1/problems/service-unavailable']);
      expect((await (await another.as('commune.handler')).get('/auth/me')).status).toBe(200);
      available = true;
      expect((await me(token, another)).status).toBe(200);
    } finally {
      available = true;
      await another.stop();
    }
  });

  it('gives unit and roles where the settings map them: accounts are made, changed and shut out by it', async () => {
    const mapped = await startServer({
      env: {
        TIEPDAN_OIDC_ISSUER: issuer,
        TIEPDAN_OIDC_AUDIENCE: audience,
        TIEPDAN_OIDC_UNIT_CLAIM: 'don_vi',
        TIEPDAN_OIDC_ROLES_CLAIM: 'realm_access.roles',
        TIEPDAN_OIDC_ROLE_MAP: 'lanh-dao=leader,can-bo=clerk,quan-tri=admin,ban-tiep-dan=reception_board',
      },
    });
    const leader = people['new-leader']!;
    try {
      const { body } = await me(await tokenFor('new-leader'), mapped);
      expect(body).toMatchObject({ username: 'moi.lanhdao', displayName: 'Đỗ Thị Mới', roles: ['leader'], unit: { code: '00004' } });
      leader['realm_access'] = { roles: ['can-bo'] };
      expect((await me(await tokenFor('new-leader'), mapped)).body.roles).toEqual(['clerk']);
      // What nobody could have here, nobody gets by the map: administrators have no other role, communes no board.
      for (const together of [['lanh-dao', 'quan-tri'], ['ban-tiep-dan']]) {
        leader['realm_access'] = { roles: together };
        expect([together, (await me(await tokenFor('new-leader'), mapped)).status]).toEqual([together, 401]);
      }
      // An account that is here already is nobody's who only has its name.
      expect((await me(await tokenFor('taker-of-names'), mapped)).status).toBe(401);
      expect((await (await mapped.as('commune.leader')).get('/auth/me')).status).toBe(200);
      leader['realm_access'] = { roles: [] };
      expect((await me(await tokenFor('new-leader'), mapped)).status).toBe(401);
      leader['don_vi'] = '99999';
      leader['realm_access'] = { roles: ['can-bo'] };
      expect((await me(await tokenFor('new-leader'), mapped)).status).toBe(401);
      expect((await me(await tokenFor('known-clerk'), mapped)).status).toBe(401);
    } finally {
      await mapped.stop();
    }
  });
});
