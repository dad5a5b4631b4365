import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { Transactions } from '../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../platform/http/page.js';
import { Problem } from '../platform/problems/problem.js';
import { existsOn } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import type { InspectionPlan, PlanFacts } from './inspection.js';
import { planList } from './inspections.queries.js';

/** Plans of regular inspections, for a year or a quarter: which unit, when. */
@Injectable()
export class InspectionPlansService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem naming the item: a unit that is not below, days outside of the year */
  make({ title, number, year, quarter, approvedOn, items }: PlanFacts, by: Official): Promise<InspectionPlan> {
    return this.transactions.run(async (tx) => {
      const runner = this.scope.top(by);
      const [made] = await tx.query<{ id: string }[]>(
        'insert into inspection_plan (unit_id, title, number, year, quarter, approved_on, created_by) values ($1, $2, $3, $4, $5, $6, $7) returning id',
        [runner.id, title, number, year, quarter, approvedOn, by.accountId],
      );
      const seen = new Set<string>();
      for (const [index, { unitId, fromOn, toOn, subject }] of items.entries()) {
        const unit = this.units.structure.find(unitId);
        if (!unit || unitId === runner.id || !this.scope.includes(by, unitId) || !existsOn(unit, fromOn))
          throw Problem.field('validation-failed', `/items/${index}/unitId`, 'not_below', {
            vi: 'Chỉ nêu đơn vị cấp dưới có trong phạm vi của bạn vào ngày này.',
            en: 'Only a unit below you that is there on that day.',
          });
        const [first, last] = quarter ? monthsOf(quarter) : ['01', '12'];
        if (toOn < fromOn || fromOn < `${year}-${first}-01` || toOn > `${year}-${last}-31`)
          throw Problem.field('validation-failed', `/items/${index}/toOn`, 'period', {
            vi: 'Thời gian phải nằm trong năm, quý của kế hoạch.',
            en: 'Must lie within the year or quarter of the plan.',
          });
        if (seen.has(`${unitId} ${fromOn}`))
          throw Problem.field('validation-failed', `/items/${index}`, 'twice', { vi: 'Nêu hai lần.', en: 'It stands twice.' });
        seen.add(`${unitId} ${fromOn}`);
        await tx.query('insert into inspection_plan_item (plan_id, unit_id, from_on, to_on, subject) values ($1, $2, $3, $4, $5)', [
          made!.id,
          unitId,
          fromOn,
          toOn,
          subject,
        ]);
      }
      return this.get(made!.id, by);
    });
  }

  /** @throws Problem `not-found` */
  async get(id: string, by: Official): Promise<InspectionPlan> {
    const [plan] = await this.rows(by, id, null, 1);
    if (!plan) throw Problem.notFound('kế hoạch này', 'plan');
    return plan;
  }

  /** The latest first; the plans of the authority that the caller works for. */
  async list({ limit = defaultLimit, cursor }: { limit?: number; cursor?: string }, by: Official): Promise<Page<InspectionPlan>> {
    const [after] = decodeCursor(cursor, [isUuid]) ?? [null];
    return page(
      await this.rows(by, null, after as string | null, limit + 1),
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  private rows(by: Official, id: string | null, after: string | null, limit: number): Promise<InspectionPlan[]> {
    return this.transactions.rows<InspectionPlan & Record<string, unknown>>(planList, [[this.scope.top(by).id], id, after, limit]);
  }
}

function monthsOf(quarter: number): [string, string] {
  const last = quarter * 3;
  return [String(last - 2).padStart(2, '0'), String(last).padStart(2, '0')];
}
