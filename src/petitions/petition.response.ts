import { ApiProperty } from '@nestjs/swagger';
import { type Outcome, outcomes } from '../rules/evaluation/evaluation.js';
import { type PetitionKind, petitionKinds, type Stage, stages } from '../rules/evaluation/filing.js';
import { type FlagCode, flagCodes } from '../rules/evaluation/flag-rules.js';
import { type Alert, alertStates } from '../rules/limits/alert.js';
import { BilingualResponse, ComputedLimitResponse, FlagResponse, SourceResponse } from '../structure/law-desk/rules.response.js';
import { complexities, type Complexity } from '../rules/limits/limit-rule.js';
import { PriorHandlingDto, RespondentDto } from '../structure/law-desk/dto/evaluation.dto.js';
import { UnitReference } from '../structure/units/unit.response.js';
import { type DuplicateReason, duplicateReasons } from './duplicates/duplicates.service.js';
import { type PetitionAction, petitionActions, type PetitionState, petitionStates } from './transition.js';
import { type Channel, channels, type Party, partyRoles, partyTypes, type Relation, relations } from './petition.js';

const alerts = [...alertStates, 'none'] as const;

export class FlagReference {
  @ApiProperty({ enum: flagCodes })
  code: FlagCode;

  @ApiProperty({ required: false, example: 1 })
  levelsSkipped?: number;
}

/** A petition in a list: never who filed it. */
export class PetitionItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-2026-000123' })
  number: string;

  @ApiProperty({ format: 'uuid' })
  caseId: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  @ApiProperty({ enum: stages })
  stage: Stage | null;

  @ApiProperty({ enum: channels })
  channel: Channel;

  @ApiProperty({ format: 'date', example: '2026-05-11' })
  receivedOn: string;

  @ApiProperty({ example: 'Khiếu nại quyết định thu hồi đất tại phố Trấn Vũ' })
  summary: string;

  @ApiProperty({ example: 'land_housing' })
  fieldCode: string | null;

  @ApiProperty({ example: 1 })
  signatories: number;

  /** In the ledger of this unit. */
  receivedUnit: UnitReference;

  /** Null where the authority stands above all units, e.g. a minister. */
  competentUnit: UnitReference | null;

  /** With whom it lies now. */
  responsibleUnit: UnitReference;

  withinCompetence: boolean;

  @ApiProperty({ enum: outcomes })
  recommendedOutcome: Outcome;

  /** What the law lets the unit do instead. */
  @ApiProperty({ enum: outcomes, isArray: true, example: [] })
  alsoAllowed: Outcome[];

  flags: FlagReference[];

  /** The petition with several matters that this is a part of. */
  @ApiProperty({ format: 'uuid' })
  partOfId: string | null;

  /** How the most urgent open limit stands today. */
  @ApiProperty({ enum: alerts })
  alert: Alert;

  /** Last legal day of the most urgent open limit. */
  @ApiProperty({ format: 'date' })
  nextDueOn: string | null;
}

export class PetitionPageResponse {
  items: PetitionItemResponse[];
  nextCursor: string | null;

  /** With `count` only. */
  @ApiProperty({ required: false })
  total?: number;
}

export class LimitResponse extends ComputedLimitResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Who has to keep it. */
  unitInCharge: UnitReference;

  /** Day on which it was met; late when after `dueOn`. */
  @ApiProperty({ format: 'date' })
  metOn: string | null;

  /** Day on which it ceased to apply. */
  @ApiProperty({ format: 'date' })
  voidOn: string | null;

  /** Days of each extension granted; contained in `amount`. */
  @ApiProperty({ example: [] })
  extensionsDays: number[];

  /** Days that suspensions stopped the clock; contained in `amount`. */
  @ApiProperty({ example: 0 })
  suspendedDays: number;

  /** Since when the clock stands still. */
  @ApiProperty({ format: 'date' })
  suspendedOn: string | null;

  /** What it runs for: an obligation, a request for protection. */
  @ApiProperty({ format: 'uuid' })
  subjectId: string | null;

  /** Calendar days after `dueOn` on which it was met, or that it is open by today; 0 in time, null where it is void. */
  @ApiProperty({ example: 0 })
  daysLate: number | null;

  @ApiProperty({ enum: alerts })
  alert: Alert;
}

export class AuthorisationResponse {
  documentNumber: string | null;

  @ApiProperty({ format: 'date' })
  issuedOn: string | null;

  scope: string | null;
  cardNumber: string | null;
}

export class PartyResponse {
  @ApiProperty({ enum: partyRoles })
  role: Party['role'];

  @ApiProperty({ enum: partyTypes })
  type: Party['type'];

  /** Null where `masked`. */
  name: string | null;

  /** Its last digits; the whole number: `POST /petitions/{id}/personal-data/readings`. */
  @ApiProperty({ example: '•••••••••345' })
  nationalId: string | null;

  address: string | null;

  /** Its last digits. */
  @ApiProperty({ example: '•••••••678' })
  phone: string | null;

  @ApiProperty({ example: 1982 })
  birthYear: number | null;

  office: string | null;
  authorisation: AuthorisationResponse | null;

  /** The person across petitions. */
  @ApiProperty({ format: 'uuid' })
  personId: string | null;

  /** When he withdrew of several petitioners: the others go on (Decree 124/2020/NĐ-CP art. 7a). */
  @ApiProperty({ format: 'date' })
  withdrawnOn: string | null;

  /** The identity is secret (Law on Denunciations arts 8, 56). */
  masked: boolean;
}

export class RelationResponse {
  /** Null of a petition that you do not see. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  petitionId: string | null;

  @ApiProperty({ enum: relations })
  relation: Relation['relation'];
}

export class PartResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-2026-000123/2' })
  number: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  summary: string;
  fieldCode: string | null;
  competentUnit: UnitReference | null;

  @ApiProperty({ enum: outcomes })
  recommendedOutcome: Outcome;

  /** What the law lets the unit do instead. */
  @ApiProperty({ enum: outcomes, isArray: true, example: [] })
  alsoAllowed: Outcome[];

  outcome: string | null;
}

export class PetitionResponse extends PetitionItemResponse {
  @ApiProperty({ enum: ['administrative', 'discipline'] })
  subject: 'administrative' | 'discipline' | null;

  @ApiProperty({ format: 'date' })
  writtenOn: string | null;

  content: string;
  respondent: RespondentDto | null;
  matterUnit: UnitReference | null;
  remoteArea: boolean;

  @ApiProperty({ enum: complexities })
  complexity: Complexity;

  /** Whether a finding with criteria and reason says so (`…/complexity-findings`); true for what is normal, false for what was only marked. */
  complexityReasoned: boolean;

  multiplePlaces: boolean;

  @ApiProperty({ format: 'date' })
  decisionKnownOn: string | null;

  /** Days of an obstacle, not counted in the filing period. */
  @ApiProperty({ example: 0 })
  obstacleDays: number;

  forwardedBy: string | null;
  alsoSentToUnitIds: string[];
  priorHandling: PriorHandlingDto[];
  parties: PartyResponse[];
  relatedTo: RelationResponse[];

  /** What it was split into; each part lives as a petition of its own. */
  parts: PartResponse[];

  @ApiProperty({ type: [FlagResponse] })
  declare flags: FlagResponse[];

  limits: LimitResponse[];

  /** Since when the responsible unit has it. */
  @ApiProperty({ format: 'date' })
  responsibleSince: string;

  @ApiProperty({ format: 'date' })
  acceptedOn: string | null;

  @ApiProperty({ format: 'date' })
  decidedOn: string | null;

  @ApiProperty({ format: 'date' })
  refusedOn: string | null;

  @ApiProperty({ format: 'date' })
  closedOn: string | null;

  /** Result of the decision, conclusion or answer. */
  @ApiProperty({ example: 'partly_right' })
  outcome: string | null;

  @ApiProperty({ format: 'date' })
  suspendedOn: string | null;

  @ApiProperty({ format: 'date' })
  terminatedOn: string | null;

  /** From when the decision has legal effect, if no further complaint or suit stands against it. */
  @ApiProperty({ format: 'date' })
  inForceOn: string | null;

  /** No petitioner is named. */
  anonymous: boolean;

  /** Limits that stand against closing: not yet sent, published, handled or carried out. */
  @ApiProperty({ example: [] })
  owed: string[];

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt: string;
}

export class DuplicateCandidateResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-2026-000087' })
  number: string;

  @ApiProperty({ format: 'uuid' })
  caseId: string;

  @ApiProperty({ enum: petitionKinds })
  kind: string;

  @ApiProperty({ enum: petitionStates })
  state: string;

  @ApiProperty({ format: 'date' })
  receivedOn: string;

  summary: string;
  receivedUnit: UnitReference;

  /** 0 to 1: how much speaks for the same petition. */
  @ApiProperty({ example: 0.97 })
  score: number;

  /** Share of common pairs of words, 0 to 1. */
  @ApiProperty({ example: 0.91 })
  textResemblance: number;

  @ApiProperty({ enum: duplicateReasons, isArray: true })
  reasons: DuplicateReason[];

  /** A clerk said that it is. */
  confirmed: boolean;
}

export class FiledPetitionResponse extends PetitionResponse {
  /** Petitions in your scope that may be the same, the likeliest first. */
  possibleDuplicates: DuplicateCandidateResponse[];
}

/** What the law or the checklist says against a step. */
export class ObjectionResponse {
  @ApiProperty({ example: 'already_guided' })
  code: string;

  explanation: BilingualResponse;
  sources: SourceResponse[];

  /** A leader may take the step all the same with `overrideReason`, which the history keeps. */
  @ApiProperty({ example: true })
  overridable: boolean;
}

export class OpenActionResponse {
  @ApiProperty({ enum: petitionActions })
  action: PetitionAction;

  @ApiProperty({ enum: ['PUT', 'POST'] })
  method: 'PUT' | 'POST';

  @ApiProperty({ format: 'uri-reference', example: '/api/v1/petitions/0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11/guidance' })
  href: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'object', required: ['name', 'required'], properties: { name: { type: 'string' }, required: { type: 'boolean' } } },
  })
  fields: readonly { name: string; required: boolean }[];

  /** What stands against the step as things are now; that a first complaint is right answers `not_verified`. */
  objections: ObjectionResponse[];
}

export class OpenActionsResponse {
  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  items: OpenActionResponse[];
}

export class HistoryEventResponse {
  @ApiProperty({ example: 1 })
  sequence: number;

  @ApiProperty({ example: 'received' })
  event: string;

  /** Legal day of the event. */
  @ApiProperty({ format: 'date' })
  occurredOn: string;

  /** Moment at which it was recorded. */
  @ApiProperty({ format: 'date-time' })
  recordedAt: string;

  /** User name of who recorded it. */
  @ApiProperty({ example: 'city.clerk' })
  by: string | null;

  unit: UnitReference;
  reason: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { stage: 'first' } })
  facts: Record<string, unknown>;

  /** SHA-256 over the event and the hash before it. */
  hash: string;
}

export class HistoryResponse {
  items: HistoryEventResponse[];

  /** Whether every event still has the hash it was recorded with, in one unbroken chain. */
  intact: boolean;
}
