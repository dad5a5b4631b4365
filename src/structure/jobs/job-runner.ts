import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import {
  type CronItem,
  type JobHelpers,
  Logger as WorkerLogger,
  parseCronItems,
  run,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type pg from 'pg';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { actingAs, actingAsSystem, nobody } from '../../platform/database/acting.js';
import { apiSession, asOptions } from '../../platform/database/data-source.js';
import { databaseFault } from '../../platform/database/faults.js';
import { safePool } from '../../platform/database/pools.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import type { JobRow } from './job.js';
import { jobColumns } from './jobs.queries.js';
import { silentAfterSeconds, tellQueue } from './jobs.service.js';
import { Cancelled, RunningJob, Stopped, Stuck } from './running-job.js';
import { WorkerLocks } from './worker-locks.js';

/**
 * What a kind of job does. It works in batches, asks between them whether to go on, and starts again after the last batch that is done. What takes
 * long within a batch – the reading of a file – ends with the signal.
 */
export type JobWork = (job: JobRow, mayGoOn: () => Promise<boolean>, signal: AbortSignal) => Promise<void>;

/** Work without an order of somebody: by the clock, or because something was written. */
export type Task = (payload: Record<string, unknown>, attempt: Attempt) => Promise<void>;

/** Which try this is, from 1, of how many. */
export interface Attempt {
  number: number;
  of: number;
}

/** Jobs that fell silent are looked for so often, and what dead workers hold. */
const lookMilliseconds = 15_000;
/** How long a stop waits for tasks; webhooks give up after ten seconds. */
const drainMilliseconds = 15_000;
/** A job that falls silent so often at the same place takes its process down, and is not tried again. */
const mostSilences = 2;

/** Runs the jobs of the queue in this instance: those of somebody, which may take long, and beside them the tasks, which no job holds up. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly works = new Map<string, JobWork>();
  private readonly tasks = new Map<string, { task: Task; cron: string | undefined }>();
  private readonly running = new Set<RunningJob>();
  private readonly runners: Runner[] = [];
  private pool: pg.Pool | undefined;
  private locks: WorkerLocks | undefined;
  private timer: NodeJS.Timeout | undefined;
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
    const { workers } = this.config;
    if (workers === 0) return;
    await this.wakeSilentJobs();
    // A connection that breaks is opened anew with the next look into the queue.
    const pool = safePool({
      connectionString: this.config.databaseUrl,
      // Workers of both kinds, the ear of each kind, and the locks.
      max: 2 * workers + 5,
      options: asOptions(apiSession(this.config)),
    });
    this.pool = pool;
    const locks = (this.locks = new WorkerLocks(pool));
    await this.start(workers, { background_job: (payload) => this.work((payload as { id: string }).id) });
    await this.start(
      workers + 1,
      Object.fromEntries([...this.tasks].map(([name, { task }]) => [name, asTask(name, task)])),
      [...this.tasks].flatMap(([task, { cron: match }]) => (match ? [{ task, match, options: { backfillPeriod: 86_400_000 } }] : [])),
    );
    await locks.look();
    this.timer = setInterval(() => void this.look(), lookMilliseconds).unref();
  }

  /** Running work stops where it stands and goes back into the queue, for this instance's next start or for another one. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    for (const job of this.running) job.stop();
    const drained = await Promise.race([
      Promise.all(this.runners.map((runner) => runner.stop())).then(() => true),
      pause(drainMilliseconds, false, { ref: false }),
    ]);
    this.locks?.close();
    // Whoever still works needs it to say that he is done: without it the library fails where nobody catches it.
    if (drained) await Promise.race([this.pool?.end(), pause(1_000, undefined, { ref: false })]);
  }

  private async start(concurrency: number, taskList: TaskList, cron: CronItem[] = []): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    events.on('worker:create', ({ worker }) => this.locks?.add(worker.workerId));
    this.runners.push(
      await run({
        pgPool: this.pool,
        concurrency,
        // A job is told by NOTIFY; looking for others is only for those that are due later.
        pollInterval: 10_000,
        noHandleSignals: true,
        logger: new WorkerLogger(() => () => undefined),
        events,
        taskList,
        parsedCronItems: parseCronItems(cron),
      }),
    );
  }

  /** What fails here – the database is away – is done a minute later. */
  private async look(): Promise<void> {
    await this.wakeSilentJobs().catch(() => undefined);
    await this.locks?.look().catch(() => undefined);
  }

  private async work(id: string): Promise<void> {
    if (this.stopping) return;
    const { manager } = this.transactions;
    const [[job]] = await manager.query<[JobRow[], number]>(
      `update background_job set state = 'running', started_at = now(), heartbeat_at = now(), attempts = attempts + 1
       where id = $1 and state = 'queued' returning ${jobColumns}`,
      [id],
    );
    if (!job) return;
    await actingAs(
      () => ({ ...nobody, action: `job ${job.type}`, accountId: job.createdBy, unitId: job.unitId }),
      () => this.carryOut(job),
    );
  }

  private async carryOut(job: JobRow): Promise<void> {
    const work = this.works.get(job.type);
    const running = new RunningJob(this.transactions, job);
    this.running.add(running);
    if (this.stopping) running.stop();
    try {
      if (!work) throw new Error(`No work is registered for "${job.type}"`);
      await running.outcome(work(job, () => running.mayGoOn(), running.signal));
      await this.end(job, 'succeeded', null);
    } catch (caught) {
      // A reading that was broken off fails in its own words; why, is said by the signal.
      const error: unknown = running.signal.aborted ? running.signal.reason : caught;
      if (error instanceof Stopped) await this.transactions.run((tx) => requeue(tx, job));
      // It goes on where it stands when the database is back: it falls silent, and whoever finds it so wakes it.
      else if (databaseFault(error) && databaseFault(error) !== 'conflict') return;
      // Whoever cancelled it has written so.
      else if (!(error instanceof Cancelled)) await this.end(job, 'failed', reason(error));
    } finally {
      running.end();
      this.running.delete(running);
    }
  }

  /** In a transaction of its own, so that the audit tells who acts. What another one has taken up, or was cancelled, is left as it is. */
  private async end({ id, attempts }: JobRow, state: JobRow['state'], error: string | null): Promise<void> {
    await this.transactions.run((tx) =>
      tx.query(
        `update background_job set state = $2, error = $3, finished_at = clock_timestamp(),
           running_seconds = running_seconds + extract(epoch from clock_timestamp() - started_at) where id = $1 and attempts = $4 and state = 'running'`,
        [id, state, error, attempts],
      ),
    );
  }

  /** What a process left that was killed goes on with another one; what did so twice without getting any further is given up. */
  private async wakeSilentJobs(): Promise<void> {
    await actingAsSystem('silent jobs', () =>
      this.transactions.run(async (tx) => {
        const silent = await tx.query<(Pick<JobRow, 'id' | 'attempts'> & { silences: number })[]>(
          `select id, attempts, silences from background_job where state = 'running' and heartbeat_at < now() - make_interval(secs => $1) for update skip locked`,
          [silentAfterSeconds],
        );
        for (const { id, attempts, silences } of silent) {
          if (silences + 1 < mostSilences) {
            await requeue(tx, { id, attempts });
            await tx.query('update background_job set silences = silences + 1 where id = $1', [id]);
          } else
            await tx.query(
              `update background_job set state = 'failed', error = $2, silences = silences + 1, finished_at = clock_timestamp() where id = $1`,
              [
                id,
                `Công việc đã ngừng đột ngột ${mostSilences} lần ở cùng một chỗ nên không chạy lại nữa. Hãy kiểm tra tệp; có thể tiếp tục sau khi khắc phục.`,
              ],
            );
        }
      }),
    );
  }
}

function asTask(name: string, task: Task): TaskList[string] {
  return (payload: unknown, { job }: JobHelpers) =>
    actingAsSystem(`task ${name}`, () => task((payload ?? {}) as Record<string, unknown>, { number: job.attempts, of: job.max_attempts }));
}

/** Puts a job that is under way back into the queue. */
async function requeue(tx: EntityManager, { id, attempts }: Pick<JobRow, 'id' | 'attempts'>): Promise<void> {
  await tx.query(
    `update background_job set state = 'queued', running_seconds = running_seconds + extract(epoch from heartbeat_at - started_at), started_at = null
     where id = $1 and attempts = $2 and state = 'running'`,
    [id, attempts],
  );
  await tellQueue(tx, id);
}

/** What went wrong, for the caller: nothing of the rows themselves. */
function reason(error: unknown): string {
  if (error instanceof Stuck) return 'Công việc không tiến triển trong 30 phút nên đã dừng; có thể tiếp tục sau khi khắc phục.';
  if (error instanceof Problem) return [error.detail.vi, ...error.errors.slice(0, 3).map(({ detail }) => detail.vi)].join(' ');
  return `Lỗi hệ thống (${(error as { code?: string }).code ?? (error as Error).name}); có thể tiếp tục sau khi khắc phục.`;
}
