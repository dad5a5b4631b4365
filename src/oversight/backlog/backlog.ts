import type { Bilingual } from '../../platform/problems/problem.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';

/** Why a petition is over its last legal date. */
export const backlogCauses = {
  complex_matter: { vi: 'Vụ việc phức tạp', en: 'The matter is complex' },
  evidence: { vi: 'Thiếu hồ sơ, chứng cứ', en: 'Papers or evidence are missing' },
  policy_unclear: { vi: 'Chính sách, pháp luật chưa rõ, thay đổi', en: 'Policy or law is unclear, or has changed' },
  waiting_for_superior: { vi: 'Chờ ý kiến cấp trên', en: 'Waiting for a superior' },
  waiting_for_agency: { vi: 'Chờ cơ quan phối hợp', en: 'Waiting for another agency' },
  petitioner: { vi: 'Do người khiếu nại, tố cáo', en: 'The petitioner' },
  staff: { vi: 'Thiếu cán bộ, chậm tham mưu', en: 'Too few staff, or slow advice' },
  enforcement: { vi: 'Khó thi hành quyết định', en: 'The decision is hard to carry out' },
  other: { vi: 'Lý do khác', en: 'Another cause' },
} satisfies Record<string, Bilingual>;
export type BacklogCause = keyof typeof backlogCauses;
export const backlogCauseNames = Object.keys(backlogCauses) as BacklogCause[];

/** Why a case counts as complex and dragging on. */
export const longCaseGrounds = {
  resolved_again_and_again: { vi: 'Đã giải quyết nhiều lần, vẫn tiếp khiếu', en: 'Resolved several times, and brought again' },
  many_people: { vi: 'Liên quan đến nhiều người', en: 'Many people are concerned' },
  years: { vi: 'Kéo dài nhiều năm', en: 'It has gone on for years' },
  several_units: { vi: 'Liên quan nhiều cấp, nhiều ngành', en: 'Several levels or agencies are concerned' },
  gatherings: { vi: 'Có tập trung đông người, vượt cấp', en: 'People gather over it, or go over the heads of the competent level' },
  policy: { vi: 'Vướng mắc về chính sách', en: 'Policy stands in the way' },
  other: { vi: 'Lý do khác', en: 'Another ground' },
} satisfies Record<string, Bilingual>;
export type LongCaseGround = keyof typeof longCaseGrounds;
export const longCaseGroundNames = Object.keys(longCaseGrounds) as LongCaseGround[];

/** How a promise stands to the day: none was made, its day is ahead, or has passed. */
export const commitmentStates = ['none', 'ahead', 'broken'] as const;
export type CommitmentState = (typeof commitmentStates)[number];

/** A petition over its last legal date, with what is done about it. */
export interface BacklogRow {
  petitionId: string;
  number: string;
  caseId: string;
  kind: PetitionKind;
  state: string;
  fieldCode: string | null;
  unitId: string;
  receivedOn: LegalDate;
  dueOn: LegalDate;
  /** Days since the receipt, and since the last legal day. */
  ageDays: number;
  daysOver: number;
  cause: BacklogCause | null;
  settleBy: LegalDate | null;
  commitment: CommitmentState;
  openSteps: number;
  lateSteps: number;
  nextStepOn: LegalDate | null;
  longCase: boolean;
}

export interface BacklogFigures {
  backlog: number;
  withoutPlan: number;
  withoutCommitment: number;
  brokenCommitments: number;
  longCases: number;
}

export interface StepFacts {
  action: string;
  responsible: string;
  dueOn: LegalDate;
}

export interface StepRow extends StepFacts {
  id: string;
  doneOn: LegalDate | null;
  result: string | null;
}

export interface CommitmentRow {
  settleBy: LegalDate;
  note: string | null;
  committedOn: LegalDate;
  committedBy: string;
}

/** What is done about one petition: why it is late, who does what by when, what the leader promised, what meetings decided. */
export interface BacklogPlan {
  petitionId: string;
  cause: BacklogCause | null;
  causeNote: string | null;
  steps: StepRow[];
  /** The last one counts. */
  commitments: CommitmentRow[];
  decisions: { reviewId: string; heldOn: LegalDate; decision: string; dueOn: LegalDate | null }[];
  version: number;
}

export interface ReviewFacts {
  heldOn: LegalDate;
  chairedBy: string;
  participants: string | null;
  conclusion: string;
  items: { petitionId: string; decision: string; dueOn: LegalDate | null }[];
}

export interface ReviewItemRow {
  petitionId: string;
  number: string;
  decision: string;
  dueOn: LegalDate | null;
  /** Whether it has left the backlog since. */
  left: boolean;
}

export interface BacklogReviewRow {
  id: string;
  unitId: string;
  heldOn: LegalDate;
  chairedBy: string;
  participants: string | null;
  conclusion: string;
  items: ReviewItemRow[];
}

export interface LongCaseFacts {
  markedOn: LegalDate;
  grounds: LongCaseGround[];
  documentNumber: string | null;
  dossierSummary: string;
}

export interface LongCaseRow extends LongCaseFacts {
  id: string;
  unitId: string;
  petitionId: string;
  petitionNumber: string;
  caseId: string;
  petitions: number;
  gatherings: number;
  endedOn: LegalDate | null;
  endReason: string | null;
  version: number;
}

/** The backlog on one day, and what came and went since the point before. */
export interface BurnDownPoint {
  on: LegalDate;
  /** Null for days ahead. */
  backlog: number | null;
  entered: number;
  left: number;
  /** What would be left of the first day's backlog if every promise were kept. */
  promised: number;
}
