import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { placeOf } from '../../platform/sealing/places.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import {
  deliveriesOf,
  deliveryById,
  type DeliveryRow,
  lockSubscription,
  subscriptionById,
  subscriptionsOf,
  type SubscriptionRow,
} from './events.queries.js';
import { allowedTargets, mustBeSafe, UnsafeTarget } from './safe-target.js';
import type { WebhookSecret } from './webhook-secret.js';

/** Where events are to be sent, and which. */
export interface SubscriptionOrder {
  url: string;
  /** Empty for all. */
  types?: string[];
  includeSubordinates?: boolean;
}

export interface SubscriptionChange extends Partial<SubscriptionOrder> {
  active?: boolean;
}

/** A subscription together with its secret, which is told once. */
export interface WithSecret {
  subscription: SubscriptionRow;
  secret: string;
}

/** For so long what is sent is signed with the secret of before as well. */
const overlapHours = 24;

/** Subscriptions to events by webhook: administrators keep those of their units. */
@Injectable()
export class WebhooksService {
  private readonly allowed;

  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly keys: Keys,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.allowed = allowedTargets(config.webhookAllow);
  }

  list(by: Official): Promise<SubscriptionRow[]> {
    return this.transactions.rows<SubscriptionRow>(subscriptionsOf, [[...this.scope.administered(by)]]);
  }

  async get(id: string, by: Official): Promise<SubscriptionRow> {
    const [row] = await this.transactions.rows<SubscriptionRow>(subscriptionById, [id, [...this.scope.administered(by)]]);
    if (!row) throw noSuchSubscription();
    return row;
  }

  /**
   * Subscribes the caller's unit.
   * @throws Problem naming `/url` for a target that must not be called
   */
  async create({ url, types = [], includeSubordinates = false }: SubscriptionOrder, by: Official): Promise<WithSecret> {
    await this.checkTarget(url);
    const secret = newSecret();
    return this.transactions.run(async (tx) => {
      const [made] = await tx.query<[{ id: string }]>('select new_id() as id');
      const { sealed, keyVersion } = this.keys.ring.seal(
        { current: secret, previous: null, until: null } satisfies WebhookSecret,
        placeOf.webhookSecret(made.id),
      );
      const { roots } = this.scope.visible(by);
      await tx.query(
        `insert into webhook_subscription (id, unit_id, roots, include_subordinates, url, types, sealed, sealed_key, most_attempts, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [made.id, by.unitId, roots, includeSubordinates, url, types, sealed, keyVersion, this.config.webhookAttempts, by.accountId],
      );
      return { subscription: await this.lock(made.id, by), secret };
    });
  }

  /** Changes target, types or scope; one that was stopped goes on with `active`. */
  async change(id: string, change: SubscriptionChange, expected: number | null, by: Official): Promise<SubscriptionRow> {
    if (change.url) await this.checkTarget(change.url);
    return this.transactions.run(async (tx) => {
      const before = await this.lock(id, by);
      mustMatch(before.version, expected);
      await tx.query(
        `update webhook_subscription set url = $2, types = $3, include_subordinates = $4, active = $5,
           stopped_because = case when $5 then null else coalesce(stopped_because, 'stopped by an administrator') end, version = version + 1 where id = $1`,
        [
          id,
          change.url ?? before.url,
          change.types ?? before.types,
          change.includeSubordinates ?? before.includeSubordinates,
          change.active ?? before.active,
        ],
      );
      return this.lock(id, by);
    });
  }

  /** Ends a subscription; what waits is not sent any more. */
  async remove(id: string, by: Official): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.lock(id, by);
      await tx.query('delete from webhook_subscription where id = $1', [id]);
    });
  }

  /** Makes a new secret; for a day what is sent is signed with the one before, too, so that the receiver can change over. */
  renewSecret(id: string, by: Official): Promise<WithSecret> {
    const secret = newSecret();
    return this.transactions.run(async (tx) => {
      const row = await this.lock(id, by);
      const { current } = this.keys.ring.open<WebhookSecret>({ sealed: row.sealed, keyVersion: row.sealedKey }, placeOf.webhookSecret(id));
      const until = new Date(Date.now() + overlapHours * 3_600_000).toISOString();
      const { sealed, keyVersion } = this.keys.ring.seal(
        { current: secret, previous: current, until } satisfies WebhookSecret,
        placeOf.webhookSecret(id),
      );
      await tx.query('update webhook_subscription set sealed = $2, sealed_key = $3, version = version + 1 where id = $1', [
        id,
        sealed,
        keyVersion,
      ]);
      return { subscription: await this.lock(id, by), secret };
    });
  }

  /** What was and is to be sent, the newest first. */
  async deliveries(
    id: string,
    { state, limit = defaultLimit, cursor }: { state?: DeliveryRow['state']; limit?: number; cursor?: string },
    by: Official,
  ): Promise<Page<DeliveryRow>> {
    await this.get(id, by);
    const after = decodeCursor(cursor, [(value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)), isUuid]);
    const rows = await this.transactions.rows<DeliveryRow>(deliveriesOf, [
      id,
      state ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      (row) => [row.createdAt.toISOString(), row.id],
      (row) => row,
    );
  }

  /**
   * Sends a delivery again, dead or delivered, under the same id.
   * @throws Problem `action-not-allowed` for one that waits
   */
  replay(deliveryId: string, by: Official): Promise<DeliveryRow> {
    return this.transactions.run(async (tx) => {
      const delivery = await this.delivery(deliveryId, by);
      if (delivery.state === 'pending') throw stillPending();
      await tx.query(`update webhook_delivery set state = 'pending', attempts = 0, delivered_at = null where id = $1`, [deliveryId]);
      await queueDeliveries(tx, [deliveryId], this.config.webhookAttempts);
      return this.delivery(deliveryId, by);
    });
  }

  /** Sends all events of the subscription after a position again, those that were sent as well. Answers how many. */
  replayAfter(id: string, position: number, by: Official): Promise<number> {
    return this.transactions.run(async (tx) => {
      await this.lock(id, by);
      const rows = await tx.query<{ id: string }[]>(
        `insert into webhook_delivery (subscription_id, event_position)
         select s.id, e.position from webhook_subscription s join outgoing_event e on e.position > $2 and webhook_wants(s, e) where s.id = $1
         order by e.position limit ${mostReplayed}
         on conflict (subscription_id, event_position) do update set state = 'pending', attempts = 0, delivered_at = null
         returning id`,
        [id, position],
      );
      await queueDeliveries(
        tx,
        rows.map((row) => row.id),
        this.config.webhookAttempts,
      );
      return rows.length;
    });
  }

  private async delivery(id: string, by: Official): Promise<DeliveryRow> {
    const [row] = await this.transactions.rows<DeliveryRow>(deliveryById, [id, [...this.scope.administered(by)]]);
    if (!row) throw Problem.notFound('lần gửi này', 'delivery');
    return row;
  }

  private async lock(id: string, by: Official): Promise<SubscriptionRow> {
    const [row] = await this.transactions.rows<SubscriptionRow>(lockSubscription, [id, [...this.scope.administered(by)]]);
    if (!row) throw noSuchSubscription();
    return row;
  }

  private async checkTarget(url: string): Promise<void> {
    try {
      await mustBeSafe(url, this.allowed);
    } catch (error) {
      if (error instanceof UnsafeTarget) throw Problem.field('validation-failed', '/url', error.code, reasons[error.code]);
      throw error;
    }
  }
}

const mostReplayed = 10_000;

/** Why a target must not be called. */
export const reasons: Record<UnsafeTarget['code'], { vi: string; en: string }> = {
  url: { vi: 'Không phải địa chỉ URL đúng; cổng từ 1 đến 65535.', en: 'Not a well-formed URL; ports go from 1 to 65535.' },
  scheme: {
    vi: 'Cần https; http chỉ cho máy trong danh sách TIEPDAN_WEBHOOK_ALLOW.',
    en: 'Needs https; http only for hosts that TIEPDAN_WEBHOOK_ALLOW names.',
  },
  credentials: { vi: 'URL không được chứa tên và mật khẩu.', en: 'A URL must not hold a name and password.' },
  not_reachable: {
    vi: 'Không có máy này trên Internet công cộng, và TIEPDAN_WEBHOOK_ALLOW không nêu tên.',
    en: 'There is no such host in the public Internet, and TIEPDAN_WEBHOOK_ALLOW does not name it.',
  },
  too_many_redirects: { vi: 'Chuyển hướng quá nhiều lần.', en: 'Too many redirects.' },
};

async function queueDeliveries(tx: EntityManager, ids: readonly string[], attempts: number): Promise<void> {
  await tx.query(
    `select graphile_worker.add_job('deliver_webhook', json_build_object('id', id), job_key => 'webhook ' || id, max_attempts => $2)
     from unnest($1::text[]) as id`,
    [ids, attempts],
  );
}

/** Standard Webhooks: `whsec_` and 24 to 64 random bytes in Base64. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

function noSuchSubscription(): Problem {
  return Problem.notFound('đăng ký webhook này', 'webhook subscription');
}

function stillPending(): Problem {
  return new Problem('action-not-allowed', { vi: 'Lần gửi này đang chờ.', en: 'This delivery is waiting to be sent.' });
}
