import { Id, OfficialWords, OneOf, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../../platform/http/page.js';
import { type Relation, relations } from '../../petition.js';

export class CasesQuery {
  /** Cases that this unit opened; all that you see when left out. */
  @Id({ optional: true })
  unitId?: string;

  /** With unitId: also those of the units below it. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  /** Only cases with so many petitions at least. */
  @WholeNumber({ min: 1, max: 1000, optional: true, example: 2 })
  leastPetitions?: number;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  @Text({ max: 500, optional: true })
  cursor?: string;
}

export class MergeDto {
  /** The case that goes into this one. */
  @Id()
  caseId: string;

  @OfficialWords({ max: 2000, example: 'Cùng một người, cùng việc thu hồi đất tại số 5 phố Trấn Vũ' })
  reason: string;
}

export class UndoMergeDto {
  @OfficialWords({ max: 2000, example: 'Hai người trùng tên, khác thửa đất' })
  reason: string;
}

export class LinkDto {
  /** The earlier petition; or its `petitionNumber`. */
  @Id({ optional: true })
  petitionId?: string | null;

  /** Number of the earlier petition, as it stands in the ledger of whichever unit. */
  @Text({ max: 60, optional: true, example: 'HNI-P004-2026-000021' })
  petitionNumber?: string | null;

  @OneOf(relations, { example: 'repeats' })
  relation: Relation['relation'];

  @OfficialWords({ max: 2000, optional: true })
  reason?: string | null;
}

export class DuplicateReviewDto {
  @OfficialWords({ max: 2000, optional: true, example: 'Cùng nội dung, khác ngày viết' })
  reason?: string | null;
}
