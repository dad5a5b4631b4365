import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { built } from '../test/support/cast.ts';
import { pinnedSearchPath } from '../test/support/clock/pin-database.ts';

interface Server {
  url(database?: string, user?: string): string;
  stop(): Promise<void>;
}

/** Seconds in which a server that was killed has to be up again: its sessions end first, then it goes through its log. */
const againSeconds = 60;

/** A PostgreSQL server of the drill's own, which can be killed and started again under the same address. */
export class OwnPostgres {
  private readonly folder: string;
  private readonly settings: Record<string, string>;
  private server: Server;

  private constructor(folder: string, settings: Record<string, string>, server: Server) {
    this.folder = folder;
    this.settings = settings;
    this.server = server;
  }

  /** @param settings of the server, beside those of the clock of tests. What is acknowledged is on disk: `synchronous_commit` stays on */
  static async start(folder: string, settings: Record<string, string> = {}): Promise<OwnPostgres> {
    const all = { max_connections: '120', ...settings, ...pinnedSearchPath };
    return new OwnPostgres(folder, all, await launch(folder, 0, all));
  }

  url(user = 'postgres'): string {
    return this.server.url('postgres', user);
  }

  /** The server of this folder and no other: process id and folder stand in its own file. */
  kill(): void {
    const [id, folder] = readFileSync(`${this.folder}/postmaster.pid`, 'utf8').split('\n');
    if (folder !== this.folder || !(Number(id) > 1)) throw new Error(`${this.folder} is not the folder of process ${id}`);
    process.kill(Number(id), 'SIGKILL');
  }

  /** Starts it again, as soon as the sessions of the one before are gone. */
  async again(): Promise<void> {
    const port = Number(new URL(this.url()).port);
    for (const end = Date.now() + againSeconds * 1000; ; await pause(200))
      try {
        this.server = await launch(this.folder, port, this.settings);
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

async function launch(folder: string, port: number, settings: Record<string, string>): Promise<Server> {
  const { EmbeddedServer } = await built<typeof import('../src/platform/database/embedded-server.js')>(
    'platform/database/embedded-server.js',
  );
  return EmbeddedServer.start(folder, port, settings);
}
