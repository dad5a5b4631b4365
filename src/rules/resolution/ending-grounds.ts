import type { Bilingual } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { since2012, since2019 } from '../limits/limit-rule.js';
import type { PetitionKind } from '../petition-kind.js';
import {
  amendingLaw2025,
  complaintsDecree,
  complaintsLaw,
  denunciationsDecree,
  denunciationsLaw,
  denunciationsLaw2011,
  inTime,
  law,
  since2026,
  type VersionedRule,
  type Written,
} from '../source.js';

export const endingOrders = ['suspension', 'termination', 'withdrawal'] as const;
/** What a ground allows: to stop the clock, to end the matter, or how a withdrawal is made and what goes on in spite of it. */
export type EndingOrder = (typeof endingOrders)[number];

/** A ground in law by which the resolution of a kind of petition stops, ends or goes on, and since when. */
export interface EndingGround extends VersionedRule {
  order: EndingOrder;
  code: string;
  kind: PetitionKind;
  title: Bilingual;
}

export const suspensionGrounds = ['force_majeure', 'objective_obstacle', 'result_of_another_body', 'expert_opinion'] as const;
export type SuspensionGround = (typeof suspensionGrounds)[number];

export const terminationGrounds = [
  'withdrawn',
  'petitioner_died',
  'organisation_ended',
  'no_object',
  'court_has_accepted',
  'denounced_died',
  'judgment_in_force',
] as const;
export type TerminationGround = (typeof terminationGrounds)[number];

/** How a withdrawal is put in writing. */
export const withdrawalForms = ['petition', 'minutes'] as const;
export type WithdrawalForm = (typeof withdrawalForms)[number];

/** Why a denunciation goes on although it was withdrawn (Law on Denunciations art. 33(3)). */
export const goingOnGrounds = ['signs_of_violation', 'threatened', 'bribed', 'abuse_of_right'] as const;
export type GoingOnGround = (typeof goingOnGrounds)[number];

/** Of the whole matter, of a part of it, or by some of several people (Decree 124/2020/NĐ-CP art. 7a, Law on Denunciations art. 33(2)). */
export const withdrawalExtents = ['whole', 'part', 'some_people'] as const;
export type WithdrawalExtent = (typeof withdrawalExtents)[number];

/** Every ground, by what it allows and for whom; a complaint has grounds to stop and to end since Law 136/2025/QH15 alone. */
export const endingRules: readonly EndingGround[] = inTime<EndingGround>([
  ...complaint('suspension', 'force_majeure', '11a(1)(a)', 'Sự kiện bất khả kháng', 'Force majeure'),
  ...complaint('suspension', 'objective_obstacle', '11a(1)(a)', 'Trở ngại khách quan', 'An objective obstacle'),
  ...complaint(
    'suspension',
    'result_of_another_body',
    '11a(1)(b)',
    'Chờ kết quả giải quyết của cơ quan khác về vấn đề liên quan trực tiếp',
    'The result of another body on a matter directly connected is awaited',
  ),
  ...denunciation(
    'suspension',
    'result_of_another_body',
    '34(1)(a)',
    'Chờ kết quả giải quyết của cơ quan khác hoặc của vụ việc khác có liên quan',
    'The result of another body, or of another matter connected with it, is awaited',
  ),
  ...denunciation(
    'suspension',
    'expert_opinion',
    '34(1)(b)',
    'Chờ kết quả giám định bổ sung, giám định lại',
    'A further expert opinion is awaited',
  ),

  ...complaint('termination', 'withdrawn', '11a(2)(a)', 'Người khiếu nại rút toàn bộ khiếu nại', 'The whole complaint was withdrawn'),
  ...complaint(
    'termination',
    'petitioner_died',
    '11a(2)(b)',
    'Cá nhân khiếu nại chết, quyền, lợi ích không được thừa kế',
    'The complainant died, and nobody inherits the right',
  ),
  ...complaint(
    'termination',
    'organisation_ended',
    '11a(2)(b)',
    'Cơ quan, tổ chức khiếu nại giải thể, phá sản, kết thúc hoạt động, quyền, nghĩa vụ không được kế thừa',
    'The complaining body ended, and nobody succeeds to the right',
  ),
  ...complaint(
    'termination',
    'no_object',
    '11a(2)(c)',
    'Không còn đối tượng hoặc nội dung để giải quyết',
    'Nothing is left to be resolved',
  ),
  ...complaint(
    'termination',
    'court_has_accepted',
    '11a(2)(d)',
    'Toà án đã thụ lý hoặc đã giải quyết vụ việc',
    'A court has accepted or decided the matter',
  ),
  ...denunciation('termination', 'withdrawn', '34(3)(a)', 'Người tố cáo rút toàn bộ tố cáo', 'The whole denunciation was withdrawn'),
  ...denunciation(
    'termination',
    'denounced_died',
    '34(3)(b)',
    'Người bị tố cáo chết, nội dung chỉ liên quan trách nhiệm của người đó',
    'Whom it is against died, and it concerned nobody else',
  ),
  ...denunciation(
    'termination',
    'judgment_in_force',
    '34(3)(c)',
    'Đã được giải quyết bằng bản án, quyết định có hiệu lực pháp luật',
    'A judgment or decision in force has resolved the matter',
  ),

  // A withdrawal was always by a signed paper; minutes make one since Law 136/2025/QH15, of a denunciation since Decree 31/2019/NĐ-CP.
  ground('withdrawal', 'complaint', 'petition', '2011', since2012, 'Đơn rút khiếu nại', 'A petition to withdraw', law(complaintsLaw, 10)),
  ground(
    'withdrawal',
    'complaint',
    'minutes',
    '2026',
    since2026,
    'Biên bản ghi nhận ý kiến rút khiếu nại',
    'Minutes of the withdrawal',
    law(complaintsLaw, '10(1)'),
    law(amendingLaw2025, '2(3)'),
  ),
  ground('withdrawal', 'complaint', 'part', '2026', since2026, 'Rút một phần nội dung', 'A part is withdrawn', law(complaintsLaw, '10(2)')),
  ground(
    'withdrawal',
    'complaint',
    'some_people',
    '2026',
    since2026,
    'Một hoặc một số người trong nhiều người cùng khiếu nại rút',
    'Some of several complainants withdraw',
    law(complaintsDecree, '7a'),
  ),
  ground(
    'withdrawal',
    'denunciation',
    'petition',
    '2011',
    since2012,
    'Đơn rút tố cáo',
    'A petition to withdraw',
    law(denunciationsLaw2011, 9),
  ),
  ground(
    'withdrawal',
    'denunciation',
    'petition',
    '2018',
    since2019,
    'Đơn rút tố cáo',
    'A petition to withdraw',
    law(denunciationsLaw, '33(1)'),
  ),
  ground(
    'withdrawal',
    'denunciation',
    'minutes',
    '2019',
    '2019-05-28',
    'Biên bản ghi nhận việc rút tố cáo',
    'Minutes of the withdrawal',
    law(denunciationsDecree, 4),
  ),
  ground(
    'withdrawal',
    'denunciation',
    'part',
    '2018',
    since2019,
    'Rút một phần nội dung',
    'A part is withdrawn',
    law(denunciationsLaw, '33(1)'),
  ),
  ground(
    'withdrawal',
    'denunciation',
    'some_people',
    '2018',
    since2019,
    'Một hoặc một số người trong nhiều người cùng tố cáo rút',
    'Some of several denouncers withdraw',
    law(denunciationsLaw, '33(2)'),
  ),
]);

/** The grounds that a kind of petition has on a day. */
export function groundsInForce(order: EndingOrder, kind: PetitionKind, on: LegalDate): EndingGround[] {
  return endingRules.filter((rule) => rule.order === order && rule.kind === kind && rule.from <= on && (!rule.to || on <= rule.to));
}

/** Both laws have the same form of a ground: by itself since the law came, in the words of its article. */
function complaint(order: EndingOrder, code: string, article: string, vi: string, en: string): Written<EndingGround>[] {
  const sources = [law(complaintsLaw, article), law(amendingLaw2025, '2(4)')];
  return [ground(order, 'complaint', code, '2026', since2026, vi, en, ...sources)];
}

function denunciation(order: EndingOrder, code: string, article: string, vi: string, en: string): Written<EndingGround>[] {
  return [ground(order, 'denunciation', code, '2018', since2019, vi, en, law(denunciationsLaw, article))];
}

function ground(
  order: EndingOrder,
  kind: PetitionKind,
  code: string,
  version: string,
  from: LegalDate,
  vi: string,
  en: string,
  ...sources: EndingGround['sources']
): Written<EndingGround> {
  return { id: `${kind}.${order}.${code}`, version, from, order, code, kind, title: { vi, en }, sources, verified: true };
}
