import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { mustNotLieAhead } from '../../petitions/petitions.service.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { existsOn, type Unit, type UnitLevel } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { type FiguresBelow, UnitsBelow } from '../../structure/units/units-below.js';
import { type Milestone, milestoneNames, type MilestoneRow, type Rollout, type RolloutFigures, stageOf, stages } from './rollout.js';
import { milestonesOf } from './rollout.queries.js';

export interface RolloutPlan {
  levels: UnitLevel[];
  unitIds: string[];
  milestones: { milestone: Milestone; plannedOn: LegalDate }[];
}

/** The roll-out of the software: what is planned for each unit, and what is done. */
@Injectable()
export class RolloutService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly below: UnitsBelow,
  ) {}

  /** @throws Problem `not-found` for a unit out of scope */
  async get(unitId: string, by: Official): Promise<Rollout> {
    this.mustSee(unitId, by);
    return (await this.rolloutsOf([unitId])).get(unitId) ?? rolloutOf(unitId, []);
  }

  /**
   * Plans steps of many units at once: of levels, or of units that are named; all People's Committees below when neither is. A step that is done
   * keeps its day.
   * @throws Problem naming the unit that is not in scope
   */
  plan({ levels, unitIds, milestones: planned }: RolloutPlan, by: Official): Promise<{ units: number }> {
    return this.transactions.run(async (tx) => {
      const units = this.chosen(levels, unitIds, by);
      for (const { milestone, plannedOn } of planned)
        await tx.query(
          `insert into rollout_milestone (unit_id, milestone, planned_on, created_by) select unit_id, $2, $3, $4 from unnest($1::uuid[]) unit_id
           on conflict (unit_id, milestone) do update set planned_on = excluded.planned_on, version = rollout_milestone.version + 1, updated_at = now()`,
          [units.map(({ id }) => id), milestone, plannedOn, by.accountId],
        );
      return { units: units.length };
    });
  }

  /** A step is done at a unit, or turns out not to be. */
  record(
    unitId: string,
    milestone: Milestone,
    { doneOn, note }: { doneOn: LegalDate | null; note: string | null },
    expected: number | null,
    by: Official,
  ): Promise<Rollout> {
    if (doneOn) mustNotLieAhead(doneOn, '/doneOn');
    return this.transactions.run(async (tx) => {
      this.mustSee(unitId, by);
      const before = (await this.get(unitId, by)).milestones.find((row) => row.milestone === milestone);
      mustMatch(before?.version ?? 0, expected);
      if (!doneOn && !before?.plannedOn)
        throw Problem.field('validation-failed', '/doneOn', 'required', {
          vi: 'Bước này chưa được lập kế hoạch: nêu ngày hoàn thành.',
          en: 'The step is not planned: say when it was done.',
        });
      await tx.query(
        `insert into rollout_milestone (unit_id, milestone, done_on, note, created_by) values ($1, $2, $3, $4, $5)
         on conflict (unit_id, milestone) do update set done_on = excluded.done_on, note = excluded.note, version = rollout_milestone.version + 1, updated_at = now()`,
        [unitId, milestone, doneOn, note, by.accountId],
      );
      return this.get(unitId, by);
    });
  }

  /** How many units are how far, and late – by unit directly below. */
  summary(unitId: string | undefined, by: Official): Promise<FiguresBelow<RolloutFigures>> {
    const figuresOf = async (units: readonly Unit[]): Promise<Map<string, Partial<RolloutFigures>>> => {
      const known = await this.rolloutsOf(units.map(({ id }) => id));
      return new Map(
        units.filter(takesPart).map(({ id }) => {
          const { stage, late } = known.get(id) ?? rolloutOf(id, []);
          return [id, { units: 1, late: late.length > 0 ? 1 : 0, [stage]: 1 }];
        }),
      );
    };
    return this.below.figures({ unitId, none: nothing }, figuresOf, by);
  }

  /** The units in a stage, or late. */
  async list(
    { stage, late, unitId, includeSubordinates = true }: { stage?: string; late?: boolean; unitId?: string; includeSubordinates?: boolean },
    by: Official,
  ): Promise<Rollout[]> {
    const asked = new Set(this.scope.unitsAsked(by, unitId, includeSubordinates));
    const units = this.scope.units(by).filter((unit) => asked.has(unit.id) && takesPart(unit));
    const known = await this.rolloutsOf(units.map(({ id }) => id));
    return units
      .map(({ id }) => known.get(id) ?? rolloutOf(id, []))
      .filter((rollout) => (!stage || rollout.stage === stage) && (late === undefined || rollout.late.length > 0 === late));
  }

  /** Of those of these units that take part: whether a planned day has passed. */
  async lateUnits(units: readonly Unit[]): Promise<Map<string, boolean>> {
    const known = await this.rolloutsOf(units.map(({ id }) => id));
    return new Map(units.filter(takesPart).map(({ id }) => [id, (known.get(id)?.late.length ?? 0) > 0]));
  }

  private async rolloutsOf(unitIds: readonly string[]): Promise<Map<string, Rollout>> {
    const rows = await this.transactions.rows<MilestoneRow & { unitId: string }>(milestonesOf, [unitIds]);
    const byUnit = Map.groupBy(rows, ({ unitId }) => unitId);
    return new Map([...byUnit].map(([unitId, found]) => [unitId, rolloutOf(unitId, found)]));
  }

  private chosen(levels: UnitLevel[], unitIds: string[], by: Official): Unit[] {
    const inScope = this.scope.units(by).filter((unit) => existsOn(unit, today()));
    if (unitIds.length === 0) return inScope.filter((unit) => takesPart(unit) && (levels.length === 0 || levels.includes(unit.level)));
    return unitIds.map((id, index) => {
      const unit = inScope.find((candidate) => candidate.id === id);
      if (unit) return unit;
      throw Problem.field('validation-failed', `/unitIds/${index}`, 'unknown_unit', {
        vi: 'Không có đơn vị này trong phạm vi của bạn.',
        en: 'There is no such unit in your scope.',
      });
    });
  }

  private mustSee(unitId: string, by: Official): void {
    if (this.units.structure.find(unitId) && (this.scope.includes(by, unitId) || this.scope.administered(by).has(unitId))) return;
    throw Problem.notFound('đơn vị này trong phạm vi của bạn', 'unit in your scope');
  }
}

const nothing = { units: 0, late: 0, ...Object.fromEntries(stages.map((stage) => [stage, 0])) } as RolloutFigures;

/** The software is rolled out to People's Committees that exist. */
function takesPart(unit: Unit): boolean {
  return unit.kind === 'peoples_committee' && unit.level !== 'central' && existsOn(unit, today());
}

function rolloutOf(unitId: string, rows: readonly MilestoneRow[]): Rollout {
  const known = milestoneNames.map(
    (milestone): MilestoneRow =>
      rows.find((row) => row.milestone === milestone) ?? { milestone, plannedOn: null, doneOn: null, note: null, version: 0 },
  );
  return {
    unitId,
    stage: stageOf(known),
    late: known
      .filter(({ plannedOn, doneOn }) => doneOn === null && plannedOn !== null && plannedOn < today())
      .map(({ milestone }) => milestone),
    milestones: known.map(({ milestone, plannedOn, doneOn, note, version }) => ({ milestone, plannedOn, doneOn, note, version })),
  };
}
