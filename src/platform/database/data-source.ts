import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { Config } from '../config/config.js';
import { digestKeyOf, readMasterKeys } from '../sealing/master-keys.js';
import { migrations } from './migrations.js';
import { SnakeNaming } from './naming.js';
import { SafePool, type SafePoolOptions } from './pools.js';

// A legal day is a day in Viet Nam, not a moment: it stays the text YYYY-MM-DD and never becomes a Date of the machine's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);
// Counts are bigint in PostgreSQL; ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Role of the API's sessions: it reads and writes, but neither changes nor deletes what is append-only. */
export const apiRole = 'tiepdan_api';

/** Seconds after which a statement of a request is given up. */
export const statementSeconds = 60;

/** What every session of the product runs with; {@link mustBeAsAsked} looks whether it does. */
export const sessionSettings = {
  timezone: 'Asia/Ho_Chi_Minh',
  lock_timeout: '10s',
  statement_timeout: `${statementSeconds}s`,
  idle_in_transaction_session_timeout: '60s',
};

/**
 * What is other in sessions of migrations: they take as long as they take, but wait for a lock only for a moment, because whoever asks for the
 * table meanwhile stands behind them.
 */
export const migrationSettings = { statement_timeout: '0', idle_in_transaction_session_timeout: '0', lock_timeout: '1s' };

/** Session settings of the API beside the common ones: its role, and the key of digests in the audit. */
export function apiSession(config: Config): Record<string, string> {
  return { role: apiRole, 'tiepdan.digest_key': digestKeyOf(readMasterKeys(config)) };
}

/** Session settings as PostgreSQL's `options` of a connection. */
export function asOptions(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

/**
 * How this product connects: one list of migrations, the session in Vietnamese time.
 * @param session further session settings, {@link apiSession} for the API itself
 * @param pool how its connections are waited for, where that differs from what is usual
 */
export function dataSourceOptions(
  url: string,
  poolSize = 10,
  session: Record<string, string> = {},
  pool: Omit<SafePoolOptions, 'options' | 'max'> = {},
): DataSourceOptions {
  return {
    type: 'postgres',
    driver: { ...pg, Pool: SafePool },
    url,
    poolSize,
    applicationName: 'tiepdan',
    migrations,
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    extra: { ...pool, options: asOptions({ ...sessionSettings, ...session }) },
  };
}
