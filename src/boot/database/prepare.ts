import { setTimeout as pause } from 'node:timers/promises';
import { Logger, runMigrations } from 'graphile-worker';
import { DataSource, type EntityManager } from 'typeorm';
import { storeOfficialCalendars } from '../../structure/calendar/official-calendars.js';
import { sealAsListed } from '../../petitions/identity/sealed-constraints.js';
import { sayingSo } from '../../platform/text/progress.js';
import { KeyRing, SealError } from '../../platform/sealing/key-ring.js';
import { digestKeyOf, type MasterKeys } from '../../platform/sealing/master-keys.js';
import { auditAsListed } from '../../platform/database/audit-triggers.js';
import { apiRole, dataSourceOptions, migrationSettings, sessionSettings } from '../../platform/database/data-source.js';
import { databaseFault } from '../../platform/database/faults.js';
import { safeClient, safePool } from '../../platform/database/pools.js';
import { DatabaseError, reach, reason } from '../../platform/database/reach.js';

/** Numbers two instances starting at once agree on, so that one migrates and the other waits. */
export const migrationLock = 7_140_2018;

/**
 * Connects, also to a database that is just coming up, runs the migrations that are missing, and stores the official calendars that the product
 * ships. What an earlier version stored otherwise is brought up to date beside the service (`EarlierRows`).
 * Safe to call from several instances at once.
 * @param waitSeconds how long to wait for a database that does not answer yet
 * @throws DatabaseError, SealError with one clear line
 */
export async function prepareDatabase(url: string, masterKeys: MasterKeys, waitSeconds = 0): Promise<void> {
  const session = { ...migrationSettings, 'tiepdan.digest_key': digestKeyOf(masterKeys) };
  await reach(url, { ...sessionSettings, ...session }, waitSeconds);
  // Migrations take as long as they take.
  const dataSource = new DataSource(dataSourceOptions(url, 2, session, { query_timeout: 0, patience: null }));
  try {
    await dataSource.initialize();
    await migrate(dataSource, url, masterKeys);
  } finally {
    await dataSource.destroy();
  }
}

async function migrate(dataSource: DataSource, url: string, masterKeys: MasterKeys): Promise<void> {
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('set lock_timeout = 0');
    await sayingSo('Waiting for another instance that prepares the database', () =>
      lock.query('select pg_advisory_lock($1)', [migrationLock]),
    );
    // Before anything is changed: what a migration tells the audit is told under this key.
    if (await isSealed(dataSource.manager)) await KeyRing.load(dataSource.manager, masterKeys);
    await patiently(() => runMissing(dataSource));
    await sayingSo('Bringing the database up to date', async () => {
      await patiently(() => auditAsListed(dataSource.manager));
      await patiently(() => sealAsListed(dataSource.manager));
      await prepareQueue(dataSource, url);
      await patiently(() => storeOfficialCalendars(dataSource.manager));
    });
    await KeyRing.prepare(dataSource.manager, masterKeys);
  } catch (error) {
    throw error instanceof DatabaseError || error instanceof SealError
      ? error
      : new DatabaseError(`A migration failed and was undone: ${reason(error)}`);
  } finally {
    await lock.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    await lock.release();
  }
}

/** How often a step that was refused a lock is tried again: for ten minutes and more. */
const mostTries = 300;

/** Lets whoever holds a lock – and those who stand behind – get on, and tries the step again: each of them can be done twice. */
async function patiently<T>(step: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await step();
    } catch (error) {
      if (tries === mostTries || !isInTheWay(error)) throw error;
      await pause(1_000 + Math.random() * 1_000);
    }
}

/** Somebody holds what the step needs, or the two waited for one another. */
function isInTheWay(error: unknown): boolean {
  const fault = databaseFault(error);
  return fault === 'conflict' || fault === 'slow-commits';
}

/** Runs what is missing, and says which one takes long. */
async function runMissing(dataSource: DataSource): Promise<void> {
  const all = dataSource.migrations;
  let current = 'Looking which migrations are missing';
  for (const [at, migration] of all.entries()) {
    const up = migration.up.bind(migration);
    migration.up = (queryRunner) => {
      current = `Migrating the database: ${migration.constructor.name.replace(/\d{13}$/, '')}, ${at + 1} of ${all.length}`;
      return up(queryRunner);
    };
  }
  await sayingSo(
    () => current,
    () => dataSource.runMigrations(),
  );
}

/** Whether there are data keys, and so fields that no other master key opens. */
async function isSealed(manager: EntityManager): Promise<boolean> {
  const [row] = await manager.query<{ present: boolean }[]>(`select to_regclass('data_key') is not null as present`);
  return row!.present && (await manager.query<unknown[]>('select from data_key limit 1')).length > 0;
}

/**
 * Id of the master key that wrapped the newest data key of a database; null where nothing is sealed in it.
 * @throws DatabaseError when it cannot be reached in time
 */
export async function sealedUnder(url: string, waitSeconds: number): Promise<string | null> {
  await reach(url, sessionSettings, waitSeconds);
  const client = safeClient({ connectionString: url });
  await client.connect();
  try {
    const { rows: present } = await client.query<{ table: string | null }>(`select to_regclass('data_key')::text as table`);
    if (present[0]?.table === null) return null;
    const { rows } = await client.query<{ id: string }>('select master_key_id as id from data_key order by version desc limit 1');
    return rows[0]?.id ?? null;
  } finally {
    await client.end();
  }
}

/** The tables of graphile-worker, kept by itself in the schema graphile_worker, whose rows only its owner sees unless a policy says so. */
export async function prepareQueue(dataSource: DataSource, url: string): Promise<void> {
  const pool = safePool({ connectionString: url, max: 2, query_timeout: 0, patience: null });
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) });
  } finally {
    await pool.end();
  }
  await dataSource.query(`
    grant usage on schema graphile_worker to ${apiRole};
    grant select, insert, update, delete on all tables in schema graphile_worker to ${apiRole};
    grant usage on all sequences in schema graphile_worker to ${apiRole};
    revoke insert, update, delete on graphile_worker.migrations from ${apiRole};
    do $do$
    declare
      name text;
    begin
      for name in select relname from pg_class where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r' and relrowsecurity loop
        if not exists (select from pg_policies where schemaname = 'graphile_worker' and tablename = name and policyname = '${apiRole}') then
          execute format('create policy ${apiRole} on graphile_worker.%I to ${apiRole} using (true) with check (true)', name);
        end if;
      end loop;
    end
    $do$`);
}
