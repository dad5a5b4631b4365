import type { Bilingual } from '../../platform/problems/problem.js';
import { amendingLaw2025, complaintsDecree, complaintsDecree2026, complaintsLaw, law, since2026, type Source } from '../source.js';
import { limitRule, since2012, type WrittenLimit } from './limit-rule.js';

/** First day of Decree 124/2020/NĐ-CP. */
const since2020 = '2020-12-10';

const noticeTitles = {
  suspension: { vi: 'Gửi quyết định tạm đình chỉ giải quyết khiếu nại', en: 'Sending of the decision to suspend a complaint' },
  termination: { vi: 'Gửi quyết định đình chỉ giải quyết khiếu nại', en: 'Sending of the decision to terminate a complaint' },
  continuation: { vi: 'Gửi quyết định tiếp tục giải quyết khiếu nại', en: 'Sending of the decision to go on with a complaint' },
};

/** Time limits of the Law on Complaints (law.md 1.1, 1.2); a version governs from the start event's date. */
export const complaintLimits: WrittenLimit[] = [
  limitRule({
    id: 'complaint.filing',
    version: '2011',
    from: since2012,
    title: { vi: 'Thời hiệu khiếu nại', en: 'Period for filing a complaint' },
    startsAt: 'decision_known',
    days: { normal: 90 },
    sources: [law(complaintsLaw, 9)],
  }),
  ...acceptance('complaint.acceptance', { vi: 'Thời hạn thụ lý khiếu nại', en: 'Acceptance of a complaint' }, [
    law(complaintsLaw, 27),
    law(complaintsLaw, '36(1)'),
  ]),
  limitRule({
    id: 'complaint.resolution.first',
    version: '2011',
    from: since2012,
    title: { vi: 'Thời hạn giải quyết khiếu nại lần đầu', en: 'First resolution of a complaint' },
    startsAt: 'acceptance',
    days: { normal: 30, complex: 45, remote: 45, remoteAndComplex: 60 },
    sources: [law(complaintsLaw, 28)],
  }),
  limitRule({
    id: 'complaint.refiling.second',
    version: '2011',
    from: since2012,
    title: { vi: 'Thời hạn khiếu nại lần hai', en: 'Period for a second complaint' },
    startsAt: 'decision_received',
    days: { normal: 30, remote: 45 },
    sources: [law(complaintsLaw, 33)],
  }),
  limitRule({
    id: 'complaint.resolution.second',
    version: '2011',
    from: since2012,
    title: { vi: 'Thời hạn giải quyết khiếu nại lần hai', en: 'Second resolution of a complaint' },
    startsAt: 'acceptance',
    days: { normal: 45, complex: 60, remote: 60, remoteAndComplex: 70 },
    sources: [law(complaintsLaw, 37)],
  }),
  limitRule({
    id: 'complaint.decision.sending.first',
    version: '2011',
    from: since2012,
    title: { vi: 'Gửi quyết định giải quyết khiếu nại lần đầu', en: 'Sending of the first decision' },
    startsAt: 'decision',
    unit: 'working_days',
    days: { normal: 3 },
    sources: [law(complaintsLaw, 32)],
  }),
  limitRule({
    id: 'complaint.decision.sending.second',
    version: '2011',
    from: since2012,
    title: { vi: 'Gửi quyết định giải quyết khiếu nại lần hai', en: 'Sending of the second decision' },
    startsAt: 'decision',
    days: { normal: 7 },
    sources: [law(complaintsLaw, '41(1)')],
  }),
  limitRule({
    id: 'complaint.decision.sending.second',
    version: '2020',
    from: since2020,
    title: { vi: 'Gửi quyết định giải quyết khiếu nại lần hai', en: 'Sending of the second decision' },
    startsAt: 'decision',
    days: { normal: 7 },
    sources: [law(complaintsLaw, '41(1)'), law(complaintsDecree, '29(2)')],
    reading: {
      vi: 'Khoản 1 Điều 41 Luật Khiếu nại quy định 7 ngày, khoản 2 Điều 29 Nghị định 124/2020/NĐ-CP quy định 7 ngày làm việc: tính theo Luật, là cách tính chặt hơn.',
      en: 'Article 41(1) of the Law on Complaints says 7 days, article 29(2) of Decree 124/2020/NĐ-CP 7 working days: the law is followed, which is stricter.',
    },
  }),
  ...(
    [
      ['2011', since2012, law('75/2012/NĐ-CP', 12)],
      ['2020', since2020, law(complaintsDecree, '29(3)')],
    ] as const
  ).map(([version, from, decree]) =>
    limitRule({
      id: 'complaint.publication',
      version,
      from,
      title: { vi: 'Công khai quyết định giải quyết khiếu nại lần hai', en: 'Publication of the second decision' },
      startsAt: 'decision',
      days: { normal: 15 },
      sources: [law(complaintsLaw, 41), decree],
    }),
  ),
  limitRule({
    id: 'complaint.in_force',
    version: '2011',
    from: since2012,
    title: { vi: 'Quyết định giải quyết khiếu nại có hiệu lực pháp luật', en: 'Complaint decision takes legal effect' },
    startsAt: 'decision',
    days: { normal: 30, remote: 45 },
    sources: [law(complaintsLaw, 44)],
  }),
  limitRule({
    id: 'discipline.in_force',
    version: '2011',
    from: since2012,
    title: { vi: 'Quyết định giải quyết khiếu nại kỷ luật có hiệu lực pháp luật', en: 'Decision about discipline takes legal effect' },
    startsAt: 'decision',
    // Thirty days everywhere: unlike article 44, this one knows no remote areas.
    days: { normal: 30 },
    sources: [law(complaintsLaw, 57)],
  }),
  limitRule({
    id: 'complaint.enforcement.direction',
    version: '2020',
    from: since2020,
    title: { vi: 'Chỉ đạo thi hành quyết định giải quyết khiếu nại', en: 'Direction to carry out a decision in force' },
    startsAt: 'legal_effect',
    unit: 'working_days',
    days: { normal: 5 },
    sources: [law(complaintsDecree, '31(1)')],
  }),
  ...(['suspension', 'termination', 'continuation'] as const).map((order) =>
    limitRule({
      id: `complaint.${order}.notice`,
      version: '2026',
      from: since2026,
      title: noticeTitles[order],
      startsAt: order === 'continuation' ? 'resumption' : order,
      unit: 'working_days',
      days: { normal: 3 },
      sources: [law(complaintsLaw, '11a'), law(complaintsDecree, '28b'), law(complaintsDecree2026, 12)],
    }),
  ),
  limitRule({
    id: 'discipline.filing.first',
    version: '2011',
    from: since2012,
    title: { vi: 'Thời hiệu khiếu nại lần đầu quyết định kỷ luật', en: 'Period for a first complaint about discipline' },
    startsAt: 'decision_known',
    days: { normal: 15 },
    sources: [law(complaintsLaw, 48)],
  }),
  limitRule({
    id: 'discipline.filing.second',
    version: '2011',
    from: since2012,
    title: { vi: 'Thời hiệu khiếu nại lần hai quyết định kỷ luật', en: 'Period for a second complaint about discipline' },
    startsAt: 'decision_received',
    days: { normal: 10, dismissal: 30 },
    sources: [law(complaintsLaw, 48)],
  }),
  ...acceptance(
    'discipline.acceptance',
    { vi: 'Thời hạn thụ lý khiếu nại quyết định kỷ luật', en: 'Acceptance of a complaint about discipline' },
    [law(complaintsLaw, 50)],
  ),
  limitRule({
    id: 'discipline.resolution.first',
    version: '2011',
    from: since2012,
    title: { vi: 'Thời hạn giải quyết lần đầu khiếu nại quyết định kỷ luật', en: 'First resolution of a complaint about discipline' },
    startsAt: 'acceptance',
    days: { normal: 30, complex: 45 },
    sources: [law(complaintsLaw, 50)],
  }),
  limitRule({
    id: 'discipline.resolution.second',
    version: '2011',
    from: since2012,
    title: { vi: 'Thời hạn giải quyết lần hai khiếu nại quyết định kỷ luật', en: 'Second resolution of a complaint about discipline' },
    startsAt: 'acceptance',
    days: { normal: 30, complex: 45 },
    sources: [law(complaintsLaw, 50)],
  }),
];

/** Ten days by the law until Law 136/2025/QH15; a circular, then a decree said ten working days beside it. */
function acceptance(id: string, title: Bilingual, articles: Source[]): WrittenLimit[] {
  const ten = { id, title, startsAt: 'receipt' as const, days: { normal: 10 } };
  return [
    limitRule({ ...ten, version: '2011', from: since2012, sources: articles }),
    limitRule({
      ...ten,
      version: '2016',
      from: '2016-12-05',
      sources: [...articles, law('07/2013/TT-TTCP', '5(1)'), law('02/2016/TT-TTCP', 1)],
      reading: stricterThan(
        'khoản 1 Điều 5 Thông tư 07/2013/TT-TTCP (sửa đổi năm 2016)',
        'article 5(1) of Circular 07/2013/TT-TTCP as amended in 2016',
      ),
    }),
    limitRule({
      ...ten,
      version: '2020',
      from: since2020,
      sources: [...articles, law(complaintsDecree, '16(1)')],
      reading: stricterThan('khoản 1 Điều 16 Nghị định 124/2020/NĐ-CP', 'article 16(1) of Decree 124/2020/NĐ-CP'),
    }),
    limitRule({
      ...ten,
      version: '2026',
      from: since2026,
      unit: 'working_days',
      days: { normal: 7 },
      sources: [...articles, law(amendingLaw2025, '2(15)(b)'), law(complaintsDecree2026, 10)],
    }),
  ];
}

function stricterThan(vi: string, en: string): Bilingual {
  return {
    vi: `Luật Khiếu nại quy định 10 ngày, ${vi} quy định 10 ngày làm việc: tính theo Luật, là cách tính chặt hơn.`,
    en: `The Law on Complaints says 10 days, ${en} 10 working days: the law is followed, which is stricter.`,
  };
}
