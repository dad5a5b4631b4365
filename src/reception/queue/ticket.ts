import type { LegalDate } from '../../platform/text/legal-date.js';

export const ticketStates = ['waiting', 'called', 'serving', 'skipped', 'no_show', 'done', 'cancelled'] as const;
export type TicketState = (typeof ticketStates)[number];

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
