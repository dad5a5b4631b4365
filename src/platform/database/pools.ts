import { AsyncResource } from 'node:async_hooks';
import { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { isReadOnly, ofDatabase, TooManyWaiting, wasRefused } from './faults.js';
import { ended, Sent } from './what-is-stored.js';

/*
 * Every connection of the product to PostgreSQL comes from here: none of its errors ends the process, none waits for ever, and what became
 * silent is noticed without a restart. The lint rule `own/safe-connections` lets nobody else open one.
 */

/** Seconds in which a connection must be there, its sign-in included. */
const connectMilliseconds = 4_000;
/** How long work waits for a connection that is free: whoever holds one for a lock gives it up in this time (`lock_timeout`). */
const freeMilliseconds = 10_000;
/** A little above the `statement_timeout` of the sessions: until then the server itself says that it took too long. */
export const queryMilliseconds = 65_000;
const idleMilliseconds = 30_000;
/** After this the server has ended by itself whoever did nothing within a transaction (`idle_in_transaction_session_timeout`). */
const leftMilliseconds = 70_000;
/** How long a connection that was ended may take to say good-bye. */
const goodbyeMilliseconds = 1_000;
const lookMilliseconds = 1_000;

/** When a connection that answers nothing is taken to be dead, in milliseconds. */
export interface Patience {
  /** From here on the server is asked, over a new connection, whether it still works on the question. */
  suspect: number;
  /** How long that may take. */
  ask: number;
  /** Where nobody answers at all, the question is given up after this time. */
  giveUp: number;
}

const usualPatience: Patience = { suspect: 3_000, ask: 3_000, giveUp: 10_000 };

export interface SafePoolOptions extends pg.PoolConfig {
  /** How many may wait for a connection; whoever comes then is refused at once. */
  maximumWaiting?: number;
  /** Null: nobody looks. For migrations, which are asked about by nobody and may not be broken off. */
  patience?: Patience | null;
}

/** A client by itself, with the same care as those of pools: `LISTEN`, locks, the question whether the database is there. */
export function safeClient(options: pg.ClientConfig): pg.Client {
  return new SafeClient(options);
}

/** A pool, and what is counted of it. */
export interface CountedPool extends pg.Pool {
  /** Refused because too many waited, or for too long. */
  readonly refused: number;
  /** Connections that were cut because they had become silent. */
  readonly cut: number;
}

/** A pool whose clients are safe; see {@link SafePool}. */
export function safePool(options: SafePoolOptions): CountedPool {
  return new SafePool(options);
}

/** A session at the server whose line was given up: the server may not know, and keeps its transaction open, with all its locks. */
interface Left {
  backend: number;
  /** Between these moments the session began. */
  begun: [after: number, before: number];
  at: number;
}

interface WithProcess {
  processID: number | null;
}

class SafeClient extends pg.Client {
  /** The line broke, or was cut: nothing is answered here any more. */
  lost = false;
  /** Looks in a row that found the server not working on what was asked. */
  doubts = 0;
  private readonly made = performance.now();
  private connected = this.made;
  private readonly socket: Socket;
  private readonly sent = new Sent();
  private open = 0;
  private askedAt = 0;
  private seen = { bytes: 0, at: 0 };

  constructor(options: pg.ClientConfig = {}) {
    const socket = new Socket();
    super({
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      ...options,
      query_timeout: options.query_timeout ?? queryMilliseconds,
      // A pool's own time covers waiting for a free one, too.
      connectionTimeoutMillis: Math.min(options.connectionTimeoutMillis || connectMilliseconds, connectMilliseconds),
      stream: () => socket,
    });
    this.socket = socket;
    // From the first moment: between a pool's own listener and that of whoever takes the client there is a gap.
    this.on('error', (error) => {
      this.lost = true;
      ofDatabase(error);
    });
    this.once('end', () => (this.lost = true));
    this.once('connect', () => (this.connected = performance.now()));
  }

  /** The number of its process at the server. */
  get backend(): number | null {
    return (this as unknown as WithProcess).processID;
  }

  /** What it leaves at the server where its line is cut. */
  get session(): Left | undefined {
    const { backend } = this;
    return backend === null ? undefined : { backend, begun: [this.made, this.connected], at: performance.now() };
  }

  get isBusy(): boolean {
    return this.open > 0;
  }

  /** Milliseconds for which an answer has been waited for and not a byte has come. */
  silentFor(now: number): number {
    if (this.open === 0) return 0;
    const { bytesRead } = this.socket;
    if (bytesRead !== this.seen.bytes) this.seen = { bytes: bytesRead, at: now };
    return now - Math.max(this.askedAt, this.seen.at);
  }

  /** Ends the line without a word: whatever waits for an answer fails at once. */
  cut(): void {
    this.lost = true;
    this.socket.destroy();
  }

  override query(...given: unknown[]): never {
    const [question] = given;
    const text = typeof question === 'string' ? question : ((question as { text?: string } | null)?.text ?? '');
    const stored = this.sent.note(text, this.getTransactionStatus());
    const begun = performance.now();
    if (this.open++ === 0) this.askedAt = begun;
    const done = (error?: unknown): void => {
      this.open--;
      this.askedAt = performance.now();
      this.doubts = 0;
      if (!error) return ended(stored, 'done');
      ofDatabase(error);
      ended(stored, wasRefused(error) ? 'refused' : 'unknown');
      // The answer may come later, to somebody else's question; a server that only reads is not the one to ask.
      if (isTimeout(error) || isReadOnly(error)) this.cut();
    };
    const callback = given.at(-1);
    if (typeof callback === 'function') {
      const tell = callback as (error: unknown, result: unknown) => void;
      given[given.length - 1] = (error: unknown, result: unknown): void => {
        done(error);
        tell(error, result);
      };
    }
    const result = super.query(...(given as [string])) as unknown;
    if (result instanceof Promise) result.then(() => done(), done);
    // A stream of rows tells by itself how it goes.
    else if (typeof callback !== 'function') done();
    return result as never;
  }

  override end(callback?: (error: Error) => void): never {
    const late = setTimeout(() => this.socket.destroy(), goodbyeMilliseconds).unref();
    this.once('end', () => clearTimeout(late));
    return (callback ? super.end(callback) : super.end()) as never;
  }
}

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: (error?: Error | boolean) => void) => void;

/**
 * A pool that bounds who waits, and looks after its clients: one that has been silent for a while is asked about over a new connection, and cut where
 * the server does not work on its question, or nobody answers there. So a network that swallowed everything is left behind in seconds.
 */
export class SafePool extends pg.Pool implements CountedPool {
  refused = 0;
  cut = 0;
  private readonly maximumWaiting: number;
  private readonly patience: Patience | null;
  private readonly safe: SafePoolOptions;
  private readonly living = new Set<SafeClient>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private left: Left[] = [];

  constructor(options: SafePoolOptions) {
    const { maximumWaiting = 1000, patience = usualPatience, ...rest } = options;
    super({
      ...rest,
      connectionTimeoutMillis: rest.connectionTimeoutMillis ?? freeMilliseconds,
      idleTimeoutMillis: rest.idleTimeoutMillis ?? idleMilliseconds,
      Client: SafeClient as unknown as NonNullable<pg.PoolConfig['Client']>,
    });
    this.safe = options;
    this.maximumWaiting = maximumWaiting;
    this.patience = patience;
    // A client that breaks while nobody has it is gone; the next one is opened by whoever needs it.
    this.on('error', () => undefined);
    this.on('connect', (client) => this.lookAfter(client as unknown as SafeClient));
  }

  override connect(callback?: Connected): never {
    if (this.totalCount >= (this.safe.max ?? 10) && this.idleCount === 0 && this.waitingCount >= this.maximumWaiting) {
      this.refused++;
      const error = new TooManyWaiting('Too many wait for a connection');
      if (!callback) return Promise.reject(error) as never;
      return void process.nextTick(callback, error, undefined, () => undefined) as never;
    }
    if (!callback) return super.connect().catch((error: Error) => this.failed(error)) as never;
    // Whoever gives a connection back runs this, and must not be taken for who asked.
    const tell = AsyncResource.bind(callback);
    return super.connect((error, client, release) => {
      if (!error) return tell(undefined, client, release);
      try {
        this.failed(error);
      } catch (told) {
        tell(told as Error, client, release);
      }
    }) as never;
  }

  override end(callback?: () => void): never {
    // Whoever still holds a client by then waits for an answer that nobody needs any more.
    const late = setTimeout(() => this.living.forEach((client) => client.cut()), goodbyeMilliseconds * 5).unref();
    const done = (): void => clearTimeout(late);
    if (callback)
      return super.end(() => {
        done();
        callback();
      }) as never;
    return super.end().finally(done) as never;
  }

  /** @throws Error that says what it is of */
  private failed(error: Error): never {
    if (error.message !== 'timeout exceeded when trying to connect') throw ofDatabase(error);
    this.refused++;
    throw new TooManyWaiting('No connection became free in time', { cause: error });
  }

  private lookAfter(client: SafeClient): void {
    this.living.add(client);
    client.once('end', () => {
      this.living.delete(client);
      if (this.living.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    });
    if (this.patience) this.timer ??= setInterval(() => void this.look(this.patience!), lookMilliseconds).unref();
  }

  /** Two looks in a row must agree, so that an answer that is on its way is not taken for one that never comes. */
  private async look(patience: Patience): Promise<void> {
    const now = performance.now();
    const silent = [...this.living].filter((client) => client.silentFor(now) >= patience.suspect);
    if (this.looking || (silent.length === 0 && this.left.length === 0)) return;
    this.looking = true;
    if (this.left.length > 0) await this.endLeft(patience.ask);
    const working = silent.length > 0 ? await this.atWork(silent, patience.ask) : 'nobody answers';
    this.looking = false;
    for (const client of silent) {
      const silence = client.silentFor(performance.now());
      if (silence < patience.suspect) client.doubts = 0;
      else if (working === 'nobody answers') {
        if (silence >= patience.giveUp) this.giveUp(client);
      } else if (working.has(client.backend)) client.doubts = 0;
      else if (++client.doubts > 1) this.giveUp(client);
    }
  }

  private giveUp(silent: SafeClient): void {
    this.cut++;
    const { session } = silent;
    if (session) this.left.push(session);
    silent.cut();
    // What lies idle was opened over the same line.
    for (const client of this.living) if (!client.isBusy) client.cut();
  }

  /**
   * Ends the sessions that were left, as soon as somebody answers: whoever waits for their locks waits no longer. One is known by its process and by
   * how long it has been there, so that no other server's session is taken for it, and only one that stands within a transaction is in the way.
   */
  private async endLeft(milliseconds: number): Promise<void> {
    const now = performance.now();
    const left = (this.left = this.left.filter(({ at }) => now - at < leftMilliseconds));
    if (left.length === 0) return;
    try {
      await this.asking(milliseconds, (client) => {
        const sent = performance.now();
        const [most, least] = [0, 1].map((end) => left.map(({ begun }) => (sent - begun[end]!) / 1000));
        return client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity join unnest($1::int[], $2::float8[], $3::float8[]) as l (pid, least, most) using (pid)
           where usename = session_user and state like 'idle in transaction%'
             and extract(epoch from pg_catalog.clock_timestamp() - backend_start) between least - 2 and most + 2`,
          [left.map(({ backend }) => backend), least, most],
        );
      });
      this.left = this.left.filter((one) => !left.includes(one));
      // eslint-disable-next-line failures/swallowed-failure -- it is tried again with the next look
    } catch {
      return;
    }
  }

  /** Processes of the server that work on what they were asked; whatever cannot be told counts as such. */
  private async atWork(clients: SafeClient[], milliseconds: number): Promise<ReadonlySet<number | null> | 'nobody answers'> {
    const asked = clients.map(({ backend }) => backend);
    try {
      const { rows } = await this.asking(milliseconds, (client) =>
        client.query<{ pid: number; state: string | null }>('select pid, state from pg_stat_activity where pid = any ($1::int[])', [asked]),
      );
      return new Set(rows.flatMap(({ pid, state }) => (state?.startsWith('idle') ? [] : [pid])));
    } catch (error) {
      // A server that refuses (no place left, starting up) is there.
      return wasRefused(error) ? new Set(asked) : 'nobody answers';
    }
  }

  /** Over a new connection, as whoever signed in and not in the role of the sessions, which does not see what others do. */
  private async asking<T>(milliseconds: number, ask: (client: pg.Client) => Promise<T>): Promise<T> {
    const { connectionString, host, port, user, password, database, ssl } = this.safe;
    const client = safeClient({
      ...(connectionString !== undefined && { connectionString }),
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
      ...(database !== undefined && { database }),
      ...(ssl !== undefined && { ssl }),
      application_name: 'tiepdan',
      connectionTimeoutMillis: milliseconds,
      query_timeout: milliseconds,
    });
    try {
      await client.connect();
      return await ask(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Whether the line of a client that was taken from a pool is gone. */
export function isLost(client: unknown): boolean {
  return client instanceof SafeClient && client.lost;
}

function isTimeout(error: unknown): boolean {
  return (error as Error).message === 'Query read timeout';
}
