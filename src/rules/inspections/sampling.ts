/** A part of a population that is sampled for itself. */
export interface Stratum {
  /** How many there are. */
  population: number;
}

/**
 * How many of each stratum a sample takes: one of each as far as the size reaches, the rest in proportion to the populations (highest averages with odd
 * divisors, Sainte-Laguë 1910); never more than there are.
 * @returns in the order of the strata; together the size, or everything where the size is greater
 */
export function allocate(strata: readonly Stratum[], size: number): number[] {
  const taken = strata.map(() => 0);
  const wanted = Math.min(
    size,
    strata.reduce((total, { population }) => total + population, 0),
  );
  for (let given = 0; given < wanted; given++) {
    let best = -1;
    for (const [index, { population }] of strata.entries()) {
      if (taken[index]! >= population) continue;
      if (best < 0 || average(population, taken[index]!) > average(strata[best]!.population, taken[best]!)) best = index;
    }
    taken[best]!++;
  }
  return taken;
}

/** The first of a stratum goes before all second ones; between equals the larger stratum, then the earlier one. */
function average(population: number, taken: number): number {
  return taken === 0 ? Number.MAX_SAFE_INTEGER / 2 + population : population / (2 * taken + 1);
}

/** Something that was looked at: for how many it stands, and whether it is wrong. */
export interface Observation {
  weight: number;
  wrong: boolean;
}

/** An estimate of a share, in per cent to one decimal, with its confidence interval. */
export interface Rate {
  /** Looked at, and of them wrong. */
  observed: number;
  wrong: number;
  share: number;
  low: number;
  high: number;
}

/** Of a normal distribution: 95 per cent lie within. */
const z = 1.959964;

/** The formula, to be shown beside the rates. */
export const rateFormula = {
  vi: 'Tỷ lệ = Σ(trọng số của hồ sơ sai) ÷ Σ(trọng số); trọng số = số đơn của tầng ÷ số đơn đã xem xét của tầng. Khoảng tin cậy 95 % theo Wilson với cỡ mẫu hiệu dụng của Kish và hiệu chỉnh tổng thể hữu hạn.',
  en: 'Rate = Σ(weights of the wrong ones) ÷ Σ(weights); weight = petitions of the stratum ÷ those of it that were reviewed. 95 % confidence interval by Wilson with the effective sample size of Kish and the correction for a finite population.',
};

/** How much of a population was looked at. */
export interface Coverage {
  population: number;
  reviewed: number;
}

/**
 * The share of what is wrong in a population, from a stratified sample in which each observation stands for `weight` of them.
 *
 * The interval is the score interval of Wilson (1927) for the effective sample size (Σw)² ÷ Σw² (Kish 1965), enlarged by the correction for a finite
 * population, (N − 1) ÷ (N − n); it stays within 0 and 100 and says something also where nothing wrong was seen. It leaves out what stratification gains,
 * so that it is rather too wide. When all of the population was looked at, the share is certain.
 * @param observations those that the question applies to
 * @returns null where there are none
 */
export function rateOf(observations: readonly Observation[], { population, reviewed }: Coverage): Rate | null {
  const observed = observations.length;
  if (observed === 0) return null;
  const sum = (of: (one: Observation) => number) => observations.reduce((total, one) => total + of(one), 0);
  const weight = sum((one) => one.weight);
  const share = sum((one) => (one.wrong ? one.weight : 0)) / weight;
  const wrong = sum((one) => (one.wrong ? 1 : 0));
  if (reviewed >= population) return { observed, wrong, share: inPerCent(share), low: inPerCent(share), high: inPerCent(share) };
  const effective = (weight ** 2 / sum((one) => one.weight ** 2)) * ((population - 1) / (population - reviewed));
  const centre = share + z ** 2 / (2 * effective);
  const half = z * Math.sqrt((share * (1 - share)) / effective + z ** 2 / (4 * effective ** 2));
  const scale = 1 + z ** 2 / effective;
  return {
    observed,
    wrong,
    share: inPerCent(share),
    low: inPerCent(Math.max(0, (centre - half) / scale)),
    high: inPerCent(Math.min(1, (centre + half) / scale)),
  };
}

function inPerCent(share: number): number {
  return Math.round(share * 1000) / 10;
}
