import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from './access-scope.js';
import { UnitDirectory } from './unit-directory.js';

/** A row of figures down the tree: the unit's own rows, or everything from it down, of what the caller may see. */
export interface UnitPart {
  unit: Unit;
  own: boolean;
  /** Units whose rows are counted in it; each stands in one part. */
  covered: readonly Unit[];
}

/** Figures of a unit and of what is below it. */
export interface FiguresBelow<Figures> {
  unit: Unit;
  total: Figures;
  rows: { unit: Unit; own: boolean; figures: Figures }[];
}

/** Figures of a unit are one row for itself and one for each unit directly below with everything under it. */
@Injectable()
export class UnitsBelow {
  constructor(
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  /**
   * @param unitId where the caller's view begins when left out
   * @param on as the units hang together on that day
   * @throws Problem `not-found` for a unit out of the caller's scope
   */
  partsOf(unitId: string | undefined, by: Official, on: LegalDate = today()): { unit: Unit; parts: UnitPart[] } {
    const { structure } = this.units;
    const unit = unitId ? structure.find(unitId) : this.scope.top(by);
    if (!unit || !this.scope.includes(by, unit.id)) throw Problem.notFound('đơn vị này trong phạm vi của bạn', 'unit in your scope');
    const below = structure
      .directlyBelow(unit, on)
      .map((child) => ({ unit: child, own: false, covered: this.scope.covered(by, child, true, on) }));
    return {
      unit,
      parts: [{ unit, own: true, covered: this.scope.covered(by, unit, false) }, ...below.filter(({ covered }) => covered.length > 0)],
    };
  }

  /**
   * The figures of the unit itself and of each directly below with everything under it, each the sum of those of its units; rows that have nothing
   * are left out but for the unit's own.
   * @param figuresOf the figures of units for themselves, by id; of those that have any
   * @throws Problem `not-found` for a unit out of the caller's scope
   */
  async figures<Figures extends Record<keyof Figures, number>>(
    { unitId, on, none }: { unitId: string | undefined; on?: LegalDate; none: Figures },
    figuresOf: (units: readonly Unit[]) => Promise<Map<string, Partial<Figures>>>,
    by: Official,
  ): Promise<FiguresBelow<Figures>> {
    const { unit, parts } = this.partsOf(unitId, by, on);
    const found = await figuresOf(parts.flatMap(({ covered }) => covered));
    const rows = parts.map(({ covered, ...part }) => ({
      ...part,
      figures: sumOf(
        covered.flatMap(({ id }) => found.get(id) ?? []),
        none,
      ),
    }));
    const total = sumOf(
      rows.map(({ figures }) => figures),
      none,
    );
    const something = (figures: Figures) => Object.values<number>(figures).some((count) => count > 0);
    return { unit, total, rows: rows.filter(({ own, figures }) => own || something(figures)) };
  }
}

/** Adds the figures of rows, name by name; what a row does not have counts as nothing. */
export function sumOf<Counts extends Record<keyof Counts, number>>(rows: readonly Partial<Counts>[], none: Counts): Counts {
  const names = Object.keys(none) as (keyof Counts)[];
  return Object.fromEntries(names.map((name) => [name, rows.reduce((total, row) => total + (row[name] ?? 0), 0)])) as Counts;
}
