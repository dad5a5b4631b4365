import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { pinnedEnvironment } from './support/clock/pin-database.js';
import type { Answer, Client, Json } from './support/client.js';
import { must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, eventsOf, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

const store = mkdtempSync(path.join(tmpdir(), 'tiepdan-files-'));
const leftOver = path.join(store, 'incoming', randomUUID());
const inHand = path.join(store, 'incoming', randomUUID());
const longAgo = new Date('2020-01-01T00:00:00Z');

let server: TestServer;
let clerk: Client;
let stranger: Client;
let unit: string;

beforeAll(async () => {
  mkdirSync(path.dirname(leftOver));
  for (const left of [leftOver, inHand]) writeFileSync(left, 'half of an upload');
  utimesSync(leftOver, longAgo, longAgo);
  server = await startServer({ env: { TIEPDAN_ATTACHMENT_DIR: store } });
  [clerk, stranger] = await Promise.all([server.as('commune.clerk'), server.as('city.clerk')]);
  unit = await unitId(clerk, '00004');
});
afterAll(async () => {
  await server.stop();
  rmSync(store, { recursive: true, force: true });
});

const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const pathOf = (sha256: string): string => path.join(store, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
const contentsStored = (): string[] =>
  readdirSync(store, { recursive: true, encoding: 'utf8' })
    .map((name) => path.basename(name))
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .sort();
const contentsNamed = async (): Promise<string[]> =>
  (await server.sql<{ sha256: string }>('select sha256 from blob order by sha256 collate "C"')).map(({ sha256 }) => sha256);

let made = 0;
/** A PDF that was never there before. */
const aPdf = (size = 300): Buffer => Buffer.concat([Buffer.from(`%PDF-1.4\n% ${randomUUID()} ${made++}\n`), Buffer.alloc(size, 'x')]);
const aPetition = (): Promise<Json> => file(clerk, aComplaintAbout(unit));
const attach = (
  { id }: Json,
  content: Buffer,
  { by = clerk, key, name = 'don.pdf', purpose = 'petition' }: { by?: Client; key?: string; name?: string; purpose?: string } = {},
): Promise<Answer> => by.upload(`/petitions/${id}/attachments`, content, { purpose }, name, 'POST', key ? { 'idempotency-key': key } : {});

/** Files that were acknowledged are there and are what was sent. */
async function mustBeThere(answers: Answer[]): Promise<void> {
  for (const { body } of answers) expect(digestOf(await clerk.download(body.content))).toBe(body.sha256);
}

describe('what was acknowledged', () => {
  it('is there, however many send the same bytes at once and are refused', async () => {
    const [petition, full] = await Promise.all([aPetition(), aPetition()]);
    // A petition that has all it may have: refused only after the content was stored.
    await server.sql('insert into attachment_usage (owner_id, files, bytes) values ($1, 1000000, 0)', [full.id]);
    for (let round = 0; round < 40; round++) {
      const content = aPdf();
      // Whoever is looked at first is another one each time.
      const sends = [
        { status: 413, send: () => attach(full, content) },
        { status: 201, send: () => attach(petition, content) },
        { status: 404, send: () => attach(petition, content, { by: stranger }) },
        { status: 413, send: () => attach(full, content) },
        // Every other time one alone: a second one would mend what the first one lost.
        { status: 201, send: () => attach(petition, content) },
        { status: 404, send: () => attach(petition, content, { by: stranger }) },
      ].slice(0, round % 2 === 0 ? 4 : 6);
      sends.push(...sends.splice(0, round % sends.length));
      const answers = await Promise.all(sends.map(({ send }) => send()));
      expect(answers.map(({ status }) => status)).toEqual(sends.map(({ status }) => status));
      await mustBeThere(answers.filter(({ status }) => status === 201));
    }
    expect(contentsStored()).toEqual(await contentsNamed());
  });

  it('is removed with the last that names it, and with none before', async () => {
    const petition = await aPetition();
    const full = await aPetition();
    await server.sql('insert into attachment_usage (owner_id, files, bytes) values ($1, 1000000, 0)', [full.id]);
    const refused = aPdf();
    const answers = await Promise.all(Array.from({ length: 6 }, () => attach(full, refused)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([413]));
    expect(existsSync(pathOf(digestOf(refused)))).toBe(false);
    const { body } = await attach(petition, refused);
    expect((await attach(full, refused)).status).toBe(413);
    await mustBeThere([{ body } as Answer]);
  });

  it('nothing of whoever may not is put into the store: who may is told first', async () => {
    const petition = await aPetition();
    const content = aPdf();
    const sha256 = digestOf(content);
    // Where the content would lie is something else: whoever gets as far as the store fails.
    const place = path.join(store, sha256.slice(0, 2));
    const taken = existsSync(place);
    const blocked = taken ? path.join(place, sha256.slice(2, 4)) : place;
    writeFileSync(blocked, '');
    try {
      expect((await attach(petition, content, { by: stranger })).status).toBe(404);
      expect((await attach(petition, content, { by: await server.as('city.leader') })).status).toBe(403);
      expect((await attach(petition, content)).status).toBe(500);
    } finally {
      rmSync(blocked);
    }
    expect((await attach(petition, content)).status).toBe(201);
  });

  it('that was lost or cut off is whole again when it comes again', async () => {
    const petition = await aPetition();
    const content = aPdf();
    const first = await attach(petition, content);
    const lying = pathOf(first.body.sha256);
    rmSync(lying);
    expect((await clerk.fetch(first.body.content)).status).toBe(500);
    await mustBeThere([await attach(petition, content), first]);
    truncateSync(lying, 10);
    await mustBeThere([await attach(petition, content), first]);
  });

  it('is there for every job that was to read it, however many have read the same one and forgotten it', async () => {
    const line = (index: number) =>
      `${JSON.stringify({ external_reference: `S-${index}`, received_on: '2025-09-02', kind: 'reflection', summary: 'Đèn đường hỏng' })}\n`;
    const content = Array.from({ length: 3 }, (_, index) => line(index)).join('');
    const start = (): Promise<Json> => must(202, clerk.upload('/petitions/imports', content, { dryRun: 'true' }, 'so.ndjson'));
    const jobs: Json[] = [];
    // They come while others are being read and forgotten.
    for (let round = 0; round < 12; round++) {
      jobs.push(...(await Promise.all([start(), start()])));
      await new Promise((resolve) => setTimeout(resolve, 40 * (round % 4)));
    }
    for (const { id } of jobs) {
      const ended = await until(async () => {
        const { body } = await clerk.get(`/jobs/${id}`);
        return !['queued', 'running'].includes(body.state) && body;
      }, 60);
      expect(ended).toMatchObject({ state: 'succeeded', done: 3, created: 3 });
    }
    await until(() => !existsSync(pathOf(digestOf(Buffer.from(content)))));
    expect(await contentsNamed()).toEqual(contentsStored());
  });

  it('leaves nothing where the commit fails, with a key and without', async () => {
    const petition = await aPetition();
    await server.sql(`create function fail_at_commit() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`);
    await server.sql(`create constraint trigger fails after insert on attachment deferrable initially deferred
      for each row when (new.filename = 'hong.pdf') execute function fail_at_commit()`);
    const kept = aPdf();
    const first = await attach(petition, kept);
    for (const key of [undefined, randomUUID()]) {
      const content = aPdf();
      expect((await attach(petition, content, { name: 'hong.pdf', ...(key && { key }) })).status).toBe(500);
      expect(existsSync(pathOf(digestOf(content)))).toBe(false);
      // The key is free again.
      if (key) expect((await attach(petition, content, { key })).headers.get('idempotent-replayed')).toBeNull();
      // What somebody else names stays.
      expect((await attach(petition, kept, { name: 'hong.pdf', ...(key && { key: randomUUID() }) })).status).toBe(500);
      await mustBeThere([first]);
    }
    expect(readdirSync(path.join(store, 'incoming'))).toEqual([path.basename(inHand)]);
  });
});

describe('an upload with a key', () => {
  it('is done once and answers the same, whatever its boundary', async () => {
    const petition = await aPetition();
    const [content, key] = [aPdf(), randomUUID()];
    const first = await attach(petition, content, { key });
    const again = await attach(petition, content, { key });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(again.body).toEqual(first.body);
    expect((await clerk.get(`/petitions/${petition.id}/attachments`)).body.items).toHaveLength(1);
    expect((await eventsOf(clerk, petition)).filter((event) => event === 'attached')).toHaveLength(1);
  });

  it.each([
    ['other bytes', () => ({ content: aPdf() })],
    ['another name', () => ({ name: 'khac.pdf' })],
    ['another field', () => ({ purpose: 'evidence' })],
  ])('of another request is refused: %s', async (_what, change) => {
    const petition = await aPetition();
    const request = { content: aPdf(), name: 'don.pdf', purpose: 'petition' };
    const key = randomUUID();
    expect((await attach(petition, request.content, { ...request, key })).status).toBe(201);
    const other = { ...request, ...change() };
    expect(await attach(petition, other.content, { ...other, key })).toMatchObject({
      status: 422,
      body: { type: '/api/v1/problems/idempotency-key-reused' },
    });
    expect((await clerk.get(`/petitions/${petition.id}/attachments`)).body.items).toHaveLength(1);
  });

  it('many at once with one key are one', async () => {
    const petition = await aPetition();
    for (let round = 0; round < 5; round++) {
      const [content, key] = [aPdf(20_000), randomUUID()];
      const send = async (): Promise<Answer> => {
        const answer = await attach(petition, content, { key });
        return answer.status === 409 ? send() : answer;
      };
      const answers = await Promise.all(Array.from({ length: 6 }, send));
      expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
      expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(5);
      await mustBeThere(answers);
    }
    expect((await clerk.get(`/petitions/${petition.id}/attachments`)).body.items).toHaveLength(5);
  });

  it('is what every upload by POST can be, and each says that the disk can be full', async () => {
    const document = (await clerk.get('/openapi.json')).body;
    const uploads = Object.entries<Json>(document.paths).flatMap(([route, operations]) =>
      Object.entries<Json>(operations)
        .filter(([, { requestBody }]) => requestBody?.content['multipart/form-data'])
        .map(([method, operation]) => ({ route, method, operation })),
    );
    expect(uploads.length).toBeGreaterThan(10);
    for (const { method, operation } of uploads) {
      expect(Object.keys(operation.responses)).toContain('507');
      const keyed = operation.parameters.some(({ $ref }: Json) => $ref === '#/components/parameters/IdempotencyKey');
      expect(keyed).toBe(method === 'post');
    }
  });

  it('a table that was imported is not imported twice', async () => {
    const petition = await aPetition();
    const list = 'name,representative\nTrần Thị Mơ,true\nLê Văn Tám,\n';
    const send = (content: string, key: string) =>
      clerk.upload(`/petitions/${petition.id}/signatories/imports`, content, { format: 'csv' }, 'ds.csv', 'POST', {
        'idempotency-key': key,
      });
    const key = randomUUID();
    const first = await send(list, key);
    expect(first).toMatchObject({ status: 200, body: { rows: 2 } });
    const again = await send(list, key);
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([200, first.body, 'true']);
    expect((await send(`${list}Ba,\n`, key)).status).toBe(422);
    // A file that is refused leaves its key free.
    const other = randomUUID();
    expect((await send('nothing\n1\n', other)).status).toBe(422);
    expect((await send(list, other)).status).toBe(200);
  });
});

describe('what nobody names', () => {
  const sweep = async (): Promise<void> => {
    await server.sql(`select graphile_worker.add_job('files_sweep', job_key => 'sweep')`);
    await until(async () => (await server.sql(`select from graphile_worker.jobs where key = 'sweep'`)).length === 0);
  };
  const orphan = (age: Date | null): string => {
    const content = aPdf();
    const lying = pathOf(digestOf(content));
    mkdirSync(path.dirname(lying), { recursive: true });
    writeFileSync(lying, content);
    if (age) utimesSync(lying, age, age);
    return lying;
  };

  it('half uploads of a process that is gone are removed at the start, and those of others are not', () => {
    expect([existsSync(leftOver), existsSync(inHand)]).toEqual([false, true]);
  });

  it('is swept once it is old, however much there is, and nothing else', async () => {
    const kept = await attach(await aPetition(), aPdf());
    utimesSync(pathOf(kept.body.sha256), longAgo, longAgo);
    const old = Array.from({ length: 12 }, () => orphan(longAgo));
    const young = orphan(null);
    const before = contentsStored().length;
    await sweep();
    expect(old.filter((lying) => existsSync(lying))).toEqual([]);
    expect(existsSync(young)).toBe(true);
    expect(contentsStored()).toHaveLength(before - 12);
    await mustBeThere([kept]);
    await until(() => /Files that no row names were removed/.test(server.output()));
    expect(server.output()).toMatch(/"removed":12/);
    rmSync(young);
  });

  it('is left where there is so much of it that the store may be that of another database', async () => {
    const foreign = Array.from({ length: 101 + contentsStored().length }, () => orphan(longAgo));
    await sweep();
    expect(foreign.filter((lying) => !existsSync(lying))).toEqual([]);
    await until(() => /may belong to another database/.test(server.output()));
    for (const lying of foreign) rmSync(lying);
  });

  it('is left alone while somebody is writing it', async () => {
    const lying = orphan(longAgo);
    const sha256 = path.basename(lying);
    const writer = new pg.Client(server.databaseUrl);
    await writer.connect();
    try {
      await writer.query('begin');
      await writer.query('select pg_advisory_xact_lock(hashtextextended($1, 51))', [sha256]);
      await sweep();
      expect(existsSync(lying)).toBe(true);
      await writer.query('rollback');
      await sweep();
      expect(existsSync(lying)).toBe(false);
    } finally {
      await writer.end();
    }
  });
});

describe('npm run files:verify', () => {
  const verify = (...parameters: string[]): { status: number | null; stdout: string; stderr: string } => {
    const env = {
      PATH: process.env['PATH'],
      ...pinnedEnvironment(),
      DATABASE_URL: server.databaseUrl,
      NODE_ENV: 'test',
      TIEPDAN_ATTACHMENT_DIR: store,
      TIEPDAN_MASTER_KEY: process.env['E2E_MASTER_KEY']!,
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/src/boot/commands/files-command.js', ...parameters], {
      env,
      encoding: 'utf8',
    });
    return { status, stdout: stdout.trim(), stderr: stderr.trim() };
  };

  it('names what is missing or damaged by its id, never by its name, and tells what has no row', async () => {
    const whole = verify('--digests');
    const rows = (await contentsNamed()).length;
    expect(whole).toEqual({
      status: 0,
      stderr: '',
      stdout: `${rows} files in the database, ${rows} in the store: 0 missing, 0 of another size, 0 of another SHA-256, 0 without a row`,
    });
    const petition = await aPetition();
    const [gone, cut, changed] = await Promise.all(
      Array.from({ length: 3 }, () => must(201, attach(petition, aPdf(), { name: 'đơn của Hoà.pdf' }))),
    );
    rmSync(pathOf(gone.sha256));
    truncateSync(pathOf(cut.sha256), 5);
    writeFileSync(pathOf(changed.sha256), Buffer.alloc(changed.size, 'y'));
    const extra = digestOf(aPdf());
    mkdirSync(path.dirname(pathOf(extra)), { recursive: true });
    writeFileSync(pathOf(extra), 'left over');

    const quick = verify();
    expect(quick.status).toBe(1);
    expect(quick.stderr.split('\n').sort()).toEqual(
      [`${gone.sha256}: missing; attachment ${gone.id}`, `${cut.sha256}: of another size; attachment ${cut.id}`].sort(),
    );
    expect(quick.stdout.split('\n')).toEqual([
      `${extra}: without a row`,
      `${rows + 3} files in the database, ${rows + 3} in the store: 1 missing, 1 of another size, contents not read (--digests), 1 without a row`,
    ]);

    const slow = verify('--digests');
    expect(slow.status).toBe(1);
    expect(slow.stderr.split('\n')).toContain(`${changed.sha256}: of another SHA-256; attachment ${changed.id}`);
    expect(slow.stdout).toContain('1 missing, 1 of another size, 1 of another SHA-256, 1 without a row');
    expect(`${slow.stdout}${slow.stderr}`).not.toMatch(/Hoà|pdf/);
    expect(verify('--colour')).toMatchObject({ status: 1, stderr: expect.stringMatching(/^Usage:/) });

    // What has only no row is no loss.
    for (const { sha256 } of [gone, cut, changed]) {
      await server.sql('delete from attachment where sha256 = $1', [sha256]);
      await server.sql('delete from blob where sha256 = $1', [sha256]);
      rmSync(pathOf(sha256), { force: true });
    }
    expect(verify()).toMatchObject({ status: 0, stderr: '' });
    rmSync(pathOf(extra));
  });
});

/** Makes a folder a disk of one mebibyte, where this machine lets somebody have one. */
const mountSmallDisk = (folder: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tiepdan-test', folder]).status === 0;
const unmount = (folder: string): boolean => spawnSync('umount', [folder]).status === 0;

describe('a full disk', () => {
  const disk = mkdtempSync(path.join(tmpdir(), 'tiepdan-small-disk-'));
  const mayMount = mountSmallDisk(disk) && unmount(disk);
  rmSync(disk, { recursive: true });
  beforeAll(() => {
    mkdirSync(disk);
    if (mayMount) mountSmallDisk(disk);
  });
  afterAll(() => {
    if (mayMount) unmount(disk);
    rmSync(disk, { recursive: true, force: true });
  });

  // Where nobody may mount, test/attachments.e2e.ts still has a bucket that is full.
  (mayMount ? it : it.skip)('is told as such, leaves nothing, and takes files again once there is room', async () => {
    const small = await startServer({ env: { TIEPDAN_ATTACHMENT_DIR: disk } });
    try {
      const by = await small.as('commune.clerk');
      const petition = await file(by, aComplaintAbout(await unitId(by, '00004')));
      const send = (content: Buffer) => by.upload(`/petitions/${petition.id}/attachments`, content, {}, 'a.pdf');
      expect((await send(aPdf(400_000))).status).toBe(201);
      const answers = await Promise.all(Array.from({ length: 4 }, () => send(aPdf(900_000))));
      for (const answer of answers)
        expect(answer).toMatchObject({ status: 507, body: { type: '/api/v1/problems/insufficient-storage', title: 'Hết chỗ lưu tệp' } });
      expect(readdirSync(path.join(disk, 'incoming'))).toEqual([]);
      expect(small.output()).toContain('"code":"ENOSPC"');
      expect((await send(aPdf(300_000))).status).toBe(201);
      expect((await by.get(`/petitions/${petition.id}/attachments`)).body.items).toHaveLength(2);
    } finally {
      await small.stop();
    }
  });
});
