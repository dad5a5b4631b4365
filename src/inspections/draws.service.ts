import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../platform/http/page.js';
import { IndicatorsService, type UnitIndicators } from '../oversight/overview/indicators.service.js';
import type { IndicatorCode } from '../oversight/overview/indicators.js';
import { Problem } from '../platform/problems/problem.js';
import { type LegalDate, plusDays, toDayNumber } from '../platform/text/legal-date.js';
import { existsOn, type Unit, type UnitLevel } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { draw } from './draw.js';
import type { Draw, DrawnUnit, RiskFact } from './inspection.js';
import { drawList, lastInspections } from './inspections.queries.js';
import { weightOf } from './risk.js';

export interface DrawOrder {
  count: number;
  levels: UnitLevel[];
  /** Units that cannot be drawn, e.g. because they are being inspected. */
  exceptUnitIds: string[];
  reason: string;
}

/** What happened in the last half-year makes the risk. */
const daysLookedAt = 182;
/** A unit that was inspected so many days ago, or never, has the whole risk of that. */
const longAgo = 730;

/**
 * Draws of units for a surprise inspection, weighted by risk. Every draw is kept as it was, with its seed: whoever draws again until a certain unit
 * comes out is seen to have done so.
 */
@Injectable()
export class DrawsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly indicators: IndicatorsService,
  ) {}

  /** @throws Problem naming the field: more than can be drawn, nobody left */
  async draw({ count, levels, exceptUnitIds, reason }: DrawOrder, by: Official): Promise<Draw> {
    const drawnOn = today();
    const period = { from: plusDays(drawnOn, -daysLookedAt), to: drawnOn };
    const runner = this.scope.top(by);
    const units = this.scope
      .units(by)
      .filter(
        (unit) =>
          unit.kind === 'peoples_committee' &&
          unit.id !== runner.id &&
          existsOn(unit, drawnOn) &&
          (levels.length === 0 || levels.includes(unit.level)) &&
          !exceptUnitIds.includes(unit.id),
      );
    if (units.length < count)
      throw Problem.field('validation-failed', '/count', 'too_many', {
        vi: `Chỉ có ${units.length} đơn vị để chọn.`,
        en: `There are only ${units.length} units to draw from.`,
      });
    return this.transactions.run(async (tx) => {
      const seed = randomBytes(16).toString('hex');
      const facts = await this.factsOf(units, period, by);
      const byCode = new Map(units.map((unit) => [unit.code, unit]));
      const order = draw(
        units.map((unit) => ({ code: unit.code, weight: weightOf(facts.get(unit.id)!) })),
        seed,
      );
      const candidates = order.map(({ code, weight, key }, index): DrawnUnit => {
        const unitId = byCode.get(code)!.id;
        return { unitId, code, weight, key, drawn: index < count, facts: facts.get(unitId)! };
      });
      const [made] = await tx.query<{ id: string }[]>(
        `insert into inspection_draw (unit_id, seed, drawn_on, reason, period_from, period_to, candidates, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
        [runner.id, seed, drawnOn, reason, period.from, period.to, JSON.stringify(candidates), by.accountId],
      );
      return this.get(made!.id, by);
    });
  }

  /** @throws Problem `not-found`, also for draws of other authorities */
  async get(id: string, by: Official): Promise<Draw> {
    const [row] = await this.rows(by, id, null, 1);
    if (!row) throw Problem.notFound('lần chọn ngẫu nhiên này', 'draw');
    return row;
  }

  /** The latest first. */
  async list({ limit = defaultLimit, cursor }: { limit?: number; cursor?: string }, by: Official): Promise<Page<Draw>> {
    const [after] = decodeCursor(cursor, [isUuid]) ?? [null];
    return page(
      await this.rows(by, null, after as string | null, limit + 1),
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  private rows(by: Official, id: string | null, after: string | null, limit: number): Promise<Draw[]> {
    return this.transactions.rows<Draw & Record<string, unknown>>(drawList, [[this.scope.top(by).id], id, after, limit]);
  }

  /** The risk of each unit with everything below it, each fact from 0 to 1. */
  private async factsOf(
    units: readonly Unit[],
    period: { from: LegalDate; to: LegalDate },
    by: Official,
  ): Promise<Map<string, Record<RiskFact, number>>> {
    const coveredBy = new Map(units.map((unit) => [unit.id, this.scope.covered(by, unit, true, period.to)]));
    const all = [...new Map([...coveredBy.values()].flat().map((unit) => [unit.id, unit])).values()];
    const figures = await this.indicators.indicatorsOf(all, period, by);
    const last = await this.transactions.rows<{ unitId: string; lastOn: LegalDate }>(lastInspections, [
      period.to,
      all.map(({ id }) => id),
      false,
    ]);
    const lastOn = new Map(last.map((row) => [row.unitId, row.lastOn]));
    return new Map(
      units.map((unit) => {
        const covered = coveredBy.get(unit.id)!;
        const share = (code: IndicatorCode) => shareOver(covered, figures, code);
        const inspected = lastOn.get(unit.id);
        const facts: Record<RiskFact, number> = {
          overdue: Math.min(1, share('overdue') + share('backlog')),
          overLevel: share('over_level'),
          missedHeadDays: covered.some(({ id }) => figures.get(id)?.head_days_held) ? 1 - share('head_days_held') : 0,
          enteredLate: share('entered_late'),
          sinceLastInspection: inspected ? Math.min(1, (toDayNumber(period.to) - toDayNumber(inspected)) / longAgo) : 1,
        };
        return [
          unit.id,
          Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, Math.round(value * 1e6) / 1e6])) as Record<
            RiskFact,
            number
          >,
        ];
      }),
    );
  }
}

function shareOver(units: readonly Unit[], figures: Map<string, UnitIndicators>, code: IndicatorCode): number {
  let [part, of] = [0, 0];
  for (const { id } of units) {
    const figure = figures.get(id)?.[code];
    if (figure) [part, of] = [part + figure.part, of + figure.of];
  }
  return of === 0 ? 0 : part / of;
}
