import type { PetitionState } from '../../petitions/transition.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import type { ReviewResult } from '../../rules/inspections/review-sheet.js';
import type { Rate } from '../../rules/inspections/sampling.js';
import type { LegalDate } from '../../platform/text/legal-date.js';

/** Petitions of one kind in one state: sampled for themselves. */
export interface SampleStratum {
  kind: PetitionKind;
  state: PetitionState;
  /** Of every petition that could be drawn, in order. */
  numbers: string[];
}

export interface SampleRow {
  inspectionId: string;
  seed: string;
  size: number;
  sheetVersion: string;
  drawnOn: LegalDate;
  strata: SampleStratum[];
}

/** Limits of a petition that a question is about. */
export interface LimitsKept {
  kept: number;
  notKept: number;
}

export interface ReviewAnswer {
  code: string;
  result: ReviewResult;
  note: string | null;
}

export interface ReviewRow {
  id: string;
  inspectionId: string;
  position: number;
  petitionId: string;
  petitionNumber: string;
  receivedOn: LegalDate;
  /** As they were when the sample was drawn. */
  kind: PetitionKind;
  state: PetitionState;
  /** By question: what the system says from the petition's limits. */
  system: Record<string, LimitsKept>;
  answers: ReviewAnswer[] | null;
  note: string | null;
  reviewedBy: string | null;
  reviewedAt: Date | null;
  version: number;
}

export interface QuestionRate {
  code: string;
  /** Null where nothing was looked at, or it applies to none. */
  rate: Rate | null;
}

export interface StratumFigures {
  kind: PetitionKind;
  state: PetitionState;
  population: number;
  sampled: number;
  reviewed: number;
  /** Of those reviewed, with at least one fault. */
  wrong: number;
}

export interface ErrorRates {
  sheetVersion: string;
  population: number;
  sampled: number;
  reviewed: number;
  /** Petitions with at least one fault. */
  any: Rate | null;
  questions: QuestionRate[];
  strata: StratumFigures[];
}
