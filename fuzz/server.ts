import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A server of the run's own: the built product on an embedded database with the demo, which goes with it. */
export interface OwnServer {
  url: string;
  log(): string;
  isRunning(): boolean;
  memory(): Promise<number>;
  stop(): Promise<void>;
}

const settings = {
  NODE_ENV: 'test',
  PORT: '0',
  TIEPDAN_RATE_LIMIT: '1000000',
  TIEPDAN_SIGN_IN_LIMIT: '1000000',
  TIEPDAN_PUBLIC_LIMIT: '1000000',
  TIEPDAN_WEBHOOK_ALLOW: '127.0.0.1',
  TIEPDAN_WEBHOOK_ATTEMPTS: '1',
};

export async function startOwnServer(): Promise<OwnServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-fuzz-'));
  // The database of a run as root is another account's.
  await chmod(folder, 0o755);
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', 'dist/src/boot/main.js'], {
    env: { PATH: process.env['PATH'], HOME: folder, ...settings, TIEPDAN_DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  const log = (): string => Buffer.concat(chunks).toString('utf8');
  const { url, inspector } = await new Promise<{ url: string; inspector: string }>((resolve, reject) => {
    let isReady = false;
    const read = (chunk: Buffer): void => {
      chunks.push(chunk);
      // A long run writes many megabytes: they are not looked through again with each line.
      if (isReady) return;
      const ready = /Swagger UI\s+(\S+)\/docs/.exec(log())?.[1];
      const debugging = /Debugger listening on (ws:\S+)/.exec(log())?.[1];
      isReady = Boolean(ready && debugging);
      if (ready && debugging) resolve({ url: ready.replace('localhost', '127.0.0.1'), inspector: debugging });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${log().slice(-2_000)}`)));
  });
  return {
    url,
    log,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    memory: () => memoryOf(inspector),
    stop: async () => {
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  // Whoever does not stop is told, by the caller's look at `isRunning`, and killed.
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
  await exit;
  clearTimeout(late);
}

/** Heap in use after a full collection, over the inspector of the process: `process_resident_memory` alone holds what was never given back. */
async function memoryOf(inspector: string): Promise<number> {
  const socket = new WebSocket(inspector);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('The inspector does not answer')));
  });
  const ask = (id: number, method: string, params: object = {}): Promise<{ result: { result?: { value?: number } } }> =>
    new Promise((resolve) => {
      const read = ({ data }: MessageEvent): void => {
        const answer = JSON.parse(String(data)) as { id?: number; result: { result?: { value?: number } } };
        if (answer.id !== id) return;
        socket.removeEventListener('message', read);
        resolve(answer);
      };
      socket.addEventListener('message', read);
      socket.send(JSON.stringify({ id, method, params }));
    });
  await ask(1, 'HeapProfiler.enable');
  await ask(2, 'HeapProfiler.collectGarbage');
  const { result } = await ask(3, 'Runtime.evaluate', { expression: 'process.memoryUsage().heapUsed + process.memoryUsage().external' });
  socket.close();
  return result.result?.value ?? 0;
}
