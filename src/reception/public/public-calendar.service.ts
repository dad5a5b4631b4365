import { Injectable } from '@nestjs/common';
import { today } from '../../platform/text/today.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { Problem } from '../../platform/problems/problem.js';
import { isLegalDate, type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import { officeName, type Unit } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { PublishedSession } from '../sessions/session.js';
import { calendarFeed } from './calendar-feed.js';

/** A year and the day after it. */
const longestStretch = 366;
/** A feed goes so many days back, and this many ahead. */
const feedBack = 180;
const feedAhead = 731;
const mostOfFeed = 2000;

/** When heads receive, for everybody and without signing in: what was published, and what changed since. */
@Injectable()
export class PublicCalendarService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly units: UnitDirectory,
  ) {}

  /** @throws Problem for a stretch that is turned around or too long, or a unit that there is not */
  async list({
    unitId,
    includeSubordinates = false,
    from = today(),
    to = plusDays(from, 92),
    limit = defaultLimit,
    cursor,
  }: {
    unitId: string;
    includeSubordinates?: boolean;
    from?: LegalDate;
    to?: LegalDate;
    limit?: number;
    cursor?: string;
  }): Promise<Page<PublishedSession>> {
    if (to < from || toDayNumber(to) - toDayNumber(from) > longestStretch)
      throw Problem.field('validation-failed', '?to', 'period', {
        vi: `"to" phải từ "from" và trong vòng ${longestStretch} ngày.`,
        en: `"to" must not be before "from", and at most ${longestStretch} days after it.`,
      });
    const { structure } = this.units;
    const unit = structure.find(unitId);
    if (!unit)
      throw Problem.field('validation-failed', '?unitId', 'unknown_unit', { vi: 'Không có đơn vị này.', en: 'There is no such unit.' });
    const units = includeSubordinates ? structure.coveredBy(unit, today()) : this.followed(unit);
    const isHour = (value: unknown) => typeof value === 'string' && /^\d\d:\d\d$/.test(value);
    const after = decodeCursor(cursor, [isLegalDate, isHour, isUuid]) ?? [null, null, null];
    const rows = await this.sessions.published(units, from, to, after, limit + 1);
    return page(
      rows,
      limit,
      ({ onDate, startsAt, id }) => [onDate, startsAt, id],
      (row) => row,
    );
  }

  /** The feed of a unit. @throws Problem `not-found` */
  async feed(unitId: string): Promise<string> {
    const unit = this.units.structure.find(unitId);
    if (!unit) throw Problem.notFound('đơn vị này', 'unit');
    const now = today();
    const sessions = await this.sessions.published(
      this.followed(unit),
      plusDays(now, -feedBack),
      plusDays(now, feedAhead),
      [null, null, null],
      mostOfFeed,
    );
    return calendarFeed(`Lịch tiếp công dân – ${officeName(unit).vi}`, sessions);
  }

  /** Whoever follows a unit goes on following what carries it on; and a unit shows what it carried on itself. */
  private followed(unit: Unit): Unit[] {
    const { structure } = this.units;
    const present = structure.onDate(unit, today()) ?? unit;
    return structure.carriedOnBy(present);
  }
}
