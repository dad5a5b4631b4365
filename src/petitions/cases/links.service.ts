import { asWritten } from '../../platform/text/legal-date.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { type DuplicateCandidate, DuplicatesService } from '../duplicates/duplicates.service.js';
import { record } from '../history.js';
import type { PetitionDetailRow, PetitionRow, RelatedRow, Relation } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { namesWhoFiled, PetitionsService, priorOf } from '../petitions.service.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { storeLink } from './links.js';
import { MergesService } from './merges.service.js';

export interface LinkOrder {
  /** The earlier petition by its id, or by its number. */
  petitionId?: string | null;
  petitionNumber?: string | null;
  relation: Relation['relation'];
  reason?: string | null;
}

/** Links of a petition to earlier ones, which decide its stage and competence, and what a clerk says of probable duplicates. */
@Injectable()
export class LinksService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly duplicates: DuplicatesService,
    private readonly merges: MergesService,
    private readonly units: UnitDirectory,
  ) {}

  /**
   * Links a petition to an earlier one. Their cases become one; before triage has an outcome, stage and competence are found anew.
   * @throws Problem naming the field for a petition that cannot be linked
   */
  link(id: string, order: LinkOrder, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(id, by);
      this.actions.mustBeResponsible(petition, by);
      mustMatch(petition.version, expected);
      const petitionId = order.petitionId ?? (await idOf(tx, order.petitionNumber ?? null));
      const pointer = order.petitionId ? '/petitionId' : '/petitionNumber';
      await this.connect(tx, petition, { petitionId, relation: order.relation, reason: order.reason ?? null }, by, pointer);
      return this.petitions.get(id, by);
    });
  }

  /** Probable duplicates of a petition, the likeliest first. */
  async candidates(id: string, by: Official): Promise<DuplicateCandidate[]> {
    await this.petitions.get(id, by);
    return this.duplicates.candidates(id, by);
  }

  /** Says that a petition is a duplicate of another one: it joins that one's case and is not resolved twice. */
  confirm(id: string, otherId: string, reason: string | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(id, by);
      this.actions.mustBeResponsible(petition, by);
      await this.connect(tx, petition, { petitionId: otherId, relation: 'duplicate_of', reason }, by);
      await review(tx, id, otherId, 'confirmed', reason, by);
      return this.petitions.get(id, by);
    });
  }

  /** Says that two petitions are not the same; the pair is not proposed again. */
  dismiss(id: string, otherId: string, reason: string | null, by: Official): Promise<void> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(id, by);
      this.actions.mustBeResponsible(petition, by);
      const other = await this.earlier(petition, otherId, '/petitionId', by);
      await review(tx, id, other.id, 'dismissed', reason, by);
      await record(tx, id, { type: 'duplicate_dismissed', occurredOn: today(), reason, facts: { petitionId: other.id } }, by);
      await this.actions.store(tx, petition, {});
    });
  }

  private async connect(
    tx: EntityManager,
    petition: PetitionRow,
    link: Relation & { reason: string | null },
    by: Official,
    pointer = '/petitionId',
  ): Promise<void> {
    const { relation, reason } = link;
    const earlier = await this.earlier(petition, link.petitionId, pointer, by);
    mustBeAlike(petition, earlier, pointer);
    if (!(await storeLink(tx, petition.id, link, by.accountId))) throw alreadyLinked();
    if (earlier.caseId !== petition.caseId) {
      await tx.query('select from petition_case where id = any ($1) order by id for update', [[earlier.caseId, petition.caseId]]);
      await this.merges.join(tx, earlier.caseId, petition.caseId, reason ?? relation, by);
    }
    if (relation === 'appeals' && earlier.inForceOn && petition.receivedOn < earlier.inForceOn)
      await this.actions.store(tx, earlier, { in_force_on: null });
    const priors = [
      ...petition.priorHandling.filter(({ petitionId }) => petitionId !== earlier.id),
      ...priorOf([earlier], this.units.structure),
    ].sort((one, other) => (one.receivedOn < other.receivedOn ? -1 : 1));
    await this.actions.judgeAnew(tx, petition, priors, relation === 'duplicate_of' ? 'filing_away' : null, petition.lastStepOn);
    const facts = { relation, petitionId: earlier.id, petitionNumber: earlier.number };
    await record(tx, petition.id, { type: 'linked', occurredOn: today(), reason, facts }, by);
  }

  /** @throws Problem for itself, for what is out of scope, and for what was received later */
  private async earlier(petition: PetitionRow, id: string, pointer: string, by: Official): Promise<RelatedRow> {
    if (id === petition.id)
      throw Problem.field('validation-failed', pointer, 'itself', {
        vi: 'Không liên kết đơn với chính nó.',
        en: 'A petition is not linked to itself.',
      });
    const [earlier] = await this.petitions.related([id], by);
    if (!earlier) throw unknownPetition(pointer);
    if (earlier.receivedOn > petition.receivedOn)
      throw Problem.field('validation-failed', pointer, 'later', {
        vi: `Chỉ liên kết với đơn nhận trước hoặc cùng ngày (${asWritten(petition.receivedOn)}).`,
        en: `A petition is linked to one received before it or on the same day (${petition.receivedOn}).`,
      });
    return earlier;
  }
}

/** @throws Problem where neither an id nor a known number is given; what is out of scope is found out later, and answered alike */
async function idOf(tx: EntityManager, number: string | null): Promise<string> {
  if (!number)
    throw Problem.field('validation-failed', '/petitionId', 'required', {
      vi: 'Nêu petitionId hoặc petitionNumber của đơn trước.',
      en: 'Say the petitionId or the petitionNumber of the earlier petition.',
    });
  const [row] = await tx.query<{ id: string }[]>('select id from petition where number = upper($1)', [number]);
  if (!row) throw unknownPetition('/petitionNumber');
  return row.id;
}

/**
 * A denunciation and a petition that names who filed it stay apart, whoever filed them: one step from the denunciation would lead to the name
 * (Law on Denunciations arts 8, 56).
 */
function mustBeAlike(one: Pick<PetitionRow, 'identitySecret'>, other: Pick<PetitionRow, 'identitySecret'>, pointer: string): void {
  if (one.identitySecret !== other.identitySecret) throw namesWhoFiled(pointer);
}

function unknownPetition(pointer: string): Problem {
  return Problem.field('validation-failed', pointer, 'unknown_petition', {
    vi: 'Không tìm thấy đơn này trong phạm vi của bạn.',
    en: 'There is no such petition in your scope.',
  });
}

async function review(
  tx: EntityManager,
  id: string,
  otherId: string,
  decision: 'confirmed' | 'dismissed',
  reason: string | null,
  by: Official,
): Promise<void> {
  await tx.query(
    `insert into duplicate_review (petition_id, other_petition_id, decision, reason, created_by)
     values (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), $3, $4, $5)
     on conflict (petition_id, other_petition_id) do update
       set decision = excluded.decision, reason = excluded.reason, created_by = excluded.created_by, created_at = now()`,
    [id, otherId, decision, reason, by.accountId],
  );
}

function alreadyLinked(): Problem {
  return new Problem('conflict', { vi: 'Hai đơn đã được liên kết như vậy.', en: 'The two petitions are linked like this already.' });
}
