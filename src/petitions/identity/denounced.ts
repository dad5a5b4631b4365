import type { Role } from '../../platform/access/official.js';
import type { PetitionKind, Respondent } from '../../rules/evaluation/filing.js';
import type { Unit, UnitStructure } from '../../rules/structure/unit-structure.js';
import { couldMean } from './names.js';
import { meansTheHead, type WrittenRespondent } from './positions.js';

/** An official, as far as it tells whether a petition is directed against him. */
export interface Accountable {
  unitId: string;
  roles: readonly Role[];
  displayName: string;
  /** Names that the account had before, what the provider of identities calls it, and the one that it signs in with. */
  otherNames?: readonly string[];
}

/** Whom a petition is directed against: as it is classified, and the respondents named in it. */
export interface Accusation {
  kind: PetitionKind;
  respondent: (Respondent & { name?: string | null }) | null;
  named: readonly string[];
  /** The respondents as they were written down. */
  written?: readonly WrittenRespondent[];
  /** Where the matter arose, where no respondent says it. */
  matterUnitId?: string | null;
}

/**
 * Whether one of the accusations is directed against the official: by name, wherever he works now; as head or deputy by heading the unit or
 * one that carries it on; for a denounced agency as its head. A deputy who is named is that one alone, the head is whoever heads
 * (Law on Denunciations arts 8, 11: whoever is denounced takes no part in resolving it and is not told by whom).
 */
export function isDenounced(official: Accountable, accusations: readonly Accusation[], structure: UnitStructure): boolean {
  return accusations.some(
    (accusation) =>
      [...accusation.named, accusation.respondent?.name].some(
        (name) => name && isNamed(name, accusation.respondent, official, structure),
      ) ||
      (accusation.respondent !== null && isHeadOf(official, accusation.kind, accusation.respondent, structure)) ||
      isWrittenAsHead(official, accusation, structure),
  );
}

/** Whoever was written down by an office, or as the body, is the head of the unit that it is about; of whatever unit where none is known. */
function isWrittenAsHead(
  { roles, unitId, displayName, otherNames = [] }: Accountable,
  { kind, respondent, named, written = [], matterUnitId = null }: Accusation,
  structure: UnitStructure,
): boolean {
  if (kind !== 'denunciation' || !roles.includes('leader')) return false;
  const [own, accused] = [structure.find(unitId), structure.find(respondent?.unitId ?? matterUnitId ?? '')];
  if (accused && !(own && isCarriedOn(own, accused, structure))) return false;
  const names = [...named, ...(respondent?.name ? [respondent.name] : [])];
  const all = [...written, ...names.map((name) => ({ name, office: null, isBody: false }))];
  const head = { unitName: accused?.name ?? null, names: [displayName, ...otherNames] };
  return all.some((one) => meansTheHead(one, head));
}

/** Where it is not known which unit the name is of it may be the official's. */
function isNamed(name: string, respondent: Accusation['respondent'], official: Accountable, structure: UnitStructure): boolean {
  const together = respondent === null || belongsTo(official.unitId, respondent.unitId, structure);
  return [official.displayName, ...(official.otherNames ?? [])].some((his) => couldMean(name, his, together));
}

/** Whether somebody of the one unit may be one of the other: it is the same, went into it or came from it, or is an office of its. */
function belongsTo(ownUnitId: string, unitId: string, structure: UnitStructure): boolean {
  const wanted = structure.find(unitId);
  if (!wanted) return false;
  for (let own = structure.find(ownUnitId); own; own = own.parentId === null ? undefined : structure.find(own.parentId))
    if (isCarriedOn(own, wanted, structure)) return true;
    else if (own.level !== wanted.level) return false;
  return false;
}

function isCarriedOn(one: Unit, other: Unit, structure: UnitStructure): boolean {
  return successorsOf(one, structure).has(other.id) || successorsOf(other, structure).has(one.id);
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
  return own !== undefined && accused !== undefined && isCarriedOn(own, accused, structure);
}

/** The unit and all that it went into, as a whole or in part: who headed it may head any of them. */
function successorsOf(unit: Unit, structure: UnitStructure, found = new Set<string>()): Set<string> {
  if (found.has(unit.id)) return found;
  found.add(unit.id);
  for (const { unitId } of unit.successors) successorsOf(structure.get(unitId), structure, found);
  return found;
}
