import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { built } from './support/cast.js';
import { Client } from './support/client.js';
import { pinDatabase, pinnedSearchPath } from './support/clock/pin-database.js';
import { endProcess, launch, settingsOf, startServer, withClient } from './support/server.js';
import { aReflectionOn, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

const folder = mkdtempSync(path.join(tmpdir(), 'tiepdan-start-'));
beforeAll(() => chmodSync(folder, 0o711));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ofTests = (databaseUrl: string) => ({ DATABASE_URL: databaseUrl, TIEPDAN_MASTER_KEY: process.env['E2E_MASTER_KEY']! });

/** Starts with settings that cannot work; answers the exit code and what was said. */
async function failing(settings: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const started = launch({ NODE_ENV: 'test', PORT: '0', TIEPDAN_DATA_DIR: path.join(folder, 'failing'), ...settings });
  const code = await new Promise<number | null>((resolve) => started.process.once('exit', resolve));
  // A slow machine is told what the start is at (src/platform/text/progress.ts).
  const lines = started
    .output()
    .trim()
    .split('\n')
    .filter((line) => !/ … \d+ s$/.test(line));
  return { code, lines };
}

describe('one clear line for', () => {
  it.each([
    ['a bad value', { PORT: '99999' }, /^PORT: "99999" is not allowed; allowed: a whole number from 0 to 65535$/],
    ['an unknown setting', { TIEPDAN_COLOUR: 'red' }, /^TIEPDAN_COLOUR: unknown setting in the environment; allowed: /],
    ['a URL that is none', { DATABASE_URL: 'mysql://x' }, /^DATABASE_URL: not a PostgreSQL URL; allowed: postgres:\/\//],
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgres://someone:secret@127.0.0.1:9/tiepdan', TIEPDAN_DATABASE_WAIT: '0' },
      /^The database 127\.0\.0\.1:9\/tiepdan cannot be reached: .*ECONNREFUSED/,
    ],
    ...[
      'postgres://someone:secret@a:1,b:2/tiepdan?target_session_attrs=read-write',
      'postgres://someone:secret@/tiepdan?host=a,b&port=1,2',
      'postgres://someone:secret@a,b/tiepdan',
      'postgres://someone:secret@a/tiepdan?target_session_attrs=primary',
    ].map((url): [string, Record<string, string>, RegExp] => [
      `several servers: ${url}`,
      { DATABASE_URL: url },
      /^DATABASE_URL: several hosts and target_session_attrs are not supported; allowed: one address that always leads to the server, a proxy/,
    ]),
    ['demo data in production', { NODE_ENV: 'production', TIEPDAN_DEMO: 'on' }, /^TIEPDAN_DEMO: demo accounts have a documented password/],
  ])('%s', async (_what, settings, line) => {
    const { code, lines } = await failing(settings);
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(line);
    expect(lines[0]).not.toContain('secret');
  });

  it('a wrong database name', async () => {
    const { lines } = await failing({ DATABASE_URL: process.env['E2E_DATABASE']!.replace(/postgres$/, 'nowhere') });
    expect(lines).toEqual([expect.stringMatching(/^The database .*\/nowhere cannot be reached: database "nowhere" does not exist$/)]);
  });

  it('a port in use, without touching the database of who uses it', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const server = await startServer();
    const { code, lines } = await failing({ ...ofTests(server.databaseUrl), PORT: String(port) });
    holder.close();
    expect(code).toBe(1);
    expect(lines).toEqual([`PORT: 127.0.0.1:${port} is in use by another program; stop it or set another PORT`]);
    expect((await (await server.as()).get('/health/ready')).status).toBe(200);
    await server.stop();
  });

  it('a data folder of another PostgreSQL', async () => {
    const other = path.join(folder, 'other');
    mkdirSync(path.join(other, 'postgres'), { recursive: true });
    writeFileSync(path.join(other, 'postgres', 'PG_VERSION'), '9.6\n');
    const { code, lines } = await failing({ TIEPDAN_DATA_DIR: other });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/was made by PostgreSQL 9\.6, this is PostgreSQL 18: move it away/)]);
  });

  it('a data folder that cannot be made', async () => {
    writeFileSync(path.join(folder, 'key.pem'), 'not a key');
    const { code, lines } = await failing({ TIEPDAN_DATA_DIR: path.join(folder, 'key.pem', 'data') });
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^The data folder .*\/postgres cannot be made: ENOTDIR; set TIEPDAN_DATA_DIR to a folder that may be written$/),
    ]);
  });

  it('a folder of somebody else’s files, which stay', async () => {
    const mine = path.join(folder, 'mine');
    mkdirSync(path.join(mine, 'postgres'), { recursive: true });
    writeFileSync(path.join(mine, 'postgres', 'letter.txt'), 'Thư');
    const { code, lines } = await failing({ TIEPDAN_DATA_DIR: mine });
    expect([code, lines]).toEqual([
      1,
      [expect.stringMatching(/mine\/postgres is there but holds no database; move it away, or set TIEPDAN_DATA_DIR$/)],
    ]);
    expect(readdirSync(path.join(mine, 'postgres'))).toEqual(['letter.txt']);
    expect(readdirSync(mine)).toEqual(['postgres']);
  });

  it.each(['short', 'c2hvcnQ='])('a master key that is none: %s', async (key) => {
    const { lines } = await failing({ DATABASE_URL: process.env['E2E_DATABASE']!.replace(/postgres$/, 'empty'), TIEPDAN_MASTER_KEY: key });
    expect(lines).toEqual([expect.stringMatching(/^TIEPDAN_MASTER_KEY: not a master key; allowed: 32 bytes in Base64/)]);
    expect(lines[0]).not.toContain(key);
  });

  it('a signing key that is none', async () => {
    const key = path.join(folder, 'key.pem');
    writeFileSync(key, 'not a key');
    const server = await startServer();
    const { lines } = await failing({ ...ofTests(server.databaseUrl), TIEPDAN_SIGNING_KEY_FILE: key });
    await server.stop();
    expect(lines).toEqual([expect.stringMatching(/^TIEPDAN_SIGNING_KEY_FILE: .*key\.pem is not an Ed25519 private key/)]);
  });
});

it('a production server refuses the documented demo password', async () => {
  const server = await startServer();
  const production = { NODE_ENV: 'production', DATABASE_URL: server.databaseUrl };
  const { code, lines } = await failing({ ...production, ...ofTests(server.databaseUrl) });
  const otherKey = await failing({ ...production, TIEPDAN_MASTER_KEY: randomBytes(32).toString('base64') });
  const withoutKey = await failing({ ...production, TIEPDAN_DATA_DIR: path.join(folder, 'without-key') });
  const outside = { DATABASE_URL: server.databaseUrl, TIEPDAN_DATA_DIR: path.join(folder, 'without-key') };
  const madeNone = await failing(outside);
  const [kept] = await server.sql<{ id: string }>('select master_key_id as id from data_key');
  await server.stop();
  const fresh = await failing({ ...production, DATABASE_URL: process.env['E2E_DATABASE']!, TIEPDAN_DATA_DIR: path.join(folder, 'fresh') });
  expect(otherKey.lines).toEqual([
    expect.stringMatching(/^TIEPDAN_MASTER_KEY: data key 1 was wrapped by the master key [0-9a-f]{16}, which is not among those set/),
  ]);
  // Beside data nothing is made anew, in development as little as in production.
  for (const { code: ended, lines: said } of [withoutKey, madeNone])
    expect([ended, said]).toEqual([
      1,
      [
        expect.stringMatching(
          `^TIEPDAN_MASTER_KEY_FILE: .* does not exist, and what lies in the database was sealed under the master key ${kept!.id}: bring that key back; a new one opens nothing, and none was made$`,
        ),
      ],
    ]);
  expect(existsSync(path.join(folder, 'without-key', 'master-key'))).toBe(false);
  expect(fresh.lines).toEqual([expect.stringMatching(/^TIEPDAN_MASTER_KEY_FILE: .* does not exist; production needs a key of its own/)]);
  expect([code, lines]).toEqual([1, [expect.stringMatching(/^NODE_ENV: the account "\S+" still has the documented demo password/)]]);
});

describe('the embedded database', () => {
  const settings = { NODE_ENV: 'test', PORT: '0', TIEPDAN_DATA_DIR: path.join(folder, 'data'), LOG_LEVEL: 'warn' };

  // What is made at the first start has the clock of the tests, too.
  beforeAll(async () => {
    const { EmbeddedServer } = await built<typeof import('../src/platform/database/embedded-server.js')>(
      'platform/database/embedded-server.js',
    );
    const data = await EmbeddedServer.start(path.join(folder, 'data', 'postgres'), 0, pinnedSearchPath);
    await withClient(data.url('template1'), pinDatabase);
    await withClient(data.url(), (client) => client.query(`alter system set search_path = ${pinnedSearchPath.search_path}`));
    await data.stop();
  });

  it('comes up with the demo, survives kill -9 without losing anything, and stops with the server', async () => {
    const first = launch(settings);
    const clerk = await Client.signIn(await first.ready, 'city.clerk');
    const petition = await file(clerk, aReflectionOn(await unitId(clerk, '00004')));
    await endProcess(first.process, 'SIGKILL');

    const second = launch(settings);
    const again = await Client.signIn(await second.ready, 'city.clerk');
    expect((await again.get(`/petitions/${petition.id}`)).body).toMatchObject({ number: petition.number });
    expect(await endProcess(second.process, 'SIGTERM')).toBe(0);
    expect(spawnSync('pgrep', ['-f', path.join(folder, 'data')]).stdout.toString()).toBe('');

    const third = launch(settings);
    const later = await Client.signIn(await third.ready, 'city.clerk');
    expect((await later.get(`/petitions/${petition.id}`)).status).toBe(200);
    expect(await endProcess(third.process, 'SIGINT')).toBe(0);
  }, 240_000);

  it('serves several instances, and stops with the last one, whichever started it', async () => {
    const runs = (): boolean => spawnSync('pgrep', ['-f', path.join(folder, 'data')]).stdout.toString() !== '';
    const ready = async (url: string): Promise<number> => (await new Client(url).get('/health/ready')).status;
    const first = launch(settings);
    const firstUrl = await first.ready;
    const second = launch(settings);
    const secondUrl = await second.ready;

    expect(await endProcess(second.process, 'SIGTERM')).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await ready(firstUrl)).toBe(200);

    const third = launch(settings);
    const thirdUrl = await third.ready;
    expect(thirdUrl).not.toBe(secondUrl);
    expect(await endProcess(first.process, 'SIGINT')).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await ready(thirdUrl)).toBe(200);

    expect(await endProcess(third.process, 'SIGTERM')).toBe(0);
    expect(runs()).toBe(false);
  }, 240_000);

  it('that was stopped by somebody else is no fault at the end', async () => {
    const server = launch(settings);
    await server.ready;
    const [postmaster, , , port] = readFileSync(path.join(folder, 'data', 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    // A task that the start put into the queue is under way on a slow machine: that it is cut off is said.
    await withClient(`postgres://postgres@127.0.0.1:${port}/postgres`, (client) =>
      until(async () => (await client.query('select from graphile_worker._private_jobs')).rowCount === 0, 60),
    );
    process.kill(Number(postmaster), 'SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await endProcess(server.process, 'SIGTERM')).toBe(0);
    expect(server.output()).not.toMatch(/pg_ctl|    at /);
  }, 240_000);
});

it('tells balancers that it stops and serves on, then closes its door and waits for no silent line', async () => {
  const server = await startServer({ env: { TIEPDAN_STOP_PAUSE: '2' } });
  const clerk = await server.as('city.clerk');
  const petition = aReflectionOn(await unitId(clerk, '00004'));
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(silent, 'connect');
  const half = connect(Number(new URL(server.url).port), '127.0.0.1');
  half.write('GET /health/live HTTP/1.1\r\nHost: ');
  for (const line of [silent, half]) line.on('error', () => undefined);
  expect((await clerk.get('/health/ready')).status).toBe(200);
  const begun = Date.now();
  const gone = endProcess(server.process, 'SIGTERM');
  const told = await until(async () => {
    const answer = await clerk.get('/health/ready', { 'accept-language': 'en' });
    return answer.status === 503 && answer;
  }, 1.5);
  expect(told.body.detail).toBe('The server is about to stop. Ask another one.');
  expect(told.headers.get('retry-after')).toBe('1');
  expect((await clerk.get('/health/live')).status).toBe(200);
  expect((await clerk.post('/petitions', petition)).status).toBe(201);
  expect(await gone).toBe(0);
  const seconds = (Date.now() - begun) / 1000;
  expect(seconds).toBeGreaterThan(2);
  // Lines on which nothing was asked, or half of it, would hold it until it is given up.
  expect(seconds).toBeLessThan(15);
  await server.stop();
});

it('says what it is at where that takes long', async () => {
  const server = await startServer();
  await withClient(server.databaseUrl, async (other) => {
    await other.query('select pg_advisory_lock(71402018)');
    const second = launch(settingsOf(server.databaseUrl, path.join(folder, 'second')));
    await until(() => /^Waiting for another instance that prepares the database … 3 s$/m.test(second.output()), 20);
    await other.query('select pg_advisory_unlock(71402018)');
    await second.ready;
    await endProcess(second.process, 'SIGTERM');
  });
  await server.stop();
});

it('finishes running requests before it stops', async () => {
  const server = await startServer();
  const clerk = await server.as('city.clerk');
  const petition = aReflectionOn(await unitId(clerk, '00004'));
  const answers = Promise.all(Array.from({ length: 20 }, () => clerk.post('/petitions', petition).catch(() => null)));
  await new Promise((resolve) => setTimeout(resolve, 15));
  const code = await endProcess(server.process, 'SIGTERM');
  const filed = (await answers).filter((answer) => answer?.status === 201);
  expect(code).toBe(0);
  expect(await server.sql('select from petition')).toHaveLength(filed.length);
  await server.stop();
});
