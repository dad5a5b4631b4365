import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { mustBeAGround } from '../ending-problems.js';
import type { PetitionDetailRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { GoingOnGround, TerminationGround, WithdrawalExtent, WithdrawalForm } from '../../rules/resolution/ending-grounds.js';
import { type WithdrawalRow, withdrawalsOf } from './resolution.queries.js';

/** Somebody of several, by the place in `parties` or in the list of signatories, from 1. */
export interface WithdrawingPerson {
  of: 'parties' | 'signatories';
  position: number;
}

export interface WithdrawalOrder {
  withdrawnOn?: LegalDate | null;
  /** In a petition of its own, or in minutes before the resolver or the verifier. */
  form?: WithdrawalForm | null;
  extent?: WithdrawalExtent | null;
  /** What is withdrawn, of a part. */
  content?: string | null;
  /** Who withdraws, of several. */
  people?: WithdrawingPerson[];
  /** Under threat or coercion: it does not end the matter. */
  coerced?: boolean | null;
  /** For a denunciation: why the resolution goes on although it was withdrawn (Law on Denunciations art. 33(3)). */
  goesOnBecause?: GoingOnGround | null;
  reason: string;
  documentNumber?: string | null;
}

export interface TerminationOrder {
  terminatedOn?: LegalDate | null;
  ground: TerminationGround;
  reason: string;
  documentNumber: string;
}

/** How a matter ends without a decision: withdrawal (rút đơn) and termination (đình chỉ). */
@Injectable()
export class EndingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
  ) {}

  /**
   * Records a withdrawal. It ends the petition, except for what was withdrawn under coercion, in part, by some of several people, or where the law
   * lets a denunciation go on.
   * @throws Problem `rule-not-applicable` for a form or an extent that the law of the day does not know
   */
  withdraw(id: string, order: WithdrawalOrder, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const [form, extent, coerced] = [order.form ?? 'petition', order.extent ?? 'whole', order.coerced ?? false];
      await this.actions.lock(id, by);
      const petition = await this.petitions.get(id, by);
      const on = order.withdrawnOn ?? today();
      const people = order.people ?? [];
      mustBeComplete(order, extent);
      if (order.goesOnBecause && petition.kind !== 'denunciation') throw onlyDenunciations();
      if (petition.kind === 'complaint' || petition.kind === 'denunciation') {
        mustBeAGround('withdrawal', petition.kind, form, on, '/form');
        if (extent !== 'whole') mustBeAGround('withdrawal', petition.kind, extent, on, '/extent');
      }
      if (extent === 'some_people') await this.mustLeaveSomebody(tx, petition, people);
      const goesOn = coerced || extent !== 'whole' || Boolean(order.goesOnBecause);
      await this.actions.step(
        tx,
        id,
        'withdraw',
        {
          on: order.withdrawnOn,
          dayField: 'withdrawnOn',
          reason: order.reason,
          facts: {
            form,
            extent,
            ...(order.content && { content: order.content }),
            ...(people.length > 0 && { people }),
            coerced,
            goesOnBecause: order.goesOnBecause ?? null,
            goesOn,
            documentNumber: order.documentNumber,
          },
          goesOn,
          ...(!goesOn && { columns: { terminated_on: on, outcome: 'withdrawn' } }),
        },
        expected,
        by,
      );
      await tx.query(
        `insert into withdrawal (petition_id, withdrawn_on, form, extent, content, party_positions, signatory_positions, coerced, goes_on_because, goes_on,
           reason, document_number, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          id,
          on,
          form,
          extent,
          order.content ?? null,
          positions(people, 'parties'),
          positions(people, 'signatories'),
          coerced,
          order.goesOnBecause ?? null,
          goesOn,
          order.reason,
          order.documentNumber ?? null,
          by.accountId,
        ],
      );
      return this.petitions.get(id, by);
    });
  }

  async withdrawals(id: string, by: Official): Promise<WithdrawalRow[]> {
    await this.petitions.get(id, by);
    return this.transactions.rows<WithdrawalRow>(withdrawalsOf, [id]);
  }

  /**
   * Terminates the resolution on a ground of the law of the day (Law on Complaints art. 11a(2), Law on Denunciations art. 34(3)).
   * @throws Problem `rule-not-applicable` for a ground that the law does not know for this kind on that day
   */
  terminate(
    id: string,
    { terminatedOn, reason, ...facts }: TerminationOrder,
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(id, by);
      const { on } = await this.actions.step(
        tx,
        id,
        'terminate',
        { on: terminatedOn, dayField: 'terminatedOn', dayColumn: 'terminated_on', reason, facts, columns: { outcome: 'terminated' } },
        expected,
        by,
      );
      mustBeAGround('termination', petition.kind, facts.ground, on, '/ground');
      return this.petitions.get(id, by);
    });
  }

  /** @throws Problem naming somebody who does not stand behind the petition or withdrew before, or where nobody is left */
  private async mustLeaveSomebody(tx: EntityManager, petition: PetitionDetailRow, people: WithdrawingPerson[]): Promise<void> {
    const signatories = await tx.query<{ position: number }[]>('select position from petition_signatory where petition_id = $1', [
      petition.id,
    ]);
    const before = await this.transactions.rows<WithdrawalRow>(withdrawalsOf, [petition.id]);
    const gone = before
      .filter(({ coerced }) => !coerced)
      .flatMap(({ partyPositions, signatoryPositions }) => [
        ...partyPositions.map((position) => `parties ${position}`),
        ...signatoryPositions.map((position) => `signatories ${position}`),
      ]);
    const known = [
      ...petition.parties.flatMap(({ role }, index) => (role === 'petitioner' ? [`parties ${index + 1}`] : [])),
      ...signatories.map(({ position }) => `signatories ${position}`),
    ];
    const wanted = people.map(({ of, position }) => `${of} ${position}`);
    const faulty = wanted.findIndex((person, index) => !known.includes(person) || gone.includes(person) || wanted.indexOf(person) < index);
    if (faulty >= 0) throw nobodyToWithdraw(faulty);
    // Who signed stands in the list as well as among the parties: whichever is longer counts.
    const all = Math.max(petition.signatories, signatories.length, known.filter((person) => person.startsWith('parties')).length);
    if (all - gone.length - wanted.length < 1) throw nobodyLeft();
  }
}

function positions(people: readonly WithdrawingPerson[], where: WithdrawingPerson['of']): number[] {
  return people.filter(({ of }) => of === where).map(({ position }) => position);
}

/** @throws Problem naming a field that the extent needs */
function mustBeComplete({ content, people = [] }: WithdrawalOrder, extent: WithdrawalExtent): void {
  if (extent === 'part' && !content)
    throw Problem.field('validation-failed', '/content', 'required', {
      vi: 'Nêu nội dung được rút; phần còn lại được tiếp tục giải quyết.',
      en: 'Say what is withdrawn; the rest goes on.',
    });
  if ((extent === 'some_people') === people.length > 0) return;
  throw Problem.field('validation-failed', '/people', people.length > 0 ? 'contradiction' : 'required', {
    vi: 'Nêu những người rút khi một hoặc một số người trong nhiều người cùng gửi đơn rút ("some_people"), và chỉ khi đó.',
    en: 'Say who withdraws where some of several people do ("some_people"), and only then.',
  });
}

function nobodyToWithdraw(index: number): Problem {
  return Problem.field('validation-failed', `/people/${index}`, 'unknown_person', {
    vi: 'Không có người gửi đơn nào ở vị trí này, hoặc người đó đã rút.',
    en: 'No petitioner stands in this place, or he has withdrawn already.',
  });
}

function nobodyLeft(): Problem {
  return Problem.field('validation-failed', '/extent', 'nobody_left', {
    vi: 'Toàn bộ người gửi đơn đã rút thì ghi rút toàn bộ ("whole") và đình chỉ giải quyết (khoản 2 Điều 7a Nghị định 124/2020/NĐ-CP).',
    en: 'Where everybody withdraws the whole is withdrawn ("whole"), and the resolution is terminated (Decree 124/2020/NĐ-CP art. 7a(2)).',
  });
}

function onlyDenunciations(): Problem {
  return Problem.field('validation-failed', '/goesOnBecause', 'not_a_denunciation', {
    vi: 'Chỉ áp dụng cho tố cáo (Điều 33 khoản 3 Luật Tố cáo); khiếu nại rút do bị ép buộc thì ghi "coerced".',
    en: 'Applies to denunciations alone (Law on Denunciations art. 33(3)); a complaint withdrawn under coercion is "coerced".',
  });
}
