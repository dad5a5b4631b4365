import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, type Page, page } from '../../platform/http/page.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { questionsFor } from '../../rules/inspections/review-sheet.js';
import { InspectionsService, mustBe } from '../inspections.service.js';
import type { ReviewAnswer, ReviewRow } from './review.js';
import { reviewById, reviewsOf } from './reviews.queries.js';
import { SamplesService } from './samples.service.js';

/** The sheets of the sampled petitions: one for each, filled in by the team. */
@Injectable()
export class ReviewsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly inspections: InspectionsService,
    private readonly samples: SamplesService,
  ) {}

  /** In the order of the sample. */
  async list(
    inspectionId: string,
    { reviewed, limit = defaultLimit, cursor }: { reviewed?: boolean; limit?: number; cursor?: string },
    by: Official,
  ): Promise<Page<ReviewRow>> {
    await this.inspections.mustSeeFindings(inspectionId, by);
    const [after] = decodeCursor(cursor, [Number.isSafeInteger]) ?? [0];
    const rows = await this.transactions.rows<ReviewRow & Record<string, unknown>>(reviewsOf, [
      inspectionId,
      reviewed ?? null,
      after,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      ({ position }) => [position],
      (row) => row,
    );
  }

  /** All of an inspection, in the order of the sample. */
  ofInspection(inspectionId: string): Promise<ReviewRow[]> {
    return this.transactions.rows<ReviewRow & Record<string, unknown>>(reviewsOf, [inspectionId, null, 0, null]);
  }

  /** @throws Problem `not-found`, also for the inspected unit before the conclusion */
  async get(id: string, by: Official): Promise<ReviewRow> {
    const [row] = await this.transactions.rows<ReviewRow & Record<string, unknown>>(reviewById, [id, ...this.inspections.seer(by)]);
    if (!row) throw Problem.notFound('phiếu xem xét này', 'review');
    return row;
  }

  /**
   * Fills in the sheet of a petition, or corrects it, before the conclusion. What an inspector writes about a denunciation names nobody who denounced.
   * @throws Problem naming the question that is not answered, is not asked of such a petition, or is answered twice
   */
  review(
    id: string,
    { answers, note }: { answers: readonly ReviewAnswer[]; note: string | null },
    expected: number | null,
    by: Official,
  ): Promise<ReviewRow> {
    return this.transactions.run(async (tx) => {
      await tx.query('select from inspection_review where id = $1 for update', [id]);
      const row = await this.get(id, by);
      mustMatch(row.version, expected);
      const inspection = await this.inspections.lock(row.inspectionId, null, by);
      await this.inspections.mustTakePart(inspection, by);
      mustBe(inspection, 'started');
      const { sheetVersion } = await this.samples.get(row.inspectionId, by);
      mustAnswer(
        questionsFor(sheetVersion, row.kind).map(({ code }) => code),
        answers,
      );
      const kept = answers.map(({ code, result, note: said }) => ({ code, result, note: said ?? null }));
      await tx.query(
        `update inspection_review set answers = $2, note = $3, reviewed_by = $4, reviewed_at = now(), version = version + 1 where id = $1`,
        [id, JSON.stringify(kept), note, by.accountId],
      );
      return this.get(id, by);
    });
  }
}

function mustAnswer(asked: readonly string[], answers: readonly ReviewAnswer[]): void {
  const seen = new Set<string>();
  for (const [index, { code, result, note }] of answers.entries()) {
    const fault = (field: string, name: string, vi: string, en: string) =>
      Problem.field('validation-failed', `/answers/${index}/${field}`, name, { vi, en });
    if (!asked.includes(code))
      throw fault(
        'code',
        'unknown_question',
        `Phiếu của đơn này chỉ hỏi: ${asked.join(', ')}.`,
        `The sheet of this petition asks: ${asked.join(', ')}.`,
      );
    if (seen.has(code)) throw fault('code', 'twice', 'Trả lời hai lần.', 'It is answered twice.');
    if (result === 'wrong' && !note) throw fault('note', 'required', 'Nêu rõ sai sót.', 'Say what is wrong.');
    seen.add(code);
  }
  const missing = asked.filter((code) => !seen.has(code));
  if (missing.length === 0) return;
  throw Problem.field('validation-failed', '/answers', 'not_answered', {
    vi: `Chưa trả lời: ${missing.join(', ')}.`,
    en: `Not answered: ${missing.join(', ')}.`,
  });
}
