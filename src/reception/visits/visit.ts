import type { Bilingual } from '../../platform/problems/problem.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { Alert } from '../../rules/limits/alert.js';
import type { VisitResult } from '../../rules/reception/reception-rules.js';
import type { RefusalGround } from '../../rules/reception/refusals.js';

export const visitStates = ['in_reception', 'concluded', 'refused'] as const;
export type VisitState = (typeof visitStates)[number];
/** States as Vietnamese sentences name them. */
export const visitStateNames: Record<VisitState, string> = { in_reception: 'đang tiếp', concluded: 'đã kết thúc', refused: 'đã từ chối' };

/** In what capacity somebody comes. */
export const capacities = {
  self: { vi: 'Tự mình', en: 'For themselves' },
  representative: { vi: 'Người đại diện', en: 'Representative of a group' },
  authorised: { vi: 'Người được uỷ quyền', en: 'Authorised by somebody' },
  lawyer: { vi: 'Luật sư, trợ giúp viên pháp lý', en: 'Lawyer or legal aid' },
  companion: { vi: 'Người đi cùng, phiên dịch', en: 'Companion or interpreter' },
} satisfies Record<string, Bilingual>;
export type Capacity = keyof typeof capacities;

/** Somebody who came. */
export interface Visitor {
  capacity: Capacity;
  name: string;
  nationalId: string | null;
  address: string | null;
  phone: string | null;
  birthYear: number | null;
}

/** A paper that was handed over, for the receipt. */
export interface ReceivedPaper {
  name: string;
  copies: number;
  original: boolean;
}

/** What is sealed of a visit: who came, and the words as they were said where they are kept without who denounces. */
export interface SealedVisit {
  visitors: Visitor[];
  matter: string;
  content: string;
}

/** What a clerk writes down, and may correct. */
export interface VisitFacts {
  kind: PetitionKind;
  fieldCode: string | null;
  persons: number;
  visitors: Visitor[];
  matter: string;
  /** What was said. */
  content: string;
  /** Which body resolved the matter before, and how. */
  earlierResolver: string | null;
  papers: ReceivedPaper[];
  receiverName: string;
}

/** What takes its place; null persons are those named. */
export interface VisitCorrection extends Omit<VisitFacts, 'persons'> {
  persons: number | null;
}

export interface VisitRow extends Omit<VisitFacts, 'visitors'> {
  id: string;
  unitId: string;
  officeId: string;
  officeName: string;
  sessionId: string | null;
  sessionType: 'regular' | 'periodic' | 'ad_hoc' | null;
  heldBy: 'head' | 'delegate' | 'receiver' | null;
  ticketId: string | null;
  number: string;
  visitedOn: LegalDate;
  arrivedAt: Date;
  startedAt: Date;
  endedAt: Date | null;
  representatives: number;
  largeGroup: boolean;
  sealed: Buffer | null;
  sealedKey: number | null;
  identitySecret: boolean;
  petitionId: string | null;
  petitionNumber: string | null;
  caseId: string | null;
  matterId: string;
  repeated: boolean;
  state: VisitState;
  result: VisitResult | null;
  resultNote: string | null;
  toUnitId: string | null;
  refusalGround: RefusalGround | null;
  refusalReason: string | null;
  refusalBasis: string | null;
  appointmentId: string | null;
  appointmentNumber: string | null;
  answerDueOn: LegalDate | null;
  answerBacklogOn: LegalDate | null;
  answeredOn: LegalDate | null;
  answerDocument: string | null;
  answerContent: string | null;
  revision: number;
  version: number;
  createdBy: string | null;
  createdAt: Date;
}

/** A row as it is shown: visitors where they are no secret. */
export interface Visit extends Omit<VisitRow, 'sealed' | 'sealedKey'> {
  visitors: Visitor[];
  alert: Alert;
}

export interface VisitRevision {
  revision: number;
  content: Record<string, unknown>;
  reason: string;
  replacedBy: string | null;
  replacedAt: Date;
}
