import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import { binsOf, type DurationBin, quantile } from '../../rules/reports/durations.js';
import type { ReportPeriod } from '../../rules/reports/periods.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { type DurationOf, durationStatement } from '../counting.js';
import { ReportRows } from '../report-rows.js';
import { transferFlows } from './analysis.queries.js';

export interface AnalysisAsked {
  unitId?: string | undefined;
  includeSubordinates?: boolean | undefined;
  period: ReportPeriod;
}

/** What an analysis found about a unit, or about it and all below it. */
export interface Analysis<Item> {
  unit: Unit;
  period: ReportPeriod;
  asOf: Date;
  items: Item[];
}

/** Transfers from one unit to another. */
export interface Flow {
  from: Unit;
  to: Unit;
  sent: number;
  pending: number;
  received: number;
  returned: number;
  replied: number;
  daysToReceipt: number | null;
  daysToReply: number | null;
}

/** How long something took, of one kind or of all (null). */
export interface Durations {
  kind: PetitionKind | null;
  count: number;
  median: number | null;
  /** Nine of ten took no longer. */
  ninety: number | null;
  bins: DurationBin[];
}

/** Who transfers to whom, and how long things take. */
@Injectable()
export class AnalysisService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly rows: ReportRows,
  ) {}

  /** The busiest flow first. @throws Problem `not-found` for a unit out of the caller's scope */
  async flows({ unitId, includeSubordinates = true, period }: AnalysisAsked, by: Official): Promise<Analysis<Flow>> {
    const unit = this.rows.unitOf(unitId, by);
    const { rowOf } = await this.rows.rowsOf(unit, includeSubordinates, period.to, by);
    const { structure } = this.units;
    return this.transactions.snapshot(async (asOf) => {
      const found = await this.transactions.rows<
        Omit<Flow, 'from' | 'to'> & { fromUnitId: string; toUnitId: string } & Record<string, unknown>
      >(transferFlows, [[...rowOf.keys()], period.from, period.to]);
      const items = found.map(({ fromUnitId, toUnitId, sent, pending, received, returned, replied, daysToReceipt, daysToReply }) => ({
        from: structure.get(fromUnitId),
        to: structure.get(toUnitId),
        ...{ sent, pending, received, returned, replied, daysToReceipt, daysToReply },
      }));
      return { unit, period, asOf, items };
    });
  }

  /**
   * How many took how long among what was processed, or ended, in the period: all together, then by kind.
   * @throws Problem `not-found` for a unit out of the caller's scope
   */
  async durations(
    what: DurationOf,
    { unitId, includeSubordinates = true, period }: AnalysisAsked,
    by: Official,
  ): Promise<Analysis<Durations>> {
    const unit = this.rows.unitOf(unitId, by);
    const { rowOf } = await this.rows.rowsOf(unit, includeSubordinates, period.to, by);
    const statement = durationStatement(what, { rowOf, from: period.from, to: period.to });
    const { found, asOf } = await this.transactions.snapshot(async (moment) => ({
      asOf: moment,
      found: await this.transactions.rows<{ kind: PetitionKind; days: number; count: number }>(statement, statement.values),
    }));
    const kinds = [...new Set(found.map(({ kind }) => kind))];
    const of = (kind: PetitionKind | null): Durations => {
      const taken = found.filter((row) => kind === null || row.kind === kind);
      return {
        kind,
        count: taken.reduce((sum, { count }) => sum + count, 0),
        median: quantile(taken, 0.5),
        ninety: quantile(taken, 0.9),
        bins: binsOf(taken),
      };
    };
    return { unit, period, asOf, items: [of(null), ...kinds.map(of)] };
  }
}
