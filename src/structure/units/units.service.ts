import { Injectable } from '@nestjs/common';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { existsOn, type Unit, type UnitKind, type UnitLevel } from '../../rules/structure/unit-structure.js';
import { fold } from '../../platform/text/fold.js';
import { UnitDirectory } from './unit-directory.js';

export interface UnitFilter {
  code?: string;
  asOf?: LegalDate;
  q?: string;
  level?: UnitLevel;
  kind?: UnitKind;
  parentId?: string;
  limit?: number;
  cursor?: string;
  count?: string;
}

/** Looking up units of all times. */
@Injectable()
export class UnitsService {
  private readonly foldedNames = new WeakMap<Unit, string>();

  constructor(private readonly directory: UnitDirectory) {}

  /** @throws Problem `not-found` */
  get(id: string): Unit {
    const unit = this.directory.structure.find(id);
    if (!unit) throw Problem.notFound('đơn vị này', 'unit');
    return unit;
  }

  list({ code, asOf, q, level, kind, parentId, limit, cursor, count }: UnitFilter): Page<Unit> {
    const words = q ? fold(q).split(' ') : [];
    const found = this.all().filter(
      (unit) =>
        (!code || unit.code === code) &&
        (!asOf || existsOn(unit, asOf)) &&
        (!level || unit.level === level) &&
        (!kind || unit.kind === kind) &&
        (!parentId || unit.parentId === parentId) &&
        words.every((word) => this.folded(unit).includes(word)),
    );
    return { ...pageOf(found, limit, cursor), ...(count && { total: found.length }) };
  }

  /** From the root down to the unit's parent. With a day: the superiors it had, or would have, on that day. */
  ancestors(id: string, asOf?: LegalDate): Unit[] {
    const unit = this.get(id);
    const { structure } = this.directory;
    return asOf ? structure.chainOn(unit, asOf).slice(1).reverse() : structure.ancestorsOf(unit);
  }

  descendants(
    id: string,
    { asOf, level, limit, cursor }: { asOf?: LegalDate; level?: UnitLevel; limit?: number; cursor?: string },
  ): Page<Unit> {
    const below = this.directory.structure
      .descendantsOf(this.get(id))
      .filter((unit) => (!asOf || existsOn(unit, asOf)) && (!level || unit.level === level))
      .sort(byCode);
    return pageOf(below, limit, cursor);
  }

  private folded(unit: Unit): string {
    let name = this.foldedNames.get(unit);
    if (name === undefined) this.foldedNames.set(unit, (name = fold(unit.name)));
    return name;
  }

  private all(): Unit[] {
    return this.directory.structure.allUnits();
  }
}

function pageOf(units: Unit[], limit = defaultLimit, cursor?: string): Page<Unit> {
  const after = decodeCursor(cursor, [(code) => typeof code === 'string', (from) => typeof from === 'string', isUuid]);
  const rest = after ? units.filter((unit) => compare(positionOf(unit), after as string[]) > 0) : units;
  return page(rest.slice(0, limit + 1), limit, positionOf, (unit) => unit);
}

function positionOf({ code, validFrom, id }: Unit): string[] {
  return [code, validFrom, id];
}

function byCode(one: Unit, other: Unit): number {
  return compare(positionOf(one), positionOf(other));
}

function compare(one: string[], other: string[]): number {
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? '';
    if (value !== against) return value < against ? -1 : 1;
  }
  return 0;
}
