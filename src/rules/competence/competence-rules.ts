import type { Bilingual } from '../../platform/problems/problem.js';
import type { ComplaintSubject, PetitionKind } from '../evaluation/filing.js';
import {
  amendingLaw2025,
  complaintsLaw,
  denunciationsLaw,
  denunciationsLaw2011,
  inTime,
  law,
  receptionLaw,
  since2026,
  twoTierDecree,
  type VersionedRule,
  type Written,
} from '../source.js';
import type { UnitKind, UnitLevel } from '../structure/unit-structure.js';

/** What a rule looks at to see whether it applies. */
export type CompetenceCondition = 'resolver_named' | 'managed_elsewhere' | 'no_respondent' | 'agency_or_head' | 'always';

/** Whom a rule makes competent, seen from the respondent's unit or the matter. */
export type CompetentParty = 'named_unit' | 'managing_unit' | 'respondent_unit' | 'direct_superior' | 'matter_unit';

/** Who resolves a petition at first instance; the first rule in force that applies decides. */
export interface CompetenceRule extends VersionedRule {
  title: Bilingual;
  kinds: PetitionKind[];
  subject?: ComplaintSubject;
  respondentUnitKinds?: UnitKind[];
  respondentUnitLevels?: UnitLevel[];
  condition: CompetenceCondition;
  competent: CompetentParty;
}

const twoTiers = '2025-07-01';
const officesOfACommittee: UnitKind[] = ['division', 'reception_board', 'inspectorate'];

/** Law on Complaints arts 17–23, 51; Laws on Denunciations arts 12–13 (law.md 2.1–2.3). */
export const competenceRules: readonly CompetenceRule[] = inTime([
  ...versions([['2011', '2012-07-01', [law(complaintsLaw, 51)]]], {
    id: 'competence.complaint.discipline',
    title: { vi: 'Người đã ra quyết định kỷ luật giải quyết lần đầu', en: 'Whoever decided the discipline resolves first' },
    kinds: ['complaint'],
    subject: 'discipline',
    condition: 'always',
    competent: 'respondent_unit',
    verified: true,
  }),
  ...(
    [
      // Read between the lines of the decree until the law said it.
      ['2025', twoTiers, [law(complaintsLaw, 17), law(twoTierDecree)], false],
      ['2026', since2026, [law(complaintsLaw, 17), law(amendingLaw2025, '2(7)')], true],
    ] as const
  ).flatMap(([version, from, sources, verified]) =>
    versions([[version, from, [...sources]]], {
      id: 'competence.complaint.commune_office',
      title: {
        vi: 'Cơ quan chuyên môn, tổ chức hành chính thuộc UBND cấp xã: Chủ tịch UBND cấp xã giải quyết lần đầu',
        en: 'An office of a commune: the chair of the commune resolves first',
      },
      kinds: ['complaint'],
      respondentUnitKinds: officesOfACommittee,
      respondentUnitLevels: ['commune'],
      condition: 'always',
      competent: 'direct_superior',
      verified,
    }),
  ),
  ...versions(
    [
      ['2011', '2012-07-01', [law(complaintsLaw, '17–23')]],
      ['2025', twoTiers, [law(complaintsLaw, '17–23'), law(twoTierDecree)]],
      ['2026', since2026, [law(complaintsLaw, '17–23'), law(amendingLaw2025, '2(7), 2(8)')]],
    ],
    {
      id: 'competence.complaint.first',
      title: {
        vi: 'Người đứng đầu cơ quan có quyết định, hành vi bị khiếu nại giải quyết lần đầu',
        en: 'The head of the body whose decision or act is complained of resolves first',
      },
      kinds: ['complaint'],
      condition: 'always',
      competent: 'respondent_unit',
      verified: true,
    },
  ),
  ...versions([['2026', since2026, [law(denunciationsLaw, '12(7)'), law(amendingLaw2025, '3(1)')]]], {
    id: 'competence.denunciation.named',
    title: {
      vi: 'Cơ quan do Bộ trưởng, Chủ tịch UBND cấp tỉnh xác định thẩm quyền giải quyết',
      en: 'The body that a minister or the chair of the province named resolves',
    },
    kinds: ['denunciation'],
    condition: 'resolver_named',
    competent: 'named_unit',
    verified: true,
  }),
  ...denunciation('competence.denunciation.managed', 12, {
    title: { vi: 'Cơ quan quản lý cán bộ bị tố cáo giải quyết', en: 'The body that manages the denounced official resolves' },
    condition: 'managed_elsewhere',
    competent: 'managing_unit',
    verified: true,
  }),
  ...denunciation('competence.denunciation.field', 41, {
    title: { vi: 'Cơ quan quản lý nhà nước về lĩnh vực giải quyết', en: 'The body that manages the field resolves' },
    condition: 'no_respondent',
    competent: 'matter_unit',
    verified: false,
  }),
  ...versions([['2026', since2026, [law(denunciationsLaw, '13(1)'), law(amendingLaw2025, '3(2)(a)')]]], {
    id: 'competence.denunciation.commune_office',
    title: {
      vi: 'Người đứng đầu, cấp phó, công chức cơ quan thuộc UBND cấp xã: Chủ tịch UBND cấp xã giải quyết',
      en: 'Heads, deputies and officials of an office of a commune, and the office itself: the chair of the commune resolves',
    },
    kinds: ['denunciation'],
    respondentUnitKinds: officesOfACommittee,
    respondentUnitLevels: ['commune'],
    condition: 'always',
    competent: 'direct_superior',
    verified: true,
  }),
  ...denunciation('competence.denunciation.division', 13, {
    title: {
      vi: 'Công chức, người đứng đầu phòng, ban chuyên môn: Chủ tịch UBND cấp quản lý trực tiếp giải quyết',
      en: 'Officials and heads of divisions and boards: the head of the body above them resolves',
    },
    respondentUnitKinds: ['division', 'reception_board'],
    condition: 'always',
    competent: 'direct_superior',
    verified: false,
  }),
  ...denunciation('competence.denunciation.head', 12, {
    title: {
      vi: 'Người đứng đầu, cấp phó hoặc chính cơ quan bị tố cáo: cấp trên trực tiếp giải quyết',
      en: 'The head, a deputy or the body itself is denounced: the direct superior resolves',
    },
    condition: 'agency_or_head',
    competent: 'direct_superior',
    verified: true,
  }),
  ...denunciation('competence.denunciation.official', 13, {
    title: { vi: 'Người đứng đầu cơ quan quản lý công chức giải quyết', en: 'The head of the body that the official belongs to resolves' },
    condition: 'always',
    competent: 'respondent_unit',
    verified: true,
  }),
  ...versions([['2013', '2012-07-01', [law(receptionLaw, 27)]]], {
    id: 'competence.recommendation',
    title: { vi: 'Cơ quan quản lý nơi phát sinh vụ việc giải quyết', en: 'The body that manages the matter where it arises deals with it' },
    kinds: ['recommendation', 'reflection'],
    condition: 'always',
    competent: 'matter_unit',
    verified: false,
  }),
]);

type Version = [version: string, from: string, sources: VersionedRule['sources']];

function versions(list: Version[], shared: Omit<CompetenceRule, 'version' | 'from' | 'to' | 'sources'>): Written<CompetenceRule>[] {
  return list.map(([version, from, sources]) => ({ ...shared, version, from, sources }));
}

/** The Law of 2018 kept the principle of the Law of 2011 (arts 12, 13, 31 there). */
function denunciation(
  id: string,
  article: number,
  shared: Omit<CompetenceRule, 'id' | 'kinds' | 'version' | 'from' | 'to' | 'sources'>,
): Written<CompetenceRule>[] {
  return versions(
    [
      ['2011', '2012-07-01', [law(denunciationsLaw2011, article === 41 ? 31 : article)]],
      ['2018', '2019-01-01', [law(denunciationsLaw, article)]],
      ['2025', twoTiers, [law(denunciationsLaw, article), law(twoTierDecree)]],
      ['2026', since2026, [law(denunciationsLaw, article), ...(article === 13 ? [law(amendingLaw2025, '3(2)')] : [])]],
    ],
    { id, kinds: ['denunciation'], ...shared },
  );
}
