import { Injectable } from '@nestjs/common';
import type { Official, Role } from '../../platform/access/official.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { existsOn, type Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from './access-scope.js';
import { UnitDirectory } from './unit-directory.js';

const overseeing: readonly Role[] = ['leader', 'reception_board', 'inspector'];

/** For whom somebody acts: the own office, what it carried on, and for boards their authority. */
@Injectable()
export class UnitResponsibility {
  constructor(
    private readonly scope: AccessScope,
    private readonly units: UnitDirectory,
  ) {}

  /** @throws Problem `not-responsible` */
  mustActFor(by: Official, unitId: string): void {
    if (this.scope.actsFor(by, unitId)) return;
    const { name } = this.units.structure.get(unitId);
    throw new Problem('not-responsible', {
      vi: `Chỉ ${name} được thực hiện việc này.`,
      en: `Only ${name} does this.`,
    });
  }

  /**
   * For what a level above may do as well: whoever acts for the unit, or oversees it.
   * @throws Problem `not-responsible`
   */
  mustActForOrOversee(by: Official, unitId: string): void {
    if (!this.oversees(by, unitId)) this.mustActFor(by, unitId);
  }

  /** Whether the unit lies below somebody who leads, runs reception or inspects. */
  oversees(by: Official, unitId: string): boolean {
    return by.roles.some((role) => overseeing.includes(role)) && this.scope.includes(by, unitId);
  }

  /**
   * For what passes from one unit to another: whoever leads above both, or acts for both.
   * @throws Problem `not-responsible`
   */
  mustActForBoth(by: Official, formerId: string, laterId: string): void {
    const leads = by.roles.some((role) => role === 'leader' || role === 'reception_board');
    const may = (unitId: string) => (leads && this.scope.includes(by, unitId)) || this.scope.actsFor(by, unitId);
    if (may(formerId) && may(laterId)) return;
    const [former, later] = [this.units.structure.get(formerId).name, this.units.structure.get(laterId).name];
    throw new Problem('not-responsible', {
      vi: `Chỉ cấp trên của ${former} và ${later} được bàn giao.`,
      en: `Only who leads above ${former} and ${later} hands this over.`,
    });
  }

  /**
   * The unit that somebody acts for: the own one when it is left out.
   * @throws Problem naming the field: no such unit, another one's
   */
  ownUnit(by: Official, unitId: string | null | undefined, pointer = '/unitId'): Unit {
    const unit = unitId ? this.units.structure.find(unitId) : this.scope.home(by);
    if (!unit) throw unknownUnit(pointer);
    this.mustActFor(by, unit.id);
    return unit;
  }

  /** @throws Problem naming the field */
  anyUnit(unitId: string, pointer: string): Unit {
    const unit = this.units.structure.find(unitId);
    if (!unit) throw unknownUnit(pointer);
    return unit;
  }

  /** @throws Problem `unit-not-valid` naming what carries the unit on */
  mustExist(unit: Unit, on: LegalDate, pointer: string): void {
    if (existsOn(unit, on)) return;
    const successors = unit.successors.map(({ unitId }) => this.units.structure.get(unitId).name).join(', ');
    throw Problem.field('unit-not-valid', pointer, 'unit_not_valid', {
      vi: `${unit.name} không tồn tại vào ngày ${asWritten(on)}.${successors && ` Đơn vị kế tiếp: ${successors}.`}`,
      en: `${unit.name} does not exist on ${on}.${successors && ` Its successors: ${successors}.`}`,
    });
  }
}

function unknownUnit(pointer: string): Problem {
  return Problem.field('validation-failed', pointer, 'unknown_unit', { vi: 'Không có đơn vị này.', en: 'There is no such unit.' });
}
