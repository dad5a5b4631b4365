import type { Role } from '../platform/access/official.js';
import type { Bilingual } from '../platform/problems/problem.js';
import type { PetitionKind } from '../rules/evaluation/filing.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import type { Source } from '../rules/source.js';
import type { PaperCode } from './papers.js';

/** States of a petition with their names; in a final one nothing more is to be done: new facts come as a new petition of the same case. */
export const stateNames = {
  received: { vi: 'Đã tiếp nhận', en: 'Received' },
  classified: { vi: 'Đã phân loại', en: 'Classified' },
  proposed: { vi: 'Chờ lãnh đạo duyệt', en: 'Proposed to the leader' },
  split: { vi: 'Đã tách nội dung', en: 'Split into parts' },
  transferred: { vi: 'Đã chuyển đơn', en: 'Transferred' },
  accepted: { vi: 'Đã thụ lý', en: 'Accepted' },
  suspended: { vi: 'Tạm đình chỉ', en: 'Suspended' },
  decided: { vi: 'Đã có quyết định giải quyết', en: 'Decided' },
  concluded: { vi: 'Đã có kết luận', en: 'Concluded' },
  answered: { vi: 'Đã trả lời', en: 'Answered' },
  guided: { vi: 'Đã hướng dẫn', en: 'Guided' },
  returned: { vi: 'Đã trả đơn', en: 'Returned' },
  filed_away: { vi: 'Đã lưu đơn', en: 'Filed away' },
  refused: { vi: 'Không thụ lý', en: 'Refused' },
  referred: { vi: 'Đã chuyển thông tin', en: 'Referred as information' },
  terminated: { vi: 'Đã đình chỉ', en: 'Terminated' },
  closed: { vi: 'Đã kết thúc', en: 'Closed' },
} satisfies Record<string, Bilingual>;

export type PetitionState = keyof typeof stateNames;
export const petitionStates = Object.keys(stateNames) as PetitionState[];

/** States in which it is still to be said what becomes of a petition: accepted, guided, transferred … */
export const unprocessedStates = ['received', 'classified'] as const satisfies PetitionState[];

/** States in which nothing more is to be done. What is split lives on in its parts. */
export const finalStates: readonly PetitionState[] = [
  'split',
  'guided',
  'returned',
  'filed_away',
  'refused',
  'referred',
  'terminated',
  'closed',
];

export const petitionActions = [
  'classify',
  'check_eligibility',
  'split',
  'guide_parts',
  'propose',
  'approve',
  'send_back',
  'find_complexity',
  'accept',
  'refuse',
  'guide',
  'transfer',
  'refer',
  'return',
  'file_away',
  'find_signs_of_crime',
  'inform_investigators',
  'extend',
  'suspend',
  'resume',
  'withdraw',
  'terminate',
  'verify',
  'hold_dialogue',
  'decide',
  'conclude',
  'answer',
  'dispatch',
  'appeal',
  'register_outcome',
  'oblige',
  'perform',
  'close',
] as const;
export type PetitionAction = (typeof petitionActions)[number];

/** What a caller sends for an action: the name of the field and whether it is needed. */
export interface ActionField {
  name: string;
  required: boolean;
}

/** The event of law that a step is, from which limits run. */
export type StartingEvent =
  'acceptance' | 'resolution' | 'suspension' | 'resumption' | 'termination' | 'transfer' | 'enforcement' | 'signs_of_crime';

/** One step of a petition's life. */
export interface Transition {
  action: PetitionAction;
  label: Bilingual;
  /** How the step is asked for below `/petitions/{id}/`. */
  method: 'PUT' | 'POST';
  path: string;
  kinds: readonly PetitionKind[];
  from: readonly PetitionState[];
  /** The state after it; `by_outcome` where the outcome that was proposed decides. */
  to: PetitionState | 'unchanged' | 'by_outcome';
  /** Who may do it, at the unit that is responsible. */
  roles: readonly Role[];
  /** One of the outcomes of triage: in a unit that works in two steps a clerk proposes it and the leader approves. */
  ofTriage?: true;
  /** A condition beyond state and kind. */
  needs?: 'within_competence' | 'anonymous' | 'nothing_owed';
  /** First day on which the law knows the step for a kind; always, where the kind is missing. */
  lawfulFrom?: Partial<Record<PetitionKind, LegalDate>>;
  /** Event that is written into the history. */
  event: string;
  starts?: StartingEvent;
  /** `open` meets the open limits but those that only their own act meets; `own` meets the one that it is the act of. */
  meets: 'open' | 'own' | 'none';
  /** Papers that belong to it. */
  papers?: readonly PaperCode[];
  sources?: readonly Source[];
  fields: readonly ActionField[];
}

/** How a unit works: clerks take the outcomes of triage themselves, or propose them to the leader. */
export const triageModes = ['one_step', 'two_step'] as const;
export type TriageMode = (typeof triageModes)[number];
