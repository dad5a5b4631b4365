import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { asOptions } from './data-source.js';
import { mayCome } from './faults.js';
import { safeClient } from './pools.js';

/** The database cannot be used; the message is one line without the password. */
export class DatabaseError extends Error {}

/** What to do where something stands in front that sessions are not the same behind. */
const directly =
  'name PostgreSQL itself, or a proxy that passes everything on, and no pooler such as PgBouncer (docs/high-availability.md, "PgBouncer")';

const pauseMilliseconds = 1_000;
const tellMilliseconds = 5_000;

/**
 * Waits until a database answers and takes writes, and looks whether its sessions are what they were asked to be.
 * @param settings what a session is asked for
 * @param seconds how long to wait for one that is not there yet
 * @throws DatabaseError with one clear line
 */
export async function reach(url: string, settings: Record<string, string>, seconds: number): Promise<void> {
  const begun = performance.now();
  let told = begun;
  for (;;) {
    const failure = await tryOnce(url, settings);
    if (!failure) return;
    const now = performance.now();
    const left = Math.ceil(seconds - (now - begun) / 1000);
    if (!mayCome(failure) || left <= 0)
      throw new DatabaseError(`The database ${withoutPassword(url)} cannot be reached: ${reason(failure)}`);
    if (now - told >= tellMilliseconds || told === begun) {
      told = now;
      console.error(`Waiting for the database ${withoutPassword(url)} (${reason(failure)}); ${left} s left (TIEPDAN_DATABASE_WAIT)`);
    }
    await pause(pauseMilliseconds);
  }
}

/** @returns why it cannot be reached @throws DatabaseError when it can and is not what it should be */
async function tryOnce(url: string, settings: Record<string, string>): Promise<Error | undefined> {
  const client = safeClient({ connectionString: url, application_name: 'tiepdan', options: asOptions(settings) });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; standby: boolean; readOnly: boolean }>(
      `select current_setting('server_version_num')::int as version, pg_is_in_recovery() as standby,
         current_setting('transaction_read_only')::boolean as "readOnly"`,
    );
    const { version, standby, readOnly } = rows[0]!;
    if (version < 150_000)
      throw new DatabaseError(`The database ${withoutPassword(url)} is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed`);
    if (readOnly) return new Error(standby ? 'it is a standby and takes no writes' : 'it takes no writes (default_transaction_read_only)');
    const other = await differences(client, settings);
    if (other.length > 0)
      throw new DatabaseError(
        `The database ${withoutPassword(url)} does not give sessions what they ask for (${other.join(', ')}): ${directly}`,
      );
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    if (refusesSettings(error))
      throw new DatabaseError(`The database ${withoutPassword(url)} lets no session ask for what it needs (${reason(error)}): ${directly}`);
    return error as Error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Names of the settings that a session does not have as it asked for them; a pooler that ignores them answers all the same. */
export async function differences(client: pg.ClientBase, settings: Record<string, string>): Promise<string[]> {
  const { rows } = await client.query<{ name: string; value: string | null; backend: number }>(
    'select name, current_setting(name, true) as value, pg_backend_pid() as backend from unnest($1::text[]) as name',
    [Object.keys(settings)],
  );
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  const other = Object.entries(settings).filter(([name, value]) => plain(values.get(name) ?? '') !== plain(value));
  // Between a pooler and its client the number of the process is another one.
  const direct = (client as unknown as { processID: number | null }).processID === rows[0]?.backend;
  return [...other.map(([name]) => name), ...(direct ? [] : ['a server process of its own'])];
}

/** PostgreSQL takes `options`; PgBouncer says this of them (1.18), or of a setting in them (1.20). */
function refusesSettings(error: unknown): boolean {
  return /^unsupported startup parameter/.test((error as Error).message);
}

/** `60s` and `1min` are the same. */
function plain(value: string): string {
  const [, number, unit] = /^(\d+)(ms|s|min|h)$/.exec(value) ?? [];
  const milliseconds = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };
  return number ? String(Number(number) * milliseconds[unit as keyof typeof milliseconds]) : value;
}

function withoutPassword(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || 5432}${pathname}`;
}

/** The first line of what went wrong, in the words of whoever found it. */
export function reason(error: unknown): string {
  const { message, code, errors } = error as { message?: string; code?: string; errors?: Error[] };
  return (errors?.[0]?.message || message || code || String(error)).split('\n')[0] ?? '';
}
