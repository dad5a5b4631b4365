import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { configuredStore } from '../../petitions/attachments/configured-store.js';
import { DiskBlobStore } from '../../petitions/attachments/disk-blob-store.js';
import type { Config } from '../../platform/config/config.js';
import { auditAsListed } from '../../platform/database/audit-triggers.js';
import { dataSourceOptions, sessionSettings } from '../../platform/database/data-source.js';
import { migrations } from '../../platform/database/migrations.js';
import { joinDatabase } from '../database/open-database.js';
import { migrationLock, prepareQueue } from '../database/prepare.js';
import { reach } from '../../platform/database/reach.js';
import { KeyRing } from '../../platform/sealing/key-ring.js';
import { digestKeyOf, hasMasterKey, type MasterKeys, readMasterKeys } from '../../platform/sealing/master-keys.js';
import { queueColumns } from './backup.js';
import { BackupError } from './backup-error.js';
import { copyContent, forEachOf, type NamedContent, namedContents, strangerIn } from './contents.js';
import { digestOf, type Manifest, mustBeWhole, partsOf, readManifest } from './manifest.js';
import { beginNewEpoch, type NewEpoch } from './new-epoch.js';
import { copied, isThere, named, ownerSession, tablesOf, toldInOneLine } from './tables.js';

/** What a restore brought back. */
export interface Restored {
  manifest: Manifest;
  /** Rows of each table in the database, beside those of the manifest. */
  tables: { table: string; rows: number; expected: number }[];
  files: number;
  epoch: NewEpoch;
}

export interface RestoreOptions {
  /** Where the contents lie now, when not where the manifest says. */
  files?: string | undefined;
  /** The store has contents that the backup does not know, and keeps them: it was not lost. */
  keepFiles?: boolean | undefined;
}

/**
 * Restores a backup into an empty database and an empty store of files. Everything is looked at before anything is written: the digest of every
 * part and content, the master keys, the database and the store. The database is loaded in one transaction, which begins the new epoch, too.
 * @throws BackupError, ConfigError, SealError, DatabaseError with one clear line
 */
export async function restore(config: Config, folder: string, { files, keepFiles = false }: RestoreOptions = {}): Promise<Restored> {
  return toldInOneLine(`The backup ${folder} was not restored`, async () => {
    const manifest = await readManifest(folder);
    mustKnowSchema(manifest);
    const masterKeys = keysThatOpen(config, manifest);
    const from = new DiskBlobStore(files ?? path.resolve(folder, manifest.files.folder));
    for (const part of partsOf(manifest)) await mustBeWhole(folder, part);
    await mustHaveContents(folder, manifest, files ?? path.resolve(folder, manifest.files.folder));
    const database = await joinDatabase(config);
    try {
      await reach(database.ownerUrl, sessionSettings, config.databaseWait);
      const settings = { lock_timeout: '0', 'tiepdan.digest_key': digestKeyOf(masterKeys) };
      const client = await ownerSession(database.ownerUrl, 'restore', settings);
      try {
        // Whoever starts now waits until all is there.
        await client.query('select pg_advisory_lock($1)', [migrationLock]);
        await mustBeEmpty(client, manifest);
        if (!keepFiles) await mustHaveNoOtherFiles(config, folder, manifest);
        const copiedFiles = await copyContents(config, folder, manifest, from);
        await makeSchema(database.ownerUrl, manifest, masterKeys);
        const { tables, epoch } = await load(client, folder, manifest);
        return { manifest, tables, files: copiedFiles, epoch };
      } finally {
        await client.end();
      }
    } finally {
      await database.close();
    }
  });
}

/** {@link beginNewEpoch} for a database that was restored by PostgreSQL's own means and is up to date. */
export async function afterRecovery(config: Config, ownerUrl: string): Promise<NewEpoch> {
  return toldInOneLine('The new epoch was not begun', async () => {
    const client = await ownerSession(ownerUrl, 'restore', { 'tiepdan.digest_key': digestKeyOf(readMasterKeys(config)) });
    try {
      await client.query('begin');
      const epoch = await beginNewEpoch(client, 'command restore --after-recovery');
      await client.query('commit');
      return epoch;
    } finally {
      await client.end();
    }
  });
}

function mustKnowSchema({ migrations: names, version }: Manifest): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown)
    throw new BackupError(
      `The backup was made by version ${version}, which is newer than this one (migration ${unknown}): restore it with that version`,
    );
  if (!names.includes(firstWithEpochs))
    throw new BackupError(`The backup is of a database from before version 0.1.0 (migration ${names.at(-1) ?? 'none'})`);
}

const firstWithEpochs = 'Epochs1764000000051';

/** Before anything is written: whoever has lost the key is told so while nothing is lost by it. */
function keysThatOpen(config: Config, { keys }: Manifest): MasterKeys {
  const { masterKeyFile } = config;
  if (!hasMasterKey(config))
    throw new BackupError(
      `The backup needs the master key ${keys.masterKeyIds.join(', ')}: set TIEPDAN_MASTER_KEY or put it into ${masterKeyFile}; no key was made, and nothing was written`,
    );
  const masterKeys = readMasterKeys(config);
  KeyRing.fromRows(
    keys.dataKeys.map((row) => ({ ...row, wrapped: Buffer.from(row.wrapped, 'base64') })),
    masterKeys,
  );
  return masterKeys;
}

/** Contents that the store had lost already when the backup was made are in none, and no reason to refuse it. */
async function* contentsOf(folder: string, { contents, files: { faults } }: Manifest): AsyncGenerator<NamedContent> {
  const lost = new Set(faults.map(({ sha256 }) => sha256));
  for await (const content of namedContents(path.join(folder, contents.file))) if (!lost.has(content.sha256)) yield content;
}

async function mustHaveContents(folder: string, manifest: Manifest, files: string): Promise<void> {
  await forEachOf(contentsOf(folder, manifest), async ({ sha256 }) => {
    const file = path.join(files, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    const found = await digestOf(file);
    if (found !== sha256)
      throw new BackupError(`${file} is ${found === null ? 'missing' : 'damaged: it is not what its name says'}; nothing was written`);
  });
}

/** A schema without units and accounts is empty: everything that anybody enters belongs to one. */
async function mustBeEmpty(client: pg.Client, { migrations: names }: Manifest): Promise<void> {
  const present = await tablesOf(client);
  const isOurs = await isThere(client, 'public.migrations');
  if (!isOurs && present.length === 0) return;
  if (!isOurs) throw new BackupError(`The database is not empty: it has the table ${present[0]!.table}; restore into an empty one`);
  const { rows: run } = await client.query<{ name: string }>('select name from public.migrations order by id');
  for (const table of ['petition', 'account', 'unit'])
    if (await isThere(client, `public.${table}`)) {
      const { rows } = await client.query<{ count: number }>(`select count(*) as count from ${named(table)}`);
      if (rows[0]!.count > 0)
        throw new BackupError(
          `The database is not empty: ${table} has ${rows[0]!.count} rows; restore into an empty one, nothing was changed`,
        );
    }
  const newer = run.find(({ name }) => !names.includes(name));
  if (newer)
    throw new BackupError(
      `The database has the migration ${newer.name}, which the backup does not know; restore into an empty one, it is brought up to date afterwards`,
    );
}

async function mustHaveNoOtherFiles(config: Config, folder: string, { contents }: Manifest): Promise<void> {
  const stranger = await strangerIn(configuredStore(config), path.join(folder, contents.file));
  if (stranger)
    throw new BackupError(
      `The store of files is not empty: it has ${stranger}, which the backup does not know; restore into an empty one, or with --keep-files where it is the store of this system and was not lost`,
    );
}

async function copyContents(config: Config, folder: string, manifest: Manifest, from: DiskBlobStore): Promise<number> {
  const store = configuredStore(config);
  let files = 0;
  await forEachOf(contentsOf(folder, manifest), async (content) => {
    const fault = await copyContent(from, store, path.join(config.attachmentDir, 'incoming'), content);
    if (fault) throw new BackupError(`${content.sha256} is ${fault} in the backup`);
    files++;
  });
  return files;
}

/** The schema that the tables of the backup are of; what came later is run when all is loaded, on what was loaded. */
async function makeSchema(url: string, { migrations: names }: Manifest, masterKeys: MasterKeys): Promise<void> {
  const session = { 'tiepdan.digest_key': digestKeyOf(masterKeys) };
  const options = dataSourceOptions(url, 2, session, { query_timeout: 0, patience: null });
  const dataSource = new DataSource({ ...options, migrations: migrations.filter(({ name }) => names.includes(name)) });
  try {
    await dataSource.initialize();
    await dataSource.runMigrations();
    // That the new epoch begins is recorded, too.
    await auditAsListed(dataSource.manager);
    await prepareQueue(dataSource, url);
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Loads all tables in one transaction: what refers to other rows is proven when all are there, and nothing that was derived, recorded or told once
 * is derived, recorded or told again.
 */
async function load(client: pg.Client, folder: string, manifest: Manifest): Promise<Pick<Restored, 'tables' | 'epoch'>> {
  await client.query('begin');
  const present = await tablesOf(client);
  mustHaveSameTables(
    present.map(({ table }) => table),
    manifest,
  );
  const { rows: references } = await client.query<{ on: string; name: string; definition: string }>(
    `select relname as "on", conname as name, pg_get_constraintdef(k.oid) as definition from pg_constraint k join pg_class c on c.oid = conrelid
     where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`,
  );
  for (const { on, name } of references) await client.query(`alter table ${named(on)} drop constraint "${name}"`);
  for (const { table } of present) await client.query(`alter table ${named(table)} disable trigger user`);
  // What the migrations themselves stored is in the backup as it has become.
  await client.query(`truncate ${present.map(({ table }) => named(table)).join(', ')}`);
  const tables: Restored['tables'] = [];
  for (const part of manifest.tables) {
    await readPart(client, path.join(folder, part.file), `copy ${copied(part)} from stdin`);
    const { rows } = await client.query<{ count: number }>(`select count(*) as count from ${named(part.table)}`);
    tables.push({ table: part.table, rows: rows[0]!.count, expected: part.rows });
  }
  for (const { on, name, definition } of references) await client.query(`alter table ${named(on)} add constraint "${name}" ${definition}`);
  for (const { table } of present) await client.query(`alter table ${named(table)} enable trigger user`);
  for (const { name, lastValue, isCalled } of manifest.sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [named(name), lastValue, isCalled]);
  if (manifest.queue) await loadQueue(client, path.join(folder, manifest.queue.file));
  const epoch = await beginNewEpoch(client, 'command restore');
  await client.query('commit');
  // Without statistics the first reports run into the time limit of a statement.
  await client.query('analyze');
  return { tables, epoch };
}

function mustHaveSameTables(present: string[], manifest: Manifest): void {
  const expected = manifest.tables.map(({ table }) => table);
  const other = present.find((table) => !expected.includes(table)) ?? expected.find((table) => !present.includes(table));
  if (other) throw new BackupError(`The table ${other} is not both in the backup and in the schema of its migrations`);
}

async function loadQueue(client: pg.Client, file: string): Promise<void> {
  await client.query(
    `create temporary table restored_queue (number int generated always as identity, identifier text, payload json, queue_name text, run_at timestamptz,
       max_attempts int, key text, priority int, flags text[]) on commit drop`,
  );
  await readPart(client, file, `copy pg_temp.restored_queue (${queueColumns.join(', ')}) from stdin`);
  await client.query(
    `select count(graphile_worker.add_job(identifier, payload, queue_name, run_at, max_attempts, key, priority, flags))
     from (select * from pg_temp.restored_queue order by number) job`,
  );
}

async function readPart(client: pg.Client, file: string, copy: string): Promise<void> {
  const rows = client.query(copyFrom(copy)) as Writable;
  const source = createReadStream(file);
  await pipeline(source, createGunzip(), rows);
}
