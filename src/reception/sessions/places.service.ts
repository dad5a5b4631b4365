import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { Transactions } from '../../platform/database/transactions.js';
import { type Bilingual, Problem } from '../../platform/problems/problem.js';
import { asWritten, isWithin, type LegalDate } from '../../platform/text/legal-date.js';
import { onlineIsAllowed } from '../../rules/reception/reception-rules.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { fold } from '../../platform/text/fold.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import type { OfficeRow, RoomRow } from '../offices/office.js';
import { OfficesService } from '../offices/offices.service.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import type { SessionType, Timing } from './session.js';
import { clashesWith } from './sessions.queries.js';

/** Where and when somebody receives. */
export interface Place extends Timing {
  unit: Unit;
  office: OfficeRow;
  type: SessionType;
  online: boolean;
  roomIds: readonly string[];
  /** Who sits there; see {@link presiderOf}. */
  presider?: string | null;
  /** The session that takes this place, where it is there already. */
  sessionId?: string;
}

/** A session that is in the way. */
export interface Clash {
  what: 'room' | 'presider';
  sessionId: string;
  roomId: string | null;
  name: string | null;
}

/** The key of who sits at a session; null for regular ones, where receivers take turns. */
export function presiderOf(unitId: string, type: SessionType, delegateName: string | null): string | null {
  return type === 'regular' ? null : `${unitId} ${delegateName === null ? 'head' : fold(delegateName)}`;
}

/** Whether a session can be where and when it is to be: unit, office, rooms, working day, and nobody there already. */
@Injectable()
export class PlacesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficesService,
    private readonly access: UnitResponsibility,
    private readonly calendars: CalendarService,
    private readonly units: UnitDirectory,
  ) {}

  /** {@link mustSuit}, and nobody is there at that hour. @throws Problem `conflict` naming the session that is in the way */
  async mustBePossible(place: Place & { presider: string | null }, pointer = '/onDate'): Promise<void> {
    await this.mustSuit(place, pointer);
    const [clash] = await this.clashes(place);
    if (clash) throw inTheWay(clash);
  }

  /** Unit, office, day and rooms go together. @throws Problem naming what is wrong with the place */
  async mustSuit(place: Place, pointer = '/onDate'): Promise<void> {
    const { unit, office, onDate, startsAt, endsAt, type, online } = place;
    this.access.mustExist(unit, onDate, pointer);
    if (endsAt <= startsAt)
      throw Problem.field('validation-failed', '/endsAt', 'before_start', {
        vi: 'Giờ kết thúc phải sau giờ bắt đầu.',
        en: 'The end must be after the start.',
      });
    if (!isWithin(onDate, office.validFrom, office.validTo))
      throw Problem.field('validation-failed', pointer, 'office_closed', {
        vi: `${office.name} không hoạt động vào ngày này.`,
        en: `${office.name} is not open on this day.`,
      });
    if (type !== 'ad_hoc') this.mustBeWorkingDay(onDate, pointer);
    if (online && !onlineIsAllowed(onDate))
      throw Problem.field('rule-not-applicable', '/online', 'not_in_force', {
        vi: 'Tiếp công dân trực tuyến được áp dụng từ ngày 01/07/2026.',
        en: 'Reception by video is in force since 2026-07-01.',
      });
    await this.mustHaveRooms(place);
  }

  clashes({
    roomIds,
    presider = null,
    onDate,
    startsAt,
    endsAt,
    sessionId,
  }: Omit<Place, 'unit' | 'office' | 'type' | 'online'>): Promise<Clash[]> {
    return this.transactions.rows<Clash & Record<string, unknown>>(clashesWith, [
      roomIds,
      presider,
      onDate,
      startsAt,
      endsAt,
      sessionId ?? null,
    ]);
  }

  /** An office, whoever runs it. @throws Problem `not-found` */
  anyOffice(id: string): Promise<OfficeRow> {
    return this.offices.find(id);
  }

  /** The office of a session, which the caller runs. */
  office(id: string, by: Official): Promise<OfficeRow> {
    return this.offices.ownOffice(id, by);
  }

  private mustBeWorkingDay(onDate: LegalDate, pointer: string): void {
    const { calendar } = this.calendars;
    const { working, name } = calendar.day(onDate);
    if (working) return;
    const next = calendar.sameOrNextWorkingDay(onDate);
    throw Problem.field('validation-failed', pointer, 'day_off', {
      vi: `${asWritten(onDate)} là ngày nghỉ${name ? ` (${name})` : ''}; ngày làm việc tiếp theo là ${asWritten(next)}.`,
      en: `${onDate} is a day off${name ? ` (${name})` : ''}; the next working day is ${next}.`,
    });
  }

  private async mustHaveRooms({ office, online, roomIds, unit, onDate }: Place): Promise<void> {
    const rooms = await this.offices.rooms(roomIds);
    for (const [index, id] of roomIds.entries()) {
      const room = rooms.find((one) => one.id === id);
      if (!room?.active)
        throw wrongRoom(index, { vi: 'Không có phòng này, hoặc phòng đã ngừng sử dụng.', en: 'There is no such room in use.' });
      if (room.officeId === office.id) continue;
      if (!online) throw wrongRoom(index, { vi: `Phòng không thuộc ${office.name}.`, en: `The room is not at ${office.name}.` });
      if (!(await this.isBelow(room, unit, onDate)))
        throw wrongRoom(index, {
          vi: `Điểm cầu phải thuộc ${unit.name} hoặc đơn vị cấp dưới.`,
          en: `Rooms of an online session are at ${unit.name} or below it.`,
        });
    }
    if (online && new Set(rooms.map(({ officeId }) => officeId)).size < 2)
      throw Problem.field('validation-failed', '/roomIds', 'two_places', {
        vi: 'Buổi tiếp trực tuyến cần phòng ở ít nhất hai nơi tiếp công dân.',
        en: 'An online session needs rooms at two offices at least.',
      });
  }

  private async isBelow({ officeId }: RoomRow, host: Unit, onDate: LegalDate): Promise<boolean> {
    const { structure } = this.units;
    const authority = structure.authorityOf(host, onDate);
    const unit = structure.get((await this.offices.find(officeId)).unitId);
    return structure.chainOn(unit, onDate).some(({ id }) => id === authority.id);
  }
}

/** Two requests for one place at the same moment: the database lets one through. */
export function placeTaken(error: unknown): never {
  if ((error as { code?: string }).code !== '23P01') throw error;
  throw new Problem('conflict', {
    vi: 'Phòng hoặc người chủ trì vừa được xếp vào một buổi tiếp khác cùng giờ.',
    en: 'The room, or who presides, was just taken by another session at that hour.',
  });
}

function inTheWay({ what, sessionId, roomId, name }: Clash): Problem {
  const detail =
    what === 'room'
      ? { vi: `${name} đã có buổi tiếp khác vào giờ này.`, en: `${name} has another session at that hour.` }
      : {
          vi: `${name ?? 'Người chủ trì'} đã có buổi tiếp khác vào giờ này.`,
          en: `${name ?? 'Who presides'} has another session at that hour.`,
        };
  const pointer = what === 'room' ? '/roomIds' : '/startsAt';
  return new Problem('conflict', detail, [{ pointer, code: `${what}_taken`, detail }], { sessionId, roomId });
}

function wrongRoom(index: number, detail: Bilingual): Problem {
  return Problem.field('validation-failed', `/roomIds/${index}`, 'unknown_room', detail);
}
