import type { EntityManager } from 'typeorm';
import type { KeyRing } from '../../sealing/key-ring.js';
import { renewFingerprint } from '../duplicates/duplicates.service.js';
import type { Comparable } from '../duplicates/fingerprint.js';
import { hidePeople, readPeople, showPeople } from './sealed-people.js';

const atOnce = 200;

/** Seals the identities that an earlier version stored open; goes on where it stopped when it runs again. */
export async function sealOpenIdentities(manager: EntityManager, ring: KeyRing): Promise<void> {
  for (;;) {
    const ids = await manager.query<{ id: string }[]>(
      `select id from petition p where identity_secret and (
         exists (select from petition_party where petition_id = p.id and role <> 'respondent' and sealed is null)
         or exists (select from petition_signatory where petition_id = p.id and sealed is null))
       order by id limit ${atOnce}`,
    );
    if (ids.length === 0) return;
    await manager.transaction(async (tx) => {
      for (const { id } of ids) {
        await hidePeople(tx, ring, id);
        await compareAnew(tx, ring, id);
      }
    });
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

/** Makes the fingerprint of a petition whose author is secret anew, from the identities as they are under the seal. */
export async function compareAnew(tx: EntityManager, ring: KeyRing, petitionId: string): Promise<void> {
  const [row] = await tx.query<Omit<Comparable, 'parties' | 'kind'>[]>(
    'select summary, content, respondent, matter_unit_id as "matterUnitId" from petition where id = $1',
    [petitionId],
  );
  const { parties } = await readPeople(tx, ring, petitionId);
  await renewFingerprint(tx, petitionId, { ...row!, kind: 'denunciation', parties }, ring.comparisonKey);
}
