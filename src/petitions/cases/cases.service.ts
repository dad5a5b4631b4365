import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import type { PetitionListRow } from '../petition.js';
import { PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { isLegalDate } from '../../platform/text/legal-date.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { caseById, caseList, type CaseRow, type MergeRow, mergesOfCase } from './cases.queries.js';

export interface CaseDetail extends CaseRow {
  /** Those that the caller sees, the newest first. */
  visible: PetitionListRow[];
  merges: MergeRow[];
}

export interface CaseFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  leastPetitions?: number;
  cursor?: string;
  limit?: number;
}

/** Reading cases. */
@Injectable()
export class CasesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem `not-found`, also for cases of which the caller may see no petition */
  async get(id: string, by: Official): Promise<CaseDetail> {
    const row = await this.find(id, by);
    const [visible, merges] = await Promise.all([
      this.petitions.list({ caseId: id, limit: 200 }, {}, by),
      this.transactions.rows<MergeRow>(mergesOfCase, [id]),
    ]);
    return { ...row, visible: visible.items, merges };
  }

  async find(id: string, by: Official): Promise<CaseRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<CaseRow>(caseById, [id, roots, subtree]);
    if (!row) throw Problem.notFound('vụ việc này', 'case');
    return row;
  }

  /** Cases that are not merged into another one, the newest first. */
  async list(
    { unitId, includeSubordinates = false, leastPetitions = 1, cursor, limit = defaultLimit }: CaseFilter,
    by: Official,
  ): Promise<Page<CaseRow>> {
    const { roots, subtree } = this.scope.visible(by);
    const units = unitId ? this.scope.unitsAsked(by, unitId, includeSubordinates) : null;
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.transactions.rows<CaseRow>(caseList, [roots, subtree, units, leastPetitions, ...after, limit + 1]);
    return page(
      rows,
      limit,
      ({ openedOn, id }) => [openedOn, id],
      (row) => row,
    );
  }
}
