import type { EntityManager } from 'typeorm';
import type { Relation } from '../petition.js';
import type { LegalDate } from '../../platform/text/legal-date.js';

/** A link between two petitions that holds no more. */
export interface EndedLink {
  petitionId: string;
  relatedPetitionId: string;
  relation: Relation['relation'];
}

/** Stores that a petition relates to an earlier one; one that was ended holds again. Answers whether anything changed. */
export async function storeLink(
  tx: EntityManager,
  petitionId: string,
  { petitionId: relatedId, relation, reason }: Relation & { reason: string | null },
  accountId: string,
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into petition_relation (petition_id, related_petition_id, relation, reason, created_by) values ($1, $2, $3, $4, $5)
     on conflict (petition_id, related_petition_id) do update
       set relation = excluded.relation, reason = excluded.reason, created_by = excluded.created_by, created_at = now(), ended_on = null
       where petition_relation.ended_on is not null or petition_relation.relation <> excluded.relation
     returning petition_id`,
    [petitionId, relatedId, relation, reason, accountId],
  );
  return rows.length > 0;
}

/** Ends the links between some petitions and the others of a case. */
export async function endLinks(tx: EntityManager, petitionIds: string[], otherCaseId: string, on: LegalDate): Promise<EndedLink[]> {
  const [ended] = await tx.query<[EndedLink[], number]>(
    `update petition_relation r set ended_on = $3
     from petition one, petition other
     where one.id = r.petition_id and other.id = r.related_petition_id and r.ended_on is null
       and ((one.id = any ($1) and other.case_id = $2) or (other.id = any ($1) and one.case_id = $2))
     returning r.petition_id as "petitionId", r.related_petition_id as "relatedPetitionId", r.relation`,
    [petitionIds, otherCaseId, on],
  );
  return ended;
}
