import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { type LegalDate, toDayNumber } from '../../platform/text/legal-date.js';
import { checkHeadDays, type HeadDayFinding, type HeadSession } from '../../rules/reception/head-day-check.js';
import { headDayPeriods } from '../../rules/reception/head-days.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { headSessions } from './sessions.queries.js';

/** What became of the days of one head. */
export interface HeadDays {
  unit: Unit;
  findings: HeadDayFinding[];
  totals: HeadDayTotals;
}

/** Days over the whole stretch, and months or weeks that are fulfilled or not. */
export interface HeadDayTotals {
  required: number;
  planned: number;
  heldInPerson: number;
  delegated: number;
  postponed: number;
  madeUp: number;
  missed: number;
  cancelled: number;
  withoutVisitors: number;
  periodsFulfilled: number;
  periodsNotFulfilled: number;
}

/** As many days as are checked at once. */
const longestCheck = 800;

/** Whether heads receive citizens as often as the law asks, unit by unit (law.md 3.1). */
@Injectable()
export class HeadDaysService {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem for a stretch that is turned around or too long, or a unit out of scope */
  async check(
    { unitId, includeSubordinates = false, from, to }: { unitId?: string; includeSubordinates?: boolean; from: LegalDate; to: LegalDate },
    by: Official,
  ): Promise<HeadDays[]> {
    if (to < from || toDayNumber(to) - toDayNumber(from) > longestCheck)
      throw Problem.field('validation-failed', '?to', 'period', {
        vi: `"to" phải từ "from" và trong vòng ${longestCheck} ngày.`,
        en: `"to" must not be before "from", and at most ${longestCheck} days after it.`,
      });
    const { structure } = this.units;
    const asked = unitId ?? this.scope.top(by).id;
    return this.ofUnits(
      this.scope.unitsAsked(by, asked, includeSubordinates).map((id) => structure.get(id)),
      from,
      to,
    );
  }

  /** Of each of these units that must receive in the stretch. */
  async ofUnits(units: readonly Unit[], from: LegalDate, to: LegalDate): Promise<HeadDays[]> {
    const periods = units
      .map((unit) => ({ unit, periods: headDayPeriods(unit, from, to, this.calendars.calendar) }))
      .filter((one) => one.periods.length > 0);
    const all = periods.flatMap((one) => one.periods);
    if (all.length === 0) return [];
    const first = all.map((period) => period.from).reduce((one, other) => (one < other ? one : other));
    const last = all.map((period) => period.to).reduce((one, other) => (one > other ? one : other));
    const sessions = await this.transactions.rows<HeadSession & { unitId: string }>(headSessions, [
      periods.map(({ unit }) => unit.id),
      first,
      last,
    ]);
    const byUnit = Map.groupBy(sessions, (session) => session.unitId);
    return periods.map((one) => {
      const findings = checkHeadDays(one.periods, byUnit.get(one.unit.id) ?? [], today());
      return { unit: one.unit, findings, totals: totalsOf(findings) };
    });
  }
}

function totalsOf(findings: HeadDayFinding[]): HeadDayTotals {
  const sum = (count: (finding: HeadDayFinding) => number) => findings.reduce((total, finding) => total + count(finding), 0);
  return {
    required: sum(({ period }) => period.required),
    planned: sum(({ planned }) => planned.length),
    heldInPerson: sum(({ heldInPerson }) => heldInPerson.length),
    delegated: sum(({ delegated }) => delegated.length),
    postponed: sum(({ postponed }) => postponed.length),
    madeUp: sum(({ postponed }) => postponed.filter(({ madeUp }) => madeUp).length),
    missed: sum(({ missed }) => missed.length),
    cancelled: sum(({ cancelled }) => cancelled.length),
    withoutVisitors: sum(({ withoutVisitors }) => withoutVisitors.length),
    periodsFulfilled: sum(({ status }) => Number(status === 'fulfilled')),
    periodsNotFulfilled: sum(({ status }) => Number(status === 'not_fulfilled')),
  };
}
