import { Worker } from 'node:worker_threads';
import { Problem } from '../problems/problem.js';
import { FileFault } from './file-fault.js';
import { threadMemory } from './limits.js';
import type { TaskInput, TaskName, TaskOutput } from './tasks.js';
import type { ThreadAnswer } from './thread-answer.js';

const threadFile = new URL('thread.js', import.meta.url);

/** How long a thread without work is kept: what it has loaded is there for the next file. */
const idleMilliseconds = 60_000;

/**
 * Threads that read what somebody sent, each with its own memory. One that takes too long, needs too much, or whose caller has gone is ended
 * where it stands – also within a regular expression – and a new one takes its place.
 */
export class ThreadPool {
  private readonly idle: { worker: Worker; timer: NodeJS.Timeout }[] = [];
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private closed = false;

  constructor(
    private readonly threads: number,
    private readonly longestQueue: number,
  ) {}

  /**
   * @param signal ends it early, with its reason
   * @throws FileFault, Problem from the task; `service-unavailable` while too many wait
   */
  async run<Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    { seconds, signal }: { seconds: number; signal?: AbortSignal | undefined },
  ): Promise<TaskOutput<Name>> {
    await this.turn(signal);
    try {
      const worker = this.take();
      try {
        const value = await ask(worker, { name, input }, seconds, signal);
        this.keep(worker);
        return value as TaskOutput<Name>;
      } catch (error) {
        // A thread that said what is wrong is as good as before; any other one may still be busy.
        if (error instanceof Answered) this.keep(worker);
        else await worker.terminate();
        throw error instanceof Answered ? error.told : error;
      }
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(
      this.idle.splice(0).map(({ worker, timer }) => {
        clearTimeout(timer);
        return worker.terminate();
      }),
    );
  }

  private async turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.running < this.threads) {
      this.running++;
      return;
    }
    if (this.waiting.length >= this.longestQueue) throw busy();
    await new Promise<void>((resolve, reject) => {
      const go = (): void => {
        this.running++;
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        reject(signal?.reason as Error);
      };
      this.waiting.push(go);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  private take(): Worker {
    const kept = this.idle.pop();
    if (!kept) return started();
    clearTimeout(kept.timer);
    kept.worker.ref();
    return kept.worker;
  }

  private keep(worker: Worker): void {
    if (this.closed) {
      void worker.terminate();
      return;
    }
    // An idle thread keeps no process alive.
    worker.unref();
    const timer = setTimeout(() => {
      this.idle.splice(
        this.idle.findIndex((kept) => kept.worker === worker),
        1,
      );
      void worker.terminate();
    }, idleMilliseconds).unref();
    this.idle.push({ worker, timer });
  }
}

function started(): Worker {
  const worker = new Worker(threadFile, { resourceLimits: { maxOldGenerationSizeMb: threadMemory, maxYoungGenerationSizeMb: 32 } });
  // What becomes of a thread that is being ended is told to nobody, and must not end the process.
  return worker.on('error', () => undefined);
}

/** What a thread said is wrong. */
class Answered extends Error {
  constructor(readonly told: Error) {
    super(told.message);
  }
}

function ask(worker: Worker, task: { name: TaskName; input: unknown }, seconds: number, signal: AbortSignal | undefined): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      worker.off('message', answered).off('error', failed).off('exit', ended);
      settle();
    };
    const abort = (): void => end(() => reject(signal?.reason as Error));
    const answered = (answer: ThreadAnswer): void =>
      end(() => {
        if ('value' in answer) resolve(answer.value);
        else reject(new Answered(toldBy(answer)));
      });
    const failed = (error: NodeJS.ErrnoException): void => end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooBig() : error));
    const ended = (): void => end(() => reject(new Error('A thread that reads files has ended')));
    const timer = setTimeout(() => end(() => reject(tooSlow(seconds))), seconds * 1000);
    signal?.addEventListener('abort', abort, { once: true });
    worker.on('message', answered).on('error', failed).on('exit', ended);
    worker.postMessage(task);
  });
}

function toldBy(answer: Exclude<ThreadAnswer, { value: unknown }>): Error {
  if ('fault' in answer) return new FileFault(answer.fault.code, answer.fault.detail, answer.fault.line);
  if ('problem' in answer) return new Problem(answer.problem.code, answer.problem.detail, answer.problem.errors);
  // An error comes over as its words alone: what the system called it – a full disk – goes beside it.
  return Object.assign(answer.error, answer.systemCode !== undefined && { code: answer.systemCode });
}

function tooSlow(seconds: number): FileFault {
  return new FileFault('too_slow', {
    vi: `Không đọc xong tệp trong ${seconds} giây: tệp quá lớn hoặc có cấu trúc bất thường. Hãy chia nhỏ hoặc lưu lại tệp.`,
    en: `The file was not read within ${seconds} seconds: it is too large or oddly made. Divide it, or save it anew.`,
  });
}

function tooBig(): FileFault {
  return new FileFault('too_much_memory', {
    vi: 'Đọc tệp cần nhiều bộ nhớ hơn mức cho phép: tệp quá lớn hoặc có cấu trúc bất thường. Hãy chia nhỏ hoặc lưu lại tệp.',
    en: 'Reading the file needs more memory than is allowed: it is too large or oddly made. Divide it, or save it anew.',
  });
}

function busy(): Problem {
  return new Problem('service-unavailable', {
    vi: 'Máy chủ đang đọc nhiều tệp khác; hãy thử lại sau ít phút.',
    en: 'The server is reading many other files; try again in some minutes.',
  });
}
