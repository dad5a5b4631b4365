import type { LegalDate } from '../../platform/text/legal-date.js';
import {
  circularPeriods,
  complaintsLaw,
  denunciationsLaw,
  law,
  partedOn,
  type Period,
  processingCircular,
  receptionDecree2026,
  receptionLaw,
  since2026,
  type Source,
} from '../source.js';
import { limitRule, since2019, type WrittenLimit } from './limit-rule.js';

/** First day of the Law on Citizen Reception. */
const since2014 = '2014-07-01';

/** Limits of reception, of the processing of petitions, and of recommendations and reflections (law.md 1.4, 1.5). */
export const processingLimits: WrittenLimit[] = [
  ...underCirculars((circular) => ({
    id: 'petition.processing',
    title: { vi: 'Thời hạn xử lý đơn', en: 'Processing of a petition' },
    startsAt: 'receipt',
    days: { normal: 10 },
    sources: [law(complaintsLaw, 27), ...circular],
    verified: false,
  })),
  limitRule({
    id: 'petition.processing.other',
    version: '2021',
    from: '2021-11-15',
    title: { vi: 'Thời hạn xử lý đơn kiến nghị, phản ánh', en: 'Processing of a recommendation or reflection' },
    startsAt: 'receipt',
    unit: 'working_days',
    days: { normal: 10 },
    sources: [law(processingCircular)],
    verified: false,
  }),
  ...underCirculars(
    (circular, from) => ({
      id: 'petition.forwarder.notice',
      title: { vi: 'Thông báo cho cơ quan, người chuyển đơn', en: 'Notice to the body that forwarded the petition' },
      startsAt: 'forwarding',
      unit: 'working_days',
      days: { normal: 10 },
      sources: [law(complaintsLaw, 27), ...circular],
      ...(from >= since2019 && {
        ofKind: {
          denunciation: { unit: 'calendar_days', days: { normal: 20 }, sources: [law(denunciationsLaw, '26(2)')], verified: true },
        },
      }),
      verified: false,
    }),
    partedOn(circularPeriods, ['2018', since2019]),
  ),
  limitRule({
    id: 'petition.forwarder.result',
    version: '2013',
    from: since2014,
    title: {
      vi: 'Thông báo kết quả giải quyết cho cơ quan của Quốc hội, đại biểu, Ban tiếp công dân đã chuyển đơn',
      en: 'Result to the bodies of the National Assembly, the deputies and the reception board that forwarded the petition',
    },
    startsAt: 'decision',
    unit: 'working_days',
    days: { normal: 7 },
    sources: [law(receptionLaw, '27(2)')],
  }),
  limitRule({
    id: 'reception.answer',
    version: '2013',
    from: since2014,
    title: { vi: 'Thông báo kết quả tiếp công dân', en: 'Answer after a reception' },
    startsAt: 'visit',
    unit: 'working_days',
    days: { normal: 10 },
    sources: [law(receptionLaw, 28)],
  }),
  limitRule({
    id: 'reception.refusal_notice',
    version: '2026',
    from: since2026,
    title: { vi: 'Thông báo từ chối tiếp công dân', en: 'Notice of a refusal of reception' },
    startsAt: 'visit',
    unit: 'working_days',
    days: { normal: 3 },
    sources: [law(receptionDecree2026, '4(3)')],
    verified: true,
  }),
  limitRule({
    id: 'recommendation.answer',
    version: '2013',
    from: since2014,
    title: { vi: 'Trả lời lần đầu kiến nghị, phản ánh', en: 'First answer to a recommendation or reflection' },
    startsAt: 'receipt',
    unit: 'working_days',
    days: { normal: 10 },
    sources: [law(receptionLaw, '28(1)')],
  }),
  limitRule({
    id: 'recommendation.settlement',
    version: 'practice',
    from: since2014,
    title: { vi: 'Giải quyết kiến nghị, phản ánh', en: 'Settlement of a recommendation or reflection' },
    startsAt: 'acceptance',
    days: { normal: 30 },
    sources: [law(receptionLaw, 27)],
    force: 'administrative',
    verified: false,
  }),
  limitRule({
    id: 'enforcement.performance',
    version: '2011',
    from: '2012-07-01',
    title: { vi: 'Thi hành quyết định giải quyết khiếu nại, kết luận tố cáo', en: 'Enforcement of a decision or conclusion' },
    startsAt: 'decision',
    days: { normal: 30 },
    sources: [law(complaintsLaw, 46), law(denunciationsLaw, '44–46')],
    // The decision itself sets the day; thirty days is what a head sets where nothing else is said.
    force: 'administrative',
    verified: false,
  }),
  ...underCirculars((circular) => ({
    id: 'transfer.reply',
    title: { vi: 'Phúc đáp văn bản chuyển đơn', en: 'Reply to a transfer' },
    startsAt: 'receipt',
    unit: 'working_days',
    days: { normal: 10 },
    sources: circular.length > 0 ? circular : [law(complaintsLaw, 27)],
    force: 'administrative',
    verified: false,
  })),
];

/** What stands in the circular on the processing of petitions: one version for each circular, and one for the time before the first. */
function underCirculars(
  rule: (circular: Source[], from: LegalDate) => Omit<Parameters<typeof limitRule>[0], 'version' | 'from'>,
  periods: readonly Period[] = circularPeriods,
): WrittenLimit[] {
  return periods.map(({ version, from, circular }) => limitRule({ ...rule(circular, from), version, from }));
}
