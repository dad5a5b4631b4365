import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { isLegalDate } from '../../platform/text/legal-date.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { type FiguresBelow, UnitsBelow } from '../../structure/units/units-below.js';
import type { BacklogCause, BacklogFigures, BacklogRow, CommitmentState } from './backlog.js';
import { backlogFigures, backlogList } from './backlog.queries.js';

export interface BacklogFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  cause?: BacklogCause;
  planned?: boolean;
  commitment?: CommitmentState;
  longCase?: boolean;
  /** So many days over the last legal day at the least. */
  daysOver?: number;
  limit?: number;
  cursor?: string;
}

/** Petitions over their last legal date: which, for how long, and what is done about them. */
@Injectable()
export class BacklogService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly below: UnitsBelow,
  ) {}

  /** The oldest first. A petition that is settled leaves by that alone. */
  async list(
    { unitId, includeSubordinates = false, limit = defaultLimit, ...filter }: BacklogFilter,
    by: Official,
  ): Promise<Page<BacklogRow>> {
    const after = decodeCursor(filter.cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.transactions.rows<BacklogRow & Record<string, unknown>>(backlogList, [
      today(),
      this.scope.unitsAsked(by, unitId, includeSubordinates),
      filter.cause ?? null,
      filter.planned ?? null,
      filter.commitment ?? null,
      filter.longCase ?? null,
      filter.daysOver ?? 0,
      ...after,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      ({ dueOn, petitionId }) => [dueOn, petitionId],
      (row) => row,
    );
  }

  /** How many there are, and of how many nothing is planned or promised – down the tree. */
  summary(unitId: string | undefined, by: Official): Promise<FiguresBelow<BacklogFigures>> {
    return this.below.figures({ unitId, none: nothing }, (units) => this.figures(units.map(({ id }) => id)), by);
  }

  /** The figures of each of these units for itself, by its id. */
  async figures(unitIds: readonly string[]): Promise<Map<string, BacklogFigures>> {
    const rows = await this.transactions.rows<BacklogFigures & { unitId: string }>(backlogFigures, [today(), unitIds]);
    return new Map(rows.map(({ unitId, ...figures }) => [unitId, figures]));
  }
}

const nothing: BacklogFigures = { backlog: 0, withoutPlan: 0, withoutCommitment: 0, brokenCommitments: 0, longCases: 0 };
