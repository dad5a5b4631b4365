import { ApiProperty } from '@nestjs/swagger';
import { AuthorisationAnswer } from '../petitions/petition.answer.js';
import { partyRoles, partyTypes, type Party } from '../petitions/petition.js';
import { UnitReference, toUnitReference } from '../units/unit.answer.js';
import type { UnitStructure } from '../rules/structure/unit-structure.js';
import type { AssignmentRow, RevealRow } from './identity.queries.js';
import type { Revealed, RevealBasis } from './reveals.service.js';

const bases = ['assigned', 'deciding_leader'] as const;

export class RevealedPartyAnswer {
  @ApiProperty({ enum: partyRoles })
  role: Party['role'];

  @ApiProperty({ enum: partyTypes })
  type: Party['type'];

  @ApiProperty({ example: 'Nguyễn Thị Hoà' })
  name: string;

  @ApiProperty({ type: String, nullable: true, example: '001182012345' })
  nationalId: string | null;

  @ApiProperty({ type: String, nullable: true })
  address: string | null;

  @ApiProperty({ type: String, nullable: true })
  phone: string | null;

  @ApiProperty({ type: Number, nullable: true })
  birthYear: number | null;

  @ApiProperty({ type: String, nullable: true })
  office: string | null;

  @ApiProperty({ type: AuthorisationAnswer, nullable: true })
  authorisation: AuthorisationAnswer | null;
}

export class RevealedSignatoryAnswer {
  @ApiProperty()
  name: string;

  @ApiProperty({ type: Number, nullable: true })
  birthYear: number | null;

  @ApiProperty({ type: String, nullable: true })
  nationalId: string | null;

  @ApiProperty({ type: String, nullable: true })
  address: string | null;
}

export class OriginalTextAnswer {
  @ApiProperty()
  summary: string;

  @ApiProperty()
  content: string;
}

export class RevealedAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: bases })
  basis: RevealBasis;

  @ApiProperty({ format: 'date-time' })
  revealedAt: string;

  @ApiProperty({ type: [RevealedPartyAnswer] })
  parties: RevealedPartyAnswer[];

  @ApiProperty({ type: [RevealedSignatoryAnswer] })
  signatories: RevealedSignatoryAnswer[];

  /** The words as they were written, where they named somebody; elsewhere "[người tố cáo]" stands in their place. */
  @ApiProperty({ type: OriginalTextAnswer, nullable: true })
  text: OriginalTextAnswer | null;
}

/** An official with what he has to do with the petition. */
export class OfficialOfPetitionAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  accountId: string;

  @ApiProperty({ example: 'commune.handler' })
  username: string;

  @ApiProperty()
  displayName: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;
}

export class RevealAnswer extends OfficialOfPetitionAnswer {
  @ApiProperty({ enum: bases })
  basis: RevealBasis;

  @ApiProperty()
  reason: string;

  /** Of the same unit as whom the petition is directed against. */
  @ApiProperty()
  colleague: boolean;

  @ApiProperty({ format: 'date-time' })
  revealedAt: string;
}

export class RevealsAnswer {
  @ApiProperty({ type: [RevealAnswer] })
  items: RevealAnswer[];
}

export class FoundPetitionAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'BDI-2026-000012' })
  number: string;

  @ApiProperty({ example: 'accepted' })
  state: string;

  @ApiProperty({ format: 'date' })
  receivedOn: string;
}

export class LookUpAnswer {
  @ApiProperty({ type: [FoundPetitionAnswer] })
  items: FoundPetitionAnswer[];
}

export class AssignmentAnswer extends OfficialOfPetitionAnswer {
  @ApiProperty({ format: 'date' })
  assignedOn: string;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  endedOn: string | null;
}

export class AssignmentsAnswer {
  @ApiProperty({ type: [AssignmentAnswer] })
  items: AssignmentAnswer[];
}

export function toRevealed({ revealedAt, ...revealed }: Revealed): RevealedAnswer {
  return { ...revealed, revealedAt: revealedAt.toISOString() };
}

export function toReveals(rows: RevealRow[], structure: UnitStructure): RevealsAnswer {
  return {
    items: rows.map(({ unitId, revealedAt, ...row }) => ({
      ...row,
      unit: toUnitReference(structure.get(unitId)),
      revealedAt: revealedAt.toISOString(),
    })),
  };
}

export function toAssignments(rows: AssignmentRow[], structure: UnitStructure): AssignmentsAnswer {
  return { items: rows.map(({ unitId, ...row }) => ({ ...row, unit: toUnitReference(structure.get(unitId)) })) };
}
