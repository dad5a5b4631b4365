import type { CalendarStatus } from '../../rules/calendar/calendar-year.js';
import type { LegalDate } from '../../platform/text/legal-date.js';

export const dayOffRules = ['skip', 'next_working_day', 'previous_working_day'] as const;
/** What becomes of a day of the rule that nobody works on. */
export type DayOffRule = (typeof dayOffRules)[number];
export const scheduleStates = ['draft', 'published', 'ended'] as const;
export type ScheduleState = (typeof scheduleStates)[number];
/** States as Vietnamese sentences name them. */
export const scheduleStateNames: Record<ScheduleState, string> = { draft: 'dự thảo', published: 'đã công bố', ended: 'đã kết thúc' };

export interface ScheduleFacts {
  officeId: string;
  roomId: string | null;
  title: string;
  headName: string;
  headTitle: string;
  /** RFC 5545, weekly or monthly. */
  recurrence: string;
  firstOn: LegalDate;
  lastOn: LegalDate;
  startsAt: string;
  endsAt: string;
  onDayOff: DayOffRule;
  /** Days of the rule that are left out. */
  omitted: LegalDate[];
  /** Days beside the rule. */
  added: LegalDate[];
  slotMinutes: number | null;
  placesPerSlot: number | null;
  publicBooking: boolean;
}

export interface ScheduleRow extends ScheduleFacts {
  id: string;
  unitId: string;
  officeName: string;
  state: ScheduleState;
  publishedOn: LegalDate | null;
  late: boolean;
  lateReason: string | null;
  endedOn: LegalDate | null;
  endReason: string | null;
  version: number;
}

/** A day that a schedule would have. */
export interface PlannedDay {
  on: LegalDate;
  /** Day of the rule, where that is a day off. */
  movedFrom: LegalDate | null;
  /** Name of that day off. */
  dayName: string | null;
  calendarStatus: CalendarStatus;
}

/** A day of the rule on which there is no session, and why. */
export interface DroppedDay {
  on: LegalDate;
  why: 'day_off' | 'omitted' | 'same_as_another';
  dayName: string | null;
}

export interface DayPlan {
  days: PlannedDay[];
  dropped: DroppedDay[];
}
