import { Injectable } from '@nestjs/common';
import type { Official } from '../auth/official.js';
import { today } from '../calendar/today.js';
import { Transactions } from '../database/transactions.js';
import type { PetitionDetailRow } from '../petitions/petition.js';
import { PetitionActionsService } from '../petitions/petition-actions.service.js';
import { PetitionsService } from '../petitions/petitions.service.js';
import { Problem } from '../problems/problem.js';
import type { LegalDate } from '../rules/legal-date.js';

/** First day on which a complaint can be withdrawn in part (Law 136/2025/QH15 art. 2). */
const partsOfComplaintsFrom: LegalDate = '2026-07-01';

export const goingOnGrounds = ['signs_of_violation', 'bribed', 'abuse_of_right'] as const;
export const terminationGrounds = [
  'petitioner_died',
  'organisation_ended',
  'denounced_died',
  'judgment_in_force',
  'withdrawn',
  'other',
] as const;

export interface WithdrawalOrder {
  withdrawnOn?: LegalDate | null;
  extent?: 'whole' | 'part' | null;
  /** Under threat or coercion: it does not end the matter. */
  coerced?: boolean | null;
  /** For a denunciation: why the resolution goes on although it was withdrawn (Law on Denunciations art. 33(3)). */
  goesOnBecause?: (typeof goingOnGrounds)[number] | null;
  reason: string;
  documentNumber?: string | null;
}

export interface TerminationOrder {
  terminatedOn?: LegalDate | null;
  ground: (typeof terminationGrounds)[number];
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
   * Records a withdrawal. It ends the petition, except for what was withdrawn under coercion, in part, or where the law lets a denunciation go on.
   * @throws Problem `rule-not-applicable` for a part of a complaint before 2026-07-01
   */
  withdraw(id: string, order: WithdrawalOrder, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const extent = order.extent ?? 'whole';
      const coerced = order.coerced ?? false;
      const petition = await this.actions.lock(id, by);
      const on = order.withdrawnOn ?? today();
      if (extent === 'part' && petition.kind === 'complaint' && on < partsOfComplaintsFrom) throw notInParts();
      if (order.goesOnBecause && petition.kind !== 'denunciation') throw onlyDenunciations();
      const goesOn = coerced || extent === 'part' || Boolean(order.goesOnBecause);
      await this.actions.step(
        tx,
        id,
        'withdraw',
        {
          on: order.withdrawnOn,
          dayField: 'withdrawnOn',
          reason: order.reason,
          facts: { extent, coerced, goesOnBecause: order.goesOnBecause ?? null, goesOn, documentNumber: order.documentNumber },
          goesOn,
          ...(!goesOn && { columns: { terminated_on: on, outcome: 'withdrawn' } }),
        },
        expected,
        by,
      );
      return this.petitions.get(id, by);
    });
  }

  /** Terminates the resolution on another ground (Law on Denunciations art. 34(3); for complaints since 2026-07-01). */
  terminate(
    id: string,
    { terminatedOn, reason, ...facts }: TerminationOrder,
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    const step = {
      on: terminatedOn,
      dayField: 'terminatedOn',
      dayColumn: 'terminated_on',
      reason,
      facts,
      columns: { outcome: 'terminated' },
    };
    return this.actions.take(id, 'terminate', step, expected, by);
  }
}

function notInParts(): Problem {
  return Problem.field('rule-not-applicable', '/extent', 'not_in_force', {
    vi: `Chỉ được rút một phần nội dung khiếu nại từ ngày ${partsOfComplaintsFrom} (Luật 136/2025/QH15).`,
    en: `A complaint can be withdrawn in part only since ${partsOfComplaintsFrom} (Law 136/2025/QH15).`,
  });
}

function onlyDenunciations(): Problem {
  return Problem.field('validation-failed', '/goesOnBecause', 'not_a_denunciation', {
    vi: 'Chỉ áp dụng cho tố cáo (Điều 33 khoản 3 Luật Tố cáo); khiếu nại rút do bị ép buộc thì ghi "coerced".',
    en: 'Applies to denunciations alone (Law on Denunciations art. 33(3)); a complaint withdrawn under coercion is "coerced".',
  });
}
