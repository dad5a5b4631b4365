import { jobStateNames } from './job.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official, Role } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../units/access-scope.js';
import type { JobFault, JobRow, JobStep } from './job.js';
import { Cancelled } from './running-job.js';
import { jobById, jobFaults, jobList, lastJobOf } from './jobs.queries.js';

/** A running job that gave no sign for so long – three heartbeats – belongs to a process that has ended. */
export const silentAfterSeconds = 30;

/** Jobs as they are asked for, looked at, cancelled and resumed. */
@Injectable()
export class JobsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
  ) {}

  /** Puts work into the queue within the transaction that asks for it: it runs if that one commits. */
  async enqueue(tx: EntityManager, type: string, parameters: Record<string, unknown>, by: Official): Promise<string> {
    const [row] = await tx.query<{ id: string }[]>(
      'insert into background_job (type, unit_id, parameters, created_by) values ($1, $2, $3, $4) returning id',
      [type, this.scope.home(by).id, JSON.stringify(parameters), by.accountId],
    );
    await tellQueue(tx, row!.id);
    return row!.id;
  }

  list(by: Official): Promise<JobRow[]> {
    return this.transactions.rows<JobRow>(jobList, [this.scope.actingUnits(by)]);
  }

  async get(id: string, by: Official): Promise<JobRow> {
    const [row] = await this.transactions.rows<JobRow>(jobById, [id, this.scope.actingUnits(by)]);
    if (!row) throw Problem.notFound('công việc này', 'job');
    return row;
  }

  /** The job of a kind that was asked for last, whoever asked. */
  async lastOf(type: string): Promise<JobRow | undefined> {
    const [row] = await this.transactions.rows<JobRow>(lastJobOf, [type]);
    return row;
  }

  /**
   * For kinds of which one runs at a time; until the end of the transaction nobody else asks.
   * @throws Problem `conflict` while one is under way
   */
  async mustBeAlone(tx: EntityManager, type: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 11))', [type]);
    const last = await this.lastOf(type);
    if (last?.state === 'queued' || last?.state === 'running') throw underWay();
  }

  /**
   * Who asked for a job, as the account is now.
   * @throws Problem `forbidden` where it was closed in the meantime
   */
  async officialOf({ createdBy }: Pick<JobRow, 'createdBy'>): Promise<Official> {
    const [row] = await this.transactions.manager.query<{ username: string; unitId: string; roles: Role[] }[]>(
      'select username, unit_id as "unitId", roles from account where id = $1 and active',
      [createdBy],
    );
    if (!row) throw new Problem('forbidden', { vi: 'Tài khoản đã khoá.', en: 'The account is not active.' });
    return { accountId: createdBy, ...row };
  }

  /** Keeps how much there is to do, once it was counted. */
  async setTotal(id: string, total: number): Promise<void> {
    await this.transactions.manager.query('update background_job set total = $2 where id = $1', [id, total]);
  }

  /** Stops a job at once: the batch that is under way is given up, and what was done before it stays done. */
  cancel(id: string, by: Official): Promise<JobRow> {
    return this.transactions.run(async (tx) => {
      await tx.query('select from background_job where id = $1 for update', [id]);
      const { state } = await this.get(id, by);
      if (state !== 'queued' && state !== 'running') throw finished(state);
      await tx.query(
        `update background_job set cancel_requested = true, state = 'cancelled', finished_at = clock_timestamp(),
           running_seconds = running_seconds + case state when 'running' then extract(epoch from clock_timestamp() - started_at) else 0 end where id = $1`,
        [id],
      );
      return this.get(id, by);
    });
  }

  /** Lets a job that was cancelled, failed or fell silent go on after the last batch that it finished. */
  resume(id: string, by: Official): Promise<JobRow> {
    return this.transactions.run(async (tx) => {
      const job = await this.get(id, by);
      if (job.state !== 'cancelled' && job.state !== 'failed' && !isSilent(job)) throw notResumable(job.state);
      await tx.query(
        `update background_job set state = 'queued', silences = 0, cancel_requested = false, error = null, finished_at = null, started_at = null, heartbeat_at = null where id = $1`,
        [id],
      );
      await tellQueue(tx, id);
      return this.get(id, by);
    });
  }

  /** The faults of a job in the order of its file, page by page. */
  async *faults(id: string, by: Official): AsyncGenerator<JobFault> {
    await this.get(id, by);
    let [line, position] = [0, 0];
    for (;;) {
      const rows = await this.transactions.rows<JobFault & { position: number }>(jobFaults, [id, line, position, 1000]);
      for (const row of rows) {
        yield row;
        [line, position] = [row.line, row.position];
      }
      if (rows.length < 1000) return;
    }
  }

  /**
   * Writes how far a batch brought the work, in the transaction of the batch: what was done and what is told never differ.
   * @throws Cancelled where the job was stopped, or is another one's by now: the batch is undone
   */
  async advance(
    tx: EntityManager,
    { id, attempts }: Pick<JobRow, 'id' | 'attempts'>,
    { done, created, unchanged, refused, faults }: JobStep,
  ): Promise<void> {
    const [rows] = await tx.query<[unknown[], number]>(
      `update background_job set done = done + $2, created = created + $3, unchanged = unchanged + $4, refused = refused + $5, silences = 0,
         heartbeat_at = clock_timestamp() where id = $1 and attempts = $6 and state = 'running' returning id`,
      [id, done, created, unchanged, refused, attempts],
    );
    if (rows.length === 0) throw new Cancelled();
    if (faults.length === 0) return;
    await tx.query(
      `insert into background_job_fault (job_id, line, position, column_name, code, reason_vi, reason_en)
       select $1, line, row_number() over (partition by line), "column", code, vi, en
       from jsonb_to_recordset($2::jsonb) as fault (line int, "column" text, code text, vi text, en text)`,
      [id, JSON.stringify(faults)],
    );
  }
}

export function isSilent({ state, heartbeatAt }: JobRow): boolean {
  return state === 'running' && (!heartbeatAt || Date.now() - heartbeatAt.getTime() > silentAfterSeconds * 1000);
}

/** One entry in the queue for a job; a second one while it waits is the same. */
export async function tellQueue(tx: EntityManager, id: string): Promise<void> {
  await tx.query(
    `select graphile_worker.add_job('background_job', json_build_object('id', $1::text), job_key => $1::text, max_attempts => 1)`,
    [id],
  );
}

function underWay(): Problem {
  return new Problem('conflict', { vi: 'Công việc này đang chạy; hãy chờ xong.', en: 'This is under way; wait until it ends.' });
}

function finished(state: JobRow['state']): Problem {
  return new Problem(
    'action-not-allowed',
    { vi: `Công việc đã ở trạng thái "${jobStateNames[state]}".`, en: `The job is in the state "${state}".` },
    [],
    {
      state,
    },
  );
}

function notResumable(state: JobRow['state']): Problem {
  return new Problem(
    'action-not-allowed',
    {
      vi: `Chỉ tiếp tục công việc đã huỷ, lỗi hoặc dừng quá ${silentAfterSeconds} giây; hiện ở trạng thái "${jobStateNames[state]}".`,
      en: `Only a job that was cancelled, failed or fell silent for ${silentAfterSeconds} seconds goes on; it is in the state "${state}".`,
    },
    [],
    { state },
  );
}
