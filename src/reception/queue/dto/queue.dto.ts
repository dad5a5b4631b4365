import { Id, LegalDay, OneOf, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { type TicketState, ticketStates } from '../ticket.js';

export class TicketDto {
  /** Old, disabled, with a small child, …: called before the others. */
  @YesNo({ optional: true, example: false })
  priority: boolean = false;
}

export class NewTicketDto extends TicketDto {
  /** A session of today that it is for. */
  @Id({ optional: true })
  sessionId?: string | null;

  @WholeNumber({ min: 1, max: 10_000, optional: true, example: 1 })
  persons: number = 1;
}

export class CallDto {
  @Id()
  roomId: string;

  /** Only those who wait for this session. */
  @Id({ optional: true })
  sessionId?: string | null;
}

export class RecallDto {
  /** The room of the last call when left out. */
  @Id({ optional: true })
  roomId?: string | null;
}

export class TicketsQuery {
  /** Today when left out. */
  @LegalDay({ optional: true, example: null })
  onDate?: string;

  @OneOf(ticketStates, { optional: true })
  state?: TicketState;
}
