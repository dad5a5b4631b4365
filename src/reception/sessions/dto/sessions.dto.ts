import { Id, Ids, LegalDay, Moment, OfficialWords, OneOf, Text, TimeOfDay, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../../platform/http/page.js';
import { type AdHocGround, adHocGrounds } from '../../../rules/reception/reception-rules.js';
import { IssueDto } from '../../../petitions/documents/dto/documents.dto.js';
import { type SessionPaper, sessionPapers } from '../session-papers.service.js';
import { type SessionState, sessionStates, type SessionType, sessionTypes } from '../session.js';

const mostRooms = 150;
const slots = { min: 5, max: 480, optional: true };

export class SessionDto {
  /** Whose session it is; your own unit when left out. */
  @Id({ optional: true })
  unitId: string | null = null;

  @Id()
  officeId: string;

  /** The room; at an online session those of the other units, too. */
  @Ids({ max: mostRooms, optional: true })
  roomIds: string[] = [];

  @OneOf(sessionTypes, { example: 'periodic' })
  type: SessionType;

  /** By video between rooms at several units; since 2026-07-01. */
  @YesNo({ optional: true, example: false })
  online: boolean = false;

  @Text({ max: 300, optional: true, example: null })
  title: string | null = null;

  @LegalDay({ example: '2026-12-15' })
  onDate: string;

  @TimeOfDay({ example: '08:00' })
  startsAt: string;

  @TimeOfDay({ example: '11:30' })
  endsAt: string;

  /** Who receives; for the days of the head. */
  @Text({ max: 200, optional: true, example: 'Trần Văn Đức' })
  headName: string | null = null;

  @Text({ max: 200, optional: true, example: 'Chủ tịch UBND phường' })
  headTitle: string | null = null;

  /** For a session at once (Law on Citizen Reception art. 18(3)). */
  @OneOf(adHocGrounds, { optional: true })
  adHocGround: AdHocGround | null = null;

  @OfficialWords({ max: 2000, optional: true })
  adHocReason: string | null = null;

  /** Length of a slot for those who register ahead. */
  @WholeNumber({ ...slots, example: 30 })
  slotMinutes: number | null = null;

  @WholeNumber({ min: 1, max: 100, optional: true, example: 2 })
  placesPerSlot: number | null = null;

  /** Whether anybody may register ahead, without signing in. */
  @YesNo({ optional: true, example: true })
  publicBooking: boolean = false;

  /** Day on which a day of the head was told; today when left out. */
  @LegalDay({ optional: true, example: null })
  publishedOn: string | null = null;

  /** Where it was told less than five working days ahead, and the unit lets that be marked. */
  @OfficialWords({ max: 1000, optional: true })
  lateReason: string | null = null;
}

export class SessionPatchDto {
  @TimeOfDay({ optional: true })
  startsAt?: string;

  @TimeOfDay({ optional: true })
  endsAt?: string;

  @Ids({ max: mostRooms, optional: true })
  roomIds?: string[];

  /** null: none. */
  @Text({ max: 300, optional: true, clearable: true })
  title?: string | null;

  @Text({ max: 200, optional: true })
  headName?: string;

  @Text({ max: 200, optional: true })
  headTitle?: string;

  /** null: no slots. */
  @WholeNumber({ ...slots, clearable: true })
  slotMinutes?: number | null;

  /** null: none, together with slotMinutes. */
  @WholeNumber({ min: 1, max: 100, optional: true, clearable: true, example: 3 })
  placesPerSlot?: number | null;

  @YesNo({ optional: true })
  publicBooking?: boolean;

  @OfficialWords({ max: 1000, example: 'Tăng số lượt hẹn theo nhu cầu' })
  reason: string;
}

export class PostponementDto {
  @LegalDay({ example: '2026-12-22' })
  onDate: string;

  @TimeOfDay({ optional: true, example: null })
  startsAt?: string | null;

  @TimeOfDay({ optional: true, example: null })
  endsAt?: string | null;

  @Ids({ max: mostRooms, optional: true })
  roomIds?: string[] | null;

  /** Told to everybody. */
  @OfficialWords({ max: 1000, example: 'Chủ tịch họp Hội đồng nhân dân Thành phố' })
  reason: string;
}

export class DelegationDto {
  @Text({ max: 200, example: 'Lê Thu Hường' })
  name: string;

  @Text({ max: 200, optional: true, example: 'Phó Chủ tịch UBND phường' })
  title: string | null = null;

  @OfficialWords({ max: 1000, example: 'Chủ tịch đi công tác theo Công văn 120/UBND-VP' })
  reason: string;
}

export class SessionReasonDto {
  @OfficialWords({ max: 1000, example: 'Trùng lịch họp của Thành phố' })
  reason: string;
}

export class HandOverDto {
  @Id()
  unitId: string;

  @Id()
  officeId: string;

  @Ids({ max: mostRooms, optional: true })
  roomIds: string[] = [];

  @OfficialWords({ max: 1000, example: 'Phường Cửa Nam được chia về hai phường mới' })
  reason: string;
}

export class OpeningDto {
  /** Now when left out. */
  @Moment({ optional: true, example: null })
  openedAt?: string | null;

  /** For the days of the head; as it was planned when left out. */
  @OneOf(['head', 'delegate'], { optional: true, example: 'head' })
  heldBy?: 'head' | 'delegate' | null;

  @Text({ max: 200, optional: true })
  delegateName?: string | null;

  @Text({ max: 200, optional: true })
  delegateTitle?: string | null;

  /** Why the head does not hold it. */
  @OfficialWords({ max: 1000, optional: true })
  reason?: string | null;
}

export class ClosingDto {
  @Moment({ optional: true, example: null })
  closedAt?: string | null;

  /** For a session of the head with visitors. */
  @OfficialWords({ max: 20_000, optional: true, example: 'Chủ tịch nghe 3 lượt công dân về giải phóng mặt bằng dự án hồ Trúc Bạch …' })
  minutes?: string | null;

  @OfficialWords({ max: 10_000, optional: true, example: 'Giao Phòng Kinh tế rà soát phương án bồi thường, báo cáo trước ngày 25/12.' })
  conclusion?: string | null;

  /** That nobody came, for a session of the head without visitors. */
  @OfficialWords({ max: 10_000, optional: true })
  noCitizenMinutes?: string | null;

  /** Where the recording of a session by video is kept; required where somebody came and no file of it is attached (Decree 154/2026/NĐ-CP art. 24). */
  @OfficialWords({ max: 1000, optional: true, example: null })
  recording?: string | null;
}

export class SessionPaperDto extends IssueDto {
  @OneOf(sessionPapers, { example: 'no_citizen_minutes' })
  paper: SessionPaper;
}

export class TaskDto {
  /** The unit that does it. */
  @Id()
  unitId: string;

  @OfficialWords({ max: 5000, example: 'Rà soát phương án bồi thường của 12 hộ, báo cáo Chủ tịch' })
  description: string;

  @LegalDay({ example: '2026-12-25' })
  dueOn: string;
}

export class TaskCompletionDto {
  @LegalDay({ optional: true, example: null, description: 'Today when left out' })
  doneOn?: string;

  @OfficialWords({ max: 5000, example: 'Đã báo cáo tại Công văn 210/KT' })
  result: string;
}

class InUnitsQuery {
  /** Your own scope when left out. */
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;
}

export class SessionsQuery extends InUnitsQuery {
  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;

  @OneOf(sessionTypes, { optional: true })
  type?: SessionType;

  @OneOf(sessionStates, { optional: true })
  state?: SessionState;

  @Id({ optional: true })
  officeId?: string;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  @Text({ max: 500, optional: true })
  cursor?: string;
}

export class TasksQuery extends InUnitsQuery {
  /** Only tasks that are not done, or only those that are. */
  @YesNo({ optional: true })
  open?: boolean;

  @LegalDay({ optional: true, example: null })
  dueUntil?: string;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  @Text({ max: 500, optional: true })
  cursor?: string;
}

export class ObstaclesQuery extends InUnitsQuery {}

export class HeadDaysQuery extends InUnitsQuery {
  @LegalDay({ example: '2026-01-01' })
  from: string;

  @LegalDay({ example: '2026-12-31' })
  to: string;
}
