import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { Client } from './client.ts';
import { pinDatabase, pinnedEnvironment } from './clock/pin-database.ts';
import { demoTemplate } from './demo-template.ts';

/** A running copy of the product on a database of its own. */
export interface TestServer {
  url: string;
  databaseUrl: string;
  process: ChildProcess;
  /** Everything it wrote to stdout and stderr so far. */
  output(): string;
  /** Somebody who uses the API; signed in with the demo password where a user name is given. */
  as(username?: string): Promise<Client>;
  /** SQL past the API, to look at or to damage what it stored. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Runs a command of the product on its database and waits for it: `command('boot/database/migrate.js', '--down')`. */
  command(script: string, ...parameters: string[]): { status: number | null; stdout: string; stderr: string };
  stop(): Promise<void>;
}

/**
 * Starts `node dist/src/boot/main.js` on a fresh clone of a database: `cast_members` has the demo's units and accounts, `demo` all of the demo, `empty`
 * nothing.
 */
export async function startServer({
  template = 'cast_members',
  env = {},
}: { template?: 'cast_members' | 'demo' | 'empty'; env?: Record<string, string> } = {}): Promise<TestServer> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const maintenance = process.env['E2E_DATABASE']!;
  const demo = template === 'demo' ? await demoTemplate(maintenance) : null;
  await withClient(maintenance, (client) => client.query(`create database ${name} template ${demo?.database ?? template}`));
  const databaseUrl = maintenance.replace(/\/postgres$/, `/${name}`);
  await withClient(databaseUrl, pinDatabase);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tiepdan-keys-'));
  if (demo) await cp(demo.dataDir, dataDir, { recursive: true });
  const settings = { ...settingsOf(databaseUrl, dataDir), ...env };
  const started = launch(settings);
  const url = await started.ready;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // A database that is dropped at the end may end a connection that has just said good-bye.
  pool.on('error', () => undefined);
  const clients = new Map<string, Client>();
  return {
    url,
    databaseUrl,
    process: started.process,
    output: started.output,
    sql: async (text, values) => (await pool.query(text, values)).rows,
    as: async (username) => {
      if (!username) return new Client(url);
      const known = clients.get(username) ?? (await Client.signIn(url, username));
      clients.set(username, known);
      return known;
    },
    command: (script, ...parameters) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [`dist/src/${script}`, ...parameters], {
        env: { PATH: process.env['PATH'], ...settings },
        encoding: 'utf8',
      });
      return { status, stdout, stderr };
    },
    stop: async () => {
      await pool.end();
      await endProcess(started.process, 'SIGTERM');
      await withClient(maintenance, (client) => client.query(`drop database ${name} with (force)`));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** How every server of the tests runs, unless a suite says otherwise. */
export function settingsOf(databaseUrl: string, dataDir: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    TIEPDAN_DATA_DIR: dataDir,
    TIEPDAN_MASTER_KEY: process.env['E2E_MASTER_KEY']!,
    TIEPDAN_SIGN_IN_LIMIT: '100000',
    TIEPDAN_RATE_LIMIT: '1000000',
  };
}

/**
 * Starts the product with these settings alone; `ready` is its URL, or fails with what it wrote.
 * @param options.apart in a group of its own, which Ctrl-C does not reach
 */
export function launch(
  settings: Record<string, string>,
  { apart = false } = {},
): { process: ChildProcess; output: () => string; ready: Promise<string> } {
  const child = spawn(process.execPath, ['dist/src/boot/main.js'], {
    env: { PATH: process.env['PATH'], ...pinnedEnvironment(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: apart,
  });
  const chunks: Buffer[] = [];
  const written = (): string => Buffer.concat(chunks).toString('utf8');
  const ready = new Promise<string>((resolve, reject) => {
    let isReady = false;
    const read = (chunk: Buffer): void => {
      chunks.push(chunk);
      // A log of megabytes is not looked through again with each of its lines.
      const url = isReady ? undefined : /Swagger UI\s+(\S+)\/docs/.exec(written())?.[1];
      if (!url) return;
      isReady = true;
      resolve(url.replace('localhost', '127.0.0.1'));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${written()}`)));
  });
  // A test that expects the start to fail looks at the exit code instead.
  ready.catch(() => undefined);
  return { process: child, output: written, ready };
}

/** Ends a process and waits until it is gone. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, 'exit');
  }
  return child.exitCode;
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
