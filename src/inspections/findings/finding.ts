import type { LegalDate } from '../../platform/text/legal-date.js';
import type { Alert } from '../../rules/limits/alert.js';

export const severities = ['minor', 'serious', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const findingStates = ['open', 'answered', 'returned', 'accepted', 'withdrawn'] as const;
/** `open` and `returned` wait for the unit, `answered` for the inspectors. */
export type FindingState = (typeof findingStates)[number];
/** States as Vietnamese sentences name them. */
export const findingStateNames: Record<FindingState, string> = {
  open: 'chờ khắc phục',
  answered: 'đã báo cáo khắc phục',
  returned: 'bị trả lại',
  accepted: 'đã được chấp nhận',
  withdrawn: 'đã rút',
};

export interface FindingFacts {
  /** Item of the checklist, or question of the review sheet, that it is about; none for what nothing asks. */
  itemCode: string | null;
  description: string;
  severity: Severity;
  recommendation: string;
  dueOn: LegalDate;
}

export const entryTypes = ['answer', 'acceptance', 'return'] as const;
export type EntryType = (typeof entryTypes)[number];

/** A step of the follow-up. */
export interface FindingEntry {
  number: number;
  type: EntryType;
  text: string;
  /** Of an answer: when it was mended. */
  doneOn: LegalDate | null;
  /** Of a return: the new limit. */
  dueOn: LegalDate | null;
  by: string | null;
  at: string;
}

export interface FindingEvidence {
  id: string;
  attachmentId: string;
  filename: string;
}

export interface FindingRow extends FindingFacts {
  id: string;
  inspectionId: string;
  unitId: string;
  inspectedUnitId: string;
  number: number;
  state: FindingState;
  withdrawnReason: string | null;
  startedOn: LegalDate;
  concludedOn: LegalDate | null;
  version: number;
  entries: FindingEntry[];
  evidence: FindingEvidence[];
}

/** How often the same item was found wanting at the unit before, and when last. */
export interface Earlier {
  times: number;
  lastOn: LegalDate | null;
}

export interface Finding extends FindingRow {
  alert: Alert;
  earlier: Earlier;
}

/** An item that was found wanting at a unit more than once. */
export interface RepeatedFinding {
  unitId: string;
  itemCode: string;
  times: number;
  firstOn: LegalDate;
  lastOn: LegalDate;
  /** Of them, not mended yet. */
  notMended: number;
}
