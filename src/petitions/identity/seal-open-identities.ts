import type { EntityManager } from 'typeorm';
import type { KeyRing } from '../../platform/sealing/key-ring.js';
import { renewFingerprint } from '../duplicates/duplicates.service.js';
import type { Comparable } from '../duplicates/fingerprint.js';
import { showWords } from './hanging/hide-words.js';
import { keepSecrecy, keepSecrecyOfGathering, keepSecrecyOfVisit } from './hanging/keep-secrecy.js';
import { hidePeople, readPeople, showPeople } from './sealed-people.js';

/** As many petitions are looked for at once. */
const atOnce = 200;
/** Before every id. */
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** Petitions of which somebody is secret and not sealed, or of which not all that hangs on them is hidden. */
const open = `identity_secret and (not hanging_hidden
  or exists (select from petition_party where petition_id = p.id and role <> 'respondent' and sealed is null)
  or exists (select from petition_signatory where petition_id = p.id and sealed is null))`;

/** How many petitions {@link sealOpenIdentities} has to look at. */
export const identitiesOpen = `select count(*)::int as left from petition p where ${open}`;

/**
 * Seals the identities that an earlier version stored open, and hides what hangs on them, one petition after the other; goes on where it stopped when
 * it runs again.
 */
export async function sealOpenIdentities(manager: EntityManager, ring: KeyRing, mayGoOn: (done: number) => boolean): Promise<void> {
  let done = 0;
  for (let after = beforeAll; ;) {
    const ids = await manager.query<{ id: string }[]>(`select id from petition p where id > $1 and ${open} order by id limit ${atOnce}`, [
      after,
    ]);
    if (ids.length === 0) break;
    after = ids.at(-1)!.id;
    for (const { id } of ids) {
      await manager.transaction(async (tx) => {
        await hidePeople(tx, ring, id);
        await compareAnew(tx, ring, id);
        await keepSecrecy(tx, ring, id);
      });
      if (!mayGoOn(++done)) return;
    }
  }
  await hideVisitsAround(manager, ring);
}

/** Visits of the same matter as one to denounce, which no petition came of. */
async function hideVisitsAround(manager: EntityManager, ring: KeyRing): Promise<void> {
  const visits = await manager.query<{ id: string }[]>(
    `select distinct on (v.matter_id) v.id from reception_visit v
     where v.kind = 'denunciation' and v.petition_id is null
       and (exists (select from reception_visit other where other.matter_id = v.matter_id and not other.identity_secret)
         or exists (select from reception_appointment a where a.id = v.appointment_id and not a.identity_secret)
         or exists (select from reception_ticket t join reception_appointment a on a.id = t.appointment_id
                    where t.id = v.ticket_id and not a.identity_secret))`,
  );
  for (const { id } of visits) await manager.transaction((tx) => keepSecrecyOfVisit(tx, ring, id));
}

/** Matters of which one gathering is secret, and another one is not. */
const mattersOpen =
  'select matter_id as id from reception_incident group by 1 having bool_or(identity_secret) and not bool_and(identity_secret)';

/** How many matters {@link hideGatheringsAround} has to look at. */
export const gatheringsOpen = `select count(*)::int as left from (${mattersOpen}) matters`;

/** Hides the gatherings of the same matter as a secret one, which an earlier version left open. */
export async function hideGatheringsAround(manager: EntityManager, ring: KeyRing, mayGoOn: (done: number) => boolean): Promise<void> {
  const matters = await manager.query<{ id: string }[]>(mattersOpen);
  for (const [at, { id }] of matters.entries()) {
    await manager.transaction((tx) => keepSecrecyOfGathering(tx, ring, id));
    if (!mayGoOn(at + 1)) return;
  }
}

/** Opens every sealed identity, before the migration that brought the seal is taken back. */
export async function openSealedIdentities(manager: EntityManager, ring: KeyRing): Promise<void> {
  const ids = await manager.query<{ id: string }[]>(
    `select petition_id as id from petition_party where sealed is not null union select petition_id from petition_signatory where sealed is not null
     union select petition_id from sealed_text`,
  );
  await manager.transaction(async (tx) => {
    for (const { id } of ids) await showPeople(tx, ring, id);
  });
}

/** Puts every hidden word back, before the migration that brought hiding is taken back. */
export async function showHiddenWords(manager: EntityManager, ring: KeyRing): Promise<void> {
  const owners = await manager.query<{ petitionId: string | null; visitId: string | null }[]>(
    'select distinct petition_id as "petitionId", visit_id as "visitId" from hidden_words',
  );
  await manager.transaction(async (tx) => {
    for (const { petitionId, visitId } of owners) await showWords(tx, ring, petitionId ? { petitionId } : { visitId: visitId! });
  });
}

/** Makes the fingerprint of a petition whose author is secret anew, from the identities as they are under the seal. */
export async function compareAnew(tx: EntityManager, ring: KeyRing, petitionId: string): Promise<void> {
  const [row] = await tx.query<Omit<Comparable, 'parties' | 'kind'>[]>(
    'select summary, content, respondent, matter_unit_id as "matterUnitId" from petition where id = $1',
    [petitionId],
  );
  const { parties } = await readPeople(tx, ring, petitionId);
  await renewFingerprint(tx, petitionId, { ...row!, kind: 'denunciation', parties }, ring.comparisonKey);
}
