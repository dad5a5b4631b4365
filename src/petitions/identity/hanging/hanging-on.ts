import type { EntityManager } from 'typeorm';
import type { KeyRing } from '../../../platform/sealing/key-ring.js';
import type { Telling } from '../redaction.js';
import { everybodyOf, readPeople } from '../sealed-people.js';
import { receptionTables, saidIn, type SealedRow } from './reception-rows.js';

/** Whose words are hidden: a petition, or the first visit or gathering of a matter that no petition came of. */
export type Owner = { petitionId: string } | { visitId: string } | { incidentId: string };

/** What hangs on a petition or a matter, by the ways that lead to it. */
export interface Hanging {
  owner: Owner;
  petitionIds: string[];
  visitIds: string[];
  appointmentIds: string[];
  incidentIds: string[];
}

/**
 * Visits of the petition or the matter, of the same matter, and those joined by an appointment that was agreed on at one and kept at the other;
 * the appointments between them; and gatherings over the petition, over the matter, and of the same matter as one of them.
 */
export async function hangingOn(tx: EntityManager, owner: Owner, petitionIds: string[] = petitionOf(owner)): Promise<Hanging> {
  const [row] = await tx.query<Omit<Hanging, 'owner' | 'petitionIds'>[]>(
    `with recursive visited as (
       select v.id, v.matter_id, v.ticket_id, v.appointment_id from reception_visit v where v.petition_id = any ($1) or v.matter_id = any ($2)
       union
       select v.id, v.matter_id, v.ticket_id, v.appointment_id from visited
       cross join lateral (
         select id from reception_visit where matter_id = visited.matter_id
         union select kept.id from reception_ticket ticket join reception_visit kept on kept.ticket_id = ticket.id
           where ticket.appointment_id = visited.appointment_id
         union select agreed.id from reception_ticket ticket join reception_visit agreed on agreed.appointment_id = ticket.appointment_id
           where ticket.id = visited.ticket_id
       ) next join reception_visit v on v.id = next.id
     )
     select array(select id from visited order by id) as "visitIds",
       array(select appointment_id from visited where appointment_id is not null
         union select ticket.appointment_id from visited join reception_ticket ticket on ticket.id = visited.ticket_id
           where ticket.appointment_id is not null) as "appointmentIds",
       array(select id from reception_incident where matter_id = any ($3)
         or matter_id in (select matter_id from reception_incident where petition_id = any ($1)) order by id) as "incidentIds"`,
    [petitionIds, 'visitId' in owner ? [owner.visitId] : [], 'incidentId' in owner ? [owner.incidentId] : []],
  );
  return { owner, petitionIds, ...row! };
}

function petitionOf(owner: Owner): string[] {
  return 'petitionId' in owner ? [owner.petitionId] : [];
}

/** The petition with the whole that it is a part of and the other parts: the same people are behind all of them. */
export async function familyOf(tx: EntityManager, petitionId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `with whole as (select coalesce(parent_id, id) as id from petition where id = $1)
     select id from whole union select part.id from whole join petition part on part.parent_id = whole.id`,
    [petitionId],
  );
  return rows.map(({ id }) => id);
}

/** Everybody who must not be known from the words of what hangs together: parties, signatories, visitors, bookers, representatives. */
export async function peopleOf(tx: EntityManager, ring: KeyRing, hanging: Hanging): Promise<Telling[]> {
  const people: Telling[] = [];
  for (const id of hanging.petitionIds) people.push(...everybodyOf(await readPeople(tx, ring, id)));
  for (const of of receptionTables) {
    const rows = await tx.query<SealedRow[]>(
      `select id, sealed, sealed_key as "sealedKey" from ${of.table} where id = any ($1) and sealed is not null`,
      [hanging[of.of]],
    );
    people.push(...rows.flatMap((row) => of.people(saidIn(ring, of, row))));
  }
  return people;
}
