import type { Bilingual } from '../platform/problems/problem.js';
import type { ItemResult } from '../rules/inspections/score.js';
import type { LegalDate } from '../platform/text/legal-date.js';

export const inspectionTypes = ['regular', 'surprise', 'responsibility'] as const;
/**
 * `regular`: by plan, announced; `surprise`: not seen by the inspected unit before it starts; `responsibility`: of the head, by an inspectorate, from a
 * sample of petitions (thanh tra trách nhiệm).
 */
export type InspectionType = (typeof inspectionTypes)[number];
export const inspectionStates = ['prepared', 'started', 'concluded', 'cancelled'] as const;
export type InspectionState = (typeof inspectionStates)[number];
/** States as Vietnamese sentences name them. */
export const inspectionStateNames: Record<InspectionState, string> = {
  prepared: 'đang chuẩn bị',
  started: 'đang tiến hành',
  concluded: 'đã kết luận',
  cancelled: 'đã huỷ',
};
export const memberRoles = ['head', 'member'] as const;

export interface Member {
  role: (typeof memberRoles)[number];
  name: string;
  office: string;
  /** Who answers in the system; must not belong to the inspected unit. */
  accountId: string | null;
}

export interface InspectionOrder {
  inspectedUnitId: string;
  type: InspectionType;
  planItemId: string | null;
  drawId: string | null;
  decisionNumber: string;
  decidedOn: LegalDate;
  subject: string;
  periodFrom: LegalDate;
  periodTo: LegalDate;
  startsOn: LegalDate;
  endsOn: LegalDate;
  /** Name and office of the head whose responsibility is inspected. */
  inspectedHead: string | null;
  members: Member[];
}

export interface InspectionRow extends Omit<InspectionOrder, 'members'> {
  id: string;
  unitId: string;
  state: InspectionState;
  startedOn: LegalDate | null;
  /** None for an inspection of responsibility. */
  checklistVersion: string | null;
  cancelReason: string | null;
  concludedOn: LegalDate | null;
  assessment: string | null;
  documentId: string | null;
  /** As it was when it was concluded. */
  score: number | null;
  items: number;
  answered: number;
  /** Once it is concluded; nothing before. */
  findings: number;
  findingsOpen: number;
  version: number;
}

/** What the system says of an item from its own data. */
export interface SystemAnswer {
  result: ItemResult;
  part: number;
  of: number;
  /** What is counted of what. */
  counts: Bilingual;
  /** The list behind it. */
  list: string | null;
}

export interface ItemRow {
  code: string;
  system: SystemAnswer | null;
  result: ItemResult | null;
  note: string | null;
  mendBy: LegalDate | null;
  answeredBy: string | null;
  answeredAt: Date | null;
  version: number;
  photos: { id: string; attachmentId: string; filename: string; clientKey: string }[];
}

export interface Inspection extends InspectionRow {
  members: Member[];
  checklist: ItemRow[];
}

/** An answer of the inspector: the item as it was when the device read it, so that two who answer at once are told. */
export interface ItemAnswer {
  code: string;
  result: ItemResult;
  note: string | null;
  mendBy: LegalDate | null;
  /** Version of the item that the answer was given on; null takes it whatever it is. */
  baseVersion: number | null;
}

/** What became of an answer: written, the same as before, or against what somebody else has answered meanwhile. */
export interface AnswerOutcome {
  code: string;
  outcome: 'written' | 'unchanged' | 'conflict';
  /** As it stands now. */
  item: ItemRow;
}

export interface PlanItem {
  unitId: string;
  fromOn: LegalDate;
  toOn: LegalDate;
  subject: string | null;
}

export interface PlanFacts {
  title: string;
  number: string | null;
  year: number;
  quarter: number | null;
  approvedOn: LegalDate | null;
  items: PlanItem[];
}

export interface InspectionPlan extends Omit<PlanFacts, 'items'> {
  id: string;
  unitId: string;
  items: (PlanItem & { id: string; inspectionId: string | null; state: InspectionState | null })[];
}

/** The facts that make the weight of a unit in a draw, each from 0 to 1. */
export const riskFacts = ['overdue', 'overLevel', 'missedHeadDays', 'enteredLate', 'sinceLastInspection'] as const;
export type RiskFact = (typeof riskFacts)[number];

export interface DrawnUnit {
  unitId: string;
  code: string;
  weight: number;
  key: number;
  drawn: boolean;
  facts: Record<RiskFact, number>;
}

export interface Draw {
  id: string;
  unitId: string;
  seed: string;
  drawnOn: LegalDate;
  reason: string;
  periodFrom: LegalDate;
  periodTo: LegalDate;
  candidates: DrawnUnit[];
}
