import { Inject, Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { type JobHelpers, Logger as WorkerLogger, parseCronItems, run, type Runner } from 'graphile-worker';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { actingAs, actingAsSystem, nobody } from '../database/acting.js';
import { apiSession, asOptions } from '../database/data-source.js';
import { Transactions } from '../database/transactions.js';
import { Problem } from '../problems/problem.js';
import type { JobRow } from './job.js';
import { jobColumns } from './jobs.queries.js';
import { silentAfterSeconds, tellQueue } from './jobs.service.js';

/** What a kind of job does. It works in batches, asks between them whether to go on, and starts again after the last batch that is done. */
export type JobWork = (job: JobRow, mayGoOn: () => Promise<boolean>) => Promise<void>;

/** Work without an order of somebody: by the clock, or because something was written. */
export type Task = (payload: Record<string, unknown>, attempt: Attempt) => Promise<void>;

/** Which try this is, from 1, of how many. */
export interface Attempt {
  number: number;
  of: number;
}

/** Runs the jobs of the queue in this instance. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly works = new Map<string, JobWork>();
  private readonly tasks = new Map<string, { task: Task; cron: string | undefined }>();
  private runner: Runner | undefined;
  private pool: pg.Pool | undefined;
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
  ) {}

  /** Registers what a kind of job does; called while the modules start. */
  register(type: string, work: JobWork): void {
    this.works.set(type, work);
  }

  /**
   * Registers a task that rows of the queue name; one that fails is tried again with growing pauses.
   * @param cron when it runs by itself: minute, hour, day, month, weekday in UTC; once, however many instances there are
   */
  registerTask(name: string, task: Task, cron?: string): void {
    this.tasks.set(name, { task, cron });
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.workers === 0) return;
    await this.wakeSilentJobs();
    this.pool = new pg.Pool({
      connectionString: this.config.databaseUrl,
      max: this.config.workers + 2,
      options: asOptions(apiSession(this.config)),
    });
    // A connection that breaks is opened anew with the next look into the queue.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.runner = await run({
      pgPool: this.pool,
      concurrency: this.config.workers,
      // A job is told by NOTIFY; looking for others is only for those that are due later.
      pollInterval: 10_000,
      noHandleSignals: true,
      logger: new WorkerLogger(() => () => undefined),
      taskList: {
        background_job: (payload) => this.work((payload as { id: string }).id),
        ...Object.fromEntries(
          [...this.tasks].map(([name, { task }]) => [
            name,
            (payload: unknown, { job }: JobHelpers) =>
              actingAsSystem(`task ${name}`, () =>
                task((payload ?? {}) as Record<string, unknown>, { number: job.attempts, of: job.max_attempts }),
              ),
          ]),
        ),
      },
      parsedCronItems: parseCronItems(
        [...this.tasks].flatMap(([task, { cron: match }]) => (match ? [{ task, match, options: { backfillPeriod: 86_400_000 } }] : [])),
      ),
    });
  }

  /** Running work stops after its present batch and goes back into the queue, for this instance's next start or for another one. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.runner?.stop();
    await this.pool?.end();
  }

  private async work(id: string): Promise<void> {
    const { manager } = this.transactions;
    const [[job]] = await manager.query<[JobRow[], number]>(
      `update background_job set state = 'running', started_at = now(), heartbeat_at = now() where id = $1 and state = 'queued' returning ${jobColumns}`,
      [id],
    );
    if (!job) return;
    await actingAs(
      () => ({ ...nobody, action: `job ${job.type}`, accountId: job.createdBy, unitId: job.unitId }),
      () => this.carryOut(job),
    );
  }

  private async carryOut(job: JobRow): Promise<void> {
    const { id } = job;
    const work = this.works.get(job.type);
    try {
      if (!work) throw new Error(`No work is registered for "${job.type}"`);
      await work(job, () => this.mayGoOn(id));
      await this.end(id, 'succeeded', null);
    } catch (error) {
      if (error instanceof Stopped) await this.transactions.run((tx) => requeue(tx, id));
      else await this.end(id, error instanceof Cancelled ? 'cancelled' : 'failed', error instanceof Cancelled ? null : reason(error));
    }
  }

  private async mayGoOn(id: string): Promise<boolean> {
    if (this.stopping) throw new Stopped();
    const [[row]] = await this.transactions.manager.query<[{ cancel_requested: boolean }[], number]>(
      'update background_job set heartbeat_at = clock_timestamp() where id = $1 returning cancel_requested',
      [id],
    );
    if (row?.cancel_requested) throw new Cancelled();
    return true;
  }

  private async end(id: string, state: JobRow['state'], error: string | null): Promise<void> {
    await this.write(
      `update background_job set state = $2, error = $3, finished_at = clock_timestamp(),
         running_seconds = running_seconds + extract(epoch from clock_timestamp() - started_at) where id = $1`,
      [id, state, error],
    );
  }

  /** In a transaction of its own, so that the audit tells who acts. */
  private async write(statement: string, values: unknown[]): Promise<void> {
    await this.transactions.run((tx) => tx.query(statement, values));
  }

  /** What a process left that was killed goes on with this one. */
  private async wakeSilentJobs(): Promise<void> {
    await this.transactions.run(async (tx) => {
      const silent = await tx.query<{ id: string }[]>(
        `select id from background_job where state = 'running' and heartbeat_at < now() - make_interval(secs => $1) for update skip locked`,
        [silentAfterSeconds],
      );
      for (const { id } of silent) await requeue(tx, id);
    });
  }
}

/** Puts a job that is under way back into the queue. */
async function requeue(tx: EntityManager, id: string): Promise<void> {
  await tx.query(
    `update background_job set state = 'queued', running_seconds = running_seconds + extract(epoch from heartbeat_at - started_at), started_at = null
     where id = $1`,
    [id],
  );
  await tellQueue(tx, id);
}

/** Ends the work where it stands, because this instance stops. */
class Stopped extends Error {}

/** Ends the work where it stands. */
class Cancelled extends Error {}

/** What went wrong, for the caller: nothing of the rows themselves. */
function reason(error: unknown): string {
  if (error instanceof Problem) return [error.detail.vi, ...error.errors.slice(0, 3).map(({ detail }) => detail.vi)].join(' ');
  return `Lỗi hệ thống (${(error as { code?: string }).code ?? (error as Error).name}); có thể tiếp tục sau khi khắc phục.`;
}
