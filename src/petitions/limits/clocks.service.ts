import { complexityNames } from '../../rules/resolution/complexity.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { Transactions } from '../../platform/database/transactions.js';
import { record } from '../history.js';
import { mustBeAGround } from '../ending-problems.js';
import { moveLimit, openLimits, type OpenLimit, refreshNextDue, stopLimit } from '../limits.js';
import type { PetitionDetailRow, PetitionRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { countAgain, daysBetween, type Limit, limitFor } from '../../rules/limits/limit.js';
import type { Complexity } from '../../rules/limits/limit-rule.js';
import type { SuspensionGround } from '../../rules/resolution/ending-grounds.js';
import { resolutionRule } from '../../rules/limits/limits-by-event.js';

export interface ExtensionOrder {
  decidedOn?: LegalDate | null;
  documentNumber: string;
  reason: string;
  /** For a denunciation: days of this extension. */
  days?: number | null;
}

export interface SuspensionOrder {
  suspendedOn?: LegalDate | null;
  ground: SuspensionGround;
  reason: string;
  /** What proves force majeure or an obstacle. */
  evidence?: string | null;
  documentNumber: string;
}

export interface ResumptionOrder {
  resumedOn?: LegalDate | null;
  reason: string;
  documentNumber: string;
}

/** Changes to a clock that runs: each by a written decision, in one transaction with the history that keeps the days before and after. */
@Injectable()
export class ClocksService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly calendars: CalendarService,
  ) {}

  /**
   * Extends the limit of the resolution of a matter that was found to be complex, before it ends and at most as the law allows: a complaint has the longer limit of a complex
   * matter (Law on Complaints arts 28, 37, 50, 55), a denunciation one extension or two of at most thirty days (Law on Denunciations art. 30).
   * @throws Problem `action-not-allowed` after the limit has ended or where the law knows no (further) extension; `validation-failed` for too many days
   */
  extend(id: string, order: ExtensionOrder, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const { petition, on } = await this.actions.step(
        tx,
        id,
        'extend',
        {
          on: order.decidedOn,
          dayField: 'decidedOn',
          reason: order.reason,
          facts: { documentNumber: order.documentNumber, days: order.days },
        },
        expected,
        by,
      );
      const limit = await this.resolutionLimit(tx, petition);
      if (on > limit.dueOn) throw endedBefore(limit);
      // Before there were criteria a complaint was complex by the decision itself (Law on Complaints art. 28).
      const complexity = petition.kind === 'complaint' ? 'complex' : petition.complexity;
      const extensionsDays = petition.kind === 'complaint' ? [] : [...limit.extensionsDays, order.days ?? 0];
      const extended = await this.extended(tx, petition, limit, { complexity, extensionsDays });
      if (extended.amount <= limit.amount) throw noLonger(petition);
      await moveLimit(tx, limit.id, { ...extended, extensionsDays });
      await tx.query(
        `insert into limit_extension (limit_id, decided_on, document_number, reason, days, due_on_before, due_on, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [limit.id, on, order.documentNumber, order.reason, extended.amount - limit.amount, limit.dueOn, extended.dueOn, by.accountId],
      );
      const facts = { ruleId: limit.ruleId, dueOnBefore: limit.dueOn, dueOn: extended.dueOn };
      await record(tx, id, { type: 'limit_moved', occurredOn: on, facts }, by);
      await this.actions.store(tx, petition, { complexity });
      await refreshNextDue(tx, id);
      return this.petitions.get(id, by);
    });
  }

  /**
   * Stops the clock of the resolution, on a ground of the law of the day (Law on Complaints art. 11a(1), Law on Denunciations art. 34(1)).
   * @throws Problem `rule-not-applicable` for a ground that the law does not know for this kind; `validation-failed` for an obstacle without proof
   */
  suspend(
    id: string,
    { suspendedOn, reason, ...facts }: SuspensionOrder,
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const { petition, on } = await this.actions.step(
        tx,
        id,
        'suspend',
        { on: suspendedOn, dayField: 'suspendedOn', dayColumn: 'suspended_on', reason, facts },
        expected,
        by,
      );
      mustBeAGround('suspension', petition.kind, facts.ground, on, '/ground');
      mustBeProved(facts);
      await stopLimit(tx, (await this.resolutionLimit(tx, petition)).id, on);
      await refreshNextDue(tx, id);
      return this.petitions.get(id, by);
    });
  }

  /** Lets the clock go on with the days that were left, from the next day. */
  resume(id: string, { resumedOn, reason, ...facts }: ResumptionOrder, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const { petition, on } = await this.actions.step(
        tx,
        id,
        'resume',
        { on: resumedOn, dayField: 'resumedOn', reason, facts, columns: { suspended_on: null } },
        expected,
        by,
      );
      const limit = await this.resolutionLimit(tx, petition);
      const calendar = await this.calendars.upToDate(tx);
      const stood = daysBetween(limit.suspendedOn ?? on, on, limit.unit, calendar);
      const running = { ...limit, amount: limit.amount + stood };
      const moved = countAgain({ ...running, complexity: petition.complexity }, calendar);
      await moveLimit(tx, limit.id, { ...running, ...moved, suspendedDays: limit.suspendedDays + stood, suspendedOn: null });
      const shift = { ruleId: limit.ruleId, dueOnBefore: limit.dueOn, dueOn: moved.dueOn, suspendedDays: stood };
      await record(tx, id, { type: 'limit_moved', occurredOn: on, facts: shift }, by);
      await refreshNextDue(tx, id);
      return this.petitions.get(id, by);
    });
  }

  private async resolutionLimit(tx: EntityManager, petition: PetitionRow): Promise<OpenLimit> {
    const ruleId = resolutionRule({ ...petition, subject: petition.subject ?? 'administrative' });
    const limit = (await openLimits(tx, petition.id)).find((open) => open.ruleId === ruleId);
    if (limit) return limit;
    throw new Problem('action-not-allowed', {
      vi: 'Đơn không có thời hạn giải quyết đang chạy.',
      en: 'No limit of the resolution runs for this petition.',
    });
  }

  /** The law's limit with the extension, and the days that suspensions added before. */
  private async extended(
    tx: EntityManager,
    { remoteArea, multiplePlaces }: PetitionRow,
    { ruleId, startsOn, suspendedDays }: OpenLimit,
    more: { complexity: Complexity; extensionsDays: number[] },
  ): Promise<Limit> {
    const found = limitFor({ ruleId, startsOn, suspendedDays, remoteArea, multiplePlaces, ...more }, await this.calendars.upToDate(tx));
    if (!('fault' in found)) return found;
    if (found.fault === 'too_many_extensions')
      throw new Problem(
        'action-not-allowed',
        {
          vi: `Luật cho gia hạn nhiều nhất ${found.allowed} lần với vụ việc ${complexityNames[more.complexity]}.`,
          en: `The law allows at most ${found.allowed} extension(s) of a matter that is "${more.complexity}".`,
        },
        [],
        { allowedExtensions: found.allowed },
      );
    const longest = found.fault === 'extension_too_long' ? found.longest : 0;
    throw Problem.field('validation-failed', '/days', 'extension_too_long', {
      vi: `Lần gia hạn này từ 1 đến ${longest} ngày.`,
      en: `This extension has 1 to ${longest} days.`,
    });
  }
}

const toBeProved: readonly SuspensionGround[] = ['force_majeure', 'objective_obstacle'];

function mustBeProved({ ground, evidence }: Pick<SuspensionOrder, 'ground' | 'evidence'>): void {
  if (evidence || !toBeProved.includes(ground)) return;
  throw Problem.field('validation-failed', '/evidence', 'required', {
    vi: 'Sự kiện bất khả kháng, trở ngại khách quan phải có căn cứ, tài liệu chứng minh trong hồ sơ (khoản 4 Điều 28a Nghị định 124/2020/NĐ-CP).',
    en: 'Force majeure and an obstacle are proved by what lies in the file (Decree 124/2020/NĐ-CP art. 28a(4)).',
  });
}

function endedBefore({ dueOn }: OpenLimit): Problem {
  return Problem.field('action-not-allowed', '/decidedOn', 'limit_has_ended', {
    vi: `Chỉ được gia hạn trước khi hết thời hạn (${asWritten(dueOn)}).`,
    en: `A limit is extended before it ends (${dueOn}).`,
  });
}

function noLonger({ kind, complexity }: PetitionRow): Problem {
  return kind === 'complaint'
    ? new Problem('action-not-allowed', {
        vi: `Vụ việc đã được tính thời hạn của vụ việc ${complexityNames[complexity]}; luật không cho gia hạn thêm.`,
        en: `The limit is already that of a matter that is "${complexity}"; the law knows no longer one.`,
      })
    : Problem.field('validation-failed', '/days', 'required', { vi: 'Nêu số ngày gia hạn.', en: 'Say how many days the extension has.' });
}
