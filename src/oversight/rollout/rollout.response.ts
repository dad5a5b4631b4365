import { ApiProperty } from '@nestjs/swagger';
import type { Unit, UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { share } from '../share.js';
import {
  fullUse,
  isFullUse,
  type MeasuredField,
  measuredFields,
  type Milestone,
  milestoneNames,
  type MilestoneRow,
  type Rollout,
  type RolloutFigures,
  type Stage,
  stages,
  type Usage,
} from './rollout.js';
import type { UsageReport } from './usage.service.js';

export class MilestoneResponse implements MilestoneRow {
  @ApiProperty({ enum: milestoneNames })
  milestone: Milestone;

  @ApiProperty({ format: 'date' })
  plannedOn: string | null;

  @ApiProperty({ format: 'date' })
  doneOn: string | null;

  note: string | null;

  /** For If-Match when it is recorded; 0 while nothing is known of it. */
  @ApiProperty({ example: 1 })
  version: number;
}

export class RolloutResponse {
  unit: UnitReference;

  /** The last step that is done. */
  @ApiProperty({ enum: stages })
  stage: Stage;

  /** Steps whose planned day has passed. */
  @ApiProperty({ enum: milestoneNames, isArray: true })
  late: Milestone[];

  milestones: MilestoneResponse[];
}

export class RolloutsResponse {
  items: RolloutResponse[];
}

export class RolloutPlannedResponse {
  /** For how many it is planned. */
  @ApiProperty({ example: 126 })
  units: number;
}

export class RolloutFiguresResponse implements RolloutFigures {
  @ApiProperty({ example: 126 })
  units: number;

  @ApiProperty({ example: 8 })
  late: number;

  @ApiProperty({ example: 3 })
  none: number;

  @ApiProperty({ example: 10 })
  training: number;

  @ApiProperty({ example: 5 })
  accounts: number;

  @ApiProperty({ example: 2 })
  opening_figures: number;

  @ApiProperty({ example: 40 })
  start: number;

  @ApiProperty({ example: 66 })
  full_use: number;
}

export class RolloutSummaryRowResponse {
  unit: UnitReference;
  own: boolean;
  figures: RolloutFiguresResponse;

  /** The units. */
  @ApiProperty({ example: '/api/v1/rollout/units?unitId=0198…' })
  units: string;
}

export class RolloutSummaryResponse {
  unit: UnitReference;
  total: RolloutFiguresResponse;
  rows: RolloutSummaryRowResponse[];
}

export class CompletenessResponse {
  @ApiProperty({ enum: measuredFields })
  field: MeasuredField;

  @ApiProperty({ example: 118 })
  filled: number;

  /** In per cent; null where there is no petition. */
  @ApiProperty({ example: 93.7 })
  share: number | null;
}

export class UsageResponse {
  @ApiProperty({ example: 126 })
  petitions: number;

  /** Entered by the end of the next working day. */
  @ApiProperty({ example: 120 })
  petitionsInTime: number;

  @ApiProperty({ example: 80 })
  visits: number;

  @ApiProperty({ example: 79 })
  visitsInTime: number;

  /** Of petitions and visits together, in per cent. */
  @ApiProperty({ example: 96.6 })
  inTimeShare: number | null;

  @ApiProperty({ example: 7 })
  lateEntries: number;

  completeness: CompletenessResponse[];

  @ApiProperty({ example: 9 })
  accounts: number;

  /** Used within the last thirty days. */
  @ApiProperty({ example: 7 })
  activeAccounts: number;

  @ApiProperty({ format: 'date-time' })
  lastEntryAt: string | null;

  @ApiProperty({ format: 'date-time' })
  lastUseAt: string | null;

  /** Measured: nearly everything in time, the fields that count nearly always filled in. */
  fullUse: boolean;
}

export class UsageRowResponse {
  unit: UnitReference;
  own: boolean;
  usage: UsageResponse;
}

export class LateEntryResponse {
  @ApiProperty({ enum: ['petition', 'visit'] })
  about: 'petition' | 'visit';

  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: '00004-2026-000012' })
  number: string;

  unit: UnitReference;

  /** Day of the receipt, or of the visit. */
  @ApiProperty({ format: 'date' })
  onDate: string;

  @ApiProperty({ format: 'date' })
  enteredOn: string;
}

export class LateEntryPageResponse {
  items: LateEntryResponse[];
  nextCursor: string | null;
}

export class FullUseRuleResponse {
  @ApiProperty({ example: 90 })
  inTime: number;

  @ApiProperty({ example: 90 })
  completeness: number;

  @ApiProperty({ enum: measuredFields, isArray: true })
  fields: MeasuredField[];

  /** False: no decision says so yet. */
  verified: boolean;
}

export class UsageReportResponse {
  unit: UnitReference;

  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  /** What makes full use, in per cent. */
  rule: FullUseRuleResponse;

  total: UsageResponse;
  rows: UsageRowResponse[];
}

export function toRollout({ unitId, ...rollout }: Rollout, structure: UnitStructure): RolloutResponse {
  return { unit: toUnitReference(structure.get(unitId)), ...rollout };
}

export function toRolloutSummaryRow({
  unit,
  own,
  figures,
}: {
  unit: Unit;
  own: boolean;
  figures: RolloutFigures;
}): RolloutSummaryRowResponse {
  return { unit: toUnitReference(unit), own, figures, units: `/api/v1/rollout/units?unitId=${unit.id}` };
}

export function toUsageReport({ unit, from, to, total, rows }: UsageReport): UsageReportResponse {
  return {
    unit: toUnitReference(unit),
    from,
    to,
    rule: fullUse,
    total: toUsage(total),
    rows: rows.map((row) => ({ unit: toUnitReference(row.unit), own: row.own, usage: toUsage(row.usage) })),
  };
}

function toUsage(usage: Usage): UsageResponse {
  const { petitions, petitionsInTime, visits, visitsInTime, accounts, activeAccounts, completeness, lastEntryAt, lastUseAt } = usage;
  return {
    petitions,
    petitionsInTime,
    visits,
    visitsInTime,
    inTimeShare: share(petitionsInTime + visitsInTime, petitions + visits),
    lateEntries: petitions + visits - petitionsInTime - visitsInTime,
    completeness: measuredFields.map((field) => ({ field, filled: completeness[field], share: share(completeness[field], petitions) })),
    accounts,
    activeAccounts,
    lastEntryAt: lastEntryAt?.toISOString() ?? null,
    lastUseAt: lastUseAt?.toISOString() ?? null,
    fullUse: isFullUse(usage),
  };
}
