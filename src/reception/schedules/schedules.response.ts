import { ApiProperty } from '@nestjs/swagger';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { HeadDayPeriodResponse, toPeriod } from '../sessions/sessions.response.js';
import { type DayOffRule, dayOffRules, type ScheduleRow, type ScheduleState, scheduleStates } from './schedule.js';
import type { SchedulePreview } from './schedules.service.js';

export class ScheduleResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ format: 'uuid' })
  officeId: string;

  @ApiProperty()
  officeName: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  roomId: string | null;

  @ApiProperty()
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

  @ApiProperty({ type: [String] })
  omitted: string[];

  @ApiProperty({ type: [String] })
  added: string[];

  @ApiProperty({ type: Number, nullable: true })
  slotMinutes: number | null;

  @ApiProperty({ type: Number, nullable: true })
  placesPerSlot: number | null;

  @ApiProperty()
  publicBooking: boolean;

  @ApiProperty({ enum: scheduleStates })
  state: ScheduleState;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  publishedOn: string | null;

  /** Published less than five working days ahead. */
  @ApiProperty()
  late: boolean;

  @ApiProperty({ type: String, nullable: true })
  lateReason: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  endedOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  endReason: string | null;
}

export class SchedulePageResponse {
  @ApiProperty({ type: [ScheduleResponse] })
  items: ScheduleResponse[];

  @ApiProperty({ type: String, nullable: true })
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
  @ApiProperty({ type: String, format: 'date', nullable: true })
  movedFrom: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Quốc khánh' })
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

  @ApiProperty({ type: String, nullable: true })
  dayName: string | null;
}

export class ScheduleClashResponse {
  @ApiProperty({ format: 'date' })
  on: string;

  @ApiProperty({ enum: ['room', 'presider'] })
  what: 'room' | 'presider';

  @ApiProperty({ format: 'uuid' })
  sessionId: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  roomId: string | null;

  @ApiProperty({ type: String, nullable: true })
  name: string | null;
}

export class SchedulePreviewResponse {
  @ApiProperty({ type: [PlannedDayResponse] })
  days: PlannedDayResponse[];

  @ApiProperty({ type: [DroppedDayResponse] })
  dropped: DroppedDayResponse[];

  /** Last day on which it can be published in time. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  publishBy: string | null;

  /** The days against what the law asks, as if all were held. */
  @ApiProperty({ type: [HeadDayPeriodResponse] })
  duty: HeadDayPeriodResponse[];

  /** Sessions that are in the way. */
  @ApiProperty({ type: [ScheduleClashResponse] })
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
