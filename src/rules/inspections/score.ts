/** What an item of a checklist is answered with. */
export const itemResults = ['met', 'partly', 'not_met', 'not_applicable'] as const;
export type ItemResult = (typeof itemResults)[number];

/** Points of a result; what is not applicable counts nowhere. */
export const points: Record<Exclude<ItemResult, 'not_applicable'>, number> = { met: 1, partly: 0.5, not_met: 0 };

/** An answered item with its weight. */
export interface Scored {
  result: ItemResult;
  weight: number;
}

/**
 * The score of a checklist in per cent, to one decimal: the weighted points over the weights of all items that apply. Null where none applies.
 */
export function scoreOf(items: readonly Scored[]): number | null {
  let [reached, possible] = [0, 0];
  for (const { result, weight } of items) {
    if (result === 'not_applicable') continue;
    reached += points[result] * weight;
    possible += weight;
  }
  return possible === 0 ? null : Math.round((reached * 1000) / possible) / 10;
}

/** The score of each group, in the order in which the groups come; null where no item of a group applies. */
export function scoresByGroup<Group extends string>(
  items: readonly (Scored & { group: Group })[],
): { group: Group; score: number | null }[] {
  return [...Map.groupBy(items, ({ group }) => group)].map(([group, found]) => ({ group, score: scoreOf(found) }));
}

/** The formula, to be shown beside every score. */
export const scoreFormula = {
  vi: 'Điểm = 100 × Σ(trọng số × điểm) ÷ Σ(trọng số) của các mục áp dụng; đạt = 1, đạt một phần = 0,5, không đạt = 0.',
  en: 'Score = 100 × Σ(weight × points) ÷ Σ(weight) of the items that apply; met = 1, partly = 0.5, not met = 0.',
};
