import type { LegalDate } from '../../platform/text/legal-date.js';

export const ticketStates = ['waiting', 'called', 'serving', 'skipped', 'no_show', 'done', 'cancelled'] as const;
export type TicketState = (typeof ticketStates)[number];
/** States as Vietnamese sentences name them. */
export const ticketStateNames: Record<TicketState, string> = {
  waiting: 'đang chờ',
  called: 'đã gọi',
  serving: 'đang được tiếp',
  skipped: 'đã qua lượt',
  no_show: 'không đến',
  done: 'đã xong',
  cancelled: 'đã huỷ',
};
/** What is done with a ticket, as Vietnamese sentences name it. */
export const ticketStepNames = {
  recall: 'gọi lại',
  skip: 'cho qua lượt',
  'put back': 'đưa về hàng chờ',
  cancel: 'huỷ số thứ tự',
  complete: 'kết thúc lượt',
  'no-show': 'ghi nhận người không đến',
} as const;
export type TicketStep = keyof typeof ticketStepNames;

export interface TicketRow {
  id: string;
  officeId: string;
  unitId: string;
  onDate: LegalDate;
  number: number;
  sessionId: string | null;
  appointmentId: string | null;
  appointmentNumber: string | null;
  dueAt: string | null;
  priority: boolean;
  persons: number;
  state: TicketState;
  roomId: string | null;
  roomName: string | null;
  issuedAt: Date;
  calledAt: Date | null;
  calls: number;
  servedAt: Date | null;
  endedAt: Date | null;
  version: number;
}
