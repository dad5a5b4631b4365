import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { mustMatch, orNull, Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { AppointmentsService } from '../appointments/appointments.service.js';
import { nextNumber } from '../../platform/database/running-numbers.js';
import { OfficesService } from '../offices/offices.service.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { hourOf } from '../sessions/moments.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { lockTicket, nextTicket, ticketsOf } from './queue.queries.js';
import { type TicketRow, type TicketState, ticketStateNames, ticketStepNames, type TicketStep } from './ticket.js';

/** The queue of an office on a day: tickets are numbered in turn, and two counters never call the same one. */
@Injectable()
export class QueueService {
  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficesService,
    private readonly sessions: SessionsService,
    private readonly appointments: AppointmentsService,
    private readonly access: UnitResponsibility,
  ) {}

  async list(
    officeId: string,
    { onDate = today(), state }: { onDate?: LegalDate; state?: TicketState },
    by: Official,
  ): Promise<TicketRow[]> {
    this.access.mustActFor(by, (await this.offices.find(officeId)).unitId);
    return this.transactions.rows<TicketRow & Record<string, unknown>>(ticketsOf, [officeId, onDate, state ?? null]);
  }

  /** A ticket for whoever comes without an appointment. */
  issue(
    officeId: string,
    { sessionId = null, priority = false, persons = 1 }: { sessionId?: string | null; priority?: boolean; persons?: number },
    by: Official,
  ): Promise<TicketRow> {
    return this.transactions.run(async (tx) => {
      this.access.mustActFor(by, (await this.offices.find(officeId)).unitId);
      if (sessionId) await this.mustBeToday(sessionId, officeId);
      return this.insert(tx, { officeId, sessionId, appointmentId: null, dueAt: null, priority, persons }, by);
    });
  }

  /** A ticket for whoever comes to an appointment: called when its time has come. */
  arrive(appointmentId: string, { priority = false }: { priority?: boolean }, by: Official): Promise<TicketRow> {
    return this.transactions.run(async (tx) => {
      const { officeId, sessionId, slotAt: dueAt, persons } = await this.appointments.arrive(tx, appointmentId, by);
      return this.insert(tx, { officeId, sessionId, appointmentId, dueAt, priority, persons }, by);
    });
  }

  /**
   * Calls the next one to a room.
   * @throws Problem `action-not-allowed` when nobody waits
   */
  callNext(
    officeId: string,
    { roomId, sessionId = null }: { roomId: string; sessionId?: string | null },
    by: Official,
  ): Promise<TicketRow> {
    return this.transactions.run(async (tx) => {
      this.access.mustActFor(by, (await this.offices.find(officeId)).unitId);
      await this.mustHaveRoom(officeId, roomId);
      const now = hourOf(new Date());
      const [next] = await this.transactions.rows<{ id: string }>(nextTicket, [officeId, today(), now, sessionId]);
      if (!next) throw new Problem('action-not-allowed', { vi: 'Không còn ai đang chờ.', en: 'Nobody is waiting.' });
      await this.call(tx, next.id, roomId);
      return this.lock(next.id);
    });
  }

  /** Calls once more, also whoever was passed over. */
  recall(id: string, { roomId }: { roomId?: string | null }, expected: number | null, by: Official): Promise<TicketRow> {
    return this.change(id, ['called', 'skipped'], 'recall', expected, by, async (tx, ticket) => {
      const room = roomId ?? ticket.roomId!;
      await this.mustHaveRoom(ticket.officeId, room);
      await this.call(tx, id, room);
    });
  }

  /** Passes over whoever does not answer; can be called again, or put back. */
  skip(id: string, expected: number | null, by: Official): Promise<TicketRow> {
    return this.change(id, ['called'], 'skip', expected, by, (tx) => set(tx, id, 'skipped'));
  }

  /** Back into the queue, at the place of its number. */
  putBack(id: string, expected: number | null, by: Official): Promise<TicketRow> {
    return this.change(id, ['called', 'skipped'], 'put back', expected, by, (tx) => set(tx, id, 'waiting'));
  }

  /** Did not come when called. */
  noShow(id: string, expected: number | null, by: Official): Promise<TicketRow> {
    return this.change(id, ['called', 'skipped'], 'no-show', expected, by, (tx) => end(tx, id, 'no_show'));
  }

  /** Went away before being called. */
  cancel(id: string, expected: number | null, by: Official): Promise<TicketRow> {
    return this.change(id, ['waiting', 'skipped'], 'cancel', expected, by, (tx) => end(tx, id, 'cancelled'));
  }

  /** Was helped without an entry in the ledger: a question, a form. */
  complete(id: string, expected: number | null, by: Official): Promise<TicketRow> {
    return this.change(id, ['called'], 'complete', expected, by, (tx) => end(tx, id, 'done'));
  }

  /** A visit at an office begins with a ticket. @throws Problem naming `/ticketId` */
  async serve(tx: EntityManager, id: string, officeId: string, at: Date, by: Official): Promise<TicketRow> {
    const found = await this.find(id);
    const ticket = found?.officeId === officeId ? found : undefined;
    if (!ticket || (ticket.state !== 'called' && ticket.state !== 'waiting'))
      throw Problem.field('validation-failed', '/ticketId', ticket ? 'ticket_state' : 'unknown_ticket', {
        vi: ticket ? `Số thứ tự đang ở trạng thái "${ticketStateNames[ticket.state]}".` : 'Không có số thứ tự này.',
        en: ticket ? `The ticket is in the state "${ticket.state}".` : 'There is no such ticket.',
      });
    this.access.mustActFor(by, ticket.unitId);
    await tx.query(
      `update reception_ticket set state = 'serving', called_at = coalesce(called_at, $2), served_at = $2, version = version + 1 where id = $1`,
      [id, at],
    );
    return ticket;
  }

  /** A visit that began with a ticket ends. */
  async finish(tx: EntityManager, id: string, at: Date): Promise<void> {
    await tx.query(`update reception_ticket set state = 'done', ended_at = $2, version = version + 1 where id = $1 and state = 'serving'`, [
      id,
      at,
    ]);
  }

  private async insert(
    tx: EntityManager,
    ticket: Pick<TicketRow, 'officeId' | 'sessionId' | 'appointmentId' | 'dueAt' | 'priority' | 'persons'>,
    by: Official,
  ): Promise<TicketRow> {
    const onDate = today();
    const [row] = await tx.query<{ id: string }[]>(
      `insert into reception_ticket (office_id, on_date, number, session_id, appointment_id, due_at, priority, persons, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
      [
        ticket.officeId,
        onDate,
        await nextNumber(this.transactions, ticket.officeId, 'ticket', onDate),
        ticket.sessionId,
        ticket.appointmentId,
        ticket.dueAt,
        ticket.priority,
        ticket.persons,
        by.accountId,
      ],
    );
    return this.lock(row!.id);
  }

  private async call(tx: EntityManager, id: string, roomId: string): Promise<void> {
    await tx.query(
      `update reception_ticket set state = 'called', room_id = $2, called_at = now(), calls = calls + 1, version = version + 1 where id = $1`,
      [id, roomId],
    );
  }

  private change(
    id: string,
    from: TicketState[],
    step: TicketStep,
    expected: number | null,
    by: Official,
    work: (tx: EntityManager, ticket: TicketRow) => Promise<void>,
  ): Promise<TicketRow> {
    return this.transactions.run(async (tx) => {
      const ticket = await this.lock(id);
      this.access.mustActFor(by, ticket.unitId);
      mustMatch(ticket.version, expected);
      if (!from.includes(ticket.state)) throw outOfOrder(step, ticket.state);
      await work(tx, ticket);
      return this.lock(id);
    });
  }

  private async lock(id: string): Promise<TicketRow> {
    const ticket = await this.find(id);
    if (!ticket) throw Problem.notFound('số thứ tự này', 'ticket');
    return ticket;
  }

  private async find(id: string): Promise<TicketRow | undefined> {
    const [row] = await this.transactions.rows<TicketRow & Record<string, unknown>>(lockTicket, [id]);
    return row;
  }

  private async mustHaveRoom(officeId: string, roomId: string): Promise<void> {
    const [room] = await this.offices.rooms([roomId]);
    if (room?.active && room.officeId === officeId) return;
    throw Problem.field('validation-failed', '/roomId', 'unknown_room', {
      vi: 'Không có phòng này ở đây, hoặc phòng đã ngừng sử dụng.',
      en: 'There is no such room in use at this office.',
    });
  }

  private async mustBeToday(sessionId: string, officeId: string): Promise<void> {
    const session = await this.sessions.lockAny(sessionId).catch(orNull);
    if (session?.onDate === today() && session.officeId === officeId && session.state !== 'cancelled') return;
    throw Problem.field('validation-failed', '/sessionId', 'other_session', {
      vi: 'Hôm nay không có buổi tiếp này ở đây.',
      en: 'There is no such session at this office today.',
    });
  }
}

async function set(tx: EntityManager, id: string, state: TicketState): Promise<void> {
  await tx.query('update reception_ticket set state = $2, version = version + 1 where id = $1', [id, state]);
}

async function end(tx: EntityManager, id: string, state: TicketState): Promise<void> {
  await tx.query('update reception_ticket set state = $2, ended_at = now(), version = version + 1 where id = $1', [id, state]);
}

function outOfOrder(step: TicketStep, state: TicketState): Problem {
  return new Problem(
    'action-not-allowed',
    {
      vi: `Không thể ${ticketStepNames[step]} khi số thứ tự ở trạng thái "${ticketStateNames[state]}".`,
      en: `"${step}" is not possible for a ticket in the state "${state}".`,
    },
    [],
    { state },
  );
}
