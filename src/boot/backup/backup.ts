import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { removalLock } from '../../petitions/attachments/blobs.js';
import { configuredStore } from '../../petitions/attachments/configured-store.js';
import { DiskBlobStore } from '../../petitions/attachments/disk-blob-store.js';
import { signingKeyId } from '../../accounts/signing-key.js';
import type { Config } from '../../platform/config/config.js';
import { sessionSettings } from '../../platform/database/data-source.js';
import { joinDatabase } from '../database/open-database.js';
import { migrationLock } from '../database/prepare.js';
import { reach } from '../../platform/database/reach.js';
import { type DataKeyRow, dataKeyRows } from '../../platform/sealing/key-ring.js';
import { BackupError } from './backup-error.js';
import { copyContent, forEachOf, namedContents } from './contents.js';
import { type Manifest, type Part, type TablePart, writeManifest } from './manifest.js';
import { copied, isThere, named, ownerSession, sequencesOf, tablesOf, toldInOneLine } from './tables.js';

const keepElsewhere =
  'A backup opens no sealed field: keep the master keys named here, and the signing key (TIEPDAN_SIGNING_KEY_FILE), apart from it.';

/** What waits in the queue, in the words of graphile-worker's add_job and not in its tables, which change with its versions. */
export const queueColumns = ['identifier', 'payload', 'queue_name', 'run_at', 'max_attempts', 'key', 'priority', 'flags'];
const queue = `select t.identifier, j.payload, q.queue_name, j.run_at, j.max_attempts, j.key, j.priority, array(select jsonb_object_keys(j.flags)) as flags
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
  where j.attempts < j.max_attempts or j.locked_at is not null order by j.id`;

/**
 * Writes database and files into a folder, while the service runs: all tables in one snapshot by COPY, then every content that a row of the
 * snapshot names; nothing is removed from the store until the end. The manifest comes last.
 * @param files folder for contents that several backups share; their own when it is left out
 * @throws BackupError, DatabaseError with one clear line
 */
export async function backUp(config: Config, folder: string, files = path.join(folder, 'files')): Promise<Manifest> {
  return toldInOneLine(`The backup into ${folder} was not made`, async () => {
    await mustBeNew(folder);
    const database = await joinDatabase(config);
    try {
      await reach(database.ownerUrl, sessionSettings, config.databaseWait);
      const client = await ownerSession(database.ownerUrl, 'backup');
      try {
        const { facts, contents } = await whileNothingIsRemoved(client, async () => {
          const taken = await snapshot(client, folder, config);
          return { facts: taken, contents: await copyContents(config, folder, files, taken.contents) };
        });
        const manifest: Manifest = { ...facts, files: { folder: path.relative(folder, files), ...contents } };
        await writeManifest(folder, manifest);
        return manifest;
      } finally {
        await client.end();
      }
    } finally {
      await database.close();
    }
  });
}

async function mustBeNew(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new BackupError(`${folder} is not empty: every backup needs a folder of its own`);
  await mkdir(path.join(folder, 'tables'), { mode: 0o700 });
}

async function whileNothingIsRemoved<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  try {
    await client.query('select pg_advisory_lock($1)', [removalLock]);
  } catch (error) {
    throw (error as { code?: string }).code === '55P03' ? new BackupError('Another backup of this database is under way') : error;
  }
  const done = await work();
  // Where the connection broke meanwhile, so did the lock, and files may have been removed.
  await client.query('select pg_advisory_unlock($1)', [removalLock]);
  return done;
}

/** The tables as they were at one moment, and what counts on from there. */
async function snapshot(client: pg.Client, folder: string, config: Config): Promise<Omit<Manifest, 'files'>> {
  if (!(await isThere(client, 'public.migrations')))
    throw new BackupError('The database has no tables of this product: there is nothing to back up');
  await beginSnapshot(client);
  const shapes = await tablesOf(client);
  const facts = await factsOf(client, config);
  const tables: TablePart[] = [];
  for (const shape of shapes) {
    const part = await writePart(client, folder, `tables/${shape.table}.copy.gz`, `copy ${copied(shape)} to stdout`);
    tables.push({ ...shape, ...part });
  }
  const waiting = (await isThere(client, 'graphile_worker._private_jobs'))
    ? await writePart(client, folder, 'tables/queue.jobs.copy.gz', `copy (${queue}) to stdout`)
    : null;
  const list = 'select sha256, size, media_type from public.blob order by sha256 collate "C"';
  const contents = await writePart(client, folder, 'files.csv', `copy (${list}) to stdout (format csv)`);
  // Asked after the tables: they never go back, so that no row of the snapshot has a number that they give again.
  const sequences: Manifest['sequences'] = [];
  for (const name of await sequencesOf(client)) {
    const { rows } = await client.query<{ lastValue: string; isCalled: boolean }>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${named(name)}`,
    );
    sequences.push({ name, ...rows[0]! });
  }
  await client.query('commit');
  return { ...facts, tables, queue: waiting, sequences, contents };
}

/** No migration goes on while the snapshot is taken, and none changes a table until it is written. */
async function beginSnapshot(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1)', [migrationLock]);
  await client.query('begin isolation level repeatable read read only');
  const tables = [...(await tablesOf(client)).map(({ table }) => table), 'migrations'];
  await client.query(`lock table ${tables.map(named).join(', ')} in access share mode`);
  await client.query('select pg_advisory_unlock_shared($1)', [migrationLock]);
}

async function factsOf(
  client: pg.Client,
  config: Config,
): Promise<Omit<Manifest, 'files' | 'tables' | 'queue' | 'sequences' | 'contents'>> {
  const { rows: migrations } = await client.query<{ name: string }>('select name from public.migrations order by id');
  const { rows: audit } = await client.query<{ position: number; hash: string }>(
    'select position, hash from public.audit_link order by position desc limit 1',
  );
  const { rows: feed } = await client.query<{ position: number; takenAt: Date; server: string }>(
    `select coalesce(max(position), 0) as position, transaction_timestamp() as "takenAt", current_setting('server_version') as server from public.outgoing_event`,
  );
  const { rows: dataKeys } = await client.query<DataKeyRow>(dataKeyRows.replace('data_key', named('data_key')));
  const epoch = (await isThere(client, 'public.system_epoch'))
    ? await client.query<{ id: string }>('select id from public.system_epoch order by number desc limit 1')
    : { rows: [] };
  const { position, takenAt, server } = feed[0]!;
  return {
    format: 1,
    version: await productVersion(),
    takenAt: takenAt.toISOString(),
    server,
    migrations: migrations.map(({ name }) => name),
    audit: audit[0] ?? null,
    feed: { epoch: epoch.rows[0]?.id ?? null, position },
    keys: {
      masterKeyIds: [...new Set(dataKeys.map(({ masterKeyId }) => masterKeyId))],
      dataKeys: dataKeys.map((row) => ({ ...row, wrapped: row.wrapped.toString('base64') })),
      signingKeyId: existsSync(config.signingKeyFile) ? await signingKeyId(config.signingKeyFile) : null,
      keepElsewhere,
    },
  };
}

async function productVersion(): Promise<string> {
  // From dist/src/boot/backup as from src/boot/backup the package is the nearest one above.
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file)) return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
  }
  return 'unknown';
}

/** Writes what a COPY tells, packed where its name says so, flushed. */
async function writePart(client: pg.Client, folder: string, file: string, copy: string): Promise<Part> {
  const rows = client.query(copyTo(copy));
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const target = createWriteStream(path.join(folder, file), { mode: 0o600, flush: true });
  if (file.endsWith('.gz')) await pipeline(rows as Readable, createGzip(), measure, target);
  else await pipeline(rows as Readable, measure, target);
  return { file, rows: rows.rowCount, bytes, sha256: hash.digest('hex') };
}

async function copyContents(
  config: Config,
  folder: string,
  files: string,
  list: Part,
): Promise<Pick<Manifest['files'], 'count' | 'bytes' | 'faults'>> {
  await mkdir(files, { recursive: true, mode: 0o700 });
  const [store, copy] = [configuredStore(config), new DiskBlobStore(files)];
  const found: Pick<Manifest['files'], 'count' | 'bytes' | 'faults'> = { count: 0, bytes: 0, faults: [] };
  await forEachOf(namedContents(path.join(folder, list.file)), async (content) => {
    const fault = await copyContent(store, copy, path.join(files, 'incoming'), content);
    if (fault) return void found.faults.push({ sha256: content.sha256, fault });
    found.count++;
    found.bytes += content.size;
  });
  await rm(path.join(files, 'incoming'), { recursive: true, force: true });
  return found;
}
