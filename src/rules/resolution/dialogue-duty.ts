import type { ComplaintSubject, Stage } from '../evaluation/filing.js';
import type { LegalDate } from '../legal-date.js';
import { complaintsLaw, law, type Source } from '../source.js';

/** First day on which a decision may be made although the complainant stayed away from the dialogue without reason. */
const absenceCountsFrom: LegalDate = '2026-07-01';

/** A dialogue as far as the duty is concerned. */
export interface HeldDialogue {
  heldOn: LegalDate;
  complainantAttended: boolean;
  absenceWithoutReason: boolean;
}

export interface DialogueDuty {
  ruleId: string;
  source: Source;
}

/**
 * Why a complaint may not be decided without a dialogue: always at second instance (Law on Complaints art. 39) and about discipline (art. 53),
 * at first instance when the demand and the result of the verification still differ (art. 30).
 * @returns null where there is no such duty
 */
export function dialogueDuty({
  stage,
  subject,
  viewsDiffer,
}: {
  stage: Stage | null;
  subject: ComplaintSubject | null;
  viewsDiffer: boolean;
}): DialogueDuty | null {
  if (subject === 'discipline') return { ruleId: 'discipline.dialogue', source: law(complaintsLaw, 53) };
  if (stage === 'second') return { ruleId: 'complaint.dialogue.second', source: law(complaintsLaw, 39) };
  return viewsDiffer ? { ruleId: 'complaint.dialogue.first', source: law(complaintsLaw, 30) } : null;
}

/** A dialogue with the complainant, or since 2026-07-01 (Law 136/2025/QH15 art. 2) one that the complainant stayed away from without reason. */
export function fulfilsDialogueDuty({ heldOn, complainantAttended, absenceWithoutReason }: HeldDialogue): boolean {
  return complainantAttended || (absenceWithoutReason && heldOn >= absenceCountsFrom);
}
