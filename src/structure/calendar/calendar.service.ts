import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CachedReference } from '../../platform/database/cached-reference.js';
import { Transactions } from '../../platform/database/transactions.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { computedYear } from '../../rules/calendar/computed-year.js';
import type { CalendarYear } from '../../rules/calendar/calendar-year.js';
import { type CalendarDay, WorkingCalendar } from '../../rules/calendar/working-calendar.js';
import { type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import { storeDays } from './official-calendars.js';

/** The longest period of one answer, in days. */
const longestPeriod = 1100;

/** A year as it is kept; version 0 where it is computed from the rules. */
export interface KeptYear extends CalendarYear {
  version: number;
}

/** A limit that another calendar moves. */
export interface MovedLimit {
  petitionId: string;
  petitionNumber: string;
  ruleId: string;
  dueOnBefore: LegalDate;
  dueOn: LegalDate;
}

/** What replacing a year changes: its days, and the open limits that are counted with them. */
export interface CalendarChange {
  dryRun: boolean;
  year: KeptYear;
  changes: { date: LegalDate; before: CalendarDay; after: CalendarDay }[];
  /** The first of them; `limitsMoved` says how many there are. */
  limits: MovedLimit[];
  limitsMoved: number;
}

/** Who keeps dates that were counted with the calendar counts them again, in the transaction that changes it; on a dry run only tells. */
export type CalendarFollower = (change: {
  tx: EntityManager;
  year: number;
  calendar: WorkingCalendar;
  dryRun: boolean;
  by: Official;
}) => Promise<MovedLimit[]>;

/** As many moved limits as one answer lists. */
const listedLimits = 200;

/** Official working-day calendars. */
@Injectable()
export class CalendarService implements OnModuleInit, OnModuleDestroy {
  private readonly cache = new CachedReference('calendar', async (manager) => new WorkingCalendar(await readYears(manager)));

  private readonly followers: CalendarFollower[] = [];

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): Promise<void> {
    return this.cache.start(this.dataSource.manager);
  }

  onModuleDestroy(): void {
    this.cache.stop();
  }

  get calendar(): WorkingCalendar {
    return this.cache.current;
  }

  /** Registers who counts again when the calendar changes; the calendar itself knows nothing of petitions. */
  follow(follower: CalendarFollower): void {
    this.followers.push(follower);
  }

  /** The calendar as the transaction sees it. */
  upToDate(tx: EntityManager): Promise<WorkingCalendar> {
    return this.cache.upToDate(tx);
  }

  /** @throws Problem when the period is turned around or too long */
  days(from: LegalDate, to: LegalDate): CalendarDay[] {
    const length = toDayNumber(to) - toDayNumber(from);
    if (length < 0 || length >= longestPeriod)
      throw Problem.field('validation-failed', '?to', 'period', {
        vi: `Ngày "to" phải từ ngày "from" và trong vòng ${longestPeriod} ngày.`,
        en: `"to" must not be before "from" and at most ${longestPeriod} days after it.`,
      });
    return Array.from({ length: length + 1 }, (_, offset) => this.calendar.day(plusDays(from, offset)));
  }

  /** One year as it is kept, or as the rules compute it. */
  async year(year: number): Promise<KeptYear> {
    const [kept] = await readYears(this.transactions.manager, year);
    return kept ?? { ...computedYear(year), version: 0 };
  }

  /**
   * Replaces the special days of a year, and counts the open limits again in the same transaction.
   * @param expected version that the caller read; null for any
   * @throws Problem `precondition-failed`; `validation-failed` for days of another year or twice the same
   */
  async replaceYear(wanted: CalendarYear, expected: number | null, dryRun: boolean, by: Official): Promise<CalendarChange> {
    checkDays(wanted);
    const change = await this.transactions.run(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('calendar-year'))`);
      const before = await this.upToDate(tx);
      const [kept] = await readYears(tx, wanted.year);
      const version = kept?.version ?? 0;
      mustMatch(version, expected);
      const after = new WorkingCalendar([wanted]);
      const changes = daysOfYear(wanted.year)
        .map((date) => ({ date, before: before.day(date), after: after.day(date) }))
        .filter((day) => JSON.stringify(day.before) !== JSON.stringify(day.after));
      const moved = await this.countAgain({ tx, year: wanted.year, calendar: before.withYear(wanted), dryRun, by });
      const limits = { limits: moved.slice(0, listedLimits), limitsMoved: moved.length };
      if (dryRun) return { dryRun, year: { ...wanted, version }, changes, ...limits };
      await tx.query(
        `insert into calendar_year (year, status, source) values ($1, $2, $3)
         on conflict (year) do update set status = excluded.status, source = excluded.source, version = calendar_year.version + 1, updated_at = now()`,
        [wanted.year, wanted.status, wanted.source],
      );
      await storeDays(tx, wanted);
      return { dryRun, year: { ...wanted, version: version + 1 }, changes, ...limits };
    });
    if (!dryRun) await this.upToDate(this.transactions.manager);
    return change;
  }

  private async countAgain(change: Parameters<CalendarFollower>[0]): Promise<MovedLimit[]> {
    const moved: MovedLimit[] = [];
    for (const follower of this.followers) moved.push(...(await follower(change)));
    return moved;
  }
}

async function readYears(manager: EntityManager, year: number | null = null): Promise<KeptYear[]> {
  return manager.query<KeptYear[]>(
    `select year.year, year.status, year.source, year.version,
            coalesce(jsonb_agg(jsonb_build_object('date', day.date, 'working', day.working, 'name', day.name, 'status', day.status) order by day.date)
                     filter (where day.date is not null), '[]') as days
     from calendar_year year left join calendar_day day on day.year = year.year
     where $1::int is null or year.year = $1
     group by year.year order by year.year`,
    [year],
  );
}

function checkDays({ year, days }: CalendarYear): void {
  const seen = new Set<string>();
  for (const [index, { date }] of days.entries()) {
    if (!date.startsWith(`${year}-`))
      throw Problem.field('validation-failed', `/days/${index}/date`, 'other_year', {
        vi: `Ngày phải thuộc năm ${year}.`,
        en: `The day must be in ${year}.`,
      });
    if (seen.has(date))
      throw Problem.field('validation-failed', `/days/${index}/date`, 'repeated', {
        vi: 'Ngày đã có trong danh sách.',
        en: 'The day is already in the list.',
      });
    seen.add(date);
  }
}

function daysOfYear(year: number): LegalDate[] {
  const first = `${year}-01-01`;
  return Array.from({ length: toDayNumber(`${year + 1}-01-01`) - toDayNumber(first) }, (_, offset) => plusDays(first, offset));
}
