import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { keptFigures, type KeptFiguresRow, keptLimits, type KeptLimitRow, keptOfPetitions } from './kept-limits.queries.js';

/** Which limits are asked about: of these units, with their last day in this period. */
export interface KeptFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  dueFrom: LegalDate;
  dueTo: LegalDate;
  ruleId?: string;
}

/** Who kept the limits and who did not, per unit and period. */
@Injectable()
export class KeptLimitsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
  ) {}

  async list(
    { result, cursor, limit = defaultLimit, ...filter }: KeptFilter & { result?: KeptLimitRow['result']; cursor?: string; limit?: number },
    by: Official,
  ): Promise<Page<KeptLimitRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.transactions.rows<KeptLimitRow>(keptLimits, [...this.values(filter, by), result ?? null, ...after, limit + 1]);
    return page(
      rows,
      limit,
      ({ dueOn, id }) => [dueOn, id],
      (row) => row,
    );
  }

  /** Kept, not kept and open by unit and rule. */
  figures(filter: KeptFilter, by: Official): Promise<KeptFiguresRow[]> {
    return this.transactions.rows<KeptFiguresRow>(keptFigures, this.values(filter, by));
  }

  /** Kept and not kept of these units together, by rule. */
  async byRule(unitIds: readonly string[], dueFrom: LegalDate, dueTo: LegalDate): Promise<KeptFiguresRow[]> {
    return this.transactions.rows<KeptFiguresRow>(keptFigures, [unitIds, dueFrom, dueTo, null, today()]);
  }

  /** Kept and not kept of each of these units for itself, over all rules. */
  async byUnit(unitIds: readonly string[], dueFrom: LegalDate, dueTo: LegalDate): Promise<Map<string, { kept: number; notKept: number }>> {
    const rows = await this.transactions.rows<KeptFiguresRow>(keptFigures, [unitIds, dueFrom, dueTo, null, today()]);
    const all = new Map<string, { kept: number; notKept: number }>();
    for (const { unitId, kept, notKept } of rows) {
      const known = all.get(unitId) ?? { kept: 0, notKept: 0 };
      all.set(unitId, { kept: known.kept + kept, notKept: known.notKept + notKept });
    }
    return all;
  }

  /** Kept and not kept of each of these petitions, by rule; what is open stands nowhere. */
  async ofPetitions(petitionIds: readonly string[]): Promise<{ petitionId: string; ruleId: string; kept: number; notKept: number }[]> {
    return this.transactions.rows(keptOfPetitions, [petitionIds, today()]);
  }

  private values({ unitId, includeSubordinates = false, dueFrom, dueTo, ruleId }: KeptFilter, by: Official): unknown[] {
    if (dueTo < dueFrom)
      throw Problem.field('validation-failed', '?dueTo', 'period', {
        vi: '"dueTo" không được trước "dueFrom".',
        en: '"dueTo" must not be before "dueFrom".',
      });
    return [this.scope.unitsAsked(by, unitId, includeSubordinates), dueFrom, dueTo, ruleId ?? null, today()];
  }
}
