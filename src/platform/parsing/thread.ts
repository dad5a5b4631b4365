import { parentPort } from 'node:worker_threads';
import { Problem } from '../problems/problem.js';
import { FileFault } from './file-fault.js';
import { type TaskName, tasks } from './tasks.js';
import type { ThreadAnswer } from './thread-answer.js';

/** One thread of the pool: takes a task, answers it, and waits for the next. */
parentPort?.on('message', ({ name, input }: { name: TaskName; input: unknown }) => {
  void answerOf(name, input).then((answer) => parentPort?.postMessage(answer));
});

async function answerOf(name: TaskName, input: unknown): Promise<ThreadAnswer> {
  try {
    const task = tasks[name] as (input: unknown) => unknown;
    return { value: await task(input) };
  } catch (error) {
    if (error instanceof FileFault) return { fault: { code: error.code, detail: error.detail, line: error.line } };
    if (error instanceof Problem) return { problem: { code: error.code, detail: error.detail, errors: error.errors } };
    return { error: error as Error, systemCode: (error as NodeJS.ErrnoException).code };
  }
}
