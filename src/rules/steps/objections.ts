import type { Bilingual } from '../../platform/problems/problem.js';
import type { Channel, PetitionKind, Stage } from '../evaluation/filing.js';
import { mayTransfer } from '../evaluation/guide-or-transfer.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { own } from '../../platform/text/own.js';
import {
  amendingLaw2025,
  complaintsLaw,
  denunciationsLaw,
  law,
  processingCircular,
  receptionLaw,
  since2026,
  type Source,
} from '../source.js';
import { complexityRule } from '../resolution/complexity.js';
import { type EligibilityAnswers, eligibilityItems } from '../triage/eligibility.js';

/** What the law, or the checklist that was answered, says against a step of a petition's life. */
export interface Objection {
  code: string;
  explanation: Bilingual;
  sources: Source[];
  /** Whether a leader may take the step all the same, with a reason that stays in the history. */
  overridable: boolean;
}

/** A guidance that the same person had before about the same matter. */
export interface EarlierGuidance {
  /** Null where it was at a visit that no petition came of. */
  petitionId: string | null;
  number: string;
  guidedOn: LegalDate;
}

/** A complaint that the same person withdrew. */
export interface EarlierWithdrawal {
  petitionId: string;
  number: string;
  withdrawnOn: LegalDate;
}

/**
 * Against accepting: what the checklist was answered that refuses a petition (Law on Complaints art. 11, Law on Denunciations art. 29), and a
 * denunciation of somebody without a name (art. 25). Answers that only follow from what is stored refuse nothing.
 */
export function againstAcceptance({
  kind,
  anonymous,
  eligibility,
  complexityReasoned,
  acceptedOn,
  withdrawn = null,
}: {
  kind: PetitionKind;
  anonymous: boolean;
  eligibility: EligibilityAnswers;
  /** Whether what is marked complex was found to be so, with criteria and reason. */
  complexityReasoned: boolean;
  acceptedOn: LegalDate;
  /** What the same person withdrew before of the same matter. */
  withdrawn?: EarlierWithdrawal | null;
}): Objection[] {
  const failed = eligibilityItems.filter(({ id, kinds }) => kinds.includes(kind) && own(eligibility, id) === false);
  return [
    ...(kind === 'denunciation' && anonymous ? [anonymousDenunciation] : []),
    ...(kind === 'complaint' && withdrawn ? [withdrawnBefore(withdrawn)] : []),
    ...(kind === 'complaint' && !complexityReasoned ? againstLongerLimit(kind, acceptedOn) : []),
    ...failed.map(({ id, question, sources }) =>
      id === 'not_before_court'
        ? courtHasTheCase
        : {
            code: id,
            explanation: { vi: `Phiếu kiểm tra điều kiện ghi không đạt: ${question.vi}`, en: `The checklist says no: ${question.en}` },
            sources,
            overridable: true,
          },
    ),
  ];
}

/**
 * Against the longer limit or the extension of a matter that is only marked complex: what is complex follows from the criteria of the decree, in
 * writing (Decree 124/2020/NĐ-CP art. 3a, Decree 31/2019/NĐ-CP art. 3).
 */
export function againstLongerLimit(kind: PetitionKind, on: LegalDate): Objection[] {
  const rule = complexityRule(kind, on);
  if (!rule) return [];
  return [
    {
      code: 'complexity_not_reasoned',
      explanation: {
        vi: 'Vụ việc chưa được xác định là phức tạp bằng văn bản, nêu tiêu chí và lý do: xác định vụ việc phức tạp trước, hoặc phân loại lại là bình thường.',
        en: 'The matter was not found to be complex in writing, with criteria and reason: find it first, or classify it as normal.',
      },
      sources: rule.sources,
      overridable: false,
    },
  ];
}

/** Against guiding once more who was guided about the matter before, unless there are new facts (Circular 05/2021/TT-TTCP art. 6). */
export function againstGuidance(earlier: EarlierGuidance | null, newFacts: boolean): Objection[] {
  if (!earlier || newFacts) return [];
  return [
    {
      code: 'already_guided',
      explanation: {
        vi: `Người này đã được hướng dẫn về cùng nội dung ngày ${asWritten(earlier.guidedOn)} (${earlier.petitionId ? 'đơn' : 'lượt tiếp'} ${earlier.number}); việc hướng dẫn chỉ thực hiện một lần. Lưu đơn và thông báo cho người gửi đơn.`,
        en: `The same person was guided about the matter on ${earlier.guidedOn} (${earlier.petitionId ? 'petition' : 'visit'} ${earlier.number}), and is guided once. File it away and tell the petitioner.`,
      },
      sources: [law(processingCircular, 6)],
      overridable: true,
    },
  ];
}

/** Against transferring a complaint outside competence that the law of the day has guided (Law on Citizen Reception art. 26(1)(b) as amended in 2025). */
export function againstTransfer(filing: {
  kind: PetitionKind;
  channel: Channel;
  filedOn: LegalDate;
  withinCompetence: boolean;
}): Objection[] {
  if (filing.kind !== 'complaint' || filing.withinCompetence || filing.filedOn < since2026 || mayTransfer(filing)) return [];
  return [
    {
      code: 'must_be_guided',
      explanation: {
        vi: 'Khiếu nại không thuộc thẩm quyền mà không do nơi tiếp công dân tiếp nhận trực tiếp thì hướng dẫn người khiếu nại, hoặc trả lại nơi chuyển đơn; không chuyển tiếp.',
        en: 'A complaint outside competence that no reception received in person is guided, or returned to whoever forwarded it; it is not transferred on.',
      },
      sources: [law(receptionLaw, '26(1)(b)'), law(amendingLaw2025, '1(11)'), law(processingCircular)],
      overridable: true,
    },
  ];
}

/**
 * Against deciding or concluding what nobody verified (Law on Complaints arts 29, 38; Law on Denunciations arts 31, 35). At first instance a
 * complaint that is plainly right is decided at once, from what the resolver looked at again himself (art. 29(1)(a)).
 * @param result what is decided; null where that is not known yet
 */
export function againstResolution({
  kind,
  stage,
  result,
  verified,
}: {
  kind: PetitionKind;
  stage: Stage | null;
  result: string | null;
  verified: boolean;
}): Objection[] {
  const plainlyRight = kind === 'complaint' && stage !== 'second' && result === 'right';
  if (verified || plainlyRight) return [];
  switch (kind) {
    case 'complaint':
      return [stage === 'second' ? unverifiedSecond : unverifiedFirst];
    case 'denunciation':
      return [unverifiedDenunciation];
    case 'recommendation':
    case 'reflection':
      return [];
  }
}

function withdrawnBefore({ number, withdrawnOn }: EarlierWithdrawal): Objection {
  return {
    code: 'withdrawn_before',
    explanation: {
      vi: `Người khiếu nại đã rút khiếu nại về cùng nội dung ngày ${asWritten(withdrawnOn)} (đơn ${number}): không được xem xét, giải quyết lại, trừ khi có căn cứ xác định rút do bị ép buộc, đe doạ.`,
      en: `The complainant withdrew the matter on ${withdrawnOn} (petition ${number}): it is not resolved again, unless the withdrawal was made under coercion or threat.`,
    },
    sources: [law(complaintsLaw, '10(3)'), law(amendingLaw2025, '2(3)')],
    overridable: true,
  };
}

const anonymousDenunciation: Objection = {
  code: 'anonymous_denunciation',
  explanation: {
    vi: 'Tố cáo không rõ họ tên, địa chỉ người tố cáo không được thụ lý; nội dung rõ, có chứng cứ thì chuyển thông tin để thanh tra, kiểm tra. Nếu đã xác định được người tố cáo, lãnh đạo nêu rõ căn cứ.',
    en: 'A denunciation without a name is not accepted; what can be checked is referred as information. Where it is known since who denounced, a leader says how.',
  },
  sources: [law(denunciationsLaw, 25), law(denunciationsLaw, '29(1)')],
  overridable: true,
};

const courtHasTheCase: Objection = {
  code: 'court_has_accepted',
  explanation: {
    vi: 'Toà án đã thụ lý hoặc đã giải quyết vụ việc: không thụ lý khiếu nại. Nếu Toà án đã đình chỉ giải quyết vụ án, sửa lại câu trả lời trong phiếu kiểm tra điều kiện.',
    en: 'A court has accepted or decided the matter: the complaint is not accepted. Where the court closed the case without deciding, correct the answer of the checklist.',
  },
  sources: [law(complaintsLaw, '11(9)')],
  overridable: false,
};

const unverifiedFirst = unverified(
  'Chưa có báo cáo kết quả xác minh. Quyết định giải quyết lần đầu không cần xác minh chỉ khi kiểm tra lại thấy khiếu nại đúng.',
  'No verification was reported. A first decision needs none only where the complaint turns out to be right when the matter is looked at again.',
  law(complaintsLaw, 29),
  law(complaintsLaw, 31),
);
const unverifiedSecond = unverified(
  'Chưa có báo cáo kết quả xác minh nội dung khiếu nại lần hai.',
  'No verification of the second complaint was reported.',
  law(complaintsLaw, 38),
  law(complaintsLaw, 40),
);
const unverifiedDenunciation = unverified(
  'Chưa có báo cáo kết quả xác minh; kết luận nội dung tố cáo căn cứ vào kết quả xác minh.',
  'No verification was reported; a denunciation is concluded on what was verified.',
  law(denunciationsLaw, 31),
  law(denunciationsLaw, 35),
);

function unverified(vi: string, en: string, ...sources: Source[]): Objection {
  return { code: 'not_verified', explanation: { vi, en }, sources, overridable: true };
}
