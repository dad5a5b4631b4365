import type { EntityManager } from 'typeorm';
import type { KeyRing } from '../../platform/sealing/key-ring.js';
import { compareAnew } from '../identity/seal-open-identities.js';
import { renewFingerprint } from './duplicates.service.js';
import type { Comparable } from './fingerprint.js';

/** As many petitions are read and compared at once. */
const atOnce = 50;

/** How many petitions {@link storeMissingFingerprints} has to look at. */
export const fingerprintsMissing =
  'select count(*)::int as left from petition p where not exists (select from petition_match where petition_id = p.id)';

/** Makes the fingerprints of petitions that were stored before there were any; goes on where it stopped when it runs again. */
export async function storeMissingFingerprints(manager: EntityManager, ring: KeyRing, mayGoOn: (done: number) => boolean): Promise<void> {
  let done = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const petitions = await manager.query<({ id: string; identitySecret: boolean } & Comparable)[]>(
      `select p.id, p.kind, p.summary, p.content, p.respondent, p.matter_unit_id as "matterUnitId", p.identity_secret as "identitySecret",
         coalesce((select json_agg(json_build_object('role', role, 'name', name, 'nationalId', national_id, 'address', address, 'birthYear', birth_year)
                     order by position)
                   from petition_party where petition_id = p.id), '[]') as parties
       from petition p
       where p.id > $1 and not exists (select from petition_match where petition_id = p.id)
       order by p.id limit ${atOnce}`,
      [after],
    );
    if (petitions.length === 0) return;
    await manager.transaction(async (tx) => {
      for (const { id, identitySecret, ...petition } of petitions)
        await (identitySecret ? compareAnew(tx, ring, id) : renewFingerprint(tx, id, petition, ring.comparisonKey));
    });
    after = petitions.at(-1)!.id;
    done += petitions.length;
    if (!mayGoOn(done)) return;
  }
}
