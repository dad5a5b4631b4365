import type { Bilingual } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { Complexity } from '../limits/limit-rule.js';
import type { PetitionKind } from '../petition-kind.js';
import {
  complaintsDecree,
  complaintsDecree2026,
  denunciationsDecree,
  inTime,
  law,
  since2026,
  versionInForce,
  type VersionedRule,
} from '../source.js';

/** What makes a matter complex; the decree on complaints and the one on denunciations name the same seven, by letter. */
export const complexityCriteria = [
  criterion(
    'several_places',
    'a',
    'Một nội dung nhưng phải xác minh từ 02 địa điểm trở lên',
    'One matter, to be verified in two places or more',
  ),
  criterion('several_matters', 'b', 'Có từ 02 nội dung phải xác minh trở lên', 'Two matters or more to be verified'),
  criterion(
    'many_people',
    'c',
    'Nhiều người cùng gửi đơn về một nội dung, hoặc nội dung liên quan đến quyền và lợi ích của nhiều người',
    'Several people about one matter, or a matter that touches the rights of many',
  ),
  criterion(
    'foreign_element',
    'd',
    'Người gửi đơn ở nước ngoài hoặc là người nước ngoài; hành vi xảy ra hoặc nội dung phải xác minh ở nước ngoài',
    'The petitioner lives abroad or is a foreigner; the act happened, or is to be verified, abroad',
  ),
  criterion(
    'several_bodies',
    'đ',
    'Liên quan đến trách nhiệm quản lý của nhiều cơ quan, tổ chức',
    'Several bodies are responsible for the matter',
  ),
  criterion(
    'opinions_differ',
    'e',
    'Các cơ quan, tổ chức có liên quan còn ý kiến khác nhau',
    'The bodies concerned are of different opinions',
  ),
  criterion(
    'evidence_in_conflict',
    'g',
    'Tài liệu, chứng cứ mâu thuẫn, cần thời gian kiểm tra, đánh giá hoặc tham khảo ý kiến cơ quan chuyên môn',
    'Evidence contradicts itself and takes time to check, or an expert opinion',
  ),
] as const satisfies readonly ComplexityCriterion[];

interface ComplexityCriterion {
  id: string;
  /** Letter of Decree 124/2020/NĐ-CP art. 3a(1) and of Decree 31/2019/NĐ-CP art. 3(2). */
  letter: string;
  title: Bilingual;
}
export type ComplexityCriterionId = (typeof complexityCriteria)[number]['id'];
export const complexityCriterionIds = complexityCriteria.map(({ id }) => id);

/** Since when what is complex follows from criteria and is told in writing, with the reason in the file. */
export interface ComplexityRule extends VersionedRule {
  title: Bilingual;
  kind: PetitionKind;
}

export const complexityRules: readonly ComplexityRule[] = inTime([
  {
    id: 'complaint.complexity',
    version: '2026',
    from: since2026,
    kind: 'complaint',
    title: { vi: 'Xác định vụ việc khiếu nại phức tạp bằng văn bản', en: 'A complaint is found to be complex in writing' },
    sources: [law(complaintsDecree, '3a'), law(complaintsDecree2026, 2)],
    verified: true,
  },
  {
    id: 'denunciation.complexity',
    version: '2019',
    from: '2019-05-28',
    kind: 'denunciation',
    title: { vi: 'Xác định vụ việc tố cáo phức tạp, đặc biệt phức tạp', en: 'A denunciation is found to be complex, or specially complex' },
    sources: [law(denunciationsDecree, 3)],
    verified: true,
  },
]);

/** The rule by which complexity is found on a day; undefined where the law of that day had no criteria. */
export function complexityRule(kind: PetitionKind, on: LegalDate): ComplexityRule | undefined {
  return versionInForce(complexityRules, `${kind}.complexity`, on);
}

/**
 * What a matter is by the criteria that it meets: a complaint is complex by one (Decree 124/2020/NĐ-CP art. 3a(1)), a denunciation as well, and
 * specially complex by two (Decree 31/2019/NĐ-CP art. 3(2)–(3)).
 */
export function complexityOf(kind: PetitionKind, criteria: readonly ComplexityCriterionId[]): Complexity {
  const met = new Set(criteria).size;
  if (met === 0) return 'normal';
  return kind === 'denunciation' && met >= 2 ? 'specially_complex' : 'complex';
}

function criterion<Id extends string>(id: Id, letter: string, vi: string, en: string): { id: Id; letter: string; title: Bilingual } {
  return { id, letter, title: { vi, en } };
}

/** How complex a matter is, as Vietnamese sentences name it. */
export const complexityNames = {
  normal: 'không phức tạp',
  complex: 'phức tạp',
  specially_complex: 'đặc biệt phức tạp',
} as const satisfies Record<Complexity, string>;
