import { Id, LegalDay, OfficialWords, OneOf, Part, Parts, Text, YesNo } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';
import { type PetitionKind, petitionKinds } from '../../../rules/evaluation/filing.js';
import { type TabularFormat, tabularFormats } from '../../../platform/tabular/row.js';
import { exampleUnits } from '../../../structure/units/example-units.js';
import {
  type AgencyType,
  agencyTypes,
  type MatterEffect,
  matterEffects,
  type MatterFacts,
  type MatterStage,
  matterStages,
  type NewsFacts,
} from '../superior-matter.js';

export class MatterOutcomeDto {
  /** What it does with the decision that was taken here. */
  @OneOf(matterEffects, { example: 'annulled' })
  effect: MatterEffect;

  @OfficialWords({ max: 100, example: '45/2026/HC-ST' })
  number: string;

  @LegalDay({ example: '2026-10-20' })
  issuedOn: string;

  @OfficialWords({ max: 5000, optional: true, example: 'Huỷ quyết định bồi thường, buộc lập lại phương án' })
  gist: string | null = null;
}

export class MatterNewsDto {
  @OneOf(matterStages, { example: 'in_progress' })
  stage: MatterStage;

  /** Day of the news. */
  @LegalDay({ example: '2026-11-02' })
  newsOn: string;

  @OfficialWords({ max: 5000, optional: true, example: 'Toà mở phiên họp kiểm tra chứng cứ' })
  content: string | null = null;

  /** With the stages `decided` and `in_force`. */
  @Part(() => MatterOutcomeDto, { optional: true })
  outcome: MatterOutcomeDto | null = null;
}

export class MatterDto extends MatterNewsDto {
  @OneOf(agencyTypes, { example: 'court' })
  agencyType: AgencyType;

  @OfficialWords({ max: 300, example: 'Toà án nhân dân Thành phố Hà Nội' })
  agency: string;

  /** How the agency calls the case. */
  @OfficialWords({ max: 100, example: '112/2026/TLST-HC' })
  reference: string;

  @OneOf(petitionKinds, { example: 'complaint' })
  kind: PetitionKind;

  /** What it is about, without the names of citizens: they stand in the petition. */
  @OfficialWords({ min: 3, max: 2000, example: 'Khởi kiện quyết định bồi thường khu tập thể Ba Đình' })
  matter: string;

  @LegalDay({ example: '2026-08-10' })
  filedOn: string;

  /** The petition here that it is about. */
  @Id({ optional: true })
  petitionId: string | null = null;
}

export class NewMatterDto extends MatterDto {
  /** Where the case comes from: your own unit when left out, or one below that you oversee. */
  @Id({ optional: true, example: exampleUnits.baDinh })
  unitId: string | null = null;
}

/** A row as files have it: unit and petition by code and number. */
export class MatterRowDto extends MatterDto {
  /** Code of the unit of origin; your own when left out. */
  @Text({ max: 50, optional: true, example: '00004' })
  unitCode: string | null = null;

  @Text({ max: 100, optional: true, example: null })
  petitionNumber: string | null = null;
}

export class MatterBatchDto {
  @Parts(() => MatterRowDto, { min: 1, max: 500 })
  items: MatterRowDto[];

  /** Checks every row and changes nothing. */
  @YesNo({ optional: true, example: false })
  dryRun: boolean = false;
}

export class MatterImportDto {
  /** By the name of the file when left out. */
  @OneOf(tabularFormats, { optional: true })
  format?: TabularFormat;

  @YesNo({ optional: true })
  dryRun?: boolean;
}

export class MatterLinkDto {
  /** None takes the link away. */
  @Id({ optional: true })
  petitionId: string | null = null;
}

export class MattersQuery extends PageQuery {
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  /** Whether news are waited for. */
  @YesNo({ optional: true })
  open?: boolean;

  /** Open, and without news for longer than the unit has set. */
  @YesNo({ optional: true })
  stale?: boolean;

  @OneOf(agencyTypes, { optional: true })
  agencyType?: AgencyType;

  @OneOf([...matterEffects, 'not_upheld'], { optional: true })
  effect?: MatterEffect | 'not_upheld';

  @Id({ optional: true })
  petitionId?: string;

  /** Words of matter, agency or reference, with or without marks. */
  @Text({ max: 200, optional: true })
  q?: string;

  /** First day of the outcome. */
  @LegalDay({ optional: true, example: null })
  decidedFrom?: string;

  @LegalDay({ optional: true, example: null })
  decidedTo?: string;
}

export class MatterSummaryQuery {
  @Id({ optional: true })
  unitId?: string;
}

export function toNews({ stage, newsOn, content, outcome }: MatterNewsDto): NewsFacts {
  return { stage, newsOn, content, outcome: outcome && { ...outcome } };
}

export function toMatter(dto: MatterDto): MatterFacts {
  const { agencyType, agency, reference, kind, matter, filedOn, petitionId } = dto;
  return { ...toNews(dto), agencyType, agency, reference, kind, matter, filedOn, petitionId };
}
