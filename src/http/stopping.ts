import type { Server, Socket } from 'node:net';
import { Injectable } from '@nestjs/common';

/** The end of an instance: those who ask whether it is ready are told first, then nobody new comes in. */
@Injectable()
export class Stopping {
  private begun = false;
  private listener: Server | undefined;
  private readonly lines = new Set<Socket>();

  /** Whether it is about to stop: `/health/ready` says so while everything else is still answered. */
  get isBegun(): boolean {
    return this.begun;
  }

  begin(): void {
    this.begun = true;
  }

  watch(listener: Server): void {
    this.listener = listener;
    listener.on('connection', (line) => {
      this.lines.add(line);
      line.once('close', () => this.lines.delete(line));
    });
  }

  /** Who is in is answered. A line on which nobody has asked anything yet is no request, and Node would wait for its first one. */
  closeDoor(): void {
    this.listener?.close();
    for (const line of this.lines) if (line.bytesRead === 0) line.destroy();
  }
}
