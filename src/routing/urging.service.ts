import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../platform/access/official.js';
import { CalendarService } from '../structure/calendar/calendar.service.js';
import { today } from '../platform/text/today.js';
import { type NamedQuery, Transactions } from '../platform/database/transactions.js';
import { type Page, page } from '../platform/http/page.js';
import { record } from '../petitions/history.js';
import { NeutralWords } from '../petitions/identity/neutral-words.js';
import { meetLimitFor, meetLimitsOfCase, openLimits, refreshNextDue, startLimitFor } from '../petitions/limits.js';
import type { PetitionRow } from '../petitions/petition.js';
import { finalStates, type PetitionState, stateNames } from '../petitions/transition.js';
import { PetitionActionsService } from '../petitions/petition-actions.service.js';
import { mustNotLieAhead, PetitionsService } from '../petitions/petitions.service.js';
import { Problem } from '../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../platform/text/legal-date.js';
import { type Limit, limitInForce } from '../rules/limits/limit.js';
import { overdueDemandRule, overdueReportRule } from '../rules/limits/limits-by-event.js';
import type { Unit } from '../rules/structure/unit-structure.js';
import { UnitSettingsService } from '../petitions/unit-settings/unit-settings.service.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { UnitResponsibility } from '../structure/units/unit-responsibility.js';
import { type InOut, pageOf } from './in-out.js';
import { ReplyLimits } from './reply-limits.js';
import { escalatedUrgings, lockUrging, urgingList, unansweredUrgings, urgingsOfLetter, urgingsOfPetition } from './routing.queries.js';
import type { UrgingRow } from './urging.js';

export interface UrgingOrder {
  toUnitId?: string | null;
  content: string;
  answerBy?: LegalDate | null;
  /** The letter that it stands in, with others. */
  letterId?: string | null;
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
    private readonly units: UnitDirectory,
    private readonly responsibility: UnitResponsibility,
    private readonly settings: UnitSettingsService,
    private readonly calendars: CalendarService,
    private readonly words: NeutralWords,
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
      const report = await this.reportOwed(tx, petition, home, toUnitId, urgedOn);
      const answerBy = order.answerBy ?? (report ?? (await this.limits.reply(tx, urgedOn, null))).dueOn;
      if (answerBy < urgedOn)
        throw Problem.field('validation-failed', '/answerBy', 'in_the_past', {
          vi: 'Hạn trả lời không được trước hôm nay.',
          en: 'Must not be before today.',
        });
      const next = await this.nextLevel(tx, home, toUnitId, answerBy);
      // Of a letter about many petitions, and of one to units, the request does not name this one. What was asked about and kept stays.
      const { content } = await this.words.about([petitionId], { content: order.content }, by, 'sure');
      const [urging] = await tx.query<{ id: string }[]>(
        `insert into urging (petition_id, from_unit_id, to_unit_id, content, urged_on, answer_by, letter_id, escalates_to_unit_id, escalates_on, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
        [petitionId, home.id, toUnitId, content, urgedOn, answerBy, order.letterId ?? null, next.unitId, next.on, by.accountId],
      );
      if (report) {
        await startLimitFor(tx, petitionId, toUnitId, report, urging!.id);
        await refreshNextDue(tx, petitionId);
        await this.meetDemands(tx, petition.caseId, by, urgedOn);
      }
      const facts = { urgingId: urging!.id, toUnitId, answerBy, ...(report && { reportDueOn: report.dueOn }) };
      await record(tx, petitionId, { type: 'urged', occurredOn: urgedOn, reason: content, facts }, by);
      return (await this.rows(lockUrging, [urging!.id]))[0]!;
    });
  }

  async urgingsOf(petitionId: string, by: Official): Promise<UrgingRow[]> {
    await this.petitions.get(petitionId, by);
    return this.rows(urgingsOfPetition, [petitionId]);
  }

  /** The unit says what it did: to one urging, or to all of a letter that are not answered yet. */
  answer(
    urgingIds: readonly string[],
    { answeredOn, answer }: { answeredOn: LegalDate; answer: string },
    by: Official,
  ): Promise<UrgingRow[]> {
    mustNotLieAhead(answeredOn, '/answeredOn');
    return this.transactions.run(async (tx) => {
      const answered: UrgingRow[] = [];
      for (const id of urgingIds) {
        const [urging] = await this.rows(lockUrging, [id]);
        if (!urging || !this.sees(urging, by)) throw Problem.notFound('lần đôn đốc này', 'urging');
        this.responsibility.mustActFor(by, urging.toUnitId);
        if (urging.answeredOn)
          throw new Problem('action-not-allowed', {
            vi: `Đã trả lời ngày ${asWritten(urging.answeredOn)}.`,
            en: `It was answered on ${urging.answeredOn}.`,
          });
        if (answeredOn < urging.urgedOn)
          throw Problem.field('validation-failed', '/answeredOn', 'before_urging', {
            vi: `Không được trước ngày đôn đốc ${asWritten(urging.urgedOn)}.`,
            en: `Must not be before the urging of ${urging.urgedOn}.`,
          });
        await tx.query('update urging set answered_on = $2, answer = $3, answered_by = $4 where id = $1', [
          id,
          answeredOn,
          answer,
          by.accountId,
        ]);
        if (await meetLimitFor(tx, id, answeredOn)) await refreshNextDue(tx, urging.petitionId);
        const facts = { urgingId: id, inTime: answeredOn <= urging.answerBy };
        await record(tx, urging.petitionId, { type: 'urging_answered', occurredOn: answeredOn, reason: answer, facts }, by);
        answered.push((await this.rows(lockUrging, [id]))[0]!);
      }
      return answered;
    });
  }

  /** The next level says what it does about an urging that nobody answered. */
  handle(id: string, { handledOn, handling }: { handledOn: LegalDate; handling: string }, by: Official): Promise<UrgingRow> {
    mustNotLieAhead(handledOn, '/handledOn');
    return this.transactions.run(async (tx) => {
      const [urging] = await this.rows(lockUrging, [id]);
      if (!urging || !this.sees(urging, by)) throw Problem.notFound('lần đôn đốc này', 'urging');
      if (!urging.escalatesToUnitId || !this.takesUp(urging.escalatesToUnitId, by)) throw notTheNextLevel();
      if (!urging.escalated || urging.handledOn)
        throw new Problem('action-not-allowed', {
          vi: urging.handledOn
            ? `Đã xử lý ngày ${asWritten(urging.handledOn)}.`
            : 'Chưa đến lượt cấp trên: đã trả lời, còn hạn hoặc đơn đã kết thúc.',
          en: urging.handledOn
            ? `It was handled on ${urging.handledOn}.`
            : 'It is not the turn of the next level: answered, in time, or finished.',
        });
      if (handledOn < urging.escalatesOn!)
        throw Problem.field('validation-failed', '/handledOn', 'before_escalation', {
          vi: `Không được trước ngày chuyển cấp trên ${asWritten(urging.escalatesOn!)}.`,
          en: `Must not be before it went to the next level on ${urging.escalatesOn}.`,
        });
      await tx.query('update urging set handled_on = $2, handling = $3, handled_by = $4 where id = $1', [
        id,
        handledOn,
        handling,
        by.accountId,
      ]);
      await record(
        tx,
        urging.petitionId,
        { type: 'urging_escalation_handled', occurredOn: handledOn, reason: handling, facts: { urgingId: id } },
        by,
      );
      return (await this.rows(lockUrging, [id]))[0]!;
    });
  }

  /** Urgings without an answer that it is the turn of the caller's office to take up. */
  async escalated(asked: Omit<InOut, 'direction'>, by: Official): Promise<Page<UrgingRow>> {
    const { limit, after } = pageOf(asked, this.scope, by);
    const units = asked.unitId ? [asked.unitId] : [...new Set([...this.scope.actingUnits(by), this.scope.top(by).id])];
    return urgingPage(await this.rows(escalatedUrgings, [units, ...after, limit + 1]), limit);
  }

  /** Urgings whose answer is late: of one unit, of all that it covers, or of all in sight. */
  async unanswered(
    { unitId, includeSubordinates = true, ...asked }: { unitId?: string; includeSubordinates?: boolean; limit?: number; cursor?: string },
    by: Official,
  ): Promise<Page<UrgingRow>> {
    const { limit, after } = pageOf(asked, this.scope, by);
    return urgingPage(
      await this.rows(unansweredUrgings, [this.scope.unitsAsked(by, unitId, includeSubordinates), ...after, limit + 1]),
      limit,
    );
  }

  async ofLetter(letterId: string): Promise<UrgingRow[]> {
    return this.rows(urgingsOfLetter, [letterId]);
  }

  private rows(query: NamedQuery, values: unknown[]): Promise<UrgingRow[]> {
    return this.transactions.rows<UrgingRow & Record<string, unknown>>(query, [...values, today()]);
  }

  private sees({ fromUnitId, toUnitId, escalatesToUnitId }: UrgingRow, by: Official): boolean {
    return [fromUnitId, toUnitId, escalatesToUnitId].some(
      (unitId) => unitId !== null && (this.scope.includes(by, unitId) || this.scope.actsFor(by, unitId)),
    );
  }

  /** Whoever works for the unit, or for the authority that it is. */
  private takesUp(unitId: string, by: Official): boolean {
    return this.scope.actsFor(by, unitId) || this.scope.top(by).id === unitId;
  }

  /**
   * The limit to report on a denunciation that is past its limit, where the direct superior of whoever resolves it demands that: his urging is
   * the demand (Law on Denunciations art. 38(2), (3)).
   * @returns null for any other urging
   */
  private async reportOwed(
    tx: EntityManager,
    { id, kind, responsibleUnitId }: PetitionRow,
    home: Unit,
    toUnitId: string,
    on: LegalDate,
  ): Promise<Limit | null> {
    if (kind !== 'denunciation' || toUnitId !== responsibleUnitId) return null;
    const { structure } = this.units;
    const superior = structure.superiorOn(structure.get(toUnitId), on);
    if (!superior || structure.authorityOf(superior, on).id !== structure.authorityOf(home, on).id) return null;
    const open = await openLimits(tx, id);
    if (!open.some(({ ruleId, dueOn, suspendedOn }) => ruleId === 'denunciation.resolution' && !suspendedOn && dueOn < on)) return null;
    return limitInForce({ ruleId: overdueReportRule, startsOn: on }, await this.calendars.upToDate(tx)) ?? null;
  }

  /** Whoever denounced again over the delay has the superior demand the report within a limit (art. 38(2)): it is kept. */
  private async meetDemands(tx: EntityManager, caseId: string, by: Official, on: LegalDate): Promise<void> {
    for (const id of await meetLimitsOfCase(tx, caseId, this.scope.actingUnits(by), overdueDemandRule, on)) {
      await refreshNextDue(tx, id);
      await record(tx, id, { type: 'report_demanded', occurredOn: on }, by);
    }
  }

  /**
   * Who is told when there is no answer: the level above the authority that urges, or – where there is none, or it is the urged unit's own – that
   * authority itself, whose head answers for it.
   */
  private async nextLevel(
    tx: EntityManager,
    from: Unit,
    toUnitId: string,
    answerBy: LegalDate,
  ): Promise<{ unitId: string; on: LegalDate }> {
    const { structure } = this.units;
    const day = today();
    const authority = structure.authorityOf(from, day);
    const above = from.id === authority.id ? structure.superiorOn(authority, day) : authority;
    const unitId = above && above.id !== toUnitId ? above.id : authority.id;
    const { escalateAfterDays } = await this.settings.get(authority.id);
    return { unitId, on: (await this.calendars.upToDate(tx)).addWorkingDays(answerBy, escalateAfterDays) };
  }

  async urgings({ direction, ...asked }: InOut, by: Official): Promise<Page<UrgingRow>> {
    const { limit, after, units } = pageOf(asked, this.scope, by);
    return urgingPage(await this.rows(urgingList(direction), [units, ...after, limit + 1]), limit);
  }
}

function urgingPage(rows: UrgingRow[], limit: number): Page<UrgingRow> {
  return page(
    rows,
    limit,
    ({ urgedOn, id }) => [urgedOn, id],
    (row) => row,
  );
}

function notTheNextLevel(): Problem {
  return new Problem('not-responsible', {
    vi: 'Chỉ cấp trên kế tiếp được xử lý.',
    en: 'Only the next level takes this up.',
  });
}

function nothingToUrge(state: PetitionState): Problem {
  return new Problem(
    'action-not-allowed',
    {
      vi: `Đơn đã kết thúc (trạng thái "${stateNames[state].vi}"), không còn gì để đôn đốc.`,
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
