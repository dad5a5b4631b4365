import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import { Problem } from '../platform/problems/problem.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';

/** Which units a list of what everybody may read is asked for. */
@Injectable()
export class AskedUnits {
  constructor(
    private readonly scope: AccessScope,
    private readonly units: UnitDirectory,
  ) {}

  /**
   * One unit, or all that it covers today; the caller's where none is named.
   * @throws Problem for a unit that there is not
   */
  unitsOf(unitId: string | undefined, includeSubordinates: boolean, by: Official): string[] {
    const { structure } = this.units;
    const unit = unitId ? structure.find(unitId) : this.scope.home(by);
    if (!unit)
      throw Problem.field('validation-failed', '?unitId', 'unknown_unit', { vi: 'Không có đơn vị này.', en: 'There is no such unit.' });
    return (includeSubordinates ? structure.coveredBy(unit, today()) : [unit]).map(({ id }) => id);
  }
}
