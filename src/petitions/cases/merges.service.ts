import { asWritten } from '../../platform/text/legal-date.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { record } from '../history.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { namesWhoFiled } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { inForceOn } from '../../rules/resolution/in-force.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { CasesService } from './cases.service.js';
import { lockMerge, type MergeRow } from './cases.queries.js';
import { endLinks, type EndedLink } from './links.js';

/** Two cases that turn out to be one matter, and one that turned out to be two. */
@Injectable()
export class MergesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly cases: CasesService,
    private readonly actions: PetitionActionsService,
    private readonly scope: AccessScope,
    private readonly calendars: CalendarService,
  ) {}

  /**
   * Merges another case into this one: its petitions move, and with them the count; each history tells it.
   * @throws Problem `conflict` when one of them was merged already; `forbidden` unless the caller's office has a petition of either
   */
  merge(intoId: string, fromId: string, reason: string, by: Official): Promise<MergeRow> {
    if (intoId === fromId)
      throw Problem.field('validation-failed', '/caseId', 'same_case', { vi: 'Đây là cùng một vụ việc.', en: 'This is the same case.' });
    return this.transactions.run(async (tx) => {
      await this.lockCases(tx, [intoId, fromId]);
      const [into, from] = [await this.cases.find(intoId, by), await this.cases.find(fromId, by)];
      for (const one of [into, from]) if (one.mergedIntoId) throw alreadyMerged(one.id, one.mergedIntoId);
      await this.mustHaveAPetitionOf(tx, [intoId, fromId], by);
      return this.join(tx, intoId, fromId, reason, by);
    });
  }

  /** {@link merge} within the transaction of a link between two petitions. The caller holds the cases. */
  async join(tx: EntityManager, intoId: string, fromId: string, reason: string, by: Official): Promise<MergeRow> {
    await mustBeAlike(tx, [intoId, fromId]);
    const on = today();
    const [moved] = await tx.query<[{ id: string }[], number]>(
      'update petition set case_id = $1, version = version + 1, updated_at = now() where case_id = $2 returning id',
      [intoId, fromId],
    );
    await tx.query('update petition_case set merged_into_id = $2, version = version + 1 where id = $1', [fromId, intoId]);
    await tx.query('update petition_case set version = version + 1 where id = $1', [intoId]);
    const petitionIds = moved.map(({ id }) => id).sort();
    const [row] = await tx.query<{ id: string }[]>(
      'insert into case_merge (into_case_id, from_case_id, petition_ids, reason, merged_on, created_by) values ($1, $2, $3, $4, $5, $6) returning id',
      [intoId, fromId, petitionIds, reason, on, by.accountId],
    );
    const facts = { mergeId: row!.id, fromCaseId: fromId, intoCaseId: intoId };
    for (const id of petitionIds) await record(tx, id, { type: 'case_merged', occurredOn: on, reason, facts }, by);
    return this.lock(row!.id);
  }

  /**
   * Undoes a merge: the petitions that moved go back, with those that were filed to one of them since; links across the two end, and what
   * they said about stage and competence is found anew. What else joined the case stays.
   * @throws Problem `conflict` when it was undone, or when the case was merged further since
   */
  undo(mergeId: string, reason: string, by: Official): Promise<MergeRow> {
    return this.transactions.run(async (tx) => {
      const merge = await this.lock(mergeId);
      await this.cases.find(merge.fromCaseId, by);
      await this.lockCases(tx, [merge.intoCaseId, merge.fromCaseId]);
      await this.mustHaveAPetitionOf(tx, [merge.intoCaseId, merge.fromCaseId], by);
      if (merge.undoneOn) throw alreadyUndone(merge);
      const into = await this.cases.find(merge.intoCaseId, by);
      if (into.mergedIntoId) throw alreadyMerged(into.id, into.mergedIntoId);
      const on = today();
      const back = await this.goingBack(tx, merge);
      await tx.query('update petition set case_id = $1, version = version + 1, updated_at = now() where id = any ($2)', [
        merge.fromCaseId,
        back,
      ]);
      await tx.query('update petition_case set merged_into_id = null, version = version + 1 where id = $1', [merge.fromCaseId]);
      await tx.query('update petition_case set version = version + 1 where id = $1', [merge.intoCaseId]);
      await tx.query('update case_merge set undone_on = $2, undone_by = $3, undo_reason = $4 where id = $1', [
        mergeId,
        on,
        by.accountId,
        reason,
      ]);
      const facts = { mergeId, fromCaseId: merge.intoCaseId, intoCaseId: merge.fromCaseId };
      for (const id of back) await record(tx, id, { type: 'case_merge_undone', occurredOn: on, reason, facts }, by);
      for (const link of await endLinks(tx, back, merge.intoCaseId, on)) await this.forget(tx, link, by);
      return this.lock(mergeId);
    });
  }

  /** Petitions of the merged case, and those that were filed to one of them since, directly or through others. */
  private async goingBack(tx: EntityManager, { petitionIds, intoCaseId }: MergeRow): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `with recursive back as (
         select p.id from petition p where p.id = any ($1) and p.case_id = $2
         union
         select p.id from back join petition_relation r on r.related_petition_id = back.id and r.ended_on is null
         join petition p on p.id = r.petition_id and p.case_id = $2
         where p.created_at > (select max(created_at) from case_merge where into_case_id = $2 and petition_ids && $1 and undone_on is null)
       ) select distinct id from back order by id`,
      [petitionIds, intoCaseId],
    );
    return rows.map(({ id }) => id);
  }

  private async forget(tx: EntityManager, { petitionId, relatedPetitionId, relation }: EndedLink, by: Official): Promise<void> {
    const petition = await this.actions.lockById(petitionId);
    const priors = petition.priorHandling.filter((prior) => prior.petitionId !== relatedPetitionId);
    await this.actions.judgeAnew(tx, petition, priors, null, petition.lastStepOn);
    if (relation === 'appeals') await this.letComeIntoForce(tx, relatedPetitionId);
    const facts = { relation, petitionId: relatedPetitionId };
    await record(tx, petitionId, { type: 'link_ended', occurredOn: today(), facts }, by);
  }

  /** A decision that nothing stands against any more has its day again. */
  private async letComeIntoForce(tx: EntityManager, decidedId: string): Promise<void> {
    const decided = await this.actions.lockById(decidedId);
    if (!decided.decidedOn || decided.kind !== 'complaint') return;
    const [row] = await tx.query<{ contested: boolean }[]>(
      `select exists (select from petition_relation where related_petition_id = $1 and relation = 'appeals' and ended_on is null)
         or exists (select from appeal where petition_id = $1) as contested`,
      [decidedId],
    );
    if (row?.contested) return;
    await this.actions.store(tx, decided, { in_force_on: inForceOn(decided.decidedOn, decided, await this.calendars.upToDate(tx)) });
  }

  private async lockCases(tx: EntityManager, ids: string[]): Promise<void> {
    await tx.query('select from petition_case where id = any ($1) order by id for update', [ids]);
  }

  private async lock(id: string): Promise<MergeRow> {
    const [merge] = await this.transactions.rows<MergeRow>(lockMerge, [id]);
    if (!merge) throw Problem.notFound('lần nhập vụ việc này', 'merge');
    return merge;
  }

  private async mustHaveAPetitionOf(tx: EntityManager, caseIds: string[], by: Official): Promise<void> {
    const [row] = await tx.query<{ own: boolean }[]>(
      'select exists (select from petition where case_id = any ($1) and responsible_unit_id = any ($2)) as own',
      [caseIds, this.scope.actingUnits(by)],
    );
    if (row?.own) return;
    throw new Problem('not-responsible', {
      vi: 'Đơn vị của bạn không phụ trách đơn nào của vụ việc.',
      en: 'Your office is responsible for no petition of the case.',
    });
  }
}

/** @throws Problem where denunciations would come into one case with petitions that name who filed them (Law on Denunciations arts 8, 56) */
async function mustBeAlike(tx: EntityManager, caseIds: string[]): Promise<void> {
  const [row] = await tx.query<{ mixed: boolean }[]>(
    'select bool_or(identity_secret) and not bool_and(identity_secret) as mixed from petition where case_id = any ($1)',
    [caseIds],
  );
  if (row?.mixed) throw namesWhoFiled('/caseId');
}

export function alreadyMerged(caseId: string, intoCaseId: string): Problem {
  return new Problem('conflict', { vi: 'Vụ việc đã được nhập vào vụ việc khác.', en: 'The case was merged into another one.' }, [], {
    caseId,
    mergedIntoId: intoCaseId,
  });
}

function alreadyUndone({ undoneOn }: MergeRow): Problem {
  return new Problem('conflict', { vi: `Việc nhập đã được huỷ ngày ${asWritten(undoneOn!)}.`, en: `The merge was undone on ${undoneOn}.` });
}
