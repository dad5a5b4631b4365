import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { EmbeddedServer, EmbeddedServerError } from './embedded-server.js';
import { safeClient } from './pools.js';

/** Held by every process that uses the embedded server, for as long as it does: the last one finds itself alone. */
const useLock = 7_140_2020;
const mostTries = 5;

/**
 * The embedded server of a folder, as several processes on this machine use it: whoever comes first starts it, whoever goes last stops it. Who uses
 * it is a lock of the server itself, so that a process that was killed is not waited for.
 */
export class SharedServer {
  private constructor(
    private readonly server: EmbeddedServer,
    private readonly use: pg.Client,
  ) {}

  /**
   * Starts the server of a folder, or joins whoever uses it.
   * @throws EmbeddedServerError
   */
  static async join(folder: string, port: number): Promise<SharedServer> {
    for (let tries = 1; ; tries++) {
      const server = await EmbeddedServer.start(folder, port);
      // Whatever ends this connection ends the use; it is asked again when this process goes. Whoever stops the server is waited for.
      const use = safeClient({ connectionString: server.url(), query_timeout: 0 });
      try {
        await use.connect();
        await use.query('set lock_timeout = 0');
        await use.query('select pg_advisory_lock_shared($1)', [useLock]);
        return new SharedServer(server, use);
      } catch (error) {
        await use.end().catch(() => undefined);
        // The last one is just stopping it: then it is started anew.
        if (tries >= mostTries)
          throw new EmbeddedServerError(`The embedded PostgreSQL in ${folder} cannot be reached: ${(error as Error).message}`);
        await pause(500);
      }
    }
  }

  url(database = 'postgres', user = 'postgres'): string {
    return this.server.url(database, user);
  }

  /** Stops the server where nobody else uses it. One that is gone already is no fault. */
  async leave(): Promise<void> {
    const alone = await this.use
      .query<{ alone: boolean }>('select pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) as alone', [useLock])
      .then(({ rows: [row] }) => row?.alone ?? false)
      // eslint-disable-next-line failures/swallowed-failure -- a server that does not answer is stopped by whoever starts it next
      .catch(() => false);
    if (alone) await this.server.stop();
    await this.use.end().catch(() => undefined);
  }
}
