import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { built } from './support/cast.js';
import { Client, type Json } from './support/client.js';
import { endProcess, launch, startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';
import { aComplaintAbout, classify, file, unitId } from './support/stories.js';

const digest = /^[0-9a-f]{64}$/;
let server: TestServer;
let clerk: Client;
let inspector: Client;
let petition: Json;
let folder: string;
let keys: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-checkpoints-'));
  keys = await mkdtemp(path.join(tmpdir(), 'tiepdan-keys-of-audit-'));
  server = await startServer({ env: { TIEPDAN_CHECKPOINT_DIR: folder, TIEPDAN_DATA_DIR: keys } });
  [clerk, inspector] = await Promise.all([server.as('commune.clerk'), server.as('city.inspector')]);
  const unit = await unitId(clerk, '00004');
  petition = await classify(clerk, await file(clerk, aComplaintAbout(unit)));
  await Promise.all(Array.from({ length: 20 }, () => file(clerk, aComplaintAbout(unit))));
});
afterAll(async () => {
  await server.stop();
  await Promise.all([folder, keys].map((made) => rm(made, { recursive: true, force: true })));
});

const verification = async (): Promise<Json> => (await inspector.get('/audit/verification')).body;
const verifyCommand = (...parameters: string[]) => server.command('boot/commands/audit-command.js', ...parameters);
/** Somebody with the rights of the owner damages what nobody can change through the API. */
const damage = async (statement: string): Promise<void> => {
  await server.sql('alter table audit_record disable trigger user');
  await server.sql('alter table audit_link disable trigger user');
  await server.sql(statement);
};

describe('the record', () => {
  it('tells who did what, from where, before and after, by the request', async () => {
    const accepted = await (await server.as('commune.leader')).post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-13' });
    const { body } = await inspector.get(`/audit/records?petitionId=${petition.id}&objectType=petition&operation=update`);
    expect(body.items.find(({ after }: Json) => after.state === 'accepted')).toMatchObject({
      username: 'commune.leader',
      action: 'POST /api/v1/petitions/:id/acceptance',
      address: '127.0.0.1',
      requestId: accepted.headers.get('x-request-id'),
      before: { state: 'classified', accepted_on: null },
      after: { state: 'accepted', accepted_on: '2026-05-13' },
    });
  });

  it('holds personal data and free text as digests only', async () => {
    const { body } = await inspector.get('/audit/records?objectType=petition_party&limit=2');
    expect(body.items[0].after).toMatchObject({ role: 'petitioner', national_id: expect.stringMatching(digest) });
    expect(JSON.stringify((await inspector.get('/audit/records?limit=200')).body)).not.toMatch(/Nguyễn Văn Hoà|001082012345|thu hồi/);
  });

  it('tells by them whether a field of a row became what it was before, and nothing of other rows', async () => {
    const [first, second] = (await inspector.get('/audit/records?objectType=petition_party&limit=2')).body.items;
    expect(first.after.national_id).not.toBe(second.after.national_id);
    for (const name of ['Trần Văn Bình', 'Trần Thị Bình', 'Trần Văn Bình'])
      await server.sql(
        `with session as (select set_config('tiepdan.digest_key', 'k', true)) update petition_party set name = $2 from session where id = $1`,
        [first.objectId, name],
      );
    const names = (
      await server.sql<{ name: string }>(
        `select after ->> 'name' as name from audit_record where object_type = 'petition_party' and object_id = $1 order by id desc limit 3`,
        [first.objectId],
      )
    ).map(({ name }) => name);
    expect([names[0], names[0] === names[2], names[0] === names[1]]).toEqual([expect.stringMatching(digest), true, false]);

    const { clearColumns } = await built<typeof import('../src/platform/database/audit-triggers.js')>(
      'platform/database/audit-triggers.js',
    );
    const told = await server.sql<{ table: string; field: string; shared: boolean }>(
      `select record.object_type as table, field.key as field, field.value in (
           select other.value from audit_record elsewhere cross join lateral jsonb_each_text(coalesce(elsewhere.after, elsewhere.before)) as other
           where other.value ~ '^[0-9a-f]{64}$'
           group by other.value having count(distinct (elsewhere.object_type, other.key, elsewhere.object_id)) > 1) as shared
       from audit_record record cross join lateral jsonb_each_text(coalesce(record.after, record.before)) as field
       where field.value ~ '^[0-9a-f]{64}$' group by 1, 2, 3`,
    );
    const digests = told.filter(({ table, field }) => !clearColumns(table).includes(field));
    expect(digests.length).toBeGreaterThan(10);
    expect(digests.filter(({ shared }) => shared)).toEqual([]);
  });

  it('is asked by official, unit, kind and time, page by page', async () => {
    const pages = [];
    for (let address: string | null = '/audit/records?username=COMMUNE.CLERK&objectType=petition&operation=insert&limit=8'; address;) {
      const { body } = await inspector.get(address);
      pages.push(body.items.length);
      address = body.nextCursor
        ? `/audit/records?username=commune.clerk&objectType=petition&operation=insert&limit=8&cursor=${body.nextCursor}`
        : null;
    }
    expect(pages).toEqual([8, 8, 5]);
    const unit = await unitId(clerk, '00004');
    expect((await inspector.get(`/audit/records?unitId=${unit}&objectType=petition&operation=insert&limit=200`)).body.items).toHaveLength(
      21,
    );
    expect((await inspector.get('/audit/records?since=2099-01-01T00:00:00Z')).body.items).toEqual([]);
    expect((await inspector.get('/audit/records?since=yesterday')).status).toBe(422);
    expect((await inspector.get(`/audit/records?petitionId=${unit}`)).status).toBe(404);
  });

  it('covers every table, but for those whose rows follow from others or are chained by themselves', async () => {
    const rows = await server.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
         and not exists (select from pg_trigger where tgrelid = pg_class.oid and tgname = 'audit_change') order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      // How many files there are: it follows from them.
      'attachment_usage',
      'audit_checkpoint',
      'audit_link',
      'audit_record',
      // Which records became digests after they were linked; bound by a record of the chain.
      'audit_rewrite',
      // What walks along the chain found, signed; append-only itself.
      'audit_walk',
      // Faults and progress of jobs, which are recorded when they begin and end.
      'background_job_fault',
      // Contents under their own hash; what they belong to is recorded.
      'blob',
      // How often somebody booked today, by keyed digest.
      'booking_count',
      // Answers given and tokens issued: copies of what is recorded, for some days.
      'document_counter',
      'idempotency_key',
      'ledger_counter',
      'migrations',
      // Told from the history; append-only itself.
      'outgoing_event',
      // The history of a petition has a chain of its own.
      'petition_event',
      // What petitions are compared by, and where they lay: both follow from them.
      'petition_match',
      'petition_match_key',
      'petition_stay',
      // How often a queue changed, running numbers, how many places of a slot are taken: they follow from tickets, visits and appointments.
      'reception_board',
      'reception_slot',
      'reference_version',
      'refresh_token',
      'running_number',
      // Counts of guesses, by strangers, for a day.
      'sign_in_failure',
      'status_guess',
      'unit_closure',
      // What a guidance at a visit is known again by: it follows from the visit.
      'visit_guidance',
      // How far messages are.
      'webhook_delivery',
    ]);
  });
});

describe('the chain', () => {
  it('has one link for each transaction, in their order, also of parallel ones', async () => {
    const before = await verification();
    expect(before).toMatchObject({ intact: true, broken: null, nextFrom: null });
    await Promise.all(
      Array.from({ length: 12 }, () => clerk.put(`/petitions/${petition.id}/eligibility`, { answers: {} }, { 'if-match': '*' })),
    );
    const [row] = await server.sql<{ links: number; last: number; loose: number }>(
      `select count(*)::int as links, max(position)::int as last,
         (select count(*)::int from audit_record where transaction_id not in (select transaction_id from audit_link)) as loose from audit_link`,
    );
    expect(row).toMatchObject({ links: row!.last, loose: 0 });
    expect(await verification()).toMatchObject({ intact: true, links: row!.last });
  });

  it('is walked along for one caller at a time, however many ask', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => inspector.get('/audit/verification')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]!.headers.get('retry-after')).toBe('5');
    expect(await verification()).toMatchObject({ intact: true });
  });

  it('is signed in checkpoints, which are written elsewhere, too', async () => {
    const { status, body } = await inspector.post('/audit/checkpoints', {});
    expect(status).toBe(201);
    expect((await inspector.get('/audit/checkpoints')).body.items[0]).toEqual(body);
    const [name] = await readdir(folder);
    expect((await readFile(path.join(folder, name!), 'utf8')).trim()).toBe(body.token);
    const { status: code, stdout } = verifyCommand('--checkpoint', path.join(folder, name!));
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^Intact: \d+ links, \d+ records, 1 checkpoints/)]);
  });

  it('has one checkpoint of one head, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => inspector.post('/audit/checkpoints', {})));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const positions = new Set(answers.map(({ body }) => body.position));
    for (const position of positions)
      expect(await server.sql(`select count(*)::int as kept from audit_checkpoint where position = ${position}`)).toEqual([{ kept: 1 }]);
    // Whoever asked for the same head was given the same token.
    expect(new Set(answers.map(({ body }) => body.token)).size).toBe(positions.size);
  });
});

describe("the API's own role", () => {
  it.each([
    `update audit_record set account_id = null`,
    `delete from audit_record`,
    `insert into audit_record (transaction_id, operation, object_type, object_id) values (new_id(), 'update', 'petition', 'x')`,
    `delete from audit_link`,
    `truncate audit_link`,
    `select audit_add('update', 'petition', 'x', null, null, null)`,
    `update audit_checkpoint set hash = ''`,
    `update audit_walk set token = ''`,
    `delete from audit_walk`,
    `update petition_event set reason = 'khác'`,
    `delete from petition`,
    `alter table audit_record disable trigger all`,
  ])('may not %s', async (statement) => {
    const client = new pg.Client({ connectionString: server.databaseUrl, options: '-c role=tiepdan_api' });
    await client.connect();
    try {
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  });

  it('is all that an account of the API needs, beside an owner who migrates', async () => {
    const account = `app_${randomUUID().replaceAll('-', '')}`;
    await server.sql(`create role ${account} login in role tiepdan_api`);
    const own = new URL(server.databaseUrl);
    own.username = account;
    const second = launch({
      NODE_ENV: 'test',
      PORT: '0',
      DATABASE_URL: own.href,
      TIEPDAN_OWNER_DATABASE_URL: server.databaseUrl,
      TIEPDAN_MASTER_KEY: process.env['E2E_MASTER_KEY']!,
      TIEPDAN_DATA_DIR: keys,
    });
    try {
      const there = await Client.signIn(await second.ready, 'commune.clerk');
      expect((await there.post('/petitions', aComplaintAbout(await unitId(there, '00004')))).status).toBe(201);
      const direct = new pg.Client(own.href);
      await direct.connect();
      await expect(direct.query('delete from audit_record')).rejects.toMatchObject({ code: '42501' });
      await expect(direct.query('set role postgres')).rejects.toMatchObject({ code: '42501' });
      await direct.end();
    } finally {
      await endProcess(second.process, 'SIGTERM');
      await server.sql(`drop role ${account}`);
    }
  });

  it('is the role of every session of the API', async () => {
    const sessions = await server.sql<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'tiepdan' and datname = current_database()`,
    );
    expect(sessions.length).toBeGreaterThan(0);
    const [row] = await server.sql<{ owner: string }>(`select tableowner as owner from pg_tables where tablename = 'audit_record'`);
    expect(row!.owner).not.toBe('tiepdan_api');
  });
});

describe('whoever goes around the API', () => {
  it('leaves a record outside of the chain', async () => {
    await damage(
      `insert into audit_record (transaction_id, operation, object_type, object_id) values (new_id(), 'update', 'petition', 'x')`,
    );
    const [row] = await server.sql<{ id: string }>('select max(id)::text as id from audit_record');
    expect(await verification()).toMatchObject({
      intact: false,
      broken: { position: null, recordId: row!.id, reason: 'record_outside_of_the_chain' },
    });
    await damage(`delete from audit_record where id = ${row!.id}`);
    expect((await verification()).intact).toBe(true);
  });

  it.each([
    [
      'changes a record',
      `update audit_record set before = '{"state":"x"}' where transaction_id = (select transaction_id from audit_link where position = 30)`,
      30,
      'record_changed_or_missing',
    ],
    [
      'takes a record out',
      `delete from audit_record where transaction_id = (select transaction_id from audit_link where position = 25)`,
      25,
      'record_changed_or_missing',
    ],
    ['takes a link out', `delete from audit_link where position = 20`, 20, 'link_missing'],
    ['writes a hash', `update audit_link set previous_hash = 'x' where position = 15`, 15, 'previous_hash_differs'],
  ])('and %s breaks the chain there', async (_what, statement, position, reason) => {
    await damage(statement);
    expect(await verification()).toMatchObject({ intact: false, broken: { position, reason } });
    const { status, stderr } = verifyCommand();
    expect([status, stderr]).toEqual([1, expect.stringContaining(`Broken at link ${position}: ${reason}`)]);
  });

  it('and cuts the end off is told by a checkpoint that was kept elsewhere', async () => {
    await server.sql('alter table audit_checkpoint disable trigger user');
    await damage('delete from audit_checkpoint; delete from audit_link where position >= 10');
    await damage('delete from audit_record where transaction_id not in (select transaction_id from audit_link)');
    expect((await verification()).intact).toBe(true);
    const [name] = await readdir(folder);
    const { status, stderr } = verifyCommand('--checkpoint', path.join(folder, name!));
    expect([status, stderr]).toEqual([1, expect.stringContaining('Broken at link 10: link_missing')]);
  });

  it('cannot pass off a checkpoint that was not signed here', async () => {
    const forged = path.join(keys, 'forged.jwt');
    await writeFile(forged, 'eyJhbGciOiJub25lIiwidHlwIjoiYXVkaXQtY2hlY2twb2ludCtqd3QifQ.eyJwb3NpdGlvbiI6MSwiaGFzaCI6IngifQ.');
    const { status, stderr } = verifyCommand('--checkpoint', forged);
    expect([status, stderr]).toEqual([1, expect.stringContaining('was not signed by this installation')]);
  });
});

describe('a walk of the night', () => {
  let own: TestServer;
  let asks: Client;
  beforeAll(async () => {
    own = await startServer({ env: { TIEPDAN_WORKERS: '1' } });
    asks = await own.as('city.inspector');
  });
  afterAll(() => own.stop());

  const walks = async (): Promise<number> => (await own.sql<{ walks: number }>('select count(*)::int as walks from audit_walk'))[0]!.walks;
  const walk = async (): Promise<void> => {
    const before = await walks();
    await own.sql(`select graphile_worker.add_job('audit_walk')`);
    await until(async () => ((await walks()) > before ? true : undefined));
  };
  const head = async (): Promise<number> => (await own.sql<{ head: number }>('select max(position)::int as head from audit_link'))[0]!.head;
  const ask = async (query = ''): Promise<Json> => (await asks.get(`/audit/verification${query}`)).body;

  it('answers for the links up to it, so that an answer looks at those since alone', async () => {
    expect(await ask()).toMatchObject({ intact: true, walkedAt: null, walkedTo: null });
    await walk();
    const walkedTo = (await ask()).walkedTo as number;
    await own.sql(`select audit_read('petition', 'x', null, '{}')`);
    const found = await ask();
    expect(found).toMatchObject({
      intact: true,
      broken: null,
      walkedTo,
      walkedAt: expect.any(String),
      links: await head(),
      nextFrom: null,
    });
    const [counted] = await own.sql<{ records: number }>('select count(*)::int as records from audit_record');
    expect(found.records).toBe(counted!.records);
    expect(await ask('?from=1')).toMatchObject({ intact: true, walkedAt: null, links: await head() });
  });

  it('says what it found, and what was changed since is told at once', async () => {
    const walkedTo = (await ask()).walkedTo as number;
    await own.sql('alter table audit_record disable trigger user');
    await own.sql('alter table audit_link disable trigger user');
    await own.sql(`update audit_record set object_id = 'y' where object_id = 'x'`);
    expect(await ask()).toMatchObject({
      intact: false,
      broken: { position: expect.any(Number), reason: 'record_changed_or_missing' },
      walkedTo,
    });
    await own.sql(`update audit_record set object_id = 'x' where object_id = 'y'`);
    expect(await ask()).toMatchObject({ intact: true });
    // Before the walk: the next one tells, and whoever looks from there.
    await own.sql(
      `update audit_record set object_id = object_id || '!' where transaction_id = (select transaction_id from audit_link where position = 5)`,
    );
    expect(await ask('?from=1')).toMatchObject({ intact: false, broken: { position: 5 } });
    await walk();
    expect(await ask()).toMatchObject({ intact: false, broken: { position: 5, reason: 'record_changed_or_missing' }, links: 4 });
    await own.sql(`update audit_record set object_id = trim(trailing '!' from object_id)`);
    await walk();
    expect(await ask()).toMatchObject({ intact: true });
  });

  it('is believed only where it was signed here and the chain still goes through it', async () => {
    const [kept] = await own.sql<{ token: string }>('select token from audit_walk order by id desc limit 1');
    await own.sql('insert into audit_walk (token) values ($1)', [`${kept!.token.slice(0, -6)}AAAAAA`]);
    expect(await ask()).toMatchObject({ intact: true, walkedAt: null });
    await walk();
    const walkedTo = (await ask()).walkedTo as number;
    await own.sql(`update audit_link set hash = 'x' where position = $1`, [walkedTo]);
    expect(await ask()).toMatchObject({ intact: false, broken: { position: walkedTo, reason: 'checkpoint_differs' } });
    await own.sql(`delete from audit_link where position = $1`, [walkedTo]);
    expect(await ask()).toMatchObject({ intact: false, broken: { position: walkedTo, reason: 'link_missing' } });
  });
});
