import type { LegalDate } from '../../platform/text/legal-date.js';
import type { AdHocGround } from '../../rules/reception/reception-rules.js';

export const sessionTypes = ['regular', 'periodic', 'ad_hoc'] as const;
/** Reception every working day, the announced day of the head, or the head at once for a ground in law. */
export type SessionType = (typeof sessionTypes)[number];
export const sessionStates = ['planned', 'open', 'closed', 'cancelled'] as const;
export type SessionState = (typeof sessionStates)[number];
/** States as Vietnamese sentences name them. */
export const sessionStateNames: Record<SessionState, string> = {
  planned: 'đã xếp lịch',
  open: 'đang tiếp',
  closed: 'đã kết thúc',
  cancelled: 'đã huỷ',
};
/** What is done with a session, as Vietnamese sentences name it. */
export const sessionStepNames = {
  open: 'mở buổi tiếp',
  close: 'kết thúc buổi tiếp',
  prepare: 'chuẩn bị buổi tiếp trực tuyến',
  record: 'đính kèm bản ghi',
  change: 'thay đổi buổi tiếp',
  postpone: 'hoãn buổi tiếp',
  delegate: 'uỷ quyền tiếp',
  'take back': 'thôi uỷ quyền tiếp',
  cancel: 'huỷ buổi tiếp',
  'hand over': 'bàn giao buổi tiếp',
} as const;
export type SessionStep = keyof typeof sessionStepNames;
export const holders = ['head', 'delegate', 'receiver'] as const;
export type Holder = (typeof holders)[number];
export const changeTypes = ['postponed', 'delegated', 'taken_back', 'changed', 'cancelled', 'handed_over'] as const;
export type ChangeType = (typeof changeTypes)[number];

export interface SessionRoom {
  id: string;
  name: string;
  officeId: string;
  officeName: string;
  unitId: string;
}

export interface SessionRow {
  id: string;
  unitId: string;
  officeId: string;
  officeName: string;
  address: string;
  scheduleId: string | null;
  type: SessionType;
  online: boolean;
  title: string | null;
  onDate: LegalDate;
  firstPlannedOn: LegalDate;
  startsAt: string;
  endsAt: string;
  headName: string | null;
  headTitle: string | null;
  adHocGround: AdHocGround | null;
  adHocReason: string | null;
  delegateName: string | null;
  delegateTitle: string | null;
  delegationReason: string | null;
  state: SessionState;
  heldBy: Holder | null;
  openedAt: Date | null;
  closedAt: Date | null;
  minutes: string | null;
  conclusion: string | null;
  noCitizenMinutes: string | null;
  cancelReason: string | null;
  slotMinutes: number | null;
  publicBooking: boolean;
  publishedOn: LegalDate | null;
  late: boolean;
  sequence: number;
  version: number;
  updatedAt: Date;
  rooms: SessionRoom[];
  visits: number;
  persons: number;
  booked: number;
  places: number;
}

/** What anybody may know of a session. */
export type PublishedSession = Omit<SessionRow, 'visits' | 'persons'> & { change: { reason: string; changedOn: string } | null };

export interface SessionChange {
  id: string;
  type: ChangeType;
  reason: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  changedOn: LegalDate;
  changedBy: string | null;
}

export interface TaskRow {
  id: string;
  sessionId: string;
  sessionOn: LegalDate;
  hostUnitId: string;
  unitId: string;
  description: string;
  assignedOn: LegalDate;
  dueOn: LegalDate;
  backlogOn: LegalDate;
  doneOn: LegalDate | null;
  result: string | null;
  version: number;
}

/** When a session is, and where. */
export interface Timing {
  onDate: LegalDate;
  startsAt: string;
  endsAt: string;
}

/** How a moment on a day in Viet Nam is written, RFC 3339. */
export function momentOf(on: LegalDate, time: string): string {
  return `${on}T${time}:00+07:00`;
}
