import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import type { BurnDownPoint } from './backlog.js';
import { backlogPromises, backlogTurns } from './backlog.queries.js';
import { burnDown, type BurnDownStep, pointsOf, type Promised, type Turn } from './burn-down.js';

export interface BurnDownQuestion {
  unitId?: string;
  includeSubordinates?: boolean;
  from?: LegalDate;
  to?: LegalDate;
  step?: BurnDownStep;
}

export interface BurnDown {
  unit: Unit;
  from: LegalDate;
  to: LegalDate;
  points: BurnDownPoint[];
}

const longestStretch = 3 * 366;

/** How the backlog of a unit grew and went: counted from the limits, so that it needs no daily picture. */
@Injectable()
export class BurnDownService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem naming the field for a stretch that ends before it begins or is longer than three years */
  async burnDownOf({ unitId, includeSubordinates = true, step = 'week', ...stretch }: BurnDownQuestion, by: Official): Promise<BurnDown> {
    const from = stretch.from ?? plusDays(today(), -182);
    const to = stretch.to ?? plusDays(today(), 91);
    if (to < from || toDayNumber(to) - toDayNumber(from) > longestStretch)
      throw Problem.field('validation-failed', '?to', 'period', {
        vi: `"to" phải từ "from" và trong vòng ${longestStretch} ngày.`,
        en: `"to" must not be before "from", and at most ${longestStretch} days after it.`,
      });
    const unit = unitId ? this.units.structure.find(unitId) : this.scope.top(by);
    const ids = this.scope.unitsAsked(by, unit?.id ?? unitId, includeSubordinates);
    const turns = await this.transactions.rows<Turn & Record<string, unknown>>(backlogTurns, [ids, from, to < today() ? to : today()]);
    const promises = await this.transactions.rows<Promised & Record<string, unknown>>(backlogPromises, [ids, from]);
    return { unit: unit!, from, to, points: burnDown(pointsOf(from, to, step), turns, promises, today()) };
  }
}
