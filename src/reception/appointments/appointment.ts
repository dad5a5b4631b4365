import type { PetitionKind } from '../../rules/evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { BookingConfirmation } from '../../petitions/unit-settings/unit-settings.service.js';
import type { SessionState } from '../sessions/session.js';

export const appointmentStates = ['booked', 'confirmed', 'cancelled', 'arrived', 'no_show', 'lapsed'] as const;
export type AppointmentState = (typeof appointmentStates)[number];
/** States as Vietnamese sentences name them. */
export const appointmentStateNames: Record<AppointmentState, string> = {
  booked: 'đã đăng ký',
  confirmed: 'đã xác nhận',
  cancelled: 'đã huỷ',
  arrived: 'đã đến',
  no_show: 'không đến',
  lapsed: 'hết thời gian giữ chỗ',
};
/** What is done with an appointment, as Vietnamese sentences name it. */
export const appointmentStepNames = {
  confirmed: 'xác nhận lịch hẹn',
  cancelled: 'huỷ lịch hẹn',
  cancel: 'huỷ lịch hẹn',
  no_show: 'ghi nhận người hẹn không đến',
  arrive: 'ghi nhận người hẹn đã đến',
  reschedule: 'đổi lịch hẹn',
} as const;

/** Who comes, and what about as it was said. */
export interface Booker {
  name: string;
  phone: string;
  nationalId: string | null;
  address: string | null;
}

export interface AppointmentOrder extends Booker {
  slotAt: string;
  kind: PetitionKind | null;
  persons: number;
  matter: string;
}

export interface AppointmentRow {
  id: string;
  sessionId: string;
  unitId: string;
  officeId: string;
  officeName: string;
  address: string;
  onDate: LegalDate;
  sessionState: SessionState;
  slotAt: string;
  number: string;
  kind: PetitionKind | null;
  persons: number;
  matter: string;
  sealed: Buffer | null;
  sealedKey: number | null;
  /** Booked to denounce, or what came of it is a denunciation. */
  identitySecret: boolean;
  source: 'public' | 'clerk';
  state: AppointmentState;
  stateReason: string | null;
  rescheduled: boolean;
  /** Until when the place waits for a confirmation; null once it is confirmed, and where the counter booked. */
  heldUntil: Date | null;
  /** What confirms a booking that was made without signing in. */
  confirmBy: BookingConfirmation | null;
  version: number;
  createdAt: Date;
}

/** As it is shown at the counter: whoever denounces is not. */
export interface Appointment extends Omit<AppointmentRow, 'sealed' | 'sealedKey'> {
  booker: Booker | null;
}
