import { ApiProperty } from '@nestjs/swagger';
import { type Alert, alertStates } from '../../rules/limits/alert.js';
import { type HeadDayFinding, type HeadDayStatus, headDayStatuses } from '../../rules/reception/head-day-check.js';
import { type AdHocGround, adHocGrounds } from '../../rules/reception/reception-rules.js';
import { SourceResponse } from '../../structure/law-desk/rules.response.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { OfficeReference } from '../offices/offices.response.js';
import type { HeadDays } from './head-days.service.js';
import { type Obstacle, type ObstacleType, obstacleTypes } from './obstacles.service.js';
import {
  changeTypes,
  type ChangeType,
  type Holder,
  holders,
  momentOf,
  type SessionChange,
  type SessionRow,
  type SessionState,
  sessionStates,
  type SessionType,
  sessionTypes,
} from './session.js';
import type { Task } from './tasks.service.js';

export class SessionRoomResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Phòng 1' })
  name: string;

  @ApiProperty({ example: 'Điểm tiếp công dân UBND phường Ba Đình' })
  officeName: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;
}

export class DelegateResponse {
  @ApiProperty({ example: 'Lê Thu Hường' })
  name: string;

  @ApiProperty({ type: String, nullable: true })
  title: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
}

export class SessionItem {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: OfficeReference })
  office: OfficeReference;

  @ApiProperty({ type: [SessionRoomResponse] })
  rooms: SessionRoomResponse[];

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  scheduleId: string | null;

  @ApiProperty({ enum: sessionTypes })
  type: SessionType;

  @ApiProperty()
  online: boolean;

  @ApiProperty({ type: String, nullable: true })
  title: string | null;

  @ApiProperty({ enum: sessionStates })
  state: SessionState;

  @ApiProperty({ format: 'date' })
  onDate: string;

  /** Day for which it was first planned; another one where it was postponed. */
  @ApiProperty({ format: 'date' })
  firstPlannedOn: string;

  @ApiProperty({ format: 'date-time', example: '2026-12-15T08:00:00+07:00' })
  startsAt: string;

  @ApiProperty({ format: 'date-time', example: '2026-12-15T11:30:00+07:00' })
  endsAt: string;

  @ApiProperty({ type: String, nullable: true, example: 'Trần Văn Đức' })
  headName: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Chủ tịch UBND phường' })
  headTitle: string | null;

  /** Who holds it instead of the head. */
  @ApiProperty({ type: DelegateResponse, nullable: true })
  delegate: DelegateResponse | null;

  @ApiProperty({ enum: adHocGrounds, nullable: true })
  adHocGround: AdHocGround | null;

  @ApiProperty({ type: String, nullable: true })
  adHocReason: string | null;

  @ApiProperty({ enum: holders, nullable: true })
  heldBy: Holder | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  openedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt: string | null;

  @ApiProperty({ type: Number, nullable: true })
  slotMinutes: number | null;

  @ApiProperty()
  publicBooking: boolean;

  @ApiProperty({ example: 14 })
  places: number;

  @ApiProperty({ example: 5 })
  booked: number;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  publishedOn: string | null;

  /** Published less than five working days ahead. */
  @ApiProperty()
  late: boolean;

  @ApiProperty()
  visits: number;

  @ApiProperty()
  persons: number;
}

export class ReceptionSessionResponse extends SessionItem {
  @ApiProperty({ type: String, nullable: true })
  minutes: string | null;

  @ApiProperty({ type: String, nullable: true })
  conclusion: string | null;

  @ApiProperty({ type: String, nullable: true })
  noCitizenMinutes: string | null;

  @ApiProperty({ type: String, nullable: true })
  cancelReason: string | null;
}

export class SessionPageResponse {
  @ApiProperty({ type: [SessionItem] })
  items: SessionItem[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class SessionChangeResponse {
  @ApiProperty({ enum: changeTypes })
  type: ChangeType;

  @ApiProperty()
  reason: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { onDate: '2026-12-15' } })
  before: Record<string, unknown>;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { onDate: '2026-12-22' } })
  after: Record<string, unknown>;

  @ApiProperty({ format: 'date' })
  changedOn: string;

  @ApiProperty({ type: String, nullable: true, example: 'commune.clerk' })
  changedBy: string | null;
}

export class SessionChangesResponse {
  @ApiProperty({ type: [SessionChangeResponse] })
  items: SessionChangeResponse[];
}

export class TaskResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  sessionId: string;

  @ApiProperty({ format: 'date' })
  sessionOn: string;

  @ApiProperty({ type: UnitReference })
  hostUnit: UnitReference;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty()
  description: string;

  @ApiProperty({ format: 'date' })
  assignedOn: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  doneOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  result: string | null;

  @ApiProperty({ enum: [...alertStates, 'none'] })
  alert: Alert;
}

export class TaskListResponse {
  @ApiProperty({ type: [TaskResponse] })
  items: TaskResponse[];
}

export class TaskPageResponse extends TaskListResponse {
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class ObstacleResponse {
  @ApiProperty({ type: SessionItem })
  session: SessionItem;

  @ApiProperty({ enum: obstacleTypes })
  type: ObstacleType;

  /** Name of the day off. */
  @ApiProperty({ type: String, nullable: true, example: 'Quốc khánh' })
  dayName: string | null;

  /** The next working day on which room and head are free. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  proposedOn: string | null;

  /** Who carries on the unit that ended. */
  @ApiProperty({ type: [UnitReference] })
  successors: UnitReference[];
}

export class ObstacleListResponse {
  @ApiProperty({ type: [ObstacleResponse] })
  items: ObstacleResponse[];
}

export class PostponedDayResponse {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  /** Held by the head in person, within the same month or week. */
  @ApiProperty()
  madeUp: boolean;
}

export class HeadDayPeriodResponse {
  @ApiProperty({ example: 'reception.head_days.commune' })
  ruleId: string;

  @ApiProperty({ example: '2026' })
  ruleVersion: string;

  @ApiProperty({ enum: ['month', 'week'] })
  per: 'month' | 'week';

  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  @ApiProperty({ example: 2 })
  required: number;

  /** Why nothing is asked: the rule or the unit did not last the whole of it, or nobody works in it. */
  @ApiProperty({ enum: ['not_whole', 'no_working_day'], nullable: true })
  nothingAsked: 'not_whole' | 'no_working_day' | null;

  @ApiProperty({ enum: headDayStatuses })
  status: HeadDayStatus;

  @ApiProperty({ type: [String], example: ['2026-07-07', '2026-07-21'] })
  planned: string[];

  @ApiProperty({ type: [String], example: ['2026-07-07'] })
  heldInPerson: string[];

  /** Counted apart; does not fulfil the duty. */
  @ApiProperty({ type: [String], example: ['2026-07-21'] })
  delegated: string[];

  @ApiProperty({ type: [PostponedDayResponse] })
  postponed: PostponedDayResponse[];

  @ApiProperty({ type: [String], example: [] })
  missed: string[];

  @ApiProperty({ type: [String], example: [] })
  cancelled: string[];

  /** Nobody came, and that was minuted: these count. */
  @ApiProperty({ type: [String], example: [] })
  withoutVisitors: string[];

  /** Nobody came and nothing was minuted: these do not count. */
  @ApiProperty({ type: [String], example: [] })
  notMinuted: string[];

  @ApiProperty({ type: [SourceResponse] })
  sources: SourceResponse[];
}

export class HeadDayTotalsResponse {
  @ApiProperty({ example: 12 })
  required: number;

  @ApiProperty({ example: 12 })
  planned: number;

  @ApiProperty({ example: 9 })
  heldInPerson: number;

  @ApiProperty({ example: 2 })
  delegated: number;

  @ApiProperty({ example: 1 })
  postponed: number;

  @ApiProperty({ example: 1 })
  madeUp: number;

  @ApiProperty({ example: 1 })
  missed: number;

  @ApiProperty({ example: 0 })
  cancelled: number;

  @ApiProperty({ example: 1 })
  withoutVisitors: number;

  @ApiProperty({ example: 4 })
  periodsFulfilled: number;

  @ApiProperty({ example: 2 })
  periodsNotFulfilled: number;
}

export class HeadDaysResponse {
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: HeadDayTotalsResponse })
  totals: HeadDayTotalsResponse;

  @ApiProperty({ type: [HeadDayPeriodResponse] })
  periods: HeadDayPeriodResponse[];
}

export class HeadDaysListResponse {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  @ApiProperty({ type: [HeadDaysResponse] })
  items: HeadDaysResponse[];
}

export function toSessionItem(row: SessionRow, structure: UnitStructure): SessionItem {
  return {
    id: row.id,
    unit: toUnitReference(structure.get(row.unitId)),
    office: { id: row.officeId, name: row.officeName, address: row.address },
    rooms: row.rooms.map(({ id, name, officeName, unitId }) => ({ id, name, officeName, unit: toUnitReference(structure.get(unitId)) })),
    scheduleId: row.scheduleId,
    type: row.type,
    online: row.online,
    title: row.title,
    state: row.state,
    onDate: row.onDate,
    firstPlannedOn: row.firstPlannedOn,
    startsAt: momentOf(row.onDate, row.startsAt),
    endsAt: momentOf(row.onDate, row.endsAt),
    headName: row.headName,
    headTitle: row.headTitle,
    delegate: row.delegateName === null ? null : { name: row.delegateName, title: row.delegateTitle, reason: row.delegationReason },
    adHocGround: row.adHocGround,
    adHocReason: row.adHocReason,
    heldBy: row.heldBy,
    openedAt: row.openedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    slotMinutes: row.slotMinutes,
    publicBooking: row.publicBooking,
    places: row.places,
    booked: row.booked,
    publishedOn: row.publishedOn,
    late: row.late,
    visits: row.visits,
    persons: row.persons,
  };
}

export function toSession(row: SessionRow, structure: UnitStructure): ReceptionSessionResponse {
  const { minutes, conclusion, noCitizenMinutes, cancelReason } = row;
  return { ...toSessionItem(row, structure), minutes, conclusion, noCitizenMinutes, cancelReason };
}

export function toChange({ type, reason, before, after, changedOn, changedBy }: SessionChange): SessionChangeResponse {
  return { type, reason, before, after, changedOn, changedBy };
}

export function toTask(task: Task, structure: UnitStructure): TaskResponse {
  const { id, sessionId, sessionOn, hostUnitId, unitId, description, assignedOn, dueOn, doneOn, result, alert } = task;
  const [hostUnit, unit] = [toUnitReference(structure.get(hostUnitId)), toUnitReference(structure.get(unitId))];
  return { id, sessionId, sessionOn, hostUnit, unit, description, assignedOn, dueOn, doneOn, result, alert };
}

export function toObstacle({ session, type, dayName, proposedOn, successors }: Obstacle, structure: UnitStructure): ObstacleResponse {
  return {
    session: toSessionItem(session, structure),
    type,
    dayName,
    proposedOn,
    successors: successors.map((id) => toUnitReference(structure.get(id))),
  };
}

export function toPeriod({ period, ...finding }: HeadDayFinding): HeadDayPeriodResponse {
  const { rule, from, to, required, nothingAsked } = period;
  return { ruleId: rule.id, ruleVersion: rule.version, per: rule.per, from, to, required, nothingAsked, ...finding, sources: rule.sources };
}

export function toHeadDays({ unit, totals, findings }: HeadDays): HeadDaysResponse {
  return { unit: toUnitReference(unit), totals, periods: findings.map(toPeriod) };
}
