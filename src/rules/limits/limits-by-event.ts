import type { ComplaintSubject, PetitionKind, Stage } from '../evaluation/filing.js';

/** What decides which limits a petition has. */
export interface LimitSubject {
  kind: PetitionKind;
  subject: ComplaintSubject;
  stage: Stage | null;
}

/** The limit to answer the unit that sent a petition: only the reply meets it, whatever else is done. */
export const replyRule = 'transfer.reply';

/** The limit to accept or refuse, which runs from receipt by the competent unit. */
export function acceptanceRule({ kind, subject, stage }: LimitSubject): string {
  if (kind === 'complaint') return subject === 'discipline' ? 'discipline.acceptance' : 'complaint.acceptance';
  if (kind === 'denunciation') return stage === 'continuing' ? 'denunciation.continuing.review' : 'denunciation.acceptance';
  return 'recommendation.answer';
}

/** The limit to decide, conclude or settle, which runs from acceptance. */
export function resolutionRule({ kind, subject, stage }: LimitSubject): string {
  if (kind === 'complaint')
    return `${subject === 'discipline' ? 'discipline' : 'complaint'}.resolution.${stage === 'second' ? 'second' : 'first'}`;
  return kind === 'denunciation' ? 'denunciation.resolution' : 'recommendation.settlement';
}

/** Limits that start when a petition is accepted. */
export function limitsFromAcceptance(petition: LimitSubject): string[] {
  return [resolutionRule(petition), ...(petition.kind === 'denunciation' ? ['denunciation.acceptance.notice'] : [])];
}

/** Limits that start when the decision, conclusion or answer is made. */
export function limitsFromResolution({ kind, stage }: LimitSubject): string[] {
  if (kind === 'complaint')
    return stage === 'second' ? ['complaint.decision.sending.second', 'complaint.publication'] : ['complaint.decision.sending.first'];
  if (kind === 'denunciation')
    return ['denunciation.conclusion.sending', 'denunciation.conclusion.handling', 'denunciation.conclusion.publication'];
  return [];
}
