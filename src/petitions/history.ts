import type { EntityManager } from 'typeorm';
import type { Official } from '../platform/access/official.js';
import type { LegalDate } from '../platform/text/legal-date.js';

/** Something that happened to a petition: appended, never changed, each chained to the one before by its hash. */
export interface PetitionEvent {
  type: string;
  /** Legal day on which it happened, which may lie before the day it is recorded. */
  occurredOn: LegalDate;
  reason?: string | null;
  facts?: Record<string, unknown>;
}

export async function record(tx: EntityManager, petitionId: string, event: PetitionEvent, by: Official): Promise<void> {
  await tx.query(
    'insert into petition_event (petition_id, type, occurred_on, account_id, unit_id, reason, facts) values ($1, $2, $3, $4, $5, $6, $7)',
    [petitionId, event.type, event.occurredOn, by.accountId, by.unitId, event.reason ?? null, event.facts ?? {}],
  );
}
