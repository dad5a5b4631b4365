import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/**
 * What can be wrong with a database, as far as whoever asked has to know:
 * `away` (no connection, one that broke, a server that stops or starts), `read-only` (a standby, a primary that was demoted), `crowded` (nobody gives a
 * connection back), `slow-commits` (what all transactions wait for at their end is held), `disk-full`, `no-resources`, `too-long` (a statement
 * was broken off), `conflict` (somebody else changes the same).
 */
export type DatabaseFault = 'away' | 'read-only' | 'crowded' | 'slow-commits' | 'disk-full' | 'no-resources' | 'too-long' | 'conflict';

/** More wait for a connection than may, or one waited for too long. */
export class TooManyWaiting extends Error {}

/** The connection of a transaction is gone; nothing more can be said on it. */
export class ConnectionLost extends Error {}

const known = new WeakSet();

/** Marks an error as one of a connection to the database: ECONNRESET alone can come from anywhere. */
export function ofDatabase<E>(error: E): E {
  if (error !== null && typeof error === 'object') known.add(error);
  return error;
}

interface Failure {
  code?: string;
  where?: string;
  message?: string;
  driverError?: Failure;
}

/** The error of the driver, without what TypeORM puts around it. */
function innermost(error: unknown): Failure {
  const failure = (error ?? {}) as Failure;
  return failure.driverError ?? failure;
}

/** SQLSTATE of an error (PostgreSQL 18, appendix A), which says that a server answered. */
function stateOf({ code }: Failure): string | undefined {
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code) ? code : undefined;
}

/**
 * The fault that an error tells of; null where the database did what it was asked to and refused it, or where the error is of something else.
 * The one place where errors of connections are told apart.
 */
export function databaseFault(error: unknown): DatabaseFault | null {
  if (error instanceof TooManyWaiting) return 'crowded';
  if (error instanceof ConnectionLost) return 'away';
  const failure = innermost(error);
  const state = stateOf(failure);
  if (state === undefined) return known.has(failure) && !isOfProgram(failure) ? 'away' : null;
  return faultOfState(state, failure);
}

/** A value that cannot be sent is no fault of the connection. */
function isOfProgram(failure: Failure): boolean {
  return [TypeError, RangeError, SyntaxError, ReferenceError].some((kind) => failure instanceof kind);
}

function faultOfState(state: string, { where = '' }: Failure): DatabaseFault | null {
  // No connection, no sign-in, no such database; ended by an administrator, stopping, starting; left alone in a transaction; the disk fails.
  if (/^(?:08|28|58)...$|^57P0.$|^3D000$|^25P03$/.test(state)) return 'away';
  if (state === readOnly) return 'read-only';
  if (state === '53100') return 'disk-full';
  if (/^53...$/.test(state)) return 'no-resources';
  if (state === '57014') return 'too-long';
  if (state === '55P03') return waitedForAll.test(where) ? 'slow-commits' : 'conflict';
  return /^(?:40001|40P01)$/.test(state) ? 'conflict' : null;
}

/**
 * What transactions that have nothing to do with one another wait for, as PostgreSQL names it in the context of an error: the lock under which they
 * get their places in the audit and in the feed of events (migrations "audit", "events"), and the counters of running numbers.
 */
const waitedForAll = /pg_advisory_xact_lock\(12072018\)|relation "running_number"/;

const readOnly = '25006';

/** The server takes no writes: it is a standby, or was made one. */
export function isReadOnly(error: unknown): boolean {
  return stateOf(innermost(error)) === readOnly;
}

/** The server answered, and said no; nothing of the statement is stored. One that goes away while it commits may have stored it. */
export function wasRefused(error: unknown): boolean {
  const state = stateOf(innermost(error));
  return state !== undefined && !/^(?:08...|57P0[1245])$/.test(state);
}

/** TypeORM takes its connection away from a transaction when it breaks, and says so of the next statement. */
export function isReleased(error: unknown): boolean {
  return error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError;
}

/** Reasons to wait for a database that is just coming up or being moved; a wrong password or name is none. */
export function mayCome(error: unknown): boolean {
  const state = stateOf(innermost(error));
  return state === undefined || /^(?:08(?!P01)...|57P0[123]|53...|25006)$/.test(state);
}
