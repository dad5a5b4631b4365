import type { Bilingual } from '../../platform/problems/problem.js';
import type { Outcome } from '../evaluation/evaluation.js';
import type { PetitionKind } from '../evaluation/filing.js';
import { complaintsLaw, denunciationsLaw, law, processingCircular, type Source } from '../source.js';
import { own } from '../../platform/text/own.js';

const all: PetitionKind[] = ['complaint', 'denunciation', 'recommendation', 'reflection'];

/** A question of the checklist (domain.md 5, Circular 05/2021/TT-TTCP art. 6); `yes` is what an eligible petition has. */
export interface EligibilityItem {
  id: string;
  kinds: PetitionKind[];
  question: Bilingual;
  sources: Source[];
  /** What follows from "no". */
  otherwise: 'filing_away' | 'notice';
  /** Ground of the filing away or of the refusal. */
  ground: string;
}

/** The checklist, in the order in which it is asked and decides. */
export const eligibilityItems = [
  item(
    'vietnamese_or_translated',
    all,
    'Viết bằng tiếng Việt hoặc có bản dịch công chứng?',
    'In Vietnamese, or with a certified translation?',
  ),
  item('dated', all, 'Ghi ngày, tháng, năm viết đơn?', 'Dated?'),
  item('name_and_address', all, 'Ghi rõ họ tên, địa chỉ người viết đơn?', 'Name and address of who wrote it?'),
  item('signed', all, 'Có chữ ký hoặc điểm chỉ?', 'Signature or fingerprint?'),
  item('original', all, 'Không phải bản sao chụp chữ ký?', 'Not a copy?'),
  item('legible', all, 'Không rách nát, tẩy xoá, đọc được?', 'Legible, neither torn nor erased?'),
  item(
    'lawful_content',
    all,
    'Không có nội dung chống đối, gây chia rẽ, xúc phạm?',
    'Nothing that divides, insults, or turns against State policy?',
  ),
  item('clear_matter', all, 'Nội dung sự việc rõ ràng?', 'The matter is clear?'),
  refusal(
    'own_rights',
    ['complaint'],
    'Quyết định, hành vi tác động trực tiếp đến quyền lợi của người khiếu nại?',
    'The decision or act touches the complainant’s own rights?',
    'rights_not_touched',
  ),
  refusal(
    'capacity',
    ['complaint', 'denunciation'],
    'Người gửi đơn có năng lực hành vi hoặc người đại diện hợp pháp?',
    'Legal capacity, or a lawful representative?',
    'no_legal_capacity',
  ),
  refusal(
    'not_before_court',
    ['complaint'],
    'Vụ việc chưa được Toà án thụ lý hoặc giải quyết?',
    'No court has accepted or decided the matter?',
    'court_has_accepted',
  ),
  refusal(
    'not_internal',
    ['complaint'],
    'Không phải quyết định nội bộ, chỉ đạo điều hành hoặc văn bản quy phạm?',
    'Not an internal act, an instruction or a normative document?',
    'internal_act',
  ),
  refusal(
    'violation_identifiable',
    ['denunciation'],
    'Có cơ sở xác định người vi phạm, hành vi vi phạm?',
    'Grounds to identify violator and violation?',
    'no_grounds_to_identify_violation',
  ),
] satisfies EligibilityItem[];

/** Questions that do not end a petition but decide where it goes. */
export const circumstanceItems = {
  checkable_content: {
    vi: 'Tố cáo không rõ họ tên: nội dung rõ, có tài liệu, chứng cứ cụ thể để thẩm tra?',
    en: 'Anonymous denunciation: a clear violator, with concrete evidence that can be checked?',
  },
  new_facts: { vi: 'Có tình tiết mới so với lần trước?', en: 'New facts since the time before?' },
} satisfies Record<string, Bilingual>;

export const eligibilityQuestions = [...eligibilityItems.map(({ id }) => id), ...Object.keys(circumstanceItems)];

/** Yes or no to the questions that a clerk answered; null takes an answer back. */
export type EligibilityAnswers = Record<string, boolean | null>;

/** What is known of a petition beside the answers. */
export interface TriageFacts {
  kind: PetitionKind;
  writtenOn: string | null;
  /** No petitioner is named. */
  anonymous: boolean;
  hasAddress: boolean;
  /** People who signed, and how many of them are named to speak for them. */
  signatories: number;
  representatives: number;
  withinCompetence: boolean;
  /** What competence and flags recommend, and what the law allows instead. */
  recommendedOutcome: Outcome;
  alsoAllowed: Outcome[];
  alsoSentToCompetent: boolean;
  /** A clerk confirmed that it repeats a petition that is in hand. */
  duplicate: boolean;
  /** An earlier petition of the same case was guided already. */
  guidedBefore: boolean;
}

export const triageOutcomes = [
  'propose_acceptance',
  'guidance',
  'transfer',
  'return',
  'filing_away',
  'notice',
  'information_referral',
] as const;
/** What becomes of a petition in triage: the outcomes of an evaluation, and the referral of an anonymous denunciation as information. */
export type TriageOutcome = (typeof triageOutcomes)[number];

export interface TriageReason {
  code: string;
  explanation: Bilingual;
  sources: Source[];
}

export interface TriageProposal {
  outcome: TriageOutcome;
  /** What the law lets the unit do instead. */
  alsoAllowed: TriageOutcome[];
  /** For `filing_away` and `notice`. */
  ground: string | null;
  reasons: TriageReason[];
  /** Questions without an answer: the proposal may change with them. */
  unanswered: string[];
}

/** Answers that follow from what is stored, until a clerk says otherwise. */
export function answersFromFacts({ writtenOn, anonymous, hasAddress }: TriageFacts): EligibilityAnswers {
  return { dated: writtenOn !== null, name_and_address: !anonymous && hasAddress };
}

/**
 * The outcome that the checklist and the findings on competence lead to (law.md 1.6), with the reasons; the first row that applies decides.
 * The same facts always give the same proposal; a person decides.
 */
export function proposeOutcome(facts: TriageFacts, given: EligibilityAnswers): TriageProposal {
  const answers = { ...answersFromFacts(facts), ...Object.fromEntries(Object.entries(given).filter(([, answer]) => answer !== null)) };
  const asked = eligibilityItems.filter(({ kinds }) => kinds.includes(facts.kind));
  const unanswered = [
    ...asked.filter(({ id }) => own(answers, id) === undefined).map(({ id }) => id),
    ...(facts.kind === 'denunciation' && facts.anonymous && answers['checkable_content'] === undefined ? ['checkable_content'] : []),
    ...(facts.guidedBefore && answers['new_facts'] === undefined ? ['new_facts'] : []),
  ];
  const propose = (outcome: TriageOutcome, ground: string | null, ...reasons: TriageReason[]): TriageProposal => ({
    outcome,
    alsoAllowed: [],
    ground,
    reasons,
    unanswered,
  });

  if (facts.kind === 'denunciation' && facts.anonymous)
    return answers['checkable_content']
      ? propose('information_referral', null, anonymousCheckable)
      : propose('filing_away', 'anonymous', anonymous);
  const failed = asked.find(({ id }) => own(answers, id) === false);
  if (failed?.otherwise === 'filing_away')
    return propose(
      'filing_away',
      failed.ground,
      ...asked.filter(({ id, otherwise }) => otherwise === 'filing_away' && own(answers, id) === false).map(toReason),
    );
  if (facts.duplicate) return propose('filing_away', 'duplicate', duplicate);
  if (facts.guidedBefore && !answers['new_facts']) return propose('filing_away', 'already_guided', alreadyGuided);
  if (facts.alsoSentToCompetent) return propose('filing_away', 'also_sent_to_competent', alsoSent);
  if (facts.kind === 'complaint' && facts.signatories > 1 && facts.representatives === 0)
    return propose('guidance', null, noRepresentative);
  if (failed && facts.withinCompetence) return propose('notice', failed.ground, toReason(failed));
  const byFlags = propose(facts.recommendedOutcome, facts.recommendedOutcome === 'notice' ? 'other' : null, byCompetence);
  // Guided before, but there are new facts: as if it were the first time.
  if (facts.guidedBefore && byFlags.outcome === 'filing_away')
    return propose(facts.kind === 'complaint' ? 'guidance' : 'transfer', null, byCompetence);
  return { ...byFlags, alsoAllowed: facts.alsoAllowed };
}

const anonymousCheckable = reason(
  'anonymous_checkable',
  'Đơn tố cáo không rõ họ tên, địa chỉ nhưng nội dung rõ về người vi phạm, có tài liệu, chứng cứ cụ thể: chuyển thông tin cho cơ quan thanh tra.',
  'The denunciation names nobody, but violator and evidence are clear: to the inspectorate as information.',
  law(denunciationsLaw, 25),
);
const anonymous = reason(
  'anonymous',
  'Đơn tố cáo không rõ họ tên, địa chỉ và không có cơ sở để thẩm tra: lưu đơn.',
  'The denunciation names nobody and nothing in it can be checked: file away.',
  law(denunciationsLaw, 25),
);
const duplicate = reason(
  'duplicate',
  'Đơn trùng với đơn đang được xử lý của cùng người, cùng nội dung.',
  'A duplicate of a petition of the same person on the same matter.',
  law(processingCircular, 6),
);
const alreadyGuided = reason(
  'already_guided',
  'Nội dung này đã được hướng dẫn một lần và không có tình tiết mới.',
  'This matter was guided once already, and nothing is new.',
  law(processingCircular, 6),
);
const alsoSent = reason(
  'also_sent_to_competent',
  'Đơn đồng thời được gửi đến cơ quan có thẩm quyền.',
  'Also sent to the competent authority.',
  law(processingCircular, 6),
);
const noRepresentative = reason(
  'no_representative',
  'Nhiều người cùng khiếu nại một nội dung nhưng chưa cử người đại diện: hướng dẫn cử người đại diện hoặc viết thành đơn riêng.',
  'Several people complain of one matter without a representative: guide them to name one, or to write separately.',
  law(complaintsLaw, 8),
);
const byCompetence = reason(
  'competence',
  'Đơn đủ điều kiện; kết quả theo thẩm quyền giải quyết.',
  'The petition is eligible; competence decides the outcome.',
  law(processingCircular),
);

function toReason({ id, question, sources }: EligibilityItem): TriageReason {
  return { code: id, explanation: { vi: `Không đạt: ${question.vi}`, en: `Not met: ${question.en}` }, sources };
}

function reason(code: string, vi: string, en: string, ...sources: Source[]): TriageReason {
  return { code, explanation: { vi, en }, sources };
}

function item(id: string, kinds: PetitionKind[], vi: string, en: string): EligibilityItem {
  return { id, kinds, question: { vi, en }, sources: [law(processingCircular, 6)], otherwise: 'filing_away', ground: 'ineligible' };
}

function refusal(id: string, kinds: PetitionKind[], vi: string, en: string, ground: string): EligibilityItem {
  const sources = [
    ...(kinds.includes('complaint') ? [law(complaintsLaw, 11)] : []),
    ...(kinds.includes('denunciation') ? [law(denunciationsLaw, 29)] : []),
  ];
  return { id, kinds, question: { vi, en }, sources, otherwise: 'notice', ground };
}
