import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import S3rver from 's3rver';
import { approve, goodPassword } from './support/accounts.js';
import { built } from './support/cast.js';
import { Client, demoPassword, type Json } from './support/client.js';
import { pinDatabase, pinnedEnvironment, pinnedSearchPath } from './support/clock/pin-database.js';
import { anOffice, must } from './support/reception.js';
import { endProcess, launch, settingsOf, startServer, type TestServer, withClient } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, eventsOf, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

const folder = mkdtempSync(path.join(tmpdir(), 'tiepdan-backup-'));
const inFolder = (name: string): string => path.join(folder, name);
/** What a backup holds while it copies files: `src/petitions/attachments/blobs.ts`. */
const removalLock = 71402022;
const maintenance = process.env['E2E_DATABASE']!;

let server: TestServer;
let receiver: http.Server;
let clerk: Client;
let leader: Client;
let admin: Client;
let unit: string;
let office: Json;
/** Bodies that came to the receiver of webhooks, and whether it takes any. */
const delivered: string[] = [];
let takes = true;

beforeAll(async () => {
  chmodSync(folder, 0o711);
  receiver = http.createServer((request, response) => {
    request.resume().on('end', () => {
      if (takes) delivered.push(String(request.headers['webhook-id']));
      response.writeHead(takes ? 204 : 503).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  server = await startServer({
    env: {
      TIEPDAN_ATTACHMENT_DIR: inFolder('store'),
      TIEPDAN_SIGNING_KEY_FILE: inFolder('signing-key.pem'),
      TIEPDAN_WEBHOOK_ALLOW: '127.0.0.1',
    },
  });
  [clerk, leader, admin] = await Promise.all([server.as('commune.clerk'), server.as('commune.leader'), server.as('commune.admin')]);
  unit = await unitId(clerk, '00004');
  office = await anOffice(clerk);
});
afterAll(async () => {
  await server.stop();
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of the product beside whatever is under way. */
async function run(command: string, parameters: string[], settings: Record<string, string>): Promise<Ran> {
  const child = spawn(process.execPath, [`dist/src/${command}.js`, ...parameters], {
    env: { PATH: process.env['PATH'], ...pinnedEnvironment(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk: Buffer) => (written[name] += chunk.toString('utf8')));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout: written.stdout.trim(), stderr: written.stderr.trim() };
}

/** Settings for a database with the data folder `name`, and files of its own; the keys are those of the system that is backed up. */
const settingsFor = (databaseUrl: string, name: string): Record<string, string> => ({
  ...settingsOf(databaseUrl, inFolder(name)),
  TIEPDAN_SIGNING_KEY_FILE: inFolder('signing-key.pem'),
  TIEPDAN_WEBHOOK_ALLOW: '127.0.0.1',
});
const ofServer = (): Record<string, string> => ({ ...settingsFor(server.databaseUrl, 'keys'), TIEPDAN_ATTACHMENT_DIR: inFolder('store') });
const backUp = (to: string, more: string[] = []): Promise<Ran> => run('boot/commands/backup-command', [inFolder(to), ...more], ofServer());
const restore = (from: string, settings: Record<string, string>, more: string[] = []): Promise<Ran> =>
  run('boot/commands/restore-command', [inFolder(from), ...more], settings);

/** An empty database of the server of the tests, with its clock. */
async function emptyDatabase(owner = 'postgres'): Promise<string> {
  const name = `restored_${randomUUID().replaceAll('-', '')}`;
  await withClient(maintenance, (client) => client.query(`create database ${name} owner ${owner}`));
  const url = maintenance.replace(/\/postgres$/, `/${name}`);
  await withClient(url, pinDatabase);
  return url;
}
const drop = (url: string): Promise<unknown> =>
  withClient(maintenance, (client) => client.query(`drop database ${url.split('/').at(-1)} with (force)`));
const sqlAt = <Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(url, async (client) => (await client.query(text, values)).rows as Row[]);

const manifestOf = (name: string): Json => JSON.parse(readFileSync(inFolder(`${name}/manifest.json`), 'utf8'));
const tablesIn = async (url: string): Promise<number> =>
  (
    await sqlAt<{ count: number }>(
      url,
      `select count(*)::int as count from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    )
  )[0]!.count;
const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const aPdf = (): Buffer => Buffer.concat([Buffer.from(`%PDF-1.4\n% ${randomUUID()}\n`), randomBytes(2_000)]);

const hoa = { name: 'Nguyễn Văn Hoà', nationalId: '001082012345', address: 'Số 5 phố Trấn Vũ', phone: '0912 345 678' };
const signer = { signerTitle: 'Chủ tịch', signerName: 'Phạm Đức Sơn', issuedOn: '2026-05-14' };
const visitFields = {
  visitOn: '14/05/2026',
  receptionPlace: 'Phòng tiếp công dân',
  receiverName: 'Ông Sơn',
  time: '8 giờ',
  endTime: '11 giờ 30',
};
const enterVisit = (): Promise<Json> =>
  must(
    201,
    clerk.post('/reception-visits', {
      officeId: office.id,
      kind: 'complaint',
      fieldCode: 'land_housing',
      visitors: [hoa],
      matter: 'Khiếu nại quyết định thu hồi đất',
      content: 'Gia đình không đồng ý với diện tích thu hồi.',
      receiverName: 'Nguyễn Thị Hoà',
      startedAt: '2026-07-08T08:30:00+07:00',
    }),
  );
const attach = ({ id }: Json, content: Buffer): Promise<Json> =>
  must(201, clerk.upload(`/petitions/${id}/attachments`, content, { purpose: 'petition' }, 'don.pdf'));

/** What was acknowledged, to be looked for later. */
interface Acknowledged {
  petitions: Json[];
  visits: Json[];
  files: { attachment: Json; content: Buffer }[];
  papers: Json[];
}

/** Four who write, each one thing after the other, until they are told to stop; what begins after that is not theirs. */
function writers(known: Acknowledged): () => Promise<void> {
  let goOn = true;
  const works = [
    async () => known.petitions.push(await file(clerk, aComplaintAbout(unit))),
    async () => known.visits.push(await enterVisit()),
    async () => {
      const content = aPdf();
      const attachment = await attach(known.petitions[0], content);
      known.files.push({ attachment, content });
    },
    async () => {
      const petition = await classify(clerk, await file(clerk, aDenunciationOf(unit, 'official')));
      known.petitions.push(petition);
      known.papers.push(await must(201, clerk.post('/documents', { paper: 'no_citizen_minutes', ...signer, fields: visitFields })));
    },
  ];
  const all = Promise.all(
    works.map(async (work) => {
      while (goOn) await work();
    }),
  );
  return async () => {
    goOn = false;
    await all;
  };
}

/** What a server knows of petitions and the rest, by somebody who is signed in there. */
async function mustKnow(by: Client, known: Acknowledged): Promise<void> {
  for (const petition of known.petitions) {
    const { status, body } = await by.get(`/petitions/${petition.id}`);
    expect([status, body.number, body.state]).toEqual([200, petition.number, petition.state ?? body.state]);
    expect((await by.get(`/petitions/${petition.id}/history`)).body.intact).toBe(true);
  }
  for (const visit of known.visits) expect((await by.get(`/reception-visits/${visit.id}`)).body.number).toBe(visit.number);
  for (const { attachment, content } of known.files) expect(digestOf(await by.download(attachment.content))).toBe(digestOf(content));
  for (const paper of known.papers) expect((await by.download(paper.file)).subarray(0, 2).toString()).toBe('PK');
}

describe('a backup that is taken while four write', () => {
  const before: Acknowledged = { petitions: [], visits: [], files: [], papers: [] };
  const during: Acknowledged = { petitions: [], visits: [], files: [], papers: [] };
  let restored: { url: string; settings: Record<string, string>; report: Ran };
  let running: ReturnType<typeof launch> | undefined;
  let base: string;
  let refreshToken: string;
  let code: string;
  let feed: { next: number; epoch: string };
  const owner = 'owner_of_what_is_restored';

  beforeAll(async () => {
    const subscription = await must(
      201,
      admin.post('/webhooks', { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`, types: ['petition.classified'] }),
    );
    before.petitions.push(await file(clerk, aComplaintAbout(unit)), await file(clerk, aReflectionOn(unit)));
    before.petitions.push(await classify(clerk, await file(clerk, aDenunciationOf(unit, 'official'))));
    before.visits.push(await enterVisit());
    for (const content of [aPdf(), aPdf()]) before.files.push({ attachment: await attach(before.petitions[0], content), content });
    before.papers.push(await must(201, clerk.post('/documents', { paper: 'no_citizen_minutes', ...signer, fields: visitFields })));
    await until(async () => {
      const { items } = (await admin.get(`/webhooks/${subscription.id}/deliveries?state=delivered`)).body;
      return items.length === 1;
    });
    // One that is on its way when the backup is taken, and arrives before the system is lost.
    takes = false;
    before.petitions.push(await classify(clerk, await file(clerk, aComplaintAbout(unit))));
    await until(async () => (await server.sql(`select from webhook_delivery where state = 'pending' and attempts > 0`)).length === 1);
    refreshToken = (await must(200, new Client(server.url).post('/auth/token', { username: 'commune.clerk', password: demoPassword })))
      .refreshToken;
    const account = { username: 'moi.duoc.moi', displayName: 'Đỗ Minh Quý', unitId: unit, roles: ['clerk'] };
    code = (await approve(leader, await must(201, admin.post('/accounts', account)))).invitation.code;

    during.petitions.push(before.petitions[0]);
    const stop = writers(during);
    await until(() => during.visits.length > 0 && during.files.length > 0);
    const made = await backUp('backup');
    await stop();
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const { body } = await clerk.get('/events?after=0&limit=1000');
    feed = { next: body.next, epoch: body.epoch };

    // Its owner is nobody who may do more than own it.
    await withClient(maintenance, (client) => client.query(`create role ${owner} login; grant tiepdan_api to ${owner}`));
    const url = await emptyDatabase(owner);
    const settings = { ...settingsFor(url, 'restored'), TIEPDAN_OWNER_DATABASE_URL: url.replace('postgres@', `${owner}@`) };
    const report = await restore('backup', settings);
    restored = { url, settings, report };
    expect(report).toMatchObject({ status: 0, stderr: '' });
    takes = true;
    running = launch(settings);
    base = await running.ready;
  }, 170_000);
  afterAll(async () => {
    if (running) await endProcess(running.process, 'SIGTERM');
    if (restored) await drop(restored.url);
    await withClient(maintenance, (client) => client.query(`drop role if exists ${owner}`));
  });

  it('has what was acknowledged before it, whole, and of what came meanwhile all or nothing', async () => {
    const again = await Client.signIn(base, 'commune.clerk');
    await mustKnow(again, before);
    const there = async (table: string, items: Json[]): Promise<string[]> =>
      (await sqlAt<{ id: string }>(restored.url, `select id from ${table} where id = any ($1)`, [items.map(({ id }) => id)])).map(
        ({ id }) => id,
      );
    const petitions = await there('petition', during.petitions);
    const visits = await there('reception_visit', during.visits);
    const attachments = await there(
      'attachment',
      during.files.map(({ attachment }) => attachment),
    );
    // The backup was taken in between: something of what was written meanwhile is in it, and something is not.
    expect(during.petitions.length + during.visits.length + during.files.length).toBeGreaterThan(
      petitions.length + visits.length + attachments.length,
    );
    await mustKnow(again, {
      petitions: during.petitions
        .filter(({ id }) => petitions.includes(id))
        .slice(1)
        // Filed and classified are two requests: the backup may be of the moment between them.
        .map((petition) => ({ ...petition, state: undefined })),
      visits: during.visits.filter(({ id }) => visits.includes(id)),
      files: during.files.filter(({ attachment }) => attachments.includes(attachment.id)),
      papers: [],
    });
    expect((await eventsOf(again, before.petitions[2])).length).toBeGreaterThan(1);
  });

  it('names whoever denounced still only to who may know, with the same master key', async () => {
    const [sealed] = await sqlAt<{ count: number }>(
      restored.url,
      'select count(*)::int as count from petition_party where sealed is not null',
    );
    expect(sealed!.count).toBeGreaterThan(0);
    const by = await Client.signIn(base, 'commune.leader');
    const { status, body } = await by.post(`/petitions/${before.petitions[2].id}/identity/reveals`, {
      reason: 'Giải quyết tố cáo theo phân công',
    });
    expect([status, JSON.stringify(body)]).toEqual([201, expect.stringContaining('Nguyễn Văn Hoà')]);
  });

  it('tells what came back, table by table, that the audit is intact and that every file is there', () => {
    const { stdout } = restored.report;
    const manifest = manifestOf('backup');
    for (const { table, rows } of manifest.tables) expect(stdout).toMatch(new RegExp(`^ {2}${table} +${rows} of ${rows} rows$`, 'm'));
    expect(stdout).toMatch(/^Audit intact: \d+ links, \d+ records, head [0-9a-f]{64}$/m);
    expect(stdout).toMatch(new RegExp(`^Files: ${manifest.files.count} named, 0 missing or damaged, 0 without a row$`, 'm'));
  });

  it('counts on without a gap, and its audit goes on from the head of the backup', async () => {
    const again = await Client.signIn(base, 'commune.clerk');
    const last = 'select max(ledger_number) as last from petition where ledger_unit_id = $1';
    const [{ last: known } = { last: 0 }] = await sqlAt<{ last: number }>(restored.url, last, [unit]);
    const next = await file(again, aComplaintAbout(unit));
    expect(Number(next.number.split('-').at(-1))).toBe(known + 1);
    const [counted] = await sqlAt<{ gaps: number; events: number; links: number }>(
      restored.url,
      `select (select count(*) from (select ledger_number - lag(ledger_number) over (partition by ledger_unit_id, ledger_year order by ledger_number) as step from petition) s where step <> 1)::int as gaps,
         (select max(position) - count(*) from outgoing_event)::int as events, (select max(position) - count(*) from audit_link)::int as links`,
    );
    expect(counted).toEqual({ gaps: 0, events: 0, links: 0 });
    const { audit } = manifestOf('backup');
    const [link] = await sqlAt<{ hash: string }>(restored.url, 'select hash from audit_link where position = $1', [audit.position]);
    expect(link!.hash).toBe(audit.hash);
    const begun = `select action, after ->> 'because' as because from audit_record where object_type = 'system_epoch' and operation = 'insert'`;
    expect(await sqlAt(restored.url, begun)).toEqual([{ action: 'command restore', because: 'restored' }]);
    const inspector = await Client.signIn(base, 'city.inspector');
    expect((await inspector.get('/audit/verification')).body).toMatchObject({ intact: true });
  });

  it('ends every session, token and invitation of before', async () => {
    // The same key signs: but for the epoch it would hold for a quarter of an hour.
    expect((await new Client(base, clerk.token).get('/auth/me')).status).toBe(401);
    expect((await new Client(base).post('/auth/refresh', { refreshToken })).status).toBe(401);
    expect((await clerk.get('/auth/me')).status).toBe(200);
    // Of a session that began after the backup, of which the database does not know.
    const later = await Client.signIn(server.url, 'commune.leader');
    expect((await new Client(base, later.token).get('/auth/me')).status).toBe(401);
    // Nobody has used it yet; whoever did after the backup would use it a second time.
    expect((await new Client(base).post('/auth/invitation', { code, newPassword: goodPassword })).body.errors).toMatchObject([
      { code: 'invalid_code' },
    ]);
    expect((await new Client(server.url).post('/auth/invitation', { code, newPassword: goodPassword })).status).toBe(204);
    const [left] = await sqlAt<Json>(
      restored.url,
      `select (select count(*) from account_session where revoked_at is null and created_at < (select max(began_at) from system_epoch))::int as sessions,
         (select count(*) from account where invitation_digest is not null)::int as invitations`,
    );
    expect(left).toEqual({ sessions: 0, invitations: 0 });
    expect((await (await Client.signIn(base, 'commune.clerk')).get('/auth/me')).status).toBe(200);
  });

  it('tells readers of the feed that numbers went back, and from where to go on', async () => {
    const again = await Client.signIn(base, 'commune.clerk');
    const { feed: head } = manifestOf('backup');
    expect(feed.next).toBeGreaterThan(head.position);
    const ahead = await again.get(`/events?after=${feed.next}&epoch=${feed.epoch}`);
    expect(ahead.status).toBe(410);
    expect(ahead.body).toMatchObject({ type: '/api/v1/problems/feed-went-back', after: head.position });
    expect(ahead.body.epoch).not.toBe(feed.epoch);
    // Whoever was not further than the backup has missed nothing, and goes on where he is.
    const behind = await again.get(`/events?after=2&epoch=${feed.epoch}`);
    expect([behind.status, behind.body.after]).toEqual([410, 2]);
    const goesOn = await again.get(`/events?after=${ahead.body.after}&epoch=${ahead.body.epoch}&limit=1000`);
    expect(goesOn.status).toBe(200);
    // A reader without an epoch, or with one that nobody knows here, begins anew.
    expect((await again.get('/events?after=1000000')).body).toMatchObject({ status: 410, after: 0, epoch: ahead.body.epoch });
    expect((await again.get(`/events?after=1&epoch=${randomUUID()}`)).body).toMatchObject({ status: 410, after: 0 });
    expect((await again.get('/events?after=0')).body.epoch).toBe(ahead.body.epoch);
    // In words for both.
    expect((await again.get(`/events?after=2&epoch=${feed.epoch}`, { 'accept-language': 'en' })).body.detail).toMatch(
      /restored from a backup/,
    );
  });

  it('sends no webhook twice: what was on its way is laid aside, to be sent again by hand', async () => {
    const [pending] = await sqlAt<Json>(
      restored.url,
      `select id, state, last_error as error from webhook_delivery where attempts > 0 and delivered_at is null`,
    );
    expect(pending).toMatchObject({ state: 'dead', error: 'restored from a backup' });
    expect(await sqlAt(restored.url, `select from graphile_worker.jobs where task_identifier = 'deliver_webhook'`)).toEqual([]);
    // The old system, which lives on here, delivers it.
    const times = (): number => delivered.filter((id) => id === pending.id).length;
    await until(() => times() === 1);
    expect(delivered.filter((id, index) => delivered.indexOf(id) !== index)).toEqual([]);
    const by = await Client.signIn(base, 'commune.admin');
    await must(202, by.post(`/webhooks/deliveries/${pending.id}/replay`));
    await until(() => times() === 2);
  });

  it('is taken again from the restored system, and what it holds is the same', async () => {
    const { stdout, status } = await run('boot/commands/backup-command', [inFolder('second')], restored.settings);
    expect([status, stdout]).toEqual([0, expect.stringContaining('Backed up into')]);
    const [first, second] = [manifestOf('backup'), manifestOf('second')];
    expect(second.migrations).toEqual(first.migrations);
    expect(second.keys.dataKeys).toEqual(first.keys.dataKeys);
    // An event of the history of each petition of the first is byte for byte in the second.
    const lines = (name: string): string[] =>
      gunzipSync(readFileSync(inFolder(`${name}/tables/petition_event.copy.gz`)))
        .toString('utf8')
        .split('\n');
    const later = new Set(lines('second'));
    expect(lines('backup').filter((line) => !later.has(line))).toEqual([]);
  });
});

describe('the folder of a backup', () => {
  it('holds no key, and is not readable by others', async () => {
    await must(201, clerk.post('/petitions', aComplaintAbout(unit)));
    expect(await backUp('closed')).toMatchObject({ status: 0, stderr: '' });
    const everything = readdirSync(inFolder('closed'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(gz|json|csv)$|SHA256SUMS/.test(name))
      .map((name) => readFileSync(inFolder(`closed/${name}`)))
      .map((content) => (content[0] === 0x1f ? gunzipSync(content) : content).toString('latin1'))
      .join('\n');
    const master = process.env['E2E_MASTER_KEY']!;
    const pem = readFileSync(inFolder('signing-key.pem'), 'utf8').split('\n')[1]!;
    for (const secret of [master, Buffer.from(master, 'base64').toString('hex'), pem]) expect(everything).not.toContain(secret);
    expect(manifestOf('closed').keys).toMatchObject({
      masterKeyIds: [expect.stringMatching(/^[0-9a-f]{16}$/)],
      signingKeyId: expect.any(String),
    });
  });

  it('is new each time, and contents may be shared by several', async () => {
    expect(await backUp('closed')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/is not empty: every backup needs a folder of its own$/),
    });
    const shared = ['--files', inFolder('contents')];
    expect(await backUp('monday', shared)).toMatchObject({ status: 0, stderr: '' });
    expect(await backUp('tuesday', shared)).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(inFolder('monday/files'))).toBe(false);
    expect(manifestOf('tuesday').files).toMatchObject({ folder: '../contents', count: manifestOf('monday').files.count });
    expect((await run('boot/commands/backup-command', [], ofServer())).stderr).toMatch(/^Usage:/);
    expect((await run('boot/commands/restore-command', [inFolder('monday'), '--after-recovery'], ofServer())).stderr).toMatch(/^Usage:/);
  }, 120_000);

  it('keeps contents in the store until it is done, which the sweeper removes later', async () => {
    const petition = await file(clerk, aComplaintAbout(unit));
    const refused = aPdf();
    await server.sql('insert into attachment_usage (owner_id, files, bytes) values ($1, 1000000, 0)', [petition.id]);
    const held = await withClient(server.databaseUrl, async (client) => {
      await client.query(`select pg_advisory_lock(${removalLock})`);
      expect((await clerk.upload(`/petitions/${petition.id}/attachments`, refused, { purpose: 'petition' }, 'don.pdf')).status).toBe(413);
      return existsSync(path.join(inFolder('store'), digestOf(refused).slice(0, 2), digestOf(refused).slice(2, 4), digestOf(refused)));
    });
    expect(held).toBe(true);
    // A backup waits for whoever is just removing.
    await withClient(server.databaseUrl, async (client) => {
      await client.query(`select pg_advisory_lock_shared(${removalLock})`);
      const made = backUp('waited');
      await until(
        async () =>
          (await server.sql(`select from pg_locks where objid = ${removalLock} and mode = 'ExclusiveLock' and not granted`)).length === 1,
      );
      await client.query(`select pg_advisory_unlock_shared(${removalLock})`);
      expect(await made).toMatchObject({ status: 0, stderr: '' });
    });
    expect(await server.sql('select from blob where sha256 = $1', [digestOf(refused)])).toEqual([]);
  });
});

describe('nothing is written', () => {
  let url: string;
  beforeAll(async () => {
    await attach(await file(clerk, aComplaintAbout(unit)), aPdf());
    expect(await backUp('whole')).toMatchObject({ status: 0, stderr: '' });
    url = await emptyDatabase();
  });
  afterAll(async () => void (url && (await drop(url))));

  /** A restore that says one line, and leaves database and store as empty as they were. */
  async function refused(from: string, settings: Record<string, string>): Promise<string> {
    const { status, stdout, stderr } = await restore(from, settings);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.split('\n')).toHaveLength(1);
    expect(await tablesIn(url)).toBe(0);
    expect(existsSync(inFolder('refused'))).toBe(false);
    return stderr;
  }
  const settings = (more: Record<string, string> = {}): Record<string, string> => ({ ...settingsFor(url, 'refused'), ...more });

  it('with another master key, or none', async () => {
    const [id] = manifestOf('whole').keys.masterKeyIds;
    expect(await refused('whole', settings({ TIEPDAN_MASTER_KEY: randomBytes(32).toString('base64') }))).toMatch(
      new RegExp(`^TIEPDAN_MASTER_KEY: data key 1 was wrapped by the master key ${id}, which is not among those set`),
    );
    const { TIEPDAN_MASTER_KEY: _left, ...withoutKey } = settings();
    expect(await refused('whole', withoutKey)).toMatch(
      new RegExp(`^The backup needs the master key ${id}: .*; no key was made, and nothing was written$`),
    );
  }, 120_000);

  it('from a backup with a damaged part, a damaged or missing file, or a manifest that was changed', async () => {
    const damaged = (name: string, damage: (folder: string) => void): string => {
      cpSync(inFolder('whole'), inFolder(name), { recursive: true });
      damage(inFolder(name));
      return name;
    };
    const aContent = (from: string): string =>
      path.join(
        from,
        'files',
        readdirSync(path.join(from, 'files'), { recursive: true, encoding: 'utf8' }).find((name) => /[0-9a-f]{64}$/.test(name))!,
      );
    const part = damaged('part', (from) => {
      const petitions = path.join(from, 'tables/petition.copy.gz');
      writeFileSync(petitions, gzipSync(gunzipSync(readFileSync(petitions)).toString('utf8').replace('Trấn Vũ', 'Trúc Bạch')));
    });
    expect(await refused(part, settings())).toMatch(
      /petition\.copy\.gz is damaged: its SHA-256 is not that of the manifest; nothing was written$/,
    );
    const content = damaged('content', (from) => truncateSync(aContent(from), 10));
    expect(await refused(content, settings())).toMatch(/is damaged: it is not what its name says; nothing was written$/);
    const missing = damaged('missing', (from) => rmSync(aContent(from)));
    expect(await refused(missing, settings())).toMatch(/[0-9a-f]{64} is missing; nothing was written$/);
    const manifest = damaged('manifest', (from) => {
      const text = readFileSync(path.join(from, 'manifest.json'), 'utf8');
      writeFileSync(path.join(from, 'manifest.json'), text.replace(/"rows": \d+/, '"rows": 0'));
    });
    expect(await refused(manifest, settings())).toMatch(/manifest\.json is not what SHA256SUMS says: the backup was damaged or changed$/);
    expect(await refused('nowhere', settings())).toMatch(/nowhere holds no backup: manifest\.json cannot be read \(ENOENT\)$/);
  }, 120_000);

  it('of a database that has nothing', async () => {
    const { status, stderr } = await run('boot/commands/backup-command', [inFolder('of-nothing')], settings());
    expect([status, stderr]).toEqual([1, 'The database has no tables of this product: there is nothing to back up']);
    expect(existsSync(inFolder('of-nothing/manifest.json'))).toBe(false);
  });

  it('over a database or a store that has something', async () => {
    const before = await server.sql('select count(*) from audit_record');
    const over = await restore('whole', { ...ofServer(), TIEPDAN_ATTACHMENT_DIR: inFolder('refused') });
    expect(over).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^The database is not empty: petition has \d+ rows; restore into an empty one/),
    });
    expect(await server.sql('select count(*) from audit_record')).toEqual(before);
    await withClient(url, (client) => client.query('create table letters (id int)'));
    expect((await restore('whole', settings())).stderr).toMatch(/^The database is not empty: it has the table letters/);
    await withClient(url, (client) => client.query('drop table letters'));
    const stranger = '0'.repeat(64);
    mkdirSync(inFolder('other/00/00'), { recursive: true });
    writeFileSync(inFolder(`other/00/00/${stranger}`), 'somebody else’s');
    expect((await restore('whole', settings({ TIEPDAN_ATTACHMENT_DIR: inFolder('other') }))).stderr).toMatch(
      /^The store of files is not empty: it has 0{64}, which the backup does not know/,
    );
    expect(readFileSync(inFolder(`other/00/00/${stranger}`), 'utf8')).toBe('somebody else’s');
    expect(await tablesIn(url)).toBe(0);
  }, 120_000);
});

it('a bucket takes the files, and gives them back', async () => {
  const content = aPdf();
  await attach(await file(clerk, aComplaintAbout(unit)), content);
  expect(await backUp('to-bucket')).toMatchObject({ status: 0, stderr: '' });
  const s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: inFolder('s3'),
    configureBuckets: [{ name: 'tiepdan', configs: [] }],
  });
  await s3.configureBuckets();
  const answer = s3.callback();
  // Node writes the machine's time into answers, and the client of S3 would sign by that clock from then on.
  const bucket = http
    .createServer((received, response) => {
      response.setHeader('date', new Date().toUTCString());
      answer(received, response);
    })
    .listen(0, '127.0.0.1');
  await once(bucket, 'listening');
  const url = await emptyDatabase();
  const settings = {
    ...settingsFor(url, 'with-bucket'),
    TIEPDAN_S3_BUCKET: 'tiepdan',
    TIEPDAN_S3_ENDPOINT: `http://127.0.0.1:${(bucket.address() as AddressInfo).port}`,
    TIEPDAN_S3_ACCESS_KEY_ID: 'S3RVER',
    TIEPDAN_S3_SECRET_ACCESS_KEY: 'S3RVER',
  };
  try {
    expect(await restore('to-bucket', settings)).toMatchObject({ status: 0, stderr: '' });
    const sha256 = digestOf(content);
    expect(existsSync(inFolder(`with-bucket/attachments/${sha256.slice(0, 2)}`))).toBe(false);
    expect(await run('boot/commands/backup-command', [inFolder('from-bucket')], settings)).toMatchObject({ status: 0, stderr: '' });
    expect(digestOf(readFileSync(inFolder(`from-bucket/files/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`)))).toBe(sha256);
    expect(manifestOf('from-bucket').contents.sha256).toBe(manifestOf('to-bucket').contents.sha256);
    // The database alone was lost: the bucket stays, with what came since.
    const other = await emptyDatabase();
    const kept = { ...settings, DATABASE_URL: other };
    const later = path.join(folder, 's3/tiepdan', `${'f'.repeat(64)}._S3rver_object`);
    writeFileSync(later, 'later');
    writeFileSync(later.replace('_object', '_metadata.json'), '{}');
    writeFileSync(later.replace('_object', '_object.md5'), digestOf(Buffer.from('later')).slice(0, 32));
    expect((await restore('to-bucket', kept)).stderr).toMatch(/^The store of files is not empty: it has f{64}/);
    expect(await restore('to-bucket', kept, ['--keep-files'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Files: \d+ named, 0 missing or damaged, 1 without a row$/m),
    });
    await drop(other);
  } finally {
    bucket.close();
    await drop(url);
  }
}, 120_000);

describe('the embedded server', () => {
  it('takes what a server of one’s own had, and gives it back to one', async () => {
    const petition = await file(clerk, aComplaintAbout(unit));
    const content = aPdf();
    const attachment = await attach(petition, content);
    expect(await backUp('out')).toMatchObject({ status: 0, stderr: '' });

    const { EmbeddedServer } = await built<typeof import('../src/platform/database/embedded-server.js')>(
      'platform/database/embedded-server.js',
    );
    const data = await EmbeddedServer.start(inFolder('embedded/postgres'), 0, pinnedSearchPath);
    await withClient(data.url('template1'), pinDatabase);
    await withClient(data.url(), pinDatabase);
    await withClient(data.url(), (client) => client.query(`alter system set search_path = ${pinnedSearchPath.search_path}`));
    await data.stop();
    const { DATABASE_URL: _none, ...embedded } = settingsFor('', 'embedded');
    const into = await restore('out', embedded);
    expect(into).toMatchObject({ status: 0, stderr: '' });

    const running = launch(embedded);
    const again = await Client.signIn(await running.ready, 'commune.clerk');
    expect((await again.get(`/petitions/${petition.id}`)).body.number).toBe(petition.number);
    const there = await file(again, aReflectionOn(unit));
    // Beside the running service.
    expect(await run('boot/commands/backup-command', [inFolder('back')], embedded)).toMatchObject({ status: 0, stderr: '' });
    expect(await endProcess(running.process, 'SIGTERM')).toBe(0);

    const url = await emptyDatabase();
    const settings = settingsFor(url, 'from-embedded');
    expect(await restore('back', settings)).toMatchObject({ status: 0, stderr: '' });
    const last = launch(settings);
    const by = await Client.signIn(await last.ready, 'commune.clerk');
    await mustKnow(by, { petitions: [petition, there], visits: [], files: [{ attachment, content }], papers: [] });
    await endProcess(last.process, 'SIGTERM');
    await drop(url);
  }, 170_000);
});

it('after a recovery by other means sessions end and a new epoch begins, while the service runs', async () => {
  const by = await server.as('commune.leader');
  const { epoch } = (await by.get('/events?after=0')).body;
  const told = await run('boot/commands/restore-command', ['--after-recovery'], ofServer());
  expect(told).toMatchObject({ status: 0, stderr: '' });
  expect(told.stdout).toMatch(/^New epoch [0-9a-f-]{36}: the feed goes on after position \d+$/m);
  expect(told.stdout).toMatch(/^Audit intact: /m);
  await until(async () => (await by.get('/auth/me')).status === 401);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const again = await Client.signIn(server.url, 'commune.leader');
  expect((await again.get('/events?after=0')).body.epoch).not.toBe(epoch);
  expect((await again.get(`/events?after=0&epoch=${epoch}`)).status).toBe(410);
});
