import { appendFileSync, writeFileSync } from 'node:fs';
import type { Json } from '../test/support/client.js';

/** What clients write while something breaks. */
export type Act = 'file' | 'step' | 'visit' | 'attach' | 'book' | 'transfer' | 'paper' | 'ticket' | 'call';

/** A POST that can be sent again as it stands. */
export interface Order {
  act: Act;
  /** Stands in the words of what is written, so that it is found however it came in. */
  tag: string;
  /** User name of the demo. */
  who: string;
  path: string;
  key: string;
  body?: Json;
  /** An upload in place of a body. */
  upload?: { name: string; content: string; fields: Record<string, string> };
}

/** An order that was answered: from here on the product may not lose it, and may not do it twice. */
export interface Acknowledged {
  order: Order;
  /** Milliseconds of the clock that never goes back (`performance.now()`). */
  at: number;
  /** How often it was sent until an answer came. */
  sent: number;
  status: number;
  answer: Json;
}

/** All that was acknowledged, in memory and, one JSON a line, on disk: what a client heard outlives the drill. */
export class AcknowledgedLog {
  readonly all: Acknowledged[] = [];
  /** Given up without an answer: whether it was done is not known, once at most it was. */
  readonly unanswered: Order[] = [];
  private readonly file: string | undefined;

  /** @param file nowhere without it */
  constructor(file?: string) {
    this.file = file;
    if (file) writeFileSync(file, '');
  }

  add(acknowledged: Acknowledged): void {
    this.all.push(acknowledged);
    if (this.file) appendFileSync(this.file, `${JSON.stringify({ time: new Date().toISOString(), ...acknowledged })}\n`);
  }

  giveUp(order: Order): void {
    this.unanswered.push(order);
    if (this.file) appendFileSync(this.file, `${JSON.stringify({ time: new Date().toISOString(), unanswered: order })}\n`);
  }

  /** Moments at which something was acknowledged, in their order. */
  moments(): number[] {
    return this.all.map(({ at }) => at).sort((one, other) => one - other);
  }

  /** The longest time without an acknowledged write in a stretch, in seconds. */
  longestPause(from: number, to: number): number {
    const within = this.moments().filter((at) => at > from && at < to);
    const ends = [from, ...within, to];
    return Math.max(...ends.slice(1).map((at, index) => at - ends[index]!)) / 1000;
  }

  since(moment: number): number {
    return this.all.filter(({ at }) => at > moment).length;
  }
}
