import { Id, LegalDay, LegalDays, OneOf, Text, TimeOfDay, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../../platform/http/page.js';
import { examplePlaces } from '../../example-places.js';
import { type DayOffRule, dayOffRules, type ScheduleState, scheduleStates } from '../schedule.js';

export class ScheduleDto {
  @Id({ example: examplePlaces.cityOffice })
  officeId: string;

  @Id({ optional: true, example: examplePlaces.cityRoom })
  roomId: string | null = null;

  @Text({ max: 300, example: 'Lịch tiếp công dân của Chủ tịch UBND Thành phố năm 2028' })
  title: string;

  @Text({ max: 200, example: 'Phạm Quốc Huy' })
  headName: string;

  @Text({ max: 200, example: 'Chủ tịch UBND Thành phố' })
  headTitle: string;

  /** Weekly or monthly, by RFC 5545; `firstOn` and `lastOn` say the stretch. `BYMONTHDAY=31` leaves out short months; `BYMONTHDAY=-1` is the last day of each. */
  @Text({ max: 200, example: 'FREQ=MONTHLY;BYDAY=3TU' })
  recurrence: string;

  @LegalDay({ example: '2028-01-01' })
  firstOn: string;

  @LegalDay({ example: '2028-12-31' })
  lastOn: string;

  @TimeOfDay({ example: '08:00' })
  startsAt: string;

  @TimeOfDay({ example: '11:30' })
  endsAt: string;

  /** What becomes of a day of the rule that nobody works on. */
  @OneOf(dayOffRules, { optional: true, example: 'next_working_day' })
  onDayOff: DayOffRule = 'next_working_day';

  /** Days of the rule that are left out. */
  @LegalDays({ max: 100, optional: true, example: ['2028-06-20'] })
  omitted: string[] = [];

  /** Days beside the rule. */
  @LegalDays({ max: 100, optional: true, example: ['2028-06-27'] })
  added: string[] = [];

  @WholeNumber({ min: 5, max: 480, optional: true, example: 30 })
  slotMinutes: number | null = null;

  @WholeNumber({ min: 1, max: 100, optional: true, example: 2 })
  placesPerSlot: number | null = null;

  @YesNo({ optional: true, example: true })
  publicBooking: boolean = false;
}

export class NewScheduleDto extends ScheduleDto {
  /** Whose head; your own unit when left out. */
  @Id({ optional: true })
  unitId?: string | null;
}

export class PublicationDto {
  /** Day on which it was told; today when left out. */
  @LegalDay({ optional: true, example: null })
  publishedOn?: string;

  /** Where that is less than five working days ahead, and the unit lets it be marked. */
  @Text({ max: 1000, optional: true })
  lateReason?: string | null;
}

export class ScheduleEndDto {
  /** First day whose session is cancelled; not before today. */
  @LegalDay({ example: '2027-07-01' })
  from: string;

  @Text({ max: 1000, example: 'Thay đổi người đứng đầu' })
  reason: string;
}

export class SchedulesQuery {
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @OneOf(scheduleStates, { optional: true })
  state?: ScheduleState;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  @Text({ max: 500, optional: true })
  cursor?: string;
}
