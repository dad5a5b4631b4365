import { Injectable } from '@nestjs/common';
import type { Official } from '../../auth/official.js';
import { today } from '../../calendar/today.js';
import { Transactions } from '../../database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../http/page.js';
import { isLegalDate } from '../../rules/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../units/access-scope.js';
import { sumOf, UnitsBelow } from '../../units/units-below.js';
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
  async summary(
    unitId: string | undefined,
    by: Official,
  ): Promise<{ unit: Unit; total: BacklogFigures; rows: { unit: Unit; own: boolean; figures: BacklogFigures }[] }> {
    const { unit, parts } = this.below.of(unitId, by);
    const figuresOf = await this.figures(parts.flatMap(({ covered }) => covered.map(({ id }) => id)));
    const rows = parts.map(({ covered, ...part }) => ({
      ...part,
      figures: sumOf(
        covered.flatMap(({ id }) => figuresOf.get(id) ?? []),
        nothing,
      ),
    }));
    const total = sumOf(
      rows.map(({ figures }) => figures),
      nothing,
    );
    return { unit, total, rows: rows.filter(({ own, figures }) => own || figures.backlog > 0) };
  }

  /** The figures of each of these units for itself, by its id. */
  async figures(unitIds: readonly string[]): Promise<Map<string, BacklogFigures>> {
    const rows = await this.transactions.rows<BacklogFigures & { unitId: string }>(backlogFigures, [today(), unitIds]);
    return new Map(rows.map(({ unitId, ...figures }) => [unitId, figures]));
  }
}

const nothing: BacklogFigures = { backlog: 0, withoutPlan: 0, withoutCommitment: 0, brokenCommitments: 0, longCases: 0 };
