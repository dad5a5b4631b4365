import type { Bilingual } from '../../platform/problems/problem.js';
import type { PetitionKind } from '../petition-kind.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { inTime, law, receptionDecree2026, receptionLaw, since2026, type Source, type Written } from '../source.js';
import type { Ground } from './reception-rules.js';

export const refusalGrounds = [
  'incapable',
  'threat_or_disorder',
  'finally_settled',
  'other_by_law',
  'dangerous_items',
  'security_check_refused',
  'recording_against_order',
  'incitement',
  'unrepresented_incapacity',
  'authority_not_shown',
  'outside_reception',
  'answered_without_new_facts',
  'final_judgment',
  'handled_elsewhere',
] as const;
export type RefusalGround = (typeof refusalGrounds)[number];

/** Explained by the receiver on the spot, or told by a notice in writing that the head of the body issues (Mẫu số 01/TCD). */
export const refusalsTold = ['on_the_spot', 'in_writing'] as const;
export type RefusalTold = (typeof refusalsTold)[number];

/** A ground on which somebody may be refused, and what is owed to him then. */
export interface Refusal extends Ground {
  code: RefusalGround;
  told: RefusalTold;
  /** Matters that it is a ground for; all where none is named. */
  kinds?: readonly PetitionKind[];
  /** It must rest on an answer in writing of the body that is competent. */
  needsBasis?: boolean;
}

/** The limit of the notice in writing of a refusal. */
export const refusalNoticeRule = 'reception.refusal_notice';

const since2014: LegalDate = '2014-07-01';
const all2013 = { version: '2013', from: since2014, told: 'on_the_spot', verified: true } as const;

function ofLaw(clause: number, code: RefusalGround, title: Bilingual, more: Partial<Written<Refusal>> = {}): Written<Refusal> {
  return { ...all2013, id: `reception.refusal.${clause}`, code, title, sources: [law(receptionLaw, `9(${clause})`)], ...more };
}

/** One of the further grounds that the decree names for article 9(4) of the law. */
function ofDecree(point: string, code: RefusalGround, title: Bilingual, more: Partial<Written<Refusal>> = {}): Written<Refusal> {
  return {
    id: `reception.refusal.4.${point}`,
    code,
    version: '2026',
    from: since2026,
    title,
    told: 'on_the_spot',
    sources: [law(receptionLaw, '9(4)'), law(receptionDecree2026, `4(1)(${point})`)],
    verified: true,
    ...more,
  };
}

const finallySettled: Bilingual = {
  vi: 'Vụ việc đã giải quyết đúng pháp luật, đã rà soát, thông báo bằng văn bản, đã giải thích nhưng vẫn cố tình kéo dài',
  en: 'Settled lawfully, examined, notified in writing and explained, and still brought again',
};

/** On what somebody may be refused (Law on Citizen Reception art. 9; Decree 154/2026/NĐ-CP art. 4 since 2026-07-01). */
export const refusals: readonly Refusal[] = inTime<Refusal>([
  ofLaw(1, 'incapable', {
    vi: 'Say rượu, dùng chất kích thích, mắc bệnh làm mất khả năng nhận thức hoặc điều khiển hành vi',
    en: 'Drunk, drugged or otherwise unable to control themselves',
  }),
  ofLaw(2, 'threat_or_disorder', {
    vi: 'Đe doạ, xúc phạm cơ quan, người tiếp công dân hoặc vi phạm nội quy nơi tiếp công dân',
    en: 'Threatens, insults, or breaks the house rules',
  }),
  ofLaw(3, 'finally_settled', finallySettled, { told: 'in_writing' }),
  ofLaw(3, 'finally_settled', finallySettled, {
    version: '2026',
    from: since2026,
    told: 'in_writing',
    sources: [law(receptionLaw, '9(3)'), law(receptionDecree2026, '4(3)')],
  }),
  ofLaw(
    4,
    'other_by_law',
    { vi: 'Trường hợp khác theo quy định của pháp luật', en: 'Other cases by law' },
    { verified: false, repealedFrom: since2026 },
  ),
  ofDecree('a', 'dangerous_items', {
    vi: 'Mang vũ khí, vật liệu nổ, công cụ hỗ trợ, vật nguy hiểm mà không gửi hoặc giao nộp theo yêu cầu',
    en: 'Brings weapons, explosives or dangerous things and does not hand them over',
  }),
  ofDecree('b', 'security_check_refused', { vi: 'Không chấp hành việc kiểm tra an ninh', en: 'Does not submit to the security check' }),
  ofDecree('c', 'recording_against_order', {
    vi: 'Tự ý ghi âm, ghi hình, phát trực tiếp khi đã được yêu cầu không làm, hoặc gây ảnh hưởng đến an ninh, trật tự',
    en: 'Records or broadcasts although told not to, or so that it disturbs order',
  }),
  ofDecree('d', 'incitement', {
    vi: 'Kích động, lôi kéo, gây rối trật tự công cộng tại nơi tiếp công dân',
    en: 'Incites others or disturbs public order at the place of reception',
  }),
  ofDecree('đ', 'unrepresented_incapacity', {
    vi: 'Không có năng lực hành vi dân sự đầy đủ mà không có người đại diện hợp pháp',
    en: 'Has no full legal capacity and no lawful representative',
  }),
  ofDecree(
    'e',
    'authority_not_shown',
    {
      vi: 'Người đại diện, người được uỷ quyền không xuất trình được giấy tờ chứng minh tư cách đại diện hợp pháp',
      en: 'Represents somebody and cannot show that he may',
    },
    { kinds: ['complaint', 'recommendation', 'reflection'] },
  ),
  ofDecree('g', 'outside_reception', {
    vi: 'Nội dung trình bày không thuộc phạm vi khiếu nại, tố cáo, kiến nghị, phản ánh',
    en: 'What is said is no complaint, denunciation, recommendation or reflection',
  }),
  ofDecree(
    'h',
    'answered_without_new_facts',
    {
      vi: 'Kiến nghị, phản ánh về vụ việc đã được tiếp, hướng dẫn hoặc trả lời bằng văn bản đúng quy định mà không có nội dung, tình tiết mới',
      en: 'A matter that was received, guided or answered in writing as the law asks, without anything new',
    },
    {
      kinds: ['recommendation', 'reflection'],
      told: 'in_writing',
      sources: [law(receptionLaw, '9(4)'), law(receptionDecree2026, '4(1)(h)'), law(receptionDecree2026, '4(3)')],
    },
  ),
  ofDecree(
    'i',
    'final_judgment',
    {
      vi: 'Vụ việc đã có bản án, quyết định của Toà án có hiệu lực pháp luật và không thuộc trường hợp được xem xét lại',
      en: 'A court has decided with legal effect, and the case is none that is looked at again',
    },
    { needsBasis: true },
  ),
  ofDecree('k', 'handled_elsewhere', {
    vi: 'Vụ việc đang được cơ quan, tổ chức, đơn vị có thẩm quyền khác thụ lý, giải quyết',
    en: 'Another body that is competent has accepted the matter and is resolving it',
  }),
]);

/** The grounds that are in force on a day. */
export function refusalsOn(day: LegalDate): Refusal[] {
  return refusals.filter(({ from, to }) => from <= day && (!to || day <= to));
}

/** A ground as it is in force on a day; undefined where it is not. */
export function refusalOn(day: LegalDate, ground: RefusalGround): Refusal | undefined {
  return refusalsOn(day).find(({ code }) => code === ground);
}

/** The article that a notice names, e.g. `9(3)` of the law or `4(1)(h)` of the decree; the most special one where there are several. */
export function basisOf({ sources }: Refusal): Source {
  return sources.find(({ instrument, article }) => instrument === receptionDecree2026 && article?.startsWith('4(1)')) ?? sources[0]!;
}
