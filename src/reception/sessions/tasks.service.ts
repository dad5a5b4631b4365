import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { mustNotLieAhead } from '../../petitions/petitions.service.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { asWritten, isLegalDate, type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { type Alert, alertDays, alertOf } from '../../rules/limits/alert.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { SessionsService } from './sessions.service.js';
import type { TaskRow } from './session.js';
import { lockTask, taskList, tasksOf } from './sessions.queries.js';

/** A task that lies undone for so long after its day is backlog, as petitions are. */
const backlogAfter = 31;

export interface Task extends TaskRow {
  alert: Alert;
}

/** What the head concluded: who does what until when. */
@Injectable()
export class TasksService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionsService,
    private readonly access: UnitResponsibility,
    private readonly calendars: CalendarService,
    private readonly scope: AccessScope,
  ) {}

  async ofSession(sessionId: string, by: Official): Promise<Task[]> {
    await this.sessions.get(sessionId, by);
    return this.withAlert(await this.transactions.rows<TaskRow & Record<string, unknown>>(tasksOf, [sessionId]));
  }

  /** @throws Problem naming a day that is not after the session, or a unit that the host is not above */
  assign(
    sessionId: string,
    { unitId, description, dueOn }: { unitId: string; description: string; dueOn: LegalDate },
    by: Official,
  ): Promise<Task> {
    return this.transactions.run(async (tx) => {
      const session = await this.sessions.lock(sessionId, null, by);
      if (session.state !== 'open' && session.state !== 'closed')
        throw new Problem('action-not-allowed', {
          vi: 'Giao việc khi buổi tiếp đang hoặc đã diễn ra.',
          en: 'Tasks come from a session that is, or was, held.',
        });
      const unit = this.access.anyUnit(unitId, '/unitId');
      this.access.mustExist(unit, session.onDate, '/unitId');
      const due = (await this.calendars.upToDate(tx)).sameOrNextWorkingDay(dueOn);
      if (due <= session.onDate)
        throw Problem.field('validation-failed', '/dueOn', 'before_start', {
          vi: 'Hạn phải sau ngày tiếp.',
          en: 'Must be after the day of the session.',
        });
      const [row] = await tx.query<{ id: string }[]>(
        `insert into reception_task (session_id, unit_id, description, assigned_on, due_on, backlog_on, created_by)
         values ($1, $2, $3, $4, $5, $6, $7) returning id`,
        [sessionId, unit.id, description, session.onDate, due, plusDays(due, backlogAfter), by.accountId],
      );
      return this.get(row!.id);
    });
  }

  /** By the unit that was to do it, or the host. */
  complete(
    id: string,
    { doneOn = today(), result }: { doneOn?: LegalDate; result: string },
    expected: number | null,
    by: Official,
  ): Promise<Task> {
    mustNotLieAhead(doneOn, '/doneOn');
    return this.transactions.run(async (tx) => {
      const task = await this.get(id);
      if (!this.scope.actsFor(by, task.hostUnitId)) this.access.mustActFor(by, task.unitId);
      mustMatch(task.version, expected);
      if (task.doneOn)
        throw new Problem('action-not-allowed', { vi: `Đã xong ngày ${asWritten(task.doneOn)}.`, en: `It was done on ${task.doneOn}.` });
      if (doneOn < task.assignedOn)
        throw Problem.field('validation-failed', '/doneOn', 'before_start', {
          vi: `Không được trước ngày giao ${asWritten(task.assignedOn)}.`,
          en: `Must not be before it was assigned on ${task.assignedOn}.`,
        });
      await tx.query('update reception_task set done_on = $2, result = $3, version = version + 1 where id = $1', [id, doneOn, result]);
      return this.get(id);
    });
  }

  /** Tasks of the units in scope, the first due first. */
  async list(
    {
      unitId,
      includeSubordinates = false,
      open,
      dueUntil,
      limit = defaultLimit,
      cursor,
    }: { unitId?: string; includeSubordinates?: boolean; open?: boolean; dueUntil?: LegalDate; limit?: number; cursor?: string },
    by: Official,
  ): Promise<Page<Task>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.transactions.rows<TaskRow & Record<string, unknown>>(taskList, [
      this.scope.unitsAsked(by, unitId, includeSubordinates),
      open ?? null,
      dueUntil ?? null,
      ...after,
      limit + 1,
    ]);
    return page(
      this.withAlert(rows),
      limit,
      ({ dueOn, id }) => [dueOn, id],
      (row) => row,
    );
  }

  private async get(id: string): Promise<Task> {
    const [row] = await this.transactions.rows<TaskRow & Record<string, unknown>>(lockTask, [id]);
    if (!row) throw Problem.notFound('việc này', 'task');
    return this.withAlert([row])[0]!;
  }

  private withAlert(rows: TaskRow[]): Task[] {
    const days = alertDays(today(), this.calendars.calendar);
    return rows.map((row) => ({ ...row, alert: row.doneOn ? 'none' : alertOf(row, days) }));
  }
}
