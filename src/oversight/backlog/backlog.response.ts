import { ApiProperty } from '@nestjs/swagger';
import { type PetitionKind, petitionKinds } from '../../rules/evaluation/filing.js';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';
import type { Unit, UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import {
  type BacklogCause,
  backlogCauseNames,
  type BacklogFigures,
  type BacklogPlan,
  type BacklogReviewRow,
  type BacklogRow,
  type BurnDownPoint,
  type CommitmentRow,
  type CommitmentState,
  commitmentStates,
  type LongCaseGround,
  longCaseGroundNames,
  type LongCaseRow,
  type ReviewItemRow,
  type StepRow,
} from './backlog.js';

const day = { format: 'date' };
const dayOrNone = { type: String, format: 'date', nullable: true };
const textOrNone = { type: String, nullable: true };

export class BacklogItemResponse {
  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  @ApiProperty({ example: '00004-2026-000012' })
  number: string;

  @ApiProperty({ format: 'uuid' })
  caseId: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  @ApiProperty({ example: 'accepted' })
  state: string;

  @ApiProperty(textOrNone)
  fieldCode: string | null;

  /** Where it lies. */
  unit: UnitReference;

  @ApiProperty(day)
  receivedOn: string;

  /** Last legal day of its most urgent limit. */
  @ApiProperty(day)
  dueOn: string;

  /** Days since the receipt. */
  @ApiProperty({ example: 201 })
  ageDays: number;

  /** Days since the last legal day. */
  @ApiProperty({ example: 160 })
  daysOver: number;

  /** As the plan says it; null where there is no plan. */
  @ApiProperty({ enum: backlogCauseNames })
  cause: BacklogCause | null;

  /** By when the leader last promised to settle it. */
  @ApiProperty(dayOrNone)
  settleBy: string | null;

  @ApiProperty({ enum: commitmentStates })
  commitment: CommitmentState;

  @ApiProperty({ example: 2 })
  openSteps: number;

  @ApiProperty({ example: 1 })
  lateSteps: number;

  @ApiProperty(dayOrNone)
  nextStepOn: string | null;

  /** Its case is marked as complex and dragging on. */
  longCase: boolean;
}

export class BacklogPageResponse {
  items: BacklogItemResponse[];
  nextCursor: string | null;
}

export class BacklogFiguresResponse implements BacklogFigures {
  @ApiProperty({ example: 48 })
  backlog: number;

  @ApiProperty({ example: 12 })
  withoutPlan: number;

  @ApiProperty({ example: 20 })
  withoutCommitment: number;

  @ApiProperty({ example: 4 })
  brokenCommitments: number;

  @ApiProperty({ example: 6 })
  longCases: number;
}

export class BacklogSummaryRowResponse {
  unit: UnitReference;
  own: boolean;
  figures: BacklogFiguresResponse;

  /** The list behind each figure. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { withoutPlan: '/api/v1/backlog?unitId=0198…&includeSubordinates=true&planned=false' },
  })
  links: Record<keyof BacklogFigures, string>;
}

export class BacklogSummaryResponse {
  unit: UnitReference;
  total: BacklogFiguresResponse;
  rows: BacklogSummaryRowResponse[];
}

export class BurnDownPointResponse implements BurnDownPoint {
  @ApiProperty(day)
  on: string;

  /** Null for days ahead. */
  @ApiProperty({ example: 48 })
  backlog: number | null;

  /** Since the point before. */
  @ApiProperty({ example: 3 })
  entered: number;

  /** Since the point before. */
  @ApiProperty({ example: 5 })
  left: number;

  /** What would be left of the first day's backlog if every promise were kept. */
  @ApiProperty({ example: 40 })
  promised: number;
}

export class BurnDownResponse {
  unit: UnitReference;

  @ApiProperty(day)
  from: string;

  @ApiProperty(day)
  to: string;

  points: BurnDownPointResponse[];
}

export class BacklogStepResponse implements StepRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  action: string;
  responsible: string;

  @ApiProperty(day)
  dueOn: string;

  @ApiProperty(dayOrNone)
  doneOn: string | null;

  @ApiProperty(textOrNone)
  result: string | null;
}

export class CommitmentResponse implements CommitmentRow {
  @ApiProperty(day)
  settleBy: string;

  @ApiProperty(textOrNone)
  note: string | null;

  @ApiProperty(day)
  committedOn: string;

  @ApiProperty({ example: 'commune.leader' })
  committedBy: string;
}

export class PlanDecisionResponse {
  @ApiProperty({ format: 'uuid' })
  reviewId: string;

  @ApiProperty(day)
  heldOn: string;

  decision: string;

  @ApiProperty(dayOrNone)
  dueOn: string | null;
}

export class BacklogPlanResponse {
  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  /** Null while nobody has planned. */
  @ApiProperty({ enum: backlogCauseNames })
  cause: BacklogCause | null;

  @ApiProperty(textOrNone)
  causeNote: string | null;

  steps: BacklogStepResponse[];

  /** The last promise first. */
  commitments: CommitmentResponse[];

  /** Of meetings, the latest first. */
  decisions: PlanDecisionResponse[];
}

export class BacklogReviewItemResponse implements ReviewItemRow {
  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  @ApiProperty({ example: '00004-2026-000012' })
  number: string;

  decision: string;

  @ApiProperty(dayOrNone)
  dueOn: string | null;

  /** It is no longer in the backlog. */
  left: boolean;
}

export class BacklogReviewResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;

  @ApiProperty(day)
  heldOn: string;

  chairedBy: string;

  @ApiProperty(textOrNone)
  participants: string | null;

  conclusion: string;
  items: BacklogReviewItemResponse[];
}

export class BacklogReviewPageResponse {
  items: BacklogReviewResponse[];
  nextCursor: string | null;
}

export class LongCaseResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;

  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  @ApiProperty({ example: '00004-2026-000012' })
  petitionNumber: string;

  @ApiProperty({ format: 'uuid' })
  caseId: string;

  /** Petitions of the case. */
  @ApiProperty({ example: 7 })
  petitions: number;

  /** Gatherings over it. */
  @ApiProperty({ example: 2 })
  gatherings: number;

  @ApiProperty(day)
  markedOn: string;

  @ApiProperty({ enum: longCaseGroundNames, isArray: true })
  grounds: LongCaseGround[];

  @ApiProperty(textOrNone)
  documentNumber: string | null;

  dossierSummary: string;

  @ApiProperty(dayOrNone)
  endedOn: string | null;

  @ApiProperty(textOrNone)
  endReason: string | null;
}

export class LongCasePageResponse {
  items: LongCaseResponse[];
  nextCursor: string | null;
}

export class BacklogCodeResponse {
  @ApiProperty({ example: 'evidence' })
  code: string;

  label: BilingualResponse;
}

export class BacklogCodesResponse {
  causes: BacklogCodeResponse[];
  longCaseGrounds: BacklogCodeResponse[];
}

/** A row of a list, its unit by name. */
export function withUnit<Row extends { unitId: string }>(
  { unitId, ...row }: Row,
  structure: UnitStructure,
): Omit<Row, 'unitId'> & { unit: UnitReference } {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}

export function toBacklogItem(row: BacklogRow, structure: UnitStructure): BacklogItemResponse {
  return withUnit(row, structure);
}

export function toBacklogReview(row: BacklogReviewRow, structure: UnitStructure): BacklogReviewResponse {
  return withUnit(row, structure);
}

export function toBacklogPlan({ version, ...plan }: BacklogPlan): BacklogPlanResponse {
  return plan;
}

export function toLongCase({ version, ...row }: LongCaseRow, structure: UnitStructure): LongCaseResponse {
  return withUnit(row, structure);
}

export function toBacklogSummaryRow({
  unit,
  own,
  figures,
}: {
  unit: Unit;
  own: boolean;
  figures: BacklogFigures;
}): BacklogSummaryRowResponse {
  const list = `/api/v1/backlog?unitId=${unit.id}&includeSubordinates=${!own}`;
  return {
    unit: toUnitReference(unit),
    own,
    figures,
    links: {
      backlog: list,
      withoutPlan: `${list}&planned=false`,
      withoutCommitment: `${list}&commitment=none`,
      brokenCommitments: `${list}&commitment=broken`,
      longCases: `${list}&longCase=true`,
    },
  };
}
