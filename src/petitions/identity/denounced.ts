import type { Role } from '../../auth/official.js';
import type { PetitionKind, Respondent } from '../../rules/evaluation/filing.js';
import type { Unit, UnitStructure } from '../../rules/structure/unit-structure.js';
import { fold } from '../../units/fold.js';

/** An official, as far as it tells whether a petition is directed against him. */
export interface Accountable {
  unitId: string;
  roles: readonly Role[];
  displayName: string;
}

/** Whom a petition is directed against: as it is classified, and the respondents named in it. */
export interface Accusation {
  kind: PetitionKind;
  respondent: (Respondent & { name?: string | null }) | null;
  named: readonly string[];
}

/**
 * Whether one of the accusations is directed against the official: by name, wherever he works now; as head or deputy by heading the unit or
 * one that carries it on; for a denounced agency as its head. A deputy who is named is that one alone, the head is whoever heads
 * (Law on Denunciations arts 8, 11: whoever is denounced takes no part in resolving it and is not told by whom).
 */
export function isDenounced(official: Accountable, accusations: readonly Accusation[], structure: UnitStructure): boolean {
  return accusations.some(
    ({ kind, respondent, named }) =>
      [...named, respondent?.name].some((name) => name && isNameOf(name, official.displayName)) ||
      (respondent !== null && isHeadOf(official, kind, respondent, structure)),
  );
}

function isHeadOf(
  { roles, unitId }: Accountable,
  kind: PetitionKind,
  { type, unitId: respondentUnitId, position, name }: NonNullable<Accusation['respondent']>,
  structure: UnitStructure,
): boolean {
  // The head of an agency resolves complaints about it (Law on Complaints art. 17 et seq.), and no denunciation of it.
  const accusesTheHead = type === 'agency' ? kind === 'denunciation' : position === 'head' || (position === 'deputy_head' && !name);
  if (!accusesTheHead || !roles.includes('leader')) return false;
  const [own, accused] = [structure.find(unitId), structure.find(respondentUnitId)];
  return (
    own !== undefined &&
    accused !== undefined &&
    (successorsOf(own, structure).has(accused.id) || successorsOf(accused, structure).has(own.id))
  );
}

/** The unit and all that it went into, as a whole or in part: who headed it may head any of them. */
function successorsOf(unit: Unit, structure: UnitStructure, found = new Set<string>()): Set<string> {
  if (found.has(unit.id)) return found;
  found.add(unit.id);
  for (const { unitId } of unit.successors) successorsOf(structure.get(unitId), structure, found);
  return found;
}

/** Whether two names are of one person, with or without a title before or an office behind one of them. */
export function isNameOf(one: string, other: string): boolean {
  const [shorter, longer] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length) as [string[], string[]];
  return shorter.length > 1 && ` ${longer.join(' ')} `.includes(` ${shorter.join(' ')} `);
}

function wordsOf(name: string): string[] {
  return fold(name).match(/[\p{L}\p{N}]+/gu) ?? [];
}
