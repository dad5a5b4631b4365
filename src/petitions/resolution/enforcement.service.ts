import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { Transactions } from '../../platform/database/transactions.js';
import { meetLimitFor, meetLimits, refreshNextDue, startLimitFor, startLimits } from '../limits.js';
import type { PetitionRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { limitFor, limitInForce, limitUntil } from '../../rules/limits/limit.js';
import { directionRule, handlingResultRule, performanceRule } from '../../rules/limits/limits-by-event.js';
import { type ObligationRow, obligationsOf, type Quantities, quantityNames } from './resolution.queries.js';

export const obligationTypes = [
  'recover_for_state',
  'restore_organisation',
  'restore_person',
  'sanction',
  'investigation',
  'other',
] as const;
export type ObligationType = (typeof obligationTypes)[number];

/** What a decision or conclusion obliges to: to recover or give back money and land, to sanction, to hand over to the investigating body. */
export interface ObligationOrder extends Partial<Quantities> {
  type: ObligationType;
  description: string;
  /** Who has to carry it out. */
  responsible: string;
  dueOn: LegalDate;
}

export interface PerformanceOrder extends Partial<Quantities> {
  performedOn?: LegalDate | null;
  performedBy?: string | null;
  document?: string | null;
  note?: string | null;
  /** Nothing is left to be done, whatever the figures say. */
  fulfils?: boolean | null;
}

/** Enforcement (thi hành): what is owed, what was done of it, by when and by whom. Each obligation has its own limit, and so its own alert. */
@Injectable()
export class EnforcementService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly calendars: CalendarService,
  ) {}

  /** Adds an obligation to what was decided or concluded before. */
  oblige(
    petitionId: string,
    order: ObligationOrder,
    recordedOn: LegalDate | null,
    expected: number | null,
    by: Official,
  ): Promise<ObligationRow> {
    return this.transactions.run(async (tx) => {
      const facts = { type: order.type, dueOn: order.dueOn };
      const { petition, on } = await this.actions.step(
        tx,
        petitionId,
        'oblige',
        { on: recordedOn, dayField: 'recordedOn', reason: order.description, facts },
        expected,
        by,
      );
      const id = await this.add(tx, petition, order, petition.decidedOn ?? on, '', by);
      if (petition.inForceOn) await this.mustBeDirected(tx, petition, petition.inForceOn);
      return this.one(petitionId, id);
    });
  }

  /** Stores an obligation with its limit, within the transaction of the decision. */
  async add(
    tx: EntityManager,
    petition: PetitionRow,
    order: ObligationOrder,
    startsOn: LegalDate,
    pointer: string,
    by: Official,
  ): Promise<string> {
    if (order.dueOn < startsOn)
      throw Problem.field('validation-failed', `${pointer}/dueOn`, 'too_early', {
        vi: `Không được trước ngày ban hành (${asWritten(startsOn)}).`,
        en: `Must not be before the day of the decision (${startsOn}).`,
      });
    const [row] = await tx.query<{ id: string }[]>(
      `insert into obligation (petition_id, type, description, responsible, due_on, created_by, ${quantityNames.join(', ')})
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
      [petition.id, order.type, order.description, order.responsible, order.dueOn, by.accountId, ...quantities(order)],
    );
    const calendar = await this.calendars.upToDate(tx);
    const ordinary = limitFor({ ruleId: performanceRule, startsOn }, calendar);
    if ('fault' in ordinary) throw new Error(`${performanceRule} is not in force on ${startsOn}`);
    await startLimitFor(tx, petition.id, petition.responsibleUnitId, limitUntil(ordinary, order.dueOn, calendar), row!.id);
    await refreshNextDue(tx, petition.id);
    return row!.id;
  }

  /**
   * Within five working days after a decision that obliges somebody came into force, whoever decided carries it out or directs who is to
   * (Decree 124/2020/NĐ-CP art. 31(1)): one limit for the whole decision.
   */
  async mustBeDirected(tx: EntityManager, petition: PetitionRow, inForceOn: LegalDate): Promise<void> {
    const [known] = await tx.query<unknown[]>(
      'select from petition_limit where petition_id = $1 and rule_id = $2 and void_on is null limit 1',
      [petition.id, directionRule],
    );
    const limit = limitInForce({ ruleId: directionRule, startsOn: inForceOn }, await this.calendars.upToDate(tx));
    if (known || !limit || petition.kind !== 'complaint') return;
    await startLimits(tx, petition.id, petition.responsibleUnitId, [limit], inForceOn);
    await refreshNextDue(tx, petition.id);
  }

  /**
   * Records what was carried out, in full or in part: the obligation is fulfilled when the figures reach what is owed, or when the caller says so.
   * @throws Problem `action-not-allowed` for one that is fulfilled; `validation-failed` for more than is owed
   */
  perform(
    petitionId: string,
    obligationId: string,
    order: PerformanceOrder,
    expected: number | null,
    by: Official,
  ): Promise<ObligationRow> {
    return this.transactions.run(async (tx) => {
      const facts = { obligationId, ...Object.fromEntries(quantityNames.filter((name) => order[name]).map((name) => [name, order[name]])) };
      const { petition, on } = await this.actions.step(
        tx,
        petitionId,
        'perform',
        { on: order.performedOn, dayField: 'performedOn', reason: order.note ?? null, facts },
        expected,
        by,
      );
      const before = await this.one(petitionId, obligationId);
      if (before.fulfilledOn) throw fulfilled(before);
      mustNotExceed(before, order);
      await tx.query(
        `insert into performance (obligation_id, performed_on, performed_by, document, note, created_by, ${quantityNames.join(', ')})
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [obligationId, on, order.performedBy ?? null, order.document ?? null, order.note ?? null, by.accountId, ...quantities(order)],
      );
      // Carrying it out is what a direction is for.
      await meetLimits(tx, petitionId, [directionRule], on);
      const after = await this.one(petitionId, obligationId);
      if (order.fulfils ?? isFulfilled(after)) {
        await tx.query('update obligation set fulfilled_on = $2, version = version + 1 where id = $1', [obligationId, on]);
        await meetLimitFor(tx, obligationId, on);
        const told =
          petition.kind === 'denunciation' && limitInForce({ ruleId: handlingResultRule, startsOn: on }, await this.calendars.upToDate(tx));
        if (told) await startLimitFor(tx, petition.id, petition.responsibleUnitId, told, obligationId);
      }
      await refreshNextDue(tx, petition.id);
      return this.one(petitionId, obligationId);
    });
  }

  async list(petitionId: string, by: Official): Promise<ObligationRow[]> {
    await this.petitions.get(petitionId, by);
    return this.transactions.rows<ObligationRow>(obligationsOf, [petitionId]);
  }

  private async one(petitionId: string, id: string): Promise<ObligationRow> {
    const found = (await this.transactions.rows<ObligationRow>(obligationsOf, [petitionId])).find((row) => row.id === id);
    if (!found) throw Problem.notFound('nghĩa vụ này', 'obligation');
    return found;
  }
}

/** What was done of an obligation so far. */
export function performedOf({ performances }: Pick<ObligationRow, 'performances'>): Quantities {
  const sum = (name: keyof Quantities) => performances.reduce((total, one) => total + one[name], 0);
  return {
    money: sum('money'),
    land: sum('land'),
    organisations: sum('organisations'),
    persons: sum('persons'),
    officials: sum('officials'),
    cases: sum('cases'),
  };
}

/** Everything that is owed was done; what is owed without figures is fulfilled only when somebody says so. */
function isFulfilled(obligation: ObligationRow): boolean {
  const done = performedOf(obligation);
  const owed = quantityNames.filter((name) => obligation[name] > 0);
  return owed.length > 0 && owed.every((name) => done[name] >= obligation[name]);
}

function mustNotExceed(obligation: ObligationRow, order: PerformanceOrder): void {
  const done = performedOf(obligation);
  for (const name of quantityNames) {
    const left = obligation[name] - done[name];
    if ((order[name] ?? 0) > left)
      throw Problem.field('validation-failed', `/${name}`, 'more_than_owed', {
        vi: `Chỉ còn phải thực hiện ${left}.`,
        en: `Only ${left} is left to be done.`,
      });
  }
}

function quantities(order: Partial<Quantities>): number[] {
  return quantityNames.map((name) => order[name] ?? 0);
}

function fulfilled({ fulfilledOn }: ObligationRow): Problem {
  return new Problem('action-not-allowed', {
    vi: `Nghĩa vụ đã thi hành xong ngày ${asWritten(fulfilledOn!)}.`,
    en: `The obligation was fulfilled on ${fulfilledOn}.`,
  });
}
