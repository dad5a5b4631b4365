import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { apiSession, dataSourceOptions, sessionSettings } from './data-source.js';
import { databaseFault } from './faults.js';
import type { Patience } from './pools.js';
import { differences } from './reach.js';

/** A database to read from, and the moment up to which it has everything. */
export interface Reading {
  dataSource: DataSource;
  asOf: Date;
}

/** How long a replica that failed is left alone before it is tried again; longer where it costs a report time to find out. */
const retryMilliseconds = 10_000;
const retryAfterSilence = 60_000;

/** What it may cost a report to ask the replica; then the primary answers. */
const longestQuestion = 4_000;
const questionMilliseconds = 2_000;

/** A report that hears nothing goes to the primary, which costs no more than its time: there is no reason to wait for long. */
const patience: Patience = { suspect: 2_000, ask: 2_000, giveUp: 4_000 };

interface Told {
  standby: boolean;
  asOf: Date | null;
  /** Which cluster it is; null where the role may not ask. */
  system: string | null;
}

/** What a server says of itself; `pg_control_system` may be taken from roles that are not the owner's (PostgreSQL 18, 9.28.3). */
const systemOfServer = `case when has_function_privilege('pg_control_system()', 'execute') then (select system_identifier::text from pg_control_system()) end`;

class Unfit extends Error {}
class Silent extends Error {}

/**
 * A streaming standby that answers reports, so that counting ten years does not slow the reception desks.
 * It is never needed: while it is away, silent, too far behind, no standby of this primary or cancels a statement because it has to replay
 * (PostgreSQL 18, 26.4.2), the primary answers.
 */
@Injectable()
export class Replica implements OnApplicationShutdown {
  private readonly log = new Logger(Replica.name);
  private readonly dataSource: DataSource | null;
  private opening: Promise<unknown> | null = null;
  private tryAgainAt = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly primary: DataSource,
  ) {
    const { replicaDatabaseUrl, databasePool, databaseWaiting } = config;
    const pool = { maximumWaiting: databaseWaiting, patience };
    this.dataSource = replicaDatabaseUrl
      ? new DataSource(dataSourceOptions(replicaDatabaseUrl, databasePool, apiSession(config), pool))
      : null;
  }

  /** The replica, where there is one that is recent enough; else null. Never fails, and answers within {@link longestQuestion}. */
  async reading(): Promise<Reading | null> {
    const { dataSource } = this;
    if (!dataSource || performance.now() < this.tryAgainAt) return null;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Silent('it is silent')), longestQuestion);
    });
    try {
      const asOf = await Promise.race([late, this.ask(dataSource)]);
      const oldest = Date.now() - this.config.replicaMaximumLag * 1000;
      return asOf && asOf.getTime() >= oldest ? { dataSource, asOf } : null;
    } catch (error) {
      // A replica that cannot even be asked, whatever it says (a wrong password, too), is no reason to leave a report unanswered.
      this.leaveAlone((error as Error).message, error instanceof Silent || error instanceof Unfit ? retryAfterSilence : retryMilliseconds);
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @returns whether this is a failure of the replica and not of what it was asked, after which the primary should be asked */
  failed(error: unknown): boolean {
    // What is cancelled by replay is told as a conflict (40001); a statement that took too long there takes as long here.
    const fault = databaseFault(error);
    if (!fault) return false;
    this.leaveAlone((error as { code?: string }).code ?? fault, retryMilliseconds);
    return true;
  }

  /** @throws Unfit where it is another database than a standby of the primary */
  private async ask(dataSource: DataSource): Promise<Date | null> {
    this.opening ??= this.open(dataSource).catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    await this.opening;
    const { standby, asOf, system } = await tell(dataSource);
    // Promoted, it goes its own way: what the primary writes never comes here.
    if (!standby) throw new Unfit('it is no standby');
    const { system: ours } = await tell(this.primary);
    if (system !== ours) throw new Unfit(system === null ? 'its role may not execute pg_control_system()' : 'it follows another system');
    // One that replayed nothing since its start cannot say how far it is.
    return asOf;
  }

  private async open(dataSource: DataSource): Promise<void> {
    if (!dataSource.isInitialized) await dataSource.initialize();
    const client: PoolClient = await poolOf(dataSource).connect();
    try {
      const other = await differences(client, { ...sessionSettings, ...apiSession(this.config) });
      if (other.length > 0) throw new Unfit(`its sessions are not as asked for: ${other.join(', ')}`);
    } finally {
      client.release();
    }
  }

  private leaveAlone(reason: string, milliseconds: number): void {
    const now = performance.now();
    // Of several reports that wait for it one says so.
    if (now >= this.tryAgainAt) this.log.warn(`The replica does not answer (${reason}); reports are read from the primary`);
    this.tryAgainAt = Math.max(this.tryAgainAt, now + milliseconds);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource?.isInitialized) await this.dataSource.destroy();
  }
}

async function tell(dataSource: DataSource): Promise<Told> {
  const { rows } = await poolOf(dataSource).query<Told>({
    text: `select pg_is_in_recovery() as standby, pg_last_xact_replay_timestamp() as "asOf", ${systemOfServer} as system`,
    query_timeout: questionMilliseconds,
  } as QueryConfig);
  return rows[0]!;
}

function poolOf({ driver }: DataSource): Pool {
  return (driver as unknown as { master: Pool }).master;
}
