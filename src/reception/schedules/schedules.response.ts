import { ApiProperty } from '@nestjs/swagger';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { HeadDayPeriodResponse, toPeriod } from '../sessions/sessions.response.js';
import { type DayOffRule, dayOffRules, type ScheduleRow, type ScheduleState, scheduleStates } from './schedule.js';
import type { SchedulePreview } from './schedules.service.js';

export class ScheduleResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;

  @ApiProperty({ format: 'uuid' })
  officeId: string;

  officeName: string;

  @ApiProperty({ format: 'uuid' })
  roomId: string | null;

  title: string;

  @ApiProperty({ example: 'Phạm Quốc Huy' })
  headName: string;

  @ApiProperty({ example: 'Chủ tịch UBND Thành phố' })
  headTitle: string;

  @ApiProperty({ example: 'FREQ=MONTHLY;BYDAY=3TU' })
  recurrence: string;

  @ApiProperty({ format: 'date' })
  firstOn: string;

  @ApiProperty({ format: 'date' })
  lastOn: string;

  @ApiProperty({ example: '08:00' })
  startsAt: string;

  @ApiProperty({ example: '11:30' })
  endsAt: string;

  @ApiProperty({ enum: dayOffRules })
  onDayOff: DayOffRule;

  omitted: string[];
  added: string[];
  slotMinutes: number | null;
  placesPerSlot: number | null;
  publicBooking: boolean;

  @ApiProperty({ enum: scheduleStates })
  state: ScheduleState;

  @ApiProperty({ format: 'date' })
  publishedOn: string | null;

  /** Published less than five working days ahead. */
  late: boolean;

  lateReason: string | null;

  @ApiProperty({ format: 'date' })
  endedOn: string | null;

  endReason: string | null;
}

export class SchedulePageResponse {
  items: ScheduleResponse[];
  nextCursor: string | null;
}

export class PublishedScheduleResponse extends ScheduleResponse {
  /** How many sessions it made. */
  @ApiProperty({ example: 12 })
  sessions: number;
}

export class EndedScheduleResponse extends ScheduleResponse {
  /** How many sessions were cancelled. */
  @ApiProperty({ example: 6 })
  cancelled: number;
}

export class PlannedDayResponse {
  @ApiProperty({ format: 'date' })
  on: string;

  /** Day of the rule, where that is a day off. */
  @ApiProperty({ format: 'date' })
  movedFrom: string | null;

  @ApiProperty({ example: 'Quốc khánh' })
  dayName: string | null;

  /** `provisional` where the official calendar of the year is not out. */
  @ApiProperty({ enum: ['official', 'provisional'] })
  calendarStatus: 'official' | 'provisional';
}

export class DroppedDayResponse {
  @ApiProperty({ format: 'date' })
  on: string;

  @ApiProperty({ enum: ['day_off', 'omitted', 'same_as_another'] })
  why: 'day_off' | 'omitted' | 'same_as_another';

  dayName: string | null;
}

export class ScheduleClashResponse {
  @ApiProperty({ format: 'date' })
  on: string;

  @ApiProperty({ enum: ['room', 'presider'] })
  what: 'room' | 'presider';

  @ApiProperty({ format: 'uuid' })
  sessionId: string;

  @ApiProperty({ format: 'uuid' })
  roomId: string | null;

  name: string | null;
}

export class SchedulePreviewResponse {
  days: PlannedDayResponse[];
  dropped: DroppedDayResponse[];

  /** Last day on which it can be published in time. */
  @ApiProperty({ format: 'date' })
  publishBy: string | null;

  /** The days against what the law asks, as if all were held. */
  duty: HeadDayPeriodResponse[];

  /** Sessions that are in the way. */
  clashes: ScheduleClashResponse[];
}

export function toSchedule(row: ScheduleRow, structure: UnitStructure): ScheduleResponse {
  return {
    id: row.id,
    unit: toUnitReference(structure.get(row.unitId)),
    officeId: row.officeId,
    officeName: row.officeName,
    roomId: row.roomId,
    title: row.title,
    headName: row.headName,
    headTitle: row.headTitle,
    recurrence: row.recurrence,
    firstOn: row.firstOn,
    lastOn: row.lastOn,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    onDayOff: row.onDayOff,
    omitted: row.omitted,
    added: row.added,
    slotMinutes: row.slotMinutes,
    placesPerSlot: row.placesPerSlot,
    publicBooking: row.publicBooking,
    state: row.state,
    publishedOn: row.publishedOn,
    late: row.late,
    lateReason: row.lateReason,
    endedOn: row.endedOn,
    endReason: row.endReason,
  };
}

export function toPreview({ days, dropped, publishBy, duty, clashes }: SchedulePreview): SchedulePreviewResponse {
  return { days, dropped, publishBy, duty: duty.map(toPeriod), clashes };
}
