import { Injectable } from '@nestjs/common';
import type { Official } from '../auth/official.js';
import { CalendarService } from '../calendar/calendar.service.js';
import { today } from '../calendar/today.js';
import { Transactions } from '../database/transactions.js';
import { Problem } from '../problems/problem.js';
import type { LegalDate } from '../rules/legal-date.js';
import { alertDays } from '../rules/limits/alert.js';
import type { Unit } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../units/access-scope.js';
import { UnitDirectory } from '../units/unit-directory.js';
import { alertFigures, type AlertFiguresRow, earlierAlertFigures } from './alert.queries.js';

export const alertFigureNames = ['open', 'dueSoon', 'overdue', 'backlog', 'overLevel'] as const;
/** Open petitions and how many of them are due soon, overdue, backlog, filed over the heads of the competent level. */
export type AlertFigures = Record<(typeof alertFigureNames)[number], number>;

/** The figures of a unit: its own petitions, or everything from it down. */
export interface AlertRow extends AlertFigures {
  unit: Unit;
  own: boolean;
}

export interface AlertSummary {
  asOf: LegalDate;
  unit: Unit;
  total: AlertFigures;
  rows: AlertRow[];
}

const none: AlertFigures = { open: 0, dueSoon: 0, overdue: 0, backlog: 0, overLevel: 0 };

/** What needs attention, down the tree; computed from open limits and the day, so that nothing has to run at midnight. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly calendars: CalendarService,
    private readonly scope: AccessScope,
  ) {}

  /**
   * One row for the unit's own petitions and one for each unit directly below with everything under it; each petition counts once.
   * @throws Problem `not-found` for a unit out of the caller's scope
   */
  async summary({ unitId, asOf = today() }: { unitId?: string; asOf?: LegalDate }, by: Official): Promise<AlertSummary> {
    const { structure } = this.units;
    const unit = unitId ? this.inScope(unitId, by) : this.scope.top(by);
    const { roots, subtree } = this.scope.visible(by);
    const below = subtree ? structure.directlyBelow(unit, today()) : [];
    const parts = [
      { unit, own: true, covered: structure.carriedOnBy(unit) },
      ...below.map((child) => ({ unit: child, own: false, covered: structure.coveredBy(child, today()) })),
    ];
    const { dueSoonUntil } = alertDays(asOf, this.calendars.calendar);
    const query = asOf < today() ? earlierAlertFigures : alertFigures;
    const ids = parts.flatMap(({ covered }) => covered.map(({ id }) => id));
    const found = await this.transactions.rows<AlertFiguresRow>(query, [asOf, dueSoonUntil, roots, subtree, ids]);
    const byUnit = new Map(found.map((row) => [row.unitId, row]));
    const rows = parts.map(({ unit: part, own, covered }) => ({
      unit: part,
      own,
      ...sum(covered.map(({ id }) => byUnit.get(id) ?? none)),
    }));
    return { asOf, unit, total: sum(rows), rows: rows.filter((row) => row.own || row.open > 0 || !row.unit.validTo) };
  }

  private inScope(unitId: string, by: Official): Unit {
    const unit = this.units.structure.find(unitId);
    if (!unit || !this.scope.includes(by, unitId)) throw Problem.notFound('đơn vị này trong phạm vi của bạn', 'unit in your scope');
    return unit;
  }
}

function sum(figures: AlertFigures[]): AlertFigures {
  return figures.reduce<AlertFigures>(
    (total, one) => Object.fromEntries(alertFigureNames.map((name) => [name, total[name] + one[name]])) as AlertFigures,
    none,
  );
}
