/** How many took so many days. */
export interface Taken {
  days: number;
  count: number;
}

/** A class of durations: from so many days to so many; the last one has no end. */
export interface DurationBin {
  from: number;
  to: number | null;
  count: number;
}

/** First days of the classes: by the limits of the law – 10 days to process, 30, 45 and 60 to resolve – and twice the longest. */
const firsts = [0, 6, 11, 31, 46, 61, 91, 121];

/** Everything in classes, those of nothing too. */
export function binsOf(taken: readonly Taken[]): DurationBin[] {
  return firsts.map((from, index) => {
    const next = firsts[index + 1];
    const inside = taken.filter(({ days }) => days >= from && (next === undefined || days < next));
    return { from, to: next === undefined ? null : next - 1, count: inside.reduce((sum, { count }) => sum + count, 0) };
  });
}

/** The least number of days that a share of all took no longer than; null of nothing. */
export function quantile(taken: readonly Taken[], share: number): number | null {
  const all = taken.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { days, count } of [...taken].sort((one, other) => one.days - other.days)) {
    seen += count;
    if (seen >= all * share) return days;
  }
  return null;
}
