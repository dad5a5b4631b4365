import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { KeptLimitsService } from '../../petitions/limits/kept-limits.service.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { expectLate, type KeptBefore } from '../../rules/reports/forecast.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { ReportRows } from '../report-rows.js';
import { limitsRunningOut, overdueNow } from './analysis.queries.js';

export interface ForecastAsked {
  unitId?: string | undefined;
  includeSubordinates?: boolean | undefined;
  /** How far ahead. */
  days: number;
}

/** What runs out, and what of it will probably be late. */
export interface ForecastFigures {
  overdueNow: number;
  runningOut: number;
  expectedLate: number | null;
}

export interface Forecast {
  unit: Unit;
  asOf: Date;
  /** First and last day on which the limits end. */
  from: LegalDate;
  to: LegalDate;
  total: ForecastFigures;
  days: { dueOn: LegalDate; runningOut: number; sum: number }[];
  items: (ForecastFigures & { unit: Unit })[];
  /** Kept and not kept by rule in the year before, over all units in view. */
  before: { from: LegalDate; to: LegalDate; rules: KeptBefore[] };
}

/** What becomes overdue in the next days, if nobody acts, and what of it probably will. */
@Injectable()
export class ForecastService {
  constructor(
    private readonly transactions: Transactions,
    private readonly kept: KeptLimitsService,
    private readonly rows: ReportRows,
  ) {}

  /**
   * Open limits that end from today on: the day after its last day a petition is overdue.
   * @throws Problem `not-found` for a unit out of the caller's scope
   */
  async forecastOf({ unitId, includeSubordinates = true, days }: ForecastAsked, by: Official): Promise<Forecast> {
    const from = today();
    const to = plusDays(from, days - 1);
    const unit = this.rows.unitOf(unitId, by);
    const { rows, rowOf } = await this.rows.rowsOf(unit, includeSubordinates, from, by);
    const units = [...rowOf.keys()];
    const before = { from: plusDays(from, -365), to: plusDays(from, -1) };
    return this.transactions.snapshot(async (asOf) => {
      const due = await this.transactions.rows<{ unitId: string; dueOn: LegalDate; ruleId: string | null; count: number }>(
        limitsRunningOut,
        [units, from, to],
      );
      const overdue = await this.transactions.rows<{ unitId: string; count: number }>(overdueNow, [units, from]);
      const rules = sumByRule(await this.kept.byRule(units, before.from, before.to));
      const byDay = Map.groupBy(due, ({ dueOn }) => dueOn);
      const dueByRow = Map.groupBy(due, (one) => rowOf.get(one.unitId));
      const overdueByRow = Map.groupBy(overdue, (one) => rowOf.get(one.unitId));
      const figuresOf = (running: typeof due = [], late: typeof overdue = []): ForecastFigures => ({
        overdueNow: countOf(late),
        runningOut: countOf(running),
        expectedLate: expectLate(running, rules),
      });
      let sum = 0;
      return {
        unit,
        asOf,
        from,
        to,
        total: figuresOf(due, overdue),
        days: Array.from({ length: days }, (_, index) => plusDays(from, index)).map((dueOn) => {
          const runningOut = countOf(byDay.get(dueOn) ?? []);
          sum += runningOut;
          return { dueOn, runningOut, sum };
        }),
        items: rows
          .map((row) => ({ unit: row.unit, ...figuresOf(dueByRow.get(row.unit.id), overdueByRow.get(row.unit.id)) }))
          .filter((row) => row.runningOut > 0 || row.overdueNow > 0)
          .sort((one, other) => other.runningOut - one.runningOut || (one.unit.code < other.unit.code ? -1 : 1)),
        before: { ...before, rules },
      };
    });
  }
}

function countOf(rows: readonly { count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

function sumByRule(rows: readonly KeptBefore[]): KeptBefore[] {
  const byRule = new Map<string, KeptBefore>();
  for (const { ruleId, kept, notKept } of rows) {
    const known = byRule.get(ruleId);
    byRule.set(ruleId, { ruleId, kept: kept + (known?.kept ?? 0), notKept: notKept + (known?.notKept ?? 0) });
  }
  return [...byRule.values()].sort((one, other) => (one.ruleId < other.ruleId ? -1 : 1));
}
