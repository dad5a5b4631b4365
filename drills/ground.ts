import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { pinnedEnvironment, pinnedSearchPath } from '../test/support/clock/pin-database.ts';
import { Relay } from '../test/support/relay.ts';
import { until } from '../test/support/until.ts';
import { Balancer } from './balancer.ts';
import { Cluster, programsOfCluster } from './cluster.ts';
import { Instance } from './instance.ts';
import type { Sql } from './oracle.ts';
import { OwnPostgres } from './postgres.ts';

const run = promisify(execFile);

/** Account of the API's sessions, a member of nothing but its own role. */
export const apiAccount = 'tiepdan_api';

/**
 * What a drill breaks, all of it its own and on this machine: a PostgreSQL server, a network before it, the product, and folders.
 * `usual`: one instance behind a relay; `small-disks`: the same on two small file systems; `shared`: two instances on one data folder; `balanced`: the same behind nginx; `cluster`: one
 * instance behind HAProxy and three servers under Patroni.
 */
export type Shape = 'usual' | 'small-disks' | 'shared' | 'balanced' | 'cluster';

export interface Ground {
  instances: Instance[];
  /** Undefined where the product starts its own server. */
  postgres?: OwnPostgres;
  cluster?: Cluster;
  /** Address of what stands before the instances, where clients do not call them directly. */
  balancer?: string;
  relay?: Relay;
  /** Folder of the attachments. */
  files: string;
  /** Small file systems that can be filled up, where there are any. */
  disks?: { database: string; files: string };
  /** SQL as the owner, past the relay. */
  sql: Sql;
  /** Removes what lies in the store without a row, as the product does every hour. */
  sweep(): Promise<void>;
  /** `npm run files:verify -- --digests`: what it wrote where it found something missing or damaged. */
  verifyFiles(): Promise<string | undefined>;
  /** `npm run restore -- --after-recovery` on a server that was recovered: what it wrote where something is not whole. */
  afterRecovery(url: (user?: string) => string): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** Why a shape cannot be had here; undefined where it can. */
export async function missingFor(shape: Shape): Promise<string | undefined> {
  if (shape === 'cluster') {
    const found = await programsOfCluster();
    return 'missing' in found ? `not installed: ${found.missing}` : undefined;
  }
  if (shape === 'balanced') return Balancer.isInstalled() ? undefined : 'not installed: nginx';
  if (shape !== 'small-disks') return undefined;
  return process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'needs root on Linux, to mount small file systems';
}

/** @param settings of the server, e.g. `{ fsync: 'off' }` where the machine itself will not fail */
export async function openGround(shape: Shape, settings: Record<string, string> = {}): Promise<Ground> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-drill-'));
  // The database of a run as root is another account's.
  await chmod(folder, 0o755);
  // What was opened is closed in the opposite order, also where the rest cannot be opened.
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (let close = closing.pop(); close; close = closing.pop()) await close();
  };
  try {
    return { ...(await opened(shape, folder, settings, closing)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function opened(
  shape: Shape,
  folder: string,
  settings: Record<string, string>,
  closing: (() => Promise<unknown>)[],
): Promise<Omit<Ground, 'stop'>> {
  const masterKey = randomBytes(32).toString('base64');
  const data = path.join(folder, 'data');
  const [databaseDisk, filesDisk] = [path.join(folder, 'database-disk'), path.join(folder, 'files-disk')];
  const disks = shape === 'small-disks' ? { database: databaseDisk, files: filesDisk } : undefined;
  await mkdir(data, { mode: 0o711 });
  if (disks) {
    await smallDisk(disks.database, 400, closing);
    await smallDisk(disks.files, 24, closing);
  }
  const { postgres, cluster } = await serverOf(shape, path.join(disks?.database ?? data, 'postgres'), settings, closing);
  const server = (cluster ?? postgres)!;
  await prepare(server.url(), data, masterKey);
  const pool = new pg.Pool({ connectionString: server.url(), max: 2, application_name: 'drill' });
  // The server is killed under it.
  pool.on('error', () => undefined);
  await pool.query(`alter role ${apiAccount} login`);
  const files = path.join(disks?.files ?? data, 'attachments');
  const own = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    TIEPDAN_DATA_DIR: data,
    TIEPDAN_MASTER_KEY: masterKey,
    TIEPDAN_ATTACHMENT_DIR: files,
    TIEPDAN_DEMO: 'off',
    TIEPDAN_RATE_LIMIT: '1000000',
    TIEPDAN_SIGN_IN_LIMIT: '1000000',
    TIEPDAN_PETITION_FILES: '10000',
    TIEPDAN_FILES_GRACE: '1',
  };
  const relay = await Relay.to(server.url());
  closing.push(() => relay.close());
  const behind = { DATABASE_URL: relay.url(server.url(apiAccount)), TIEPDAN_OWNER_DATABASE_URL: server.url() };
  closing.push(() => pool.end());
  const embedded = { TIEPDAN_EMBEDDED_PORT: new URL(server.url()).port };
  const isShared = shape === 'shared' || shape === 'balanced';
  if (isShared) {
    // From here on the server is the product's own, which starts it as it always does.
    await pool.query(`alter system set search_path = ${pinnedSearchPath.search_path}`);
    await postgres!.stop();
  }
  const instances: Instance[] = [];
  for (let count = isShared ? 2 : 1; count > 0; count--) {
    const instance = await Instance.start({ ...own, ...(isShared ? embedded : behind) });
    instances.push(instance);
    closing.push(() => instance.kill());
  }
  const balancer =
    shape === 'balanced'
      ? await Balancer.before(
          instances.map(({ url }) => url),
          path.join(folder, 'nginx'),
        )
      : undefined;
  closing.push(() => Promise.resolve(balancer?.stop()));
  const sql: Sql = async (text, values) => (await pool.query(text, values)).rows;
  return {
    instances,
    ...(postgres && { postgres }),
    ...(cluster && { cluster }),
    ...(balancer && { balancer: balancer.url }),
    relay,
    files,
    ...(disks && { disks }),
    sql,
    sweep: async () => {
      // Older than the grace.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await sql(`select graphile_worker.add_job('files_sweep', job_key => 'drill')`);
      await until(async () => (await sql(`select from graphile_worker.jobs where key = 'drill'`)).length === 0, 60);
    },
    verifyFiles: () => complaintOf(['dist/src/boot/commands/files-command.js', '--digests'], { ...own, ...behind }),
    afterRecovery: (url) =>
      complaintOf(['dist/src/boot/commands/restore-command.js', '--after-recovery'], {
        ...own,
        DATABASE_URL: url(apiAccount),
        TIEPDAN_OWNER_DATABASE_URL: url(),
      }),
  };
}

/** What a command of the product wrote that did not end with 0. */
function complaintOf(command: string[], settings: Record<string, string>): Promise<string | undefined> {
  return run(process.execPath, command, { env: { PATH: process.env['PATH'], ...pinnedEnvironment(), ...settings } }).then(
    () => undefined,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => `${stderr}${stdout}`.trim().slice(-500),
  );
}

async function serverOf(
  shape: Shape,
  folder: string,
  settings: Record<string, string>,
  closing: (() => Promise<unknown>)[],
): Promise<Pick<Ground, 'postgres' | 'cluster'>> {
  if (shape === 'cluster') {
    await mkdir(folder);
    const cluster = await Cluster.start(folder);
    closing.push(() => cluster.stop());
    return { cluster };
  }
  const postgres = await OwnPostgres.start(folder, settings);
  closing.push(() => postgres.stop().catch(() => undefined));
  return { postgres };
}

/** In a process of its own: what the product keeps of a database stays there. */
async function prepare(url: string, keysFolder: string, masterKey: string): Promise<void> {
  const child = spawn(process.execPath, ['drills/prepare.ts', url, keysFolder], {
    env: { PATH: process.env['PATH'], ...pinnedEnvironment(), TIEPDAN_MASTER_KEY: masterKey },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`The database of the drill was not prepared: ${Buffer.concat(chunks).toString('utf8').slice(-2_000)}`);
}

async function smallDisk(folder: string, mebibytes: number, closing: (() => Promise<unknown>)[]): Promise<void> {
  await mkdir(folder);
  await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder]);
  closing.push(() => run('umount', ['--lazy', folder]));
  await chmod(folder, 0o755);
  const { stdout } = await run('id', ['-u', 'postgres']).catch(() => ({ stdout: '' }));
  if (stdout) await chown(folder, Number(stdout), Number((await run('id', ['-g', 'postgres'])).stdout));
}

/** Bytes that are free where a folder lies. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
