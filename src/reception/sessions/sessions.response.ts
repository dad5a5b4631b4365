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

  unit: UnitReference;
}

export class DelegateResponse {
  @ApiProperty({ example: 'Lê Thu Hường' })
  name: string;

  title: string | null;
  reason: string | null;
}

export class SessionItem {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;
  office: OfficeReference;
  rooms: SessionRoomResponse[];

  @ApiProperty({ format: 'uuid' })
  scheduleId: string | null;

  @ApiProperty({ enum: sessionTypes })
  type: SessionType;

  online: boolean;
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

  @ApiProperty({ example: 'Trần Văn Đức' })
  headName: string | null;

  @ApiProperty({ example: 'Chủ tịch UBND phường' })
  headTitle: string | null;

  /** Who holds it instead of the head. */
  delegate: DelegateResponse | null;

  @ApiProperty({ enum: adHocGrounds })
  adHocGround: AdHocGround | null;

  adHocReason: string | null;

  @ApiProperty({ enum: holders })
  heldBy: Holder | null;

  @ApiProperty({ format: 'date-time' })
  openedAt: string | null;

  @ApiProperty({ format: 'date-time' })
  closedAt: string | null;

  slotMinutes: number | null;
  publicBooking: boolean;

  @ApiProperty({ example: 14 })
  places: number;

  @ApiProperty({ example: 5 })
  booked: number;

  @ApiProperty({ format: 'date' })
  publishedOn: string | null;

  /** Published less than five working days ahead. */
  late: boolean;

  visits: number;
  persons: number;
}

export class ReceptionSessionResponse extends SessionItem {
  minutes: string | null;
  conclusion: string | null;
  noCitizenMinutes: string | null;
  cancelReason: string | null;
}

export class SessionPageResponse {
  items: SessionItem[];
  nextCursor: string | null;
}

export class SessionChangeResponse {
  @ApiProperty({ enum: changeTypes })
  type: ChangeType;

  reason: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { onDate: '2026-12-15' } })
  before: Record<string, unknown>;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { onDate: '2026-12-22' } })
  after: Record<string, unknown>;

  @ApiProperty({ format: 'date' })
  changedOn: string;

  @ApiProperty({ example: 'commune.clerk' })
  changedBy: string | null;
}

export class SessionChangesResponse {
  items: SessionChangeResponse[];
}

export class TaskResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  sessionId: string;

  @ApiProperty({ format: 'date' })
  sessionOn: string;

  hostUnit: UnitReference;
  unit: UnitReference;
  description: string;

  @ApiProperty({ format: 'date' })
  assignedOn: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty({ format: 'date' })
  doneOn: string | null;

  result: string | null;

  @ApiProperty({ enum: [...alertStates, 'none'] })
  alert: Alert;
}

export class TaskListResponse {
  items: TaskResponse[];
}

export class TaskPageResponse extends TaskListResponse {
  nextCursor: string | null;
}

export class ObstacleResponse {
  session: SessionItem;

  @ApiProperty({ enum: obstacleTypes })
  type: ObstacleType;

  /** Name of the day off. */
  @ApiProperty({ example: 'Quốc khánh' })
  dayName: string | null;

  /** The next working day on which room and head are free. */
  @ApiProperty({ format: 'date' })
  proposedOn: string | null;

  /** Who carries on the unit that ended. */
  successors: UnitReference[];
}

export class ObstacleListResponse {
  items: ObstacleResponse[];
}

export class PostponedDayResponse {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  /** Held by the head in person, within the same month or week. */
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
  @ApiProperty({ enum: ['not_whole', 'no_working_day'] })
  nothingAsked: 'not_whole' | 'no_working_day' | null;

  @ApiProperty({ enum: headDayStatuses })
  status: HeadDayStatus;

  @ApiProperty({ example: ['2026-07-07', '2026-07-21'] })
  planned: string[];

  @ApiProperty({ example: ['2026-07-07'] })
  heldInPerson: string[];

  /** Counted apart; does not fulfil the duty. */
  @ApiProperty({ example: ['2026-07-21'] })
  delegated: string[];

  postponed: PostponedDayResponse[];

  @ApiProperty({ example: [] })
  missed: string[];

  @ApiProperty({ example: [] })
  cancelled: string[];

  /** Nobody came, and that was minuted: these count. */
  @ApiProperty({ example: [] })
  withoutVisitors: string[];

  /** Nobody came and nothing was minuted: these do not count. */
  @ApiProperty({ example: [] })
  notMinuted: string[];

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
  unit: UnitReference;
  totals: HeadDayTotalsResponse;
  periods: HeadDayPeriodResponse[];
}

export class HeadDaysListResponse {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

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
