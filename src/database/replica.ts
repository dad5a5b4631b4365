import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { apiSession, dataSourceOptions } from './data-source.js';

/** A database to read from, and the moment up to which it has everything. */
export interface Reading {
  dataSource: DataSource;
  /** Null: that of the reading itself. */
  asOf: Date | null;
}

/** How long a replica that failed is left alone before it is tried again. */
const retryMilliseconds = 10_000;

/**
 * Codes of a database that cannot answer: SQLSTATE classes of no connection, statements taken back by replay, no resources left, ended by
 * an operator (PostgreSQL 18, appendix A); and those of a network, by which the driver says the same.
 */
const unable = /^(?:(?:08|40|53|57)[\dA-Z]{3}|E[A-Z]{4,})$/;

/**
 * A streaming standby that answers reports, so that counting ten years does not slow the reception desks.
 * It is never needed: while it is away, too far behind or cancels a statement because it has to replay (PostgreSQL 18, 26.4.2), the primary answers.
 */
@Injectable()
export class Replica implements OnApplicationShutdown {
  private readonly log = new Logger(Replica.name);
  private readonly dataSource: DataSource | null;
  private opening: Promise<unknown> | null = null;
  private tryAgainAt = 0;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    const { replicaDatabaseUrl, databasePool } = config;
    this.dataSource = replicaDatabaseUrl ? new DataSource(dataSourceOptions(replicaDatabaseUrl, databasePool, apiSession(config))) : null;
  }

  /** The replica, where there is one that is recent enough; else null. Never fails. */
  async reading(): Promise<Reading | null> {
    const { dataSource } = this;
    if (!dataSource || Date.now() < this.tryAgainAt) return null;
    try {
      this.opening ??= dataSource.initialize();
      await this.opening;
      // A database that is no standby is behind nothing; one that replayed nothing since its start cannot say how far it is.
      const [row] = await dataSource.query<{ standby: boolean; asOf: Date | null }[]>(
        `select pg_is_in_recovery() as standby, pg_last_xact_replay_timestamp() as "asOf"`,
      );
      const { standby, asOf } = row!;
      if (!standby) return { dataSource, asOf: null };
      const oldest = Date.now() - this.config.replicaMaximumLag * 1000;
      return asOf && asOf.getTime() >= oldest ? { dataSource, asOf } : null;
    } catch (error) {
      // A replica that cannot even be asked, whatever it says (a wrong password, too), is no reason to leave a report unanswered.
      this.leaveAlone((error as Error).message);
      return null;
    }
  }

  /** @returns whether this is a failure of the replica and not of what it was asked, after which the primary should be asked */
  failed(error: unknown): boolean {
    const { code = '', message } = error as { code?: string; message?: string };
    if (!unable.test(code) && !message?.startsWith('Connection terminated')) return false;
    this.leaveAlone(code || 'no connection');
    return true;
  }

  private leaveAlone(reason: string): void {
    this.log.warn(`The replica does not answer (${reason}); reports are read from the primary`);
    if (!this.dataSource?.isInitialized) this.opening = null;
    this.tryAgainAt = Date.now() + retryMilliseconds;
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource?.isInitialized) await this.dataSource.destroy();
  }
}
