import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { programOf } from './support/programs.js';
import { endProcess, launch, settingsOf, startServer, type TestServer } from './support/server.js';

/*
 * A pooler between the product and PostgreSQL is refused at the start, in one line, in every mode: docs/high-availability.md, "PgBouncer". What is
 * told to be something else than it was asked for (`ignore_startup_parameters`) is looked at without PgBouncer in test/connections.e2e.ts.
 */
let server: TestServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-poolers-'));
  await chmod(folder, 0o755);
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What a start says that ends with 1. */
async function refusedAt(databaseUrl: string): Promise<string> {
  const api = launch({ ...settingsOf(databaseUrl, folder), TIEPDAN_OWNER_DATABASE_URL: server.databaseUrl });
  expect(await new Promise((resolve) => api.process.once('exit', resolve))).toBe(1);
  return api.output().trim();
}

const directly =
  'name PostgreSQL itself, or a proxy that passes everything on, and no pooler such as PgBouncer (docs/high-availability.md, "PgBouncer")';
const lostInSessions = 'timezone, lock_timeout, statement_timeout, idle_in_transaction_session_timeout, role, tiepdan.digest_key';

describe('a pooler that takes no settings of sessions', () => {
  /** Answers as PgBouncer does, in the protocol of PostgreSQL (18, 54.7): ErrorResponse with severity, SQLSTATE and message. */
  async function refusing(message: string): Promise<Server> {
    const fields = Buffer.from(`SFATAL\0C08P01\0M${message}\0\0`);
    const answer = Buffer.concat([Buffer.from('E'), Buffer.alloc(4), fields]);
    answer.writeInt32BE(fields.length + 4, 1);
    const pooler = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end(answer)));
    await once(pooler.listen(0, '127.0.0.1'), 'listening');
    return pooler;
  }

  it.each(['unsupported startup parameter: options', 'unsupported startup parameter in options: role'])('is refused: %s', async (words) => {
    const pooler = await refusing(words);
    const { port } = pooler.address() as AddressInfo;
    expect(await refusedAt(`postgres://somebody@127.0.0.1:${port}/tiepdan`)).toBe(
      `The database 127.0.0.1:${port}/tiepdan lets no session ask for what it needs (${words}): ${directly}`,
    );
    pooler.close();
  });
});

const pgBouncer = programOf('pgbouncer');

(pgBouncer ? describe : describe.skip)('PgBouncer itself', () => {
  async function between(settings: string): Promise<{ port: number; process: ChildProcess }> {
    const { hostname, port: target, pathname, username } = new URL(server.databaseUrl);
    const port = await freePort();
    const [file, users] = [path.join(folder, `pgbouncer-${port}.ini`), path.join(folder, 'users.txt')];
    await writeFile(users, `"${username}" "any"\n`);
    await writeFile(
      file,
      `[databases]
${pathname.slice(1)} = host=${hostname} port=${target}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
${settings}
`,
    );
    // It does not run as root.
    const account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const child = spawn(pgBouncer!, [file], { ...account, stdio: 'ignore' });
    for (let tries = 0; tries < 100 && !(await answers(port)); tries++) await pause(50);
    return { port, process: child };
  }

  it.each(['transaction', 'session'])('is refused in %s mode, whether it refuses settings or ignores them', async (mode) => {
    const { pathname } = new URL(server.databaseUrl);
    const refuses = await between(`pool_mode = ${mode}`);
    const ignores = await between(`pool_mode = ${mode}\nignore_startup_parameters = options,extra_float_digits`);
    const at = ({ port }: { port: number }): string => server.databaseUrl.replace(/:\d+\//, `:${port}/`);
    try {
      expect(await refusedAt(at(refuses))).toMatch(/lets no session ask for what it needs \(unsupported startup parameter.*PgBouncer/);
      expect(await refusedAt(at(ignores))).toBe(
        `The database 127.0.0.1:${ignores.port}${pathname} does not give sessions what they ask for (${lostInSessions}, a server process of its own): ${directly}`,
      );
    } finally {
      for (const one of [refuses, ignores]) await endProcess(one.process, 'SIGKILL');
    }
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.unref().setTimeout(1_000, () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
}
