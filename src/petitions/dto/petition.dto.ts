import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { Id, LegalDay, OneOf, Part, Parts, Text, WholeNumber, YesNo } from '../../http/fields.js';
import { defaultLimit, largestLimit } from '../../http/page.js';
import { CircumstancesDto } from '../../rules/dto/evaluation.dto.js';
import { type PetitionKind, petitionKinds, type Stage, stages } from '../../rules/evaluation/filing.js';
import { type FlagCode, flagCodes } from '../../rules/evaluation/flag-rules.js';
import { type Alert, alertStates } from '../../rules/limits/alert.js';
import { type PetitionState, petitionStates } from '../transition.js';
import { type Channel, channels, partyRoles, partyTypes, type Party, type Relation, relations } from '../petition.js';
import { petitionSorts } from '../petition-list.js';

export const nationalIdRule = {
  context: { code: 'national_id', vi: 'Số CMND/CCCD có 9 hoặc 12 chữ số.', en: 'A national id has 9 or 12 digits.' },
};
const phoneRule = {
  context: {
    code: 'phone',
    vi: 'Số điện thoại có 6 đến 20 chữ số, dấu "+", "." hoặc khoảng trắng.',
    en: 'A phone number has 6 to 20 digits, "+", "." or spaces.',
  },
};
const fieldCodeRule = {
  context: {
    code: 'field_code',
    vi: 'Mã lĩnh vực gồm chữ thường không dấu, chữ số, ".", "_" hoặc "-".',
    en: 'A field code has small letters, digits, ".", "_" or "-".',
  },
};

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

  @ApiProperty({ required: false, nullable: true, type: String, pattern: '^\\d{9}(\\d{3})?$', example: '001082012345' })
  @IsOptional()
  @Matches(/^\d{9}(\d{3})?$/, nationalIdRule)
  nationalId?: string | null;

  @Text({ max: 500, optional: true, example: 'Số 5 phố Trấn Vũ' })
  address?: string | null;

  @ApiProperty({ required: false, nullable: true, type: String, example: '0912 345 678' })
  @IsOptional()
  @Matches(/^\+?[\d. ]{6,20}$/, phoneRule)
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
  @ApiProperty({ required: false, nullable: true, type: String, example: 'land_housing' })
  @IsOptional()
  @Matches(/^[a-z0-9._-]{1,64}$/, fieldCodeRule)
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

  /** With unitId: also those of the units below it. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @LegalDay({ optional: true, example: null })
  receivedFrom?: string;

  @LegalDay({ optional: true, example: null })
  receivedTo?: string;

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
