import { ApiProperty } from '@nestjs/swagger';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import type { PostedNotices } from './notices.service.js';
import {
  type DutyRow,
  dutyStates,
  type EquipmentItem,
  equipmentItems,
  type NoticeRow,
  type NoticeType,
  noticeTypes,
  type OfficeRow,
  type ReceiverRow,
  type RoomRow,
  type Shift,
  shifts,
} from './office.js';
import type { Office } from './offices.service.js';

export class OpeningHoursResponse {
  @ApiProperty({ example: 1, description: 'Monday is 1, Sunday 7' })
  weekday: number;

  @ApiProperty({ example: '08:00' })
  from: string;

  @ApiProperty({ example: '11:30' })
  to: string;
}

export class OfficeReference {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Trụ sở tiếp công dân Thành phố Hà Nội' })
  name: string;

  @ApiProperty({ example: 'Số 34 phố Lý Thái Tổ, phường Hoàn Kiếm, Hà Nội' })
  address: string;
}

export class OfficeItem extends OfficeReference {
  unit: UnitReference;
  directions: string | null;

  @ApiProperty({ example: '024 3825 3536' })
  phone: string | null;

  latitude: number | null;
  longitude: number | null;
  openingHours: OpeningHoursResponse[];

  @ApiProperty({ format: 'date' })
  validFrom: string;

  @ApiProperty({ format: 'date' })
  validTo: string | null;
}

export class EquipmentResponse {
  @ApiProperty({ enum: Object.keys(equipmentItems) })
  item: EquipmentItem;

  itemName: BilingualResponse;
  quantity: number;
  working: boolean;
}

export class RoomResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  officeId: string;

  @ApiProperty({ example: 'Phòng 1' })
  name: string;

  seats: number | null;
  equipment: EquipmentResponse[];
  active: boolean;
}

export class ReceiverResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  officeId: string;

  @ApiProperty({ example: 'Nguyễn Thị Hoà' })
  name: string;

  @ApiProperty({ example: 'Công chức Văn phòng – Thống kê' })
  title: string;

  phone: string | null;

  @ApiProperty({ format: 'uuid' })
  accountId: string | null;

  appointedBy: string | null;

  @ApiProperty({ format: 'date' })
  servesFrom: string;

  @ApiProperty({ format: 'date' })
  servesTo: string | null;
}

export class OfficeResponse extends OfficeItem {
  rooms: RoomResponse[];
  receivers: ReceiverResponse[];
}

export class OfficePageResponse {
  items: OfficeItem[];
  nextCursor: string | null;
}

export class NoticeResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  officeId: string;

  @ApiProperty({ enum: Object.keys(noticeTypes) })
  type: NoticeType;

  typeName: BilingualResponse;
  title: string;

  @ApiProperty({ format: 'date' })
  postedOn: string;

  @ApiProperty({ format: 'date' })
  removedOn: string | null;

  removalReason: string | null;

  /** Where the photo is read; null where there is none. */
  @ApiProperty({ example: null })
  photo: string | null;
}

export class NoticesResponse {
  items: NoticeResponse[];

  /** What must be posted and is not. */
  @ApiProperty({ enum: Object.keys(noticeTypes), isArray: true })
  missing: NoticeType[];
}

export class DutyResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date' })
  onDate: string;

  @ApiProperty({ enum: shifts })
  shift: Shift;

  @ApiProperty({ format: 'uuid' })
  receiverId: string | null;

  agency: UnitReference | null;

  /** Who is on duty: the receiver, or whom the agency sends. */
  @ApiProperty({ example: 'Nguyễn Thị Hoà' })
  official: string | null;

  title: string | null;

  @ApiProperty({ enum: dutyStates })
  state: DutyRow['state'];

  /** The duty that this one takes over. */
  @ApiProperty({ format: 'uuid' })
  substitutesId: string | null;

  reason: string | null;
}

export class RosterResponse {
  items: DutyResponse[];
}

export class PlannedDutiesResponse {
  @ApiProperty({ example: 9 })
  created: number;

  /** Days of the rule that nobody works on. */
  @ApiProperty({ example: ['2026-09-02'] })
  daysOff: string[];

  /** Days that were in the roster already. */
  @ApiProperty({ example: [] })
  known: string[];
}

export function toOfficeItem(row: OfficeRow, structure: UnitStructure): OfficeItem {
  const { id, name, address, directions, phone, latitude, longitude, openingHours, validFrom, validTo } = row;
  const unit = toUnitReference(structure.get(row.unitId));
  return { id, name, address, unit, directions, phone, latitude, longitude, openingHours, validFrom, validTo };
}

export function toOffice(office: Office, structure: UnitStructure): OfficeResponse {
  return { ...toOfficeItem(office, structure), rooms: office.rooms.map(toRoom), receivers: office.receivers.map(toReceiver) };
}

export function toRoom({ id, officeId, name, seats, equipment, active }: RoomRow): RoomResponse {
  return { id, officeId, name, seats, equipment: equipment.map((one) => ({ ...one, itemName: equipmentItems[one.item] })), active };
}

export function toReceiver(row: ReceiverRow): ReceiverResponse {
  const { id, officeId, name, title, phone, accountId, appointedBy, servesFrom, servesTo } = row;
  return { id, officeId, name, title, phone, accountId, appointedBy, servesFrom, servesTo };
}

export function toNotice({ id, officeId, type, title, postedOn, removedOn, removalReason, photoId }: NoticeRow): NoticeResponse {
  const photo = photoId && `/api/v1/attachments/${photoId}/content`;
  return { id, officeId, type, typeName: noticeTypes[type], title, postedOn, removedOn, removalReason, photo };
}

export function toNotices({ items, missing }: PostedNotices): NoticesResponse {
  return { items: items.map(toNotice), missing };
}

export function toDuty(row: DutyRow, structure: UnitStructure): DutyResponse {
  const { id, onDate, shift, receiverId, agencyUnitId, receiverName, receiverTitle, official, state, substitutesId, reason } = row;
  return {
    id,
    onDate,
    shift,
    receiverId,
    agency: agencyUnitId ? toUnitReference(structure.get(agencyUnitId)) : null,
    official: receiverName ?? official,
    title: receiverTitle,
    state,
    substitutesId,
    reason,
  };
}
