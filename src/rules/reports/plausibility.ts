import type { Bilingual } from '../../platform/problems/problem.js';
import type { FormFigures } from './form.js';

/** When a figure is looked at twice: it is at least twice, or at most half, of what it was a year before, and the two differ by at least ten. A proposal, no law. */
export const plausibilityRule = { factor: 2, least: 10, verified: false } as const;

export const plausibilityRuleInWords: Bilingual = {
  vi: `Gấp từ ${plausibilityRule.factor} lần hoặc còn từ 1/${plausibilityRule.factor} trở xuống so với cùng kỳ năm trước, và chênh lệch từ ${plausibilityRule.least}.`,
  en: `At least ${plausibilityRule.factor} times, or at most 1/${plausibilityRule.factor}, of the same period a year before, and a difference of at least ${plausibilityRule.least}.`,
};

/** A figure that is far from what it was. */
export interface Implausible {
  column: number;
  now: number;
  before: number;
}

/** The columns whose figures are far from those of the period before; nothing is changed by it. */
export function implausible(now: FormFigures, before: FormFigures): Implausible[] {
  const { factor, least } = plausibilityRule;
  return Object.entries(now)
    .map(([number, figure]) => ({ column: Number(number), now: figure, before: before[Number(number)] ?? 0 }))
    .filter(({ now: one, before: other }) => Math.abs(one - other) >= least && (one >= other * factor || one * factor <= other));
}
