import type { Bilingual } from '../../platform/problems/problem.js';
import type { Stage } from '../evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import {
  complaintsDecree,
  complaintsDecree2026,
  inTime,
  law,
  since2026,
  type Source,
  versionInForce,
  type VersionedRule,
} from '../source.js';
import type { Unit } from '../structure/unit-structure.js';

export const presiders = ['resolver', 'deputy', 'head_of_department', 'head_of_verifying_unit'] as const;
/** Who presides over a dialogue: the resolver in person, his deputy, the head of an agency of the same level, or of the unit that verified. */
export type Presider = (typeof presiders)[number];

export const dialogueCircumstances = ['many_complainants', 'opinions_differ', 'sharp_attitude', 'public_interest', 'security'] as const;
/** What asks for a minister or the chair of a province in person (Decree 124/2020/NĐ-CP art. 28(2)(b)). */
export type DialogueCircumstance = (typeof dialogueCircumstances)[number];

/** Who must hold a dialogue in person. */
export interface PresiderRule extends VersionedRule {
  title: Bilingual;
}

export const presiderRules: readonly PresiderRule[] = inTime([
  {
    id: 'complaint.dialogue.in_person.head',
    version: '2026',
    from: since2026,
    title: {
      vi: 'Thủ trưởng cơ quan chuyên môn cấp tỉnh giải quyết lần hai phải trực tiếp đối thoại',
      en: 'The head of an agency of a province holds the dialogue of a second complaint in person',
    },
    sources: [law(complaintsDecree, '28(2)(a)'), law(complaintsDecree2026, 11)],
    verified: true,
  },
  {
    id: 'complaint.dialogue.in_person.chair',
    version: '2026',
    from: since2026,
    title: {
      vi: 'Bộ trưởng, Chủ tịch UBND cấp tỉnh giải quyết lần hai phải trực tiếp đối thoại khi có nhiều người khiếu nại, ý kiến khác nhau, thái độ gay gắt, dư luận quan tâm, ảnh hưởng an ninh trật tự',
      en: 'A minister or the chair of a province holds it in person with many complainants, differing opinions, a sharp attitude, public interest or security at stake',
    },
    sources: [law(complaintsDecree, '28(2)(b)'), law(complaintsDecree2026, 11)],
    verified: true,
  },
]);

/**
 * The rule that asks for the resolver in person, where somebody else presided. At first instance the decree leaves it to the resolver.
 * @returns null where whoever presided was allowed to
 */
export function mustPresideInPerson({
  presidedBy,
  heldOn,
  stage,
  resolver,
  circumstances,
}: {
  presidedBy: Presider;
  heldOn: LegalDate;
  stage: Stage | null;
  resolver: Pick<Unit, 'level' | 'kind'> | null;
  circumstances: readonly DialogueCircumstance[];
}): { ruleId: string; sources: Source[]; title: Bilingual } | null {
  if (presidedBy === 'resolver' || stage !== 'second') return null;
  const isOfTheTop = !resolver || resolver.level === 'central' || (resolver.level === 'province' && resolver.kind === 'peoples_committee');
  if (isOfTheTop && circumstances.length === 0) return null;
  const rule = versionInForce(presiderRules, `complaint.dialogue.in_person.${isOfTheTop ? 'chair' : 'head'}`, heldOn);
  return rule ? { ruleId: rule.id, sources: rule.sources, title: rule.title } : null;
}

export const dialogueConsequences = ['fulfilled', 'goes_on', 'to_be_held_again'] as const;
export type DialogueConsequence = (typeof dialogueConsequences)[number];

/**
 * What follows from a dialogue: it counts; it does not and the resolution goes on (Law on Complaints art. 30(6)); or it is held again – the
 * complainant had a good reason (Decree 124/2020/NĐ-CP arts 28(5), 28a), or somebody else presided than the law asks for.
 */
export function consequenceOf({
  heldOn,
  complainantAttended,
  absenceWithoutReason,
  presidedLawfully,
}: {
  heldOn: LegalDate;
  complainantAttended: boolean;
  absenceWithoutReason: boolean;
  presidedLawfully: boolean;
}): { code: DialogueConsequence; explanation: Bilingual } {
  if (!complainantAttended && absenceWithoutReason && heldOn >= since2026)
    return {
      code: 'goes_on',
      explanation: {
        vi: 'Người khiếu nại đã được mời nhưng vắng mặt không có lý do chính đáng: tiếp tục giải quyết khiếu nại (khoản 6 Điều 30 Luật Khiếu nại).',
        en: 'The complainant was invited and stayed away without a good reason: the resolution goes on (Law on Complaints art. 30(6)).',
      },
    };
  if (!complainantAttended)
    return {
      code: 'to_be_held_again',
      explanation: {
        vi: 'Người khiếu nại vắng mặt có lý do chính đáng: tổ chức đối thoại lại; nếu trở ngại kéo dài thì xem xét tạm đình chỉ (khoản 5 Điều 28, Điều 28a Nghị định 124/2020/NĐ-CP; Điều 11a Luật Khiếu nại).',
        en: 'The complainant was away with a good reason: hold the dialogue again; where the obstacle lasts, suspension is considered (Decree 124/2020/NĐ-CP arts 28(5), 28a; Law on Complaints art. 11a).',
      },
    };
  if (!presidedLawfully)
    return {
      code: 'to_be_held_again',
      explanation: {
        vi: 'Người giải quyết khiếu nại phải trực tiếp đối thoại: tổ chức đối thoại lại (khoản 2 Điều 28 Nghị định 124/2020/NĐ-CP, sửa đổi năm 2026).',
        en: 'The resolver has to hold the dialogue in person: hold it again (Decree 124/2020/NĐ-CP art. 28(2) as amended in 2026).',
      },
    };
  return {
    code: 'fulfilled',
    explanation: { vi: 'Đã tổ chức đối thoại với người khiếu nại.', en: 'The dialogue with the complainant was held.' },
  };
}
