import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { redact } from '../../petitions/identity/redaction.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { type Asked, digestOf, SecretCodes } from '../../petitions/public-status/secret-codes.service.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { placeOf } from '../../platform/sealing/places.js';
import { contactOf } from '../../platform/sealing/sealed-columns.js';
import { asNumber, nextNumber } from '../../platform/database/running-numbers.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { momentOf, type SessionState } from '../sessions/session.js';
import { noSuchSession } from '../sessions/sessions.service.js';
import type { Slot } from '../sessions/slots.js';
import {
  type Appointment,
  type AppointmentOrder,
  type AppointmentRow,
  type AppointmentState,
  type Booker,
  appointmentStateNames,
  appointmentStepNames,
} from './appointment.js';
import { type Hold, inTurn, letHoldsGo } from '../sessions/holds.js';
import {
  appointmentByNumber,
  appointmentsOf,
  bookable,
  lockAppointment,
  slotsOf,
  storeAppointment,
  takePlace,
} from './appointments.queries.js';

interface Bookable {
  id: string;
  unitId: string;
  onDate: LegalDate;
  state: SessionState;
  publicBooking: boolean;
  publishedOn: LegalDate | null;
  symbol: string;
}

/** With the code that its holder asks by; it is told once. */
export interface BookedAppointment extends Appointment {
  code: string;
}

/** Those who register ahead: by themselves or at the counter, into slots that hold so many. */
@Injectable()
export class AppointmentsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: UnitResponsibility,
    private readonly keys: Keys,
    private readonly codes: SecretCodes,
  ) {}

  /** The slots that anybody may book. @throws Problem `not-found` where nobody may */
  async publicSlots(sessionId: string): Promise<Slot[]> {
    await this.openToAll(sessionId);
    return this.slots(sessionId);
  }

  /** A session that anybody may book. @throws Problem `not-found` where nobody may */
  async openToAll(sessionId: string): Promise<Pick<Bookable, 'unitId' | 'onDate'>> {
    const session = await this.bookable(sessionId);
    if (!isOpenToAll(session)) throw noSuchSession();
    return session;
  }

  slots(sessionId: string): Promise<Slot[]> {
    return this.transactions.rows<Slot & Record<string, unknown>>(slotsOf, [sessionId]);
  }

  /**
   * Takes a place in a slot.
   * @param by null for whoever registers without signing in
   * @param hold how long the place waits for a confirmation, by the id of the appointment; none where the counter books
   * @throws Problem `conflict` when the slot is full, or the counter books and the same contact has a place in the session – whoever only names a
   *   contact is not told –; naming a slot that there is not
   */
  book(
    sessionId: string,
    order: AppointmentOrder,
    by: Official | null,
    hold: (id: string) => Hold | null = () => null,
  ): Promise<BookedAppointment> {
    return this.transactions.run(async (tx) => {
      await inTurn(tx, [sessionId]);
      await letHoldsGo(tx, sessionId);
      const session = await this.bookable(sessionId);
      if (by) this.access.mustActFor(by, session.unitId);
      else if (!isOpenToAll(session)) throw noSuchSession();
      mustLieAhead(session, order.slotAt);
      await this.take(sessionId, order.slotAt);
      return this.store(session, order, by, hold);
    });
  }

  /** In the order of their slots. */
  async list(sessionId: string, by: Official): Promise<Appointment[]> {
    const session = await this.bookable(sessionId);
    this.access.mustActFor(by, session.unitId);
    return (await this.transactions.rows<AppointmentRow & Record<string, unknown>>(appointmentsOf, [sessionId])).map((row) =>
      this.shown(row),
    );
  }

  async get(id: string, by: Official): Promise<Appointment> {
    const row = await this.lock(id);
    this.access.mustActFor(by, row.unitId);
    return this.shown(row);
  }

  /** For whoever holds number and code. */
  async find(asked: Asked): Promise<Appointment> {
    return this.shown(await this.byCode(asked));
  }

  /**
   * Whoever holds a place proved that it is meant.
   * @throws Problem `action-not-allowed` where the hold is over; `conflict` where the contact has another place in the session
   */
  confirmHeld(id: string): Promise<Appointment> {
    return this.transactions.run(async (tx) => {
      mustBe(await this.lock(id), ['booked'], 'confirmed');
      await this.set(tx, id, 'confirmed', null);
      return this.shown(await this.lock(id));
    });
  }

  /** The one who comes says that he does; whoever registered by himself is called first. */
  confirm(id: string, expected: number | null, by: Official): Promise<Appointment> {
    return this.change(id, ['booked'], 'confirmed', null, expected, by);
  }

  cancel(id: string, reason: string, expected: number | null, by: Official): Promise<Appointment> {
    return this.change(id, ['booked', 'confirmed'], 'cancelled', reason, expected, by, (tx, row) => this.giveBack(tx, row));
  }

  /** By whoever holds number and code. */
  cancelByCode(asked: Asked): Promise<Appointment> {
    return this.transactions.run(async (tx) => {
      const row = await this.lock((await this.byCode(asked)).id);
      mustBe(row, ['booked', 'confirmed'], 'cancel');
      await this.giveBack(tx, row);
      await this.set(tx, row.id, 'cancelled', 'Người đăng ký tự huỷ');
      return this.shown(await this.lock(row.id));
    });
  }

  noShow(id: string, expected: number | null, by: Official): Promise<Appointment> {
    return this.change(id, ['booked', 'confirmed'], 'no_show', null, expected, by);
  }

  /** Whoever comes to an appointment, for the queue. @throws Problem `action-not-allowed`, also for another day */
  async arrive(tx: EntityManager, id: string, by: Official): Promise<AppointmentRow> {
    const row = await this.lock(id);
    this.access.mustActFor(by, row.unitId);
    mustBe(row, ['booked', 'confirmed'], 'arrive');
    if (row.onDate !== today())
      throw new Problem('action-not-allowed', {
        vi: `Lịch hẹn vào ngày ${asWritten(row.onDate)}.`,
        en: `The appointment is on ${row.onDate}.`,
      });
    await this.set(tx, id, 'arrived', null);
    return row;
  }

  /**
   * Moves an appointment to another slot, of this or another session of the unit.
   * @throws Problem `conflict` when that slot is full
   */
  reschedule(
    id: string,
    { sessionId, slotAt, reason }: { sessionId?: string | null; slotAt: string; reason: string },
    expected: number | null,
    by: Official,
  ): Promise<Appointment> {
    return this.transactions.run(async (tx) => {
      const row = await this.lock(id);
      this.access.mustActFor(by, row.unitId);
      mustMatch(row.version, expected);
      mustBe(row, ['booked', 'confirmed'], 'reschedule');
      await inTurn(tx, [row.sessionId, sessionId ?? row.sessionId]);
      await letHoldsGo(tx, sessionId ?? row.sessionId);
      const target = await this.bookable(sessionId ?? row.sessionId);
      this.access.mustActFor(by, target.unitId);
      mustLieAhead(target, slotAt);
      // Two who change places take the slots in one order, so that neither waits for the other.
      const steps = [
        { at: `${row.sessionId} ${row.slotAt}`, run: () => this.giveBack(tx, row) },
        { at: `${target.id} ${slotAt}`, run: () => this.take(target.id, slotAt) },
      ].sort((one, other) => (one.at < other.at ? -1 : 1));
      for (const { run } of steps) await run();
      await tx
        .query(
          `update reception_appointment set session_id = $2, slot_at = $3, state = 'booked', state_reason = $4, rescheduled = true,
             held_until = null, held_from = null, confirmation_hash = null, version = version + 1 where id = $1`,
          [id, target.id, slotAt, reason],
        )
        .catch(alreadyBooked);
      return this.shown(await this.lock(id));
    });
  }

  private change(
    id: string,
    from: AppointmentState[],
    to: 'confirmed' | 'cancelled' | 'no_show',
    reason: string | null,
    expected: number | null,
    by: Official,
    work: (tx: EntityManager, row: AppointmentRow) => Promise<void> = () => Promise.resolve(),
  ): Promise<Appointment> {
    return this.transactions.run(async (tx) => {
      const row = await this.lock(id);
      this.access.mustActFor(by, row.unitId);
      mustMatch(row.version, expected);
      mustBe(row, from, to);
      await work(tx, row);
      await this.set(tx, id, to, reason);
      return this.shown(await this.lock(id));
    });
  }

  private async set(tx: EntityManager, id: string, state: AppointmentState, reason: string | null): Promise<void> {
    await tx
      .query(
        `update reception_appointment set state = $2, state_reason = $3, held_until = null, held_from = null, confirmation_hash = null, version = version + 1 where id = $1`,
        [id, state, reason],
      )
      .catch(alreadyBooked);
  }

  private async bookable(sessionId: string): Promise<Bookable> {
    const [session] = await this.transactions.rows<Bookable & Record<string, unknown>>(bookable, [sessionId]);
    if (!session) throw noSuchSession();
    return session;
  }

  private async take(sessionId: string, slotAt: string): Promise<void> {
    const [taken] = await this.transactions.rows(takePlace, [sessionId, slotAt]);
    if (taken) return;
    const slots = await this.slots(sessionId);
    const free = slots.filter(({ places, booked }) => booked < places).map(({ startsAt }) => startsAt);
    if (!slots.some(({ startsAt }) => startsAt === slotAt))
      throw Problem.field('validation-failed', '/slotAt', 'unknown_slot', {
        vi: `Buổi tiếp không có lượt hẹn này. Còn chỗ: ${free.join(', ') || 'không'}.`,
        en: `The session has no such slot. Free: ${free.join(', ') || 'none'}.`,
      });
    const detail = { vi: 'Lượt hẹn này đã đủ người.', en: 'The slot is full.' };
    throw new Problem('conflict', detail, [{ pointer: '/slotAt', code: 'full', detail }], { freeSlots: free });
  }

  private async giveBack(tx: EntityManager, { sessionId, slotAt }: Pick<AppointmentRow, 'sessionId' | 'slotAt'>): Promise<void> {
    await tx.query('update reception_slot set booked = booked - 1 where session_id = $1 and starts_at = $2', [sessionId, slotAt]);
  }

  private async store(
    session: Bookable,
    { slotAt, kind, persons, matter, ...booker }: AppointmentOrder,
    by: Official | null,
    hold: (id: string) => Hold | null,
  ): Promise<BookedAppointment> {
    const id = randomUUIDv7();
    const held = hold(id);
    const { ring } = this.keys;
    const { name, phone, nationalId, address } = booker;
    const { sealed, keyVersion } = ring.seal({ name, phone, nationalId, address, matter }, placeOf.appointment(id));
    const year = session.onDate.slice(0, 4);
    const number = asNumber(session.symbol, 'H', year, await nextNumber(this.transactions, session.unitId, 'appointment', year));
    const code = randomBytes(6).toString('hex').toUpperCase();
    const [row] = await this.transactions
      .rows<AppointmentRow & Record<string, unknown>>(storeAppointment, [
        id,
        session.id,
        slotAt,
        number,
        digestOf(code),
        kind,
        persons,
        kind === 'denunciation' ? await redact(matter, [booker]) : matter,
        sealed,
        keyVersion,
        ring.index(contactOf(booker)),
        by ? 'clerk' : 'public',
        by?.accountId ?? null,
        held?.until ?? null,
        held?.by ?? null,
        held?.codeDigest ?? null,
        held?.from ?? null,
      ])
      .catch(alreadyBooked);
    return { ...this.shown(row!), code };
  }

  private async lock(id: string): Promise<AppointmentRow> {
    const [row] = await this.transactions.rows<AppointmentRow & Record<string, unknown>>(lockAppointment, [id]);
    if (!row) throw noSuchAppointment();
    return row;
  }

  private byCode(asked: Asked): Promise<AppointmentRow & { codeDigest: Buffer }> {
    return this.codes.find(
      asked,
      async (wanted) => {
        const [row] = await this.transactions.rows<AppointmentRow & { codeDigest: Buffer }>(appointmentByNumber, [wanted]);
        return row;
      },
      noSuchAppointment,
    );
  }

  private shown({ sealed, sealedKey, ...row }: AppointmentRow): Appointment {
    const open = !row.identitySecret && sealed !== null;
    const booker = open ? this.keys.ring.open<Booker>({ sealed, keyVersion: sealedKey! }, placeOf.appointment(row.id)) : null;
    return { ...row, booker };
  }
}

function isOpenToAll({ publicBooking, publishedOn, state }: Bookable): boolean {
  return publicBooking && publishedOn !== null && state !== 'cancelled';
}

function mustLieAhead({ onDate, state }: Bookable, slotAt: string): void {
  if ((state === 'planned' || state === 'open') && new Date(momentOf(onDate, slotAt)).getTime() > Date.now()) return;
  throw new Problem('action-not-allowed', {
    vi: 'Buổi tiếp hoặc lượt hẹn này đã qua, hoặc đã huỷ.',
    en: 'The session or the slot is over or cancelled.',
  });
}

function mustBe({ state }: Pick<AppointmentRow, 'state'>, allowed: AppointmentState[], step: keyof typeof appointmentStepNames): void {
  if (allowed.includes(state)) return;
  throw new Problem(
    'action-not-allowed',
    {
      vi: `Không thể ${appointmentStepNames[step]}: lịch hẹn ở trạng thái "${appointmentStateNames[state]}".`,
      en: `"${step}" is not possible: the appointment is in the state "${state}".`,
    },
    [],
    { state },
  );
}

function alreadyBooked(error: unknown): never {
  if ((error as { code?: string }).code !== '23505') throw error;
  const detail = {
    vi: 'Số điện thoại này đã đăng ký một lượt trong buổi tiếp.',
    en: 'This telephone number has a place in the session already.',
  };
  throw new Problem('conflict', detail, [{ pointer: '/phone', code: 'booked_already', detail }]);
}

function noSuchAppointment(): Problem {
  return Problem.notFound('lịch hẹn này', 'appointment');
}
