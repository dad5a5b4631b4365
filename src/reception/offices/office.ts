import type { Bilingual } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';

/** Hours of a weekday; Monday is 1, Sunday 7. */
export interface OpeningHours {
  weekday: number;
  from: string;
  to: string;
}

/** What a reception room should have (directive 07/CT-UBND; checklist A1–A3). */
export const equipmentItems = {
  sign: { vi: 'Biển hiệu', en: 'Sign' },
  table: { vi: 'Bàn', en: 'Table' },
  chairs: { vi: 'Ghế', en: 'Chairs' },
  water: { vi: 'Nước uống', en: 'Water' },
  fan: { vi: 'Quạt, điều hoà', en: 'Fan or air conditioner' },
  waiting_place: { vi: 'Chỗ chờ', en: 'Waiting place' },
  disabled_access: { vi: 'Lối đi cho người khuyết tật', en: 'Access for the disabled' },
  computer: { vi: 'Máy tính', en: 'Computer' },
  network: { vi: 'Mạng', en: 'Network' },
  scanner: { vi: 'Máy quét', en: 'Scanner' },
  phone: { vi: 'Điện thoại', en: 'Phone' },
  camera: { vi: 'Camera', en: 'Camera' },
  alarm: { vi: 'Báo động', en: 'Alarm' },
  fire_safety: { vi: 'Phòng cháy, chữa cháy', en: 'Fire safety' },
  video: { vi: 'Thiết bị họp trực tuyến', en: 'Equipment for video' },
} satisfies Record<string, Bilingual>;
export type EquipmentItem = keyof typeof equipmentItems;

export interface Equipment {
  item: EquipmentItem;
  quantity: number;
  working: boolean;
}

/** What is posted at an office; those that must be (Law on Citizen Reception arts 19, 24) and others. */
export const noticeTypes = {
  house_rules: { vi: 'Nội quy tiếp công dân', en: 'House rules' },
  hours: { vi: 'Thời gian tiếp công dân', en: 'Hours' },
  head_schedule: { vi: 'Lịch tiếp công dân của người đứng đầu', en: "The head's schedule" },
  receivers: { vi: 'Họ tên, chức vụ, điện thoại người tiếp công dân', en: 'Names, titles and phone numbers of the receivers' },
  process_chart: { vi: 'Quy trình tiếp công dân, xử lý đơn', en: 'Process charts' },
  rights_and_duties: { vi: 'Quyền và nghĩa vụ của công dân', en: 'Rights and duties of citizens' },
  where_to_file: { vi: 'Hướng dẫn nơi gửi đơn', en: 'Where to file' },
  reception_regulation: { vi: 'Quy chế tiếp công dân', en: 'Reception regulation' },
  other: { vi: 'Nội dung khác', en: 'Other' },
} satisfies Record<string, Bilingual>;
export type NoticeType = keyof typeof noticeTypes;
export const noticesToPost = (Object.keys(noticeTypes) as NoticeType[]).filter((type) => type !== 'other');

export interface OfficeFacts {
  name: string;
  address: string;
  directions: string | null;
  phone: string | null;
  latitude: number | null;
  longitude: number | null;
  openingHours: OpeningHours[];
  validFrom: LegalDate;
  validTo: LegalDate | null;
}

export interface OfficeRow extends OfficeFacts {
  id: string;
  unitId: string;
  version: number;
}

export interface RoomFacts {
  name: string;
  seats: number | null;
  equipment: Equipment[];
  active: boolean;
}

export interface RoomRow extends RoomFacts {
  id: string;
  officeId: string;
  version: number;
}

export interface ReceiverFacts {
  name: string;
  title: string;
  phone: string | null;
  accountId: string | null;
  /** Decision of the appointment. */
  appointedBy: string | null;
  servesFrom: LegalDate;
  servesTo: LegalDate | null;
}

export interface ReceiverRow extends ReceiverFacts {
  id: string;
  officeId: string;
  version: number;
}

export interface NoticeRow {
  id: string;
  officeId: string;
  type: NoticeType;
  title: string;
  postedOn: LegalDate;
  removedOn: LegalDate | null;
  removalReason: string | null;
  photoId: string | null;
  version: number;
}

export const shifts = ['morning', 'afternoon', 'day'] as const;
export type Shift = (typeof shifts)[number];
export const dutyStates = ['planned', 'substituted', 'cancelled'] as const;
/** States as Vietnamese sentences name them. */
export const dutyStateNames: Record<(typeof dutyStates)[number], string> = {
  planned: 'đã phân công',
  substituted: 'đã thay người',
  cancelled: 'đã huỷ',
};

export interface DutyRow {
  id: string;
  officeId: string;
  onDate: LegalDate;
  shift: Shift;
  receiverId: string | null;
  receiverName: string | null;
  receiverTitle: string | null;
  agencyUnitId: string | null;
  official: string | null;
  substitutesId: string | null;
  state: (typeof dutyStates)[number];
  reason: string | null;
}
