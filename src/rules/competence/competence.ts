import { Problem } from '../../platform/problems/problem.js';
import type { Filing } from '../evaluation/filing.js';
import { asWritten, isWithin, type LegalDate } from '../../platform/text/legal-date.js';
import { since2012 } from '../limits/limit-rule.js';
import { since2026 } from '../source.js';
import { existsOn, type Unit, type UnitStructure } from '../structure/unit-structure.js';
import { type CompetenceCondition, type CompetenceRule, competenceRules } from './competence-rules.js';

/** Who is competent at first instance, by which rule. No unit where the authority stands above all units, e.g. a minister. */
export interface FirstCompetence {
  unit: Unit | null;
  rule: CompetenceRule;
}

/**
 * The authority that must resolve the petition first, in the structure valid on the filing date.
 * @throws Problem `unit-not-valid` when a unit named in the filing did not exist then and has no single successor
 */
export function firstCompetence(filing: Filing, structure: UnitStructure): FirstCompetence {
  if (filing.respondent?.namedResolverUnitId) mayBeNamed(filing);
  const respondentUnit = filing.respondent?.namedResolverUnitId
    ? null
    : namedUnit(filing, structure, filing.respondent?.unitId, '/respondent/unitId');
  const rule = competenceRules.find(
    (candidate) =>
      candidate.kinds.includes(filing.kind) &&
      isWithin(filing.filedOn, candidate.from, candidate.to) &&
      (!candidate.subject || candidate.subject === filing.subject) &&
      (!candidate.respondentUnitKinds || (respondentUnit && candidate.respondentUnitKinds.includes(respondentUnit.kind))) &&
      (!candidate.respondentUnitLevels || (respondentUnit && candidate.respondentUnitLevels.includes(respondentUnit.level))) &&
      holds(candidate.condition, filing),
  );
  if (!rule) throw new Error(`No rule says who is competent for a ${filing.kind} on ${filing.filedOn}`);
  return { rule, unit: competentParty(rule, filing, structure, respondentUnit) };
}

function holds(condition: CompetenceCondition, { respondent }: Filing): boolean {
  switch (condition) {
    case 'resolver_named':
      return Boolean(respondent?.namedResolverUnitId);
    case 'managed_elsewhere':
      return Boolean(respondent?.managedByUnitId);
    case 'no_respondent':
      return !respondent;
    case 'agency_or_head':
      return respondent?.type === 'agency' || respondent?.position === 'head' || respondent?.position === 'deputy_head';
    case 'always':
      return true;
  }
}

function competentParty(rule: CompetenceRule, filing: Filing, structure: UnitStructure, respondentUnit: Unit | null): Unit | null {
  switch (rule.competent) {
    case 'named_unit':
      return namedUnit(filing, structure, filing.respondent?.namedResolverUnitId, '/respondent/namedResolverUnitId');
    case 'managing_unit':
      return namedUnit(filing, structure, filing.respondent?.managedByUnitId, '/respondent/managedByUnitId');
    case 'respondent_unit':
      return respondentUnit ?? matterUnit(filing, structure, null);
    case 'direct_superior':
      return respondentUnit && structure.superiorOn(respondentUnit, filing.filedOn);
    case 'matter_unit':
      return matterUnit(filing, structure, respondentUnit);
  }
}

/** Where nothing says whose matter it is, the authority that received the petition is taken to be competent until a clerk says otherwise. */
function matterUnit(filing: Filing, structure: UnitStructure, respondentUnit: Unit | null): Unit {
  const stated = namedUnit(filing, structure, filing.matterUnitId, '/matterUnitId') ?? respondentUnit;
  return stated ?? structure.filedWith(filedAt(filing, structure), filing.filedOn);
}

/** @throws Problem naming the field where nobody can name who resolves: before Law 136/2025/QH15, and for other kinds than denunciations */
function mayBeNamed({ kind, filedOn }: Filing): void {
  if (kind === 'denunciation' && filedOn >= since2026) return;
  throw Problem.field('rule-not-applicable', '/respondent/namedResolverUnitId', 'not_in_force', {
    vi: 'Bộ trưởng, Chủ tịch UBND cấp tỉnh chỉ xác định thẩm quyền giải quyết tố cáo, từ ngày 01/7/2026 (khoản 7 Điều 12 Luật Tố cáo, bổ sung năm 2025).',
    en: 'A minister or the chair of a province names who resolves a denunciation alone, since 2026-07-01 (Law on Denunciations art. 12(7), added in 2025).',
  });
}

/** The unit that received the petition; it must have existed on the filing date itself. */
export function filedAt(filing: Filing, structure: UnitStructure): Unit {
  const unit = mustFind(structure, filing.filedAtUnitId, '/filedAtUnitId');
  if (!existsOn(unit, filing.filedOn)) throw notValid(unit, filing, structure, '/filedAtUnitId');
  return unit;
}

/** The competent unit that a clerk stated, if any. */
export function statedCompetent(filing: Filing, structure: UnitStructure): Unit | null {
  return namedUnit(filing, structure, filing.statedCompetentUnitId, '/competentUnitId');
}

function namedUnit(filing: Filing, structure: UnitStructure, id: string | null | undefined, pointer: string): Unit | null {
  if (!id) return null;
  const named = mustFind(structure, id, pointer);
  const unit = structure.onDate(named, filing.filedOn);
  if (!unit) throw notValid(named, filing, structure, pointer);
  return unit;
}

/** @throws Problem `validation-failed` naming the field when there is no unit with this id */
export function mustFind(structure: UnitStructure, id: string, pointer: string): Unit {
  const unit = structure.find(id);
  if (unit) return unit;
  throw Problem.field('validation-failed', pointer, 'unknown_unit', {
    vi: `Không có đơn vị nào mang mã định danh ${id}; xem GET /api/v1/units.`,
    en: `There is no unit with the id ${id}; see GET /api/v1/units.`,
  });
}

function notValid(unit: Unit, { filedOn }: Filing, structure: UnitStructure, pointer: string): Problem {
  const successors = unit.successors.map(({ unitId }) => structure.get(unitId).name).join(', ');
  return Problem.field('unit-not-valid', pointer, 'unit_not_valid', {
    vi: `${unit.name} (${unit.code}) tồn tại trong thời gian ${asWritten(unit.validFrom)} – ${unit.validTo ? asWritten(unit.validTo) : '…'}, không phải ngày ${asWritten(filedOn)}.${successors && ` Đơn vị kế tiếp: ${successors}; hãy chọn một.`}`,
    en: `${unit.name} (${unit.code}) exists ${unit.validFrom} – ${unit.validTo ?? '…'}, not on ${filedOn}.${successors && ` Its successors: ${successors}; choose one.`}`,
  });
}

/** @throws Problem `rule-not-applicable` for a day before the first law held here */
export function mustHaveLaw(filedOn: LegalDate): void {
  if (filedOn >= since2012) return;
  throw Problem.field('rule-not-applicable', '/filedOn', 'before_first_rule', {
    vi: `Các quy định được số hoá có hiệu lực từ ${asWritten(since2012)}; ngày nộp đơn phải từ ngày đó.`,
    en: `The rules held here are in force since ${since2012}; the filing date must not be before.`,
  });
}
