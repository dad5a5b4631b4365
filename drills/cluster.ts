import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { openSync, readFileSync } from 'node:fs';
import { access, chmod, chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseEnv, promisify } from 'node:util';
import { parse } from 'yaml';
import { pinnedSearchPath } from '../test/support/clock/pin-database.ts';
import { withClient } from '../test/support/server.ts';
import { until } from '../test/support/until.ts';

const run = promisify(execFile);

const programs = ['patroni', 'etcd', 'haproxy', 'pgbackrest'] as const;
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

/** The addresses of the files in deploy/: here each machine is an address of the loopback network, with the very ports of the files. */
const networkOfTheFiles = '10.20.0.';

interface Node {
  name: string;
  address: string;
  process?: ChildProcess;
  /** Its etcd. */
  store?: ChildProcess;
}

interface Account {
  uid?: number;
  gid?: number;
}

/**
 * Three PostgreSQL servers under Patroni with synchronous replication, an etcd beside each, and HAProxy that leads to whoever is the primary: all on
 * loopback, and set up by the files of deploy/patroni and deploy/pgbackrest. What is another one here: addresses and folders, no watchdog (the
 * machine must not be reset), clients without passwords, and the clock of tests.
 */
export class Cluster {
  private readonly folder: string;
  private readonly found: Exclude<Found, { missing: string }>;
  private readonly nodes: Node[];
  private readonly others: ChildProcess[] = [];
  private readonly account: Account;
  private restored: ChildProcess | undefined;
  /** Another one for each run, so that two can be there at once. */
  private readonly network = `127.${randomInt(20, 250)}.${randomInt(1, 250)}.`;

  private constructor(folder: string, found: Exclude<Found, { missing: string }>) {
    this.folder = folder;
    this.found = found;
    this.nodes = [11, 12, 13].map((host, at) => ({ name: `pg${at + 1}`, address: `${this.network}${host}` }));
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
    return `postgres://${user}:drill@${this.network}21:5432/postgres`;
  }

  /** The loss of the primary's machine: Patroni and PostgreSQL at once. Answers who it was. */
  async loseThePrimary(): Promise<string> {
    const primary = await until(() => this.primary(), 60);
    this.lose(primary);
    return primary.name;
  }

  /** The loss of both others: nobody is left to say that it has what is acknowledged. Answers who they were. */
  async loseTheStandbys(): Promise<string[]> {
    const primary = await until(() => this.primary(), 60);
    const standbys = this.nodes.filter((node) => node !== primary);
    for (const standby of standbys) this.lose(standby);
    return standbys.map(({ name }) => name);
  }

  /** Another one becomes the primary because somebody wants it to, as before work on its machine. */
  async switchOver(): Promise<void> {
    const primary = await until(() => this.primary(), 60);
    const body = JSON.stringify({ leader: primary.name });
    const { ok, status } = await fetch(`http://${primary.address}:8008/switchover`, { method: 'POST', body });
    if (!ok) throw new Error(`The switch-over was answered ${status}`);
    await until(() => this.isWhole(), 120);
  }

  /** The machine comes back, and follows whoever is the primary by now. */
  async comesBack(name: string, asTheLast = true): Promise<void> {
    this.launch(this.nodes.find((node) => node.name === name)!);
    if (asTheLast) await until(() => this.isWhole(), 120);
  }

  /** The loss of one more etcd. */
  loseAStore(): void {
    this.nodes.find(({ store }) => store?.exitCode === null && store.signalCode === null)!.store!.kill('SIGKILL');
  }

  async storesComeBack(): Promise<void> {
    for (const node of this.nodes) if (node.store?.signalCode) this.launchStore(node);
    await until(() => this.isWhole(), 120);
  }

  private lose(node: Node): void {
    const [id] = readFileSync(path.join(this.dataOf(node), 'postmaster.pid'), 'utf8').split('\n');
    node.process!.kill('SIGKILL');
    process.kill(Number(id), 'SIGKILL');
  }

  /** A base backup into the archive, while everybody writes. */
  async backUp(): Promise<void> {
    await this.pgBackRest(await until(() => this.primary(), 60), ['backup', '--type=full']);
  }

  /**
   * A server of its own with the database of a moment, from the last backup and the archive of the log; it is nobody's standby and archives nothing.
   * @param moment as PostgreSQL writes it, with its zone
   * @returns its address, once it takes writes
   */
  async restoredTo(moment: string): Promise<(user?: string) => string> {
    const node = { name: 'restored', address: `${this.network}14` };
    const [data, sockets] = [this.dataOf(node), this.socketsOf(node)];
    for (const folder of [data, sockets]) {
      await mkdir(folder, { mode: 0o700 });
      if (this.account.uid !== undefined) await chown(folder, this.account.uid, this.account.gid!);
    }
    await this.pgBackRest(node, ['restore', '--type=time', `--target=${moment}`, '--target-action=promote', '--archive-mode=off']);
    const own = {
      listen_addresses: node.address,
      port: '5432',
      unix_socket_directories: sockets,
      hba_file: path.join(data, 'pg_hba.conf'),
      ident_file: path.join(data, 'pg_ident.conf'),
      // Of the cluster that it came from, whose standbys do not follow it.
      synchronous_standby_names: '',
    };
    const settings = Object.entries(own).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = this.run(
      node.name,
      path.join(this.found.postgres, 'postgres'),
      ['-D', data, ...settings],
      this.environmentOf(node),
      this.account,
    );
    // At once: nobody's sessions are waited for.
    this.restored = server;
    const url = (user = 'postgres'): string => `postgres://${user}:drill@${node.address}:5432/postgres`;
    await until(
      () =>
        withClient(url(), async (client) => (await client.query('select pg_is_in_recovery() as standby')).rows[0].standby === false).catch(
          () => false,
        ),
      120,
    );
    return url;
  }

  async stop(): Promise<void> {
    await ended(this.restored, 'SIGINT');
    for (const { process: child } of this.nodes) await ended(child, 'SIGTERM');
    // Patroni stops its server; one that it had lost is stopped here.
    for (const node of this.nodes) {
      const [id] = await Promise.resolve()
        .then(() => readFileSync(path.join(this.dataOf(node), 'postmaster.pid'), 'utf8').split('\n'))
        .catch(() => []);
      if (id) process.kill(Number(id), 'SIGQUIT');
    }
    for (const child of this.others.reverse()) await ended(child, 'SIGTERM');
    for (const { store } of this.nodes) await ended(store, 'SIGTERM');
  }

  private async begin(): Promise<void> {
    await chmod(this.folder, 0o755);
    const { uid, gid } = this.account;
    for (const folder of ['', 'archive', 'spool', 'log', ...this.nodes.map(({ name }) => `sockets-${name}`)]) {
      await mkdir(path.join(this.folder, folder), { recursive: true });
      if (uid !== undefined && gid !== undefined) await chown(path.join(this.folder, folder), uid, gid);
    }
    for (const node of this.nodes) this.launchStore(node);
    for (const node of this.nodes) {
      await writeFile(this.settingsOf(node), JSON.stringify(this.settings(node)));
      this.launch(node);
      // The first one makes the cluster, the others copy it.
      await until(() => this.primary(), 90);
    }
    await until(() => this.isWhole(), 120);
    await this.pgBackRest(this.nodes[0]!, ['stanza-create']);
    const file = path.join(this.folder, 'haproxy.cfg');
    await writeFile(file, this.here('patroni/haproxy.cfg').replaceAll('bind 127.0.0.1:', `bind ${this.network}21:`));
    this.others.push(this.run('haproxy', this.found.at.haproxy, ['-db', '-f', file]));
    // It takes all for primaries until each was asked twice.
    await pause(5_000);
  }

  private launchStore(node: Node): void {
    node.store = this.run(`etcd-${node.name}`, this.found.at.etcd, [], this.environmentOf(node));
  }

  private launch(node: Node): void {
    node.process = this.run(node.name, this.found.at.patroni, [this.settingsOf(node)], this.environmentOf(node), this.account);
  }

  private run(name: string, program: string, parameters: string[], own: Record<string, string> = {}, account: Account = {}): ChildProcess {
    const log = openSync(path.join(this.folder, `${name}.log`), 'a');
    const env = { PATH: process.env['PATH'], ...own };
    const child = spawn(program, parameters, { ...account, env, cwd: this.folder, stdio: ['ignore', log, log], detached: true });
    // Who does not start is noticed by whoever waits for it.
    child.on('error', () => undefined);
    return child;
  }

  /** What an administrator calls on the machine of a server, as the account of the servers. */
  private async pgBackRest(node: Pick<Node, 'name' | 'address'>, parameters: string[]): Promise<void> {
    const env = { PATH: process.env['PATH'], ...this.environmentOf(node) };
    await run(this.found.at.pgbackrest, ['--stanza=tiepdan', ...parameters], { ...this.account, env, cwd: this.folder });
  }

  /** A file of deploy/, with the addresses of this run. */
  private here(file: string): string {
    return readFileSync(path.join('deploy', file), 'utf8').replaceAll(networkOfTheFiles, this.network);
  }

  /** What node.env and secrets.env say of this machine, and where pgBackRest keeps everything here. */
  private environmentOf({ name, address }: Pick<Node, 'name' | 'address'>): Record<string, string> {
    const [first] = this.nodes;
    // The list of all members names the first one, too.
    const own = parseEnv(
      this.here('patroni/node.env').replace(/^(?!ETCD_INITIAL_CLUSTER=).*$/gm, (line) =>
        line.replaceAll(first!.address, address).replaceAll(first!.name, name),
      ),
    );
    const secrets = parseEnv(this.here('patroni/secrets.env'));
    return {
      ...own,
      ...Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, value || 'drill'])),
      ETCD_DATA_DIR: path.join(this.folder, `etcd-${name}`),
      PATRONI_POSTGRESQL_DATA_DIR: this.dataOf({ name }),
      PATRONI_POSTGRESQL_BIN_DIR: this.found.postgres,
      PATRONI_POSTGRESQL_PGPASS: path.join(this.folder, `pgpass-${name}`),
      PGBACKREST_CONFIG: path.resolve('deploy/pgbackrest/pgbackrest.conf'),
      PGBACKREST_REPO1_TYPE: 'posix',
      PGBACKREST_REPO1_PATH: path.join(this.folder, 'archive'),
      PGBACKREST_SPOOL_PATH: path.join(this.folder, 'spool'),
      PGBACKREST_LOG_PATH: path.join(this.folder, 'log'),
      PGBACKREST_LOCK_PATH: path.join(this.folder, `lock-${name}`),
      PGBACKREST_PG1_PATH: this.dataOf({ name }),
      PGBACKREST_PG1_SOCKET_PATH: this.socketsOf({ name }),
    };
  }

  private settings(node: Node): object {
    const all = parse(this.here('patroni/patroni.yml')) as ClusterSettings;
    const { postgresql } = all;
    postgresql.parameters = { unix_socket_directories: this.socketsOf(node), search_path: pinnedSearchPath.search_path };
    postgresql.pg_hba = ['local all all trust', 'host replication all 127.0.0.0/8 trust', 'host all all 127.0.0.0/8 trust'];
    all.watchdog.mode = 'off';
    return all;
  }

  private settingsOf({ name }: Node): string {
    return path.join(this.folder, `${name}.yml`);
  }

  private dataOf({ name }: Pick<Node, 'name'>): string {
    return path.join(this.folder, `data-${name}`);
  }

  private socketsOf({ name }: Pick<Node, 'name'>): string {
    return path.join(this.folder, `sockets-${name}`);
  }

  private async primary(): Promise<Node | undefined> {
    for (const node of this.nodes)
      if (
        await fetch(`http://${node.address}:8008/primary`).then(
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
    const answer = await fetch(`http://${primary.address}:8008/cluster`);
    const { members } = (await answer.json()) as { members: { role: string; state: string }[] };
    const running = members.filter(({ state }) => state === 'running' || state === 'streaming');
    return running.length === this.nodes.length && running.some(({ role }) => role === 'sync_standby');
  }
}

/** What of deploy/patroni/patroni.yml is another one here. */
interface ClusterSettings {
  postgresql: { parameters: Record<string, string>; pg_hba: string[] };
  watchdog: { mode: string };
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
