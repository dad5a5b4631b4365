import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { type LegalDate, plusDays } from '../legal-date.js';
import { limitInForce } from '../limits/limit.js';
import type { LimitCircumstances } from '../limits/limit-rule.js';

/**
 * The day from which a complaint decision has legal effect: the day after the period for a second complaint or a suit, thirty days or in a
 * remote area forty-five (Law on Complaints art. 44); while one stands against it, there is none.
 */
export function inForceOn(decidedOn: LegalDate, about: Partial<LimitCircumstances>, calendar: WorkingCalendar): LegalDate | null {
  const period = limitInForce({ ...about, ruleId: 'complaint.in_force', startsOn: decidedOn }, calendar);
  return period ? plusDays(period.dueOn, 1) : null;
}
