import type { ComplaintSubject, Stage } from '../evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { Bilingual } from '../../platform/problems/problem.js';
import { toDayNumber } from '../../platform/text/legal-date.js';
import {
  amendingLaw2025,
  complaintsDecree,
  complaintsDecree2026,
  complaintsLaw,
  inTime,
  law,
  since2026,
  type Source,
  versionInForce,
  type VersionedRule,
} from '../source.js';

/** How many days before a dialogue whoever takes part is told of it, at the least. */
export interface DialogueNoticeRule extends VersionedRule {
  title: Bilingual;
  days: number;
}

/** For complaints that were accepted before and are undecided as well (Decree 155/2026/NĐ-CP art. 22(1)): the day of the dialogue counts. */
export const dialogueRules: readonly DialogueNoticeRule[] = inTime([
  {
    id: 'complaint.dialogue.notice',
    version: '2026',
    from: since2026,
    title: { vi: 'Gửi văn bản thông báo trước ngày đối thoại', en: 'Written notice before a dialogue' },
    days: 5,
    sources: [law(complaintsLaw, '30(6)'), law(amendingLaw2025, '2(11)'), law(complaintsDecree, '28(1)'), law(complaintsDecree2026, 11)],
    verified: true,
  },
]);

/** How a notice stands to its dialogue; null where the law of the day asks for no number of days. */
export function checkDialogueNotice(noticeSentOn: LegalDate, heldOn: LegalDate): { inTime: boolean; rule: DialogueNoticeRule } | null {
  const rule = versionInForce(dialogueRules, 'complaint.dialogue.notice', heldOn);
  return rule ? { inTime: toDayNumber(heldOn) - toDayNumber(noticeSentOn) >= rule.days, rule } : null;
}

/** First day on which a decision may be made although the complainant stayed away from the dialogue without reason. */
const absenceCountsFrom = since2026;

/** A dialogue as far as the duty is concerned. */
export interface HeldDialogue {
  heldOn: LegalDate;
  complainantAttended: boolean;
  absenceWithoutReason: boolean;
  /** By the resolver in person where the law asks for that. */
  presidedLawfully?: boolean;
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
export function fulfilsDialogueDuty({ heldOn, complainantAttended, absenceWithoutReason, presidedLawfully = true }: HeldDialogue): boolean {
  return (complainantAttended && presidedLawfully) || (absenceWithoutReason && heldOn >= absenceCountsFrom);
}
