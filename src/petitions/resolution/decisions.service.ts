import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { PetitionDetailRow, PetitionRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import type { Stage } from '../../rules/evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { inForceOn } from '../../rules/resolution/in-force.js';
import { DialoguesService } from './dialogues.service.js';
import { EnforcementService, type ObligationOrder } from './enforcement.service.js';
import { FollowUpService } from './follow-up.service.js';
import { VerificationsService } from './verifications.service.js';

/** First instance and denunciations: right, partly right, wrong; second instance: the first decision confirmed, or changed or annulled. */
export const decisionResults = ['right', 'partly_right', 'wrong', 'confirmed', 'changed_or_annulled'] as const;
export type DecisionResult = (typeof decisionResults)[number];
export const conclusionResults = ['right', 'partly_right', 'wrong'] as const;
export const answerResults = ['resolved', 'not_resolved'] as const;

export interface ResolutionOrder<Result extends string> {
  on?: LegalDate | null;
  documentNumber?: string | null;
  result: Result;
  content: string;
  obligations?: ObligationOrder[];
  /** Day on which the petitioner received the decision; the second complaint's period runs from it. */
  receivedByPetitionerOn?: LegalDate | null;
  /** Of a leader: why it is decided or concluded although nothing was verified. */
  overrideReason?: string | null;
}

/** The end of a matter: decisions on complaints, conclusions on denunciations, answers, and closing. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly calendars: CalendarService,
    private readonly verifications: VerificationsService,
    private readonly dialogues: DialoguesService,
    private readonly enforcement: EnforcementService,
    private readonly followUp: FollowUpService,
  ) {}

  /**
   * Decides an accepted complaint. The day from which it is in force is computed (Law on Complaints art. 44); the outcome of a second
   * instance is registered at the unit of origin.
   * @throws Problem `action-not-allowed` without the dialogue that the law obliges to; `validation-failed` for a result of the other instance
   */
  decide(id: string, order: ResolutionOrder<DecisionResult>, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const before = await this.actions.lock(id, by);
      mustBeOfTheStage(before.stage, order.result);
      const { petition, on } = await this.resolve(tx, id, 'decide', 'decidedOn', order, expected, by, {
        decision_received_on: order.receivedByPetitionerOn ?? null,
      });
      const viewsDiffer = (await this.verifications.viewsDiffer(id)) ?? false;
      await this.dialogues.mustBeHeldWhereObliged(petition, viewsDiffer);
      const effective = inForceOn(on, petition, await this.calendars.upToDate(tx));
      await this.actions.store(tx, petition, { in_force_on: effective });
      if (effective && order.obligations?.length) await this.enforcement.mustBeDirected(tx, petition, effective);
      return this.petitions.get(id, by);
    });
  }

  conclude(id: string, order: ResolutionOrder<string>, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      await this.resolve(tx, id, 'conclude', 'concludedOn', order, expected, by);
      return this.petitions.get(id, by);
    });
  }

  answer(id: string, order: ResolutionOrder<string>, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      await this.resolve(tx, id, 'answer', 'answeredOn', order, expected, by);
      return this.petitions.get(id, by);
    });
  }

  /** Closes what is resolved, once everything was sent, published, handled and carried out. */
  close(
    id: string,
    { closedOn, reason }: { closedOn?: LegalDate | null; reason?: string | null },
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    return this.actions.take(
      id,
      'close',
      { on: closedOn, dayField: 'closedOn', dayColumn: 'closed_on', reason: reason ?? null },
      expected,
      by,
    );
  }

  private async resolve(
    tx: EntityManager,
    id: string,
    action: 'decide' | 'conclude' | 'answer',
    dayField: string,
    { on: day, content, obligations = [], overrideReason, ...facts }: ResolutionOrder<string>,
    expected: number | null,
    by: Official,
    columns: Record<string, unknown> = {},
  ): Promise<{ petition: PetitionRow; on: LegalDate }> {
    const step = {
      on: day,
      dayField,
      dayColumn: 'decided_on',
      reason: content,
      overrideReason,
      facts,
      columns: { outcome: facts.result, ...columns },
    };
    const taken = await this.actions.step(tx, id, action, step, expected, by);
    for (const [index, obligation] of obligations.entries())
      await this.enforcement.add(tx, taken.petition, obligation, taken.on, `/obligations/${index}`, by);
    await this.followUp.registerAtOrigin(tx, taken.petition, { ...facts, content, on: taken.on }, by);
    return taken;
  }
}

const ofSecondInstance: readonly DecisionResult[] = ['confirmed', 'changed_or_annulled'];

function mustBeOfTheStage(stage: Stage | null, result: DecisionResult): void {
  const second = stage === 'second';
  if (ofSecondInstance.includes(result) === second) return;
  const allowed = decisionResults.filter((candidate) => ofSecondInstance.includes(candidate) === second).join(', ');
  throw Problem.field('validation-failed', '/result', 'other_stage', {
    vi: `Kết quả giải quyết lần ${second ? 'hai' : 'đầu'}: ${allowed}.`,
    en: `Results of the ${second ? 'second' : 'first'} instance: ${allowed}.`,
  });
}
