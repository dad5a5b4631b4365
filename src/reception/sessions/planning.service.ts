import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { AdHocGround } from '../../rules/reception/reception-rules.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { letHoldsGo } from './holds.js';
import { placeTaken, PlacesService, presiderOf } from './places.service.js';
import { type Publication, PublicationService } from './publication.service.js';
import { type ChangeType, type SessionRow, type SessionType, type Timing, type SessionStep } from './session.js';
import { mustBe, SessionsService } from './sessions.service.js';
import { mustFit, storeSlots } from './slots.js';
import { own } from '../../platform/text/own.js';

export interface SessionOrder extends Timing {
  /** Whose session it is; the own unit when left out. */
  unitId?: string | null;
  officeId: string;
  roomIds: string[];
  type: SessionType;
  online: boolean;
  title: string | null;
  headName: string | null;
  headTitle: string | null;
  adHocGround: AdHocGround | null;
  adHocReason: string | null;
  slotMinutes: number | null;
  placesPerSlot: number | null;
  publicBooking: boolean;
  publishedOn: LegalDate | null;
  lateReason: string | null;
}

export interface SessionChangeOrder {
  startsAt?: string;
  endsAt?: string;
  roomIds?: string[];
  title?: string | null;
  headName?: string;
  headTitle?: string;
  slotMinutes?: number | null;
  placesPerSlot?: number | null;
  publicBooking?: boolean;
  reason: string;
}

export interface Postponement {
  onDate: LegalDate;
  startsAt?: string | null;
  endsAt?: string | null;
  roomIds?: string[] | null;
  reason: string;
}

export interface HandOver {
  unitId: string;
  officeId: string;
  roomIds: string[];
  reason: string;
}

/** Sessions as they are planned, and what changes before they are held. Whatever changes after the publication is told with its reason. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionsService,
    private readonly places: PlacesService,
    private readonly publication: PublicationService,
    private readonly access: UnitResponsibility,
    private readonly calendars: CalendarService,
    private readonly units: UnitDirectory,
  ) {}

  /**
   * Plans one session: regular, a day of the head, or at once for a ground in law; by video with rooms at several units.
   * @throws Problem naming what is wrong; `conflict` for a room or a head that is taken
   */
  plan(order: SessionOrder, by: Official): Promise<SessionRow> {
    mustBeConsistent(order);
    return this.transactions.run(async (tx) => {
      await this.units.upToDate(tx);
      await this.calendars.upToDate(tx);
      const unit = this.access.ownUnit(by, order.unitId);
      const office = await this.places.office(order.officeId, by);
      const presider = presiderOf(unit.id, order.type, null);
      await this.places.mustBePossible({ ...order, unit, office, presider });
      const published = await this.published(order, unit.id);
      const [row] = await tx
        .query<{ id: string }[]>(
          `insert into reception_session (unit_id, office_id, type, online, title, on_date, first_planned_on, starts_at, ends_at, head_name, head_title,
             ad_hoc_ground, ad_hoc_reason, presider, slot_minutes, public_booking, published_on, late, created_by)
           values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) returning id`,
          [
            unit.id,
            office.id,
            order.type,
            order.online,
            order.title,
            order.onDate,
            order.startsAt,
            order.endsAt,
            order.headName,
            order.headTitle,
            order.adHocGround,
            order.adHocReason,
            presider,
            order.slotMinutes,
            order.publicBooking,
            published.publishedOn,
            published.late,
            by.accountId,
          ],
        )
        .catch(placeTaken);
      await storeRooms(tx, row!.id, order.roomIds);
      await storeSlots(tx, row!.id, order);
      return this.sessions.get(row!.id, by);
    });
  }

  /**
   * Changes hour, rooms, head or slots of a planned session.
   * @throws Problem `conflict` for a room or head that is taken, or for slots that would lose booked places
   */
  change(id: string, order: SessionChangeOrder, expected: number | null, by: Official): Promise<SessionRow> {
    return this.alter(id, 'change', expected, by, async (tx, session) => {
      const roomIds = order.roomIds ?? session.rooms.map((room) => room.id);
      const timing = { onDate: session.onDate, startsAt: order.startsAt ?? session.startsAt, endsAt: order.endsAt ?? session.endsAt };
      await this.mustBePossible(session, timing, roomIds, by);
      const slotMinutes = order.slotMinutes === undefined ? session.slotMinutes : order.slotMinutes;
      const placesPerSlot = order.placesPerSlot === undefined ? await placesOf(tx, id) : order.placesPerSlot;
      const plan = { ...timing, slotMinutes, placesPerSlot: slotMinutes === null ? null : placesPerSlot };
      mustFit(plan);
      mustHaveSlots(order.publicBooking ?? session.publicBooking, slotMinutes);
      const after = {
        ...timing,
        title: order.title === undefined ? session.title : order.title,
        headName: order.headName ?? session.headName,
        headTitle: order.headTitle ?? session.headTitle,
        slotMinutes,
        placesPerSlot: plan.placesPerSlot,
        publicBooking: order.publicBooking ?? session.publicBooking,
        rooms: roomIds,
      };
      await tx
        .query(
          `update reception_session set starts_at = $2, ends_at = $3, title = $4, head_name = $5, head_title = $6, slot_minutes = $7,
             public_booking = $8, published_on = coalesce(published_on, case when $8 then $9::date end) where id = $1`,
          [id, timing.startsAt, timing.endsAt, after.title, after.headName, after.headTitle, slotMinutes, after.publicBooking, today()],
        )
        .catch(placeTaken);
      if (order.roomIds) await storeRooms(tx, id, roomIds);
      await storeSlots(tx, id, plan);
      return { type: 'changed', reason: order.reason, before: pick(session, Object.keys(after)), after };
    });
  }

  /**
   * Moves a session to another day. Appointments stay with it and are to be told.
   * @throws Problem `conflict` where the hour changes and somebody booked a slot
   */
  postpone(
    id: string,
    { onDate, startsAt, endsAt, roomIds, reason }: Postponement,
    expected: number | null,
    by: Official,
  ): Promise<SessionRow> {
    return this.alter(id, 'postpone', expected, by, async (tx, session) => {
      const timing = { onDate, startsAt: startsAt ?? session.startsAt, endsAt: endsAt ?? session.endsAt };
      if (onDate === session.onDate)
        throw Problem.field('validation-failed', '/onDate', 'same_day', {
          vi: 'Đây là ngày đã xếp; đổi giờ bằng PATCH.',
          en: 'This is the day it is planned for; change the hour with PATCH.',
        });
      const rooms = roomIds ?? session.rooms.map((room) => room.id);
      await this.mustBePossible(session, timing, rooms, by);
      await tx
        .query('update reception_session set on_date = $2, starts_at = $3, ends_at = $4 where id = $1', [
          id,
          onDate,
          timing.startsAt,
          timing.endsAt,
        ])
        .catch(placeTaken);
      if (roomIds) await storeRooms(tx, id, rooms);
      if (startsAt || endsAt)
        await storeSlots(tx, id, {
          ...timing,
          slotMinutes: session.slotMinutes,
          placesPerSlot: session.slotMinutes && (await placesOf(tx, id)),
        });
      const { startsAt: fromHour, endsAt: toHour } = session;
      return { type: 'postponed', reason, before: { onDate: session.onDate, startsAt: fromHour, endsAt: toHour }, after: { ...timing } };
    });
  }

  /** Somebody else will hold it: told with the reason, and counted apart. */
  delegate(
    id: string,
    { name, title, reason }: { name: string; title: string | null; reason: string },
    expected: number | null,
    by: Official,
  ): Promise<SessionRow> {
    return this.alter(id, 'delegate', expected, by, async (tx, session) => {
      if (session.type === 'regular')
        throw new Problem('action-not-allowed', {
          vi: 'Chỉ buổi tiếp của người đứng đầu mới uỷ quyền.',
          en: 'Only a session of the head is delegated.',
        });
      await this.preside(tx, session, name, title, reason);
      const before = { delegateName: session.delegateName, delegateTitle: session.delegateTitle };
      return { type: 'delegated', reason, before, after: { delegateName: name, delegateTitle: title } };
    });
  }

  /** The head holds it after all. */
  takeBack(id: string, reason: string, expected: number | null, by: Official): Promise<SessionRow> {
    return this.alter(id, 'take back', expected, by, async (tx, session) => {
      if (session.delegateName === null)
        throw new Problem('action-not-allowed', { vi: 'Buổi tiếp không uỷ quyền cho ai.', en: 'The session is delegated to nobody.' });
      await this.preside(tx, session, null, null, null);
      const before = { delegateName: session.delegateName, delegateTitle: session.delegateTitle };
      return { type: 'taken_back', reason, before, after: { delegateName: null, delegateTitle: null } };
    });
  }

  /** Cancels a session; its appointments end with it. */
  cancel(id: string, reason: string, expected: number | null, by: Official): Promise<SessionRow> {
    return this.alter(id, 'cancel', expected, by, (tx, session) => this.end(tx, session, reason));
  }

  /** What a schedule planned and is not to be held any more: every session from a day on. Answers how many. */
  async cancelFrom(tx: EntityManager, scheduleId: string, from: LegalDate, reason: string, by: Official): Promise<number> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from reception_session where schedule_id = $1 and state = 'planned' and on_date >= $2 order by on_date`,
      [scheduleId, from],
    );
    for (const { id } of rows) await this.alter(id, 'cancel', null, by, (_tx, session) => this.end(tx, session, reason));
    return rows.length;
  }

  /**
   * Hands a session on to the unit that receives now: after a reorganisation in which its unit went in parts. By whoever
   * leads above both.
   */
  handOver(id: string, { unitId, officeId, roomIds, reason }: HandOver, expected: number | null, by: Official): Promise<SessionRow> {
    return this.transactions.run(async (tx) => {
      await this.units.upToDate(tx);
      const session = await this.sessions.lockAny(id);
      const unit = this.access.anyUnit(unitId, '/unitId');
      this.access.mustActForBoth(by, session.unitId, unit.id);
      mustMatch(session.version, expected);
      mustBe(session, ['planned'], 'hand over');
      const office = await this.places.anyOffice(officeId);
      const presider = presiderOf(unit.id, session.type, session.delegateName);
      await this.places.mustBePossible({ ...session, unit, office, roomIds, presider, sessionId: id }, '/unitId');
      await tx
        .query('update reception_session set unit_id = $2, office_id = $3, presider = $4 where id = $1', [id, unit.id, office.id, presider])
        .catch(placeTaken);
      await storeRooms(tx, id, roomIds);
      await this.note(
        tx,
        id,
        {
          type: 'handed_over',
          reason,
          before: { unitId: session.unitId, officeId: session.officeId },
          after: { unitId: unit.id, officeId: office.id },
        },
        by,
      );
      return this.sessions.lockAny(id);
    });
  }

  /** A day of the head is told ahead; another session is told where everybody may register for it. */
  private async published(
    { type, publishedOn, onDate, lateReason, publicBooking }: SessionOrder,
    unitId: string,
  ): Promise<Publication | NotPublished> {
    if (type === 'periodic') return this.publication.publicationOf(unitId, publishedOn ?? today(), onDate, lateReason);
    return { publishedOn: publicBooking ? today() : null, late: false };
  }

  private async preside(
    tx: EntityManager,
    session: SessionRow,
    name: string | null,
    title: string | null,
    reason: string | null,
  ): Promise<void> {
    const presider = presiderOf(session.unitId, session.type, name);
    const [clash] = await this.places.clashes({ ...session, roomIds: [], presider, sessionId: session.id });
    if (clash)
      throw new Problem(
        'conflict',
        {
          vi: `${name ?? session.headName ?? 'Người đứng đầu'} đã có buổi tiếp khác vào giờ này.`,
          en: `${name ?? session.headName ?? 'The head'} has another session at that hour.`,
        },
        [],
        { sessionId: clash.sessionId },
      );
    await tx
      .query('update reception_session set delegate_name = $2, delegate_title = $3, delegation_reason = $4, presider = $5 where id = $1', [
        session.id,
        name,
        title,
        reason,
        presider,
      ])
      .catch(placeTaken);
  }

  private async end(tx: EntityManager, session: SessionRow, reason: string): Promise<Omit<Change, 'id'>> {
    await tx.query(`update reception_session set state = 'cancelled', cancel_reason = $2 where id = $1`, [session.id, reason]);
    await letHoldsGo(tx, session.id);
    await tx.query(
      `update reception_appointment set state = 'cancelled', state_reason = $2, held_until = null, confirmation_hash = null, version = version + 1
       where session_id = $1 and state in ('booked', 'confirmed')`,
      [session.id, reason],
    );
    await tx.query('update reception_slot set booked = 0 where session_id = $1', [session.id]);
    return { type: 'cancelled', reason, before: { state: session.state, onDate: session.onDate }, after: { state: 'cancelled' } };
  }

  /** One change of a planned session, under its lock, told to whoever follows the calendar. */
  private alter(
    id: string,
    step: SessionStep,
    expected: number | null,
    by: Official,
    work: (tx: EntityManager, session: SessionRow) => Promise<Change>,
  ): Promise<SessionRow> {
    return this.transactions.run(async (tx) => {
      await this.units.upToDate(tx);
      await this.calendars.upToDate(tx);
      const session = await this.sessions.lock(id, expected, by);
      mustBe(session, ['planned'], step);
      await this.note(tx, id, await work(tx, session), by);
      return this.sessions.lockAny(id);
    });
  }

  private async note(tx: EntityManager, id: string, { type, reason, before, after }: Change, by: Official): Promise<void> {
    await tx.query('update reception_session set sequence = sequence + 1, version = version + 1, updated_at = now() where id = $1', [id]);
    await tx.query(
      'insert into reception_session_change (session_id, type, reason, before, after, changed_on, changed_by) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, type, reason, before, after, today(), by.accountId],
    );
  }

  private async mustBePossible(session: SessionRow, timing: Timing, roomIds: string[], by: Official): Promise<void> {
    await this.places.mustBePossible({
      ...session,
      ...timing,
      unit: this.units.structure.get(session.unitId),
      office: await this.places.office(session.officeId, by),
      roomIds,
      presider: presiderOf(session.unitId, session.type, session.delegateName),
      sessionId: session.id,
    });
  }
}

interface NotPublished {
  publishedOn: LegalDate | null;
  late: false;
}

/** What a change was, for the calendar and its subscribers. */
interface Change {
  type: ChangeType;
  reason: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

async function storeRooms(tx: EntityManager, sessionId: string, roomIds: readonly string[]): Promise<void> {
  await tx.query('delete from reception_session_room where session_id = $1 and room_id <> all ($2)', [sessionId, roomIds]);
  await tx
    .query(
      `insert into reception_session_room (session_id, room_id, during, active)
       select s.id, room, s.during, s.state in ('planned', 'open') from reception_session s, unnest($2::uuid[]) as room where s.id = $1
       on conflict (session_id, room_id) do nothing`,
      [sessionId, roomIds],
    )
    .catch(placeTaken);
}

async function placesOf(tx: EntityManager, sessionId: string): Promise<number | null> {
  const [row] = await tx.query<{ places: number | null }[]>('select max(places) as places from reception_slot where session_id = $1', [
    sessionId,
  ]);
  return row?.places ?? null;
}

function pick(session: SessionRow, names: string[]): Record<string, unknown> {
  const known = session as unknown as Record<string, unknown>;
  return Object.fromEntries(names.map((name) => [name, name === 'rooms' ? session.rooms.map(({ id }) => id) : (own(known, name) ?? null)]));
}

function mustBeConsistent({ type, adHocGround, adHocReason, headName, publicBooking, slotMinutes }: SessionOrder): void {
  if (type === 'ad_hoc' && !(adHocGround && adHocReason))
    throw Problem.field('validation-failed', adHocGround ? '/adHocReason' : '/adHocGround', 'required', {
      vi: 'Tiếp đột xuất: nêu căn cứ (khoản 3 Điều 18 Luật Tiếp công dân) và lý do.',
      en: 'A session at once: name the ground (Law on Citizen Reception art. 18(3)) and the reason.',
    });
  if (type !== 'ad_hoc' && adHocGround)
    throw Problem.field('validation-failed', '/adHocGround', 'not_allowed', {
      vi: 'Chỉ dùng cho buổi tiếp đột xuất.',
      en: 'Only for a session of the type ad_hoc.',
    });
  if (type === 'periodic' && !headName)
    throw Problem.field('validation-failed', '/headName', 'required', {
      vi: 'Buổi tiếp định kỳ: nêu người đứng đầu tiếp.',
      en: 'A periodic session names the head who receives.',
    });
  mustHaveSlots(publicBooking, slotMinutes);
}

/** @throws Problem naming `/slotMinutes` where anybody may register and there is nothing to register for */
export function mustHaveSlots(publicBooking: boolean, slotMinutes: number | null): void {
  if (publicBooking && slotMinutes === null)
    throw Problem.field('validation-failed', '/slotMinutes', 'required', {
      vi: 'Muốn cho đăng ký trực tuyến phải chia lượt hẹn.',
      en: 'Public booking needs slots.',
    });
}
