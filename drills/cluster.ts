import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { access, chmod, chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../test/support/until.ts';
import { freePort } from './instance.ts';

const programs = ['patroni', 'etcd', 'haproxy'] as const;
type Program = (typeof programs)[number];

/** Where the programs of a cluster lie, or which of them is not installed. */
type Found = { at: Record<Program, string>; postgres: string } | { missing: string };

/** Programs of the path, and the newest PostgreSQL from 15 on: of the path, or where Debian has it. */
export async function programsOfCluster(): Promise<Found> {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];
  const find = async (name: string, within: string[]): Promise<string | undefined> => {
    for (const folder of within) if (await isThere(path.join(folder, name))) return path.join(folder, name);
    return undefined;
  };
  const versions = (await readdir('/usr/lib/postgresql').catch(() => [])).sort((one, other) => Number(other) - Number(one));
  // A link to the server alone is not all that Patroni needs of it.
  const postgres = await find('pg_controldata', [...folders, ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`)]);
  const at = await Promise.all(programs.map(async (name) => [name, await find(name, folders)] as const));
  const missing = [...at, ['postgres', postgres] as const].filter(([, file]) => !file).map(([name]) => name);
  if (missing.length > 0) return { missing: missing.join(', ') };
  return { at: Object.fromEntries(at) as Record<Program, string>, postgres: path.dirname(postgres!) };
}

interface Node {
  name: string;
  port: number;
  rest: number;
  process?: ChildProcess;
}

/** Three PostgreSQL servers under Patroni with synchronous replication, etcd, and HAProxy that leads to whoever is the primary: all on loopback. */
export class Cluster {
  private readonly folder: string;
  private readonly found: Exclude<Found, { missing: string }>;
  private readonly nodes: Node[] = [];
  private readonly others: ChildProcess[] = [];
  private readonly account: { uid?: number; gid?: number };
  private proxy = 0;
  private etcd = 0;

  private constructor(folder: string, found: Exclude<Found, { missing: string }>) {
    this.folder = folder;
    this.found = found;
    // PostgreSQL refuses to be root.
    const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']).toString());
    this.account = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : {};
  }

  static async start(folder: string): Promise<Cluster> {
    const found = await programsOfCluster();
    if ('missing' in found) throw new Error(`not installed: ${found.missing}`);
    const cluster = new Cluster(folder, found);
    try {
      await cluster.begin();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** Of the primary, whoever it is. */
  url(user = 'postgres'): string {
    return `postgres://${user}:drill@127.0.0.1:${this.proxy}/postgres`;
  }

  /** The loss of the primary's machine: Patroni and PostgreSQL at once. Answers who it was. */
  async loseThePrimary(): Promise<string> {
    const primary = await until(() => this.primary(), 60);
    const [id] = readFileSync(path.join(this.dataOf(primary), 'postmaster.pid'), 'utf8').split('\n');
    primary.process!.kill('SIGKILL');
    process.kill(Number(id), 'SIGKILL');
    return primary.name;
  }

  /** The machine comes back, and follows whoever is the primary by now. */
  async comesBack(name: string): Promise<void> {
    this.launch(this.nodes.find((node) => node.name === name)!);
    await until(() => this.isWhole(), 120);
  }

  async stop(): Promise<void> {
    for (const { process: child } of this.nodes) await ended(child, 'SIGTERM');
    // Patroni stops its server; one that it had lost is stopped here.
    for (const node of this.nodes) {
      const [id] = await Promise.resolve()
        .then(() => readFileSync(path.join(this.dataOf(node), 'postmaster.pid'), 'utf8').split('\n'))
        .catch(() => []);
      if (id) process.kill(Number(id), 'SIGQUIT');
    }
    for (const child of this.others.reverse()) await ended(child, 'SIGTERM');
  }

  private async begin(): Promise<void> {
    await chmod(this.folder, 0o755);
    await mkdir(path.join(this.folder, 'sockets'));
    const { uid, gid } = this.account;
    if (uid !== undefined && gid !== undefined) for (const folder of ['', 'sockets']) await chown(path.join(this.folder, folder), uid, gid);
    this.etcd = await freePort();
    const [clients, peers] = [this.etcd, await freePort()].map((port) => `http://127.0.0.1:${port}`);
    const { etcd, haproxy } = this.found.at;
    const own = ['--name', 'e1', '--data-dir', path.join(this.folder, 'etcd'), '--listen-client-urls', clients!];
    const others = ['--advertise-client-urls', clients!, '--listen-peer-urls', peers!, '--initial-advertise-peer-urls', peers!];
    this.others.push(this.run('etcd', etcd, [...own, ...others, '--initial-cluster', `e1=${peers}`]));
    for (const name of ['pg1', 'pg2', 'pg3']) this.nodes.push({ name, port: await freePort(), rest: await freePort() });
    for (const node of this.nodes) {
      await writeFile(this.settingsOf(node), settings(node, this.etcd, this.dataOf(node), this.folder, this.found.postgres));
      this.launch(node);
      // The first one makes the cluster, the others copy it.
      await until(() => this.primary(), 90);
    }
    await until(() => this.isWhole(), 120);
    this.proxy = await freePort();
    const file = path.join(this.folder, 'haproxy.cfg');
    await writeFile(file, proxy(this.proxy, this.nodes));
    this.others.push(this.run('haproxy', haproxy, ['-db', '-f', file]));
    // It takes all for primaries until each was asked twice.
    await pause(5_000);
  }

  private launch(node: Node): void {
    node.process = this.run(node.name, this.found.at.patroni, [this.settingsOf(node)], this.account);
  }

  private run(name: string, program: string, parameters: string[], account: { uid?: number; gid?: number } = {}): ChildProcess {
    const log = openSync(path.join(this.folder, `${name}.log`), 'a');
    const child = spawn(program, parameters, { ...account, cwd: this.folder, stdio: ['ignore', log, log], detached: true });
    // Who does not start is noticed by whoever waits for it.
    child.on('error', () => undefined);
    return child;
  }

  private settingsOf({ name }: Node): string {
    return path.join(this.folder, `${name}.yml`);
  }

  private dataOf({ name }: Node): string {
    return path.join(this.folder, `data-${name}`);
  }

  private async primary(): Promise<Node | undefined> {
    for (const node of this.nodes)
      if (
        await fetch(`http://127.0.0.1:${node.rest}/primary`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return node;
    return undefined;
  }

  /** Everybody is there, one of them as the synchronous standby. */
  private async isWhole(): Promise<boolean> {
    const primary = await this.primary();
    if (!primary) return false;
    const answer = await fetch(`http://127.0.0.1:${primary.rest}/cluster`);
    const { members } = (await answer.json()) as { members: { role: string; state: string }[] };
    const running = members.filter(({ state }) => state === 'running' || state === 'streaming');
    return running.length === this.nodes.length && running.some(({ role }) => role === 'sync_standby');
  }
}

function settings({ name, port, rest }: Node, etcd: number, data: string, folder: string, bin: string): string {
  return JSON.stringify({
    scope: 'tiepdan',
    name,
    restapi: { listen: `127.0.0.1:${rest}`, connect_address: `127.0.0.1:${rest}` },
    etcd3: { hosts: `127.0.0.1:${etcd}` },
    bootstrap: {
      dcs: {
        ttl: 20,
        loop_wait: 5,
        retry_timeout: 5,
        synchronous_mode: true,
        postgresql: { use_pg_rewind: true, use_slots: true, parameters: { max_connections: 120, wal_keep_size: '128MB' } },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }, 'data-checksums'],
      pg_hba: ['host replication all 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 trust', 'local all all trust'],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${port}`,
      data_dir: data,
      bin_dir: bin,
      pgpass: path.join(folder, `pgpass-${name}`),
      authentication: {
        replication: { username: 'replicator', password: 'drill' },
        superuser: { username: 'postgres', password: 'drill' },
        rewind: { username: 'rewinder', password: 'drill' },
      },
      parameters: { unix_socket_directories: path.join(folder, 'sockets'), search_path: 'public, pinned_clock, pg_catalog' },
    },
    watchdog: { mode: 'off' },
  });
}

function proxy(port: number, nodes: readonly Node[]): string {
  return [
    'defaults',
    '  mode tcp',
    '  timeout connect 2s',
    '  timeout client 30m',
    '  timeout server 30m',
    '  timeout check 2s',
    'listen primary',
    `  bind 127.0.0.1:${port}`,
    '  option httpchk OPTIONS /primary',
    '  http-check expect status 200',
    '  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions',
    ...nodes.map((node) => `  server ${node.name} 127.0.0.1:${node.port} check port ${node.rest}`),
    '',
  ].join('\n');
}

async function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await exit;
  clearTimeout(late);
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
