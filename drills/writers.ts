import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, Client } from '../test/support/client.ts';
import { Chance } from '../fuzz/chance.ts';
import type { AcknowledgedLog, Order } from './acknowledged.ts';
import { mayBeRefused, type Scene } from './scene.ts';

/** Seconds after which one request is no longer waited for; nothing in the product takes so long. */
const answerSeconds = 90;
/** Seconds for which an order is repeated after the drill: then it is given up. */
const patienceSeconds = 120;
/** Worth asking again with the same key. */
const passing = new Set([502, 503, 504, 507]);
/** Milliseconds between the orders of one client: people pause, too, and the machine is left some time. */
const restMilliseconds = 40;

/** After so many milliseconds somebody signs in anew: tokens hold for a quarter of an hour. */
const signedInFor = 600_000;

/** Accounts in use, signed in once and again before a token runs out. */
export class Accounts {
  private readonly clients = new Map<string, { at: number; signedIn: Promise<Client> }>();
  private readonly urls: readonly string[];
  private turn = 0;

  /** @param urls of the instances: whoever finds one gone asks the next one */
  constructor(urls: readonly string[]) {
    this.urls = urls;
  }

  /** Signed in where the turn is. A token of one instance is good at all. */
  async as(username: string): Promise<Client> {
    const url = this.urls[this.turn % this.urls.length]!;
    const before = this.clients.get(username);
    const held = before && Date.now() - before.at < signedInFor ? before : { at: Date.now(), signedIn: Client.signIn(url, username) };
    this.clients.set(username, held);
    try {
      const client = await held.signedIn;
      return new Client(url, client.token);
    } catch (error) {
      this.forget(username);
      throw error;
    }
  }

  forget(username: string): void {
    this.clients.delete(username);
  }

  /** The next instance. */
  moveOn(): void {
    this.turn++;
  }
}

/** Some clients who write without pause, each order with a key of its own, repeated with the same key until it is answered. */
export class Writers {
  /** What an answer was that may not be: neither done, nor "come again". */
  readonly surprises = new Map<string, number>();
  private readonly accounts: Accounts;
  private readonly scene: Scene;
  private readonly log: AcknowledgedLog;
  private running: Promise<unknown> | undefined;
  private on = false;
  private stoppedAt = Infinity;

  constructor(accounts: Accounts, scene: Scene, log: AcknowledgedLog) {
    this.accounts = accounts;
    this.scene = scene;
    this.log = log;
  }

  start(count: number, seed: number): void {
    this.on = true;
    this.stoppedAt = Infinity;
    this.running = Promise.all(Array.from({ length: count }, (_, index) => this.write(Chance.of(seed, index))));
  }

  /** No new orders; waits until those that are open are answered. */
  async stop(): Promise<void> {
    this.on = false;
    this.stoppedAt = performance.now();
    await this.running;
  }

  /**
   * Sends an order until it is answered, and writes the answer down.
   * @returns undefined where it was refused, as it may be, or given up
   */
  async carryOut(order: Order): Promise<Answer | undefined> {
    for (let sent = 1; ; sent++) {
      const answer = await this.sendOnce(order);
      if (answer && answer.status < 300) {
        const acknowledged = { order, at: performance.now(), sent, status: answer.status, answer: answer.body };
        this.log.add(acknowledged);
        this.scene.learn(acknowledged);
        return answer;
      }
      if (answer && !isPassing(answer)) {
        if (answer.status !== mayBeRefused[order.act]) this.surprise(order, answer);
        // Of an internal error nobody knows whether it was done.
        if (answer.status < 500) return undefined;
      }
      if (performance.now() - this.stoppedAt > patienceSeconds * 1000) {
        this.log.giveUp(order);
        return undefined;
      }
      if (!answer) this.accounts.moveOn();
      await pause(150);
    }
  }

  /** Null where no answer came. */
  async sendOnce(order: Order): Promise<Answer | null> {
    try {
      const client = await this.accounts.as(order.who);
      const answer = await within(answerSeconds, send(client, order));
      if (answer.status === 401) this.accounts.forget(order.who);
      return answer;
    } catch (error) {
      const { message, cause } = error as Error;
      // Somebody who is away, or a line that broke; what an answer was that is not as documented is a fault, too.
      if (!cause && !/cannot sign in: (503|500)|fetch failed|terminated/.test(message)) this.note(`${order.act}: ${message}`);
      return null;
    }
  }

  private async write(chance: Chance): Promise<void> {
    while (this.on) {
      await this.carryOut(this.scene.order(chance));
      await pause(restMilliseconds);
    }
  }

  private surprise({ act }: Order, { status, body }: Answer): void {
    this.note(`${act}: ${status} ${JSON.stringify({ type: body?.type, detail: body?.detail, errors: body?.errors }).slice(0, 300)}`);
  }

  private note(words: string): void {
    this.surprises.set(words, (this.surprises.get(words) ?? 0) + 1);
  }
}

/** An order as it is sent: again with the same key, it is the same. */
export function send(client: Client, { path, key, body, upload }: Order): Promise<Answer> {
  const headers = { 'idempotency-key': key };
  return upload
    ? client.upload(path, Buffer.from(upload.content), upload.fields, upload.name, 'POST', headers)
    : client.post(path, body, headers);
}

/** What goes by: the product or its database is away, somebody holds the row, the token ran out, the same key is under way. */
function isPassing({ status, body }: Answer): boolean {
  return passing.has(status) || status === 401 || (status === 409 && /\/(conflict|request-in-progress)$/.test(String(body?.type)));
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([late, work]);
  } finally {
    clearTimeout(timer);
  }
}
