import { ApiProperty } from '@nestjs/swagger';
import { type RegulationType, regulationTypeNames } from '../rules/regulations/required-regulations.js';
import type { UnitStructure } from '../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../structure/units/unit.response.js';
import { type CampaignRow, type CampaignState, campaignStates, type ItemRow, type ItemState, itemStates } from './campaign.js';
import type { CampaignUnitRow } from './campaigns.service.js';
import { type ReviewOutcome, reviewOutcomes } from './regulation.js';

export class CampaignFiguresResponse {
  @ApiProperty({ example: 252 })
  items: number;

  /** Nobody has reviewed it yet. */
  @ApiProperty({ example: 60 })
  open: number;

  /** Nor was it reviewed by the day of the campaign. */
  @ApiProperty({ example: 0 })
  overdue: number;

  /** It is to be changed, issued or repealed. */
  @ApiProperty({ example: 40 })
  decided: number;

  /** And was not by the day that the review said. */
  @ApiProperty({ example: 2 })
  work_overdue: number;

  @ApiProperty({ example: 150 })
  done: number;
}

export class CampaignResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Who runs it. */
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty()
  title: string;

  @ApiProperty({ type: String, nullable: true, example: '215/KH-UBND' })
  number: string | null;

  @ApiProperty({ format: 'date' })
  startsOn: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty({ enum: regulationTypeNames, isArray: true })
  types: RegulationType[];

  @ApiProperty()
  onlyProposed: boolean;

  @ApiProperty({ enum: campaignStates })
  state: CampaignState;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  endedOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  endNote: string | null;

  /** How many units have something to review. */
  @ApiProperty({ example: 126 })
  units: number;

  @ApiProperty({ type: CampaignFiguresResponse })
  figures: CampaignFiguresResponse;
}

export class CampaignPageResponse {
  @ApiProperty({ type: [CampaignResponse] })
  items: CampaignResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class CampaignItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  campaignId: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ enum: regulationTypeNames })
  type: RegulationType;

  /** Null where the unit has none. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  regulationId: string | null;

  @ApiProperty({ type: String, nullable: true })
  title: string | null;

  @ApiProperty({ enum: itemStates })
  state: ItemState;

  @ApiProperty({ enum: reviewOutcomes, nullable: true })
  outcome: ReviewOutcome | null;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  reviewedOn: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  doBy: string | null;
}

export class CampaignItemPageResponse {
  @ApiProperty({ type: [CampaignItemResponse] })
  items: CampaignItemResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class CampaignUnitResponse {
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty()
  own: boolean;

  @ApiProperty({ type: CampaignFiguresResponse })
  figures: CampaignFiguresResponse;

  /** What is to be reviewed there. */
  @ApiProperty({ example: '/api/v1/regulation-campaigns/0198…/items?unitId=0198…&includeSubordinates=true' })
  items: string;
}

export class CampaignUnitsResponse {
  @ApiProperty({ type: [CampaignUnitResponse] })
  items: CampaignUnitResponse[];
}

export function toCampaign({ unitId, version, ...row }: CampaignRow, structure: UnitStructure): CampaignResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}

export function toCampaignItem({ unitId, ...row }: ItemRow, structure: UnitStructure): CampaignItemResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}

export function toCampaignUnit(campaignId: string, { unit, own, figures }: CampaignUnitRow): CampaignUnitResponse {
  const items = `/api/v1/regulation-campaigns/${campaignId}/items?unitId=${unit.id}&includeSubordinates=${!own}`;
  return { unit: toUnitReference(unit), own, figures, items };
}
