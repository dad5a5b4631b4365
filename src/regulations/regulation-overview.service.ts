import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import { decodeCursor, defaultLimit, type Page, page } from '../platform/http/page.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import { type RegulationType, requiredRegulations } from '../rules/regulations/required-regulations.js';
import type { Unit } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { type FiguresBelow, UnitsBelow } from '../structure/units/units-below.js';
import { campaignGaps } from './campaigns.queries.js';
import type { Gap, GapKind, RegulationFigures } from './gap.js';
import { regulationGaps, typesInForce } from './regulations.queries.js';

/** Which regulations are missing, outdated or due for review, down the tree. */
@Injectable()
export class RegulationOverviewService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly below: UnitsBelow,
  ) {}

  /**
   * One row for the unit itself and one for each directly below with everything under it.
   * @throws Problem `not-found` for a unit out of the caller's scope
   */
  async overview(
    { unitId, asOf = today() }: { unitId?: string; asOf?: LegalDate },
    by: Official,
  ): Promise<FiguresBelow<RegulationFigures> & { asOf: LegalDate }> {
    return { asOf, ...(await this.below.figures({ unitId, on: asOf, none }, (units) => this.figures(units, asOf), by)) };
  }

  /** The list behind the figures: what is missing, outdated or due in the caller's units. */
  async gaps(
    {
      unitId,
      includeSubordinates = true,
      gap,
      asOf = today(),
      limit = defaultLimit,
      cursor,
    }: { unitId?: string; includeSubordinates?: boolean; gap?: GapKind; asOf?: LegalDate; limit?: number; cursor?: string },
    by: Official,
  ): Promise<Page<Gap>> {
    const [after] = decodeCursor(cursor, [(value) => typeof value === 'string']) ?? [''];
    const units = this.scope.unitsAsked(by, unitId, includeSubordinates).map((id) => this.units.structure.get(id));
    const found = (await this.gapsOf(units, asOf)).filter((one) => (!gap || one.gap === gap) && keyOf(one) > after!);
    found.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    return page(
      found.slice(0, limit + 1),
      limit,
      (one) => [keyOf(one)],
      (one) => one,
    );
  }

  /** The figures of each of these units for itself, by its id. */
  async figures(units: readonly Unit[], asOf: LegalDate): Promise<Map<string, RegulationFigures>> {
    const inForce = await this.inForce(units, asOf);
    const figures = new Map<string, RegulationFigures>();
    for (const unit of units) {
      const required = requiredRegulations(unit, asOf);
      figures.set(unit.id, {
        ...none,
        required: required.length,
        inForce: required.filter((type) => inForce.has(`${unit.id} ${type}`)).length,
      });
    }
    for (const { unitId, gap, dueOn } of await this.gapsOf(units, asOf, inForce)) {
      const of = figures.get(unitId)!;
      of[gap]++;
      if (gap === 'due' && dueOn! < asOf) of.overdue++;
    }
    return figures;
  }

  /** What is missing, outdated or due at one unit. */
  ofUnit(unit: Unit): Promise<Gap[]> {
    return this.gapsOf([unit], today());
  }

  private async gapsOf(units: readonly Unit[], asOf: LegalDate, known?: Set<string>): Promise<Gap[]> {
    const inForce = known ?? (await this.inForce(units, asOf));
    const missing = units.flatMap((unit) =>
      requiredRegulations(unit, asOf)
        .filter((type) => !inForce.has(`${unit.id} ${type}`))
        .map((type): Gap => ({ unitId: unit.id, type, gap: 'missing', regulationId: null, dueOn: null })),
    );
    const ids = units.map(({ id }) => id);
    const own = await this.transactions.rows<Gap & Record<string, unknown>>(regulationGaps, [asOf, ids]);
    const asked = await this.transactions.rows<Gap & Record<string, unknown>>(campaignGaps, [asOf, ids]);
    // One regulation can be asked about by a campaign and by its own unit: it is due once, on the earlier day.
    const once = new Map<string, Gap>();
    for (const gap of [...missing, ...own, ...asked]) {
      const former = once.get(keyOf(gap));
      if (!former || (gap.dueOn ?? '') < (former.dueOn ?? '')) once.set(keyOf(gap), gap);
    }
    return [...once.values()];
  }

  private async inForce(units: readonly Unit[], asOf: LegalDate): Promise<Set<string>> {
    const rows = await this.transactions.rows<{ unitId: string; type: RegulationType }>(typesInForce, [asOf, units.map(({ id }) => id)]);
    return new Set(rows.map(({ unitId, type }) => `${unitId} ${type}`));
  }
}

const none: RegulationFigures = { required: 0, inForce: 0, missing: 0, outdated: 0, due: 0, overdue: 0 };

function keyOf({ unitId, type, gap, regulationId }: Gap): string {
  return `${unitId} ${type} ${gap} ${regulationId ?? ''}`;
}
