import { isWithin, type LegalDate } from '../../platform/text/legal-date.js';

export const unitLevels = ['central', 'province', 'district', 'commune'] as const;
export type UnitLevel = (typeof unitLevels)[number];

export const unitKinds = ['peoples_committee', 'department', 'division', 'reception_board', 'inspectorate', 'party_body', 'other'] as const;
export type UnitKind = (typeof unitKinds)[number];

export const portions = ['whole', 'part'] as const;
export type Portion = (typeof portions)[number];

/** Which unit took over on a day, as a whole or in part. */
export interface Successor {
  unitId: string;
  portion: Portion;
  on: LegalDate;
}

/** An organisation unit in one period. Official codes are used again, so identity is the id. */
export interface Unit {
  id: string;
  code: string;
  /** Prefix of its petition numbers. */
  symbol: string;
  name: string;
  level: UnitLevel;
  kind: UnitKind;
  parentId: string | null;
  validFrom: LegalDate;
  validTo: LegalDate | null;
  successors: Successor[];
}

/** Kinds that work for the People's Committee above them (Law on Citizen Reception arts 12–15). */
const actsForAuthority: ReadonlySet<UnitKind> = new Set<UnitKind>(['reception_board', 'inspectorate', 'division', 'department']);
/** Of these a department decides in its own right (Law on Complaints arts 19–20, Law on Denunciations art. 13(3)); filing with the others is filing with the committee. */
const decidesItself: ReadonlySet<UnitKind> = new Set<UnitKind>(['department']);

/** All units of all times and how they hang together; who is above whom on a day. */
export class UnitStructure {
  private readonly units = new Map<string, Unit>();
  private readonly children = new Map<string, Unit[]>();
  private readonly byCode = new Map<string, Unit[]>();
  private readonly wholePredecessors = new Map<string, Unit[]>();
  /** Children of each unit as of one day, made when it is first asked for. */
  private currentTree: { date: LegalDate; children: Map<string, Unit[]> } | undefined;

  constructor(units: Iterable<Unit>) {
    for (const unit of units) this.units.set(unit.id, unit);
    for (const unit of this.units.values()) {
      append(this.byCode, unit.code, unit);
      if (unit.parentId) append(this.children, unit.parentId, unit);
      for (const { unitId, portion } of unit.successors) if (portion === 'whole') append(this.wholePredecessors, unitId, unit);
    }
  }

  get size(): number {
    return this.units.size;
  }

  /** Every unit, in the order given. */
  allUnits(): Unit[] {
    return [...this.units.values()];
  }

  find(id: string): Unit | undefined {
    return this.units.get(id);
  }

  /** The unit that had an official code on a day; codes are used again. */
  withCode(code: string, date: LegalDate): Unit | undefined {
    return this.byCode.get(code)?.find((unit) => existsOn(unit, date));
  }

  /** @throws Error when there is no such unit: for ids that come from the database itself. */
  get(id: string): Unit {
    const unit = this.units.get(id);
    if (!unit) throw new Error(`Unit ${id} is not in the structure`);
    return unit;
  }

  parentOf(unit: Unit): Unit | null {
    return unit.parentId ? this.get(unit.parentId) : null;
  }

  childrenOf(unit: Unit): readonly Unit[] {
    return this.children.get(unit.id) ?? [];
  }

  /** The unit itself when it exists on the day, else the unit that it went into as a whole, else nothing. */
  onDate(unit: Unit, date: LegalDate): Unit | null {
    if (existsOn(unit, date)) return unit;
    const whole = unit.successors.find(({ portion, on }) => portion === 'whole' && on <= date);
    return whole ? this.onDate(this.get(whole.unitId), date) : null;
  }

  /** The direct superior on a day: the nearest unit above that existed then or that took over from the one above. */
  superiorOn(unit: Unit, date: LegalDate): Unit | null {
    const parent = this.parentOf(unit);
    return parent && (this.onDate(parent, date) ?? this.superiorOn(parent, date));
  }

  /** The unit and its superiors on a day, from below. */
  chainOn(unit: Unit, date: LegalDate): Unit[] {
    const superior = this.superiorOn(unit, date);
    return superior ? [unit, ...this.chainOn(superior, date)] : [unit];
  }

  /**
   * The authority that a unit speaks for: boards, inspectorates, divisions and departments share the competence of the People's
   * Committee above them (Law on Citizen Reception arts 12–15). Never climbs past `keep`.
   */
  authorityOf(unit: Unit, date: LegalDate, keep?: Unit | null): Unit {
    if (unit.id === keep?.id || !actsForAuthority.has(unit.kind)) return unit;
    const superior = this.superiorOn(unit, date);
    return superior ? this.authorityOf(superior, date, keep) : unit;
  }

  /** The authority with which a petition is filed that is filed with a unit: {@link authorityOf}, but a department is one of its own. */
  filedWith(unit: Unit, date: LegalDate, keep?: Unit | null): Unit {
    if (unit.id === keep?.id || !actsForAuthority.has(unit.kind) || decidesItself.has(unit.kind)) return unit;
    const superior = this.superiorOn(unit, date);
    return superior ? this.filedWith(superior, date, keep) : unit;
  }

  /**
   * How many levels lie between the competent authority and where a petition was filed: 0 where it is competent itself, -1 where it stands in no line
   * above it. A department stands beside its People's Committee: it counts by its level, and never for the committee itself or what is of the same level.
   */
  levelsAbove(competent: Unit, filedWith: Unit, date: LegalDate): number {
    const chain = this.chainOn(competent, date);
    const inLine = chain.findIndex(({ id }) => id === filedWith.id);
    if (inLine >= 0 || !decidesItself.has(filedWith.kind)) return inLine;
    const committee = this.superiorOn(filedWith, date);
    const beside = chain.findIndex(({ id }) => id === committee?.id);
    const climbed = new Set(chain.slice(0, beside + 1).map(({ level }) => level)).size - 1;
    return beside > 0 && climbed > 0 ? climbed : -1;
  }

  /** From the root to the unit, the unit left out. */
  ancestorsOf(unit: Unit): Unit[] {
    const parent = this.parentOf(unit);
    return parent ? [...this.ancestorsOf(parent), parent] : [];
  }

  /** Every unit below, of all times, top-down. */
  descendantsOf(unit: Unit): Unit[] {
    const found: Unit[] = [];
    const waiting = [...this.childrenOf(unit)];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      found.push(next);
      waiting.push(...this.childrenOf(next));
    }
    return found;
  }

  /** The unit and every unit that went into it as a whole, directly or through others: what it carries on. */
  carriedOnBy(unit: Unit): Unit[] {
    return [unit, ...(this.wholePredecessors.get(unit.id) ?? []).flatMap((predecessor) => this.carriedOnBy(predecessor))];
  }

  /**
   * The unit's own rows and all those below it, as they hang together on a day: a unit that has ended counts where it went as a whole,
   * and what hung below it hangs below its successor. So every unit counts once, whichever level is asked.
   */
  coveredBy(unit: Unit, date: LegalDate): Unit[] {
    const below = this.tree(date).get(unit.id) ?? [];
    return [...this.carriedOnBy(unit), ...below.flatMap((child) => this.coveredBy(child, date))];
  }

  /** The units directly below on a day; see {@link coveredBy}. */
  directlyBelow(unit: Unit, date: LegalDate): readonly Unit[] {
    return this.tree(date).get(unit.id) ?? [];
  }

  private tree(date: LegalDate): Map<string, Unit[]> {
    if (this.currentTree?.date === date) return this.currentTree.children;
    const children = new Map<string, Unit[]>();
    for (const unit of this.units.values()) {
      const parent = this.parentOf(unit);
      if (parent && !this.wentWholeBefore(unit, date)) append(children, (this.onDate(parent, date) ?? parent).id, unit);
    }
    this.currentTree = { date, children };
    return children;
  }

  private wentWholeBefore(unit: Unit, date: LegalDate): boolean {
    return unit.successors.some(({ portion, on }) => portion === 'whole' && on <= date);
  }
}

export function existsOn(unit: Unit, date: LegalDate): boolean {
  return isWithin(date, unit.validFrom, unit.validTo);
}

/** How a unit is called in a sentence: a People's Committee by its office, another unit by its name. */
export function officeName(unit: Unit): { vi: string; en: string } {
  if (unit.kind !== 'peoples_committee') return { vi: unit.name, en: unit.name };
  return { vi: `UBND ${unit.name}`, en: `the People's Committee of ${unit.name}` };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
