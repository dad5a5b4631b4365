import { asWritten } from '../../platform/text/legal-date.js';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import {
  lockPersonMerge,
  mergesOfPerson,
  personById,
  personMatches,
  type PersonMatchRow,
  type PersonMergeRow,
  type PersonRow,
  personSearch,
  petitionsOfPerson,
  type PetitionOfPersonRow,
} from './people.queries.js';

export interface PersonQuestion {
  nationalId?: string;
  name?: string;
  birthYear?: number;
  address?: string;
  limit?: number;
}

/** The same person across petitions (domain.md 5): found by national id, or by name, year of birth and address; merged only by a clerk. */
@Injectable()
export class PersonsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem when neither a national id nor a name is given: there is no list of everybody */
  search({ nationalId, name, birthYear, address, limit = 50 }: PersonQuestion, by: Official): Promise<PersonRow[]> {
    if (!nationalId && !name)
      throw Problem.field('validation-failed', '?name', 'required', {
        vi: 'Tìm theo số định danh hoặc theo họ tên.',
        en: 'Search by national id or by name.',
      });
    const { roots, subtree } = this.scope.visible(by);
    return this.transactions.rows<PersonRow>(personSearch, [
      roots,
      subtree,
      nationalId ?? null,
      name ?? null,
      birthYear ?? null,
      address ?? null,
      limit,
    ]);
  }

  async get(id: string, by: Official): Promise<PersonRow & { items: PetitionOfPersonRow[]; merges: PersonMergeRow[] }> {
    const person = await this.find(id, by);
    const { roots, subtree } = this.scope.visible(by);
    const items = await this.transactions.rows<PetitionOfPersonRow>(petitionsOfPerson, [id, roots, subtree]);
    return { ...person, items, merges: await this.transactions.rows<PersonMergeRow>(mergesOfPerson, [id]) };
  }

  /** Others in scope who may be the same. */
  async matches(id: string, by: Official): Promise<PersonMatchRow[]> {
    await this.find(id, by);
    const { roots, subtree } = this.scope.visible(by);
    return this.transactions.rows<PersonMatchRow>(personMatches, [id, roots, subtree]);
  }

  /**
   * Says that two entries are the same person: every petition of the other now names this one.
   * @throws Problem `conflict` when one of them was merged already, or when their national ids differ
   */
  merge(intoId: string, fromId: string, reason: string, by: Official): Promise<PersonMergeRow> {
    if (intoId === fromId)
      throw Problem.field('validation-failed', '/personId', 'same_person', { vi: 'Đây là cùng một mục.', en: 'This is the same entry.' });
    return this.transactions.run(async (tx) => {
      await tx.query('select from person where id = any ($1) order by id for update', [[intoId, fromId]]);
      const [into, from] = [await this.find(intoId, by), await this.find(fromId, by)];
      if (into.mergedIntoId || from.mergedIntoId)
        throw new Problem('conflict', { vi: 'Một trong hai mục đã được nhập.', en: 'One of the two was merged already.' });
      if (into.nationalId && from.nationalId && into.nationalId !== from.nationalId)
        throw new Problem('conflict', {
          vi: 'Hai số định danh khác nhau: không phải cùng một người.',
          en: 'The national ids differ: not the same person.',
        });
      const [moved] = await tx.query<[{ id: string }[], number]>(
        'update petition_party set person_id = $1 where person_id = $2 returning id',
        [intoId, fromId],
      );
      await tx.query('update person set merged_into_id = $2, version = version + 1 where id = $1', [fromId, intoId]);
      const [row] = await tx.query<{ id: string }[]>(
        'insert into person_merge (into_id, from_id, party_ids, reason, merged_on, created_by) values ($1, $2, $3, $4, $5, $6) returning id',
        [intoId, fromId, moved.map(({ id }) => id), reason, today(), by.accountId],
      );
      return this.lock(row!.id);
    });
  }

  /** Undoes a wrong merge: what moved goes back. */
  undo(mergeId: string, reason: string, by: Official): Promise<PersonMergeRow> {
    return this.transactions.run(async (tx) => {
      const merge = await this.lock(mergeId);
      await this.find(merge.intoId, by);
      if (merge.undoneOn)
        throw new Problem('conflict', { vi: `Đã huỷ ngày ${asWritten(merge.undoneOn)}.`, en: `Undone on ${merge.undoneOn} already.` });
      await tx.query('update petition_party set person_id = $1 where id = any ($2) and person_id = $3', [
        merge.fromId,
        merge.partyIds,
        merge.intoId,
      ]);
      await tx.query('update person set merged_into_id = null, version = version + 1 where id = $1', [merge.fromId]);
      await tx.query('update person_merge set undone_on = $2, undone_by = $3, undo_reason = $4 where id = $1', [
        mergeId,
        today(),
        by.accountId,
        reason,
      ]);
      return this.lock(mergeId);
    });
  }

  private async find(id: string, by: Official): Promise<PersonRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [person] = await this.transactions.rows<PersonRow>(personById, [id, roots, subtree]);
    if (!person) throw Problem.notFound('người này', 'person');
    return person;
  }

  private async lock(id: string): Promise<PersonMergeRow> {
    const [merge] = await this.transactions.rows<PersonMergeRow>(lockPersonMerge, [id]);
    if (!merge) throw Problem.notFound('lần nhập này', 'merge');
    return merge;
  }
}
