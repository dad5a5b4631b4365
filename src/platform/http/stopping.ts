import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';

/** A head that is under way when the door closes may take so long; Node itself does not look any more from then on. */
const headMilliseconds = 3_000;

/** The end of an instance: those who ask whether it is ready are told first, then nobody new comes in. */
@Injectable()
export class Stopping {
  private begun = false;
  private listener: Server | undefined;
  private readonly lines = new Set<Socket>();
  /** Lines on which a request is being answered. */
  private readonly busy = new Set<Socket>();

  /** Whether it is about to stop: `/health/ready` says so while everything else is still answered. */
  get isBegun(): boolean {
    return this.begun;
  }

  begin(): void {
    this.begun = true;
  }

  watch(listener: Server): void {
    this.listener = listener;
    listener.on('connection', (line: Socket) => {
      this.lines.add(line);
      line.once('close', () => this.lines.delete(line));
    });
    listener.on('request', ({ socket }, answer) => {
      this.busy.add(socket);
      answer.once('close', () => this.busy.delete(socket));
    });
  }

  /** Who is in is answered. A line on which nobody asked anything yet is no request, and Node would wait for its first one for ever. */
  closeDoor(): void {
    this.listener?.close();
    for (const line of this.lines) if (line.bytesRead === 0) line.destroy();
    setTimeout(() => this.lines.forEach((line) => this.busy.has(line) || line.destroy()), headMilliseconds).unref();
  }
}
