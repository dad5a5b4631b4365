import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { record } from '../../petitions/history.js';
import { PetitionActionsService } from '../../petitions/petition-actions.service.js';
import { mustNotLieAhead } from '../../petitions/petitions.service.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { asWritten, isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import type { LongCaseFacts, LongCaseGround, LongCaseRow } from './backlog.js';
import { longCaseById, longCaseList } from './backlog.queries.js';

export interface LongCaseFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  open?: boolean;
  ground?: LongCaseGround;
  limit?: number;
  cursor?: string;
}

/** Cases that are complex and drag on (vụ việc phức tạp, kéo dài): on what grounds, and what the dossier says. */
@Injectable()
export class LongCasesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly actions: PetitionActionsService,
    private readonly scope: AccessScope,
    private readonly responsibility: UnitResponsibility,
  ) {}

  /**
   * Marks the case of a petition. It follows that petition when cases are merged or parted.
   * @throws Problem `conflict` when it is marked
   */
  mark(petitionId: string, { markedOn, grounds, documentNumber, dossierSummary }: LongCaseFacts, by: Official): Promise<LongCaseRow> {
    mustNotLieAhead(markedOn, '/markedOn');
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(petitionId, by);
      this.actions.mustBeResponsible(petition, by);
      const [marked] = await tx.query<{ id: string }[]>(
        `select l.id from long_case l join petition p on p.id = l.petition_id where p.case_id = $1 and l.ended_on is null`,
        [petition.caseId],
      );
      if (marked)
        throw new Problem('conflict', { vi: 'Vụ việc đã được đánh dấu.', en: 'The case is marked already.' }, [], {
          longCaseId: marked.id,
        });
      const [made] = await tx.query<{ id: string }[]>(
        `insert into long_case (petition_id, unit_id, marked_on, grounds, document_number, dossier_summary, created_by)
         values ($1, $2, $3, $4, $5, $6, $7) returning id`,
        [petitionId, petition.responsibleUnitId, markedOn, grounds, documentNumber, dossierSummary, by.accountId],
      );
      await record(tx, petitionId, { type: 'long_case_marked', occurredOn: markedOn, facts: { longCaseId: made!.id, grounds } }, by);
      return this.get(made!.id, by);
    });
  }

  /** Brings grounds and dossier up to date. */
  revise(id: string, facts: Omit<LongCaseFacts, 'markedOn'>, expected: number | null, by: Official): Promise<LongCaseRow> {
    return this.transactions.run(async (tx) => {
      await this.lockOpen(id, expected, by);
      await tx.query('update long_case set grounds = $2, document_number = $3, dossier_summary = $4, version = version + 1 where id = $1', [
        id,
        facts.grounds,
        facts.documentNumber,
        facts.dossierSummary,
      ]);
      return this.get(id, by);
    });
  }

  /** The case is settled, or turned out not to be one of these. */
  end(
    id: string,
    { endedOn, reason }: { endedOn: LegalDate; reason: string },
    expected: number | null,
    by: Official,
  ): Promise<LongCaseRow> {
    mustNotLieAhead(endedOn, '/endedOn');
    return this.transactions.run(async (tx) => {
      const { petitionId, markedOn } = await this.lockOpen(id, expected, by);
      if (endedOn < markedOn)
        throw Problem.field('validation-failed', '/endedOn', 'before_mark', {
          vi: `Không được trước ngày đánh dấu ${asWritten(markedOn)}.`,
          en: `Must not be before it was marked on ${markedOn}.`,
        });
      await tx.query('update long_case set ended_on = $2, end_reason = $3, version = version + 1 where id = $1', [id, endedOn, reason]);
      await record(tx, petitionId, { type: 'long_case_ended', occurredOn: endedOn, facts: { longCaseId: id } }, by);
      return this.get(id, by);
    });
  }

  /** @throws Problem `not-found`, also out of scope */
  async get(id: string, by: Official): Promise<LongCaseRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<LongCaseRow & Record<string, unknown>>(longCaseById, [id, roots, subtree]);
    if (!row) throw Problem.notFound('vụ việc kéo dài này', 'long case');
    return row;
  }

  /** The latest marks first. */
  async list(
    { unitId, includeSubordinates = false, open, ground, limit = defaultLimit, cursor }: LongCaseFilter,
    by: Official,
  ): Promise<Page<LongCaseRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const units = this.scope.unitsAsked(by, unitId, includeSubordinates);
    const values = [units, open ?? null, ground ?? null, ...after, limit + 1];
    const rows = await this.transactions.rows<LongCaseRow & Record<string, unknown>>(longCaseList, values);
    return page(
      rows,
      limit,
      ({ markedOn, id }) => [markedOn, id],
      (row) => row,
    );
  }

  private async lockOpen(id: string, expected: number | null, by: Official): Promise<LongCaseRow> {
    await this.transactions.manager.query('select from long_case where id = $1 for update', [id]);
    const row = await this.get(id, by);
    this.responsibility.mustActFor(by, row.unitId);
    mustMatch(row.version, expected);
    if (row.endedOn)
      throw new Problem('action-not-allowed', { vi: `Đã kết thúc ngày ${asWritten(row.endedOn)}.`, en: `It ended on ${row.endedOn}.` });
    return row;
  }
}
