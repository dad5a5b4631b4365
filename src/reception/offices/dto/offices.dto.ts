import { Amount, Id, LegalDay, OneOf, Parts, Text, TimeOfDay, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../../platform/http/page.js';
import { Phone } from '../../../petitions/dto/forms.decorators.js';
import { type EquipmentItem, equipmentItems, type NoticeType, noticeTypes, type Shift, shifts } from '../office.js';

const wholeDay = { optional: true, example: null };

export class OpeningHoursDto {
  /** Monday is 1, Sunday 7. */
  @WholeNumber({ min: 1, max: 7, example: 1 })
  weekday: number;

  @TimeOfDay({ example: '08:00' })
  from: string;

  @TimeOfDay({ example: '11:30' })
  to: string;
}

export class OfficeDto {
  @Text({ max: 200, example: 'Trụ sở tiếp công dân Thành phố Hà Nội' })
  name: string;

  @Text({ max: 500, example: 'Số 34 phố Lý Thái Tổ, phường Hoàn Kiếm, Hà Nội' })
  address: string;

  /** How to find it. */
  @Text({ max: 1000, optional: true, example: 'Tầng 1, cửa bên trái' })
  directions: string | null = null;

  @Phone({ optional: true, example: '024 3825 3536' })
  phone: string | null = null;

  /** WGS 84, together with the longitude. */
  @Amount({ max: 90, decimals: 6, optional: true, example: 21.028511 })
  latitude: number | null = null;

  @Amount({ max: 180, decimals: 6, optional: true, example: 105.854444 })
  longitude: number | null = null;

  @Parts(() => OpeningHoursDto, { max: 21 })
  openingHours: OpeningHoursDto[];

  @LegalDay({ example: '2025-07-01' })
  validFrom: string;

  @LegalDay(wholeDay)
  validTo: string | null = null;
}

export class NewOfficeDto extends OfficeDto {
  /** Your own unit when left out. */
  @Id({ optional: true })
  unitId?: string | null;
}

export class EquipmentDto {
  @OneOf(Object.keys(equipmentItems), { example: 'camera' })
  item: EquipmentItem;

  @WholeNumber({ min: 0, max: 1000, example: 1 })
  quantity: number;

  @YesNo({ example: true })
  working: boolean;
}

export class RoomDto {
  @Text({ max: 100, example: 'Phòng 1' })
  name: string;

  @WholeNumber({ min: 1, max: 1000, optional: true, example: 12 })
  seats: number | null = null;

  @Parts(() => EquipmentDto, { max: 30, optional: true })
  equipment: EquipmentDto[] = [];

  @YesNo({ optional: true, example: true })
  active: boolean = true;
}

export class ReceiverDto {
  @Text({ max: 200, example: 'Nguyễn Thị Hoà' })
  name: string;

  @Text({ max: 200, example: 'Công chức Văn phòng – Thống kê' })
  title: string;

  /** Posted at the door (Law on Citizen Reception art. 24). */
  @Phone({ optional: true })
  phone: string | null = null;

  @Id({ optional: true })
  accountId: string | null = null;

  /** Number of the decision. */
  @Text({ max: 100, optional: true, example: '12/QĐ-UBND' })
  appointedBy: string | null = null;

  @LegalDay({ example: '2025-07-01' })
  servesFrom: string;

  @LegalDay(wholeDay)
  servesTo: string | null = null;
}

export class NoticeDto {
  @OneOf(Object.keys(noticeTypes), { example: 'house_rules' })
  type: NoticeType;

  @Text({ max: 300, example: 'Nội quy tiếp công dân ban hành kèm Quyết định 45/QĐ-UBND' })
  title: string;

  @LegalDay({ optional: true, example: '2026-05-11', description: 'Today when left out' })
  postedOn?: string;
}

export class NoticeRemovalDto {
  @LegalDay({ optional: true, example: '2026-06-30', description: 'Today when left out' })
  removedOn?: string;

  @Text({ max: 1000, example: 'Thay bằng nội quy mới' })
  reason: string;
}

export class OnDutyDto {
  /** A receiver of the office; or else an agency. */
  @Id({ optional: true })
  receiverId?: string | null;

  @Id({ optional: true })
  agencyUnitId?: string | null;

  /** Whom the agency sends. */
  @Text({ max: 200, optional: true, example: 'Trần Văn Đức, Phó Trưởng phòng' })
  official?: string | null;
}

export class DutyPlanDto extends OnDutyDto {
  /** Weekly or monthly, by RFC 5545. */
  @Text({ max: 200, example: 'FREQ=WEEKLY;BYDAY=MO,WE' })
  recurrence: string;

  @LegalDay({ example: '2026-12-01' })
  firstOn: string;

  @LegalDay({ example: '2026-12-31' })
  lastOn: string;

  @OneOf(shifts, { example: 'morning' })
  shift: Shift;
}

export class SubstitutionDto extends OnDutyDto {
  @Text({ max: 1000, example: 'Đi họp đột xuất' })
  reason: string;
}

export class DutyCancellationDto {
  @Text({ max: 1000, example: 'Nghỉ theo thông báo của Thành phố' })
  reason: string;
}

export class RosterQuery {
  @LegalDay({ example: '2026-12-01' })
  from: string;

  @LegalDay({ example: '2026-12-31' })
  to: string;
}

export class OfficesQuery {
  /** Offices of this unit; all when left out. */
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  /** Offices that are open on this day. */
  @LegalDay({ optional: true, example: null })
  asOf?: string;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  @Text({ max: 500, optional: true })
  cursor?: string;
}
