import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { reviewSheetOn } from '../../rules/inspections/review-sheet.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { type Alert, alertDays, alertOf } from '../../rules/limits/alert.js';
import { existsOn } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import type { InspectionRow } from '../inspection.js';
import { InspectionsService, mustBe } from '../inspections.service.js';
import {
  type Earlier,
  type Finding,
  type FindingFacts,
  type FindingRow,
  type FindingState,
  type RepeatedFinding,
  type Severity,
  findingStateNames,
} from './finding.js';
import { findingById, findingList, findingsOf, itemFindings } from './findings.queries.js';

export interface FindingFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  inspectionId?: string;
  itemCode?: string;
  severity?: Severity;
  state?: FindingState;
  alert?: Alert;
  limit?: number;
  cursor?: string;
}

interface ItemFinding {
  unitId: string;
  inspectionId: string;
  itemCode: string;
  startedOn: LegalDate;
  state: FindingState;
}

/** What an inspection finds. The inspected unit sees it with the conclusion; until then the team corrects it. */
@Injectable()
export class FindingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly inspections: InspectionsService,
    private readonly calendars: CalendarService,
    private readonly scope: AccessScope,
    private readonly units: UnitDirectory,
  ) {}

  /**
   * Enters findings, all or none, under the next numbers of the inspection.
   * @throws Problem naming the field: an item that the checklist does not have, a limit before the inspection started
   */
  record(inspectionId: string, findings: readonly FindingFacts[], by: Official): Promise<Finding[]> {
    return this.transactions.run(async (tx) => {
      const inspection = await this.mustBeFinding(inspectionId, by);
      const codes = await this.codesOf(inspection);
      const [last] = await tx.query<{ number: number }[]>(
        'select coalesce(max(number), 0) as number from inspection_finding where inspection_id = $1',
        [inspectionId],
      );
      const ids: string[] = [];
      for (const [index, facts] of findings.entries()) {
        mustFit(facts, codes, inspection, `/items/${index}`);
        const { itemCode, description, severity, recommendation, dueOn } = facts;
        const [made] = await tx.query<{ id: string }[]>(
          `insert into inspection_finding (inspection_id, number, item_code, description, severity, recommendation, due_on, created_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
          [inspectionId, last!.number + index + 1, itemCode, description, severity, recommendation, dueOn, by.accountId],
        );
        ids.push(made!.id);
      }
      const recorded: Finding[] = [];
      for (const id of ids) recorded.push(await this.get(id, by));
      return recorded;
    });
  }

  /** Corrects a finding before the conclusion. */
  correct(id: string, facts: FindingFacts, expected: number | null, by: Official): Promise<Finding> {
    return this.transactions.run(async (tx) => {
      const inspection = await this.lockBeforeConclusion(id, expected, by);
      mustFit(facts, await this.codesOf(inspection), inspection, '');
      const { itemCode, description, severity, recommendation, dueOn } = facts;
      await tx.query(
        `update inspection_finding set item_code = $2, description = $3, severity = $4, recommendation = $5, due_on = $6, version = version + 1 where id = $1`,
        [id, itemCode, description, severity, recommendation, dueOn],
      );
      return this.get(id, by);
    });
  }

  /** Takes a finding back before the conclusion; it stays to be seen by the team. */
  withdraw(id: string, reason: string, expected: number | null, by: Official): Promise<Finding> {
    return this.transactions.run(async (tx) => {
      await this.lockBeforeConclusion(id, expected, by);
      await tx.query(`update inspection_finding set state = 'withdrawn', withdrawn_reason = $2, version = version + 1 where id = $1`, [
        id,
        reason,
      ]);
      return this.get(id, by);
    });
  }

  /** @throws Problem `not-found`, also for the inspected unit before the conclusion */
  async get(id: string, by: Official): Promise<Finding> {
    const rows = await this.transactions.rows<FindingRow & Record<string, unknown>>(findingById, [id, ...this.inspections.seer(by)]);
    const [finding] = await this.told(rows);
    if (!finding) throw Problem.notFound('tồn tại, hạn chế này', 'finding');
    return finding;
  }

  /** The latest first. */
  async list(
    { unitId, includeSubordinates = true, limit = defaultLimit, cursor, ...filter }: FindingFilter,
    by: Official,
  ): Promise<Page<Finding>> {
    const [after] = decodeCursor(cursor, [isUuid]) ?? [null];
    const units = unitId ? this.scope.unitsAsked(by, unitId, includeSubordinates) : null;
    const query = findingList({ seer: this.inspections.seer(by), units, ...filter }, this.days, {
      after: after as string | null,
      limit: limit + 1,
    });
    const rows = await this.transactions.rows<FindingRow & Record<string, unknown>>({ text: query.text }, query.values);
    return page(
      await this.told(rows),
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  /** All that are not withdrawn, in the order of their numbers. */
  async ofInspection(inspectionId: string): Promise<Finding[]> {
    return this.told(await this.transactions.rows<FindingRow & Record<string, unknown>>(findingsOf, [inspectionId]));
  }

  /** Items that were found wanting more than once at a unit, or at what it carries on; the most frequent first. */
  async repeated(
    { unitId, includeSubordinates = true }: { unitId?: string; includeSubordinates?: boolean },
    by: Official,
  ): Promise<RepeatedFinding[]> {
    const { structure } = this.units;
    const units = this.scope
      .unitsAsked(by, unitId, includeSubordinates)
      .map((id) => structure.get(id))
      .filter((unit) => existsOn(unit, today()));
    const history = await this.history(units.map(({ id }) => id));
    const repeated = units.flatMap((unit) =>
      [...Map.groupBy(history.get(unit.id)!, ({ itemCode }) => itemCode)].map(([itemCode, found]) => ({
        unitId: unit.id,
        itemCode,
        times: new Set(found.map(({ inspectionId }) => inspectionId)).size,
        firstOn: found[0]!.startedOn,
        lastOn: found.at(-1)!.startedOn,
        notMended: found.filter(({ state }) => state !== 'accepted').length,
      })),
    );
    return repeated
      .filter(({ times }) => times > 1)
      .sort((one, other) => other.times - one.times || (one.lastOn < other.lastOn ? 1 : -1) || one.itemCode.localeCompare(other.itemCode));
  }

  /** Holds the finding and its inspection until the end of the transaction. */
  async lock(id: string, expected: number | null, by: Official): Promise<Finding> {
    await this.transactions.manager.query(
      'select from inspection_finding f join inspection i on i.id = f.inspection_id where f.id = $1 for update',
      [id],
    );
    const finding = await this.get(id, by);
    mustMatch(finding.version, expected);
    return finding;
  }

  private async lockBeforeConclusion(id: string, expected: number | null, by: Official): Promise<InspectionRow> {
    const finding = await this.lock(id, expected, by);
    const inspection = await this.mustBeFinding(finding.inspectionId, by);
    if (finding.state !== 'open') throw notIn(finding.state);
    return inspection;
  }

  private async mustBeFinding(inspectionId: string, by: Official): Promise<InspectionRow> {
    const inspection = await this.inspections.lock(inspectionId, null, by);
    await this.inspections.mustTakePart(inspection, by);
    mustBe(inspection, 'started');
    return inspection;
  }

  /** What a finding can be about: items of the checklist, or questions of the review sheet. */
  private async codesOf({ id, checklistVersion, periodTo }: InspectionRow): Promise<string[]> {
    if (!checklistVersion) return reviewSheetOn(periodTo)?.questions.map(({ code }) => code) ?? [];
    const rows = await this.transactions.manager.query<{ code: string }[]>(
      'select code from inspection_item where inspection_id = $1 order by code',
      [id],
    );
    return rows.map(({ code }) => code);
  }

  private async told(rows: readonly FindingRow[]): Promise<Finding[]> {
    const history = await this.history([...new Set(rows.map(({ inspectedUnitId }) => inspectedUnitId))]);
    return rows.map((row) => ({
      ...row,
      alert: alertOf({ dueOn: row.state === 'open' || row.state === 'returned' ? row.dueOn : null, backlogOn: null }, this.days),
      earlier: earlierThan(row, history.get(row.inspectedUnitId)!),
    }));
  }

  /** Concluded findings about items, by the unit that answers for them now. */
  private async history(unitIds: readonly string[]): Promise<Map<string, ItemFinding[]>> {
    const { structure } = this.units;
    const carried = new Map(unitIds.map((id) => [id, structure.carriedOnBy(structure.get(id)).map((unit) => unit.id)]));
    const found = await this.transactions.rows<ItemFinding & Record<string, unknown>>(itemFindings, [[...carried.values()].flat()]);
    const byUnit = Map.groupBy(found, ({ unitId }) => unitId);
    const inOrder = (one: ItemFinding, other: ItemFinding) => (one.startedOn < other.startedOn ? -1 : 1);
    return new Map([...carried].map(([id, ids]) => [id, ids.flatMap((unitId) => byUnit.get(unitId) ?? []).sort(inOrder)]));
  }

  private get days(): ReturnType<typeof alertDays> {
    return alertDays(today(), this.calendars.calendar);
  }
}

/** @throws Problem `action-not-allowed` */
export function notIn(state: FindingState): Problem {
  return new Problem('action-not-allowed', {
    vi: `Không thực hiện được khi nội dung này ở trạng thái "${findingStateNames[state]}".`,
    en: `Not possible while the finding is "${state}".`,
  });
}

function earlierThan({ itemCode, inspectionId, startedOn }: FindingRow, history: readonly ItemFinding[]): Earlier {
  const before = history.filter((one) => one.itemCode === itemCode && one.inspectionId !== inspectionId && one.startedOn <= startedOn);
  return { times: new Set(before.map((one) => one.inspectionId)).size, lastOn: before.at(-1)?.startedOn ?? null };
}

function mustFit({ itemCode, dueOn }: FindingFacts, codes: readonly string[], { startedOn }: InspectionRow, at: string): void {
  if (itemCode !== null && !codes.includes(itemCode))
    throw Problem.field('validation-failed', `${at}/itemCode`, 'unknown_item', {
      vi: `Không có mục này; có: ${codes.join(', ')}.`,
      en: `There is no such item; there are: ${codes.join(', ')}.`,
    });
  if (dueOn <= startedOn!)
    throw Problem.field('validation-failed', `${at}/dueOn`, 'before_start', {
      vi: `Hạn khắc phục phải sau ngày bắt đầu kiểm tra ${asWritten(startedOn!)}.`,
      en: `Must be after the start of the inspection on ${startedOn}.`,
    });
}
