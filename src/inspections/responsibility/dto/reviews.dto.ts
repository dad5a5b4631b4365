import { OfficialWords, OneOf, Parts, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';
import { type ReviewResult, reviewResults } from '../../../rules/inspections/review-sheet.js';

export class SampleDto {
  /** How many petitions are reviewed; all, where there are fewer. */
  @WholeNumber({ min: 1, max: 1000, example: 40 })
  size: number;
}

export class ReviewedQuestionDto {
  @Text({ max: 10, example: 'R4' })
  code: string;

  @OneOf(reviewResults, { example: 'wrong' })
  result: ReviewResult;

  /** What is wrong; required with wrong. */
  @OfficialWords({ max: 5000, optional: true, example: 'Thụ lý chậm 12 ngày' })
  note: string | null = null;
}

export class PetitionReviewDto {
  /** Every question that is asked of a petition of its kind, once. */
  @Parts(() => ReviewedQuestionDto, { min: 1, max: 100 })
  answers: ReviewedQuestionDto[];

  @OfficialWords({ max: 10_000, optional: true, example: null })
  note: string | null = null;
}

export class ReviewsQuery extends PageQuery {
  /** Filled in, or not yet; both when left out. */
  @YesNo({ optional: true })
  reviewed?: boolean;
}
