import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose account something is done, for the record that the database keeps of every write. */
export interface Acting {
  /** Route, job or command. */
  action: string;
  accountId: string | null;
  unitId: string | null;
  /** Whom a service account says that it acts for. */
  onBehalfOf: string | null;
  /** Network address that the request came from. */
  address: string | null;
  requestId: string | null;
}

const current = new AsyncLocalStorage<() => Acting>();

/** Runs the work on somebody's account. Who that is, is asked at each transaction: a request is known before its caller. */
export function actingAs<T>(who: () => Acting, work: () => T): T {
  return current.run(who, work);
}

/** Who is acting here; undefined outside of requests, jobs and commands. */
export function whoActs(): Acting | undefined {
  return current.getStore()?.();
}

/** Runs work that nobody asked for over HTTP: a command, a task by the clock, the demo. */
export function actingAsSystem<T>(action: string, work: () => T): T {
  return actingAs(() => ({ ...nobody, action }), work);
}

export const nobody: Omit<Acting, 'action'> = { accountId: null, unitId: null, onBehalfOf: null, address: null, requestId: null };
