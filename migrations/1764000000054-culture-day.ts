import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { CalendarYear } from '../src/rules/calendar/calendar-year.js';
import { WorkingCalendar } from '../src/rules/calendar/working-calendar.js';
import { countAgain, limitInForce, type RunningLimit } from '../src/rules/limits/limit.js';
import { answerRule } from '../src/rules/reception/reception-rules.js';
import { inOneStep } from './online.js';

/** First day that is off by Resolution 28/2026/QH16 art. 2. */
const firstDay = '2026-11-24';
const atOnce = 200;

interface OpenLimit extends RunningLimit {
  id: string;
  petitionId: string;
  unitId: string;
  dueOn: string;
  backlogOn: string;
  calendarStatus: string;
}

interface OpenAnswer {
  id: string;
  visitedOn: string;
  dueOn: string;
}

/**
 * 24 November is a day off since 2026, where nobody decided otherwise; limits that were open are counted again, and the history has both days.
 * Some rows at a time, each time in a transaction of its own. What is counted again a second time stays as it is.
 */
export class CultureDay1764000000054 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(
        `with day_off as (
           update calendar_day set working = false, name = 'Ngày Văn hóa Việt Nam', status = 'official'
           where date >= $1 and extract(month from date) = 11 and extract(day from date) = 24 and status = 'provisional'
           returning year
         )
         update calendar_year set version = version + 1, updated_at = now() where year in (select year from day_off)`,
        [firstDay],
      );
    });
    const calendar = new WorkingCalendar(await yearsOf(queryRunner));
    await everyBatch((after) => inOneBatch(queryRunner, () => countLimitsAgain(queryRunner, calendar, after)));
    await everyBatch((after) => inOneBatch(queryRunner, () => countAnswersAgain(queryRunner, calendar, after)));
  }

  /** The day stays off, as if an administrator had confirmed it: the version before knows that, too. */
  async down(): Promise<void> {
    // Nothing to take back.
  }
}

function yearsOf(queryRunner: QueryRunner): Promise<CalendarYear[]> {
  return queryRunner.query(
    `select year.year, year.status, year.source,
            coalesce(jsonb_agg(jsonb_build_object('date', day.date, 'working', day.working, 'name', day.name, 'status', day.status))
                     filter (where day.date is not null), '[]') as days
     from calendar_year year left join calendar_day day on day.year = year.year group by year.year`,
  ) as Promise<CalendarYear[]>;
}

/** Batch after batch; each says the id that it ended with, the last one nothing. */
async function everyBatch(batch: (after: string) => Promise<string | undefined>): Promise<void> {
  for (let after: string | undefined = '00000000-0000-0000-0000-000000000000'; after !== undefined;) after = await batch(after);
}

async function inOneBatch(queryRunner: QueryRunner, work: () => Promise<string | undefined>): Promise<string | undefined> {
  let last: string | undefined;
  await inOneStep(queryRunner, async () => {
    last = await work();
  });
  return last;
}

async function countLimitsAgain(queryRunner: QueryRunner, calendar: WorkingCalendar, after: string): Promise<string | undefined> {
  const open = (await queryRunner.query(
    `select l.id, l.petition_id as "petitionId", l.unit_id as "unitId", l.rule_id as "ruleId", l.starts_on as "startsOn", l.amount, l.unit,
            l.extensions_days as "extensionsDays", l.due_on as "dueOn", l.backlog_on as "backlogOn", l.calendar_status as "calendarStatus", p.complexity
     from petition_limit l join petition p on p.id = l.petition_id
     where l.id > $1 and l.met_on is null and l.void_on is null and l.backlog_on >= $2
     order by l.id limit $3 for update of l, p`,
    [after, firstDay, atOnce],
  )) as OpenLimit[];
  const counted = open.map((limit) => ({ ...limit, again: countAgain(limit, calendar) }));
  const moved = counted.filter(({ dueOn, backlogOn, again }) => again.dueOn !== dueOn || again.backlogOn !== backlogOn);
  const changed = counted.filter((limit) => moved.includes(limit) || limit.again.calendarStatus !== limit.calendarStatus);
  await queryRunner.query(
    `update petition_limit l set due_on = "dueOn", backlog_on = "backlogOn", calendar_status = "calendarStatus"
     from jsonb_to_recordset($1::jsonb) as moved (id uuid, "dueOn" date, "backlogOn" date, "calendarStatus" text) where l.id = moved.id`,
    [JSON.stringify(changed.map(({ id, again }) => ({ id, ...again })))],
  );
  await queryRunner.query(
    `insert into petition_event (petition_id, type, occurred_on, unit_id, facts)
     select "petitionId", 'limit_moved', (now() at time zone 'Asia/Ho_Chi_Minh')::date, "unitId",
            jsonb_build_object('ruleId', "ruleId", 'dueOnBefore', "dueOnBefore", 'dueOn', "dueOn", 'calendarYear', 2026)
     from jsonb_to_recordset($1::jsonb) as moved ("petitionId" uuid, "unitId" uuid, "ruleId" text, "dueOnBefore" date, "dueOn" date)`,
    [
      JSON.stringify(
        moved.map(({ petitionId, unitId, ruleId, dueOn, again }) => ({
          petitionId,
          unitId,
          ruleId,
          dueOnBefore: dueOn,
          dueOn: again.dueOn,
        })),
      ),
    ],
  );
  await queryRunner.query(
    `update petition p set version = version + 1, updated_at = now(), (next_due_on, next_backlog_on) =
       (select min(due_on), min(backlog_on) from petition_limit where petition_id = p.id and met_on is null and void_on is null and suspended_on is null)
     where p.id = any ($1)`,
    [[...new Set(moved.map(({ petitionId }) => petitionId))]],
  );
  return open.length < atOnce ? undefined : open.at(-1)?.id;
}

async function countAnswersAgain(queryRunner: QueryRunner, calendar: WorkingCalendar, after: string): Promise<string | undefined> {
  const open = (await queryRunner.query(
    `select id, visited_on as "visitedOn", answer_due_on as "dueOn" from reception_visit
     where id > $1 and answered_on is null and answer_due_on is not null and answer_backlog_on >= $2 order by id limit $3 for update`,
    [after, firstDay, atOnce],
  )) as OpenAnswer[];
  const moved = open.flatMap(({ id, visitedOn, dueOn }) => {
    const limit = limitInForce({ ruleId: answerRule, startsOn: visitedOn }, calendar);
    return limit && limit.dueOn !== dueOn ? [{ id, dueOn: limit.dueOn, backlogOn: limit.backlogOn }] : [];
  });
  await queryRunner.query(
    `update reception_visit v set answer_due_on = "dueOn", answer_backlog_on = "backlogOn", version = version + 1, updated_at = now()
     from jsonb_to_recordset($1::jsonb) as moved (id uuid, "dueOn" date, "backlogOn" date) where v.id = moved.id`,
    [JSON.stringify(moved)],
  );
  return open.length < atOnce ? undefined : open.at(-1)?.id;
}
