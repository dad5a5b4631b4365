import { ApiProperty } from '@nestjs/swagger';
import type { Board } from './board.service.js';
import { type TicketRow, type TicketState, ticketStates } from './ticket.js';

export class TicketResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  officeId: string;

  @ApiProperty({ format: 'date' })
  onDate: string;

  /** What is called: 1, 2, 3 … of the office and the day. */
  @ApiProperty({ example: 12 })
  number: number;

  @ApiProperty({ format: 'uuid' })
  sessionId: string | null;

  @ApiProperty({ format: 'uuid' })
  appointmentId: string | null;

  @ApiProperty({ example: null })
  appointmentNumber: string | null;

  /** Hour of the appointment. */
  @ApiProperty({ example: null })
  dueAt: string | null;

  priority: boolean;

  @ApiProperty({ example: 1 })
  persons: number;

  @ApiProperty({ enum: ticketStates })
  state: TicketState;

  @ApiProperty({ format: 'uuid' })
  roomId: string | null;

  @ApiProperty({ example: 'Phòng 1' })
  roomName: string | null;

  @ApiProperty({ format: 'date-time' })
  issuedAt: string;

  @ApiProperty({ format: 'date-time' })
  calledAt: string | null;

  /** How often it was called. */
  @ApiProperty({ example: 1 })
  calls: number;

  @ApiProperty({ format: 'date-time' })
  servedAt: string | null;

  @ApiProperty({ format: 'date-time' })
  endedAt: string | null;
}

export class TicketListResponse {
  items: TicketResponse[];
}

export class CalledTicketResponse {
  @ApiProperty({ example: 12 })
  number: number;

  @ApiProperty({ example: 'Phòng 1' })
  room: string;

  @ApiProperty({ format: 'date-time' })
  calledAt: string;

  @ApiProperty({ example: 1 })
  calls: number;
}

export class ServedTicketResponse {
  @ApiProperty({ example: 11 })
  number: number;

  @ApiProperty({ example: 'Phòng 2' })
  room: string | null;

  @ApiProperty({ format: 'date-time' })
  since: string;
}

/** What hangs in the waiting room: numbers and rooms, nobody's name. */
export class BoardResponse {
  @ApiProperty({ format: 'uuid' })
  officeId: string;

  @ApiProperty({ example: 'Trụ sở tiếp công dân Thành phố Hà Nội' })
  officeName: string;

  @ApiProperty({ format: 'date' })
  onDate: string;

  @ApiProperty({ example: 42 })
  version: number;

  /** The last call first. */
  called: CalledTicketResponse[];

  serving: ServedTicketResponse[];

  @ApiProperty({ example: [13, 14, 15] })
  next: number[];

  @ApiProperty({ example: 3 })
  waiting: number;

  @ApiProperty({ example: [9] })
  skipped: number[];

  /** For whoever takes a ticket now, by the pace of the day. */
  @ApiProperty({ example: 25 })
  estimatedWaitMinutes: number | null;
}

export function toTicket({ issuedAt, calledAt, servedAt, endedAt, ...row }: TicketRow): TicketResponse {
  const {
    id,
    officeId,
    onDate,
    number,
    sessionId,
    appointmentId,
    appointmentNumber,
    dueAt,
    priority,
    persons,
    state,
    roomId,
    roomName,
    calls,
  } = row;
  const what = { id, officeId, onDate, number, sessionId, appointmentId, appointmentNumber, dueAt, priority, persons, state };
  const asMoment = (moment: Date | null) => moment?.toISOString() ?? null;
  return {
    ...what,
    roomId,
    roomName,
    issuedAt: issuedAt.toISOString(),
    calledAt: asMoment(calledAt),
    calls,
    servedAt: asMoment(servedAt),
    endedAt: asMoment(endedAt),
  };
}

export function toBoard({ called, serving, ...board }: Board): BoardResponse {
  return {
    ...board,
    called: called.map((ticket) => ({ ...ticket, calledAt: ticket.calledAt.toISOString() })),
    serving: serving.map((ticket) => ({ ...ticket, since: ticket.since.toISOString() })),
  };
}
