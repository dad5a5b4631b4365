import { Injectable } from '@nestjs/common';
import type { Official } from '../auth/official.js';
import { today } from '../calendar/today.js';
import { Transactions } from '../database/transactions.js';
import { type Page, page } from '../http/page.js';
import { record } from '../petitions/history.js';
import { finalStates } from '../petitions/transition.js';
import { PetitionActionsService } from '../petitions/petition-actions.service.js';
import { PetitionsService } from '../petitions/petitions.service.js';
import { Problem } from '../problems/problem.js';
import type { LegalDate } from '../rules/legal-date.js';
import { AccessScope } from '../units/access-scope.js';
import { type InOut, pageOf } from './in-out.js';
import { ReplyLimits } from './reply-limits.js';
import { urgingList, type UrgingRow, urgingsOfPetition } from './routing.queries.js';

export interface UrgingOrder {
  toUnitId?: string | null;
  content: string;
  answerBy?: LegalDate | null;
}

/** Urging (đôn đốc) of units that are late. */
@Injectable()
export class UrgingService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly limits: ReplyLimits,
    private readonly scope: AccessScope,
  ) {}

  /**
   * Urges the unit that a petition lies with, or the one that has not confirmed a transfer; it is recorded and visible there.
   * @throws Problem `action-not-allowed` when nothing is to be done any more
   */
  urge(petitionId: string, order: UrgingOrder, by: Official): Promise<UrgingRow> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(petitionId, by);
      if (finalStates.includes(petition.state)) throw nothingToUrge(petition.state);
      const [pending] = await tx.query<{ to_unit_id: string }[]>(
        `select to_unit_id from transfer where petition_id = $1 and state = 'pending'`,
        [petitionId],
      );
      const toUnitId = order.toUnitId ?? pending?.to_unit_id ?? petition.responsibleUnitId;
      if (toUnitId !== petition.responsibleUnitId && toUnitId !== pending?.to_unit_id) throw notWithThatUnit();
      const home = this.scope.home(by);
      if (this.scope.actsFor(by, toUnitId)) throw urgesItself();
      const urgedOn = today();
      const answerBy = order.answerBy ?? (await this.limits.reply(tx, urgedOn, null)).dueOn;
      if (answerBy < urgedOn)
        throw Problem.field('validation-failed', '/answerBy', 'in_the_past', {
          vi: 'Hạn trả lời không được trước hôm nay.',
          en: 'Must not be before today.',
        });
      const [urging] = await tx.query<{ id: string }[]>(
        'insert into urging (petition_id, from_unit_id, to_unit_id, content, urged_on, answer_by, created_by) values ($1, $2, $3, $4, $5, $6, $7) returning id',
        [petitionId, home.id, toUnitId, order.content, urgedOn, answerBy, by.accountId],
      );
      await record(
        tx,
        petitionId,
        { type: 'urged', occurredOn: urgedOn, reason: order.content, facts: { urgingId: urging!.id, toUnitId, answerBy } },
        by,
      );
      const urgings = await this.transactions.rows<UrgingRow>(urgingsOfPetition, [petitionId]);
      return urgings.find(({ id }) => id === urging!.id)!;
    });
  }

  async urgingsOf(petitionId: string, by: Official): Promise<UrgingRow[]> {
    await this.petitions.get(petitionId, by);
    return this.transactions.rows<UrgingRow>(urgingsOfPetition, [petitionId]);
  }

  async urgings({ direction, ...asked }: InOut, by: Official): Promise<Page<UrgingRow>> {
    const { limit, after, units } = pageOf(asked, this.scope, by);
    const rows = await this.transactions.rows<UrgingRow>(urgingList(direction), [units, ...after, limit + 1]);
    return page(
      rows,
      limit,
      ({ urgedOn, id }) => [urgedOn, id],
      (row) => row,
    );
  }
}

function nothingToUrge(state: string): Problem {
  return new Problem(
    'action-not-allowed',
    {
      vi: `Đơn đã kết thúc (trạng thái "${state}"), không còn gì để đôn đốc.`,
      en: `The petition is finished (state "${state}"): there is nothing to urge.`,
    },
    [],
    { state, allowedActions: [] },
  );
}

function notWithThatUnit(): Problem {
  return Problem.field('validation-failed', '/toUnitId', 'not_with_unit', {
    vi: 'Đơn không ở đơn vị này.',
    en: 'The petition does not lie with this unit.',
  });
}

function urgesItself(): Problem {
  return Problem.field('validation-failed', '/toUnitId', 'own_unit', {
    vi: 'Không đôn đốc chính đơn vị mình.',
    en: 'A unit does not urge itself.',
  });
}
