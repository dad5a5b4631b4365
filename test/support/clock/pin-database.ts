import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';

/** Schema whose functions stand before PostgreSQL's own in the search path of the servers of the tests. */
const schema = 'pinned_clock';

/** Setting of a server whose databases may have a pinned clock; a database without one has the machine's. */
export const pinnedSearchPath = { search_path: `public, ${schema}, pg_catalog` };

/** How far the clock of this test is moved, in milliseconds. */
export const clockOffset = (): number => Number(process.env['PINNED_CLOCK_OFFSET'] ?? 0);

/**
 * Moves the clock of a database as far as that of this process. `current_date` and its like cannot be moved, which is why neither product
 * nor migrations use them: `test/clock.e2e.ts` looks.
 * @param client connected to the database, as its owner
 */
export async function pinDatabase(client: pg.Client): Promise<void> {
  const functions = ['now', 'transaction_timestamp', 'statement_timestamp', 'clock_timestamp', 'pg_last_xact_replay_timestamp'].map(
    (name) => `create or replace function ${schema}.${name}() returns timestamptz language sql
      ${name === 'clock_timestamp' ? 'volatile' : 'stable'} parallel safe
      as $$ select pg_catalog.${name}() + interval '${clockOffset()} milliseconds' $$;`,
  );
  await client.query(`create schema if not exists ${schema}; grant usage on schema ${schema} to public; ${functions.join('\n')}`);
}

/** Environment of a process that a test starts: its clock, and the machine's zone where the suite runs in another one. */
export function pinnedEnvironment(): Record<string, string> {
  const { zone } = globalThis as { zone?: string };
  return {
    // Some hundred servers are started in a run: what one has compiled, the next one need not.
    NODE_COMPILE_CACHE: path.join(tmpdir(), 'tiepdan-compiled'),
    NODE_OPTIONS: `--import=${new URL('./pin-process.ts', import.meta.url).href}`,
    PINNED_CLOCK_OFFSET: String(clockOffset()),
    ...(zone && { TZ: zone }),
  };
}
