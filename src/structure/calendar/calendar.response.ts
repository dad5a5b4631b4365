import { ApiProperty } from '@nestjs/swagger';
import type { CalendarStatus } from '../../rules/calendar/calendar-year.js';

export class CalendarDayResponse {
  @ApiProperty({ format: 'date', example: '2026-02-16' })
  date: string;

  @ApiProperty({ example: false })
  working: boolean;

  @ApiProperty({ example: 'Tết Nguyên đán' })
  name: string | null;

  @ApiProperty({ enum: ['official', 'provisional'] })
  status: CalendarStatus;
}

export class CalendarResponse {
  items: CalendarDayResponse[];
}

export class CalendarYearResponse {
  @ApiProperty({ example: 2026 })
  year: number;

  @ApiProperty({ enum: ['official', 'provisional'] })
  status: CalendarStatus;

  @ApiProperty({ example: 'Thông báo nghỉ lễ, Tết hằng năm' })
  source: string;

  /** 0 where the year is computed from the rules. */
  @ApiProperty({ example: 1 })
  version: number;

  /** Days that are not what their weekday says. */
  days: CalendarDayResponse[];
}

export class ChangedDayResponse {
  @ApiProperty({ format: 'date', example: '2026-11-24' })
  date: string;

  before: CalendarDayResponse;
  after: CalendarDayResponse;
}

export class MovedLimitResponse {
  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  @ApiProperty({ example: 'HNI-2026-000123' })
  petitionNumber: string;

  @ApiProperty({ example: 'complaint.resolution.first' })
  ruleId: string;

  @ApiProperty({ format: 'date', example: '2026-11-24' })
  dueOnBefore: string;

  @ApiProperty({ format: 'date', example: '2026-11-25' })
  dueOn: string;
}

export class CalendarChangeResponse {
  dryRun: boolean;
  year: CalendarYearResponse;
  changes: ChangedDayResponse[];

  /** Open limits that are counted again, before and after; the first 200. */
  limits: MovedLimitResponse[];

  /** How many open limits move. */
  @ApiProperty({ example: 1 })
  limitsMoved: number;
}
