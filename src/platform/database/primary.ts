import { performance } from 'node:perf_hooks';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { CONFIG, type Config } from '../config/config.js';
import { migrations } from './migrations.js';
import { safeClient } from './pools.js';

/** `away`: it does not answer; `read-only`: it is a standby or was demoted; `outdated`: migrations of this version are missing. */
export type PrimaryState = 'ready' | 'away' | 'read-only' | 'outdated';

/** Milliseconds. However many ask, the database is asked once in this time. */
const askedEvery = 1_000;
/** Within this an answer is there, whatever hangs. */
const longest = 2_000;
/** Within this a connection that is there already answers; then a new one is tried. */
const known = 800;
/** A connection is not kept for longer: settings of sessions are those of their beginning, and an address may lead elsewhere by now. */
const keptFor = 10_000;

interface Kept {
  client: pg.Client;
  since: number;
}

/**
 * Whether the database of `DATABASE_URL` is one that can be written to. It is asked over a connection of its own, so that neither a pool whose
 * connections are all taken nor one whose connections are all dead tells anything else than what the server says.
 */
@Injectable()
export class Primary implements OnApplicationShutdown {
  private looked: { at: number; state: Promise<PrimaryState> } | undefined;
  private kept: Kept | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Never fails, and answers within two seconds. */
  state(): Promise<PrimaryState> {
    const now = performance.now();
    if (!this.looked || now - this.looked.at >= askedEvery) this.looked = { at: now, state: this.look() };
    return this.looked.state;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.forget(this.kept);
  }

  private async look(): Promise<PrimaryState> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<PrimaryState>((resolve) => (timer = setTimeout(() => resolve('away'), longest)));
    try {
      return await Promise.race([late, this.ask()]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async ask(): Promise<PrimaryState> {
    const { kept } = this;
    if (kept && performance.now() - kept.since < keptFor) {
      // eslint-disable-next-line failures/swallowed-failure -- whatever is wrong with it, a new connection is asked
      const state = await question(kept.client, known).catch(() => null);
      if (state) return state;
    }
    void this.forget(kept);
    const client = safeClient({
      connectionString: this.config.databaseUrl,
      application_name: 'tiepdan ready',
      connectionTimeoutMillis: longest,
      query_timeout: longest,
    });
    this.kept = { client, since: performance.now() };
    try {
      await client.connect();
      return await question(client, longest);
      // eslint-disable-next-line failures/swallowed-failure -- whatever is wrong: it cannot be used
    } catch {
      void this.forget(this.kept);
      return 'away';
    }
  }

  private async forget(kept: Kept | undefined): Promise<void> {
    if (this.kept === kept) this.kept = undefined;
    // A connection that is dead says no good-bye.
    await kept?.client.end().catch(() => undefined);
  }
}

async function question(client: pg.Client, milliseconds: number): Promise<PrimaryState> {
  const { rows } = await client.query<{ readOnly: boolean; done: string[] }>({
    text: `select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as "readOnly", array(select name from migrations) as done`,
    query_timeout: milliseconds,
  } as pg.QueryConfig);
  const { readOnly, done } = rows[0]!;
  if (readOnly) return 'read-only';
  const present = new Set(done);
  return migrations.every(({ name }) => present.has(name)) ? 'ready' : 'outdated';
}
