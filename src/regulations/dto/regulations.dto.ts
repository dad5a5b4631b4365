import { Id, Ids, LegalDay, OneOf, Parts, SomeOf, Text, YesNo } from '../../platform/http/fields.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { type RegulationType, regulationTypeNames } from '../../rules/regulations/required-regulations.js';
import { type UnitLevel, unitLevels } from '../../rules/structure/unit-structure.js';
import { type CampaignState, campaignStates, type ItemState, itemStates } from '../campaign.js';
import { type GapKind, gapKinds } from '../gap.js';
import { type InstrumentChangeKind, instrumentChangeKinds, type InstrumentType, instrumentTypes } from '../instrument.js';
import {
  type RegulationState,
  regulationStates,
  type ReviewOutcome,
  reviewOutcomes,
  type VersionAction,
  versionActions,
} from '../regulation.js';

const noDay = { optional: true, example: null };

export class InstrumentDto {
  @Text({ max: 100, example: '99/2099/TT-THU' })
  number: string;

  @Text({ max: 200, example: 'Thanh tra Chính phủ' })
  issuer: string;

  @OneOf(instrumentTypes, { example: 'circular' })
  type: InstrumentType;

  @Text({ max: 500, example: 'Quy trình tiếp công dân' })
  title: string;

  @LegalDay({ example: '2026-11-02' })
  issuedOn: string;

  @LegalDay({ example: '2099-01-01' })
  inForceFrom: string;

  @LegalDay(noDay)
  inForceTo: string | null = null;

  @Text({ max: 2000, optional: true })
  note: string | null = null;

  /** Somebody has read the days in the text. */
  @YesNo({ optional: true, example: true })
  verified: boolean = false;
}

export class InstrumentChangeDto {
  @OneOf(instrumentChangeKinds, { example: 'amended' })
  kind: InstrumentChangeKind;

  /** First day on which it is changed, or no longer in force. */
  @LegalDay({ example: '2027-01-01' })
  effectiveOn: string;

  /** The document that changes it. */
  @Id({ optional: true })
  byInstrumentId: string | null = null;

  @Text({ max: 2000, optional: true })
  note: string | null = null;
}

export class InstrumentsQuery extends PageQuery {
  /** Words of number, title or issuer, with or without marks. */
  @Text({ max: 200, optional: true, example: 'tiếp công dân' })
  q?: string;

  @Text({ max: 100, optional: true })
  number?: string;

  @LegalDay(noDay)
  inForceOn?: string;
}

/** One of the two. */
export class BasisDto {
  @Id({ optional: true })
  instrumentId: string | null = null;

  /** A regulation of another unit, e.g. of the city. */
  @Id({ optional: true })
  regulationId: string | null = null;

  @Text({ max: 200, optional: true, example: 'Điều 24' })
  article: string | null = null;
}

export class VersionDto {
  @Text({ max: 100, example: '112/QĐ-UBND' })
  number: string;

  @LegalDay({ example: '2026-07-06' })
  issuedOn: string;

  @LegalDay({ example: '2026-07-15' })
  inForceFrom: string;

  @Text({ max: 200, example: 'Chủ tịch UBND phường' })
  signerTitle: string;

  @Text({ max: 200, optional: true, example: 'Trần Văn Đức' })
  signerName: string | null = null;

  /** What it is about, or what is new. */
  @Text({ max: 5000, optional: true, example: 'Ban hành theo Luật số 136/2025/QH15; thêm quy định tiếp công dân trực tuyến.' })
  gist: string | null = null;

  /** By when you want to look at it again. */
  @LegalDay({ optional: true, example: '2028-07-15' })
  reviewBy: string | null = null;

  @Parts(() => BasisDto, { max: 30, optional: true, example: [] })
  basis: BasisDto[] = [];
}

export class RegulationDto extends VersionDto {
  /** Your own unit when left out. */
  @Id({ optional: true })
  unitId: string | null = null;

  @OneOf(regulationTypeNames, { example: 'other' })
  type: RegulationType;

  @Text({ max: 500, example: 'Quy định về đón tiếp đoàn đông người tại trụ sở UBND phường Ba Đình' })
  title: string;
}

export class NewVersionDto extends VersionDto {
  @OneOf(versionActions.filter((action) => action !== 'issued'), { example: 'amended' })
  action: Exclude<VersionAction, 'issued'>;
}

export class RepealDto {
  /** Number of the decision. */
  @Text({ max: 100, example: '98/QĐ-UBND' })
  number: string;

  @LegalDay({ example: '2026-11-02' })
  repealedOn: string;

  @Text({ max: 2000, example: 'Thay bằng quy chế ban hành theo luật mới' })
  reason: string;

  /** What was issued in its place. */
  @Id({ optional: true })
  replacedById: string | null = null;
}

export class ReviewDto {
  /** `keep`, `amend`, `supplement`, `replace`, `repeal` for what there is; `issue`, `not_needed` for what there is not. */
  @OneOf(reviewOutcomes, { example: 'amend' })
  outcome: ReviewOutcome;

  @Text({ min: 3, max: 5000, example: 'Chưa có quy định về tiếp công dân trực tuyến theo Luật số 136/2025/QH15' })
  reason: string;

  @LegalDay({ example: '2026-09-15' })
  reviewedOn: string;

  /** By when it is done; for all outcomes but `keep` and `not_needed`. */
  @LegalDay({ optional: true, example: '2026-12-15' })
  doBy: string | null = null;
}

class UnitsQuery extends PageQuery {
  /** Your own unit when left out. */
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;
}

export class RegulationsQuery extends UnitsQuery {
  @OneOf(regulationTypeNames, { optional: true })
  type?: RegulationType;

  @OneOf(regulationStates, { optional: true })
  state?: RegulationState;

  /** proposed: what it rests on changes; outdated: that has taken effect. */
  @OneOf(['proposed', 'outdated'], { optional: true })
  review?: 'proposed' | 'outdated';

  /** A document or a regulation that it rests on; of all units, where no unit is named. */
  @Id({ optional: true })
  basisId?: string;

  /** Words of title or number, with or without marks. */
  @Text({ max: 200, optional: true })
  q?: string;

  @LegalDay(noDay)
  asOf?: string;
}

export class OverviewQuery {
  @Id({ optional: true })
  unitId?: string;

  @LegalDay(noDay)
  asOf?: string;
}

export class GapsQuery extends UnitsQuery {
  @OneOf(gapKinds, { optional: true, example: 'missing' })
  gap?: GapKind;

  @LegalDay(noDay)
  asOf?: string;
}

export class CampaignDto {
  @Text({ max: 500, example: 'Rà soát quy chế tiếp công dân theo Luật số 136/2025/QH15' })
  title: string;

  /** Number of the plan or letter that orders it. */
  @Text({ max: 100, optional: true, example: '215/KH-UBND' })
  number: string | null = null;

  @LegalDay({ example: '2026-09-01' })
  startsOn: string;

  @LegalDay({ example: '2027-12-15' })
  dueOn: string;

  @SomeOf(regulationTypeNames, { min: 1, example: ['house_rules', 'reception_regulation'] })
  types: RegulationType[];

  /** Which levels review; all below you when left out. */
  @SomeOf(unitLevels, { optional: true, example: ['commune'] })
  levels: UnitLevel[] = [];

  /** Which units review, instead of levels. */
  @Ids({ max: 5000, optional: true, example: [] })
  unitIds: string[] = [];

  /** Only what is missing, or rests on something that has changed. */
  @YesNo({ optional: true, example: false })
  onlyProposed: boolean = false;
}

export class CampaignEndDto {
  @OneOf(['closed', 'cancelled'], { example: 'closed' })
  state: 'closed' | 'cancelled';

  @Text({ min: 3, max: 2000, example: 'Đã báo cáo kết quả với Thành phố' })
  note: string;
}

export class CampaignsQuery extends PageQuery {
  @OneOf(campaignStates, { optional: true })
  state?: CampaignState;
}

export class ItemsQuery extends UnitsQuery {
  @OneOf(itemStates, { optional: true })
  state?: ItemState;
}

export class ByUnitQuery {
  @Id({ optional: true })
  unitId?: string;
}
