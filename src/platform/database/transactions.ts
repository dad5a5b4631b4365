import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { whoActs } from './acting.js';
import { ConnectionLost, isReleased } from './faults.js';
import { isLost } from './pools.js';
import { Replica } from './replica.js';

/** SQL of a hot path: prepared once a connection under its name (PostgreSQL keeps the plan). */
export interface NamedQuery {
  /** Left out where the plan should depend on the values each time. */
  name?: string;
  text: string;
}

/** What is left to do once it is known what became of a transaction. */
interface Afterwards {
  committed: (() => Promise<unknown>)[];
  undone: (() => Promise<unknown>)[];
}

interface Running {
  tx: EntityManager;
  /** Not of a snapshot, which writes nothing. */
  afterwards?: Afterwards;
}

/**
 * The one place where transactions begin and end.
 * `run` opens one or joins the one that the call is already in, so that a use case may call another
 * and an idempotent request can be stored together with what it did.
 */
@Injectable()
export class Transactions {
  private readonly current = new AsyncLocalStorage<Running>();
  private readonly logger = new Logger('Transactions');

  constructor(
    private readonly dataSource: DataSource,
    private readonly replica: Replica,
  ) {}

  /** Runs the work in one transaction; an exception undoes all of it. */
  async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const joined = this.current.getStore();
    if (joined) return work(joined.tx);
    const afterwards: Afterwards = { committed: [], undone: [] };
    let result: T;
    try {
      result = await this.transaction(
        this.dataSource,
        'READ COMMITTED',
        async (tx) => {
          const acting = whoActs();
          // For the triggers that record every write: see the migration "audit".
          if (acting) await tx.query(`select set_config('tiepdan.actor', $1, true)`, [JSON.stringify(acting)]);
          return work(tx);
        },
        afterwards,
      );
    } catch (error) {
      await this.doAll(afterwards.undone);
      throw error;
    }
    await this.doAll(afterwards.committed);
    return result;
  }

  /** Work for after the outermost transaction was committed, outside of it. Where it fails, the log tells and nobody else. */
  onCommitted(work: () => Promise<unknown>): void {
    this.afterwards.committed.push(work);
  }

  /**
   * Work for after the outermost transaction was rolled back, outside of it: also where its COMMIT failed, of which it may not be known whether
   * it went through. Where it fails, the log tells and nobody else.
   */
  onUndone(work: () => Promise<unknown>): void {
    this.afterwards.undone.push(work);
  }

  private get afterwards(): Afterwards {
    const { afterwards } = this.current.getStore() ?? {};
    if (!afterwards) throw new Error('There is no transaction that this could come after');
    return afterwards;
  }

  private async doAll(works: Afterwards['committed']): Promise<void> {
    for (const work of works)
      await work().catch((error: unknown) => {
        const { name, code } = error as { name?: string; code?: string };
        this.logger.warn({ failed: 'work after a transaction', type: name, code });
      });
  }

  /**
   * Reads that must agree with one another: every one sees the moment of the first (REPEATABLE READ), and nothing can be written.
   * A replica answers where there is one; work that it cannot finish begins anew on the primary.
   * @param work is told the moment up to which it sees everything
   * @param options.fresh read from the primary, where nothing may be behind: what is signed
   */
  async snapshot<T>(work: (asOf: Date) => Promise<T>, { fresh = false }: { fresh?: boolean | undefined } = {}): Promise<T> {
    const reading = fresh ? null : await this.replica.reading();
    if (!reading) return this.snapshotOf(this.dataSource, null, work);
    try {
      return await this.snapshotOf(reading.dataSource, reading.asOf, work);
    } catch (error) {
      if (!this.replica.failed(error)) throw error;
      return this.snapshotOf(this.dataSource, null, work);
    }
  }

  private snapshotOf<T>(dataSource: DataSource, replayed: Date | null, work: (asOf: Date) => Promise<T>): Promise<T> {
    return this.transaction(dataSource, 'REPEATABLE READ', async (tx) => {
      await tx.query('set transaction read only');
      const [{ now }] = await tx.query<[{ now: Date }]>('select transaction_timestamp() as now');
      return work(replayed ?? now);
    });
  }

  /** TypeORM says of a connection that broke that it was released: it is told apart here from a transaction that is used after its end. */
  private async transaction<T>(
    dataSource: DataSource,
    isolation: 'READ COMMITTED' | 'REPEATABLE READ',
    work: (tx: EntityManager) => Promise<T>,
    afterwards?: Afterwards,
  ): Promise<T> {
    let client: unknown;
    const within = async (tx: EntityManager): Promise<T> => {
      client = await tx.queryRunner?.connect();
      return this.current.run({ tx, ...(afterwards && { afterwards }) }, () => work(tx));
    };
    try {
      return await (isolation === 'READ COMMITTED' ? dataSource.transaction(within) : dataSource.transaction(isolation, within));
    } catch (error) {
      throw isReleased(error) && (client === undefined || isLost(client))
        ? new ConnectionLost('The connection broke within a transaction', { cause: error })
        : error;
    }
  }

  /** Work beside the running transaction, on connections of its own: it is seen by others at once, and stays whatever becomes of that one. */
  beside<T>(work: () => Promise<T>): Promise<T> {
    return this.current.exit(work);
  }

  /** The manager of the running transaction, or the plain one for single statements. */
  get manager(): EntityManager {
    return this.current.getStore()?.tx ?? this.dataSource.manager;
  }

  /** Runs a named prepared statement in the running transaction, or on any connection. */
  async rows<Row extends QueryResultRow>(query: NamedQuery, values: unknown[] = []): Promise<Row[]> {
    const running = this.current.getStore();
    const client = running
      ? ((await running.tx.queryRunner?.connect()) as PoolClient)
      : (this.dataSource.driver as unknown as { master: Pool }).master;
    const { rows } = await client.query<Row>({ ...query, values });
    return rows;
  }
}
