import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import type { Official } from '../../platform/access/official.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Transactions } from '../../platform/database/transactions.js';
import { type Attempt, JobRunner } from '../../structure/jobs/job-runner.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { placeOf } from '../../platform/sealing/places.js';
import { type EventMessage, toMessage } from './event.js';
import { type DueDelivery, dueDelivery, type SubscriptionRow } from './events.queries.js';
import { type AllowedTargets, allowedTargets, postSafely, UnsafeTarget } from './safe-target.js';
import type { WebhookSecret } from './webhook-secret.js';
import { WebhooksService } from './webhooks.service.js';

/** How a target answered. */
export interface DeliveryOutcome {
  delivered: boolean;
  status: number | null;
  /** What kept the target from answering, without anything that it said. */
  error: string | null;
  milliseconds: number;
}

type Message = Omit<EventMessage, 'data'> & { data: object };

/** Sends events by webhook as Standard Webhooks has it: signed with moment and id, tried again with growing pauses, laid aside when it fails for good. */
@Injectable()
export class WebhookDeliveryService implements OnModuleInit {
  private readonly allowed: AllowedTargets;

  constructor(
    private readonly transactions: Transactions,
    private readonly webhooks: WebhooksService,
    private readonly keys: Keys,
    private readonly runner: JobRunner,
    @Inject(CONFIG) config: Config,
  ) {
    this.allowed = allowedTargets(config.webhookAllow);
  }

  onModuleInit(): void {
    this.runner.registerTask('deliver_webhook', ({ id }, attempt) => this.deliver(String(id), attempt));
  }

  /** Sends a message of the type `webhook.test` now, once. */
  async test(subscriptionId: string, by: Official): Promise<DeliveryOutcome> {
    const subscription = await this.webhooks.get(subscriptionId, by);
    const now = new Date().toISOString();
    const message = { position: 0, id: randomUUID(), type: 'webhook.test', occurredOn: now.slice(0, 10), recordedAt: now, data: {} };
    return this.send(subscription, message.id, message);
  }

  /** @throws Error where it is to be tried again */
  private async deliver(id: string, { number, of }: Attempt): Promise<void> {
    const [due] = await this.transactions.rows<DueDelivery>(dueDelivery, [id]);
    if (!due || due.deliveryState !== 'pending') return;
    if (!due.active) return this.store(id, 'dead', { delivered: false, status: null, error: 'subscription_stopped', milliseconds: 0 });
    const { subscriptionId, ...subscription } = due;
    const outcome = await this.send({ ...subscription, id: subscriptionId }, id, toMessage(due));
    // The target is gone and says so: nothing more is sent to it (Standard Webhooks, "410 Gone").
    if (outcome.status === 410) await this.stop(subscriptionId, 'the target answered 410 Gone');
    const last = number >= of || outcome.status === 410;
    await this.store(id, outcome.delivered ? 'delivered' : last ? 'dead' : 'pending', outcome);
    if (!outcome.delivered && !last) throw new Error(`Attempt ${number} of ${of} failed`);
  }

  private async send({ id, url, sealed, sealedKey }: SubscriptionRow, messageId: string, message: Message): Promise<DeliveryOutcome> {
    const ring = await this.keys.upToDate();
    const secret = ring.open<WebhookSecret>({ sealed, keyVersion: sealedKey }, placeOf.webhookSecret(id));
    const body = JSON.stringify(message);
    const moment = new Date();
    const secrets = [secret.current, ...(secret.previous && secret.until && moment < new Date(secret.until) ? [secret.previous] : [])];
    const started = performance.now();
    const outcome = (status: number | null, error: string | null): DeliveryOutcome => ({
      delivered: status !== null && status >= 200 && status < 300,
      status,
      error,
      milliseconds: Math.round(performance.now() - started),
    });
    try {
      const { status } = await postSafely(
        url,
        body,
        {
          'webhook-id': messageId,
          'webhook-timestamp': String(Math.floor(moment.getTime() / 1000)),
          'webhook-signature': secrets.map((key) => new Webhook(key).sign(messageId, moment, body)).join(' '),
        },
        this.allowed,
      );
      return outcome(status, null);
    } catch (error) {
      return outcome(null, error instanceof UnsafeTarget ? error.code : ((error as { code?: string }).code ?? (error as Error).name));
    }
  }

  private async store(id: string, state: 'pending' | 'delivered' | 'dead', { status, error }: DeliveryOutcome): Promise<void> {
    await this.transactions.run((tx) =>
      tx.query(
        `update webhook_delivery set state = $2, attempts = attempts + 1, last_status = $3, last_error = $4, attempted_at = now(),
           delivered_at = case when $2 = 'delivered' then now() end where id = $1`,
        [id, state, status, error],
      ),
    );
  }

  private async stop(subscriptionId: string, because: string): Promise<void> {
    await this.transactions.run((tx) =>
      tx.query('update webhook_subscription set active = false, stopped_because = $2, version = version + 1 where id = $1 and active', [
        subscriptionId,
        because,
      ]),
    );
  }
}
