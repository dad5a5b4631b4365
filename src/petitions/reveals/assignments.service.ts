import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official, Role } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { record } from '../history.js';
import type { PetitionRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { PetitionsService } from '../petitions.service.js';
import { conflictOfInterest, WhoMayKnow } from '../identity/who-may-know.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { type AssignmentRow, assignmentsOf } from './identity.queries.js';

export interface AssignmentOrder {
  accountId: string;
  assignedOn?: LegalDate | null;
  note?: string | null;
}

interface Assignee {
  username: string;
  unitId: string;
  roles: Role[];
}

const assignable: readonly Role[] = ['clerk', 'handler', 'leader', 'reception_board', 'inspector'];

/** Who handles a petition: assigned by the leader of the unit that it lies with. */
@Injectable()
export class AssignmentsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly scope: AccessScope,
    private readonly whoMayKnow: WhoMayKnow,
  ) {}

  async list(petitionId: string, by: Official): Promise<AssignmentRow[]> {
    await this.petitions.get(petitionId, by);
    return this.transactions.rows<AssignmentRow>(assignmentsOf, [petitionId]);
  }

  /**
   * Assigns an official of an office that the petition lies with.
   * @throws Problem `not-responsible`; `forbidden` for whom it is directed against; `conflict` for whoever is assigned already; `validation-failed` naming the account: unknown, of another
   *   unit, or the very one whom the petition is directed against
   */
  assign(petitionId: string, { accountId, assignedOn, note }: AssignmentOrder, by: Official): Promise<AssignmentRow[]> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(petitionId, by, { passingOn: true });
      this.actions.mustBeResponsible(petition, by);
      const on = this.actions.dayOf({ on: assignedOn, dayField: 'assignedOn' }, { lastStepOn: petition.receivedOn });
      const assignee = await this.assigneeOf(tx, accountId, petition);
      if (await this.whoMayKnow.isDenounced(petitionId, { accountId })) throw conflictOfInterest('/accountId');
      // Nor does he choose who handles it.
      await this.whoMayKnow.mustNotBeDenounced(petition, by);
      const created = await tx.query<{ id: string }[]>(
        `insert into petition_assignment (petition_id, account_id, assigned_on, note, created_by) values ($1, $2, $3, $4, $5)
         on conflict (petition_id, account_id) where ended_on is null do nothing returning id`,
        [petitionId, accountId, on, note ?? null, by.accountId],
      );
      if (created.length === 0) throw alreadyAssigned(assignee.username);
      await record(tx, petitionId, { type: 'assigned', occurredOn: on, facts: { accountId, username: assignee.username } }, by);
      return this.list(petitionId, by);
    });
  }

  /** Ends an assignment: from now on the official no longer learns who is behind the petition. */
  end(petitionId: string, assignmentId: string, reason: string, by: Official): Promise<AssignmentRow[]> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(petitionId, by);
      this.actions.mustBeResponsible(petition, by);
      const assignment = (await this.list(petitionId, by)).find(({ id }) => id === assignmentId);
      if (!assignment) throw Problem.notFound('phân công này', 'assignment');
      if (assignment.endedOn) throw endedAlready(assignment.endedOn);
      const on = today();
      await tx.query('update petition_assignment set ended_on = greatest(assigned_on, $2::date) where id = $1', [assignmentId, on]);
      const facts = { accountId: assignment.accountId, username: assignment.username };
      await record(tx, petitionId, { type: 'assignment_ended', occurredOn: on, reason, facts }, by);
      return this.list(petitionId, by);
    });
  }

  private async assigneeOf(tx: EntityManager, accountId: string, { responsibleUnitId }: PetitionRow): Promise<Assignee> {
    const [assignee] = await tx.query<Assignee[]>('select username, unit_id as "unitId", roles from account where id = $1 and active', [
      accountId,
    ]);
    if (!assignee?.roles.some((role) => assignable.includes(role)) || !this.scope.actsFor({ accountId, ...assignee }, responsibleUnitId))
      throw Problem.field('validation-failed', '/accountId', 'unknown_official', {
        vi: 'Không có cán bộ này tại đơn vị đang xử lý.',
        en: 'There is no such official at the unit that the petition lies with.',
      });
    return assignee;
  }
}

function alreadyAssigned(username: string): Problem {
  return new Problem('conflict', { vi: `${username} đang được phân công.`, en: `${username} is assigned already.` });
}

function endedAlready(on: LegalDate): Problem {
  return new Problem('action-not-allowed', { vi: `Phân công đã kết thúc ngày ${asWritten(on)}.`, en: `The assignment ended on ${on}.` });
}
