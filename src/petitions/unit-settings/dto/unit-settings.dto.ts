import { OneOf, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { type TriageMode, triageModes } from '../../transition.js';
import { type BookingConfirmation, bookingConfirmations, type LatePublication, latePublications } from '../unit-settings.service.js';

export class UnitSettingsDto {
  /** one_step: clerks take the outcomes of triage; two_step: they propose, the leader approves. */
  @OneOf(triageModes, { example: 'one_step' })
  triageMode: TriageMode;

  /** A schedule of the head's days that is published less than five working days ahead: refused, or taken with a reason and marked. */
  @OneOf(latePublications, { optional: true, example: 'refuse' })
  latePublication?: LatePublication;

  /** A case of your citizens at a superior or a court without news for so many days is stale. */
  @WholeNumber({ min: 1, max: 365, optional: true, example: 30 })
  superiorNewsDays?: number;

  /** So many working days after the day of its answer, an urging without one goes to the next level. */
  @WholeNumber({ min: 1, max: 90, optional: true, example: 10 })
  escalateAfterDays?: number;

  /** How a public booking is confirmed: office – the office calls back, or the citizen comes; sms, email – a code that is sent at once. */
  @OneOf(bookingConfirmations, { optional: true, example: 'office' })
  bookingConfirmation?: BookingConfirmation;

  /** At most so many percent of a session's places are held by bookings that nobody has confirmed; the rest is for the counter. */
  @WholeNumber({ min: 1, max: 100, optional: true, example: 50 })
  unconfirmedShare?: number;

  /** A central body of a vertical chain, of the kind `other`: its figures are kept apart from those of the province (Circular 06/2025/TT-TTCP art. 7(2)(a)). */
  @YesNo({ optional: true, example: false })
  reportsApart?: boolean;
}
