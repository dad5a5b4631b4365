import type { Bilingual } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { officeName, type Unit } from '../structure/unit-structure.js';
import type { Filing, PetitionKind, Stage } from './filing.js';
import type { FlagCode } from './flag-rules.js';
import { mayTransfer } from './guide-or-transfer.js';

/** What an explanation may speak of. */
export interface Story {
  filing: Filing;
  authority: Unit;
  competent: Unit | null;
  stage: Stage;
  levelsSkipped: number;
  decidedOn?: string | number;
  filingPeriodEndedOn?: string | number;
  guidedBeforeOn?: string | number;
}

const kindNames: Record<PetitionKind, Bilingual> = {
  complaint: { vi: 'khiếu nại', en: 'complaint' },
  denunciation: { vi: 'tố cáo', en: 'denunciation' },
  recommendation: { vi: 'kiến nghị', en: 'recommendation' },
  reflection: { vi: 'phản ánh', en: 'reflection' },
};
const stageNames: Record<Stage, Bilingual> = {
  first: { vi: 'lần đầu', en: 'first' },
  second: { vi: 'lần hai', en: 'second' },
  continuing: { vi: 'tố cáo tiếp', en: 'continuing' },
};

/** Why a flag was raised and what follows, for an official who may have to read it out. */
export function explain(code: FlagCode, story: Story): Bilingual {
  switch (code) {
    case 'over_level':
      return overLevel(story);
    case 'outside_competence':
      return outsideCompetence(story);
    case 'forwarded':
      return forwarded(story);
    case 'also_sent_to_competent':
      return {
        vi: `Đơn cũng đã được gửi đến ${whom(story).vi}, là nơi có thẩm quyền giải quyết. Lưu đơn, không xử lý hai lần.`,
        en: `The petition was also sent to ${whom(story).en}, which is competent. File it away; it is not handled twice.`,
      };
    case 'already_guided':
      return {
        vi: `Người gửi đơn đã được hướng dẫn về cùng nội dung ngày ${vietnameseDate(story.guidedBeforeOn)}; việc hướng dẫn chỉ thực hiện một lần. Nếu không có tình tiết mới thì lưu đơn và thông báo cho người gửi đơn.`,
        en: `The petitioner was guided about the same matter on ${story.guidedBeforeOn}, and is guided once. Without new facts file it away and tell the petitioner.`,
      };
    case 'already_finally_resolved':
      return {
        vi: `Vụ việc đã có quyết định giải quyết khiếu nại lần hai ngày ${vietnameseDate(story.decidedOn)}. Không thụ lý; thông báo cho người khiếu nại và hướng dẫn khởi kiện tại Toà án.`,
        en: `A second-instance decision of ${story.decidedOn} exists. Do not accept; notify the complainant and point to the court.`,
      };
    case 'filing_period_expired':
      return {
        vi: `Thời hạn khiếu nại đã hết ngày ${vietnameseDate(story.filingPeriodEndedOn)}, đơn nộp ngày ${vietnameseDate(story.filing.filedOn)}. Không thụ lý nếu không có lý do chính đáng: sự kiện bất khả kháng, trở ngại khách quan thì vẫn giữ quyền khiếu nại, thời gian có trở ngại không tính vào thời hạn (Điều 9, khoản 6 Điều 11 Luật Khiếu nại).`,
        en: `The period for filing ended on ${story.filingPeriodEndedOn}, the petition was filed on ${story.filing.filedOn}. Refuse it unless there was a good reason: force majeure or another objective obstacle keeps the right, and its days are not counted (Law on Complaints arts 9, 11(6)).`,
      };
  }
}

/** Who is competent, as the head of an office. */
export function competentAuthority(competent: Unit | null, { kind, subject }: Filing, stage: Stage): Bilingual {
  if (!competent && kind === 'complaint' && subject === 'discipline')
    return { vi: 'Bộ trưởng Bộ Nội vụ (lần hai)', en: 'the Minister of Home Affairs (second)' };
  if (!competent)
    return kind === 'complaint'
      ? { vi: 'Bộ trưởng quản lý ngành, lĩnh vực', en: 'the minister who manages the field' }
      : { vi: 'Thủ tướng Chính phủ hoặc cơ quan Trung ương quản lý trực tiếp', en: 'the Prime Minister or the central body in charge' };
  const isOther = kind === 'recommendation' || kind === 'reflection';
  if (isOther) return officeName(competent);
  const office = officeName(competent);
  const head =
    competent.kind === 'peoples_committee'
      ? { vi: `Chủ tịch ${office.vi}`, en: `the chair of ${office.en}` }
      : { vi: `Người đứng đầu ${office.vi}`, en: `the head of ${office.en}` };
  return { vi: `${head.vi} (${stageNames[stage].vi})`, en: `${head.en} (${stageNames[stage].en})` };
}

const guideOrTransfer: Bilingual = {
  vi: 'Hướng dẫn người khiếu nại một lần bằng văn bản hoặc chuyển đơn đến nơi có thẩm quyền (điểm b khoản 1 Điều 26 Luật Tiếp công dân, sửa đổi năm 2025).',
  en: 'Guide the complainant once, in writing, or transfer the complaint to the competent authority (Law on Citizen Reception art. 26(1)(b) as amended in 2025).',
};

function overLevel(story: Story): Bilingual {
  const { filing, authority, levelsSkipped } = story;
  const receiver = officeName(authority);
  const start = {
    vi: `Đơn ${kindNames[filing.kind].vi} nộp ngày ${vietnameseDate(filing.filedOn)} tại ${receiver.vi}, trong khi thẩm quyền giải quyết thuộc ${whom(story).vi}: vượt ${levelsSkipped} cấp.`,
    en: `The ${kindNames[filing.kind].en} was filed on ${filing.filedOn} with ${receiver.en} while ${whom(story).en} is competent: ${levelsSkipped} ${levelsSkipped === 1 ? 'level' : 'levels'} skipped.`,
  };
  switch (filing.kind) {
    case 'complaint':
      if (mayTransfer(filing)) return { vi: `${start.vi} ${guideOrTransfer.vi}`, en: `${start.en} ${guideOrTransfer.en}` };
      return {
        vi: `${start.vi} Hướng dẫn người khiếu nại một lần bằng văn bản, không chuyển đơn.`,
        en: `${start.en} Guide the complainant once, in writing; do not transfer.`,
      };
    case 'denunciation':
      return {
        vi: `${start.vi} Chuyển đơn đến nơi có thẩm quyền trong 5 ngày làm việc, thông báo cho người tố cáo và giữ bí mật danh tính.`,
        en: `${start.en} Transfer it to the competent authority within 5 working days, tell the denouncer and keep the identity secret.`,
      };
    case 'recommendation':
    case 'reflection':
      return {
        vi: `${start.vi} Chuyển đơn đến nơi có thẩm quyền; đây là số liệu quản lý, không phải căn cứ từ chối.`,
        en: `${start.en} Transfer it to the competent unit; this is a figure for management, not a ground for refusal.`,
      };
  }
}

function outsideCompetence(story: Story): Bilingual {
  const { filing, authority } = story;
  const vi = `Đơn không thuộc thẩm quyền của ${officeName(authority).vi}; thẩm quyền thuộc ${whom(story).vi}.`;
  const en = `${capital(officeName(authority).en)} is not competent; ${whom(story).en} is.`;
  if (mayTransfer(filing)) return { vi: `${vi} ${guideOrTransfer.vi}`, en: `${en} ${guideOrTransfer.en}` };
  return filing.kind === 'complaint'
    ? {
        vi: `${vi} Hướng dẫn người khiếu nại một lần hoặc trả lại đơn do cơ quan khác chuyển đến.`,
        en: `${en} Guide the complainant once, or return what another body forwarded.`,
      }
    : { vi: `${vi} Chuyển đơn đến nơi có thẩm quyền.`, en: `${en} Transfer it to the competent authority.` };
}

function forwarded(story: Story): Bilingual {
  const { filing, levelsSkipped } = story;
  const within = levelsSkipped === 0;
  const isComplaint = filing.kind === 'complaint';
  return {
    vi: `Đơn do ${filing.forwardedBy} chuyển đến, không tính là vượt cấp. ${within ? 'Thuộc thẩm quyền: đề xuất thụ lý' : isComplaint ? `Thẩm quyền thuộc ${whom(story).vi}: trả lại nơi chuyển, nêu rõ lý do` : `Chuyển đến ${whom(story).vi}`} và thông báo cho nơi chuyển đơn.`,
    en: `Forwarded by ${filing.forwardedBy}, so it does not count as over-level. ${within ? 'Within competence: propose acceptance' : isComplaint ? `${capital(whom(story).en)} is competent: return it to the forwarder with the reason` : `Transfer it to ${whom(story).en}`} and inform the forwarder.`,
  };
}

function whom({ competent, filing, stage }: Story): Bilingual {
  return competentAuthority(competent, filing, stage);
}

function vietnameseDate(date: LegalDate | number | undefined): string {
  return String(date ?? '')
    .split('-')
    .reverse()
    .join('/');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
