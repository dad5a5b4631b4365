import { Injectable } from '@nestjs/common';
import type { Official, Role } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { type Unit, type UnitStructure } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from './unit-directory.js';

/** Roles that see what is below their unit, too. */
const seesSubtree: readonly Role[] = ['leader', 'reception_board', 'inspector', 'analyst'];
/** Roles that work for the authority that their office belongs to. */
const worksForAuthority: readonly Role[] = ['reception_board', 'inspector', 'analyst'];

/** What a caller may see, as queries need it: rows of these units, or of everything below them. */
export interface Visible {
  roots: string[];
  subtree: boolean;
}

interface Scope extends Visible {
  home: Unit;
  top: Unit;
  linkable: readonly string[];
  units: Unit[];
  unitIds: ReadonlySet<string>;
  actsFor: ReadonlySet<string>;
  administered: ReadonlySet<string>;
}

/** Whose petitions a caller sees and may act on, by roles and unit. */
@Injectable()
export class AccessScope {
  private known: { structure: UnitStructure; day: string; scopes: Map<string, Scope> } | undefined;

  constructor(private readonly directory: UnitDirectory) {}

  /** The unit that the caller belongs to. */
  home(by: Official): Unit {
    return this.scopeOf(by).home;
  }

  /** Where the caller's view begins: the authority for those who work for it, else the own unit. */
  top(by: Official): Unit {
    return this.scopeOf(by).top;
  }

  /** For the `where` of every query on petitions, transfers and figures. */
  visible(by: Official): Visible {
    const { roots, subtree } = this.scopeOf(by);
    return { roots, subtree };
  }

  /**
   * What the caller may refer to without reading it: petitions of the own authority and of all below. A second complaint is filed above
   * the unit that decided first, and a clerk there must be able to say which petition it continues.
   */
  linkable(by: Official): Visible {
    return { roots: [...this.scopeOf(by).linkable], subtree: true };
  }

  /** Every unit in scope, top-down. */
  units(by: Official): readonly Unit[] {
    return this.scopeOf(by).units;
  }

  includes(by: Official, unitId: string): boolean {
    return this.scopeOf(by).unitIds.has(unitId);
  }

  /**
   * What a unit stands for when a caller asks for it: all that it covers on a day, or itself with what it carries on; of both what the caller may see. A unit
   * is made into units here and nowhere else (see `eslint.config.js`), because asking for what is below must not show more than the scope does.
   */
  covered(by: Official, unit: Unit, includeSubordinates: boolean, on: LegalDate = today()): Unit[] {
    const { unitIds } = this.scopeOf(by);
    const { structure } = this.directory;
    const meant = includeSubordinates ? structure.coveredBy(unit, on) : structure.carriedOnBy(unit);
    return meant.filter(({ id }) => unitIds.has(id));
  }

  /**
   * Units that a list is asked for: what one of them stands for on a day (see {@link covered}), or the whole scope.
   * @throws Problem for a unit that is unknown or out of scope
   */
  unitsAsked(by: Official, unitId: string | undefined, includeSubordinates: boolean, on: LegalDate = today()): string[] {
    if (!unitId) return [...this.scopeOf(by).unitIds];
    const unit = this.directory.structure.find(unitId);
    if (!unit || !this.includes(by, unitId))
      throw Problem.field('validation-failed', '?unitId', 'unknown_unit', {
        vi: 'Không có đơn vị này trong phạm vi của bạn.',
        en: 'There is no such unit in your scope.',
      });
    return this.covered(by, unit, includeSubordinates, on).map(({ id }) => id);
  }

  /** Whether the caller's office is the one that the petition lies with: its own unit, what that carried on, and for boards their authority. */
  actsFor(by: Official, unitId: string): boolean {
    return this.scopeOf(by).actsFor.has(unitId);
  }

  /** Units whose accounts an administrator keeps: the own one and all below. */
  administered(by: Official): ReadonlySet<string> {
    return this.scopeOf(by).administered;
  }

  /**
   * Units and calendars hold for everybody, so only an administrator at the top of the structure keeps them.
   * @throws Problem `forbidden`
   */
  mustAdministerAll(by: Official): void {
    if (this.home(by).parentId === null) return;
    throw new Problem('forbidden', {
      vi: 'Đơn vị và lịch làm việc dùng chung do quản trị viên cấp tỉnh hoặc Trung ương cập nhật.',
      en: 'Units and calendars hold for everybody: an administrator of the province or of a central body keeps them.',
    });
  }

  /** Ids of the units that the caller acts for. */
  actingUnits(by: Official): readonly string[] {
    return [...this.scopeOf(by).actsFor];
  }

  private scopeOf(by: Official): Scope {
    const { structure } = this.directory;
    const day = today();
    if (this.known?.structure !== structure || this.known.day !== day) this.known = { structure, day, scopes: new Map() };
    const key = `${by.unitId} ${by.roles.join(' ')}`;
    const found = this.known.scopes.get(key);
    if (found) return found;
    const scope = scopeOf(by, structure, day);
    this.known.scopes.set(key, scope);
    return scope;
  }
}

function scopeOf(by: Official, structure: UnitStructure, day: string): Scope {
  const home = structure.get(by.unitId);
  const has = (roles: readonly Role[]) => by.roles.some((role) => roles.includes(role));
  const subtree = has(seesSubtree);
  // An office of an abolished unit belongs to the authority that it had, not to the one above that.
  const on = home.validTo && home.validTo < day ? home.validTo : day;
  const authority = structure.authorityOf(home, on);
  const top = has(worksForAuthority) ? authority : home;
  const roots = structure.carriedOnBy(top);
  const units = distinct(subtree ? roots.flatMap((root) => [root, ...structure.descendantsOf(root)]) : roots);
  const offices = [
    home,
    ...(by.roles.includes('reception_board') ? [authority] : []),
    ...(by.roles.includes('leader') ? boardsOf(home, structure) : []),
  ];
  return {
    home,
    top,
    roots: roots.map(({ id }) => id),
    subtree,
    linkable: structure.carriedOnBy(authority).map(({ id }) => id),
    units,
    unitIds: new Set(units.map(({ id }) => id)),
    administered: new Set(
      by.roles.includes('admin')
        ? structure.carriedOnBy(home).flatMap((unit) => [unit.id, ...structure.descendantsOf(unit).map(({ id }) => id)])
        : [],
    ),
    actsFor: new Set(offices.flatMap((office) => structure.carriedOnBy(office)).map(({ id }) => id)),
  };
}

/** A reception board receives for the head of the authority above it, who decides. */
function boardsOf(unit: Unit, structure: UnitStructure): Unit[] {
  return structure.childrenOf(unit).filter(({ kind }) => kind === 'reception_board');
}

function distinct(units: Unit[]): Unit[] {
  return [...new Map(units.map((unit) => [unit.id, unit])).values()];
}
