import type { LegalDate } from '../platform/text/legal-date.js';

/** An urging of a unit about a petition, and what came of it. */
export interface UrgingRow {
  id: string;
  petitionId: string;
  petitionNumber: string;
  petitionSummary: string;
  fromUnitId: string;
  toUnitId: string;
  content: string;
  urgedOn: LegalDate;
  answerBy: LegalDate;
  letterId: string | null;
  answeredOn: string | null;
  answer: string | null;
  /** The next level, and from which day on it is told that there is no answer. */
  escalatesToUnitId: string | null;
  escalatesOn: string | null;
  escalated: boolean;
  handledOn: string | null;
  handling: string | null;
  /** When the most urgent limit that was open on the day of the urging ended. */
  settledOn: string | null;
}
