import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, Client, type Json } from './support/client.js';
import { anOffice, must } from './support/reception.js';
import { Relay } from './support/relay.js';
import { endProcess, launch, settingsOf, startServer, type TestServer, withClient } from './support/server.js';
import { aReflectionOn, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

const token = 'a-token-for-the-figures';

let server: TestServer;
let folder: string;
let clerk: Client;
let baDinh: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-connections-'));
  server = await startServer({ env: { TIEPDAN_METRICS_TOKEN: token } });
  clerk = await server.as('commune.clerk');
  baDinh = await unitId(clerk, '00004');
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Another instance on the same database, with settings of its own. */
async function another(databaseUrl: string, more: Record<string, string> = {}): Promise<ReturnType<typeof launch> & { url: string }> {
  const started = launch({
    ...settingsOf(databaseUrl, folder),
    TIEPDAN_OWNER_DATABASE_URL: server.databaseUrl,
    TIEPDAN_METRICS_TOKEN: token,
    ...more,
  });
  return { ...started, url: await started.ready };
}

const reflection = (at: string): Json => aReflectionOn(baDinh, { summary: `Phản ánh ${at}` });
const storedAs = async (at: string): Promise<number> =>
  (await server.sql<{ count: number }>('select count(*)::int as count from petition where summary = $1', [`Phản ánh ${at}`]))[0]!.count;

async function timed<T>(work: () => Promise<T>): Promise<[T, seconds: number]> {
  const begun = performance.now();
  return [await work(), (performance.now() - begun) / 1000];
}

/** A 503 that says when to come again. */
function mustBeAway({ status, headers, body }: Answer, detail: RegExp): void {
  expect([status, body.type, body.detail]).toEqual([503, '/api/v1/problems/service-unavailable', expect.stringMatching(detail)]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

describe('sessions that the server ends', () => {
  it('end no process: what was under way is 503, and repeated with its key it is there once', async () => {
    const writing = { on: true };
    const keys: string[] = [];
    const seen = new Map<number, number>();
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let at = 0; writing.on; at++) {
        const key = `ended-${writer}-${at}`;
        keys.push(key);
        const answer = await clerk.post('/petitions', reflection(key), { 'idempotency-key': key });
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        if (answer.status !== 201) mustBeAway(answer, /./);
      }
    });
    for (let round = 0; round < 25; round++) {
      await pause(150);
      await server.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'tiepdan'`,
      );
    }
    writing.on = false;
    await Promise.all(writers);
    expect(server.process.exitCode).toBeNull();
    expect([...seen.keys()].sort()).toEqual([201, 503]);
    for (const key of keys) {
      const { status } = await until(async () => {
        const answer = await clerk.post('/petitions', reflection(key), { 'idempotency-key': key });
        return answer.status !== 503 && answer;
      });
      expect([key, status]).toEqual([key, 201]);
      expect([key, await storedAs(key)]).toEqual([key, 1]);
    }
  });
});

describe('a network', () => {
  let relay: Relay;
  let api: Awaited<ReturnType<typeof another>>;
  let by: Client;

  beforeAll(async () => {
    relay = await Relay.to(server.databaseUrl);
    api = await another(relay.url(server.databaseUrl), { TIEPDAN_STOP_SECONDS: '5', TIEPDAN_WORKERS: '0' });
    by = await Client.signIn(api.url, 'commune.clerk');
  });
  afterAll(async () => {
    await endProcess(api.process, 'SIGKILL');
    await relay.close();
  });
  const english = { 'accept-language': 'en' };

  it('that breaks while a change is made: nothing was stored, and it is said', async () => {
    relay.breakAt('insert into petition', 'before');
    mustBeAway(await by.post('/petitions', reflection('before'), english), /Nothing was stored\. Try again\.$/);
    expect(relay.hasBroken).toBe(true);
    expect(await storedAs('before')).toBe(0);
  });

  it('that breaks with the answer of COMMIT: whether it was stored is not known, and the key answers', async () => {
    relay.breakAt('COMMIT', 'after');
    const key = { 'idempotency-key': 'with-commit' };
    mustBeAway(
      await by.post('/petitions', reflection('keyed'), { ...english, ...key }),
      /not known whether this was stored\. Repeat it with the same Idempotency-Key/,
    );
    const again = await by.post('/petitions', reflection('keyed'), key);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(await storedAs('keyed')).toBe(1);

    relay.breakAt('COMMIT', 'after');
    mustBeAway(
      await by.post('/petitions', reflection('plain'), english),
      /not known whether this was stored\. Before you send it again, read/,
    );
    relay.breakAt('COMMIT', 'after');
    mustBeAway(
      await by.post('/petitions', reflection('plain-vi')),
      /^Cơ sở dữ liệu tạm thời không đáp ứng\. Không rõ yêu cầu đã được lưu hay chưa\./,
    );
    expect([await storedAs('plain'), await storedAs('plain-vi')]).toEqual([1, 1]);
  });

  it('that breaks while something is looked for: it is not told as not there', async () => {
    const { id: officeId } = await anOffice(await server.as('commune.leader'));
    const visit = {
      officeId,
      kind: 'reflection',
      visitors: [{ name: 'Nguyễn Văn Hoà', address: 'Số 5 phố Trấn Vũ' }],
      matter: 'Phản ánh đèn đường hỏng',
      content: 'Hai đèn chiếu sáng trong ngõ 12 hỏng đã một tháng.',
      receiverName: 'Nguyễn Thị Hoà',
      startedAt: '2026-07-08T08:30:00+07:00',
    };
    await must(201, by.post('/reception-visits', visit));
    // The name of a prepared statement, with which it is sent from the second time on.
    relay.breakAt('reception-office\0', 'before');
    mustBeAway(await by.post('/reception-visits', visit, english), /Nothing was stored/);
    expect(relay.hasBroken).toBe(true);
    relay.breakAt('from petition', 'before');
    mustBeAway(await by.get('/petitions', english), /^The database does not answer at the moment\. Try again\.$/);
  });

  it('that became silent is given up, and left behind by itself when a new connection passes', async () => {
    await Promise.all(Array.from({ length: 10 }, () => must(200, by.get('/petitions'))));
    relay.fallSilent();
    const hanging = Array.from({ length: 12 }, () => timed(() => by.get('/petitions')));
    const [ready, readySeconds] = await timed(() => by.get('/health/ready'));
    expect([ready.status, ready.body.database]).toEqual([503, 'away']);
    expect(readySeconds).toBeLessThan(3);
    for (const [answer, seconds] of await Promise.all(hanging)) {
      mustBeAway(answer, /./);
      expect(seconds).toBeLessThan(30);
    }
    relay.passNewOnes();
    const [, back] = await timed(() => until(async () => (await by.get('/petitions')).status === 200, 20));
    expect(back).toBeLessThan(10);
    await until(async () => (await by.get('/health/ready')).status === 200, 5);
  });

  /** A figure of the instance, by its name and labels. */
  async function figure(name: string): Promise<number> {
    const figures = await (await by.fetch('/metrics', { authorization: `Bearer ${token}` })).text();
    const line = figures.split('\n').find((one) => one.startsWith(`${name} `));
    return Number(line?.slice(name.length));
  }
  const cut = (): Promise<number> => figure('database_connections_cut_total');

  it('that swallowed what was under way and passes again at once: the server is asked, and does not work on it', async () => {
    // What is cut with the last one that had become silent is opened again by whoever needs it.
    await until(async () => {
      await Promise.all(Array.from({ length: 10 }, () => must(200, by.get('/petitions'))));
      await pause(1_500);
      return (await figure('database_connections{state="idle"}')) > 0;
    });
    const before = await cut();
    relay.fallSilent();
    const hanging = Array.from({ length: 12 }, () => timed(() => by.get('/petitions')));
    await pause(500);
    relay.passNewOnes();
    const answers = await Promise.all(hanging);
    for (const [, seconds] of answers) expect(seconds).toBeLessThan(9);
    expect((await by.get('/petitions')).status).toBe(200);
    // As many as were open: how many that are, is the machine's.
    const told = answers.map(([{ status }, seconds]) => `${status} after ${seconds} s`);
    expect({ wereCut: (await cut()) > before, told }).toEqual({ wereCut: true, told });
  });

  it('that is slow, but there, is waited for: a statement that the server works on is left alone', async () => {
    await withClient(server.databaseUrl, async (holder) => {
      await holder.query('begin; lock table petition in access exclusive mode');
      const waiting = timed(() => by.get('/petitions'));
      await pause(6_000);
      await holder.query('rollback');
      const [{ status }, seconds] = await waiting;
      expect([status, seconds > 5.9]).toEqual([200, true]);
    });
  });

  it('that swallowed a commit: what the server still holds for it is let go, and nobody waits for a minute', async () => {
    relay.breakAt('COMMIT', 'silent');
    const key = { 'idempotency-key': 'swallowed' };
    const swallowed = by.post('/petitions', reflection('swallowed'), key);
    await until(() => relay.hasBroken, 10);
    // The ledger of the unit is locked by whoever is never heard again.
    const [next, seconds] = await timed(() =>
      until(async () => {
        const answer = await by.post('/petitions', reflection('next'), { 'idempotency-key': 'next' });
        return answer.status === 201 && answer;
      }, 60),
    );
    expect(next.status).toBe(201);
    expect(seconds).toBeLessThan(20);
    mustBeAway(await swallowed, /./);
    expect((await by.post('/petitions', reflection('swallowed'), key)).status).toBe(201);
    expect([await storedAs('swallowed'), await storedAs('next')]).toEqual([1, 1]);
  });

  it('that is silent holds up no stop', async () => {
    relay.fallSilent();
    const hanging = Array.from({ length: 3 }, () => by.get('/petitions').catch(() => undefined));
    await pause(300);
    const [, seconds] = await timed(() => endProcess(api.process, 'SIGTERM'));
    expect(seconds).toBeLessThan(17);
    await Promise.all(hanging);
  });
});

it('whoever finds too many waiting is refused at once, while the database is ready', async () => {
  const api = await another(server.databaseUrl, { TIEPDAN_DATABASE_POOL: '2', TIEPDAN_DATABASE_WAITING: '3', TIEPDAN_WORKERS: '0' });
  const by = await Client.signIn(api.url, 'commune.clerk');
  await withClient(server.databaseUrl, async (holder) => {
    await holder.query('begin; lock table petition in access exclusive mode');
    const asked = Array.from({ length: 12 }, () => timed(() => by.get('/petitions', { 'accept-language': 'en' })));
    await pause(1_000);
    const [ready, seconds] = await timed(() => by.get('/health/ready'));
    expect([ready.status, seconds < 2.5]).toEqual([200, true]);
    await holder.query('rollback');
    const answers = await Promise.all(asked);
    const refused = answers.filter(([{ status }]) => status === 503);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    for (const [answer, took] of refused) {
      mustBeAway(answer, /^Too many requests are waiting for the database\. Try again\.$/);
      expect(took).toBeLessThan(1);
    }
    expect(answers.filter(([{ status }]) => status === 200).length).toBe(12 - refused.length);
    const figures = await (await by.fetch('/metrics', { authorization: `Bearer ${token}` })).text();
    expect(Number(/^database_connections_refused_total (\d+)$/m.exec(figures)?.[1])).toBeGreaterThanOrEqual(refused.length);
  }).finally(() => endProcess(api.process, 'SIGTERM'));
});

describe('a database that takes no writes', () => {
  const name = (): string => new URL(server.databaseUrl).pathname.slice(1);
  // Past the pool of the test, whose sessions would read only for as long as they live.
  const readOnly = (how: 'on' | 'off'): Promise<unknown> =>
    withClient(process.env['E2E_DATABASE']!, async (admin) => {
      await admin.query(`alter database ${name()} set default_transaction_read_only = ${how}`);
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name like 'tiepdan%'`, [
        name(),
      ]);
    });
  afterEach(() => readOnly('off'));

  it('is not ready, and changes are 503', async () => {
    await readOnly('on');
    const ready = await until(async () => {
      const answer = await clerk.get('/health/ready', { 'accept-language': 'en' });
      return answer.status === 503 && answer;
    }, 5);
    expect(ready.body).toMatchObject({ database: 'read-only', detail: 'The database is read only and takes no writes.' });
    const refused = await until(async () => {
      const answer = await clerk.post('/petitions', reflection('read-only'), { 'accept-language': 'en' });
      return answer.body.detail.startsWith('The database takes no writes') && answer;
    }, 5);
    mustBeAway(refused, /Nothing was stored\. Try again\.$/);
    await readOnly('off');
    await until(async () => (await clerk.get('/health/ready')).status === 200, 5);
    await until(async () => (await clerk.post('/petitions', reflection('written'))).status === 201, 5);
  });
});

describe('what the server says', () => {
  // Sessions were just ended: whoever takes one hears it once.
  beforeAll(() => until(async () => (await clerk.post('/petitions', reflection('calm'))).status === 201, 10));
  afterEach(() => server.sql('drop trigger if exists failing on petition'));

  it.each([
    ['53100', /^The disk of the database is full; tell the administrator\. Nothing was stored\. Try again\.$/, 60],
    ['53200', /^The database has no room for this at the moment\. Nothing was stored\. Try again\.$/, 5],
    ['57014', /^This took too long, and the database broke it off\. Nothing was stored\. Try again\.$/, 30],
    ['08006', /^The database does not answer at the moment\. Nothing was stored\. Try again\.$/, 5],
  ])('is told in words: %s', async (code, words, seconds) => {
    await server.sql(
      `create or replace function failing() returns trigger language plpgsql as $$ begin raise 'no' using errcode = '${code}'; end $$`,
    );
    await server.sql('create trigger failing before insert on petition for each row execute function failing()');
    const answer = await clerk.post('/petitions', reflection(code), { 'accept-language': 'en', 'idempotency-key': `words-${code}` });
    mustBeAway(answer, words);
    expect(answer.headers.get('retry-after')).toBe(String(seconds));
  });

  it('is a fault of the product where it is none of the connection, and it is said what of the change is stored', async () => {
    await server.sql(
      `create or replace function failing() returns trigger language plpgsql as $$ begin raise 'no' using errcode = '42P01'; end $$`,
    );
    await server.sql('create trigger failing before insert on petition for each row execute function failing()');
    const { status, body } = await clerk.post('/petitions', reflection('fault'), { 'accept-language': 'en' });
    expect([status, body.detail]).toEqual([
      500,
      'Something unexpected happened and was logged. Nothing was stored. Tell the administrator the requestId.',
    ]);
  });
});

describe('a lock that is not given', () => {
  it('is 503 where all transactions wait for it, and 409 where somebody else changes the same', async () => {
    // The sessions were just ended: whoever takes one hears it once.
    const { id } = await until(() => file(clerk, reflection('locked')).catch(() => undefined));
    await withClient(server.databaseUrl, async (holder) => {
      await holder.query('begin; select pg_advisory_xact_lock(12072018)');
      const slow = clerk.post('/petitions', reflection('slow'), { 'accept-language': 'en' });
      await withClient(server.databaseUrl, async (other) => {
        await other.query('begin');
        await other.query('select from petition where id = $1 for update', [id]);
        const held = await clerk.post(
          `/petitions/${id}/guidance`,
          { content: 'Gửi UBND phường Hoàn Kiếm', guidedOn: '2026-05-12' },
          { 'accept-language': 'en' },
        );
        expect([held.status, held.body.detail]).toEqual([409, 'Somebody else is changing this at the same time. Try again.']);
        await other.query('rollback');
      });
      mustBeAway(await slow, /^The database stores too slowly .* Nothing was stored\. Try again\.$/);
      await holder.query('rollback');
    });
    expect(await storedAs('slow')).toBe(0);
  });
});

describe('a start', () => {
  it('waits for a database that comes', async () => {
    const place = await Relay.to(server.databaseUrl);
    const url = place.url(server.databaseUrl);
    await place.close();
    const api = launch({
      NODE_ENV: 'test',
      PORT: '0',
      DATABASE_URL: url,
      TIEPDAN_DATA_DIR: folder,
      TIEPDAN_MASTER_KEY: process.env['E2E_MASTER_KEY']!,
      TIEPDAN_DATABASE_WAIT: '60',
    });
    await until(() =>
      /^Waiting for the database 127\.0\.0\.1:\d+\/test_\w+ \(connect ECONNREFUSED .*\); \d+ s left \(TIEPDAN_DATABASE_WAIT\)$/m.test(
        api.output(),
      ),
    );
    const relay = await Relay.to(server.databaseUrl, { port: Number(new URL(url).port) });
    expect((await new Client(await api.ready).get('/health/ready')).status).toBe(200);
    await endProcess(api.process, 'SIGTERM');
    await relay.close();
  });

  it('refuses what stands in front and takes no settings of sessions', async () => {
    const pooler = await Relay.to(server.databaseUrl, { withoutOptions: true });
    const refused = async (settings: Record<string, string>): Promise<string> => {
      const api = launch({
        NODE_ENV: 'test',
        PORT: '0',
        TIEPDAN_DATA_DIR: folder,
        TIEPDAN_MASTER_KEY: process.env['E2E_MASTER_KEY']!,
        ...settings,
      });
      expect(await new Promise((resolve) => api.process.once('exit', resolve))).toBe(1);
      return api.output().trim();
    };
    const through = pooler.url(server.databaseUrl);
    const line = (names: string): RegExp =>
      new RegExp(
        `^The database \\S+ does not give sessions what they ask for \\(${names}\\): name PostgreSQL itself, or a proxy that passes everything on, and no pooler such as PgBouncer \\(docs/high-availability\\.md, "PgBouncer"\\)$`,
      );
    const common = 'timezone, lock_timeout, statement_timeout, idle_in_transaction_session_timeout';
    // Migrations ask for no limits, which is what is usual.
    expect(await refused({ DATABASE_URL: through })).toMatch(line('timezone, lock_timeout, tiepdan\\.digest_key'));
    expect(await refused({ DATABASE_URL: through, TIEPDAN_OWNER_DATABASE_URL: server.databaseUrl })).toMatch(
      line(`${common}, role, tiepdan\\.digest_key`),
    );
    await pooler.close();
  });
});
