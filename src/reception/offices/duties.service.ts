import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, isWithin, type LegalDate, toDayNumber } from '../../platform/text/legal-date.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { daysOfRecurrence } from '../recurrence.js';
import { type DutyRow, type OfficeRow, type Shift, dutyStateNames } from './office.js';
import { dutiesOf, dutyById } from './offices.queries.js';
import { OfficesService } from './offices.service.js';

/** Who is on duty, over a stretch of time. */
export interface DutyPlan extends OnDuty {
  recurrence: string;
  firstOn: LegalDate;
  lastOn: LegalDate;
  shift: Shift;
}

/** A receiver of the office, or an agency with the official that it sends. */
export interface OnDuty {
  receiverId?: string | null;
  agencyUnitId?: string | null;
  official?: string | null;
}

export interface PlannedDuties {
  created: number;
  /** Days of the rule that nobody works on. */
  daysOff: LegalDate[];
  /** Days that were in the roster already. */
  known: LegalDate[];
}

/** The longest roster of one answer, in days. */
const longestRoster = 366;

/** The roster of an office: its receivers, and the agencies that take part in the reception, by day (Law on Citizen Reception art. 12). */
@Injectable()
export class DutiesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficesService,
    private readonly access: UnitResponsibility,
    private readonly calendars: CalendarService,
  ) {}

  async list(officeId: string, from: LegalDate, to: LegalDate): Promise<DutyRow[]> {
    if (to < from || toDayNumber(to) - toDayNumber(from) > longestRoster)
      throw Problem.field('validation-failed', '?to', 'period', {
        vi: `"to" phải từ "from" và trong vòng ${longestRoster} ngày.`,
        en: `"to" must not be before "from", and at most ${longestRoster} days after it.`,
      });
    await this.offices.find(officeId);
    return this.transactions.rows<DutyRow>(dutiesOf, [officeId, from, to]);
  }

  /** Puts somebody into the roster on the working days of a recurrence rule; days that are there already stay as they are. */
  plan(officeId: string, { recurrence, firstOn, lastOn, shift, ...who }: DutyPlan, by: Official): Promise<PlannedDuties> {
    return this.transactions.run(async (tx) => {
      const office = await this.offices.lock(officeId, null, by);
      await this.mustBeAbleTo(office, who, firstOn, lastOn);
      const calendar = await this.calendars.upToDate(tx);
      const days = daysOfRecurrence(recurrence, firstOn, lastOn, '/recurrence');
      const working = days.filter((day) => calendar.isWorking(day));
      const created = await tx.query<{ onDate: LegalDate }[]>(
        `insert into reception_duty (office_id, on_date, shift, receiver_id, agency_unit_id, official, created_by)
         select $1, day, $3, $4, $5, $6, $7 from unnest($2::date[]) as day on conflict do nothing returning on_date as "onDate"`,
        [officeId, working, shift, who.receiverId ?? null, who.agencyUnitId ?? null, who.official ?? null, by.accountId],
      );
      const made = new Set(created.map(({ onDate }) => onDate));
      return {
        created: made.size,
        daysOff: days.filter((day) => !calendar.isWorking(day)),
        known: working.filter((day) => !made.has(day)),
      };
    });
  }

  /** Somebody else takes a duty over; both stay in the roster. */
  substitute(id: string, { reason, ...who }: OnDuty & { reason: string }, by: Official): Promise<DutyRow> {
    return this.change(id, 'substituted', reason, by, async (duty, office) => {
      await this.mustBeAbleTo(office, who, duty.onDate, duty.onDate);
      const { manager } = this.transactions;
      const [row] = await manager.query<{ id: string }[]>(
        `insert into reception_duty (office_id, on_date, shift, receiver_id, agency_unit_id, official, substitutes_id, reason, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
        [
          duty.officeId,
          duty.onDate,
          duty.shift,
          who.receiverId ?? null,
          who.agencyUnitId ?? null,
          who.official ?? null,
          id,
          reason,
          by.accountId,
        ],
      );
      if (!row)
        throw new Problem('conflict', {
          vi: 'Người hoặc cơ quan thay đã có trong lịch trực buổi này.',
          en: 'Whoever is to substitute is in the roster of that shift already.',
        });
      return row.id;
    });
  }

  cancel(id: string, reason: string, by: Official): Promise<DutyRow> {
    return this.change(id, 'cancelled', reason, by, () => Promise.resolve(id));
  }

  private change(
    id: string,
    state: DutyRow['state'],
    reason: string,
    by: Official,
    work: (duty: DutyRow, office: OfficeRow) => Promise<string>,
  ): Promise<DutyRow> {
    return this.transactions.run(async (tx) => {
      const office = await this.offices.lock((await this.get(id)).officeId, null, by);
      const duty = await this.get(id);
      if (duty.state !== 'planned')
        throw new Problem('action-not-allowed', {
          vi: `Buổi trực đang ở trạng thái "${dutyStateNames[duty.state]}".`,
          en: `The duty is in the state "${duty.state}".`,
        });
      await tx.query('update reception_duty set state = $2, reason = $3 where id = $1', [id, state, reason]);
      return this.get(await work(duty, office));
    });
  }

  private async get(id: string): Promise<DutyRow> {
    const [row] = await this.transactions.rows<DutyRow>(dutyById, [id]);
    if (!row) throw Problem.notFound('buổi trực này', 'duty');
    return row;
  }

  private async mustBeAbleTo(
    office: OfficeRow,
    { receiverId, agencyUnitId }: OnDuty,
    firstOn: LegalDate,
    lastOn: LegalDate,
  ): Promise<void> {
    if (!receiverId === !agencyUnitId)
      throw Problem.field('validation-failed', '/receiverId', 'one_of', {
        vi: 'Nêu người tiếp công dân (receiverId) hoặc cơ quan (agencyUnitId), một trong hai.',
        en: 'Name a receiver (receiverId) or an agency (agencyUnitId), one of them.',
      });
    if (agencyUnitId) this.access.mustExist(this.access.anyUnit(agencyUnitId, '/agencyUnitId'), firstOn, '/agencyUnitId');
    if (!receiverId) return;
    const receiver = (await this.offices.get(office.id)).receivers.find(({ id }) => id === receiverId);
    if (!receiver)
      throw Problem.field('validation-failed', '/receiverId', 'unknown_receiver', {
        vi: 'Không có người tiếp công dân này ở đây.',
        en: 'There is no such receiver at this office.',
      });
    for (const day of [firstOn, lastOn])
      if (!isWithin(day, receiver.servesFrom, receiver.servesTo))
        throw Problem.field('validation-failed', '/receiverId', 'not_serving', {
          vi: `${receiver.name} không làm nhiệm vụ vào ngày ${asWritten(day)}.`,
          en: `${receiver.name} does not serve on ${day}.`,
        });
  }
}
