import type { Transactions } from '../../platform/database/transactions.js';
import type { JobRow } from './job.js';

/** How often a job tells that its process lives, and how often it is asked whether somebody stopped it. */
const heartbeatMilliseconds = 10_000;
const askMilliseconds = 1_000;
/** Between two signs of getting further: a batch, a form of a report, the reading of a file. */
const longestStepMilliseconds = 30 * 60_000;

/** Ends the work where it stands, because this instance stops. */
export class Stopped extends Error {}

/** Ends the work where it stands, because somebody said so, or because another instance has it. */
export class Cancelled extends Error {}

/** Ends the work where it stands, because it gets no further. */
export class Stuck extends Error {}

/** A job while this instance works on it: tells that it lives, and hears at once when it is to stop. */
export class RunningJob {
  private readonly ending = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private beat = Date.now();
  private step = Date.now();
  private asking = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly job: JobRow,
  ) {
    this.timer = setInterval(() => void this.ask(), askMilliseconds);
    this.timer.unref();
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  stop(): void {
    this.ending.abort(new Stopped());
  }

  end(): void {
    clearInterval(this.timer);
  }

  /** Called between two steps. @throws Stopped, Cancelled, Stuck where it is not to go on */
  mayGoOn(): Promise<boolean> {
    this.step = Date.now();
    this.signal.throwIfAborted();
    return Promise.resolve(true);
  }

  /** What the work comes to, or the reason why it is not waited for any longer: also work that never comes to an end. */
  outcome(work: Promise<void>): Promise<void> {
    // What becomes of work that nobody waits for changes nothing: its batches are refused (see JobsService.advance).
    work.catch(() => undefined);
    return new Promise((resolve, reject) => {
      const leave = (): void => reject(this.signal.reason as Error);
      if (this.signal.aborted) leave();
      this.signal.addEventListener('abort', leave, { once: true });
      work.then(resolve, reject);
    });
  }

  private async ask(): Promise<void> {
    if (this.asking || this.signal.aborted) return;
    this.asking = true;
    try {
      const now = Date.now();
      const beats = now - this.beat >= heartbeatMilliseconds;
      const { id, attempts } = this.job;
      const mine = "id = $1 and attempts = $2 and state = 'running'";
      const rows = beats
        ? (
            await this.transactions.manager.query<[unknown[], number]>(
              `update background_job set heartbeat_at = clock_timestamp() where ${mine} returning id`,
              [id, attempts],
            )
          )[0]
        : await this.transactions.manager.query<unknown[]>(`select from background_job where ${mine}`, [id, attempts]);
      if (beats) this.beat = now;
      if (rows.length === 0) this.ending.abort(new Cancelled());
      else if (now - this.step > longestStepMilliseconds) this.ending.abort(new Stuck());
      // eslint-disable-next-line failures/swallowed-failure -- it is asked again in a second, whatever was wrong
    } catch {
      // The database is away for a moment; it is asked again.
    } finally {
      this.asking = false;
    }
  }
}
