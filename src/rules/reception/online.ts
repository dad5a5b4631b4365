import type { Bilingual } from '../../platform/problems/problem.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { inTime, law, receptionDecree2026, since2026, versionInForce, type VersionedRule, type Written } from '../source.js';

export const onlineGrounds = ['needs_several_places', 'far_or_frail', 'emergency', 'complex_denunciation', 'practical_need'] as const;
/** For what a head decides to receive by video. */
export type OnlineGround = (typeof onlineGrounds)[number];

/** A ground of reception by video, or how many working days ahead something of it is done. */
export interface OnlineRule extends VersionedRule {
  title: Bilingual;
  code?: OnlineGround;
  amount?: number;
}

function ground(clause: number, code: OnlineGround, title: Bilingual): Written<OnlineRule> {
  return {
    id: `reception.online.ground.${clause}`,
    version: '2026',
    from: since2026,
    title,
    code,
    sources: [law(receptionDecree2026, `20(${clause})`)],
    verified: true,
  };
}

function ahead(id: string, amount: number, title: Bilingual): Written<OnlineRule> {
  return { id, version: '2026', from: since2026, title, amount, sources: [law(receptionDecree2026, '23(1)')], verified: true };
}

/** Reception by video: for what, and what is done how long before (Decree 154/2026/NĐ-CP arts 20, 23). */
export const onlineRules: readonly OnlineRule[] = inTime<OnlineRule>([
  ground(1, 'needs_several_places', {
    vi: 'Vụ việc khiếu nại, kiến nghị, phản ánh phức tạp, kéo dài, cần nhiều cơ quan phối hợp hoặc cần lãnh đạo ở nhiều nơi đối thoại',
    en: 'A complex or prolonged matter that several bodies or leaders at several places have to take part in',
  }),
  ground(2, 'far_or_frail', {
    vi: 'Công dân ở vùng sâu, vùng xa, vùng đặc biệt khó khăn, đối tượng chính sách, người già yếu, người khuyết tật có nguyện vọng',
    en: 'Citizens from far away, of the groups that policy names, old, frail or disabled, who wish it',
  }),
  ground(3, 'emergency', {
    vi: 'Thiên tai, dịch bệnh hoặc lý do an ninh, trật tự làm cho tiếp trực tiếp khó khăn',
    en: 'Disaster, disease or public order make it hard to receive in person',
  }),
  ground(4, 'complex_denunciation', {
    vi: 'Tố cáo phức tạp mà người tố cáo không yêu cầu giữ bí mật danh tính và bảo đảm được các điều kiện bảo mật',
    en: 'A complex denunciation whose author does not ask for secrecy, where the conditions of secrecy are met',
  }),
  ground(5, 'practical_need', { vi: 'Vụ việc khác theo yêu cầu thực tiễn', en: 'Another matter, as practice needs it' }),
  ahead('reception.online.notice', 5, {
    vi: 'Thông báo cho công dân và các cơ quan tham gia trước ngày tiếp trực tuyến',
    en: 'Notice to the citizens and the bodies that take part',
  }),
  ahead('reception.online.test', 1, {
    vi: 'Kết nối thử thành công giữa các điểm cầu trước ngày tiếp trực tuyến',
    en: 'A test of the connection that succeeded',
  }),
]);

/**
 * Last day on which something of a session by video is done in time; the day itself is not counted (Civil Code arts 147–148).
 * @returns null where no rule is in force on the day of the session
 */
export function lastDayFor(what: 'notice' | 'test', onDate: LegalDate, calendar: WorkingCalendar): LegalDate | null {
  const rule = versionInForce(onlineRules, `reception.online.${what}`, onDate);
  if (!rule?.amount) return null;
  for (let day = plusDays(onDate, -1); ; day = plusDays(day, -1)) if (calendar.addWorkingDays(day, rule.amount) <= onDate) return day;
}
