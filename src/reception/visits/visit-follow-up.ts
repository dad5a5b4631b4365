import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type CalendarFollower, CalendarService } from '../../structure/calendar/calendar.service.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { limitInForce } from '../../rules/limits/limit.js';
import { answerRule } from '../../rules/reception/reception-rules.js';
import { refusalNoticeRule } from '../../rules/reception/refusals.js';
import type { VisitState } from './visit.js';

/** When a year of the calendar changes, the answers that are owed after visits get other days, in the same transaction. */
@Injectable()
export class VisitFollowUp implements OnModuleInit {
  constructor(private readonly calendars: CalendarService) {}

  onModuleInit(): void {
    this.calendars.follow(countAnswersAgain);
  }
}

const countAnswersAgain: CalendarFollower = async ({ tx, year, calendar, dryRun }) => {
  if (dryRun) return [];
  const open = await tx.query<{ id: string; state: VisitState; visitedOn: LegalDate; dueOn: LegalDate }[]>(
    `select id, state, visited_on as "visitedOn", answer_due_on as "dueOn" from reception_visit
     where answered_on is null and answer_due_on is not null and visited_on <= make_date($1, 12, 31) and answer_backlog_on >= make_date($1, 1, 1)
     order by id for update`,
    [year],
  );
  const moved = open.flatMap(({ id, state, visitedOn, dueOn }) => {
    const limit = limitInForce({ ruleId: state === 'refused' ? refusalNoticeRule : answerRule, startsOn: visitedOn }, calendar);
    return limit && limit.dueOn !== dueOn ? [{ id, dueOn: limit.dueOn, backlogOn: limit.backlogOn }] : [];
  });
  await tx.query(
    `update reception_visit v set answer_due_on = "dueOn", answer_backlog_on = "backlogOn", version = version + 1, updated_at = now()
     from jsonb_to_recordset($1::jsonb) as moved (id uuid, "dueOn" date, "backlogOn" date) where v.id = moved.id`,
    [JSON.stringify(moved)],
  );
  // Limits of petitions are what the answer of the change lists.
  return [];
};
