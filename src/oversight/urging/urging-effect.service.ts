import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { type FiguresBelow, UnitsBelow } from '../../structure/units/units-below.js';
import type { EffectFigures } from './urging.js';
import { urgingEffect } from './urging.queries.js';

export interface EffectQuestion {
  unitId?: string;
  from?: LegalDate;
  to?: LegalDate;
  withinDays?: number;
}

export interface UrgingEffect extends FiguresBelow<EffectFigures> {
  from: LegalDate;
  to: LegalDate;
  withinDays: number;
}

/** What urging brings about: answered, settled within so many days, taken to the next level – down the tree of the units that were urged. */
@Injectable()
export class UrgingEffectService {
  constructor(
    private readonly transactions: Transactions,
    private readonly below: UnitsBelow,
  ) {}

  /** @throws Problem for a stretch that ends before it begins, or a unit out of scope */
  async effectOf({ unitId, withinDays = 30, ...stretch }: EffectQuestion, by: Official): Promise<UrgingEffect> {
    const to = stretch.to ?? today();
    const from = stretch.from ?? plusDays(to, -365);
    if (to < from)
      throw Problem.field('validation-failed', '?to', 'period', { vi: '"to" phải từ "from".', en: '"to" must not be before "from".' });
    const figuresOf = async (units: readonly Unit[]): Promise<Map<string, EffectFigures>> => {
      const ids = units.map(({ id }) => id);
      const found = await this.transactions.rows<EffectFigures & { unitId: string }>(urgingEffect, [today(), ids, from, to, withinDays]);
      return new Map(found.map(({ unitId: of, ...figures }) => [of, figures]));
    };
    return { from, to, withinDays, ...(await this.below.figures({ unitId, none: nothing }, figuresOf, by)) };
  }
}

const nothing: EffectFigures = { urgings: 0, answered: 0, answeredInTime: 0, settled: 0, settledLater: 0, open: 0, escalated: 0 };
