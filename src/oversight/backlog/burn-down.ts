import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import type { BurnDownPoint } from './backlog.js';

export const burnDownSteps = ['week', 'month'] as const;
export type BurnDownStep = (typeof burnDownSteps)[number];

/** On a day so many petitions came into the backlog, and left it. */
export interface Turn {
  on: LegalDate;
  entered: number;
  left: number;
}

/** By a day so many petitions are promised to be settled. */
export interface Promised {
  settleBy: LegalDate;
  petitions: number;
}

/** The days on which a burn-down is looked at: the first, each step after it, the last. */
export function pointsOf(from: LegalDate, to: LegalDate, step: BurnDownStep): LegalDate[] {
  const points: LegalDate[] = [];
  for (let on = from; on < to; on = step === 'week' ? plusDays(on, 7) : sameDayNextMonth(on, from)) points.push(on);
  return [...points, to];
}

/**
 * The backlog on each of the points, what came and went since the one before, and what would be left of the first day's backlog if every promise
 * were kept.
 * @param turns from the first point to the last, in their order; what was there on the first day came in on it
 */
export function burnDown(
  points: readonly LegalDate[],
  turns: readonly Turn[],
  promises: readonly Promised[],
  today: LegalDate,
): BurnDownPoint[] {
  const first = points[0]!;
  const base = turns.filter(({ on }) => on <= first).reduce((total, { entered, left }) => total + entered - left, 0);
  return points.map((on, index) => {
    const since = points[index - 1];
    const moves = turns.filter((turn) => turn.on <= on && since !== undefined && turn.on > since);
    const backlog = turns.filter((turn) => turn.on <= on).reduce((total, { entered, left }) => total + entered - left, 0);
    const settled = promises
      .filter(({ settleBy }) => settleBy <= on && settleBy > first)
      .reduce((total, { petitions }) => total + petitions, 0);
    const sum = (name: 'entered' | 'left') => moves.reduce((total, move) => total + move[name], 0);
    return {
      on,
      backlog: on > today ? null : backlog,
      entered: on > today ? 0 : sum('entered'),
      left: on > today ? 0 : sum('left'),
      promised: base - settled,
    };
  });
}

/** The day of the first point in the next month; the last one of a month that is shorter. */
function sameDayNextMonth(on: LegalDate, first: LegalDate): LegalDate {
  const [year, month] = on.split('-').map(Number) as [number, number];
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  const lastDay = new Date(Date.UTC(nextYear, nextMonth, 0)).getUTCDate();
  const day = Math.min(Number(first.slice(8)), lastDay);
  return `${nextYear}-${String(nextMonth).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
