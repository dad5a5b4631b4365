import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { record } from '../../petitions/history.js';
import type { PetitionRow } from '../../petitions/petition.js';
import { PetitionActionsService } from '../../petitions/petition-actions.service.js';
import { mustNotLieAhead, PetitionsService } from '../../petitions/petitions.service.js';
import { finalStates, stateNames } from '../../petitions/transition.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import type { BacklogCause, BacklogPlan, StepFacts } from './backlog.js';
import { planOf } from './backlog.queries.js';

export interface PlanOrder {
  cause: BacklogCause;
  causeNote: string | null;
  steps: StepFacts[];
}

/** What is done about a petition that is late: why it is, who does what by when, and by when the leader promises to settle it. */
@Injectable()
export class BacklogPlansService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
  ) {}

  /** Version 0 while nobody has planned. */
  async get(petitionId: string, by: Official): Promise<BacklogPlan> {
    await this.petitions.get(petitionId, by);
    const [plan] = await this.transactions.rows<BacklogPlan & Record<string, unknown>>(planOf, [petitionId]);
    return plan!;
  }

  /** Plans, or plans anew: steps that are done stay, the ones to come are replaced. */
  plan(petitionId: string, { cause, causeNote, steps }: PlanOrder, expected: number | null, by: Official): Promise<BacklogPlan> {
    return this.transactions.run(async (tx) => {
      const petition = await this.lockOpen(petitionId, by);
      const before = await this.get(petitionId, by);
      mustMatch(before.version, expected);
      steps.forEach(({ dueOn }, index) => mustBeAhead(dueOn, `/steps/${index}/dueOn`));
      await tx.query(
        `insert into backlog_plan (petition_id, unit_id, cause, cause_note, created_by) values ($1, $2, $3, $4, $5)
         on conflict (petition_id) do update set cause = excluded.cause, cause_note = excluded.cause_note, unit_id = excluded.unit_id,
           version = backlog_plan.version + 1, updated_at = now()`,
        [petitionId, petition.responsibleUnitId, cause, causeNote, by.accountId],
      );
      await tx.query('delete from backlog_step where petition_id = $1 and done_on is null', [petitionId]);
      const done = before.steps.filter(({ doneOn }) => doneOn !== null).length;
      for (const [index, { action, responsible, dueOn }] of steps.entries()) {
        await tx.query(
          'insert into backlog_step (petition_id, position, action, responsible, due_on, created_by) values ($1, $2, $3, $4, $5, $6)',
          [petitionId, done + index + 1, action, responsible, dueOn, by.accountId],
        );
      }
      const facts = { cause, steps: steps.length };
      await record(tx, petitionId, { type: 'backlog_planned', occurredOn: today(), facts }, by);
      return this.get(petitionId, by);
    });
  }

  /** A step of the plan is done. */
  complete(
    petitionId: string,
    stepId: string,
    { doneOn, result }: { doneOn: LegalDate; result: string },
    by: Official,
  ): Promise<BacklogPlan> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(petitionId, by);
      this.actions.mustBeResponsible(petition, by);
      mustNotLieAhead(doneOn, '/doneOn');
      const step = (await this.get(petitionId, by)).steps.find(({ id }) => id === stepId);
      if (!step) throw Problem.notFound('việc này trong kế hoạch', 'step of the plan');
      if (step.doneOn)
        throw new Problem('action-not-allowed', { vi: `Đã xong ngày ${asWritten(step.doneOn)}.`, en: `It was done on ${step.doneOn}.` });
      await tx.query('update backlog_step set done_on = $2, result = $3 where id = $1', [stepId, doneOn, result]);
      await tx.query('update backlog_plan set version = version + 1, updated_at = now() where petition_id = $1', [petitionId]);
      await record(tx, petitionId, { type: 'backlog_step_done', occurredOn: doneOn, facts: { stepId } }, by);
      return this.get(petitionId, by);
    });
  }

  /** The leader promises to settle it by a day. A later promise does not take back the earlier one: both are told. */
  commit(petitionId: string, { settleBy, note }: { settleBy: LegalDate; note: string | null }, by: Official): Promise<BacklogPlan> {
    return this.transactions.run(async (tx) => {
      const petition = await this.lockOpen(petitionId, by);
      mustBeAhead(settleBy, '/settleBy');
      await tx.query(
        'insert into backlog_commitment (petition_id, unit_id, settle_by, note, committed_on, committed_by) values ($1, $2, $3, $4, $5, $6)',
        [petitionId, petition.responsibleUnitId, settleBy, note, today(), by.accountId],
      );
      await record(tx, petitionId, { type: 'backlog_committed', occurredOn: today(), facts: { settleBy } }, by);
      return this.get(petitionId, by);
    });
  }

  private async lockOpen(petitionId: string, by: Official): Promise<PetitionRow> {
    const petition = await this.actions.lock(petitionId, by);
    this.actions.mustBeResponsible(petition, by);
    if (!finalStates.includes(petition.state)) return petition;
    throw new Problem('action-not-allowed', {
      vi: `Đơn đã kết thúc (trạng thái "${stateNames[petition.state].vi}"), không còn gì để lập kế hoạch.`,
      en: `The petition is finished (state "${petition.state}"): there is nothing to plan.`,
    });
  }
}

function mustBeAhead(day: LegalDate, pointer: string): void {
  if (day >= today()) return;
  throw Problem.field('validation-failed', pointer, 'in_the_past', {
    vi: 'Không được trước hôm nay.',
    en: 'Must not be before today.',
  });
}
