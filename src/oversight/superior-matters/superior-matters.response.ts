import { ApiProperty } from '@nestjs/swagger';
import { type PetitionKind, petitionKinds } from '../../rules/evaluation/filing.js';
import type { Unit, UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import type { MatterImportReport } from './matter-import.service.js';
import {
  type AgencyType,
  agencyTypes,
  type Matter,
  type MatterEffect,
  matterEffects,
  type MatterFigures,
  type MatterOutcome,
  type MatterRow,
  type MatterStage,
  matterStages,
  type NewsSource,
} from './superior-matter.js';

export class MatterOutcomeResponse implements MatterOutcome {
  @ApiProperty({ enum: matterEffects })
  effect: MatterEffect;

  @ApiProperty({ example: '45/2026/HC-ST' })
  number: string;

  @ApiProperty({ format: 'date' })
  issuedOn: string;

  gist: string | null;
}

export class MatterDocumentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'ban-an.pdf' })
  filename: string;

  @ApiProperty({ example: '/api/v1/attachments/0198…/content' })
  content: string;
}

export class MatterPetitionReference {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: '00004-2026-000012' })
  number: string;
}

export class MatterItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Where the case comes from. */
  unit: UnitReference;

  petition: MatterPetitionReference | null;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  matter: string;

  @ApiProperty({ enum: agencyTypes })
  agencyType: AgencyType;

  @ApiProperty({ example: 'Toà án nhân dân Thành phố Hà Nội' })
  agency: string;

  @ApiProperty({ example: '112/2026/TLST-HC' })
  reference: string;

  @ApiProperty({ format: 'date' })
  filedOn: string;

  @ApiProperty({ enum: matterStages })
  stage: MatterStage;

  /** Day of the last news. */
  @ApiProperty({ format: 'date' })
  newsOn: string;

  open: boolean;

  /** Days without news, while it is open. */
  @ApiProperty({ example: 41 })
  daysSilent: number | null;

  /** Open, and silent for longer than the unit has set (`superiorNewsDays` of its settings). */
  stale: boolean;

  outcome: MatterOutcomeResponse | null;
  document: MatterDocumentResponse | null;

  /** Talks with the citizens about it. */
  @ApiProperty({ example: 2 })
  contacts: number;

  @ApiProperty({ format: 'date' })
  lastContactOn: string | null;

  /** Gatherings of large groups over its case. */
  @ApiProperty({ example: 1 })
  gatherings: number;

  @ApiProperty({ format: 'date' })
  lastGatheringOn: string | null;
}

export class MatterNewsResponse {
  @ApiProperty({ format: 'date' })
  onDate: string;

  @ApiProperty({ enum: matterStages })
  stage: MatterStage;

  content: string | null;

  @ApiProperty({ enum: matterEffects })
  effect: MatterEffect | null;

  @ApiProperty({ enum: ['official', 'import', 'system'] })
  source: NewsSource;

  @ApiProperty({ example: 'commune.clerk' })
  recordedBy: string | null;
}

export class MatterResponse extends MatterItemResponse {
  /** The latest first. */
  news: MatterNewsResponse[];
}

export class MatterPageResponse {
  items: MatterItemResponse[];
  nextCursor: string | null;
}

export class MatterImportResponse implements MatterImportReport {
  dryRun: boolean;

  @ApiProperty({ example: 40 })
  rows: number;

  @ApiProperty({ example: 12 })
  created: number;

  /** Rows that brought news. */
  @ApiProperty({ example: 8 })
  changed: number;

  @ApiProperty({ example: 20 })
  unchanged: number;
}

export class MatterFiguresResponse implements MatterFigures {
  @ApiProperty({ example: 14 })
  open: number;

  @ApiProperty({ example: 3 })
  stale: number;

  /** Decided there in the last year. */
  @ApiProperty({ example: 9 })
  decided: number;

  /** Of those, the ones that did not uphold what was decided here. */
  @ApiProperty({ example: 2 })
  notUpheld: number;
}

export class MatterSummaryRowResponse {
  unit: UnitReference;
  own: boolean;
  figures: MatterFiguresResponse;

  /** The list behind each figure. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { stale: '/api/v1/superior-matters?unitId=0198…&includeSubordinates=true&stale=true' },
  })
  links: Record<keyof MatterFigures, string>;
}

export class MatterSummaryResponse {
  unit: UnitReference;
  total: MatterFiguresResponse;
  rows: MatterSummaryRowResponse[];
}

export function toMatterItem(row: MatterRow, structure: UnitStructure): MatterItemResponse {
  const { unitId, petitionId, petitionNumber, document, version, ...facts } = row;
  return {
    ...facts,
    unit: toUnitReference(structure.get(unitId)),
    petition: petitionId === null ? null : { id: petitionId, number: petitionNumber! },
    document: document && { ...document, content: `/api/v1/attachments/${document.id}/content` },
  };
}

export function toMatterResponse({ news, ...row }: Matter, structure: UnitStructure): MatterResponse {
  return { ...toMatterItem(row, structure), news };
}

/** @param decidedFrom first day of the year that `decided` counts */
export function toMatterSummaryRow(
  { unit, own, figures }: { unit: Unit; own: boolean; figures: MatterFigures },
  decidedFrom: string,
): MatterSummaryRowResponse {
  const list = `/api/v1/superior-matters?unitId=${unit.id}&includeSubordinates=${!own}`;
  return {
    unit: toUnitReference(unit),
    own,
    figures,
    links: {
      open: `${list}&open=true`,
      stale: `${list}&stale=true`,
      decided: `${list}&decidedFrom=${decidedFrom}`,
      notUpheld: `${list}&decidedFrom=${decidedFrom}&effect=not_upheld`,
    },
  };
}
