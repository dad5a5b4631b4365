import { ApiProperty } from '@nestjs/swagger';
import { type RegulationType, regulationTypeNames } from '../rules/regulations/required-regulations.js';
import type { UnitStructure } from '../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../structure/units/unit.response.js';
import { type GapKind, gapKinds, type Gap, type RegulationFigures, type RegulationOverviewRow } from './gap.js';
import {
  type BasisRow,
  type Regulation,
  type RegulationRow,
  type RegulationState,
  regulationStates,
  type ReviewOutcome,
  reviewOutcomes,
  type ReviewReason,
  type VersionAction,
  versionActions,
} from './regulation.js';

export class BasisResponse implements BasisRow {
  @ApiProperty({ format: 'uuid' })
  instrumentId: string | null;

  @ApiProperty({ format: 'uuid' })
  regulationId: string | null;

  @ApiProperty({ example: '42/2013/QH13' })
  number: string;

  @ApiProperty({ example: 'Luật Tiếp công dân' })
  title: string;

  @ApiProperty({ example: 'Điều 24' })
  article: string | null;
}

export class RegulationFileResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'quy-che.pdf' })
  filename: string;

  /** Where the signed text is read. */
  @ApiProperty({ example: '/api/v1/attachments/0198…/content' })
  content: string;
}

export class RegulationVersionResponse {
  @ApiProperty({ example: 1 })
  sequence: number;

  @ApiProperty({ enum: versionActions })
  action: VersionAction;

  @ApiProperty({ example: '112/QĐ-UBND' })
  number: string;

  @ApiProperty({ format: 'date' })
  issuedOn: string;

  @ApiProperty({ format: 'date' })
  inForceFrom: string;

  /** Last day; null while no later version takes its place. */
  @ApiProperty({ format: 'date' })
  inForceTo: string | null;

  @ApiProperty({ example: 'Chủ tịch UBND phường' })
  signerTitle: string;

  signerName: string | null;
  gist: string | null;

  @ApiProperty({ format: 'date' })
  reviewBy: string | null;

  basis: BasisResponse[];
  file: RegulationFileResponse | null;
}

export class ReviewReasonResponse implements ReviewReason {
  /** Number of what changed. */
  @ApiProperty({ example: '42/2013/QH13' })
  number: string;

  @ApiProperty({ format: 'uuid' })
  instrumentId: string | null;

  @ApiProperty({ format: 'uuid' })
  regulationId: string | null;

  @ApiProperty({ enum: ['amended', 'replaced', 'repealed', 'expired'] })
  change: ReviewReason['change'];

  @ApiProperty({ format: 'date', example: '2026-07-01' })
  effectiveOn: string;

  /** Number of what changed it. */
  @ApiProperty({ example: '136/2025/QH15' })
  by: string | null;
}

export class RegulationReviewResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: reviewOutcomes })
  outcome: ReviewOutcome;

  reason: string;

  @ApiProperty({ format: 'date' })
  reviewedOn: string;

  @ApiProperty({ format: 'date' })
  doBy: string | null;

  @ApiProperty({ format: 'uuid' })
  campaignId: string | null;

  @ApiProperty({ example: 'commune.leader' })
  reviewedBy: string | null;
}

export class RegulationItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;

  @ApiProperty({ enum: regulationTypeNames })
  type: RegulationType;

  title: string;

  @ApiProperty({ enum: regulationStates })
  state: RegulationState;

  /** Number of the version that counts on the day. */
  @ApiProperty({ example: '112/QĐ-UBND' })
  number: string;

  @ApiProperty({ format: 'date' })
  issuedOn: string;

  @ApiProperty({ format: 'date' })
  inForceFrom: string;

  @ApiProperty({ format: 'date' })
  reviewBy: string | null;

  @ApiProperty({ format: 'date' })
  repealedOn: string | null;

  repealNumber: string | null;

  @ApiProperty({ format: 'uuid' })
  replacedById: string | null;

  /** Day of the last review that kept it. */
  @ApiProperty({ format: 'date' })
  keptOn: string | null;

  /** Why it is proposed for review: what it rests on has changed, or will, since it was issued or last kept. Empty where it has not. */
  reviewReasons: ReviewReasonResponse[];
}

export class RegulationResponse extends RegulationItemResponse {
  /** The newest first. */
  versions: RegulationVersionResponse[];

  reviews: RegulationReviewResponse[];
}

export class RegulationPageResponse {
  items: RegulationItemResponse[];
  nextCursor: string | null;
}

export class RegulationGapResponse {
  unit: UnitReference;

  @ApiProperty({ enum: regulationTypeNames })
  type: RegulationType;

  /** missing: required, and none in force; outdated: what it rests on has changed; due: a review, or what it came to, is to be done. */
  @ApiProperty({ enum: gapKinds })
  gap: GapKind;

  @ApiProperty({ format: 'uuid' })
  regulationId: string | null;

  /** Since when it is outdated, by when it is due. */
  @ApiProperty({ format: 'date' })
  dueOn: string | null;
}

export class RegulationGapPageResponse {
  items: RegulationGapResponse[];
  nextCursor: string | null;
}

export class RegulationFiguresResponse implements RegulationFigures {
  /** How many regulations there must be. */
  @ApiProperty({ example: 252 })
  required: number;

  /** Of those required, in force. */
  @ApiProperty({ example: 240 })
  inForce: number;

  @ApiProperty({ example: 12 })
  missing: number;

  @ApiProperty({ example: 31 })
  outdated: number;

  @ApiProperty({ example: 40 })
  due: number;

  /** Of those due, the ones whose day has passed. */
  @ApiProperty({ example: 3 })
  overdue: number;
}

export class RegulationOverviewRowResponse {
  unit: UnitReference;

  /** The unit's own regulations; else everything from it down. */
  own: boolean;

  figures: RegulationFiguresResponse;

  /** The list behind each figure. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { missing: '/api/v1/regulations/gaps?unitId=0198…&includeSubordinates=true&gap=missing' },
  })
  links: Record<GapKind, string>;
}

export class RegulationOverviewResponse {
  @ApiProperty({ format: 'date' })
  asOf: string;

  unit: UnitReference;
  total: RegulationFiguresResponse;
  rows: RegulationOverviewRowResponse[];
}

export function toRegulationItem(row: RegulationRow, structure: UnitStructure): RegulationItemResponse {
  const { unitId, version, ...facts } = row;
  return { ...facts, unit: toUnitReference(structure.get(unitId)) };
}

export function toRegulation({ versions, reviews, ...row }: Regulation, structure: UnitStructure): RegulationResponse {
  return {
    ...toRegulationItem(row, structure),
    versions: versions.map(({ file, ...version }) => ({
      ...version,
      file: file && { ...file, content: `/api/v1/attachments/${file.id}/content` },
    })),
    reviews,
  };
}

export function toGap({ unitId, ...gap }: Gap, structure: UnitStructure): RegulationGapResponse {
  return { unit: toUnitReference(structure.get(unitId)), ...gap };
}

export function toOverviewRow({ unit, own, figures }: RegulationOverviewRow, asOf: string | undefined): RegulationOverviewRowResponse {
  const list = `/api/v1/regulations/gaps?unitId=${unit.id}&includeSubordinates=${!own}${asOf ? `&asOf=${asOf}` : ''}`;
  const links = Object.fromEntries(gapKinds.map((gap) => [gap, `${list}&gap=${gap}`])) as Record<GapKind, string>;
  return { unit: toUnitReference(unit), own, figures, links };
}
