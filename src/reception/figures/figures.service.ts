import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { type LegalDate, toDayNumber } from '../../platform/text/legal-date.js';
import { alertDays } from '../../rules/limits/alert.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { sumOf, UnitsBelow } from '../../structure/units/units-below.js';
import {
  heat,
  type HeatRow,
  owed,
  type OwedRow,
  petitionFigures,
  type PetitionFiguresRow,
  receptionKinds,
  sessionFigures,
  type SessionFiguresRow,
  type TimesRow,
  visitFigures,
  type VisitFiguresRow,
  visitTimes,
} from './figures.queries.js';
import type { KindFigures, PetitionFigures, ReceptionFigures } from './forms.js';

export interface Stretch {
  unitId?: string;
  from: LegalDate;
  to: LegalDate;
}

/** One row: a unit's own figures, or everything from a unit down; or one month of all of it. */
export interface FiguresRow {
  unit: Unit;
  own: boolean;
  month: string | null;
  reception: ReceptionFigures;
  /** Null by month, because form 02/TCD has no months. */
  petitions: PetitionFigures | null;
}

/** How what is owed stands today. */
export interface OwedFigures {
  open: number;
  dueSoon: number;
  overdue: number;
  backlog: number;
}

export interface Owed {
  answers: OwedFigures;
  tasks: OwedFigures;
}

const nothingOwed: OwedFigures = { open: 0, dueSoon: 0, overdue: 0, backlog: 0 };

export interface Figures {
  unit: Unit;
  total: FiguresRow;
  rows: FiguresRow[];
  times: TimesRow[];
}

const longestStretch = 1100;

/** What happened at reception in figures: by unit or by month, ready for the forms 01/TCD and 02/TCD. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly below: UnitsBelow,
    private readonly scope: AccessScope,
    private readonly calendars: CalendarService,
  ) {}

  /**
   * One row for the unit's own reception and one for each unit directly below with everything under it; or one for each month of all of them.
   * @throws Problem `not-found` for a unit out of scope; for a stretch that is turned around or too long
   */
  async figures({ unitId, from, to }: Stretch, by: 'unit' | 'month', caller: Official): Promise<Figures> {
    mustBeStretch(from, to);
    const unit = this.inScope(unitId, caller);
    const parts = this.partsOf(unit, caller);
    const ids = parts.flatMap((part) => [...part.ids]);
    const values = [ids, from, to, by === 'month'];
    const visits = await this.transactions.rows<VisitFiguresRow & Record<string, unknown>>(visitFigures, values);
    const sessions = await this.transactions.rows<SessionFiguresRow & Record<string, unknown>>(sessionFigures, values);
    const petitions = await this.transactions.rows<PetitionFiguresRow & Record<string, unknown>>(petitionFigures, values.slice(0, 3));
    const times = await this.transactions.rows<TimesRow & Record<string, unknown>>(visitTimes, values.slice(0, 3));
    const rowOf = (
      whose: { unit: Unit; own: boolean },
      wanted: (row: { unitId: string }) => boolean,
      month: string | null,
    ): FiguresRow => ({
      unit: whose.unit,
      own: whose.own,
      month,
      reception: sumReception(
        visits.filter((row) => wanted(row) && (month === null || row.month === month)),
        sessions.filter((row) => wanted(row) && (month === null || row.month === month)),
      ),
      petitions: by === 'month' ? null : sumOf(petitions.filter(wanted), noPetitions),
    });
    const months = [...new Set([...visits, ...sessions].map(({ month }) => month))].sort();
    const whole = { unit, own: false };
    return {
      unit,
      total: rowOf(whole, () => true, null),
      rows:
        by === 'month'
          ? months.map((month) => rowOf(whole, () => true, month))
          : parts
              .map((part) => rowOf(part, (row) => part.ids.has(row.unitId), null))
              .filter((row) => row.own || !row.unit.validTo || receptionKinds.some((kind) => row.reception[kind].visits > 0)),
      times,
    };
  }

  /** Answers and tasks that are open, due soon, late: the unit's own, and those of each unit below with everything under it. */
  async owed(
    unitId: string | undefined,
    by: Official,
  ): Promise<{ unit: Unit; total: Owed; rows: (Owed & { unit: Unit; own: boolean })[] }> {
    const unit = this.inScope(unitId, by);
    const parts = this.partsOf(unit, by);
    const { dueSoonUntil } = alertDays(today(), this.calendars.calendar);
    const found = await this.transactions.rows<OwedRow & Record<string, unknown>>(owed, [
      parts.flatMap(({ ids }) => [...ids]),
      today(),
      dueSoonUntil,
    ]);
    const of = (rows: OwedRow[]): Owed => ({
      answers: sumOf(
        rows.filter(({ what }) => what === 'answers'),
        nothingOwed,
      ),
      tasks: sumOf(
        rows.filter(({ what }) => what === 'tasks'),
        nothingOwed,
      ),
    });
    const rows = parts.map(({ unit: part, own, ids }) => ({ unit: part, own, ...of(found.filter((row) => ids.has(row.unitId))) }));
    return { unit, total: of(found), rows: rows.filter((row) => row.own || !row.unit.validTo || row.answers.open + row.tasks.open > 0) };
  }

  /** When people come, by weekday and hour. */
  async heatMap({ unitId, from, to }: Stretch, includeSubordinates: boolean, by: Official): Promise<{ unit: Unit; cells: HeatRow[] }> {
    mustBeStretch(from, to);
    const unit = this.inScope(unitId, by);
    const ids = this.scope.unitsAsked(by, unit.id, includeSubordinates);
    return { unit, cells: await this.transactions.rows<HeatRow & Record<string, unknown>>(heat, [ids, from, to]) };
  }

  /** The unit's own rows, and each unit directly below with everything under it. */
  private partsOf(unit: Unit, by: Official): { unit: Unit; own: boolean; ids: ReadonlySet<string> }[] {
    const { parts } = this.below.partsOf(unit.id, by);
    return parts.map(({ covered, ...part }) => ({ ...part, ids: new Set(covered.map(({ id }) => id)) }));
  }

  private inScope(unitId: string | undefined, by: Official): Unit {
    if (!unitId) return this.scope.top(by);
    const unit = this.units.structure.find(unitId);
    if (!unit || !this.scope.includes(by, unitId)) throw Problem.notFound('đơn vị này trong phạm vi của bạn', 'unit in your scope');
    return unit;
  }
}

const nothing: KindFigures = {
  visits: 0,
  persons: 0,
  casesFirst: 0,
  casesRepeated: 0,
  groups: 0,
  groupPersons: 0,
  groupCasesFirst: 0,
  groupCasesRepeated: 0,
  refused: 0,
  sessions: 0,
};
const noPetitions: PetitionFigures = {
  petitions: 0,
  cases: 0,
  complaints: 0,
  complaintCases: 0,
  denunciations: 0,
  denunciationCases: 0,
  others: 0,
  otherCases: 0,
  within: 0,
  withinCases: 0,
  outside: 0,
  outsideCases: 0,
  guided: 0,
  transferred: 0,
  urged: 0,
  replied: 0,
};

function sumReception(visits: VisitFiguresRow[], sessions: SessionFiguresRow[]): ReceptionFigures {
  return Object.fromEntries(
    receptionKinds.map((kind) => {
      const of = <Row extends { reception: string }>(rows: Row[]): Row[] => rows.filter(({ reception }) => reception === kind);
      const held = of(sessions).reduce((total, row) => total + row.sessions, 0);
      return [kind, { ...sumOf(of(visits), nothing), sessions: held }];
    }),
  ) as ReceptionFigures;
}

function mustBeStretch(from: LegalDate, to: LegalDate): void {
  if (to >= from && toDayNumber(to) - toDayNumber(from) <= longestStretch) return;
  throw Problem.field('validation-failed', '?to', 'period', {
    vi: `"to" phải từ "from" và trong vòng ${longestStretch} ngày.`,
    en: `"to" must not be before "from", and at most ${longestStretch} days after it.`,
  });
}
