import { Problem } from '../platform/problems/problem.js';
import type { WorkingCalendar } from '../rules/calendar/working-calendar.js';
import { evaluate, type Evaluation, type Outcome } from '../rules/evaluation/evaluation.js';
import type { Channel, Filing, Stage } from '../rules/evaluation/filing.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import { mayTransfer } from '../rules/evaluation/guide-or-transfer.js';
import type { UnitStructure } from '../rules/structure/unit-structure.js';
import type { PetitionListRow, PetitionRow } from './petition.js';

/** What a clerk may correct or state of a petition beside its facts; what is left out stays. */
export type StatedFiling = Partial<Omit<Filing, 'stage' | 'statedCompetentUnitId'>> & {
  stage?: Stage | null;
  competentUnitId?: string | null;
};

/** A petition as a filing at the unit that is responsible now, with what a clerk states. */
export function filingOf(petition: PetitionRow, { stage, competentUnitId, ...stated }: StatedFiling): Filing {
  const kept = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)) as Partial<Filing>;
  return {
    kind: petition.kind,
    subject: petition.subject ?? 'administrative',
    ...receiptOf(petition),
    filedAtUnitId: petition.responsibleUnitId,
    respondent: petition.respondent,
    matterUnitId: petition.matterUnitId,
    priorHandling: petition.priorHandling,
    forwardedBy: petition.forwardedBy,
    alsoSentToUnitIds: petition.alsoSentToUnitIds,
    remoteArea: petition.remoteArea,
    complexity: petition.complexity,
    multiplePlaces: petition.multiplePlaces,
    decisionKnownOn: petition.decisionKnownOn,
    obstacleDays: petition.obstacleDays,
    ...kept,
    stage: stage === undefined ? petition.statedStage : stage,
    statedCompetentUnitId: competentUnitId === undefined ? petition.statedCompetentUnitId : competentUnitId,
  };
}

/** When and how the responsible unit got a petition: to whom it went on, it came by transfer. */
export function receiptOf({
  responsibleUnitId,
  receivedUnitId,
  channel,
  responsibleSince,
}: Pick<PetitionRow, 'responsibleUnitId' | 'receivedUnitId' | 'channel' | 'responsibleSince'>): { filedOn: LegalDate; channel: Channel } {
  return { filedOn: responsibleSince, channel: responsibleUnitId === receivedUnitId ? channel : 'transferred' };
}

/** What the law lets the first unit do instead of what it is recommended. */
export function alsoAllowedOf({
  recommendedOutcome,
  responsibleUnitId,
  receivedUnitId,
  ...petition
}: Pick<PetitionListRow, 'recommendedOutcome' | 'responsibleUnitId' | 'receivedUnitId' | 'kind' | 'channel' | 'receivedOn'>): Outcome[] {
  const guided = recommendedOutcome === 'guidance' && responsibleUnitId === receivedUnitId;
  return guided && mayTransfer({ ...petition, filedOn: petition.receivedOn }) ? ['transfer'] : [];
}

/**
 * Where the unit complained of was split or abolished since the filing, nobody but a person can say who is competent now: whoever sent
 * the petition did, by sending it to the receiver. The receiver can still classify it otherwise.
 */
export function evaluateAtReceiver(filing: Filing, structure: UnitStructure, calendar: WorkingCalendar): Evaluation {
  try {
    return evaluate(filing, structure, calendar);
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'unit-not-valid')) throw error;
    return evaluate({ ...filing, respondent: null, matterUnitId: filing.filedAtUnitId }, structure, calendar);
  }
}
