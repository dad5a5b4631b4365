import { appendFileSync, writeFileSync } from 'node:fs';
import type { Failure, FuzzAnswer } from './judge.ts';
import type { FuzzRequest } from './requests.ts';
import { curlOf } from './sender.ts';

/** So many examples of the same failure are kept whole. */
const mostExamples = 3;

export interface FailureGroup extends Failure {
  operation: string;
  count: number;
}

/** Counts what came, and keeps every failure with the request that brought it. */
export class Tally {
  readonly statuses = new Map<number, number>();
  readonly failures = new Map<string, FailureGroup>();
  readonly slowest: { operation: string; milliseconds: number }[] = [];
  sent = 0;
  private readonly reached = new Map<string, number>();
  private readonly file: string | undefined;

  /** @param file where failures are kept, one JSON a line; nowhere without it */
  constructor(file?: string) {
    this.file = file;
    if (file) writeFileSync(file, '');
  }

  count(request: FuzzRequest, { status, milliseconds }: FuzzAnswer): void {
    this.sent++;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status < 300 && request.method !== 'OPTIONS') this.reached.set(request.operation, (this.reached.get(request.operation) ?? 0) + 1);
    this.slowest.push({ operation: request.operation, milliseconds: Math.round(milliseconds) });
    this.slowest.sort((one, other) => other.milliseconds - one.milliseconds).splice(10);
  }

  fail(request: FuzzRequest, failure: Failure, status: number): void {
    const key = `${failure.kind} ${request.operation} ${failure.detail.slice(0, 160)}`;
    const known = this.failures.get(key);
    if (known) known.count++;
    else this.failures.set(key, { ...failure, operation: request.operation, count: 1 });
    if (this.file && (known?.count ?? 1) <= mostExamples)
      appendFileSync(this.file, `${JSON.stringify({ ...failure, status, request, curl: curlOf(request) })}\n`);
  }

  /** Operations that never answered a success. */
  neverReached(operations: readonly string[]): string[] {
    return operations.filter((key) => !this.reached.has(key));
  }
}
