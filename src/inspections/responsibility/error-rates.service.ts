import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { reviewSheets } from '../../rules/inspections/review-sheet.js';
import { type Observation, rateOf } from '../../rules/inspections/sampling.js';
import type { ErrorRates, ReviewRow, SampleRow } from './review.js';
import { ReviewsService } from './reviews.service.js';
import { SamplesService } from './samples.service.js';

/** How often a head's office errs, estimated from the sample. */
@Injectable()
export class ErrorRatesService {
  constructor(
    private readonly samples: SamplesService,
    private readonly reviews: ReviewsService,
  ) {}

  /** From what is reviewed so far: each stands for the petitions of its stratum. */
  async of(inspectionId: string, by: Official): Promise<ErrorRates> {
    const sample = await this.samples.get(inspectionId, by);
    return errorRates(sample, await this.reviews.ofInspection(inspectionId));
  }
}

/** The rates of a sample, whole and by question. */
export function errorRates(
  { sheetVersion, strata }: Pick<SampleRow, 'sheetVersion' | 'strata'>,
  reviews: readonly ReviewRow[],
): ErrorRates {
  const stratumOf = ({ kind, state }: { kind: string; state: string }) => `${kind} ${state}`;
  const sampled = Map.groupBy(reviews, stratumOf);
  const figures = strata.map(({ kind, state, numbers }) => {
    const found = sampled.get(stratumOf({ kind, state })) ?? [];
    const reviewed = found.filter(({ answers }) => answers !== null);
    return {
      kind,
      state,
      population: numbers.length,
      sampled: found.length,
      reviewed: reviewed.length,
      wrong: reviewed.filter(isWrong).length,
    };
  });
  const weights = new Map(figures.map((stratum) => [stratumOf(stratum), stratum.population / stratum.reviewed]));
  const reviewed = reviews.filter(({ answers }) => answers !== null);
  const population = figures.reduce((total, stratum) => total + stratum.population, 0);
  const rate = (judge: (review: ReviewRow) => boolean | null) =>
    rateOf(
      reviewed.flatMap((review): Observation[] => {
        const wrong = judge(review);
        return wrong === null ? [] : [{ weight: weights.get(stratumOf(review))!, wrong }];
      }),
      { population, reviewed: reviewed.length },
    );
  const questions = reviewSheets.find(({ version }) => version === sheetVersion)?.questions ?? [];
  return {
    sheetVersion,
    population,
    sampled: reviews.length,
    reviewed: reviewed.length,
    any: rate(isWrong),
    questions: questions.map(({ code }) => ({ code, rate: rate((review) => wrongIn(review, code)) })),
    strata: figures,
  };
}

function isWrong({ answers }: ReviewRow): boolean {
  return answers?.some(({ result }) => result === 'wrong') ?? false;
}

/** Null where the question does not apply. */
function wrongIn({ answers }: ReviewRow, question: string): boolean | null {
  const result = answers?.find(({ code }) => code === question)?.result;
  return result === undefined || result === 'not_applicable' ? null : result === 'wrong';
}
