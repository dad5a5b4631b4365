import { isOwedTheResult } from '../evaluation/forwarders.js';
import type { ComplaintSubject, PetitionKind, Stage } from '../evaluation/filing.js';

/** What decides which limits a petition has. */
export interface LimitSubject {
  kind: PetitionKind;
  subject: ComplaintSubject;
  stage: Stage | null;
  /** Who forwarded it, in the words of the receiver. */
  forwardedBy?: string | null;
  /** When its resolution began; null before, when there is nothing to terminate. */
  acceptedOn?: string | null;
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
export function limitsFromResolution({ kind, stage, forwardedBy }: LimitSubject): string[] {
  const forwarder = isOwedTheResult(forwardedBy) ? [forwarderResultRule] : [];
  if (kind === 'complaint')
    return stage === 'second'
      ? ['complaint.decision.sending.second', 'complaint.publication', ...forwarder]
      : ['complaint.decision.sending.first', ...forwarder];
  if (kind === 'denunciation')
    return ['denunciation.conclusion.sending', 'denunciation.conclusion.handling', 'denunciation.conclusion.publication', ...forwarder];
  return [];
}

/** The limit to direct who carries out a complaint decision that is in force. */
export const directionRule = 'complaint.enforcement.direction';
/** The limit to tell whoever concluded what became of a recommendation in the conclusion. */
export const handlingResultRule = 'denunciation.handling.result';
/** The limit to tell the result to those whom the Law on Citizen Reception names. */
export const forwarderResultRule = 'petition.forwarder.result';

/** The limit of the direct superior to demand a report on a denunciation that is late (Law on Denunciations art. 38(2)). */
export const overdueDemandRule = 'denunciation.overdue.demand';
/** The limit of whoever is late to report; each demand starts its own (art. 38(3)). */
export const overdueReportRule = 'denunciation.overdue.report';

/** What is sent, published or done after a step, each with the limit that it meets. */
export const dispatchTypes = [
  'acceptance_notice',
  'forwarder_notice',
  'sending',
  'publication',
  'handling',
  'suspension_notice',
  'termination_notice',
  'continuation_notice',
  'enforcement_direction',
  'handling_result',
  'forwarder_result',
] as const;
export type DispatchType = (typeof dispatchTypes)[number];

/** What is sent, with what is handed to the investigating body by a step of its own. */
export const sentTypes = [...dispatchTypes, 'crime_transfer'] as const;
export type SentType = (typeof sentTypes)[number];

/** The limit to hand signs of a crime to the investigating body or the procuracy (Law on Denunciations art. 27). */
export const crimeTransferRule = 'denunciation.crime.transfer';

/** The limits that a dispatch of a type meets where they are open. */
const metByDispatch: Record<SentType, string[]> = {
  acceptance_notice: ['denunciation.acceptance.notice'],
  forwarder_notice: ['petition.forwarder.notice'],
  sending: ['complaint.decision.sending.first', 'complaint.decision.sending.second', 'denunciation.conclusion.sending'],
  publication: ['complaint.publication', 'denunciation.conclusion.publication'],
  handling: ['denunciation.conclusion.handling'],
  suspension_notice: ['denunciation.suspension.notice', 'complaint.suspension.notice'],
  termination_notice: ['denunciation.termination.notice', 'complaint.termination.notice'],
  continuation_notice: ['complaint.continuation.notice'],
  enforcement_direction: [directionRule],
  handling_result: [handlingResultRule],
  forwarder_result: [forwarderResultRule],
  crime_transfer: [crimeTransferRule],
};

export function rulesMetBy(type: SentType): readonly string[] {
  return metByDispatch[type];
}

/** The limit until which an obligation is to be carried out: one for each obligation. */
export const performanceRule = 'enforcement.performance';
export const protectionRules = ['denunciation.protection', 'denunciation.protection.urgent'] as const;

/** Limits that whatever else is done does not meet: only the reply, the sending, the performance, the decision itself does. */
export const metByTheirOwnAct: readonly string[] = [
  replyRule,
  performanceRule,
  ...protectionRules,
  // An acceptance, a guidance or a transfer tells the forwarder as well (law.md 1.5 `petition.forwarder.notice`).
  ...sentTypes.filter((type) => type !== 'forwarder_notice').flatMap(rulesMetBy),
];

/** What must be done before a decided petition can be closed. */
export const owedBeforeClosure: readonly string[] = [
  ...(
    [
      'acceptance_notice',
      'sending',
      'publication',
      'handling',
      'enforcement_direction',
      'handling_result',
      'forwarder_result',
      'crime_transfer',
    ] as const
  ).flatMap(rulesMetBy),
  performanceRule,
];

export function limitsFromSuspension({ kind }: LimitSubject): string[] {
  return noticeOf(kind, 'suspension');
}

/** The decision to go on: the Law on Denunciations has no limit for telling it. */
export function limitsFromResumption({ kind }: LimitSubject): string[] {
  return kind === 'complaint' ? ['complaint.continuation.notice'] : [];
}

/** The decision to terminate; a complaint that was not accepted yet needs none (Law on Complaints art. 11a). */
export function limitsFromTermination({ kind, acceptedOn }: LimitSubject): string[] {
  return kind === 'complaint' && acceptedOn === null ? [] : noticeOf(kind, 'termination');
}

/** Signs of a crime are handed on at once. */
export function limitsFromSignsOfCrime({ kind }: LimitSubject): string[] {
  return kind === 'denunciation' ? [crimeTransferRule] : [];
}

function noticeOf(kind: PetitionKind, order: 'suspension' | 'termination'): string[] {
  return kind === 'complaint' || kind === 'denunciation' ? [`${kind}.${order}.notice`] : [];
}
