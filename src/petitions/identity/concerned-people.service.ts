import { Injectable } from '@nestjs/common';
import { petitionsOfRows } from '../../platform/database/ways-to-petitions.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import type { Visible } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { visibleTo } from '../visible-to.js';
import { peopleIn, type SecretRow, secretRows } from './hanging/reception-rows.js';
import { Redaction } from './redaction.js';
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

/** Values: ids of petitions, units, whether with what is below them. The same for what is known to be petitions: most requests name nothing else. */
const aroundPetitions = {
  name: 'concerned-around-petitions',
  text: `select p.id, p.identity_secret as secret, p.respondent ->> 'name' as respondent from petition p
    where (p.id = any ($1::uuid[]) or p.parent_id = any ($1::uuid[]) or p.id in (select parent_id from petition where id = any ($1::uuid[])))
      and ${visibleTo('$2', '$3')}`,
};

interface ConcernedPetition {
  id: string;
  secret: boolean;
  respondent: string | null;
}

/** What takes whoever is secret out of texts, and the petitions, visits, appointments or gatherings in which they are. */
export interface Concerned {
  redaction: Redaction;
  petitionIds: readonly string[];
  /** Of the petitions and whatever else it is. */
  ids: readonly string[];
  /** The first of them. */
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
   * @param ids of petitions, cases, transfers, visits, sessions, gatherings … : whatever leads to somebody who can be secret
   * @param within what of it counts: whoever writes about what he may not refer to learns nothing about it; everything where left out
   * @returns null where nobody is secret
   */
  async of(ids: readonly string[], within: Visible | null = null): Promise<Concerned | null> {
    const { rows, petitions } = await this.leadTo(ids, within);
    const secret = secretOf(petitions);
    if (secret.length === 0 && rows.length === 0) return null;
    const people = await this.transactions.run(async (tx) => {
      const ring = await this.keys.upToDate();
      const found = peopleIn(ring, rows);
      for (const id of secret) found.push(...everybodyOf(await readPeople(tx, ring, id)));
      return found;
    });
    const redaction = await Redaction.of(
      people,
      petitions.flatMap(({ respondent }) => respondent ?? []),
    );
    const all = [...secret, ...rows.map(({ id }) => id)];
    return { redaction, petitionIds: secret, ids: all, objectId: all[0]! };
  }

  /** The ids of what {@link of} finds somebody secret in. */
  async secretIds(ids: readonly string[], within: Visible): Promise<string[]> {
    const { rows, petitions } = await this.leadTo(ids, within);
    return [...secretOf(petitions), ...rows.map(({ id }) => id)];
  }

  /** Ids of the petitions with these numbers, of those within a scope. */
  async numbered(numbers: readonly string[], { roots, subtree }: Visible): Promise<string[]> {
    if (numbers.length === 0) return [];
    return (await this.petitionsOf([], numbers, [roots, subtree])).map(({ id }) => id);
  }

  /**
   * Petitions whose authors are secret, of those within a scope that ids and numbers lead to.
   * @param petitionId one of the ids that is known to be of a petition
   */
  async secretPetitions(
    ids: readonly string[],
    numbers: readonly string[],
    { roots, subtree }: Visible,
    petitionId: string | null = null,
  ): Promise<string[]> {
    const around =
      petitionId === null
        ? []
        : await this.transactions.rows<ConcernedPetition & Record<string, unknown>>(aroundPetitions, [[petitionId], roots, subtree]);
    const leading = this.leading(ids).filter((id) => id !== petitionId);
    const led = leading.length > 0 || numbers.length > 0 ? await this.petitionsOf(leading, numbers, [roots, subtree]) : [];
    return [...new Set(secretOf([...around, ...led]))];
  }

  private async leadTo(ids: readonly string[], within: Visible | null): Promise<{ rows: SecretRow[]; petitions: ConcernedPetition[] }> {
    const leading = this.leading(ids);
    if (leading.length === 0) return { rows: [], petitions: [] };
    const scope = [within?.roots ?? null, within?.subtree ?? null];
    const named = await this.petitionsOf(leading, [], scope);
    const rows = await this.transactions.rows<SecretRow & Record<string, unknown>>(secretRows, [leading, secretOf(named), ...scope]);
    // What stands beside a row in its matter may be about a petition, where the row itself is about none.
    const petitions = rows.length === 0 ? named : await this.petitionsOf([...leading, ...rows.map(({ id }) => id)], [], scope);
    return { rows, petitions };
  }

  /** Nearly every request names units, which lead to no petition: it is not asked for those. */
  private leading(ids: readonly string[]): string[] {
    return ids.filter((id) => !this.units.structure.find(id));
  }

  private petitionsOf(ids: readonly string[], numbers: readonly string[], scope: readonly unknown[]): Promise<ConcernedPetition[]> {
    return this.transactions.rows<ConcernedPetition & Record<string, unknown>>(concerned, [ids, numbers, ...scope]);
  }
}

function secretOf(petitions: readonly ConcernedPetition[]): string[] {
  return petitions.filter(({ secret }) => secret).map(({ id }) => id);
}
