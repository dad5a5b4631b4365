import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { mustNotLieAhead, PetitionsService } from '../../petitions/petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, isLegalDate } from '../../platform/text/legal-date.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import type { BacklogReviewRow, ReviewFacts } from './backlog.js';
import { reviewList } from './backlog.queries.js';

/** Meetings that go through the backlog: what was decided about which petition, by when. */
@Injectable()
export class BacklogReviewsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly scope: AccessScope,
  ) {}

  /**
   * Writes down a meeting of the caller's authority on petitions in its sight.
   * @throws Problem naming the petition that is not there, or stands twice
   */
  hold({ heldOn, chairedBy, participants, items, conclusion }: ReviewFacts, by: Official): Promise<BacklogReviewRow> {
    mustNotLieAhead(heldOn, '/heldOn');
    return this.transactions.run(async (tx) => {
      for (const [index, { petitionId }] of items.entries()) await this.mustSee(petitionId, `/items/${index}/petitionId`, by);
      const unitId = this.scope.top(by).id;
      const [made] = await tx.query<{ id: string }[]>(
        'insert into backlog_review (unit_id, held_on, chaired_by, participants, conclusion, created_by) values ($1, $2, $3, $4, $5, $6) returning id',
        [unitId, heldOn, chairedBy, participants, conclusion, by.accountId],
      );
      const seen = new Set<string>();
      for (const [index, { petitionId, decision, dueOn }] of items.entries()) {
        if (seen.has(petitionId))
          throw Problem.field('validation-failed', `/items/${index}/petitionId`, 'twice', {
            vi: 'Mỗi đơn chỉ nêu một lần.',
            en: 'Every petition once.',
          });
        if (dueOn !== null && dueOn < heldOn)
          throw Problem.field('validation-failed', `/items/${index}/dueOn`, 'before_review', {
            vi: `Không được trước ngày họp ${asWritten(heldOn)}.`,
            en: `Must not be before the meeting of ${heldOn}.`,
          });
        seen.add(petitionId);
        await tx.query('insert into backlog_review_item (review_id, position, petition_id, decision, due_on) values ($1, $2, $3, $4, $5)', [
          made!.id,
          index + 1,
          petitionId,
          decision,
          dueOn,
        ]);
      }
      return (await this.rows([[unitId], made!.id, null, null, 1]))[0]!;
    });
  }

  /** The latest first. */
  async list(
    {
      unitId,
      includeSubordinates = false,
      limit = defaultLimit,
      cursor,
    }: { unitId?: string; includeSubordinates?: boolean; limit?: number; cursor?: string },
    by: Official,
  ): Promise<Page<BacklogReviewRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.rows([this.scope.unitsAsked(by, unitId, includeSubordinates), null, ...after, limit + 1]);
    return page(
      rows,
      limit,
      ({ heldOn, id }) => [heldOn, id],
      (row) => row,
    );
  }

  private rows(values: unknown[]): Promise<BacklogReviewRow[]> {
    return this.transactions.rows<BacklogReviewRow & Record<string, unknown>>(reviewList, [...values, today()]);
  }

  private async mustSee(petitionId: string, pointer: string, by: Official): Promise<void> {
    try {
      await this.petitions.get(petitionId, by);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not-found') throw error;
      throw Problem.field('validation-failed', pointer, 'unknown_petition', error.detail);
    }
  }
}
