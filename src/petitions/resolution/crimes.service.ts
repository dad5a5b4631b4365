import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { meetLimits, openLimits, refreshNextDue } from '../limits.js';
import type { PetitionDetailRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { crimeTransferRule, rulesMetBy } from '../../rules/limits/limits-by-event.js';
import { type DispatchRow, dispatchesOf } from './resolution.queries.js';

export interface SignsOfCrime {
  foundOn?: LegalDate | null;
  /** Which act, and what shows it. */
  reason: string;
}

export interface CrimeTransferOrder {
  sentOn?: LegalDate | null;
  /** Investigating body or procuracy. */
  body: string;
  documentNumber: string;
  reason?: string | null;
  /** Nothing is left for the office: before acceptance the denunciation ends so. */
  wholeMatter?: boolean | null;
}

/** What a denunciation shows of a crime goes to the investigating body or the procuracy at once (Law on Denunciations art. 27(1)). */
@Injectable()
export class CrimesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly actions: PetitionActionsService,
  ) {}

  /** Records that an act shows signs of a crime: from then on the file is owed to the investigating body. */
  find(id: string, { foundOn, reason }: SignsOfCrime, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      await this.actions.lock(id, by);
      const before = await openLimits(tx, id);
      const found = await this.actions.take(id, 'find_signs_of_crime', { on: foundOn, dayField: 'foundOn', reason }, expected, by);
      if (before.some(({ ruleId }) => ruleId === crimeTransferRule)) throw alreadyFound();
      return found;
    });
  }

  /**
   * Records that the file was handed over. The rest of the denunciation goes on, unless nothing is left of it.
   * @throws Problem `action-not-allowed` where no signs were found; `validation-failed` for a whole matter that was accepted
   */
  handOver(id: string, order: CrimeTransferOrder, expected: number | null, by: Official): Promise<DispatchRow> {
    const wholeMatter = order.wholeMatter ?? false;
    return this.transactions.run(async (tx) => {
      const { petition, on } = await this.actions.step(
        tx,
        id,
        'inform_investigators',
        {
          on: order.sentOn,
          dayField: 'sentOn',
          reason: order.reason ?? null,
          facts: { body: order.body, documentNumber: order.documentNumber, wholeMatter },
          goesOn: !wholeMatter,
        },
        expected,
        by,
      );
      if (!(await openLimits(tx, id)).some(({ ruleId }) => ruleId === crimeTransferRule)) throw nothingFound();
      if (wholeMatter && petition.acceptedOn) throw accepted();
      await meetLimits(tx, id, rulesMetBy('crime_transfer'), on);
      await refreshNextDue(tx, id);
      await tx.query(
        `insert into dispatch (petition_id, type, dispatched_on, recipients, document_number, note, created_by) values ($1, 'crime_transfer', $2, $3, $4, $5, $6)`,
        [
          id,
          on,
          JSON.stringify([{ role: 'investigating_body', name: order.body }]),
          order.documentNumber,
          order.reason ?? null,
          by.accountId,
        ],
      );
      return (await this.transactions.rows<DispatchRow>(dispatchesOf, [id])).findLast(({ type }) => type === 'crime_transfer')!;
    });
  }
}

function alreadyFound(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Đã ghi nhận dấu hiệu tội phạm và hồ sơ chưa được chuyển: chuyển ngay đến Cơ quan điều tra hoặc Viện kiểm sát (…/crime-transfers).',
    en: 'Signs of a crime are on record and the file was not handed over yet: hand it over at once (…/crime-transfers).',
  });
}

function nothingFound(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Ghi nhận dấu hiệu tội phạm trước (…/crime-signs); chỉ chuyển Cơ quan điều tra, Viện kiểm sát khi hành vi bị tố cáo có dấu hiệu của tội phạm (khoản 1 Điều 27 Luật Tố cáo).',
    en: 'Record the signs of a crime first (…/crime-signs): only such acts go to the investigating body (Law on Denunciations art. 27(1)).',
  });
}

function accepted(): Problem {
  return Problem.field('validation-failed', '/wholeMatter', 'accepted', {
    vi: 'Tố cáo đã thụ lý thì tiếp tục giải quyết, tạm đình chỉ hoặc đình chỉ theo Điều 34 Luật Tố cáo; không kết thúc bằng việc chuyển hồ sơ.',
    en: 'A denunciation that was accepted goes on, or is suspended or terminated (Law on Denunciations art. 34); handing over does not end it.',
  });
}
