import { ApiProperty } from '@nestjs/swagger';
import { maskNumber } from '../identity/mask.js';
import { petitionStates } from '../transition.js';
import type { PersonMergeRow, PersonRow, PetitionOfPersonRow, SignatoryRow } from './people.queries.js';

const nullableText = { type: String, nullable: true };

export class PersonResponse implements PersonRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: ['person', 'organisation'] })
  type: 'person' | 'organisation';

  @ApiProperty({ example: 'Nguyễn Văn Hoà' })
  name: string;

  @ApiProperty({ example: 1982 })
  birthYear: number | null;

  /** Its last digits; the whole number: `POST /persons/{id}/readings`. */
  @ApiProperty({ ...nullableText, example: '•••••••••345' })
  nationalId: string | null;

  @ApiProperty(nullableText)
  address: string | null;

  /** Its last digits. */
  @ApiProperty({ ...nullableText, example: '•••••••678' })
  phone: string | null;

  /** The entry that this one went into. */
  @ApiProperty({ ...nullableText, format: 'uuid' })
  mergedIntoId: string | null;

  /** How many petitions name this person, those out of your scope included. */
  @ApiProperty({ example: 2 })
  petitions: number;
}

export class PersonsResponse {
  items: PersonResponse[];
}

export class PersonMatchResponse extends PersonResponse {
  sameNationalId: boolean;
  sameName: boolean;
  sameBirthYear: boolean | null;
  sameAddress: boolean | null;
}

export class PersonMatchesResponse {
  items: PersonMatchResponse[];
}

export class PetitionOfPersonResponse implements PetitionOfPersonRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-2026-000123' })
  number: string;

  @ApiProperty({ example: 'petitioner' })
  role: string;

  @ApiProperty({ format: 'date' })
  receivedOn: string;

  summary: string;

  @ApiProperty({ enum: petitionStates })
  state: string;
}

export class PersonMergeResponse implements PersonMergeRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  intoId: string;

  @ApiProperty({ format: 'uuid' })
  fromId: string;

  /** Mentions in petitions that moved. */
  partyIds: string[];

  reason: string;

  @ApiProperty({ format: 'date' })
  mergedOn: string;

  @ApiProperty({ ...nullableText, format: 'date' })
  undoneOn: string | null;

  @ApiProperty(nullableText)
  undoReason: string | null;
}

export class PersonDetailResponse extends PersonResponse {
  items: PetitionOfPersonResponse[];
  merges: PersonMergeResponse[];
}

export class SignatoryResponse implements SignatoryRow {
  @ApiProperty({ example: 1 })
  position: number;

  @ApiProperty({ example: 'Trần Thị Bình' })
  name: string;

  birthYear: number | null;

  /** Its last digits. */
  @ApiProperty({ ...nullableText, example: '•••••••••345' })
  nationalId: string | null;

  @ApiProperty(nullableText)
  address: string | null;

  representative: boolean;

  /** When he withdrew: the others go on. */
  @ApiProperty({ ...nullableText, format: 'date' })
  withdrawnOn: string | null;
}

export class RepresentativeRuleResponse {
  @ApiProperty({ example: 1 })
  least: number;

  @ApiProperty({ example: 5 })
  most: number;
}

export class SignatoriesResponse {
  @ApiProperty({ example: 120 })
  total: number;

  @ApiProperty({ example: 5 })
  representatives: number;

  /** How many may speak for a group of this size. */
  rule: RepresentativeRuleResponse | null;

  /** The identity is secret: nobody is listed. */
  masked: boolean;

  items: SignatoryResponse[];
}

export class SignatoryImportResponse {
  dryRun: boolean;

  @ApiProperty({ example: 120 })
  rows: number;

  @ApiProperty({ example: 5 })
  representatives: number;
}

/** Numbers show their last digits. */
export function masked<Row extends { nationalId: string | null; phone?: string | null }>(row: Row): Row {
  return { ...row, nationalId: maskNumber(row.nationalId), ...(row.phone !== undefined && { phone: maskNumber(row.phone) }) };
}
