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
  unit: UnitReference;

  title: string;

  @ApiProperty({ example: '215/KH-UBND' })
  number: string | null;

  @ApiProperty({ format: 'date' })
  startsOn: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty({ enum: regulationTypeNames, isArray: true })
  types: RegulationType[];

  onlyProposed: boolean;

  @ApiProperty({ enum: campaignStates })
  state: CampaignState;

  @ApiProperty({ format: 'date' })
  endedOn: string | null;

  endNote: string | null;

  /** How many units have something to review. */
  @ApiProperty({ example: 126 })
  units: number;

  figures: CampaignFiguresResponse;
}

export class CampaignPageResponse {
  items: CampaignResponse[];
  nextCursor: string | null;
}

export class CampaignItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  campaignId: string;

  unit: UnitReference;

  @ApiProperty({ enum: regulationTypeNames })
  type: RegulationType;

  /** Null where the unit has none. */
  @ApiProperty({ format: 'uuid' })
  regulationId: string | null;

  title: string | null;

  @ApiProperty({ enum: itemStates })
  state: ItemState;

  @ApiProperty({ enum: reviewOutcomes })
  outcome: ReviewOutcome | null;

  reason: string | null;

  @ApiProperty({ format: 'date' })
  reviewedOn: string | null;

  @ApiProperty({ format: 'date' })
  doBy: string | null;
}

export class CampaignItemPageResponse {
  items: CampaignItemResponse[];
  nextCursor: string | null;
}

export class CampaignUnitResponse {
  unit: UnitReference;
  own: boolean;
  figures: CampaignFiguresResponse;

  /** What is to be reviewed there. */
  @ApiProperty({ example: '/api/v1/regulation-campaigns/0198…/items?unitId=0198…&includeSubordinates=true' })
  items: string;
}

export class CampaignUnitsResponse {
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
