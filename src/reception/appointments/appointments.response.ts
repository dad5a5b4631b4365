import { ApiProperty } from '@nestjs/swagger';
import { maskNumber } from '../../petitions/identity/mask.js';
import { type PetitionKind, petitionKinds } from '../../rules/evaluation/filing.js';
import { type BookingConfirmation, bookingConfirmations } from '../../petitions/unit-settings/unit-settings.service.js';
import { OfficeReference } from '../offices/offices.response.js';
import { momentOf } from '../sessions/session.js';
import type { Slot } from '../sessions/slots.js';
import { type Appointment, type AppointmentState, appointmentStates } from './appointment.js';

export class SlotResponse {
  @ApiProperty({ example: '09:00' })
  startsAt: string;

  @ApiProperty({ example: 2 })
  places: number;

  @ApiProperty({ example: 1 })
  booked: number;

  @ApiProperty({ example: 1 })
  free: number;
}

export class SlotsResponse {
  items: SlotResponse[];
}

/** What whoever holds number and code is told: when, where, how it stands. */
export class PublicAppointmentResponse {
  @ApiProperty({ example: 'HNI-P004-H-2026-000123' })
  number: string;

  @ApiProperty({ format: 'uuid' })
  sessionId: string;

  @ApiProperty({ format: 'date-time', example: '2026-12-15T09:00:00+07:00' })
  startsAt: string;

  office: OfficeReference;

  @ApiProperty({ enum: appointmentStates })
  state: AppointmentState;

  stateReason: string | null;

  /** What confirms it: the office, or a code that was sent by sms or email; null where the counter booked. */
  @ApiProperty({ enum: bookingConfirmations })
  confirmBy: BookingConfirmation | null;

  /** Until when the place waits for the confirmation; null once it is confirmed. */
  @ApiProperty({ format: 'date-time' })
  heldUntil: string | null;

  /** Moved to another slot since it was booked. */
  rescheduled: boolean;
}

export class BookedAppointmentResponse extends PublicAppointmentResponse {
  /** Told once: with it and the number the appointment is looked up and cancelled. */
  @ApiProperty({ example: 'A1B2-C3D4-E5F6' })
  code: string;
}

export class BookerResponse {
  @ApiProperty({ example: 'Nguyễn Văn Hoà' })
  name: string;

  /** To call back. */
  @ApiProperty({ example: '0912 345 678' })
  phone: string;

  @ApiProperty({ example: '•••••••••345' })
  nationalId: string | null;

  address: string | null;
}

export class AppointmentResponse extends PublicAppointmentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind | null;

  @ApiProperty({ example: 1 })
  persons: number;

  matter: string;

  /** Null where whoever comes denounces, or was forgotten after the time. */
  booker: BookerResponse | null;

  identitySecret: boolean;

  @ApiProperty({ enum: ['public', 'clerk'] })
  source: 'public' | 'clerk';

  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export class NewAppointmentResponse extends AppointmentResponse {
  /** Told once, for the slip. */
  @ApiProperty({ example: 'A1B2-C3D4-E5F6' })
  code: string;
}

export class AppointmentListResponse {
  items: AppointmentResponse[];
}

export function toSlots(slots: Slot[]): SlotsResponse {
  return { items: slots.map(({ startsAt, places, booked }) => ({ startsAt, places, booked, free: places - booked })) };
}

export function toPublicAppointment(row: Appointment): PublicAppointmentResponse {
  const { number, sessionId, onDate, slotAt, state, stateReason, rescheduled, confirmBy } = row;
  const heldUntil = row.heldUntil?.toISOString() ?? null;
  const office = { id: row.officeId, name: row.officeName, address: row.address };
  return { number, sessionId, startsAt: momentOf(onDate, slotAt), office, state, stateReason, confirmBy, heldUntil, rescheduled };
}

export function toAppointment(row: Appointment): AppointmentResponse {
  const { id, kind, persons, matter, booker, identitySecret, source, createdAt } = row;
  return {
    ...toPublicAppointment(row),
    id,
    kind,
    persons,
    matter,
    booker: booker && { name: booker.name, phone: booker.phone, nationalId: maskNumber(booker.nationalId), address: booker.address },
    identitySecret,
    source,
    createdAt: createdAt.toISOString(),
  };
}
