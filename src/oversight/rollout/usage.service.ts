import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { Problem } from '../../platform/problems/problem.js';
import { isLegalDate, type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitsBelow } from '../../structure/units/units-below.js';
import { type MeasuredField, measuredFields, type Usage } from './rollout.js';
import { accountUsage, lateEntries, petitionUsage, visitUsage } from './rollout.queries.js';

export interface UsageQuestion {
  unitId?: string;
  from?: LegalDate;
  to?: LegalDate;
}

export interface LateEntriesQuestion extends UsageQuestion {
  includeSubordinates?: boolean;
  limit?: number;
  cursor?: string;
}

/** Something that was not entered in time. */
export interface LateEntryRow {
  about: 'petition' | 'visit';
  id: string;
  number: string;
  unitId: string;
  onDate: LegalDate;
  enteredOn: LegalDate;
}

export interface UsageReport {
  unit: Unit;
  from: LegalDate;
  to: LegalDate;
  total: Usage;
  rows: { unit: Unit; own: boolean; usage: Usage }[];
}

type PetitionUsageRow = Pick<Usage, 'petitions' | 'petitionsInTime' | 'completeness' | 'lastEntryAt'> & { unitId: string };
type VisitUsageRow = Pick<Usage, 'visits' | 'visitsInTime' | 'lastEntryAt'> & { unitId: string };
type AccountUsageRow = Pick<Usage, 'accounts' | 'activeAccounts' | 'lastUseAt'> & { unitId: string };

const longestStretch = 366;
/** Whoever signed in or was busy within so many days is active. */
const activeDays = 30;

/** How units use the software: entered within a day, completely, by whom – measured from what is there, so that nobody has to report it. */
@Injectable()
export class UsageService {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
    private readonly below: UnitsBelow,
    private readonly scope: AccessScope,
  ) {}

  /**
   * In time is what was entered by the end of the next working day. Petitions of old ledgers and of other systems do not count.
   * @throws Problem for a stretch that ends before it begins or is longer than a year, or a unit out of scope
   */
  async usageOf({ unitId, ...stretch }: UsageQuestion, by: Official): Promise<UsageReport> {
    const { from, to } = stretchOf(stretch);
    const { unit, parts } = this.below.partsOf(unitId, by);
    const found = await this.byUnit(
      parts.flatMap(({ covered }) => covered.map(({ id }) => id)),
      from,
      to,
    );
    const rows = parts.map(({ covered, ...part }) => ({ ...part, usage: added(covered.flatMap(({ id }) => found.get(id) ?? [])) }));
    return {
      unit,
      from,
      to,
      total: added(rows.map(({ usage }) => usage)),
      rows: rows.filter(({ own, unit: part, usage }) => own || !part.validTo || usage.petitions + usage.visits > 0),
    };
  }

  /** What was not entered in time, the latest first. */
  async late(
    { unitId, includeSubordinates = true, limit = defaultLimit, cursor, ...stretch }: LateEntriesQuestion,
    by: Official,
  ): Promise<Page<LateEntryRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const { from, to } = stretchOf(stretch);
    const values = [...this.values(this.scope.unitsAsked(by, unitId, includeSubordinates), from, to), ...after, limit + 1];
    const rows = await this.transactions.rows<LateEntryRow & Record<string, unknown>>(lateEntries, values);
    return page(
      rows,
      limit,
      ({ onDate, id }) => [onDate, id],
      (row) => row,
    );
  }

  /** The usage of each of these units for itself, by its id. */
  async byUnit(unitIds: readonly string[], from: LegalDate, to: LegalDate): Promise<Map<string, Usage>> {
    const values = this.values(unitIds, from, to);
    const petitions = await this.transactions.rows<PetitionUsageRow>(petitionUsage, values);
    const visits = await this.transactions.rows<VisitUsageRow>(visitUsage, values);
    const since = new Date(Date.now() - activeDays * 86_400_000);
    const accounts = await this.transactions.rows<AccountUsageRow>(accountUsage, [unitIds, since]);
    const all = new Map<string, Usage>();
    for (const { unitId, ...row } of [...petitions, ...visits, ...accounts]) all.set(unitId, added([all.get(unitId) ?? nothing, row]));
    return all;
  }

  /** Units and stretch, and for each of its days the last one in time: the next working day. */
  private values(unitIds: readonly string[], from: LegalDate, to: LegalDate): unknown[] {
    const { calendar } = this.calendars;
    const days = Array.from({ length: toDayNumber(to) - toDayNumber(from) + 1 }, (_, index) => plusDays(from, index));
    return [unitIds, from, to, days, days.map((day) => calendar.addWorkingDays(day, 1))];
  }
}

/** Thirty days when left out. */
function stretchOf(stretch: { from?: LegalDate | undefined; to?: LegalDate | undefined }): { from: LegalDate; to: LegalDate } {
  const to = stretch.to ?? today();
  const from = stretch.from ?? plusDays(to, -29);
  if (to >= from && toDayNumber(to) - toDayNumber(from) <= longestStretch) return { from, to };
  throw Problem.field('validation-failed', '?to', 'period', {
    vi: `"to" phải từ "from" và trong vòng ${longestStretch} ngày.`,
    en: `"to" must not be before "from", and at most ${longestStretch} days after it.`,
  });
}

const nothing: Usage = {
  petitions: 0,
  petitionsInTime: 0,
  visits: 0,
  visitsInTime: 0,
  accounts: 0,
  activeAccounts: 0,
  completeness: Object.fromEntries(measuredFields.map((field) => [field, 0])) as Record<MeasuredField, number>,
  lastEntryAt: null,
  lastUseAt: null,
};

function added(rows: readonly Partial<Usage>[]): Usage {
  const sum = (name: 'petitions' | 'petitionsInTime' | 'visits' | 'visitsInTime' | 'accounts' | 'activeAccounts') =>
    rows.reduce((total, row) => total + (row[name] ?? 0), 0);
  const last = (name: 'lastEntryAt' | 'lastUseAt') =>
    rows.reduce<Date | null>((latest, row) => (row[name] && (!latest || row[name] > latest) ? row[name] : latest), null);
  return {
    petitions: sum('petitions'),
    petitionsInTime: sum('petitionsInTime'),
    visits: sum('visits'),
    visitsInTime: sum('visitsInTime'),
    accounts: sum('accounts'),
    activeAccounts: sum('activeAccounts'),
    completeness: Object.fromEntries(
      measuredFields.map((field) => [field, rows.reduce((total, row) => total + (row.completeness?.[field] ?? 0), 0)]),
    ) as Record<MeasuredField, number>,
    lastEntryAt: last('lastEntryAt'),
    lastUseAt: last('lastUseAt'),
  };
}
