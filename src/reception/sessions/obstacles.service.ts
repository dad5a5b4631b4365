import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { isWithin, type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { existsOn } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { PlacesService } from './places.service.js';
import type { SessionRow } from './session.js';
import { plannedSessions } from './sessions.queries.js';

export const obstacleTypes = ['day_off', 'unit_ended', 'office_closed'] as const;
export type ObstacleType = (typeof obstacleTypes)[number];

/** A planned session that cannot be held as it stands, because something changed since: the calendar, the structure, the office. */
export interface Obstacle {
  session: SessionRow;
  type: ObstacleType;
  /** Name of the day off. */
  dayName: string | null;
  /** The next day on which room and head are free. */
  proposedOn: LegalDate | null;
  /** Who carries the unit on. */
  successors: string[];
}

interface PlannedRow extends SessionRow {
  presider: string | null;
  officeFrom: LegalDate;
  officeTo: LegalDate | null;
}

/** So many days after the planned one a new day is looked for. */
const proposalWindow = 45;

/** What stands in the way of planned sessions. Nothing is stored: it follows from today's calendar and structure. */
@Injectable()
export class ObstaclesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly places: PlacesService,
    private readonly calendars: CalendarService,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  async list(
    { unitId, includeSubordinates = false }: { unitId?: string; includeSubordinates?: boolean },
    by: Official,
  ): Promise<Obstacle[]> {
    const units = this.scope.unitsAsked(by, unitId, includeSubordinates);
    const rows = await this.transactions.rows<PlannedRow & Record<string, unknown>>(plannedSessions, [units, today()]);
    const { structure } = this.units;
    const found: Obstacle[] = [];
    for (const session of rows) {
      const unit = structure.get(session.unitId);
      const day = this.calendars.calendar.day(session.onDate);
      const obstacle = { session, dayName: null, proposedOn: null, successors: [] };
      if (!existsOn(unit, session.onDate))
        found.push({ ...obstacle, type: 'unit_ended', successors: unit.successors.map(({ unitId: successor }) => successor) });
      else if (!isWithin(session.onDate, session.officeFrom, session.officeTo)) found.push({ ...obstacle, type: 'office_closed' });
      else if (!day.working && session.type !== 'ad_hoc')
        found.push({ ...obstacle, type: 'day_off', dayName: day.name, proposedOn: await this.nextFree(session) });
    }
    return found;
  }

  private async nextFree({ id, onDate, startsAt, endsAt, rooms, presider, officeTo, unitId }: PlannedRow): Promise<LegalDate | null> {
    const { calendar } = this.calendars;
    const unit = this.units.structure.get(unitId);
    for (let day = calendar.sameOrNextWorkingDay(plusDays(onDate, 1)); day <= plusDays(onDate, proposalWindow);) {
      const fits = existsOn(unit, day) && (!officeTo || day <= officeTo);
      const roomIds = rooms.map((room) => room.id);
      if (fits && (await this.places.clashes({ roomIds, presider, onDate: day, startsAt, endsAt, sessionId: id })).length === 0) return day;
      day = calendar.sameOrNextWorkingDay(plusDays(day, 1));
    }
    return null;
  }
}
