import { ApiProperty } from '@nestjs/swagger';
import type { JobRow } from '../../structure/jobs/job.js';
import { JobResponse, toJobResponse } from '../../structure/jobs/jobs.response.js';
import { identityOf } from '../../petitions/identity/person-attributes.js';
import { AuthorisationResponse } from '../../petitions/petition.response.js';
import { partyRoles, type Party } from '../../petitions/petition.js';
import { type PetitionState, petitionStates } from '../../petitions/transition.js';
import { type PetitionKind, petitionKinds } from '../../rules/evaluation/filing.js';
import type { PersonalDataExport } from './exports.service.js';
import type { HoldRow, RetentionRow } from './personal-data.queries.js';

const nullableText = { type: String, nullable: true };

export class PartyNumbersResponse {
  @ApiProperty({ enum: partyRoles })
  role: Party['role'];

  @ApiProperty({ example: 'Nguyễn Văn Hoà' })
  name: string;

  @ApiProperty({ ...nullableText, example: '001082012345' })
  nationalId: string | null;

  @ApiProperty({ ...nullableText, example: '0912 345 678' })
  phone: string | null;
}

export class SignatoryNumberResponse {
  @ApiProperty({ example: 1 })
  position: number;

  name: string;

  @ApiProperty(nullableText)
  nationalId: string | null;
}

export class PetitionNumbersResponse {
  parties: PartyNumbersResponse[];
  signatories: SignatoryNumberResponse[];
}

export class PersonNumbersResponse {
  name: string;

  @ApiProperty(nullableText)
  nationalId: string | null;

  @ApiProperty(nullableText)
  phone: string | null;
}

/** What is held of somebody in one place. */
export class HeldIdentityResponse {
  name: string;
  birthYear: number | null;

  @ApiProperty(nullableText)
  nationalId: string | null;

  @ApiProperty(nullableText)
  address: string | null;

  @ApiProperty(nullableText)
  phone: string | null;
}

export class ExportedPersonResponse extends HeldIdentityResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'person' })
  type: string;
}

export class MentionResponse extends HeldIdentityResponse {
  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  @ApiProperty({ example: 'BDI-2026-000012' })
  number: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  @ApiProperty({ format: 'date' })
  receivedOn: string;

  summary: string;

  /** A role of a party, or `signatory`. */
  @ApiProperty({ example: 'petitioner' })
  role: string;

  @ApiProperty(nullableText)
  office: string | null;

  authorisation: AuthorisationResponse | null;
}

export class LookResponse {
  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ ...nullableText, example: 'commune.clerk' })
  username: string | null;

  @ApiProperty({ example: 'petition_numbers' })
  what: string;

  @ApiProperty({ ...nullableText, format: 'uuid' })
  petitionId: string | null;
}

export class HeldVisitResponse {
  @ApiProperty({ format: 'uuid' })
  visitId: string;

  @ApiProperty({ example: 'HNI-P004-TCD-2026-000123' })
  number: string;

  @ApiProperty({ format: 'date' })
  visitedOn: string;

  @ApiProperty({ format: 'uuid' })
  unitId: string;

  matter: string;
}

export class PersonalDataExportResponse {
  person: ExportedPersonResponse;
  mentions: MentionResponse[];

  /** Visits in the reception ledgers of your scope; never those to denounce. */
  visits: HeldVisitResponse[];

  /** Petitions out of your scope, which their own units answer for. */
  @ApiProperty({ example: 0 })
  elsewhere: number;

  /** Who was shown the person's numbers. */
  looks: LookResponse[];

  @ApiProperty({ format: 'date-time' })
  exportedAt: string;
}

export class HoldResponse implements HoldRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Toà án nhân dân đang thụ lý vụ án hành chính' })
  reason: string;

  @ApiProperty({ format: 'date' })
  placedOn: string;

  @ApiProperty({ example: 'commune.leader' })
  placedBy: string;

  @ApiProperty({ ...nullableText, format: 'date' })
  liftedOn: string | null;

  @ApiProperty(nullableText)
  liftedBy: string | null;

  @ApiProperty(nullableText)
  liftReason: string | null;
}

export class HoldsResponse {
  items: HoldResponse[];
}

export class RetentionRuleResponse {
  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  /** Years after the end of a petition. */
  @ApiProperty({ example: 15 })
  years: number;

  source: string;

  /** Somebody compared it with the instrument in force; until then nothing of the kind is anonymised. */
  verified: boolean;

  /** Petitions whose time is over. */
  @ApiProperty({ example: 12 })
  due: number;

  /** Petitions whose time is over and that a legal hold keeps. */
  @ApiProperty({ example: 1 })
  held: number;

  @ApiProperty({ example: 340 })
  anonymised: number;

  /** For If-Match. */
  @ApiProperty({ example: 1 })
  version: number;
}

export class RetentionResponse {
  items: RetentionRuleResponse[];

  /** The run that was asked for last. */
  run: JobResponse | null;
}

export function toExport({ mentions, looks, ...held }: PersonalDataExport): PersonalDataExportResponse {
  return {
    ...held,
    mentions: mentions.map((mention) => ({
      petitionId: mention.petitionId,
      number: mention.number,
      kind: mention.kind,
      state: mention.state as PetitionState,
      receivedOn: mention.receivedOn,
      summary: mention.summary,
      role: mention.role,
      ...identityOf('petition_party', mention),
    })),
    looks: looks.map(({ at, ...look }) => ({ ...look, at: at.toISOString() })),
  };
}

export function toRetention(items: RetentionRow[], run: JobRow | undefined): RetentionResponse {
  return { items, run: run ? toJobResponse(run) : null };
}
