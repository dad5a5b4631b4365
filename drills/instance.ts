import type { ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { endProcess, launch } from '../test/support/server.ts';

/** How the process of an instance ended. */
export interface Ended {
  code: number | null;
  seconds: number;
}

/** One running copy of the product, which keeps its address when it is started again. */
export class Instance {
  readonly url: string;
  private readonly settings: Record<string, string>;
  private process: ChildProcess | undefined;
  private output: () => string = () => '';
  private earlier = '';
  private wanted = false;

  private constructor(settings: Record<string, string>, port: number) {
    this.settings = { ...settings, PORT: String(port) };
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(settings: Record<string, string>): Promise<Instance> {
    const instance = new Instance(settings, await freePort());
    await instance.start();
    return instance;
  }

  async start(): Promise<void> {
    const started = launch(this.settings, { apart: true });
    this.process = started.process;
    this.earlier = this.log().slice(-100_000);
    this.output = started.output;
    this.wanted = true;
    await started.ready;
  }

  async kill(): Promise<void> {
    this.wanted = false;
    await endProcess(this.process!, 'SIGKILL');
  }

  /** SIGTERM, as whoever updates it does. */
  async stop(): Promise<Ended> {
    this.wanted = false;
    const begun = performance.now();
    const code = await endProcess(this.process!, 'SIGTERM');
    return { code, seconds: (performance.now() - begun) / 1000 };
  }

  /** Whether it ended although nobody asked it to. */
  get isGone(): boolean {
    const { process: child } = this;
    return this.wanted && (child?.exitCode !== null || child.signalCode !== null);
  }

  /** What it wrote, that of its processes before included. */
  log(): string {
    return this.earlier + this.output();
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
