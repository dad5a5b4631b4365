import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../platform/http/page.js';
import { inspectedWithin, isInspected } from '../oversight/overview/indicators.service.js';
import { mustNotLieAhead } from '../petitions/petitions.service.js';
import { mustMatch, Problem } from '../platform/problems/problem.js';
import { checklistOn } from '../rules/inspections/checklist.js';
import { asWritten, isLegalDate, type LegalDate, plusDays } from '../platform/text/legal-date.js';
import { existsOn, type Unit } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { DrawsService } from './draws.service.js';
import {
  type Inspection,
  type InspectionOrder,
  type InspectionRow,
  type InspectionState,
  type InspectionType,
  type ItemRow,
  type Member,
  inspectionStateNames,
} from './inspection.js';
import { foundById, inspectionById, inspectionList, itemsOf, lastInspections, membersOf } from './inspections.queries.js';
import { SystemAnswersService } from './system-answers.service.js';

export interface InspectionFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  type?: InspectionType;
  state?: InspectionState;
  limit?: number;
  cursor?: string;
}

/** Inspections from the decision to the start: who goes where, with which team, and what the system says beforehand. */
@Injectable()
export class InspectionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly draws: DrawsService,
    private readonly answers: SystemAnswersService,
  ) {}

  /**
   * Orders an inspection of a unit below. One by surprise is seen by nobody there before it starts.
   * @throws Problem naming the field: a unit that is not below, days out of order, a team without one head, a member who belongs to the inspected unit
   */
  order(order: InspectionOrder, by: Official): Promise<Inspection> {
    mustBeDays(order);
    mustFitType(order, by);
    return this.transactions.run(async (tx) => {
      const inspected = this.inspected(order.inspectedUnitId, order.decidedOn, by);
      await this.mustFitTeam(tx, order.members, inspected);
      await this.mustFitOrigin(tx, order, by);
      const checklist = order.type === 'responsibility' ? null : checklistOn(order.startsOn);
      if (checklist === undefined)
        throw Problem.field('validation-failed', '/startsOn', 'no_checklist', {
          vi: 'Chưa có bảng kiểm vào ngày này.',
          en: 'There was no checklist on this day.',
        });
      const [made] = await tx.query<{ id: string }[]>(
        `insert into inspection (unit_id, inspected_unit_id, type, plan_item_id, draw_id, decision_number, decided_on, subject, period_from, period_to, starts_on,
           ends_on, checklist_version, inspected_head, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id`,
        [
          this.scope.top(by).id,
          inspected.id,
          order.type,
          order.planItemId,
          order.drawId,
          order.decisionNumber,
          order.decidedOn,
          order.subject,
          order.periodFrom,
          order.periodTo,
          order.startsOn,
          order.endsOn,
          checklist?.version ?? null,
          order.inspectedHead,
          by.accountId,
        ],
      );
      const { id } = made!;
      for (const [index, { role, name, office, accountId }] of order.members.entries())
        await tx.query(
          'insert into inspection_member (inspection_id, position, role, name, office, account_id) values ($1, $2, $3, $4, $5, $6)',
          [id, index + 1, role, name, office, accountId],
        );
      for (const { code } of checklist?.items ?? [])
        await tx.query('insert into inspection_item (inspection_id, code) values ($1, $2)', [id, code]);
      return this.get(id, by);
    });
  }

  /**
   * It begins: the inspected unit sees it from now on, and what the system says of each item is written down.
   * @param startedOn earlier than today when it is entered later than it began
   */
  start(id: string, startedOn: LegalDate, expected: number | null, by: Official): Promise<Inspection> {
    mustNotLieAhead(startedOn, '/startedOn');
    return this.transactions.run(async (tx) => {
      const inspection = await this.lock(id, expected, by);
      this.mustRun(inspection, by);
      mustBe(inspection, 'prepared');
      if (startedOn < inspection.startsOn)
        throw new Problem('action-not-allowed', {
          vi: `Theo quyết định, bắt đầu từ ngày ${asWritten(inspection.startsOn)}.`,
          en: `By the decision it starts on ${inspection.startsOn}.`,
        });
      if (inspection.checklistVersion) await this.answerBySystem(tx, inspection, by);
      await tx.query(`update inspection set state = 'started', started_on = $2, version = version + 1 where id = $1`, [id, startedOn]);
      return this.get(id, by);
    });
  }

  /** It does not take place; the inspected unit never learns of one by surprise. */
  cancel(id: string, reason: string, expected: number | null, by: Official): Promise<Inspection> {
    return this.transactions.run(async (tx) => {
      const inspection = await this.lock(id, expected, by);
      this.mustRun(inspection, by);
      mustBe(inspection, 'prepared');
      await tx.query(`update inspection set state = 'cancelled', cancel_reason = $2, version = version + 1 where id = $1`, [id, reason]);
      return this.get(id, by);
    });
  }

  /** @throws Problem `not-found`, also for whoever may not know of it yet */
  async get(id: string, by: Official): Promise<Inspection> {
    const row = await this.row(id, by);
    const members = await this.transactions.rows<Member & Record<string, unknown>>(membersOf, [id]);
    const checklist = await this.transactions.rows<ItemRow & Record<string, unknown>>(itemsOf, [id, null]);
    return { ...row, members, checklist };
  }

  /** The latest first. */
  async list(
    { unitId, includeSubordinates = true, type, state, limit = defaultLimit, cursor }: InspectionFilter,
    by: Official,
  ): Promise<Page<InspectionRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const units = unitId ? this.scope.unitsAsked(by, unitId, includeSubordinates) : null;
    const values = [...this.seer(by), units, type ?? null, state ?? null, ...after, limit + 1];
    const rows = await this.transactions.rows<InspectionRow & Record<string, unknown>>(inspectionList, values);
    return page(
      rows,
      limit,
      ({ startsOn, id }) => [startsOn, id],
      (row) => row,
    );
  }

  /** Units in the caller's scope that were not inspected within {@link inspectedWithin}, with the day of the last time. */
  async uninspected(
    {
      unitId,
      includeSubordinates = true,
      responsibility = false,
    }: { unitId?: string; includeSubordinates?: boolean; responsibility?: boolean },
    by: Official,
  ): Promise<{ unit: Unit; lastOn: LegalDate | null }[]> {
    const units = this.scope
      .unitsAsked(by, unitId, includeSubordinates)
      .map((id) => this.units.structure.get(id))
      .filter(isInspected);
    const rows = await this.transactions.rows<{ unitId: string; lastOn: LegalDate }>(lastInspections, [
      today(),
      units.map(({ id }) => id),
      responsibility,
    ]);
    const lastOn = new Map(rows.map((row) => [row.unitId, row.lastOn]));
    const since = plusDays(today(), -inspectedWithin[responsibility ? 'responsibility' : 'checklist']);
    return units.map((unit) => ({ unit, lastOn: lastOn.get(unit.id) ?? null })).filter((one) => one.lastOn === null || one.lastOn < since);
  }

  /** Holds an inspection until the end of the transaction. */
  async lock(id: string, expected: number | null, by: Official): Promise<InspectionRow> {
    await this.transactions.manager.query('select from inspection where id = $1 for update', [id]);
    const row = await this.row(id, by);
    mustMatch(row.version, expected);
    return row;
  }

  /**
   * Whoever is in the team, or runs the inspection.
   * @throws Problem `not-responsible`
   */
  async mustTakePart(inspection: InspectionRow, by: Official): Promise<void> {
    const members = await this.transactions.rows<Member & Record<string, unknown>>(membersOf, [inspection.id]);
    if (members.some(({ accountId }) => accountId === by.accountId)) return;
    this.mustRun(inspection, by);
  }

  /** @throws Problem `not-found` for whoever may not see what it found: the inspected unit before the conclusion */
  async mustSeeFindings(id: string, by: Official): Promise<void> {
    const [row] = await this.transactions.rows<{ id: string }>(foundById, [id, ...this.seer(by)]);
    if (!row) throw Problem.notFound('cuộc kiểm tra này', 'inspection');
  }

  private async answerBySystem(
    tx: EntityManager,
    { id, inspectedUnitId, periodFrom, periodTo }: InspectionRow,
    by: Official,
  ): Promise<void> {
    const found = await this.answers.of(this.units.structure.get(inspectedUnitId), { from: periodFrom, to: periodTo }, by);
    for (const [code, answer] of found)
      await tx.query('update inspection_item set system = $3 where inspection_id = $1 and code = $2', [id, code, JSON.stringify(answer)]);
  }

  private async row(id: string, by: Official): Promise<InspectionRow> {
    const [row] = await this.transactions.rows<InspectionRow & Record<string, unknown>>(inspectionById, [id, ...this.seer(by)]);
    if (!row) throw Problem.notFound('cuộc kiểm tra này', 'inspection');
    return row;
  }

  /** Values of the conditions that say who sees an inspection, and what it found. */
  seer(by: Official): [string, boolean, string[], boolean] {
    const { roots, subtree } = this.scope.visible(by);
    return [by.accountId, oversees(by), roots, subtree];
  }

  /**
   * Whoever oversees where the inspection is run.
   * @throws Problem `not-responsible`
   */
  mustRun({ unitId }: Pick<InspectionRow, 'unitId'>, by: Official): void {
    if (oversees(by) && this.scope.top(by).id === unitId) return;
    throw new Problem('not-responsible', {
      vi: 'Chỉ nơi ra quyết định kiểm tra và Tổ công tác được thực hiện.',
      en: 'Only whoever ordered the inspection and its team do this.',
    });
  }

  private inspected(unitId: string, on: LegalDate, by: Official): Unit {
    const unit = this.units.structure.find(unitId);
    const runner = this.scope.top(by);
    if (!unit || unit.id === runner.id || !this.scope.includes(by, unit.id))
      throw Problem.field('validation-failed', '/inspectedUnitId', 'not_below', {
        vi: 'Chỉ kiểm tra đơn vị cấp dưới trong phạm vi của bạn.',
        en: 'Only a unit below you, in your scope, is inspected.',
      });
    if (existsOn(unit, on)) return unit;
    throw Problem.field('unit-not-valid', '/inspectedUnitId', 'unit_not_valid', {
      vi: `${unit.name} không tồn tại vào ngày ${asWritten(on)}.`,
      en: `${unit.name} does not exist on ${on}.`,
    });
  }

  /** One head; nobody who belongs to the inspected unit or to what is below it, or who is a receiver there. */
  private async mustFitTeam(tx: EntityManager, members: readonly Member[], inspected: Unit): Promise<void> {
    if (members.filter(({ role }) => role === 'head').length !== 1)
      throw Problem.field('validation-failed', '/members', 'one_head', {
        vi: 'Tổ công tác có đúng một Tổ trưởng.',
        en: 'A team has one head.',
      });
    const { structure } = this.units;
    const theirs = new Set([...structure.carriedOnBy(inspected), ...structure.descendantsOf(inspected)].map(({ id }) => id));
    for (const [index, { accountId }] of members.entries()) {
      if (!accountId) continue;
      const [account] = await tx.query<{ unitId: string; receives: string | null }[]>(
        `select a.unit_id as "unitId", (select o.unit_id from reception_receiver r join reception_office o on o.id = r.office_id
           where r.account_id = a.id and o.unit_id = any ($2::uuid[]) limit 1) as receives from account a where a.id = $1 and a.active`,
        [accountId, [...theirs]],
      );
      if (!account)
        throw Problem.field('validation-failed', `/members/${index}/accountId`, 'unknown_account', {
          vi: 'Không có tài khoản này.',
          en: 'There is no such account.',
        });
      if (theirs.has(account.unitId) || account.receives)
        throw Problem.field('validation-failed', `/members/${index}/accountId`, 'conflict_of_interest', {
          vi: `Thành viên thuộc, hoặc tiếp công dân cho ${inspected.name}: xung đột lợi ích.`,
          en: `The member belongs to ${inspected.name}, or receives for it: a conflict of interest.`,
        });
    }
  }

  /** A plan or a draw that it rests on says the same unit. */
  private async mustFitOrigin(
    tx: EntityManager,
    { planItemId, drawId, inspectedUnitId, type }: InspectionOrder,
    by: Official,
  ): Promise<void> {
    if (planItemId) {
      const [item] = await tx.query<{ unitId: string; planUnitId: string; used: boolean }[]>(
        `select t.unit_id as "unitId", p.unit_id as "planUnitId", exists (select from inspection i where i.plan_item_id = t.id and i.state <> 'cancelled') as used
         from inspection_plan_item t join inspection_plan p on p.id = t.plan_id where t.id = $1`,
        [planItemId],
      );
      if (item?.unitId !== inspectedUnitId || item.planUnitId !== this.scope.top(by).id || type === 'surprise')
        throw Problem.field('validation-failed', '/planItemId', 'other_plan', {
          vi: 'Kế hoạch này không nêu đơn vị được kiểm tra, hoặc là kiểm tra đột xuất.',
          en: 'The plan does not name this unit, or the inspection is by surprise.',
        });
      if (item.used)
        throw Problem.field('validation-failed', '/planItemId', 'used', {
          vi: 'Đã có cuộc kiểm tra theo mục này.',
          en: 'There is an inspection for it.',
        });
    }
    if (!drawId) return;
    const { candidates } = await this.draws.get(drawId, by);
    if (type !== 'surprise' || !candidates.some(({ unitId, drawn }) => drawn && unitId === inspectedUnitId))
      throw Problem.field('validation-failed', '/drawId', 'not_drawn', {
        vi: 'Đơn vị không được chọn trong lần này, hoặc không phải kiểm tra đột xuất.',
        en: 'The unit was not drawn, or the inspection is not by surprise.',
      });
  }
}

function oversees({ roles }: Official): boolean {
  return roles.some((role) => role === 'leader' || role === 'reception_board' || role === 'inspector');
}

/** @throws Problem `action-not-allowed` */
export function mustBe({ state }: InspectionRow, wanted: InspectionState): void {
  if (state === wanted) return;
  throw new Problem('action-not-allowed', {
    vi: `Không thực hiện được khi cuộc kiểm tra ở trạng thái "${inspectionStateNames[state]}".`,
    en: `Not possible while the inspection is "${state}".`,
  });
}

/** Only an inspectorate inspects responsibility (Law on Inspection), and it is that of somebody. */
function mustFitType({ type, inspectedHead }: InspectionOrder, by: Official): void {
  if (type === 'responsibility' && !by.roles.includes('inspector'))
    throw new Problem('not-responsible', {
      vi: 'Chỉ cơ quan thanh tra tiến hành thanh tra trách nhiệm.',
      en: 'Only an inspectorate inspects responsibility.',
    });
  if ((type === 'responsibility') === (inspectedHead !== null)) return;
  throw Problem.field('validation-failed', '/inspectedHead', inspectedHead ? 'not_allowed' : 'required', {
    vi: 'Nêu người đứng đầu khi, và chỉ khi, thanh tra trách nhiệm.',
    en: 'Name the head when responsibility is inspected, and only then.',
  });
}

function mustBeDays({ decidedOn, startsOn, endsOn, periodFrom, periodTo }: InspectionOrder): void {
  const fault = (pointer: string, vi: string, en: string) => Problem.field('validation-failed', pointer, 'out_of_order', { vi, en });
  if (startsOn < decidedOn)
    throw fault(
      '/startsOn',
      `Không được trước ngày ra quyết định ${asWritten(decidedOn)}.`,
      `Must not be before the decision of ${decidedOn}.`,
    );
  if (endsOn < startsOn)
    throw fault('/endsOn', `Không được trước ngày bắt đầu ${asWritten(startsOn)}.`, `Must not be before the start of ${startsOn}.`);
  if (periodTo < periodFrom) throw fault('/periodTo', `Không được trước ${asWritten(periodFrom)}.`, `Must not be before ${periodFrom}.`);
}
