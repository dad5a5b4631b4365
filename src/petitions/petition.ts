import type { Flag, Outcome } from '../rules/evaluation/evaluation.js';
import type { Channel, ComplaintSubject, PetitionKind, PriorHandling, Respondent, Stage } from '../rules/evaluation/filing.js';
import type { Complexity } from '../rules/limits/limit-rule.js';
import type { EligibilityAnswers } from '../rules/triage/eligibility.js';
import type { Source } from '../rules/source.js';
import type { PetitionState, TriageMode } from './transition.js';

export { type Channel, channels } from '../rules/evaluation/filing.js';

export const partyRoles = ['petitioner', 'representative', 'respondent', 'lawyer', 'other'] as const;
export const partyTypes = ['person', 'organisation'] as const;

/** Somebody named in a petition. */
export interface Party {
  role: (typeof partyRoles)[number];
  type: (typeof partyTypes)[number];
  name: string;
  nationalId: string | null;
  address: string | null;
  phone: string | null;
  birthYear: number | null;
  /** Office or position: of an official, of a lawyer, of whoever stands for an organisation. */
  office: string | null;
  /** What a representative or a lawyer acts by. */
  authorisation: Authorisation | null;
  /** The person across petitions; none for respondents and for whoever is named in a denunciation. */
  personId: string | null;
  /** Of several petitioners who withdrew: since when he has no rights of a complainant any more. */
  withdrawnOn?: string | null;
}

/** Paper by which somebody acts for another: an authorisation, minutes of a group, a lawyer's request and card. */
export interface Authorisation {
  documentNumber: string | null;
  issuedOn: string | null;
  scope: string | null;
  /** Number of a lawyer's card. */
  cardNumber: string | null;
}

export const relations = ['duplicate_of', 'repeats', 'appeals', 'continues'] as const;

/** How a petition relates to an earlier one. */
export interface Relation {
  petitionId: string;
  relation: (typeof relations)[number];
}

/** A limit of a petition; open until it is met or void. */
export interface StoredLimit {
  id: string;
  unitId: string;
  ruleId: string;
  ruleVersion: string;
  startsOn: string;
  dueOn: string;
  backlogOn: string;
  amount: number;
  unit: 'calendar_days' | 'working_days';
  calendarStatus: 'official' | 'provisional';
  sources: Source[];
  metOn: string | null;
  voidOn: string | null;
  /** Days of each extension granted, in order; contained in `amount`. */
  extensionsDays: number[];
  /** Days that suspensions stopped the clock; contained in `amount`. */
  suspendedDays: number;
  /** Since when the clock stands still. */
  suspendedOn: string | null;
  /** What it runs for, where a petition can have several of a rule: an obligation, a request for protection. */
  subjectId: string | null;
}

/** What lists show of a petition: never who filed it. */
export interface PetitionListRow {
  id: string;
  number: string;
  caseId: string;
  kind: PetitionKind;
  state: PetitionState;
  stage: Stage | null;
  channel: Channel;
  receivedOn: string;
  summary: string;
  fieldCode: string | null;
  signatories: number;
  flagCodes: Flag['code'][];
  levelsSkipped: number | null;
  recommendedOutcome: Outcome;
  withinCompetence: boolean;
  receivedUnitId: string;
  competentUnitId: string | null;
  responsibleUnitId: string;
  /** The petition that this is a part of. */
  partOfId: string | null;
  nextDueOn: string | null;
  nextBacklogOn: string | null;
  version: number;
}

/** One petition as it is stored. */
export interface PetitionRow extends PetitionListRow {
  subject: ComplaintSubject | null;
  writtenOn: string | null;
  content: string;
  respondent: (Respondent & { name?: string | null }) | null;
  matterUnitId: string | null;
  remoteArea: boolean;
  complexity: Complexity;
  /** Whether the last finding says what `complexity` says; what is normal needs none. */
  complexityReasoned: boolean;
  multiplePlaces: boolean;
  decisionKnownOn: string | null;
  /** Days that are not counted in the filing period. */
  obstacleDays: number;
  forwardedBy: string | null;
  alsoSentToUnitIds: string[];
  priorHandling: PriorHandling[];
  statedStage: Stage | null;
  statedCompetentUnitId: string | null;
  responsibleSince: string;
  involvedUnitIds: string[];
  flags: Flag[];
  acceptedOn: string | null;
  decidedOn: string | null;
  decisionReceivedOn: string | null;
  refusedOn: string | null;
  closedOn: string | null;
  outcome: string | null;
  suspendedOn: string | null;
  terminatedOn: string | null;
  inForceOn: string | null;
  anonymous: boolean;
  /** Who filed it is never answered: a denunciation, or a part beside one. */
  identitySecret: boolean;
  eligibility: EligibilityAnswers;
  /** How the responsible unit works. */
  triageMode: TriageMode;
  /** Rules of open limits that stand against closing: something is not sent, published, handled or carried out. */
  owed: string[];
  lastStepOn: string;
  createdAt: Date;
  updatedAt: Date;
}

/** One petition with all that belongs to it. */
export interface PetitionDetailRow extends PetitionRow {
  parties: Party[];
  /** Without the ids of those that the caller does not see. */
  relatedTo: (Pick<Relation, 'relation'> & { petitionId: string | null })[];
  limits: StoredLimit[];
  parts: PartRow[];
}

/** A part of a petition with several matters; it lives as a petition of its own. */
export interface PartRow {
  id: string;
  number: string;
  kind: PetitionKind;
  state: PetitionState;
  summary: string;
  fieldCode: string | null;
  competentUnitId: string | null;
  recommendedOutcome: Outcome;
  outcome: string | null;
}

/** An earlier petition, with the last day of its resolution. */
export interface RelatedRow extends PetitionRow {
  resolutionDueOn: string | null;
  /** When it was guided, where it ended so. */
  guidedOn: string | null;
}

export interface EventRow {
  sequence: number;
  type: string;
  occurredOn: string;
  recordedAt: Date;
  accountId: string | null;
  username: string | null;
  unitId: string;
  reason: string | null;
  facts: Record<string, unknown>;
  previousHash: string | null;
  hash: string;
  intact: boolean;
}
