import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { ComplaintSubject } from '../evaluation/filing.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { limitInForce } from '../limits/limit.js';
import type { LimitCircumstances } from '../limits/limit-rule.js';

/**
 * The day from which a complaint decision has legal effect: the day after the period for a second complaint or a suit, thirty days or in a
 * remote area forty-five (Law on Complaints art. 44), about discipline thirty everywhere (art. 57); while one stands against it, there is none.
 */
export function inForceOn(
  decidedOn: LegalDate,
  about: Partial<LimitCircumstances> & { subject: ComplaintSubject | null },
  calendar: WorkingCalendar,
): LegalDate | null {
  const ruleId = about.subject === 'discipline' ? 'discipline.in_force' : 'complaint.in_force';
  const period = limitInForce({ ...about, ruleId, startsOn: decidedOn }, calendar);
  return period ? plusDays(period.dueOn, 1) : null;
}
