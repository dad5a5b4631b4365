import type pg from 'pg';

/** First number of the advisory locks by which workers are known to live (pg_locks.classid). */
const lockClass = 1_764_038;

/** What a worker holds for longer is looked at: shorter than this, a new one may not have its lock yet. */
const longEnough = '3 minutes';

/**
 * The workers of this instance, each with a lock in the database that goes with its connection. The queue itself gives back what a worker holds that
 * is gone after four hours; by the locks it is known within minutes.
 */
export class WorkerLocks {
  private readonly ids = new Set<string>();
  private client: pg.PoolClient | undefined;

  constructor(private readonly pool: pg.Pool) {}

  add(workerId: string): void {
    this.ids.add(workerId);
  }

  /** Sees to it that the locks of this instance are there, also after the database was away, and gives free what dead workers hold. */
  async look(): Promise<void> {
    const client = this.client ?? (await this.open());
    await client.query(
      `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
       where locked_at < now() - interval '${longEnough}' and not exists (
         select from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = (hashtext(locked_by)::bigint & 4294967295)::oid
           and objsubid = 2 and database = (select oid from pg_database where datname = current_database()))
       having count(*) > 0`,
      [lockClass],
    );
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
