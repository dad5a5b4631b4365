import { ApiProperty } from '@nestjs/swagger';
import { AuthorisationResponse } from '../petition.response.js';
import { partyRoles, partyTypes, type Party } from '../petition.js';
import { UnitReference, toUnitReference } from '../../structure/units/unit.response.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import type { AssignmentRow, RevealBasis as FileRevealBasis, RevealRow } from './identity.queries.js';
import { type RevealBasis, revealBases } from '../identity/who-may-know.service.js';
import type { FileReveal } from './file-reveals.service.js';
import type { Revealed } from './reveals.service.js';

const fileRevealBases = [...revealBases, 'entered'] as const;

export class RevealedPartyResponse {
  @ApiProperty({ enum: partyRoles })
  role: Party['role'];

  @ApiProperty({ enum: partyTypes })
  type: Party['type'];

  @ApiProperty({ example: 'Nguyễn Thị Hoà' })
  name: string;

  @ApiProperty({ example: '001182012345' })
  nationalId: string | null;

  address: string | null;
  phone: string | null;
  birthYear: number | null;
  office: string | null;
  authorisation: AuthorisationResponse | null;
}

export class RevealedSignatoryResponse {
  name: string;
  birthYear: number | null;
  nationalId: string | null;
  address: string | null;
}

export class OriginalTextResponse {
  summary: string;
  content: string;
}

export class RevealedResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: revealBases })
  basis: RevealBasis;

  @ApiProperty({ format: 'date-time' })
  revealedAt: string;

  parties: RevealedPartyResponse[];
  signatories: RevealedSignatoryResponse[];

  /** The words as they were written, where they named somebody; elsewhere "[người tố cáo]" stands in their place. */
  text: OriginalTextResponse | null;
}

/** An official with what he has to do with the petition. */
export class OfficialOfPetitionResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  accountId: string;

  @ApiProperty({ example: 'commune.handler' })
  username: string;

  displayName: string;
  unit: UnitReference;
}

export class RevealResponse extends OfficialOfPetitionResponse {
  @ApiProperty({ enum: fileRevealBases })
  basis: FileRevealBasis;

  reason: string;

  /** Of the same unit as whom the petition is directed against. */
  colleague: boolean;

  /** The attached file that was opened; null where it was no file. */
  @ApiProperty({ format: 'uuid' })
  attachmentId: string | null;

  /** The paper that was opened; null where it was none. */
  @ApiProperty({ format: 'uuid' })
  documentId: string | null;

  @ApiProperty({ format: 'date-time' })
  revealedAt: string;
}

/** A file that is open to the caller for some minutes. */
export class FileRevealResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: fileRevealBases })
  basis: FileRevealBasis;

  @ApiProperty({ format: 'date-time' })
  revealedAt: string;

  /** Until when it can be downloaded, by the caller alone; each download is recorded. */
  @ApiProperty({ format: 'date-time' })
  validUntil: string;

  @ApiProperty({
    format: 'uri-reference',
    example: '/api/v1/attachments/0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11/content?reveal=0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a12',
  })
  content: string;
}

export class RevealsResponse {
  items: RevealResponse[];
}

export class FoundPetitionResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'BDI-2026-000012' })
  number: string;

  @ApiProperty({ example: 'accepted' })
  state: string;

  @ApiProperty({ format: 'date' })
  receivedOn: string;
}

export class LookUpResponse {
  items: FoundPetitionResponse[];
}

export class AssignmentResponse extends OfficialOfPetitionResponse {
  @ApiProperty({ format: 'date' })
  assignedOn: string;

  note: string | null;

  @ApiProperty({ format: 'date' })
  endedOn: string | null;
}

export class AssignmentsResponse {
  items: AssignmentResponse[];
}

export function toRevealed({ revealedAt, ...revealed }: Revealed): RevealedResponse {
  return { ...revealed, revealedAt: revealedAt.toISOString() };
}

export function toFileReveal({ id, basis, revealedAt, validUntil }: FileReveal, content: string): FileRevealResponse {
  return {
    id,
    basis,
    revealedAt: revealedAt.toISOString(),
    validUntil: validUntil.toISOString(),
    content: `${content}?reveal=${id}`,
  };
}

export function toReveals(rows: RevealRow[], structure: UnitStructure): RevealsResponse {
  return {
    items: rows.map(({ unitId, revealedAt, ...row }) => ({
      ...row,
      unit: toUnitReference(structure.get(unitId)),
      revealedAt: revealedAt.toISOString(),
    })),
  };
}

export function toAssignments(rows: AssignmentRow[], structure: UnitStructure): AssignmentsResponse {
  return { items: rows.map(({ unitId, ...row }) => ({ ...row, unit: toUnitReference(structure.get(unitId)) })) };
}
