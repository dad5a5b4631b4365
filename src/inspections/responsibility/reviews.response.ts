import { ApiProperty } from '@nestjs/swagger';
import { type PetitionState, petitionStates } from '../../petitions/transition.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import {
  questionsFor,
  type ReviewQuestion,
  type ReviewResult,
  reviewResults,
  type ReviewSheetVersion,
  reviewSheets,
} from '../../rules/inspections/review-sheet.js';
import { type Rate, rateFormula } from '../../rules/inspections/sampling.js';
import { BilingualResponse, SourceResponse } from '../../structure/law-desk/rules.response.js';
import type { ErrorRates, ReviewRow, SampleRow } from './review.js';
import { own } from '../../platform/text/own.js';

const day = { format: 'date' };
const dayOrNone = { type: String, format: 'date', nullable: true };
const textOrNone = { type: String, nullable: true };
const kinds = ['complaint', 'denunciation', 'recommendation', 'reflection'];

export class ReviewQuestionResponse {
  @ApiProperty({ example: 'R4' })
  code: string;

  question: BilingualResponse;

  /** It is asked of petitions of these kinds. */
  @ApiProperty({ enum: kinds, isArray: true })
  kinds: PetitionKind[];

  /** Limits by which the system says itself what it knows. */
  @ApiProperty({ example: ['acceptance'] })
  limits: string[];

  sources: SourceResponse[];
}

export class ReviewSheetResponse {
  @ApiProperty({ example: '2021' })
  version: string;

  @ApiProperty(day)
  from: string;

  @ApiProperty(dayOrNone)
  to: string | null;

  /** False: made from the law; nobody has decided it. */
  verified: boolean;

  questions: ReviewQuestionResponse[];
}

export class ReviewSheetsResponse {
  items: ReviewSheetResponse[];
  rateFormula: BilingualResponse;
}

export class SampleStratumResponse {
  @ApiProperty({ enum: kinds })
  kind: PetitionKind;

  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  @ApiProperty({ example: 83 })
  population: number;

  /** Every petition that could be drawn, in order. */
  @ApiProperty({ example: ['BĐ-2026-000412'] })
  numbers: string[];
}

export class SampleResponse {
  @ApiProperty({ format: 'uuid' })
  inspectionId: string;

  /** With it and the numbers anybody can repeat the sample. */
  @ApiProperty({ example: '26ad709a9bee265e3699a67098069b09' })
  seed: string;

  @ApiProperty({ example: 40 })
  size: number;

  @ApiProperty({ example: '2021' })
  sheetVersion: string;

  @ApiProperty(day)
  drawnOn: string;

  strata: SampleStratumResponse[];
}

export class AnsweredQuestionResponse {
  @ApiProperty({ example: 'R4' })
  code: string;

  question: BilingualResponse;

  /** From the limits of the petition when the sample was drawn; null where the system knows none. */
  @ApiProperty({ type: Object, nullable: true, example: { kept: 0, notKept: 1 } })
  system: { kept: number; notKept: number } | null;

  /** Null while the sheet is not filled in. */
  @ApiProperty({ enum: reviewResults })
  result: ReviewResult | null;

  @ApiProperty(textOrNone)
  note: string | null;
}

export class PetitionReviewResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  inspectionId: string;

  @ApiProperty({ example: 1 })
  position: number;

  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  @ApiProperty({ example: 'BĐ-2026-000412' })
  petitionNumber: string;

  @ApiProperty(day)
  receivedOn: string;

  /** As it was when the sample was drawn. */
  @ApiProperty({ enum: kinds })
  kind: PetitionKind;

  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  questions: AnsweredQuestionResponse[];

  @ApiProperty(textOrNone)
  note: string | null;

  @ApiProperty({ example: 'city.inspector' })
  reviewedBy: string | null;

  @ApiProperty({ format: 'date-time' })
  reviewedAt: string | null;

  /** For `If-Match`. */
  @ApiProperty({ example: 1 })
  version: number;
}

export class PetitionReviewPageResponse {
  items: PetitionReviewResponse[];
  nextCursor: string | null;
}

export class RateResponse implements Rate {
  /** Petitions that were looked at, and of them wrong. */
  @ApiProperty({ example: 38 })
  observed: number;

  @ApiProperty({ example: 5 })
  wrong: number;

  /** Estimated for the whole population, in per cent. */
  @ApiProperty({ example: 11.4 })
  share: number;

  /** Bounds of the 95 % confidence interval. */
  @ApiProperty({ example: 4.9 })
  low: number;

  @ApiProperty({ example: 24.3 })
  high: number;
}

export class QuestionRateResponse {
  @ApiProperty({ example: 'R4' })
  code: string;

  question: BilingualResponse;

  /** Null where it applies to none that was reviewed. */
  rate: RateResponse | null;
}

export class StratumFiguresResponse {
  @ApiProperty({ enum: kinds })
  kind: PetitionKind;

  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  @ApiProperty({ example: 83 })
  population: number;

  @ApiProperty({ example: 12 })
  sampled: number;

  @ApiProperty({ example: 12 })
  reviewed: number;

  /** Of those reviewed, with at least one fault. */
  @ApiProperty({ example: 2 })
  wrong: number;
}

export class ErrorRatesResponse {
  @ApiProperty({ example: 412 })
  population: number;

  @ApiProperty({ example: 40 })
  sampled: number;

  /** Rates are estimated from these. */
  @ApiProperty({ example: 38 })
  reviewed: number;

  /** Petitions with at least one fault. */
  any: RateResponse | null;

  questions: QuestionRateResponse[];
  strata: StratumFiguresResponse[];
  rateFormula: BilingualResponse;
}

export function toReviewSheet({ version, from, to, verified, questions }: ReviewSheetVersion): ReviewSheetResponse {
  return { version, from, to: to ?? null, verified, questions: questions.map(toQuestion) };
}

export function toSample({ strata, ...sample }: SampleRow): SampleResponse {
  return { ...sample, strata: strata.map((stratum) => ({ ...stratum, population: stratum.numbers.length })) };
}

/** @param sheetVersion of the sample */
export function toReview({ system, answers, reviewedAt, ...row }: ReviewRow, sheetVersion: string): PetitionReviewResponse {
  const given = new Map(answers?.map((answer) => [answer.code, answer]));
  return {
    ...row,
    reviewedAt: reviewedAt?.toISOString() ?? null,
    questions: questionsFor(sheetVersion, row.kind).map(({ code, question }) => ({
      code,
      question,
      system: own(system, code) ?? null,
      result: given.get(code)?.result ?? null,
      note: given.get(code)?.note ?? null,
    })),
  };
}

export function toErrorRates({ sheetVersion, questions, ...rates }: ErrorRates): ErrorRatesResponse {
  const asked = new Map(reviewSheets.find(({ version }) => version === sheetVersion)?.questions.map((one) => [one.code, one.question]));
  return { ...rates, questions: questions.map((one) => ({ ...one, question: asked.get(one.code)! })), rateFormula };
}

function toQuestion({ kinds: asked, limits, ...question }: ReviewQuestion): ReviewQuestionResponse {
  return { ...question, kinds: [...asked], limits: [...limits] };
}
