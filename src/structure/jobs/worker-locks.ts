import type pg from 'pg';

/** First number of the advisory locks by which workers are known to live (pg_locks.classid). */
const lockClass = 1_764_038;

/** What a worker holds for longer is looked at: shorter than this, a new one may not have its lock yet. */
const longEnough = '20 seconds';

/**
 * The workers of this instance, each with a lock in the database that goes with its connection. The queue itself gives back what a worker holds that
 * is gone after four hours; by the locks it is known within a minute. A worker is taken for gone when two looks in a row find no lock of it: after
 * the database was away all of them are without, until their own next look.
 */
export class WorkerLocks {
  private readonly ids = new Set<string>();
  private client: pg.PoolClient | undefined;
  private withoutLock: string[] = [];

  constructor(private readonly pool: pg.Pool) {}

  add(workerId: string): void {
    this.ids.add(workerId);
  }

  /** Sees to it that the locks of this instance are there, also after the database was away, and gives free what dead workers hold. */
  async look(): Promise<void> {
    const client = this.client ?? (await this.open());
    const { rows } = await client.query<{ worker: string }>(
      `select distinct locked_by as worker from graphile_worker.jobs
       where locked_at < now() - interval '${longEnough}' and not exists (
         select from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = (hashtext(locked_by)::bigint & 4294967295)::oid
           and objsubid = 2 and database = (select oid from pg_database where datname = current_database()))`,
      [lockClass],
    );
    const missing = rows.map(({ worker }) => worker);
    const gone = missing.filter((worker) => this.withoutLock.includes(worker));
    if (gone.length > 0) await client.query('select graphile_worker.force_unlock_workers($1)', [gone]);
    this.withoutLock = missing;
  }

  close(): void {
    // The locks go with the connection.
    this.client?.release(true);
    this.client = undefined;
  }

  private async open(): Promise<pg.PoolClient> {
    const client = await this.pool.connect();
    client.once('error', () => {
      client.release(true);
      this.client = undefined;
    });
    for (const id of this.ids) await client.query('select pg_advisory_lock($1, hashtext($2))', [lockClass, id]);
    this.client = client;
    return client;
  }
}
