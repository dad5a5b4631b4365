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
  @ApiProperty({ type: [SlotResponse] })
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

  @ApiProperty({ type: OfficeReference })
  office: OfficeReference;

  @ApiProperty({ enum: appointmentStates })
  state: AppointmentState;

  @ApiProperty({ type: String, nullable: true })
  stateReason: string | null;

  /** What confirms it: the office, or a code that was sent by sms or email; null where the counter booked. */
  @ApiProperty({ enum: bookingConfirmations, nullable: true })
  confirmBy: BookingConfirmation | null;

  /** Until when the place waits for the confirmation; null once it is confirmed. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  heldUntil: string | null;

  /** Moved to another slot since it was booked. */
  @ApiProperty()
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

  @ApiProperty({ type: String, nullable: true, example: '•••••••••345' })
  nationalId: string | null;

  @ApiProperty({ type: String, nullable: true })
  address: string | null;
}

export class AppointmentResponse extends PublicAppointmentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: petitionKinds, nullable: true })
  kind: PetitionKind | null;

  @ApiProperty({ example: 1 })
  persons: number;

  @ApiProperty()
  matter: string;

  /** Null where whoever comes denounces, or was forgotten after the time. */
  @ApiProperty({ type: BookerResponse, nullable: true })
  booker: BookerResponse | null;

  @ApiProperty()
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
  @ApiProperty({ type: [AppointmentResponse] })
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
