import { ApiProperty } from '@nestjs/swagger';
import { DuplicateCandidateResponse, PetitionItemResponse } from '../petition.response.js';
import { UnitReference } from '../../structure/units/unit.response.js';
import type { MergeRow } from './cases.queries.js';

export class CaseItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: UnitReference })
  openedUnit: UnitReference;

  @ApiProperty({ format: 'date' })
  openedOn: string;

  /** The case that it went into; it has no petitions of its own any more. */
  @ApiProperty({ format: 'uuid', type: String, nullable: true })
  mergedIntoId: string | null;

  /** How many petitions it has, whoever may see them; parts of a petition are not counted. */
  @ApiProperty({ example: 3 })
  petitions: number;

  @ApiProperty({ example: 1 })
  openPetitions: number;

  @ApiProperty({ type: [String], example: ['complaint'] })
  kinds: string[];
}

export class CasePageResponse {
  @ApiProperty({ type: [CaseItemResponse] })
  items: CaseItemResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class MergeResponse implements MergeRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  intoCaseId: string;

  @ApiProperty({ format: 'uuid' })
  fromCaseId: string;

  /** The petitions that moved. */
  @ApiProperty({ type: [String] })
  petitionIds: string[];

  @ApiProperty()
  reason: string;

  @ApiProperty({ format: 'date' })
  mergedOn: string;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  undoneOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  undoReason: string | null;
}

export class CaseResponse extends CaseItemResponse {
  /** The petitions that you see, the newest first; at most 200. */
  @ApiProperty({ type: [PetitionItemResponse] })
  items: PetitionItemResponse[];

  @ApiProperty({ type: [MergeResponse] })
  merges: MergeResponse[];
}

export class DuplicatesResponse {
  @ApiProperty({ type: [DuplicateCandidateResponse] })
  items: DuplicateCandidateResponse[];
}
