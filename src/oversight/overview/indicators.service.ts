import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { KeptLimitsService } from '../../petitions/limits/kept-limits.service.js';
import { HeadDaysService } from '../../reception/sessions/head-days.service.js';
import { RegulationOverviewService } from '../../regulations/regulation-overview.service.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { existsOn, type Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { RolloutService } from '../rollout/rollout.service.js';
import { UsageService } from '../rollout/usage.service.js';
import { SuperiorMattersService } from '../superior-matters/superior-matters.service.js';
import type { IndicatorCode, Part } from './indicators.js';
import {
  findingFigures,
  gatheringFigures,
  inspectedUnits,
  openFigures,
  overLevelFigures,
  plannedFigures,
  urgingFigures,
} from './overview.queries.js';

export interface Stretch {
  from: LegalDate;
  to: LegalDate;
}

/** The values of a unit for itself; what it has nothing of is left out. */
export type UnitIndicators = Partial<Record<IndicatorCode, Part>>;

/** Figures of a period that can be had of an earlier one as well. */
export const comparable: readonly IndicatorCode[] = ['head_days_held', 'limits_kept', 'over_level', 'gatherings', 'entered_late'];

/** Every unit is to be inspected within so many days, and the responsibility of its head within a term of office; no decision has set either. */
export const inspectedWithin = { checklist: 730, responsibility: 1826 };

/** Who is inspected: People's Committees that exist, below those who inspect. */
export function isInspected(unit: Unit): boolean {
  return unit.kind === 'peoples_committee' && (unit.level === 'district' || unit.level === 'commune') && existsOn(unit, today());
}

type PartRow = Part & { unitId: string };

/** The values behind the indicators of the directive, for many units at once: a few statements, whatever the number of units. */
@Injectable()
export class IndicatorsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly headDays: HeadDaysService,
    private readonly limits: KeptLimitsService,
    private readonly regulations: RegulationOverviewService,
    private readonly matters: SuperiorMattersService,
    private readonly usage: UsageService,
    private readonly rollout: RolloutService,
  ) {}

  /** All of them, of a period that ends today or earlier; what is a state and no sum is that of today. */
  async indicatorsOf(units: readonly Unit[], stretch: Stretch, by: Official): Promise<Map<string, UnitIndicators>> {
    const ids = units.map(({ id }) => id);
    const all = new Collected();
    // One after the other: a draw asks within its transaction, which has one connection.
    await this.collectPeriod(all, units, stretch, by);
    await this.collectState(all, units, ids);
    return all.byUnit;
  }

  /** Those of {@link comparable}, of an earlier period. */
  async indicatorsBefore(units: readonly Unit[], stretch: Stretch, by: Official): Promise<Map<string, UnitIndicators>> {
    const all = new Collected();
    await this.collectPeriod(all, units, stretch, by);
    return all.byUnit;
  }

  private async collectPeriod(all: Collected, units: readonly Unit[], { from, to }: Stretch, by: Official): Promise<void> {
    const ids = units.map(({ id }) => id);
    const { roots, subtree } = this.scope.visible(by);
    const heads = await this.headDays.ofUnits(units, from, to);
    const limits = await this.limits.byUnit(ids, from, to);
    const overLevel = await this.transactions.rows<PartRow>(overLevelFigures, [ids, from, to, roots, subtree]);
    const gatherings = await this.transactions.rows<PartRow>(gatheringFigures, [ids, from, to]);
    const usage = await this.usage.byUnit(ids, from, to);
    for (const { unit, totals } of heads)
      all.put(unit.id, 'head_days_held', totals.periodsFulfilled, totals.periodsFulfilled + totals.periodsNotFulfilled);
    for (const [unitId, { kept, notKept }] of limits) all.put(unitId, 'limits_kept', kept, kept + notKept);
    for (const { unitId, part, of } of overLevel) all.put(unitId, 'over_level', part, of);
    for (const { unitId, part, of } of gatherings) all.put(unitId, 'gatherings', part, of);
    for (const [unitId, { petitions, petitionsInTime, visits, visitsInTime }] of usage)
      all.put(unitId, 'entered_late', petitions + visits - petitionsInTime - visitsInTime, petitions + visits);
  }

  private async collectState(all: Collected, units: readonly Unit[], ids: readonly string[]): Promise<void> {
    const open = await this.transactions.rows<{ unitId: string; open: number; overdue: number; backlog: number }>(openFigures, [
      today(),
      ids,
    ]);
    const planned = await this.transactions.rows<{ unitId: string; planned: number }>(plannedFigures, [today(), ids]);
    const urging = await this.transactions.rows<PartRow>(urgingFigures, [today(), ids]);
    const findings = await this.transactions.rows<PartRow>(findingFigures, [today(), ids]);
    const matters = await this.matters.figures(ids);
    const regulations = await this.regulations.figures(units, today());
    const rollout = await this.rollout.lateUnits(units);
    const since = [plusDays(today(), -inspectedWithin.checklist), plusDays(today(), -inspectedWithin.responsibility)];
    const inspected = await this.transactions.rows<{ unitId: string; checklist: boolean; responsibility: boolean }>(inspectedUnits, [
      ids,
      ...since,
    ]);
    const known = new Map(inspected.map((row) => [row.unitId, row]));
    for (const { id } of units.filter(isInspected)) {
      all.put(id, 'not_inspected', known.get(id)?.checklist ? 0 : 1, 1);
      all.put(id, 'heads_not_inspected', known.get(id)?.responsibility ? 0 : 1, 1);
    }
    const plans = new Map(planned.map((row) => [row.unitId, row.planned]));
    for (const { unitId, open: whole, overdue, backlog } of open) {
      all.put(unitId, 'overdue', overdue, whole);
      all.put(unitId, 'backlog', backlog, whole);
      all.put(unitId, 'backlog_without_plan', backlog - (plans.get(unitId) ?? 0), backlog);
    }
    for (const { unitId, part, of } of findings) all.put(unitId, 'findings_overdue', part, of);
    for (const { unitId, part, of } of urging) all.put(unitId, 'urging_unanswered', part, of);
    for (const [unitId, { stale, open: whole }] of matters) all.put(unitId, 'superior_stale', stale, whole);
    for (const [unitId, { required, inForce, missing, outdated }] of regulations) {
      all.put(unitId, 'regulations_missing', missing, required);
      all.put(unitId, 'regulations_outdated', outdated, Math.max(inForce, outdated));
    }
    for (const [unitId, late] of rollout) all.put(unitId, 'rollout_late', late ? 1 : 0, 1);
  }
}

/** Values by unit and indicator; a whole of nothing is nothing. */
class Collected {
  readonly byUnit = new Map<string, UnitIndicators>();

  put(unitId: string, code: IndicatorCode, part: number, of: number): void {
    if (of === 0) return;
    const known = this.byUnit.get(unitId) ?? {};
    known[code] = { part, of };
    this.byUnit.set(unitId, known);
  }
}
