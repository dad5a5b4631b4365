import { randomUUIDv7 } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Transactions } from '../../platform/database/transactions.js';
import { type Attempt, JobRunner } from '../jobs/job-runner.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { placeOf } from '../../platform/sealing/places.js';
import { type CitizenMessage, type MessageChannel, MessageGateway } from './message-gateway.js';

/** Tries, with growing pauses: a code is needed within minutes. */
const mostAttempts = 5;

interface Waiting {
  channel: MessageChannel;
  sealed: Buffer;
  sealedKey: number;
  usefulUntil: Date;
}

/** Messages to citizens on their way: written in the transaction of what they tell, sealed, and forgotten once they are sent or of no use. */
@Injectable()
export class Outbox implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly keys: Keys,
    private readonly gateway: MessageGateway,
    private readonly runner: JobRunner,
  ) {}

  onModuleInit(): void {
    this.runner.registerTask('send_message', ({ id }, attempt) => this.deliver(String(id), attempt));
  }

  /** @param usefulUntil after this moment it is not sent any more */
  async enqueue(channel: MessageChannel, message: CitizenMessage, usefulUntil: Date): Promise<void> {
    await this.transactions.run(async (tx) => {
      const id = randomUUIDv7();
      const { sealed, keyVersion } = this.keys.ring.seal(message, placeOf.message(id));
      await tx.query('insert into outgoing_message (id, channel, sealed, sealed_key, useful_until) values ($1, $2, $3, $4, $5)', [
        id,
        channel,
        sealed,
        keyVersion,
        usefulUntil,
      ]);
      await tx.query(
        `select graphile_worker.add_job('send_message', json_build_object('id', $1::text), job_key => $1::text, max_attempts => $2)`,
        [id, mostAttempts],
      );
    });
  }

  /** @throws Error where it is to be tried again */
  private async deliver(id: string, { number, of }: Attempt): Promise<void> {
    const [waiting] = await this.transactions.manager.query<Waiting[]>(
      `select channel, sealed, sealed_key as "sealedKey", useful_until as "usefulUntil" from outgoing_message where id = $1 and state = 'waiting'`,
      [id],
    );
    if (!waiting) return;
    if (waiting.usefulUntil.getTime() <= Date.now()) return this.end(id, 'failed');
    const ring = await this.keys.upToDate();
    const message = ring.open<CitizenMessage>({ sealed: waiting.sealed, keyVersion: waiting.sealedKey }, placeOf.message(id));
    try {
      await this.gateway.send(id, waiting.channel, message);
    } catch (error) {
      if (number < of) throw error;
      return this.end(id, 'failed');
    }
    await this.end(id, 'sent');
  }

  private async end(id: string, state: 'sent' | 'failed'): Promise<void> {
    await this.transactions.run((tx) =>
      tx.query('update outgoing_message set state = $2, sealed = null, sealed_key = null, ended_at = now() where id = $1', [id, state]),
    );
  }
}
