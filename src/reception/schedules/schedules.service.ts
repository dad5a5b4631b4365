import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { asWritten, isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import { checkHeadDays, type HeadDayFinding } from '../../rules/reception/head-day-check.js';
import { headDayPeriods } from '../../rules/reception/head-days.js';
import { publishBy } from '../../rules/reception/reception-rules.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { type Clash, placeTaken, PlacesService, presiderOf } from '../sessions/places.service.js';
import { mustHaveSlots, PlanningService } from '../sessions/planning.service.js';
import { PublicationService } from '../sessions/publication.service.js';
import { mustFit, slotTimes } from '../sessions/slots.js';
import { planDays } from './plan-days.js';
import { type DayPlan, type ScheduleFacts, type ScheduleRow, type ScheduleState, scheduleStateNames } from './schedule.js';
import { insertSessions, lockSchedule, scheduleById, scheduleList } from './schedules.queries.js';

/** What publishing a schedule would make, and what the law says of it. */
export interface SchedulePreview extends DayPlan {
  /** Last day on which it can be published in time. */
  publishBy: LegalDate | null;
  /** The days against what the law asks, month by month or week by week, as if all were held. */
  duty: HeadDayFinding[];
  /** Sessions that are in the way. */
  clashes: (Clash & { on: LegalDate })[];
}

/** Most sessions of one schedule. */
const mostDays = 320;

/** The days of the head, planned by a rule and told to everybody. A published schedule changes day by day, each with its reason. */
@Injectable()
export class SchedulesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly places: PlacesService,
    private readonly planning: PlanningService,
    private readonly publication: PublicationService,
    private readonly access: UnitResponsibility,
    private readonly calendars: CalendarService,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem `not-found`, also out of scope */
  async get(id: string, by: Official): Promise<ScheduleRow> {
    const [row] = await this.transactions.rows<ScheduleRow & Record<string, unknown>>(scheduleById, [
      id,
      this.scope.unitsAsked(by, undefined, false),
    ]);
    if (!row) throw noSuchSchedule();
    return row;
  }

  async list(
    {
      unitId,
      includeSubordinates = false,
      state,
      limit = defaultLimit,
      cursor,
    }: { unitId?: string; includeSubordinates?: boolean; state?: ScheduleState; limit?: number; cursor?: string },
    by: Official,
  ): Promise<Page<ScheduleRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.transactions.rows<ScheduleRow & Record<string, unknown>>(scheduleList, [
      this.scope.unitsAsked(by, unitId, includeSubordinates),
      state ?? null,
      ...after,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      ({ firstOn, id }) => [firstOn, id],
      (row) => row,
    );
  }

  /** A draft, which binds nobody. */
  draft(facts: ScheduleFacts & { unitId?: string | null }, by: Official): Promise<ScheduleRow> {
    return this.transactions.run(async (tx) => {
      const unit = this.access.ownUnit(by, facts.unitId);
      await this.mustBeSound(facts, unit, by);
      const [row] = await tx.query<{ id: string }[]>(
        `insert into reception_schedule (unit_id, office_id, room_id, title, head_name, head_title, recurrence, first_on, last_on, starts_at, ends_at,
           on_day_off, omitted, added, slot_minutes, places_per_slot, public_booking, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) returning id`,
        [unit.id, ...valuesOf(facts), by.accountId],
      );
      return this.get(row!.id, by);
    });
  }

  replace(id: string, facts: ScheduleFacts, expected: number | null, by: Official): Promise<ScheduleRow> {
    return this.transactions.run(async (tx) => {
      const schedule = await this.lock(id, expected, ['draft'], by);
      await this.mustBeSound(facts, this.units.structure.get(schedule.unitId), by);
      await tx.query(
        `update reception_schedule set office_id = $2, room_id = $3, title = $4, head_name = $5, head_title = $6, recurrence = $7, first_on = $8,
           last_on = $9, starts_at = $10, ends_at = $11, on_day_off = $12, omitted = $13, added = $14, slot_minutes = $15, places_per_slot = $16,
           public_booking = $17, version = version + 1 where id = $1`,
        [id, ...valuesOf(facts)],
      );
      return this.get(id, by);
    });
  }

  /** What publishing would make; stores nothing. */
  async preview(id: string, by: Official): Promise<SchedulePreview> {
    const schedule = await this.get(id, by);
    const unit = this.units.structure.get(schedule.unitId);
    const { calendar } = this.calendars;
    const plan = planDays(schedule, calendar);
    const { days } = plan;
    const planned = days.map(({ on }) => ({
      id: on,
      onDate: on,
      firstPlannedOn: on,
      state: 'closed' as const,
      heldBy: 'head' as const,
      visits: 1,
      noCitizenMinuted: false,
    }));
    return {
      ...plan,
      publishBy: days[0] ? publishBy(days[0].on, calendar) : null,
      duty: checkHeadDays(headDayPeriods(unit, schedule.firstOn, schedule.lastOn, calendar), planned, schedule.lastOn),
      clashes: schedule.state === 'draft' ? await this.clashesOf(schedule, days) : [],
    };
  }

  /**
   * Tells the schedule to everybody: from now on each of its days is a session in the public calendar.
   * @throws Problem when it is too late and the unit refuses that; `unit-not-valid` for days on which the unit does not exist; `conflict` for a
   *   day on which room or head are taken
   */
  publish(
    id: string,
    { publishedOn = today(), lateReason = null }: { publishedOn?: LegalDate; lateReason?: string | null },
    expected: number | null,
    by: Official,
  ): Promise<{ schedule: ScheduleRow; sessions: number }> {
    return this.transactions.run(async (tx) => {
      await this.units.upToDate(tx);
      const calendar = await this.calendars.upToDate(tx);
      const schedule = await this.lock(id, expected, ['draft'], by);
      const unit = this.units.structure.get(schedule.unitId);
      await this.mustBeSound(schedule, unit, by);
      const { days } = planDays(schedule, calendar);
      mustHaveDays(days.length);
      for (const { on } of days) this.access.mustExist(unit, on, '/lastOn');
      const [clash] = await this.clashesOf(schedule, days);
      if (clash) throw dayTaken(clash);
      const published = await this.publication.publicationOf(unit.id, publishedOn, days[0]!.on, lateReason);
      await tx.query(
        `update reception_schedule set state = 'published', published_on = $2, late = $3, late_reason = $4, version = version + 1 where id = $1`,
        [id, published.publishedOn, published.late, published.late ? lateReason : null],
      );
      const [made] = await this.transactions
        .rows<{ count: number }>(insertSessions, [
          id,
          days.map(({ on }) => on),
          presiderOf(unit.id, 'periodic', null),
          by.accountId,
          slotTimes(schedule),
        ])
        .catch(placeTaken);
      return { schedule: await this.get(id, by), sessions: made!.count };
    });
  }

  /** Ends a published schedule: its sessions from a day on are cancelled with the reason. */
  end(
    id: string,
    { from, reason }: { from: LegalDate; reason: string },
    expected: number | null,
    by: Official,
  ): Promise<{ schedule: ScheduleRow; cancelled: number }> {
    return this.transactions.run(async (tx) => {
      await this.lock(id, expected, ['published'], by);
      if (from < today())
        throw Problem.field('validation-failed', '/from', 'in_the_past', {
          vi: 'Không được trước hôm nay.',
          en: 'Must not lie in the past.',
        });
      const cancelled = await this.planning.cancelFrom(tx, id, from, reason, by);
      await tx.query(`update reception_schedule set state = 'ended', ended_on = $2, end_reason = $3, version = version + 1 where id = $1`, [
        id,
        from,
        reason,
      ]);
      return { schedule: await this.get(id, by), cancelled };
    });
  }

  private async lock(id: string, expected: number | null, states: ScheduleState[], by: Official): Promise<ScheduleRow> {
    const [row] = await this.transactions.rows<ScheduleRow & Record<string, unknown>>(lockSchedule, [id]);
    if (!row) throw noSuchSchedule();
    this.access.mustActFor(by, row.unitId);
    mustMatch(row.version, expected);
    if (!states.includes(row.state))
      throw new Problem(
        'action-not-allowed',
        {
          vi: `Lịch đang ở trạng thái "${scheduleStateNames[row.state]}"; chỉ khi: ${states.map((one) => scheduleStateNames[one]).join(', ')}.`,
          en: `The schedule is in the state "${row.state}"; only in: ${states.join(', ')}.`,
        },
        [],
        { state: row.state },
      );
    return row;
  }

  private async mustBeSound(facts: ScheduleFacts, unit: Unit, by: Official): Promise<void> {
    mustFit(facts);
    mustHaveSlots(facts.publicBooking, facts.slotMinutes);
    const { days } = planDays(facts, this.calendars.calendar);
    mustHaveDays(days.length);
    const office = await this.places.office(facts.officeId, by);
    // Whether room and head are free is asked when it is published: a draft binds nobody.
    await this.places.mustSuit({ ...facts, unit, office, onDate: days[0]!.on, type: 'periodic', online: false, roomIds: roomIdsOf(facts) });
  }

  private async clashesOf(schedule: ScheduleRow, days: DayPlan['days']): Promise<(Clash & { on: LegalDate })[]> {
    const presider = presiderOf(schedule.unitId, 'periodic', null);
    const found: (Clash & { on: LegalDate })[] = [];
    for (const { on } of days)
      for (const clash of await this.places.clashes({ ...schedule, onDate: on, roomIds: roomIdsOf(schedule), presider }))
        found.push({ ...clash, on });
    return found;
  }
}

function roomIdsOf({ roomId }: Pick<ScheduleFacts, 'roomId'>): string[] {
  return roomId ? [roomId] : [];
}

function valuesOf(facts: ScheduleFacts): unknown[] {
  const { officeId, roomId, title, headName, headTitle, recurrence, firstOn, lastOn, startsAt, endsAt, onDayOff, omitted, added } = facts;
  const { slotMinutes, placesPerSlot, publicBooking } = facts;
  const where = [officeId, roomId, title, headName, headTitle];
  return [...where, recurrence, firstOn, lastOn, startsAt, endsAt, onDayOff, omitted, added, slotMinutes, placesPerSlot, publicBooking];
}

function mustHaveDays(count: number): void {
  if (count === 0)
    throw Problem.field('validation-failed', '/recurrence', 'no_day', {
      vi: 'Quy tắc không cho ngày tiếp nào trong khoảng thời gian này.',
      en: 'The rule gives no day in this stretch.',
    });
  if (count > mostDays)
    throw Problem.field('validation-failed', '/recurrence', 'too_many_days', {
      vi: `Một lịch có nhiều nhất ${mostDays} ngày; quy tắc cho ${count}.`,
      en: `A schedule has at most ${mostDays} days; the rule gives ${count}.`,
    });
}

function dayTaken({ on, sessionId, roomId, name, what }: Clash & { on: LegalDate }): Problem {
  const detail = {
    vi: `Ngày ${asWritten(on)}: ${name ?? 'người đứng đầu'} đã có buổi tiếp khác cùng giờ.`,
    en: `On ${on}, ${name ?? 'the head'} has another session at that hour.`,
  };
  return new Problem('conflict', detail, [{ pointer: '/recurrence', code: `${what}_taken`, detail }], { on, sessionId, roomId });
}

function noSuchSchedule(): Problem {
  return Problem.notFound('lịch tiếp công dân này', 'schedule');
}
