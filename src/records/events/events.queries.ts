import type { NamedQuery } from '../../platform/database/transactions.js';
import { visibleTo } from '../../petitions/visible-to.js';
import { seenUnit } from '../../structure/units/seen-unit.js';
import type { OutgoingEvent } from './event.js';

/**
 * @param seesGathering condition on the event: its reader sees the unit that recorded the gathering
 * @param seesPetition condition on `p`: its reader sees that petition
 */
const eventColumns = (seesGathering: string, seesPetition: string) => `e.position, e.id, e.type, e.occurred_on as "occurredOn",
  e.recorded_at as "recordedAt",
  case
    -- Before it turned out to be a denunciation it may have been of one case with petitions that name who filed them.
    when e.petition_id is not null
      then coalesce((select e.data || jsonb_build_object('caseId', p.case_id) from petition p where p.id = e.petition_id and p.identity_secret), e.data)
    -- A unit that a gathering comes from is told of it, and need not be one that sees the petition.
    when e.data ->> 'petitionId' is not null and not (${seesGathering})
      and not exists (select from petition p where p.id = (e.data ->> 'petitionId')::uuid and ${seesPetition})
      then e.data || '{"petitionId": null}'
    else e.data
  end as data`;

const gatheringUnit = `(e.data ->> 'unitId')::uuid`;

/** Values: position to start after, units, types or null, limit. */
export const eventsAfter: NamedQuery = {
  name: 'events-after',
  text: `select ${eventColumns(`${gatheringUnit} = any ($2::uuid[])`, 'p.involved_unit_ids && $2::uuid[]')} from outgoing_event e
    where e.position > $1 and e.unit_ids && $2::uuid[] and ($3::text[] is null or e.type = any ($3)) order by e.position limit $4`,
};

/** Where the feed stands. */
export interface FeedState {
  /** Id of the epoch that goes on now. */
  epoch: string;
  /** Position of the last event of all. */
  head: number;
  /** Last position up to which an earlier epoch that was named has the same events; null where it is not known here, or is no earlier one. */
  sharedUpTo: number | null;
}

/** Values: id of an epoch or null. */
export const feedState: NamedQuery = {
  name: 'feed-state',
  text: `select (select id from system_epoch order by number desc limit 1) as epoch, coalesce((select max(position) from outgoing_event), 0) as head,
    (select min(later.event_position) from system_epoch known join system_epoch later on later.number > known.number
     where known.id = $1::uuid) as "sharedUpTo"`,
};

export interface SubscriptionRow {
  id: string;
  unitId: string;
  roots: string[];
  includeSubordinates: boolean;
  url: string;
  types: string[];
  active: boolean;
  stoppedBecause: string | null;
  version: number;
  createdAt: Date;
  sealed: Buffer;
  sealedKey: number;
  mostAttempts: number;
}

const subscriptionColumns = `s.id, s.unit_id as "unitId", s.roots, s.include_subordinates as "includeSubordinates", s.url, s.types, s.active,
  s.stopped_because as "stoppedBecause", s.version, s.created_at as "createdAt", s.sealed, s.sealed_key as "sealedKey", s.most_attempts as "mostAttempts"`;

/** Values: units. */
export const subscriptionsOf: NamedQuery = {
  name: 'webhook-subscriptions-of',
  text: `select ${subscriptionColumns} from webhook_subscription s where s.unit_id = any ($1::uuid[]) order by s.created_at desc, s.id desc limit 1000`,
};

/** Values: id, units. */
export const subscriptionById: NamedQuery = {
  name: 'webhook-subscription-by-id',
  text: `select ${subscriptionColumns} from webhook_subscription s where s.id = $1 and s.unit_id = any ($2::uuid[])`,
};

/** Values: id, units. Held until the end of the transaction. */
export const lockSubscription: NamedQuery = { name: 'webhook-subscription-locked', text: `${subscriptionById.text} for update` };

export interface DeliveryRow {
  id: string;
  subscriptionId: string;
  eventPosition: number;
  eventType: string;
  state: 'pending' | 'delivered' | 'dead';
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: Date;
  attemptedAt: Date | null;
  deliveredAt: Date | null;
}

const deliveryColumns = `d.id, d.subscription_id as "subscriptionId", d.event_position as "eventPosition", e.type as "eventType", d.state, d.attempts,
  d.last_status as "lastStatus", d.last_error as "lastError", d.created_at as "createdAt", d.attempted_at as "attemptedAt", d.delivered_at as "deliveredAt"`;

/** Values: subscription, state or null, moment and id to start after or null, limit. */
export const deliveriesOf: NamedQuery = {
  name: 'webhook-deliveries-of',
  text: `select ${deliveryColumns} from webhook_delivery d join outgoing_event e on e.position = d.event_position
    where d.subscription_id = $1 and ($2::text is null or d.state = $2)
      and ($3::timestamptz is null or (date_trunc('milliseconds', d.created_at), d.id) < ($3, $4::uuid))
    order by date_trunc('milliseconds', d.created_at) desc, d.id desc limit $5`,
};

/** Values: delivery, units. */
export const deliveryById: NamedQuery = {
  name: 'webhook-delivery-by-id',
  text: `select ${deliveryColumns} from webhook_delivery d join outgoing_event e on e.position = d.event_position
    join webhook_subscription s on s.id = d.subscription_id where d.id = $1 and s.unit_id = any ($2::uuid[])`,
};

/** What a delivery needs: its subscription and its event. */
export type DueDelivery = SubscriptionRow & OutgoingEvent & { subscriptionId: string; deliveryState: DeliveryRow['state'] };

/** Values: delivery. */
export const dueDelivery: NamedQuery = {
  name: 'webhook-due-delivery',
  text: `select ${subscriptionColumns},
      ${eventColumns(seenUnit(gatheringUnit, 's.roots', 's.include_subordinates'), visibleTo('s.roots', 's.include_subordinates'))}, s.id as "subscriptionId", d.state as "deliveryState"
    from webhook_delivery d join webhook_subscription s on s.id = d.subscription_id join outgoing_event e on e.position = d.event_position where d.id = $1`,
};
