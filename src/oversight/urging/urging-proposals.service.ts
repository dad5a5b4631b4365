import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { Problem } from '../../platform/problems/problem.js';
import { isLegalDate } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import type { ProposalFigures, ProposedRow } from './urging.js';
import { proposalFigures, proposalList } from './urging.queries.js';

export interface ProposalFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  quietDays?: number;
  limit?: number;
  cursor?: string;
}

/** Who was urged about a petition is left in peace for so many days. */
const defaultQuietDays = 10;
const most = 501;

/** Late work below that nobody has urged lately: what is proposed to be urged. */
@Injectable()
export class UrgingProposalsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  /** By unit, the one with the oldest first. */
  async byUnit(
    { unitId, includeSubordinates = true, quietDays = defaultQuietDays }: ProposalFilter,
    by: Official,
  ): Promise<(ProposalFigures & { unit: Unit })[]> {
    const units = this.asked(unitId, includeSubordinates, by);
    const rows = await this.transactions.rows<ProposalFigures & { unitId: string }>(proposalFigures, [today(), units, quietDays]);
    return rows.map(({ unitId: of, ...figures }) => ({ unit: this.units.structure.get(of), ...figures }));
  }

  /** The petitions, the oldest first. */
  async petitions(
    { unitId, includeSubordinates = true, quietDays = defaultQuietDays, limit = defaultLimit, cursor }: ProposalFilter,
    by: Official,
  ): Promise<Page<ProposedRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.rows(this.asked(unitId, includeSubordinates, by), quietDays, after, limit + 1);
    return page(
      rows,
      limit,
      ({ dueOn, petitionId }) => [dueOn, petitionId],
      (row) => row,
    );
  }

  /**
   * Everything that is proposed for these units.
   * @throws Problem naming the unit that there is nothing to urge about
   */
  async all(unitIds: readonly string[], by: Official): Promise<ProposedRow[]> {
    const units = unitIds.map((unitId) => this.asked(unitId, false, by));
    const rows = await this.rows(units.flat(), defaultQuietDays, [null, null], most);
    const index = units.findIndex((covered) => !rows.some((row) => covered.includes(row.unitId)));
    if (index >= 0 && rows.length < most)
      throw Problem.field('validation-failed', `/toUnitIds/${index}`, 'nothing_to_urge', {
        vi: 'Không có đơn quá hạn cần đôn đốc tại đơn vị này.',
        en: 'There is nothing late to be urged at this unit.',
      });
    return rows;
  }

  /** Units below that the caller can urge: nobody urges the own office. */
  urgeable(by: Official): string[] {
    const own = new Set(this.scope.actingUnits(by));
    return this.scope.units(by).flatMap(({ id }) => (own.has(id) ? [] : [id]));
  }

  private asked(unitId: string | undefined, includeSubordinates: boolean, by: Official): string[] {
    const asked = new Set(this.scope.unitsAsked(by, unitId, includeSubordinates));
    return this.urgeable(by).filter((id) => asked.has(id));
  }

  private rows(units: readonly string[], quietDays: number, after: unknown[], limit: number): Promise<ProposedRow[]> {
    return this.transactions.rows<ProposedRow & Record<string, unknown>>(proposalList, [today(), units, quietDays, ...after, limit]);
  }
}
