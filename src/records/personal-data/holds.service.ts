import { asWritten } from '../../platform/text/legal-date.js';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { record } from '../../petitions/history.js';
import { PetitionActionsService } from '../../petitions/petition-actions.service.js';
import { PetitionsService } from '../../petitions/petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { type HoldRow, holdsOf } from './personal-data.queries.js';

/** Legal holds: what a court, an investigation or an inspection still needs is not anonymised, whatever its age. */
@Injectable()
export class HoldsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
  ) {}

  async list(petitionId: string, by: Official): Promise<HoldRow[]> {
    await this.petitions.get(petitionId, by);
    return this.transactions.rows<HoldRow>(holdsOf, [petitionId]);
  }

  /** @throws Problem `conflict` while one holds already; `action-not-allowed` where there is nothing left to hold */
  place(petitionId: string, reason: string, by: Official): Promise<HoldRow[]> {
    return this.transactions.run(async (tx) => {
      await this.actions.lock(petitionId, by);
      const [petition] = await tx.query<{ anonymisedOn: string | null }[]>(
        'select anonymised_on as "anonymisedOn" from petition where id = $1',
        [petitionId],
      );
      if (petition?.anonymisedOn) throw anonymisedAlready(petition.anonymisedOn);
      const placed = await tx.query<{ id: string }[]>(
        `insert into legal_hold (petition_id, reason, placed_on, placed_by) values ($1, $2, $3, $4)
         on conflict (petition_id) where lifted_on is null do nothing returning id`,
        [petitionId, reason, today(), by.accountId],
      );
      if (placed.length === 0) throw heldAlready();
      await record(tx, petitionId, { type: 'hold_placed', occurredOn: today(), facts: { holdId: placed[0]!.id } }, by);
      return this.list(petitionId, by);
    });
  }

  /** @throws Problem `not-found`; `action-not-allowed` for one that was lifted */
  lift(petitionId: string, holdId: string, reason: string, by: Official): Promise<HoldRow[]> {
    return this.transactions.run(async (tx) => {
      await this.actions.lock(petitionId, by);
      const hold = (await this.list(petitionId, by)).find(({ id }) => id === holdId);
      if (!hold) throw Problem.notFound('lệnh giữ này', 'hold');
      if (hold.liftedOn) throw liftedAlready(hold.liftedOn);
      await tx.query('update legal_hold set lifted_on = $2, lifted_by = $3, lift_reason = $4 where id = $1', [
        holdId,
        today(),
        by.accountId,
        reason,
      ]);
      await record(tx, petitionId, { type: 'hold_lifted', occurredOn: today(), facts: { holdId } }, by);
      return this.list(petitionId, by);
    });
  }
}

function heldAlready(): Problem {
  return new Problem('conflict', { vi: 'Đơn đang được giữ.', en: 'The petition is held already.' });
}

function liftedAlready(on: string): Problem {
  return new Problem('action-not-allowed', { vi: `Đã bỏ ngày ${asWritten(on)}.`, en: `It was lifted on ${on}.` });
}

function anonymisedAlready(on: string): Problem {
  return new Problem('action-not-allowed', {
    vi: `Đơn đã được ẩn danh ngày ${asWritten(on)}.`,
    en: `The petition was anonymised on ${on}.`,
  });
}
