import { ApiProperty } from '@nestjs/swagger';
import { DuplicateCandidateResponse, PetitionItemResponse } from '../petition.response.js';
import { UnitReference } from '../../structure/units/unit.response.js';
import type { MergeRow } from './cases.queries.js';

export class CaseItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  openedUnit: UnitReference;

  @ApiProperty({ format: 'date' })
  openedOn: string;

  /** The case that it went into; it has no petitions of its own any more. */
  @ApiProperty({ format: 'uuid' })
  mergedIntoId: string | null;

  /** How many petitions it has, whoever may see them; parts of a petition are not counted. */
  @ApiProperty({ example: 3 })
  petitions: number;

  @ApiProperty({ example: 1 })
  openPetitions: number;

  @ApiProperty({ example: ['complaint'] })
  kinds: string[];
}

export class CasePageResponse {
  items: CaseItemResponse[];
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
  petitionIds: string[];

  reason: string;

  @ApiProperty({ format: 'date' })
  mergedOn: string;

  @ApiProperty({ format: 'date' })
  undoneOn: string | null;

  undoReason: string | null;
}

export class CaseResponse extends CaseItemResponse {
  /** The petitions that you see, the newest first; at most 200. */
  items: PetitionItemResponse[];

  merges: MergeResponse[];
}

export class DuplicatesResponse {
  items: DuplicateCandidateResponse[];
}
