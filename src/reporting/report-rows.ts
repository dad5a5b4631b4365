import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { Problem } from '../platform/problems/problem.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import { existsOn, type Unit } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitSettingsService } from '../petitions/unit-settings/unit-settings.service.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';

/** A row of a report: a reporting unit with everything that it carries on. */
export interface ReportRow {
  unit: Unit;
  /** It exists on the last day of the period, and so has to report. */
  reporting: boolean;
}

/** Which units a report has rows for, and in which row each unit is counted. */
@Injectable()
export class ReportRows {
  constructor(
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly settings: UnitSettingsService,
  ) {}

  /** @throws Problem `not-found` for a unit out of the caller's scope */
  unitOf(unitId: string | undefined, by: Official): Unit {
    const unit = unitId ? this.units.structure.find(unitId) : this.scope.top(by);
    if (!unit || !this.scope.includes(by, unit.id)) throw Problem.notFound('đơn vị này trong phạm vi của bạn', 'unit in your scope');
    return unit;
  }

  /**
   * The unit and, where asked, all below it that the caller may see, as they hang together on the last day of the period: a unit that went into another as a
   * whole is counted in the row of that one. Central bodies of a vertical chain, and what is below them, are in a report of their own alone.
   */
  async rowsOf(
    unit: Unit,
    includeSubordinates: boolean,
    on: LegalDate,
    by: Official,
  ): Promise<{ rows: ReportRow[]; rowOf: Map<string, string>; apart: Unit[] }> {
    const { structure } = this.units;
    const reportingApart = await this.settings.reportingApart();
    const apart: Unit[] = [];
    const rowOf = new Map<string, string>();
    const rows: ReportRow[] = [];
    const walk = (one: Unit): void => {
      if (one.id !== unit.id && reportingApart.has(one.id)) {
        apart.push(one);
        return;
      }
      const counted = this.scope.covered(by, one, false);
      if (counted.length > 0) rows.push({ unit: one, reporting: existsOn(one, on) });
      for (const { id } of counted) rowOf.set(id, one.id);
      if (includeSubordinates) structure.directlyBelow(one, on).forEach(walk);
    };
    walk(unit);
    return { rows, rowOf, apart };
  }
}
