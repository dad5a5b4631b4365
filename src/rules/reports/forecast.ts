/** Limits of one rule that run out. */
export interface RunningOut {
  ruleId: string | null;
  count: number;
}

/** How limits of one rule were kept that ran out before. */
export interface KeptBefore {
  ruleId: string;
  kept: number;
  notKept: number;
}

/** Fewer limits than this say nothing about how the next ones will be kept. */
export const fewestToJudgeBy = 20;

/**
 * How many of the limits that run out will probably not be kept, if things go on as they did: of each rule the share that was not kept before,
 * or the share over all rules where there were too few of that one. A proposal for planning, no figure of any law.
 * @returns one decimal; null where too few limits ran out before
 */
export function expectLate(due: readonly RunningOut[], before: readonly KeptBefore[]): number | null {
  const all = lateShare(before);
  if (all === null) return null;
  const late = due.map(({ ruleId, count }) => count * (lateShare(before.filter((known) => known.ruleId === ruleId)) ?? all));
  return Number(late.reduce((sum, one) => sum + one, 0).toFixed(1));
}

/** Share of the limits that were not kept, 0 to 1; null of too few. */
export function lateShare(before: readonly KeptBefore[]): number | null {
  const ended = before.reduce((sum, { kept, notKept }) => sum + kept + notKept, 0);
  return ended < fewestToJudgeBy ? null : before.reduce((sum, { notKept }) => sum + notKept, 0) / ended;
}
