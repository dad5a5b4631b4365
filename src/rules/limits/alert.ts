import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { LegalDate } from '../../platform/text/legal-date.js';

export const alertStates = ['on_time', 'due_soon', 'overdue', 'backlog'] as const;
/** How an open limit stands today; `none` where nothing is open. */
export type Alert = (typeof alertStates)[number] | 'none';

/** Working days left from which a limit counts as due soon. */
const soon = 3;

/** The days that divide the alerts, as seen on one day. */
export interface AlertDays {
  today: LegalDate;
  /** Last due day that is still "due soon". */
  dueSoonUntil: LegalDate;
}

export function alertDays(today: LegalDate, calendar: WorkingCalendar): AlertDays {
  return { today, dueSoonUntil: calendar.addWorkingDays(today, soon) };
}

/** The alert of an open limit: backlog before overdue before due soon; the last legal day itself is still in time. */
export function alertOf(limit: { dueOn: LegalDate | null; backlogOn: LegalDate | null }, { today, dueSoonUntil }: AlertDays): Alert {
  if (!limit.dueOn) return 'none';
  if (limit.backlogOn && limit.backlogOn <= today) return 'backlog';
  if (limit.dueOn < today) return 'overdue';
  return limit.dueOn <= dueSoonUntil ? 'due_soon' : 'on_time';
}
