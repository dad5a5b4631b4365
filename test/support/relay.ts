import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Line {
  client: Socket;
  server: Socket;
  silent: boolean;
}

/**
 * What stands between the product and PostgreSQL: a network that can become silent without saying so, break at a certain statement, lead elsewhere,
 * or be a pooler that takes no settings of sessions.
 */
export class Relay {
  private readonly lines = new Set<Line>();
  private silent = false;
  private breaking: { at: string; how: 'before' | 'after' | 'silent' } | undefined;

  private readonly server: Server;
  private target: { host: string; port: number };
  private readonly withoutOptions: boolean;

  private constructor(server: Server, target: { host: string; port: number }, withoutOptions: boolean) {
    this.server = server;
    this.target = target;
    this.withoutOptions = withoutOptions;
    server.on('connection', (client) => this.pass(client));
  }

  /**
   * @param url of the database behind it
   * @param options.port where it listens; a free one where it is left out
   * @param options.withoutOptions drops the session's settings from the first message, as a pooler does with `ignore_startup_parameters`
   */
  static async to(url: string, { port = 0, withoutOptions = false } = {}): Promise<Relay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new Relay(server, targetOf(url), withoutOptions);
  }

  /** The URL of a database behind it, by way of this relay. */
  url(url: string): string {
    const { port } = this.server.address() as AddressInfo;
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = String(port);
    return through.href;
  }

  /** Passes no byte any more: what is there hangs, and who comes is taken and never answered. */
  fallSilent(): void {
    this.silent = true;
    for (const line of this.lines) line.silent = true;
  }

  /** New connections pass again; those of before stay as they are, for ever. */
  passNewOnes(): void {
    this.silent = false;
  }

  /**
   * Ends the next connection on which a text is sent: before the server hears it, or when it has answered, which nobody hears; or it becomes silent
   * there, and neither end is told. Once.
   */
  breakAt(text: string, how: 'before' | 'after' | 'silent'): void {
    this.breaking = { at: text, how };
  }

  get hasBroken(): boolean {
    return this.breaking === undefined;
  }

  leadTo(url: string): void {
    this.target = targetOf(url);
  }

  async close(): Promise<void> {
    for (const { client, server } of this.lines) for (const end of [client, server]) end.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(client: Socket): void {
    const line: Line = { client, server: connect(this.target), silent: this.silent };
    this.lines.add(line);
    const { server } = line;
    let begun = !this.withoutOptions;
    client.on('data', (bytes) => {
      if (line.silent) return;
      const { breaking } = this;
      if (breaking && bytes.includes(breaking.at)) {
        this.breaking = undefined;
        if (breaking.how === 'silent') return void (line.silent = true);
        if (breaking.how === 'before') return void client.destroy();
        server.removeAllListeners('data').once('data', () => client.destroy());
      }
      server.write(begun ? bytes : dropOptions(bytes));
      begun = true;
    });
    server.on('data', (bytes) => {
      if (!line.silent) client.write(bytes);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const)
      one
        .on('error', () => undefined)
        .on('close', () => {
          if (!line.silent) other.destroy();
          if (other.closed) this.lines.delete(line);
        });
  }
}

function targetOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

/** The first message of a client (PostgreSQL 18, 55.7, StartupMessage) without its `options`. */
function dropOptions(bytes: Buffer): Buffer {
  const words = bytes.subarray(8).toString('utf8').split('\0');
  const pairs = words.flatMap((word, at) => (at % 2 === 0 && word !== '' && word !== 'options' ? [word, words[at + 1]!] : []));
  const body = Buffer.from(`${pairs.join('\0')}\0\0`, 'utf8');
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length, 0);
  bytes.copy(head, 4, 4, 8);
  return Buffer.concat([head, body]);
}
