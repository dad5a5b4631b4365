import type { EntityManager } from 'typeorm';
import { officialYears } from '../../rules/calendar/official-years.js';
import type { CalendarYear } from '../../rules/calendar/calendar-year.js';

/** Puts the official years that the product ships into the database where they are missing; what an administrator changed stays. */
export async function storeOfficialCalendars(manager: EntityManager): Promise<void> {
  for (const year of officialYears) {
    const inserted = await manager.query<unknown[]>(
      'insert into calendar_year (year, status, source) values ($1, $2, $3) on conflict (year) do nothing returning year',
      [year.year, year.status, year.source],
    );
    if (inserted.length > 0) await storeDays(manager, year);
  }
}

/** Replaces the special days of a year. */
export async function storeDays(manager: EntityManager, { year, days }: Pick<CalendarYear, 'year' | 'days'>): Promise<void> {
  await manager.query('delete from calendar_day where year = $1', [year]);
  await manager.query(
    `insert into calendar_day (date, year, working, name, status)
     select date, $2, working, name, status from jsonb_to_recordset($1::jsonb) as day (date date, working boolean, name text, status text)`,
    [JSON.stringify(days), year],
  );
}
