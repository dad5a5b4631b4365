import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { dayOf, today } from '../../platform/text/today.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Transactions } from '../../platform/database/transactions.js';
import { MessageGateway } from '../../structure/messages/message-gateway.js';
import { Outbox } from '../../structure/messages/outbox.service.js';
import { type Bilingual, Problem } from '../../platform/problems/problem.js';
import type { Asked } from '../../petitions/public-status/secret-codes.service.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { contactOf } from '../../platform/sealing/sealed-columns.js';
import { type BookingConfirmation, UnitSettingsService } from '../../petitions/unit-settings/unit-settings.service.js';
import { hourOf } from '../sessions/moments.js';
import { momentOf } from '../sessions/session.js';
import type { Appointment, AppointmentOrder } from './appointment.js';
import { AppointmentsService, type BookedAppointment } from './appointments.service.js';
import type { Hold } from '../sessions/holds.js';
import { asWritten } from '../../platform/text/legal-date.js';

/** A booking as it is sent by whoever registers without signing in. */
export interface PublicOrder extends AppointmentOrder {
  /** Where the code goes, in units that send it by e-mail; it is not kept. */
  email: string | null;
}

/** Wrong codes of confirmation for one booking. */
const mostTries = 5;
/** So many messages a day go to a contact, for each that one network may ask for: nobody is flooded, and nobody's bookings are used up by one. */
const networksOfContact = 4;
/** When offices close: until then they call back whoever booked the day before. */
const officeCloses = '17:00';

/**
 * Bookings without signing in: a place is held, and is one's own once it is confirmed – by a code that is sent, or by the office. A bot is told no:
 * bookings are counted by address and contact and day, only a share of a session can be held unconfirmed, and of it a network holds few; what is
 * not confirmed lapses. Whoever names a contact learns nothing about it, and uses up no more than his own share of its bookings: where others used
 * up the messages of a contact, the office confirms.
 */
@Injectable()
export class PublicBookings {
  constructor(
    private readonly transactions: Transactions,
    private readonly appointments: AppointmentsService,
    private readonly settings: UnitSettingsService,
    private readonly calendars: CalendarService,
    private readonly gateway: MessageGateway,
    private readonly outbox: Outbox,
    private readonly keys: Keys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Holds a place.
   * @param address network address of whoever books
   * @throws Problem `too-many-requests` for an address or contact that booked often today; `conflict` where the slot is full or too many places wait
   *   for a confirmation
   */
  book(sessionId: string, { email, ...order }: PublicOrder, address: string): Promise<BookedAppointment> {
    return this.transactions.run(async (tx) => {
      const { unitId, onDate } = await this.appointments.openToAll(sessionId);
      const { bookingConfirmation, unconfirmedShare } = await this.settings.get(unitId);
      const wanted: BookingConfirmation =
        bookingConfirmation !== 'office' && this.gateway.sends(bookingConfirmation) ? bookingConfirmation : 'office';
      if (wanted === 'email' && !email) throw emailNeeded();
      const phone = contactOf(order);
      await this.mustCount(tx, `address ${address}`, this.config.bookingsPerAddress, '');
      await this.mustCount(tx, `phone ${phone} from ${address}`, this.config.bookingsPerContact, '/phone');
      const mailbox = wanted === 'email' ? email!.toLowerCase() : null;
      if (mailbox !== null) await this.mustCount(tx, `email ${mailbox} from ${address}`, this.config.bookingsPerContact, '/email');
      const by =
        wanted === 'office' || (await this.mayBeSent(tx, mailbox === null ? `phone ${phone}` : `email ${mailbox}`)) ? wanted : 'office';
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const until = this.heldUntil(by, new Date(momentOf(onDate, order.slotAt)));
      const from = this.keys.ring.index(`held from ${address}`);
      const booked = await this.appointments.book(sessionId, order, null, (id): Hold => {
        return { until, by, codeDigest: by === 'office' ? null : this.keys.ring.index(confirmationOf(id, code)), from };
      });
      await this.mustLeaveRoom(tx, sessionId, unconfirmedShare, from);
      if (by !== 'office') await this.outbox.enqueue(by, { to: by === 'sms' ? phone : email!, ...messageFor(booked, code, until) }, until);
      return booked;
    });
  }

  /**
   * Confirms a booking with the code that was sent.
   * @throws Problem `action-not-allowed` where nothing waits for it any more, also after five wrong ones
   */
  async confirm(asked: Asked, confirmationCode: string): Promise<Appointment> {
    const { id } = await this.appointments.find(asked);
    // Counted before it is compared, and whatever becomes of it.
    const expected = await this.transactions.beside(() => this.transactions.run((tx) => tryOnce(tx, id)));
    if (!expected) throw nothingToConfirm();
    const given = confirmationOf(id, confirmationCode.replace(/\D/g, ''));
    if (!this.keys.ring.indexes(given).some((index) => index.equals(expected))) throw wrongCode();
    return this.appointments.confirmHeld(id);
  }

  /** For a code some minutes; for the office until it closes on the next working day; never longer than until the slot. */
  private heldUntil(by: BookingConfirmation, slot: Date): Date {
    const until =
      by === 'office'
        ? new Date(momentOf(this.calendars.calendar.addWorkingDays(today(), 1), officeCloses))
        : new Date(Date.now() + this.config.bookingHoldMinutes * 60_000);
    return until < slot ? until : slot;
  }

  /** Whether one more message of today goes to a contact. */
  private mayBeSent(tx: EntityManager, contact: string): Promise<boolean> {
    return this.count(tx, contact, networksOfContact * this.config.bookingsPerContact);
  }

  /** @throws Problem `too-many-requests` */
  private async mustCount(tx: EntityManager, what: string, most: number, pointer: string): Promise<void> {
    if (!(await this.count(tx, what, most))) throw tooMany(most, pointer);
  }

  /** Counts one more of today; false where there were as many as there may be. */
  private async count(tx: EntityManager, what: string, most: number): Promise<boolean> {
    const [counted] = await tx.query<{ bookings: number }[]>(
      `insert into booking_count as count (counted, on_date, bookings) values ($1, $2, 1)
       on conflict (counted, on_date) do update set bookings = count.bookings + 1 where count.bookings < $3 returning bookings`,
      [this.keys.ring.index(`booking ${what}`), today(), most],
    );
    if (counted?.bookings === 1) await tx.query('delete from booking_count where on_date < $1', [today()]);
    return counted !== undefined;
  }

  /**
   * @throws Problem `conflict` where more places than the share of the unit would wait for a confirmation, or more of one network than its part
   */
  private async mustLeaveRoom(tx: EntityManager, sessionId: string, share: number, from: Buffer): Promise<void> {
    const [{ held, heldFromHere, places, next, nextFromHere }] = await tx.query<
      [{ held: number; heldFromHere: number; places: number; next: Date; nextFromHere: Date }]
    >(
      `select (select coalesce(sum(places), 0)::int from reception_slot where session_id = $1) as places,
         count(*)::int as held, min(held_until) as next,
         count(*) filter (where held_from = $2)::int as "heldFromHere", min(held_until) filter (where held_from = $2) as "nextFromHere"
       from reception_appointment where session_id = $1 and held_until > now()`,
      [sessionId, from],
    );
    if (heldFromHere > this.config.bookingsHeldPerAddress)
      throw mustWait(nextFromHere, {
        vi: `Kết nối mạng này đang giữ ${this.config.bookingsHeldPerAddress} lượt chưa xác nhận của buổi tiếp; hãy xác nhận các lượt đó trước`,
        en: `This network holds ${this.config.bookingsHeldPerAddress} unconfirmed places of the session; confirm them first`,
      });
    if (held > Math.max(1, Math.floor((places * share) / 100)))
      throw mustWait(next, {
        vi: 'Nhiều lượt đang chờ xác nhận; hãy đăng ký lại sau',
        en: 'Many places wait for a confirmation; book again later',
      });
  }
}

/** @param next when a place that is held may become free */
function mustWait(next: Date, why: Bilingual): Problem {
  const at = `${hourOf(next)} ngày ${asWritten(dayOf(next.getTime()))}`;
  const detail = {
    vi: `${why.vi} (sớm nhất lúc ${at}), hoặc gọi điện, đến nơi tiếp công dân.`,
    en: `${why.en}, or call or visit the reception office.`,
  };
  return new Problem('conflict', detail, [{ pointer: '/slotAt', code: 'held', detail }], { retryAt: next.toISOString() });
}

/** One try of a booking that waits for a code; undefined where none waits. */
async function tryOnce(tx: EntityManager, id: string): Promise<Buffer | undefined> {
  const [[row]] = await tx.query<[{ expected: Buffer }[], number]>(
    `update reception_appointment set confirmation_tries = confirmation_tries + 1
     where id = $1 and held_until > now() and confirmation_hash is not null and confirmation_tries < $2 returning confirmation_hash as expected`,
    [id, mostTries],
  );
  return row?.expected;
}

function confirmationOf(id: string, code: string): string {
  return `confirmation ${id} ${code}`;
}

function messageFor({ number }: BookedAppointment, code: string, until: Date): { subject: string; text: string } {
  return {
    subject: 'Mã xác nhận đăng ký tiếp công dân',
    text: `Mã xác nhận đăng ký tiếp công dân ${number}: ${code}. Chỗ được giữ đến ${hourOf(until)}. Nếu không phải quý vị đăng ký, xin bỏ qua tin này.`,
  };
}

function emailNeeded(): Problem {
  return Problem.field('validation-failed', '/email', 'required', {
    vi: 'Đơn vị này gửi mã xác nhận qua thư điện tử; hãy cho địa chỉ thư.',
    en: 'This unit sends the code of confirmation by e-mail; give an address.',
  });
}

function tooMany(most: number, pointer: string): Problem {
  const tomorrow = new Date(`${dayOf(Date.now() + 86_400_000)}T00:00:00+07:00`);
  const detail = {
    vi: `Hôm nay đã có ${most} lượt đăng ký ${pointer ? 'với thông tin liên hệ này' : 'từ kết nối mạng này'}; hãy đăng ký vào ngày khác, gọi điện hoặc đến nơi tiếp công dân.`,
    en: `${most} booking(s) were made today ${pointer ? 'with this contact' : 'from this network address'}; book on another day, call or visit the reception office.`,
  };
  return new Problem('too-many-requests', detail, pointer ? [{ pointer, code: 'too_many', detail }] : [], {
    retryAfter: Math.ceil((tomorrow.getTime() - Date.now()) / 1000),
  });
}

function nothingToConfirm(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Không còn gì để xác nhận: lịch hẹn đã được xác nhận, đã hết thời gian giữ chỗ, hoặc đã nhập sai mã quá nhiều lần.',
    en: 'Nothing to confirm: the appointment is confirmed, its hold is over, or the code was wrong too often.',
  });
}

function wrongCode(): Problem {
  return Problem.field('validation-failed', '/confirmationCode', 'wrong', {
    vi: 'Mã xác nhận không đúng.',
    en: 'The code of confirmation is wrong.',
  });
}
