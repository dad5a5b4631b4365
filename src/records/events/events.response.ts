import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { petitionKinds } from '../../rules/evaluation/filing.js';
import { type EventData, type EventMessage } from './event.js';
import type { DeliveryRow, SubscriptionRow } from './events.queries.js';
import type { DeliveryOutcome } from './webhook-delivery.service.js';

export const deliveryStates = ['pending', 'delivered', 'dead'] as const;

export class EventDataResponse {
  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  @ApiProperty({ example: 'BDI-2026-000012' })
  number: string;

  @ApiProperty({ format: 'uuid' })
  caseId: string;

  @ApiProperty({ enum: petitionKinds })
  kind: EventData['kind'];

  @ApiProperty({ example: 'accepted' })
  state: string;

  @ApiProperty({ format: 'uuid' })
  receivedUnitId: string;

  @ApiProperty({ format: 'uuid' })
  responsibleUnitId: string;

  @ApiProperty({ format: 'uuid' })
  competentUnitId: string | null;

  @ApiProperty({ type: [String], example: ['over_level'] })
  flags: EventData['flags'];

  @ApiProperty({ format: 'date' })
  nextDueOn: string | null;
}

export class IncidentDataResponse {
  @ApiProperty({ format: 'uuid' })
  incidentId: string;

  @ApiProperty({ example: 'HNI-P004-DDN-2026-000003' })
  number: string;

  @ApiProperty({ format: 'uuid' })
  unitId: string;

  /** Where the matter comes from. */
  @ApiProperty({ format: 'uuid' })
  originUnitId: string | null;

  @ApiProperty({ example: 'city_office' })
  placeType: string;

  @ApiProperty({ example: 30 })
  persons: number;

  @ApiProperty({ format: 'uuid' })
  petitionId: string | null;

  @ApiProperty({ format: 'date' })
  onDate: string;

  @ApiProperty({ format: 'date-time' })
  endedAt: string | null;
}

export class AccountProposalDataResponse {
  @ApiProperty({ format: 'uuid' })
  proposalId: string;

  @ApiProperty({ format: 'uuid' })
  accountId: string;

  @ApiProperty({ example: 'account' })
  type: string;

  @ApiProperty({ format: 'uuid' })
  unitId: string;

  /** Whose leader is asked. */
  @ApiProperty({ format: 'uuid' })
  approvingUnitId: string | null;

  @ApiProperty({ example: 'pending' })
  state: string;
}

@ApiExtraModels(EventDataResponse, IncidentDataResponse, AccountProposalDataResponse)
export class EventResponse {
  /** Place in the order of all events. */
  @ApiProperty({ example: 1201 })
  position: number;

  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'petition.accepted' })
  type: string;

  @ApiProperty({ format: 'date' })
  occurredOn: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt: string;

  /** Of a petition (`petition.…`), of a gathering (`incident.…`), or of a proposal for an account (`account_proposal.…`). */
  @ApiProperty({
    oneOf: [EventDataResponse, IncidentDataResponse, AccountProposalDataResponse].map((data) => ({ $ref: getSchemaPath(data) })),
  })
  data: EventDataResponse | IncidentDataResponse | AccountProposalDataResponse;
}

export class EventsResponse {
  items: EventResponse[];

  /** For `after` of the next call; what you sent where there is nothing new. */
  @ApiProperty({ example: 1201 })
  next: number;

  /** What positions count in, for `epoch` of the next call: another one after the system was restored from a backup. */
  @ApiProperty({ format: 'uuid' })
  epoch: string;

  /** There is more right away. */
  more: boolean;
}

export class SubscriptionResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  unitId: string;

  @ApiProperty({ example: 'https://mot-cua.hanoi.gov.vn/hooks/tiep-dan' })
  url: string;

  types: string[];
  includeSubordinates: boolean;
  active: boolean;

  @ApiProperty({ example: null })
  stoppedBecause: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export class SubscriptionWithSecretResponse extends SubscriptionResponse {
  /** To check signatures with; told this once. */
  @ApiProperty({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })
  secret: string;
}

export class SubscriptionsResponse {
  items: SubscriptionResponse[];
}

export class DeliveryResponse {
  /** `webhook-id` of the message, the same with every attempt. */
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  subscriptionId: string;

  @ApiProperty({ example: 1201 })
  eventPosition: number;

  @ApiProperty({ example: 'petition.accepted' })
  eventType: string;

  @ApiProperty({ enum: deliveryStates })
  state: DeliveryRow['state'];

  @ApiProperty({ example: 1 })
  attempts: number;

  @ApiProperty({ example: 503 })
  lastStatus: number | null;

  @ApiProperty({ example: 'ECONNREFUSED' })
  lastError: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ format: 'date-time' })
  attemptedAt: string | null;

  @ApiProperty({ format: 'date-time' })
  deliveredAt: string | null;
}

export class DeliveriesResponse {
  items: DeliveryResponse[];
  nextCursor: string | null;
}

export class TestDeliveryResponse implements DeliveryOutcome {
  @ApiProperty({ example: true })
  delivered: boolean;

  @ApiProperty({ example: 204 })
  status: number | null;

  @ApiProperty({ example: null })
  error: string | null;

  @ApiProperty({ example: 42 })
  milliseconds: number;
}

export class ReplayResponse {
  /** Events that are sent again; at most 10,000 at once. */
  @ApiProperty({ example: 12 })
  queued: number;
}

export function toEvents(messages: EventMessage[], epoch: string, after: number, limit: number): EventsResponse {
  return { items: messages, next: messages.at(-1)?.position ?? after, epoch, more: messages.length === limit };
}

export function toSubscription(row: SubscriptionRow): SubscriptionResponse {
  const { id, unitId, url, types, includeSubordinates, active, stoppedBecause, createdAt } = row;
  return { id, unitId, url, types, includeSubordinates, active, stoppedBecause, createdAt: createdAt.toISOString() };
}

export function toDelivery(row: DeliveryRow): DeliveryResponse {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    attemptedAt: row.attemptedAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}
