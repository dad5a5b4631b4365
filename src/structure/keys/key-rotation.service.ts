import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { JobRow } from '../jobs/job.js';
import { JobRunner } from '../jobs/job-runner.js';
import { JobsService } from '../jobs/jobs.service.js';
import { AccessScope } from '../units/access-scope.js';
import { addDataKey, type KeyRing, rewrapDataKeys } from '../../platform/sealing/key-ring.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { type SealedColumn, sealedColumns, type SealedRow } from '../../platform/sealing/sealed-columns.js';
import { own } from '../../platform/text/own.js';

/** A version of the data key, with how many fields lie under it. */
export interface DataKeyUse {
  version: number;
  masterKeyId: string;
  createdAt: Date;
  fields: number;
}

const jobType = 'key_rotation';
const rowsOfBatch = 200;

/** A new data key from time to time, or after a loss: everything sealed is sealed anew under it, in the background. */
@Injectable()
export class KeyRotationService implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly keys: Keys,
    private readonly jobs: JobsService,
    private readonly runner: JobRunner,
    private readonly scope: AccessScope,
  ) {}

  onModuleInit(): void {
    this.runner.register(jobType, (job, mayGoOn) => this.work(job, mayGoOn));
  }

  /** The versions of the data key and how many fields lie under each. */
  async uses(): Promise<DataKeyUse[]> {
    const counts = sealedColumns.map(
      ({ table, key }) => `select ${key} as version, count(*) as fields from ${table} where ${key} is not null group by 1`,
    );
    return this.transactions.manager.query<DataKeyUse[]>(
      `select d.version, d.master_key_id as "masterKeyId", d.created_at as "createdAt", coalesce(sum(c.fields), 0)::int as fields
       from data_key d left join (${counts.join(' union all ')}) c on c.version = d.version group by d.version order by d.version desc`,
    );
  }

  /** The rotation that was asked for last; undefined where there was none. */
  async last(): Promise<JobRow | undefined> {
    return this.jobs.lastOf(jobType);
  }

  /**
   * Makes a new data key under the current master key, wraps the older ones anew under it, and starts sealing everything under the new one.
   * @throws Problem `forbidden` below the top of the structure; `conflict` while a rotation is under way
   */
  start(by: Official): Promise<JobRow> {
    this.scope.mustAdministerAll(by);
    return this.transactions.run(async (tx) => {
      await this.jobs.mustBeAlone(tx, jobType);
      await rewrapDataKeys(tx, this.keys.masterKeys);
      const version = await addDataKey(tx, this.keys.masterKeys);
      return this.jobs.get(await this.jobs.enqueue(tx, jobType, { version }, by), by);
    });
  }

  private async work(job: JobRow, mayGoOn: () => Promise<boolean>): Promise<void> {
    const ring = await this.keys.upToDate();
    const left = await Promise.all(sealedColumns.map((column) => countLeft(this.transactions.manager, column, ring.current)));
    await this.jobs.setTotal(job.id, job.done + left.reduce((sum, rows) => sum + rows, 0));
    for (const column of sealedColumns) {
      for (;;) {
        const done = await this.transactions.run(async (tx) => {
          const rows = await sealAnew(tx, column, ring);
          await this.jobs.advance(tx, job, { done: rows, created: 0, unchanged: 0, refused: 0, faults: [] });
          return rows;
        });
        if (done === 0) break;
        await mayGoOn();
      }
    }
  }
}

async function countLeft(manager: EntityManager, { table, key }: SealedColumn, version: number): Promise<number> {
  const [row] = await manager.query<{ left: number }[]>(`select count(*) as left from ${table} where ${key} < $1`, [version]);
  return row!.left;
}

/** Seals the next rows of a column under the newest key; those that somebody holds are left for the next batch. Answers how many. */
async function sealAnew(tx: EntityManager, { table, ids, value, key, place, index }: SealedColumn, ring: KeyRing): Promise<number> {
  const rows = await tx.query<(SealedRow & Record<string, string | number | Buffer>)[]>(
    `select ${ids.join(', ')}, ${value}, ${key} from ${table} where ${key} < $1 order by ${ids.join(', ')} limit ${rowsOfBatch} for update`,
    [ring.current],
  );
  for (const row of rows) {
    const where = place(row);
    const content = ring.open<unknown>({ sealed: own(row, value) as Buffer, keyVersion: own(row, key) as number }, where);
    const { sealed, keyVersion } = ring.seal(content, where);
    const indexed = index?.of(content) ?? null;
    const values = [sealed, keyVersion, ...(index ? [indexed === null ? null : ring.index(indexed)] : [])];
    const columns = [value, key, ...(index ? [index.column] : [])];
    await tx.query(
      `update ${table} set ${columns.map((column, at) => `${column} = $${at + 1}`).join(', ')}
       where ${ids.map((id, at) => `${id} = $${values.length + at + 1}`).join(' and ')}`,
      [...values, ...ids.map((id) => own(row, id))],
    );
  }
  return rows.length;
}
