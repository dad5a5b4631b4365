import { LegalDay, OneOf, Parts, Text, YesNo } from '../../../platform/http/fields.js';
import type { CalendarStatus } from '../../../rules/calendar/calendar-year.js';

const statuses = ['official', 'provisional'] as const;

export class CalendarQuery {
  @LegalDay({ example: '2026-02-13' })
  from: string;

  @LegalDay({ example: '2026-02-24' })
  to: string;
}

export class SpecialDayDto {
  @LegalDay({ example: '2099-11-24' })
  date: string;

  /** False for a day off, true for a worked Saturday. */
  @YesNo({ example: false })
  working: boolean;

  @Text({ max: 200, example: 'Ngày Văn hóa Việt Nam' })
  name: string;

  @OneOf(statuses, { example: 'official' })
  status: CalendarStatus;
}

export class CalendarYearDto {
  @OneOf(statuses, { example: 'official' })
  status: CalendarStatus;

  /** The announcement that the days are taken from. */
  @Text({ max: 300, example: 'Thông báo nghỉ lễ, Tết năm 2099 (ví dụ)' })
  source: string;

  @Parts(() => SpecialDayDto, { max: 120 })
  days: SpecialDayDto[];
}

export class CalendarChangeQuery {
  /** List what would change and change nothing. */
  @YesNo({ optional: true })
  dryRun?: boolean;
}
