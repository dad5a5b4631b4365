import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { CalendarService } from '../structure/calendar/calendar.service.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import { alertDays } from '../rules/limits/alert.js';
import { unprocessedSince } from '../rules/reception/reception-rules.js';
import type { Unit } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { sumOf, UnitsBelow } from '../structure/units/units-below.js';
import { alertFigures, type AlertFiguresRow, earlierAlertFigures, unprocessedFigures, type UnprocessedRow } from './alert.queries.js';

export const alertFigureNames = ['open', 'dueSoon', 'overdue', 'backlog', 'overLevel', 'unprocessed'] as const;
/**
 * Open petitions and how many of them are due soon, overdue, backlog, filed over the heads of the competent level, unprocessed for more than 45 days;
 * the last is known as things stand alone, and 0 for an earlier day.
 */
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

const none: AlertFigures = { open: 0, dueSoon: 0, overdue: 0, backlog: 0, overLevel: 0, unprocessed: 0 };

/** What needs attention, down the tree; computed from open limits and the day, so that nothing has to run at midnight. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly below: UnitsBelow,
    private readonly calendars: CalendarService,
    private readonly scope: AccessScope,
  ) {}

  /**
   * One row for the unit's own petitions and one for each unit directly below with everything under it; each petition counts once.
   * @throws Problem `not-found` for a unit out of the caller's scope
   */
  async summary({ unitId, asOf = today() }: { unitId?: string; asOf?: LegalDate }, by: Official): Promise<AlertSummary> {
    const { unit, parts } = this.below.partsOf(unitId, by);
    const { roots, subtree } = this.scope.visible(by);
    const { dueSoonUntil } = alertDays(asOf, this.calendars.calendar);
    const isEarlier = asOf < today();
    const ids = parts.flatMap(({ covered }) => covered.map(({ id }) => id));
    const found = await this.transactions.rows<AlertFiguresRow>(isEarlier ? earlierAlertFigures : alertFigures, [
      asOf,
      dueSoonUntil,
      roots,
      subtree,
      ids,
    ]);
    const since = isEarlier ? null : unprocessedSince(asOf);
    const late = since ? await this.transactions.rows<UnprocessedRow>(unprocessedFigures, [since, ids, roots, subtree]) : [];
    const unprocessed = new Map(late.map((row) => [row.unitId, row.unprocessed]));
    const byUnit = new Map(found.map((row) => [row.unitId, { ...row, unprocessed: unprocessed.get(row.unitId) ?? 0 }]));
    const rows = parts.map(({ unit: part, own, covered }) => ({
      unit: part,
      own,
      ...sumOf(
        covered.flatMap(({ id }) => byUnit.get(id) ?? []),
        none,
      ),
    }));
    return { asOf, unit, total: sumOf(rows, none), rows: rows.filter((row) => row.own || row.open > 0 || !row.unit.validTo) };
  }
}
