import type { Bilingual } from '../../platform/problems/problem.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import {
  amendingLaw2025,
  inTime,
  law,
  receptionDecree,
  receptionDecree2026,
  receptionLaw,
  since2026,
  versionInForce,
  type VersionedRule,
  type Written,
} from '../source.js';

/** A figure of the law on reception that is not a limit. */
export interface ReceptionRule extends VersionedRule {
  title: Bilingual;
  /** Working days ahead, persons, or calendar days. */
  amount: number;
}

const since2014 = '2014-07-01';

export const receptionRules: readonly ReceptionRule[] = inTime<ReceptionRule>([
  {
    id: 'reception.schedule.publication',
    version: '2013',
    from: since2014,
    title: { vi: 'Công bố lịch tiếp công dân trước ngày tiếp', en: 'Publication of the schedule ahead of the first day' },
    amount: 5,
    sources: [law(receptionLaw, 24)],
    verified: false,
  },
  {
    id: 'reception.large_group',
    version: '2013',
    from: since2014,
    title: { vi: 'Đoàn đông người', en: 'Large group' },
    amount: 5,
    sources: [law(receptionLaw, 29), law(receptionDecree)],
    verified: false,
  },
  {
    id: 'petition.unprocessed',
    version: '2026',
    from: since2026,
    title: {
      vi: 'Đơn không được xử lý sau 45 ngày kể từ ngày tiếp nhận',
      en: 'A petition that is not processed within 45 days of its receipt',
    },
    amount: 45,
    sources: [law(receptionDecree2026, '41(3)(b)')],
    verified: true,
  },
  {
    id: 'reception.online',
    version: '2026',
    from: '2026-07-01',
    title: { vi: 'Tiếp công dân trực tuyến', en: 'Reception by video' },
    amount: 0,
    sources: [law(receptionLaw, '3a'), law(amendingLaw2025, 1)],
    verified: true,
  },
]);

/** Whether a day lets citizens be received by video. */
export function onlineIsAllowed(on: LegalDate): boolean {
  return versionInForce(receptionRules, 'reception.online', on) !== undefined;
}

/**
 * Last day of receipt of what has lain unprocessed for so long on a day that whoever it lies with answers for it (Decree 154/2026/NĐ-CP art. 41(3)(b)).
 * @returns null where no rule is in force
 */
export function unprocessedSince(on: LegalDate): LegalDate | null {
  const rule = versionInForce(receptionRules, 'petition.unprocessed', on);
  return rule ? plusDays(on, -rule.amount - 1) : null;
}

/** Whether so many people in one matter are a large group on a day. */
export function isLargeGroup(persons: number, on: LegalDate): boolean {
  const rule = versionInForce(receptionRules, 'reception.large_group', on);
  return rule !== undefined && persons >= rule.amount;
}

/** How a publication stands to the day that it is for. */
export interface PublicationCheck {
  /** First day that a publication of that day may be for. */
  earliest: LegalDate;
  late: boolean;
  rule: ReceptionRule;
}

/** A schedule is published so many working days before its first day; the day of publication is not counted (Civil Code arts 147–148). */
export function checkPublication(publishedOn: LegalDate, firstDay: LegalDate, calendar: WorkingCalendar): PublicationCheck | null {
  const rule = versionInForce(receptionRules, 'reception.schedule.publication', publishedOn);
  if (!rule) return null;
  const earliest = calendar.addWorkingDays(publishedOn, rule.amount);
  return { earliest, late: firstDay < earliest, rule };
}

/** Last day on which a schedule with this first day is published in time; null where no rule was in force. */
export function publishBy(firstDay: LegalDate, calendar: WorkingCalendar): LegalDate | null {
  for (let day = plusDays(firstDay, -1); ; day = plusDays(day, -1)) {
    const check = checkPublication(day, firstDay, calendar);
    if (!check?.late) return check && day;
  }
}

/** A ground in law, by its code. */
export interface Ground extends VersionedRule {
  title: Bilingual;
  code: string;
}

function ground(id: string, code: string, title: Bilingual, article: string): Written<Ground> {
  return { id, code, version: '2013', from: since2014, title, sources: [law(receptionLaw, article)], verified: true };
}

export const adHocGrounds = ['tense_or_complex', 'serious_harm_imminent'] as const;
export type AdHocGround = (typeof adHocGrounds)[number];

/** What calls the head at once (art. 18). */
export const receptionGrounds: readonly Ground[] = inTime([
  ground(
    'reception.ad_hoc.a',
    'tense_or_complex',
    {
      vi: 'Vụ việc gay gắt, phức tạp, đông người, liên quan nhiều cơ quan hoặc ý kiến khác nhau',
      en: 'Tense or complex, many people, several bodies, or opinions that differ',
    },
    '18(3)(a)',
  ),
  ground(
    'reception.ad_hoc.b',
    'serious_harm_imminent',
    {
      vi: 'Không chỉ đạo kịp thời có thể gây hậu quả nghiêm trọng về tài sản, tính mạng, an ninh, trật tự',
      en: 'Without direction at once serious harm to property, life or order may follow',
    },
    '18(3)(b)',
  ),
]);

export const visitResults = ['papers_taken', 'petition_opened', 'guided', 'transferred', 'appointment', 'explained'] as const;
export type VisitResult = (typeof visitResults)[number];

/** Results that tell the person on the spot what becomes of the matter; after the others an answer is owed (art. 28). */
export const answeredOnTheSpot: readonly VisitResult[] = ['guided', 'explained'];

/** The limit of the answer after a reception. */
export const answerRule = 'reception.answer';
