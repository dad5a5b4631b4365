import type { PetitionKind } from '../../rules/evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { UrgingRow } from '../../routing/urging.js';

/** Late work of a unit that nobody has urged lately. */
export interface ProposalFigures {
  overdue: number;
  backlog: number;
  oldestDueOn: LegalDate;
}

/** A late petition that is proposed to be urged. */
export interface ProposedRow {
  petitionId: string;
  number: string;
  kind: PetitionKind;
  summary: string;
  unitId: string;
  receivedOn: LegalDate;
  dueOn: LegalDate;
  daysOver: number;
  alert: 'overdue' | 'backlog';
  lastUrgedOn: LegalDate | null;
}

export interface LetterOrder {
  /** Petitions to be urged: one letter for each unit that they lie with. */
  petitionIds: string[];
  /** Units to be urged about everything that is proposed, instead of petitions. */
  toUnitIds: string[];
  content: string;
  answerBy: LegalDate | null;
  signerTitle: string;
  signerName: string;
  place: string | null;
}

export interface LetterRow {
  id: string;
  fromUnitId: string;
  toUnitId: string;
  documentId: string;
  number: string;
  content: string;
  urgedOn: LegalDate;
  answerBy: LegalDate;
  petitions: number;
  answered: number;
  settled: number;
  escalated: number;
}

export interface Letter extends LetterRow {
  urgings: UrgingRow[];
}

/** What urging brought about. */
export interface EffectFigures {
  urgings: number;
  answered: number;
  answeredInTime: number;
  /** Settled within so many days of the urging. */
  settled: number;
  /** Settled later, or not at all yet. */
  settledLater: number;
  open: number;
  escalated: number;
}
