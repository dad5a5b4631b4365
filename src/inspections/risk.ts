import type { Bilingual } from '../platform/problems/problem.js';
import type { RiskFact } from './inspection.js';

/** How much each fact adds to the weight of a unit, at most. */
export const riskCoefficients: Record<RiskFact, { coefficient: number; label: Bilingual }> = {
  overdue: { coefficient: 3, label: { vi: 'Tỷ lệ đơn quá hạn, tồn đọng', en: 'Share of open petitions that are overdue or backlog' } },
  overLevel: { coefficient: 2, label: { vi: 'Tỷ lệ đơn vượt cấp từ địa bàn', en: 'Share of petitions from its area filed over its head' } },
  missedHeadDays: {
    coefficient: 2,
    label: { vi: 'Tỷ lệ kỳ người đứng đầu không tiếp đủ', en: 'Share of periods in which the head did not receive enough' },
  },
  enteredLate: { coefficient: 1, label: { vi: 'Tỷ lệ nhập chậm', en: 'Share of entries that were late' } },
  sinceLastInspection: {
    coefficient: 2,
    label: { vi: 'Thời gian từ lần kiểm tra trước (24 tháng = 1)', en: 'Time since the last inspection (24 months = 1)' },
  },
};

/** A unit without any risk can be drawn as well, so that nobody is sure not to be. */
const least = 1;

/** The formula, to be shown with every draw. */
export const weightFormula = {
  vi: `Trọng số = ${least} + Σ(hệ số × mức rủi ro từ 0 đến 1).`,
  en: `Weight = ${least} + Σ(coefficient × risk from 0 to 1).`,
};

/** The weight of a unit in a draw; to six decimals, so that it is the same wherever it is written down. */
export function weightOf(facts: Record<RiskFact, number>): number {
  const risk = Object.entries(riskCoefficients).reduce(
    (total, [name, { coefficient }]) => total + coefficient * facts[name as RiskFact],
    least,
  );
  return Math.round(risk * 1e6) / 1e6;
}
