import { Injectable } from '@nestjs/common';
import { petitionsOfRows } from '../../database/ways-to-petitions.js';
import { Transactions } from '../../database/transactions.js';
import { Keys } from '../../sealing/keys.service.js';
import { placeOf } from '../../sealing/places.js';
import type { Visible } from '../../units/access-scope.js';
import { UnitDirectory } from '../../units/unit-directory.js';
import { visibleTo } from '../visible-to.js';
import { Redaction, type Telling } from './redaction.js';
import { everybodyOf, readPeople } from './sealed-people.js';

/**
 * Values: ids of anything, numbers of petitions, units whose petitions may be referred to (null: all), whether with what is below them. The petitions
 * they lead to, with their parts and what they are parts of.
 */
const concerned = {
  name: 'concerned-petitions',
  text: `with named as (${petitionsOfRows('$1')} union select id from petition where number = any ($2::text[]))
    select distinct p.id, p.identity_secret as secret, p.respondent ->> 'name' as respondent from petition p
    where (p.id in (select id from named) or p.parent_id in (select id from named)
      or p.id in (select parent_id from petition where id in (select id from named)))
      and ($3::uuid[] is null or ${visibleTo('$3', '$4')})`,
};

/** Values: ids of anything, petitions, units or null, whether with what is below. Visits that nobody may know who made: of a session, a ticket, an appointment, a petition. */
const secretVisits = {
  name: 'concerned-secret-visits',
  text: `select id, sealed, sealed_key as "keyVersion" from reception_visit
    where (identity_secret or petition_id = any ($2::uuid[])) and sealed is not null
      and (id = any ($1::uuid[]) or session_id = any ($1::uuid[]) or ticket_id = any ($1::uuid[]) or appointment_id = any ($1::uuid[]) or petition_id = any ($2::uuid[]))
      and ($3::uuid[] is null or exists (select from unit_closure seen where seen.descendant_id = unit_id and seen.ancestor_id = any ($3) and ($4::boolean or seen.depth = 0)))`,
};

/** What takes whoever is secret out of texts, and the first of the petitions or visits in which they are. */
export interface Concerned {
  redaction: Redaction;
  petitionId: string | null;
  objectId: string;
}

/** Whoever is secret in what ids lead to. */
@Injectable()
export class ConcernedPeople {
  constructor(
    private readonly transactions: Transactions,
    private readonly keys: Keys,
    private readonly units: UnitDirectory,
  ) {}

  /**
   * What takes whoever is secret out of texts about these things.
   * @param ids of petitions, cases, transfers, visits, sessions … : whatever leads to petitions
   * @param within what of it counts: whoever writes about what he may not refer to learns nothing about it; everything where left out
   * @returns null where nobody is secret
   */
  async of(ids: readonly string[], numbers: readonly string[] = [], within: Visible | null = null): Promise<Concerned | null> {
    // Nearly every request names units, which lead to no petition: it is not asked for those.
    const leading = ids.filter((id) => !this.units.structure.find(id));
    if (leading.length === 0 && numbers.length === 0) return null;
    const scope = [within?.roots ?? null, within?.subtree ?? null];
    const petitions = await this.transactions.rows<{ id: string; secret: boolean; respondent: string | null }>(concerned, [
      leading,
      numbers,
      ...scope,
    ]);
    const secret = petitions.filter((petition) => petition.secret).map(({ id }) => id);
    const visits = await this.transactions.rows<{ id: string; sealed: Buffer; keyVersion: number }>(secretVisits, [
      leading,
      secret,
      ...scope,
    ]);
    if (secret.length === 0 && visits.length === 0) return null;
    const people = await this.transactions.run(async (tx) => {
      const ring = await this.keys.upToDate();
      const found: Telling[] = visits.flatMap(
        ({ id, sealed, keyVersion }) => ring.open<{ visitors: Telling[] }>({ sealed, keyVersion }, placeOf.visit(id)).visitors,
      );
      for (const id of secret) found.push(...everybodyOf(await readPeople(tx, ring, id)));
      return found;
    });
    const redaction = new Redaction(
      people,
      petitions.flatMap(({ respondent }) => respondent ?? []),
    );
    return { redaction, petitionId: secret[0] ?? null, objectId: secret[0] ?? visits[0]!.id };
  }
}
