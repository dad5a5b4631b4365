import type { Bilingual } from '../../platform/problems/problem.js';
import { isWithin, type LegalDate } from '../../platform/text/legal-date.js';
import { inTime, law, receptionDecree, receptionLaw, type Source, type VersionedRule, type Written } from '../source.js';
import { existsOn, type Unit, type UnitKind, type UnitLevel } from '../structure/unit-structure.js';

/** Regulations that the directive speaks of. */
export const regulationTypes = {
  house_rules: { vi: 'Nội quy tiếp công dân', en: 'House rules' },
  reception_regulation: { vi: 'Quy chế tiếp công dân', en: 'Reception regulation' },
  safety_coordination: {
    vi: 'Quy chế phối hợp bảo đảm an ninh, trật tự tại trụ sở tiếp công dân',
    en: 'Coordination regulation on safety at the headquarters',
  },
  agency_coordination: {
    vi: 'Quy chế phối hợp giữa các cơ quan tham gia tiếp công dân',
    en: 'Coordination regulation of the agencies taking part in reception',
  },
  other: { vi: 'Quy định khác', en: 'Another regulation' },
} satisfies Record<string, Bilingual>;
export type RegulationType = keyof typeof regulationTypes;
export const regulationTypeNames = Object.keys(regulationTypes) as RegulationType[];

/** Which units must have a regulation. */
export interface RequiredRegulationRule extends VersionedRule {
  title: Bilingual;
  type: RegulationType;
  levels: UnitLevel[];
  kinds: UnitKind[];
}

/** Directive 07/CT-UBND of the chair of Hanoi, 2018-04-24: its demands are known from who reports on them, not from its text. */
export const directive = '07/CT-UBND';
const directiveFrom = '2018-04-24';
const every: UnitLevel[] = ['province', 'district', 'commune'];
/** Levels that keep a headquarters with agencies on duty. */
const withHeadquarters: UnitLevel[] = ['province', 'district'];

export const requiredRegulationRules: readonly RequiredRegulationRule[] = inTime([
  required('house_rules', every, [law(receptionLaw, 24), law(directive)]),
  required('reception_regulation', every, [law(receptionLaw), law(receptionDecree), law(directive)]),
  required('safety_coordination', withHeadquarters, [law(directive)]),
  required('agency_coordination', withHeadquarters, [law(directive)]),
]);

/** The types of regulation that a unit must have on a day; none for a unit that does not exist then. */
export function requiredRegulations(unit: Unit, on: LegalDate): RegulationType[] {
  if (!existsOn(unit, on)) return [];
  return requiredRegulationRules
    .filter((rule) => isWithin(on, rule.from, rule.to ?? null) && rule.levels.includes(unit.level) && rule.kinds.includes(unit.kind))
    .map(({ type }) => type);
}

function required(type: RegulationType, levels: UnitLevel[], sources: Source[]): Written<RequiredRegulationRule> {
  return {
    id: `regulation.required.${type}`,
    version: '2018',
    from: directiveFrom,
    title: regulationTypes[type],
    type,
    levels,
    kinds: ['peoples_committee'],
    sources,
    verified: false,
  };
}
