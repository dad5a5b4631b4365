import { isWithin, type LegalDate } from '../../platform/text/legal-date.js';
import type { HeadDayPeriod } from './head-days.js';

/** A day of the head as it was planned and as it went. */
export interface HeadSession {
  id: string;
  /** Day on which it is, or was, to be held. */
  onDate: LegalDate;
  /** Day for which it was first published. */
  firstPlannedOn: LegalDate;
  state: 'planned' | 'open' | 'closed' | 'cancelled';
  heldBy: 'head' | 'delegate' | 'receiver' | null;
  visits: number;
  /** That nobody came was minuted. */
  noCitizenMinuted: boolean;
}

export const headDayStatuses = ['fulfilled', 'not_fulfilled', 'running', 'nothing_asked'] as const;
export type HeadDayStatus = (typeof headDayStatuses)[number];

/** What became of the days of the head in one month or week: days, each once. */
export interface HeadDayFinding {
  period: HeadDayPeriod;
  status: HeadDayStatus;
  /** Days that were first published for this period. */
  planned: LegalDate[];
  heldInPerson: LegalDate[];
  /** Held by somebody else: counted apart, because the law knows no delegation of the duty. */
  delegated: LegalDate[];
  postponed: { from: LegalDate; to: LegalDate; madeUp: boolean }[];
  /** Days that went by without a session. */
  missed: LegalDate[];
  cancelled: LegalDate[];
  /** Nobody came, and that was minuted: these count. */
  withoutVisitors: LegalDate[];
  /** Nobody came and nothing was minuted: these do not. */
  notMinuted: LegalDate[];
}

/**
 * Compares the sessions of the head with what the law asks (law.md 3.1): a month or week is fulfilled when enough days were held by the head
 * in person. A postponed day counts where it is made up within the same period; a day without visitors counts when it was minuted. Sessions
 * for an urgent reason are a duty of their own and are not passed in here.
 */
export function checkHeadDays(periods: readonly HeadDayPeriod[], sessions: readonly HeadSession[], today: LegalDate): HeadDayFinding[] {
  return periods.map((period) => {
    const within = (date: LegalDate) => isWithin(date, period.from, period.to);
    const planned = sessions.filter(({ firstPlannedOn }) => within(firstPlannedOn));
    const held = planned.filter((session) => within(session.onDate) && wasHeld(session));
    const counting = held.filter(({ heldBy }) => heldBy === 'head');
    const heldInPerson = days(counting.filter((session) => session.visits > 0 || session.noCitizenMinuted));
    const moved = planned.filter(({ onDate, firstPlannedOn }) => onDate !== firstPlannedOn);
    return {
      period,
      status: statusOf(period, heldInPerson.length, today),
      planned: distinct(planned.map(({ firstPlannedOn }) => firstPlannedOn)),
      heldInPerson,
      delegated: days(held.filter(({ heldBy }) => heldBy !== 'head')),
      postponed: moved.map((session) => ({
        from: session.firstPlannedOn,
        to: session.onDate,
        madeUp: wasHeld(session) && session.heldBy === 'head' && within(session.onDate),
      })),
      missed: days(planned.filter(({ state, onDate }) => state === 'planned' && onDate < today)),
      cancelled: days(planned.filter(({ state }) => state === 'cancelled')),
      withoutVisitors: days(counting.filter(({ visits, noCitizenMinuted }) => visits === 0 && noCitizenMinuted)),
      notMinuted: days(counting.filter(({ visits, noCitizenMinuted }) => visits === 0 && !noCitizenMinuted)),
    };
  });
}

function wasHeld({ state }: HeadSession): boolean {
  return state === 'open' || state === 'closed';
}

function statusOf({ required, to }: HeadDayPeriod, held: number, today: LegalDate): HeadDayStatus {
  if (required === 0) return 'nothing_asked';
  if (held >= required) return 'fulfilled';
  return today <= to ? 'running' : 'not_fulfilled';
}

function days(sessions: readonly HeadSession[]): LegalDate[] {
  return distinct(sessions.map(({ onDate }) => onDate));
}

function distinct(dates: LegalDate[]): LegalDate[] {
  return [...new Set(dates)].sort();
}
