import { Id, Ids, LegalDay, OneOf, Parts, SomeOf, Text, YesNo } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';
import { type UnitLevel, unitLevels } from '../../../rules/structure/unit-structure.js';
import { type Milestone, milestoneNames, type Stage, stages } from '../rollout.js';

export class PlannedMilestoneDto {
  @OneOf(milestoneNames, { example: 'training' })
  milestone: Milestone;

  @LegalDay({ example: '2026-12-15' })
  plannedOn: string;
}

export class RolloutPlanDto {
  /** Which levels; all below you when left out. */
  @SomeOf(unitLevels, { optional: true, example: ['commune'] })
  levels: UnitLevel[] = [];

  /** Which units, instead of levels. */
  @Ids({ max: 5000, optional: true, example: [] })
  unitIds: string[] = [];

  @Parts(() => PlannedMilestoneDto, { min: 1, max: 5 })
  milestones: PlannedMilestoneDto[];
}

export class MilestoneDto {
  /** Null takes it back. */
  @LegalDay({ optional: true, example: '2026-11-20' })
  doneOn: string | null = null;

  @Text({ max: 2000, optional: true, example: '12 cán bộ, công chức dự tập huấn' })
  note: string | null = null;
}

export class RolloutsQuery {
  @Id({ optional: true })
  unitId?: string;

  /** True when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @OneOf(stages, { optional: true })
  stage?: Stage;

  /** Whether a planned day has passed. */
  @YesNo({ optional: true })
  late?: boolean;
}

export class RolloutSummaryQuery {
  @Id({ optional: true })
  unitId?: string;
}

export class LateEntriesQuery extends PageQuery {
  @Id({ optional: true })
  unitId?: string;

  /** True when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;
}

export class UsageQuery extends RolloutSummaryQuery {
  /** Thirty days when left out. */
  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;
}
