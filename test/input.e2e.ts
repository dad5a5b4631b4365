import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessFixtures } from './support/access-fixtures.js';
import type { Client, Json } from './support/client.js';
import { bodyFor, exampleOf, type Operation, withNulls } from './support/openapi-bodies.js';
import { until } from './support/until.js';
import { startServer, type TestServer } from './support/server.js';

/*
 * Whatever is sent is answered: every operation of the OpenAPI document gets what the document allows (null for each field that may be left out) and what it
 * does not (names that every object has, cursors of elsewhere), and never answers with a fault of the server.
 */
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: { example?: unknown };
}
type Documented = Operation & { parameters?: Parameter[] };

const document: Json = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const operations = Object.entries<Record<string, Documented>>(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    operation,
  })),
);
const withBody = operations.filter(({ operation }) => operation.requestBody?.content['application/json']);
const withCursor = operations.filter(({ operation }) => operation.parameters?.some(({ name }) => name === 'cursor'));

/** Who may call a route, as docs/access-matrix.md says: a role of the commune, else one of the city. */
const callers = new Map(
  readFileSync('docs/access-matrix.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| `(GET|POST|PUT|PATCH|DELETE) /.test(line))
    .map((line) => {
      const [route = '', , ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', ''));
      const roles = ['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin'];
      const at = (place: number) => roles.find((_role, index) => cells[index]?.[place] === '✓');
      return [route, at(0) ? `commune.${at(0)}` : `city.${at(2) ?? 'admin'}`] as const;
    }),
);

let server: TestServer;
let fixtures: AccessFixtures;
let sent = 0;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_WEBHOOK_ALLOW: '127.0.0.1', TIEPDAN_WEBHOOK_ATTEMPTS: '1' } });
  fixtures = await AccessFixtures.at(server);
});
afterAll(() => {
  process.stdout.write(`${sent} bodies and cursors sent\n`);
  return server.stop();
});

const callerOf = (route: string): Promise<Client> => server.as(callers.get(route));

describe.each(withBody)('$route', ({ route, method, path, operation }) => {
  it('takes null for what may be left out, and refuses names that every object has', async () => {
    const client = await callerOf(route);
    const address = await fixtures.pathOf(path);
    const body = (await fixtures.bodyOf(route)) ?? exampleOf(document, operation);
    const faults: string[] = [];
    const send = (wanted: Json) => {
      sent++;
      return bodyFor(document, operation).sendJson(client, method, address, wanted);
    };
    for (const { at, body: changed } of withNulls(document, operation, body)) {
      const { status, body: answer } = await send(changed);
      if (status >= 500) faults.push(`${at}: null is ${status}`);
      if (status === 422 && JSON.stringify(answer.errors ?? []).includes(`"pointer":"${at}","code":"text"`))
        faults.push(`${at}: null is not a text`);
    }
    for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
      const { status, body: answer } = await send({ ...body, [name]: { a: 1 } });
      if (status !== 422 || !answer.errors?.some(({ pointer, code }: Json) => pointer === `/${name}` && code === 'unknown_field'))
        faults.push(`${name}: ${status}`);
    }
    expect(faults).toEqual([]);
  });
});

describe.each(withCursor)('$route', ({ route, path, operation }) => {
  const encoded = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');
  const uuid = '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11';
  const strange = [
    ...['\0', [], {}, null, 1e300, '9'.repeat(300), ['\0'], ['x', uuid], ['x', '2026-01-01', uuid], ['x', '2026-02-30', uuid]].map(encoded),
    ...['%', 'W10', '!!', 'a'.repeat(500)],
  ];

  it('takes only its own cursors', async () => {
    const client = await callerOf(route);
    const address = (await fixtures.pathOf(path)).split('?')[0];
    const needed = new URLSearchParams();
    for (const { name, in: place, required, schema } of operation.parameters ?? [])
      if (required && place === 'query') needed.set(name, String(schema.example));
    if (path.startsWith('/api/v1/reports/forms')) needed.set('period', '2026-Y');
    for (const cursor of strange) {
      sent++;
      const { status, body } = await client.get(`${address}?${new URLSearchParams([...needed, ['cursor', cursor]]).toString()}`);
      expect([cursor, status, body.errors?.[0]?.pointer]).toEqual([cursor, 422, '?cursor']);
    }
  });
});

it('does not take the cursor of another list, whatever is in it', async () => {
  const admin = await server.as('city.admin');
  const { nextCursor } = (await admin.get('/units?limit=1')).body;
  expect((await admin.get(`/units?limit=1&cursor=${nextCursor}`)).status).toBe(200);
  expect((await admin.get(`/accounts?limit=1&cursor=${nextCursor}`)).status).toBe(422);
  const descendants = `/units/${(await admin.get('/auth/me')).body.unit.id}/descendants`;
  expect((await admin.get(`${descendants}?limit=1&cursor=${nextCursor}`)).status).toBe(422);
});

const inherited = ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'];

describe.each(inherited)('%s', (name) => {
  it('is no measure, dimension, attribute or format of a pivot', async () => {
    const leader = await server.as('city.leader');
    const pivot = (query: string) => leader.get(`/reports/pivot?of=petitions&period=2026-Y&${query}`);
    for (const query of [
      `measures=${name}`,
      `measures=petitions&by=${name}`,
      `measures=petitions&where=${name}:x`,
      `measures=petitions&sort=${name}`,
    ])
      expect([query, (await pivot(query)).status]).toEqual([query, 422]);
  });

  it('is no question, column or placeholder', async () => {
    const clerk = await server.as('commune.clerk');
    const id = (await fixtures.pathOf('/api/v1/petitions/{id}')).split('/').at(-1)!;
    const send = (client: Client, method: string, path: string, json: string) =>
      client.raw(method, path, json, { 'content-type': 'application/json', 'if-match': '*' });
    const told = `{"${name}":true}`;
    const refused = name === '__proto__' ? 400 : 422;
    expect((await send(clerk, 'PUT', `/petitions/${id}/eligibility`, `{"answers":${told}}`)).status).toBe(refused);
    const inspector = await server.as('city.inspector');
    const unit = (await inspector.get('/auth/me')).body.unit.id;
    const opening = `{"formCode":"01-XLD","from":"2026-01-01","to":"2026-06-30","figures":{"${name}":1},"reason":"x"}`;
    expect((await send(inspector, 'PUT', `/reports/opening-figures/${unit}`, opening)).status).toBe(refused);
    const paper = `{"paper":"receipt","petitionId":"${id}","signerTitle":"x","signerName":"y","fields":${told}}`;
    expect((await send(clerk, 'POST', '/documents', paper)).status).toBe(refused);
  });
});

describe('what PostgreSQL could not store', () => {
  it.each([
    '2026-02-30T08:00:00Z',
    '0000-01-01T00:00:00Z',
    '2026-01-01T08:00:00+23:00',
    '2026-12-31T23:59:60Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T25:00:00Z',
  ])('is no moment: %s', async (moment) => {
    const inspector = await server.as('city.inspector');
    const { status, body } = await inspector.get(`/audit/records?since=${encodeURIComponent(moment)}`);
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '?since']);
  });

  it.each(['https://127.0.0.1:99999/', 'https://[::1', 'https://', 'https://a b/'])('is no target of a webhook: %s', async (url) => {
    const admin = await server.as('commune.admin');
    expect((await admin.post('/webhooks', { url })).status).toBe(422);
    const address = await fixtures.pathOf('/api/v1/webhooks/{id}');
    expect((await admin.patch(address, { url }, { 'if-match': '*' })).status).toBe(422);
  });

  it('is no number in a path', async () => {
    const clerk = await server.as('commune.clerk');
    const address = await fixtures.pathOf('/api/v1/regulations/{id}');
    for (const number of ['2147483648', '99999999999999999999', '-1', '1.5', 'x'])
      expect([number, (await clerk.upload(`${address}/versions/${number}/file`, '%PDF-1.4\n', {}, 'a.pdf')).status]).toEqual([number, 404]);
  });

  it('is no list that names one thing twice', async () => {
    const leader = await server.as('city.leader');
    const unitId = (await server.sql<{ id: string }>('select id from unit order by code limit 1'))[0]!.id;
    const operation: Operation = document.paths['/api/v1/rollout/plans'].post;
    const plan = { ...exampleOf(document, operation), levels: [], unitIds: [unitId, unitId.toUpperCase()] };
    const { status, body } = await leader.post('/rollout/plans', plan);
    expect([status, body.errors?.[0]]).toMatchObject([422, { pointer: '/unitIds', code: 'unique' }]);
  });
});

describe('what ends too early or lies elsewhere', () => {
  it('is no multipart body without its last boundary', async () => {
    const clerk = await server.as('commune.clerk');
    const id = (await fixtures.pathOf('/api/v1/petitions/{id}')).split('/').at(-1)!;
    const cut = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nname\n';
    for (const path of ['/petitions/imports', `/petitions/${id}/attachments`, `/petitions/${id}/signatories/imports`])
      expect([path, (await clerk.raw('POST', path, cut, { 'content-type': 'multipart/form-data; boundary=x' })).status]).toEqual([
        path,
        400,
      ]);
  });

  it('is no multipart body without a boundary', async () => {
    const clerk = await server.as('commune.clerk');
    const { status, body } = await clerk.raw('POST', '/petitions/imports', 'name\n', { 'content-type': 'multipart/form-data' });
    expect([status, body.type]).toEqual([400, expect.stringContaining('malformed-request')]);
  });

  it('is no JSON without a body', async () => {
    const { status } = await (await server.as()).raw('POST', '/auth/token', undefined, { 'content-type': 'application/json' });
    expect(status).toBe(400);
  });
});

it('what only PostgreSQL found out is a 422 that says nothing was stored, and the log tells that a check was missing', async () => {
  await server.sql(`create function refuse_value() returns trigger language plpgsql as
    $$ begin raise exception 'integer out of range: Nguyễn Văn Hoà' using errcode = '22003'; end $$`);
  await server.sql('create trigger refuse_value before insert on legal_hold for each row execute function refuse_value()');
  const leader = await server.as('commune.leader');
  const petition = await fixtures.pathOf('/api/v1/petitions/{id}');
  const { status, body } = await leader.post(`${petition}/legal-holds`, { reason: 'Toà án yêu cầu giữ hồ sơ' });
  await server.sql('drop trigger refuse_value on legal_hold');
  expect([status, body.type]).toEqual([422, expect.stringContaining('validation-failed')]);
  await until(() => server.output().includes('"code":"22003"'));
  expect(server.output() + JSON.stringify(body)).not.toContain('Nguyễn Văn Hoà');
});

it.each<[string, () => string]>([
  [
    'thousands of marks on one letter',
    () => JSON.stringify({ username: `a${'\u0301'.repeat(160_000)}${'\u0323'.repeat(160_000)}`, password: 'x' }),
  ],
  [
    'a hundred thousand fields',
    () => JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [String(index), 1]))),
  ],
])('one request with %s is refused before anything is made of it, and holds nobody up', async (_what, body) => {
  const nobody = await server.as();
  const begun = performance.now();
  const sent = nobody.raw('POST', '/auth/token', body(), { 'content-type': 'application/json' });
  const alive = await nobody.get('/health/live');
  expect([alive.status, (await sent).status]).toEqual([200, 422]);
  // Seconds before; a loaded machine has some of its own.
  expect(performance.now() - begun).toBeLessThan(3_000);
});

it('a list that is longer than it may be is refused before its items are read', async () => {
  const clerk = await server.as('commune.clerk');
  const begun = performance.now();
  const { status, body } = await clerk.post('/petitions', { parties: Array.from({ length: 45_000 }, () => ({})) });
  expect([status, body.errors[0].pointer, body.errors[0].code]).toEqual([422, '/parties', 'list']);
  expect(performance.now() - begun).toBeLessThan(3_000);
});
