import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type CalendarFollower, CalendarService, type MovedLimit } from '../../structure/calendar/calendar.service.js';
import { countAgain, type RunningLimit } from '../../rules/limits/limit.js';

interface OpenLimitOfYear extends RunningLimit {
  id: string;
  petitionId: string;
  petitionNumber: string;
  dueOn: string;
  backlogOn: string;
}

/** When a year of the calendar changes, the open limits that are counted with it get other days: in one go, and the history keeps both. */
@Injectable()
export class CalendarFollowUp implements OnModuleInit {
  constructor(private readonly calendars: CalendarService) {}

  onModuleInit(): void {
    this.calendars.follow(countOpenLimitsAgain);
  }
}

const countOpenLimitsAgain: CalendarFollower = async ({ tx, year, calendar, dryRun, by }) => {
  const open = await tx.query<OpenLimitOfYear[]>(
    `select l.id, l.petition_id as "petitionId", p.number as "petitionNumber", l.rule_id as "ruleId", l.starts_on as "startsOn", l.amount, l.unit,
            l.extensions_days as "extensionsDays", l.due_on as "dueOn", l.backlog_on as "backlogOn", p.complexity
     from petition_limit l join petition p on p.id = l.petition_id
     where l.met_on is null and l.void_on is null and l.starts_on <= make_date($1, 12, 31) and l.backlog_on >= make_date($1, 1, 1)
     order by p.number, l.due_on
     ${dryRun ? '' : 'for update of l, p'}`,
    [year],
  );
  const moved = open
    .map((limit) => ({ limit, again: countAgain(limit, calendar) }))
    .filter(({ limit, again }) => again.dueOn !== limit.dueOn || again.backlogOn !== limit.backlogOn);
  const answer: MovedLimit[] = moved.map(({ limit, again }) => ({
    petitionId: limit.petitionId,
    petitionNumber: limit.petitionNumber,
    ruleId: limit.ruleId,
    dueOnBefore: limit.dueOn,
    dueOn: again.dueOn,
  }));
  if (dryRun || moved.length === 0) return answer;
  await tx.query(
    `update petition_limit l set due_on = "dueOn", backlog_on = "backlogOn", calendar_status = "calendarStatus"
     from jsonb_to_recordset($1::jsonb) as moved (id uuid, "dueOn" date, "backlogOn" date, "calendarStatus" text) where l.id = moved.id`,
    [JSON.stringify(moved.map(({ limit, again }) => ({ id: limit.id, ...again })))],
  );
  await tx.query(
    `insert into petition_event (petition_id, type, occurred_on, account_id, unit_id, facts)
     select "petitionId", 'limit_moved', (now() at time zone 'Asia/Ho_Chi_Minh')::date, $2, $3,
            jsonb_build_object('ruleId', "ruleId", 'dueOnBefore', "dueOnBefore", 'dueOn', "dueOn", 'calendarYear', $4::int)
     from jsonb_to_recordset($1::jsonb) as moved ("petitionId" uuid, "ruleId" text, "dueOnBefore" date, "dueOn" date)`,
    [JSON.stringify(answer), by.accountId, by.unitId, year],
  );
  await tx.query(
    `update petition p set version = version + 1, updated_at = now(), (next_due_on, next_backlog_on) =
       (select min(due_on), min(backlog_on) from petition_limit where petition_id = p.id and met_on is null and void_on is null and suspended_on is null)
     where p.id = any ($1)`,
    [[...new Set(answer.map(({ petitionId }) => petitionId))]],
  );
  return answer;
};
