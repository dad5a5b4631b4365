import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { permissions, reaches, type Permission } from '../src/platform/access/permissions.js';
import { AccessFixtures, canary } from './support/access-fixtures.js';
import { Client, type Json } from './support/client.js';
import { bodyFor, type Operation } from './support/openapi-bodies.js';
import { startServer, type TestServer } from './support/server.js';

/*
 * Every route of the OpenAPI document is called as every role from three places, and what comes is compared with the table in
 * docs/access-matrix.md: a route without a row fails, and so does a cell that says something else. After a change that is meant,
 * WRITE_ACCESS_MATRIX=1 writes the table anew, for reading it in the change.
 */
const file = 'docs/access-matrix.md';
const roles = ['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin'] as const;
/** Accounts of the demo: at the commune that the thing is of, at a unit that has nothing to do with it, at the city above. */
const places = { inside: 'commune', outside: 'district', above: 'city' } as const;

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const routes = Object.entries<Json>(document.paths).flatMap(([path, operations]) =>
  Object.entries<Operation>(operations).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    operation,
  })),
);
const open = routes.filter(({ operation }) => !operation.security?.length);
const closed = routes.filter(({ operation }) => operation.security?.length);

/** `GET …` → the cells of its row, one for each role. */
type Matrix = Map<string, string[]>;
const observed: Matrix = new Map();
const searched = { answers: 0, bytes: 0 };

let server: TestServer;
let fixtures: AccessFixtures;
let clients: Record<keyof typeof places, Client[]>;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_WEBHOOK_ALLOW: '127.0.0.1', TIEPDAN_WEBHOOK_ATTEMPTS: '1', LOG_LEVEL: 'trace' } });
  fixtures = await AccessFixtures.at(server);
  const of = (place: string) => Promise.all(roles.map((role) => server.as(`${place}.${role}`)));
  clients = { inside: await of(places.inside), outside: await of(places.outside), above: await of(places.above) };
});
afterAll(() => server.stop());

/** ✓ let through, whatever comes of it · r not for this role · n not for this office · – not there for this caller. */
async function call(client: Client, route: string, method: string, path: string, operation: Operation, given: Json): Promise<string> {
  const { status, headers, body } = await bodyFor(document, operation, given).send(client, method, path);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  searched.answers++;
  searched.bytes += Buffer.byteLength(text);
  const isReveal = route.endsWith('/identity/reveals') && method === 'POST' && status === 201;
  if (!isReveal && tells(text + JSON.stringify([...headers]))) throw new Error(`${route} names who denounced`);
  if (!headers.get('cache-control')?.includes('no-store')) throw new Error(`${route}: browsers may keep the answer`);
  if (status === 401 || status >= 500) throw new Error(`${route}: ${status} ${text.slice(0, 300)}`);
  if (status === 404) return '–';
  if (status !== 403) return '✓';
  return body.type === '/api/v1/problems/not-responsible' ? 'n' : 'r';
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
function tells(text: string): boolean {
  return folded(text).includes(folded(canary.name)) || text.includes(canary.nationalId) || text.includes(canary.phone);
}

describe.each(closed)('$route', ({ route, method, path, operation }) => {
  it('lets in whom the table names', async () => {
    const cells: string[] = roles.map(() => '');
    for (const place of ['inside', 'outside', 'above'] as const) {
      // Fresh things for each place: what one role changed, the next one must not be judged by.
      const address = await fixtures.pathOf(path);
      const body = await fixtures.bodyOf(route);
      for (const [index, client] of clients[place].entries()) cells[index] += await call(client, route, method, address, operation, body);
    }
    expect((await bodyFor(document, operation).send(await server.as(), method, await fixtures.pathOf(path))).status).toBe(401);
    observed.set(route, cells);
    if (!process.env['WRITE_ACCESS_MATRIX'])
      expect([route, ...cells]).toEqual([route, ...(readMatrix().get(route) ?? ['no row in the table'])]);
  });

  it('names its permission, and its roles are those of the permission', () => {
    const rule = permissions[operation['x-permission'] as Permission];
    const refused = roles.filter((_role, index) => observed.get(route)![index] === 'rrr');
    for (const role of roles) if (!(rule.roles as readonly string[]).includes(role)) expect(refused).toContain(role);
  });
});

// `otherId` is a second petition, which lies below nothing.
describe.each(closed.filter(({ path }) => /\{id\}.*\{(?!otherId)\w+Id\}/.test(path)))('$route', ({ route, method, path, operation }) => {
  it('knows a thing below its own parent alone', async () => {
    const address = await fixtures.pathBelowAnother(path);
    const body = await fixtures.bodyOf(route);
    for (const [index, client] of clients.inside.entries()) {
      const { status } = await bodyFor(document, operation, body).send(client, method, address);
      const mayCall = !readMatrix().get(route)![index]!.startsWith('r');
      // A parent whose state allows no such step is refused for that, which tells nothing of the thing.
      expect([roles[index], mayCall ? [404, 409] : [403, 404]]).toEqual([roles[index], expect.arrayContaining([status])]);
    }
  });
});

describe.each(open)('$route', ({ method, path, operation }) => {
  it('is open to anybody', async () => {
    const { status } = await bodyFor(document, operation).send(await server.as(), method, await fixtures.pathOf(path));
    expect(status).not.toBe(403);
  });
});

/** Done at once, or proposed where somebody would read petitions by it. */
const waitsForALeader: ReadonlySet<string> = new Set(['PATCH /api/v1/accounts/{id}', 'POST /api/v1/accounts/{id}/password-reset']);

describe.each(routes)('$route', ({ route, path, operation }) => {
  it('documents summary, success and its problems', () => {
    expect(operation.summary).toMatch(/ – /);
    const statuses = Object.keys(operation.responses);
    // One success, beside what `Prefer` and `Range` make of it; what is only tried and not created is told with 200, what waits for a leader with 202.
    const successes = statuses.filter((status) => status.startsWith('2'));
    const whole = successes.length === 1 ? successes : successes.filter((status) => !['204', '206'].includes(status));
    const counted = waitsForALeader.has(route) ? whole.filter((status) => status !== '202') : whole;
    expect(isTried(operation) ? counted.filter((status) => status !== '200' || counted.length === 1) : counted).toHaveLength(1);
    expect(statuses).toEqual(expect.arrayContaining(['400', '429', '431', '500', '503']));
    if (operation.security?.length) expect(statuses).toEqual(expect.arrayContaining(['401', '403']));
    if (path.includes('{id}')) expect(statuses).toEqual(expect.arrayContaining(['404', '414']));
    if (operation.requestBody) expect(statuses).toEqual(expect.arrayContaining(['408', '413', '415', '422']));
  });
});

/** Whether it can be asked what it would do. */
function isTried({ parameters = [] }: Operation): boolean {
  return parameters.some(({ name }) => name === 'dryRun');
}

describe('the whole', () => {
  it('is the table in docs/access-matrix.md, row by row', () => {
    if (process.env['WRITE_ACCESS_MATRIX']) writeFileSync(file, asMarkdown(observed));
    expect([...readMatrix().keys()].sort()).toEqual(closed.map(({ route }) => route).sort());
    expect(readFileSync(file, 'utf8')).toBe(asMarkdown(readMatrix()));
  });

  it('told nobody who denounced, in no answer and no line of the log', () => {
    expect(searched.answers).toBe(closed.length * roles.length * 3);
    expect(searched.bytes).toBeGreaterThan(500_000);
    expect(tells(server.output())).toBe(false);
    process.stdout.write(
      `${closed.length} routes × ${roles.length} roles × 3 places: ${searched.answers} answers, ${searched.bytes} bytes searched, and ${server.output().length} of the log\n`,
    );
  });

  it('shows the identity to the leader who decides', async () => {
    const { body } = await bodyFor(document, {} as Operation).sendJson(
      fixtures.decides,
      'POST',
      await fixtures.pathOf('/api/v1/petitions/{id}/identity/reveals'),
      { reason: 'Làm việc với người tố cáo' },
    );
    expect(tells(JSON.stringify(body))).toBe(true);
  });
});

function readMatrix(): Matrix {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\| `(GET|POST|PUT|PATCH|DELETE) /.test(line));
  return new Map(
    rows.map((line) => {
      const [route, , ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', ''));
      return [route!, cells];
    }),
  );
}

function asMarkdown(matrix: Matrix): string {
  const table = (head: string[], rows: string[][]): string[] => [
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
  const permissionOf = new Map(closed.map(({ route, operation }) => [route, operation['x-permission']]));
  return `${[
    '# Access matrix',
    '',
    'Who may call what. `test/access.e2e.ts` calls every route of the OpenAPI document as every role from three places and compares what comes with',
    'the tables below; a route without a row fails. `WRITE_ACCESS_MATRIX=1 npm run test:e2e -- --testPathPatterns access` writes them anew after a',
    'change that is meant.',
    '',
    '## Permissions',
    '',
    'The data are `src/platform/access/permissions.ts`: who may do something, and with whose things. A token of a service account needs the scope of the area as',
    'well: `:read` for GET, `:write` for everything else. Which role takes which step of a petition stands in `docs/lifecycle.md`.',
    '',
    ...table(
      ['permission', 'area', 'roles', 'with whose things'],
      Object.entries(permissions).map(([name, { area, roles: held, reach }]) => [`\`${name}\``, area, held.join(', '), reaches[reach]]),
    ),
    '',
    '## Routes',
    '',
    'Each cell has three signs: for somebody of the unit that the thing is of (**inside**: a commune), of a unit that has nothing to do with it',
    '(**outside**: the former district), and of the unit above (**above**: the city). The thing is a denunciation wherever it can be one.',
    '',
    '- `✓` let through; what the rules then say of state and content is another matter',
    '- `r` not for this role, or not for this official (403 `forbidden`)',
    '- `n` not for this office: the petition lies elsewhere (403 `not-responsible`)',
    '- `–` not there for this caller (404)',
    '',
    ...table(
      ['route', 'permission', ...roles],
      [...matrix]
        .sort(([one], [other]) => (one.split(' ')[1]! < other.split(' ')[1]! ? -1 : 1))
        .map(([route, cells]) => [`\`${route}\``, `\`${permissionOf.get(route)}\``, ...cells.map((cell) => `\`${cell}\``)]),
    ),
  ].join('\n')}\n`;
}
