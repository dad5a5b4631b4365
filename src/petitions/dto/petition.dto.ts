import { Id, LegalDay, OneOf, Part, Parts, Text, WholeNumber, YesNo } from '../../platform/http/fields.js';
import { FieldCode, NationalId, Phone } from './forms.decorators.js';
import { defaultLimit, largestLimit } from '../../platform/http/page.js';
import { CircumstancesDto } from '../../structure/law-desk/dto/evaluation.dto.js';
import { type PetitionKind, petitionKinds, type Stage, stages } from '../../rules/evaluation/filing.js';
import { type FlagCode, flagCodes } from '../../rules/evaluation/flag-rules.js';
import { type Alert, alertStates } from '../../rules/limits/alert.js';
import { type PetitionState, petitionStates } from '../transition.js';
import { type Channel, channels, partyRoles, partyTypes, type Party, type Relation, relations } from '../petition.js';
import { petitionSorts } from '../petition-list.js';

export class AuthorisationDto {
  @Text({ max: 100, optional: true, example: '15/GUQ' })
  documentNumber?: string | null;

  @LegalDay({ optional: true, example: '2026-05-02' })
  issuedOn?: string | null;

  @Text({ max: 1000, optional: true, example: 'Thay mặt 12 hộ dân khiếu nại' })
  scope?: string | null;

  /** Number of a lawyer's card. */
  @Text({ max: 50, optional: true })
  cardNumber?: string | null;
}

export class PartyDto {
  @OneOf(partyRoles, { example: 'petitioner' })
  role: Party['role'];

  @OneOf(partyTypes, { example: 'person' })
  type: Party['type'];

  @Text({ max: 200, example: 'Nguyễn Văn Hoà' })
  name: string;

  @NationalId({ optional: true })
  nationalId?: string | null;

  @Text({ max: 500, optional: true, example: 'Số 5 phố Trấn Vũ' })
  address?: string | null;

  @Phone({ optional: true })
  phone?: string | null;

  @WholeNumber({ min: 1850, max: 2100, optional: true, example: 1982 })
  birthYear?: number | null;

  /** Office or position: of an official, of a lawyer, of whoever stands for an organisation. */
  @Text({ max: 200, optional: true })
  office?: string | null;

  /** What a representative or a lawyer acts by. */
  @Part(() => AuthorisationDto, { optional: true })
  authorisation?: AuthorisationDto | null;

  /** A person of earlier petitions whom the clerk knows again; a new one when left out. */
  @Id({ optional: true })
  personId?: string | null;
}

export class RelationDto {
  @Id()
  petitionId: string;

  @OneOf(relations, { example: 'appeals' })
  relation: Relation['relation'];
}

export class FilePetitionDto extends CircumstancesDto {
  @OneOf(channels, { example: 'in_person' })
  channel: Channel;

  /** Day on which the unit received it; not after today. */
  @LegalDay({ example: '2026-05-11' })
  receivedOn: string;

  /** Day written on the petition. */
  @LegalDay({ optional: true, example: '2026-05-08' })
  writtenOn?: string | null;

  /** In one sentence. In a denunciation without anything that gives the denouncer away: lists show it. */
  @Text({ min: 3, max: 1000, example: 'Khiếu nại quyết định thu hồi đất tại phố Trấn Vũ' })
  summary: string;

  @Text({ max: 100_000, example: 'Tôi không đồng ý với Quyết định số 15/QĐ-UBND của UBND phường về việc thu hồi 25 m² đất …' })
  content: string;

  /** E.g. policy, land_housing, officials_duty, corruption, judicial, party, other. */
  @FieldCode({ optional: true })
  fieldCode?: string | null;

  /** Who files it and who else is named. The identity in a denunciation is kept secret and never answered again. */
  @Parts(() => PartyDto, { max: 1000, optional: true })
  parties?: PartyDto[] | null;

  /** How many signed; the petitioners named when left out. */
  @WholeNumber({ min: 0, max: 100_000, optional: true, example: 1 })
  signatories?: number | null;

  /** Number in another system or an old ledger; it can be used once in a unit. */
  @Text({ max: 100, optional: true, example: null })
  externalReference?: string | null;

  /** Earlier petitions of the same matter; the petition joins their case. */
  @Parts(() => RelationDto, { max: 20, optional: true })
  relatedTo?: RelationDto[] | null;
}

export class PetitionsQuery {
  /** Words of number, summary, content and – except for denunciations – names, with or without diacritics. */
  @Text({ max: 200, optional: true })
  q?: string;

  @OneOf(petitionKinds, { optional: true })
  kind?: PetitionKind;

  @OneOf(petitionStates, { optional: true })
  state?: PetitionState;

  @OneOf(stages, { optional: true })
  stage?: Stage;

  @OneOf(channels, { optional: true })
  channel?: Channel;

  @OneOf(flagCodes, { optional: true })
  flag?: FlagCode;

  @OneOf([...alertStates, 'none'], { optional: true })
  alert?: Alert;

  /** Only petitions on which something is still to be done, or only the others. */
  @YesNo({ optional: true })
  open?: boolean;

  /** Only petitions that have lain with their unit for more than 45 days without being processed, or only the others. */
  @YesNo({ optional: true })
  unprocessed?: boolean;

  @Text({ max: 64, optional: true })
  fieldCode?: string;

  @Id({ optional: true })
  caseId?: string;

  /** Entries of the ledger alone: parts of a petition are left out. */
  @YesNo({ optional: true })
  ledgerOnly?: boolean;

  /** Only petitions that this unit is responsible for. */
  @Id({ optional: true })
  unitId?: string;

  /** Only petitions that this unit has to resolve, wherever they lie. */
  @Id({ optional: true })
  competentUnitId?: string;

  /** With unitId or competentUnitId: also those of the units below it. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @LegalDay({ optional: true, example: null })
  receivedFrom?: string;

  @LegalDay({ optional: true, example: null })
  receivedTo?: string;

  /** Only petitions with an open limit whose last day is this one or later. */
  @LegalDay({ optional: true, example: null })
  dueFrom?: string;

  @LegalDay({ optional: true, example: null })
  dueTo?: string;

  @OneOf(petitionSorts, { optional: true, description: '`nextDueOn` lists only petitions with an open limit' })
  sort?: (typeof petitionSorts)[number];

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  /** `nextCursor` of the page before, with the same sort. */
  @Text({ max: 500, optional: true })
  cursor?: string;

  /** Also answer the total: counted, or estimated by the database's statistics. */
  @OneOf(['exact', 'estimated'], { optional: true })
  count?: 'exact' | 'estimated';
}
