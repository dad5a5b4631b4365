import { ApiProperty } from '@nestjs/swagger';
import { type Outcome, outcomes } from '../rules/evaluation/evaluation.js';
import { type PetitionKind, petitionKinds, type Stage, stages } from '../rules/evaluation/filing.js';
import { type FlagCode, flagCodes } from '../rules/evaluation/flag-rules.js';
import { type Alert, alertStates } from '../rules/limits/alert.js';
import { BilingualAnswer, ComputedLimitAnswer, FlagAnswer, SourceAnswer } from '../rules/rules.answer.js';
import { complexities, type Complexity } from '../rules/limits/limit-rule.js';
import { PriorHandlingDto, RespondentDto } from '../rules/dto/evaluation.dto.js';
import { UnitReference } from '../units/unit.answer.js';
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
export class PetitionItemAnswer {
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

  @ApiProperty({ enum: stages, nullable: true })
  stage: Stage | null;

  @ApiProperty({ enum: channels })
  channel: Channel;

  @ApiProperty({ format: 'date', example: '2026-05-11' })
  receivedOn: string;

  @ApiProperty({ example: 'Khiếu nại quyết định thu hồi đất tại phố Trấn Vũ' })
  summary: string;

  @ApiProperty({ type: String, nullable: true, example: 'land_housing' })
  fieldCode: string | null;

  @ApiProperty({ example: 1 })
  signatories: number;

  /** In the ledger of this unit. */
  @ApiProperty({ type: UnitReference })
  receivedUnit: UnitReference;

  /** Null where the authority stands above all units, e.g. a minister. */
  @ApiProperty({ type: UnitReference, nullable: true })
  competentUnit: UnitReference | null;

  /** With whom it lies now. */
  @ApiProperty({ type: UnitReference })
  responsibleUnit: UnitReference;

  @ApiProperty()
  withinCompetence: boolean;

  @ApiProperty({ enum: outcomes })
  recommendedOutcome: Outcome;

  /** What the law lets the unit do instead. */
  @ApiProperty({ enum: outcomes, isArray: true, example: [] })
  alsoAllowed: Outcome[];

  @ApiProperty({ type: [FlagReference] })
  flags: FlagReference[];

  /** The petition with several matters that this is a part of. */
  @ApiProperty({ format: 'uuid', type: String, nullable: true })
  partOfId: string | null;

  /** How the most urgent open limit stands today. */
  @ApiProperty({ enum: alerts })
  alert: Alert;

  /** Last legal day of the most urgent open limit. */
  @ApiProperty({ format: 'date', type: String, nullable: true })
  nextDueOn: string | null;
}

export class PetitionPageAnswer {
  @ApiProperty({ type: [PetitionItemAnswer] })
  items: PetitionItemAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;

  /** With `count` only. */
  @ApiProperty({ required: false })
  total?: number;
}

export class LimitAnswer extends ComputedLimitAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Who has to keep it. */
  @ApiProperty({ type: UnitReference })
  unitInCharge: UnitReference;

  /** Day on which it was met; late when after `dueOn`. */
  @ApiProperty({ format: 'date', type: String, nullable: true })
  metOn: string | null;

  /** Day on which it ceased to apply. */
  @ApiProperty({ format: 'date', type: String, nullable: true })
  voidOn: string | null;

  /** Days of each extension granted; contained in `amount`. */
  @ApiProperty({ type: [Number], example: [] })
  extensionsDays: number[];

  /** Days that suspensions stopped the clock; contained in `amount`. */
  @ApiProperty({ example: 0 })
  suspendedDays: number;

  /** Since when the clock stands still. */
  @ApiProperty({ format: 'date', type: String, nullable: true })
  suspendedOn: string | null;

  /** What it runs for: an obligation, a request for protection. */
  @ApiProperty({ format: 'uuid', type: String, nullable: true })
  subjectId: string | null;

  /** Calendar days after `dueOn` on which it was met, or that it is open by today; 0 in time, null where it is void. */
  @ApiProperty({ type: Number, nullable: true, example: 0 })
  daysLate: number | null;

  @ApiProperty({ enum: alerts })
  alert: Alert;
}

export class AuthorisationAnswer {
  @ApiProperty({ type: String, nullable: true })
  documentNumber: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  issuedOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  scope: string | null;

  @ApiProperty({ type: String, nullable: true })
  cardNumber: string | null;
}

export class PartyAnswer {
  @ApiProperty({ enum: partyRoles })
  role: Party['role'];

  @ApiProperty({ enum: partyTypes })
  type: Party['type'];

  /** Null where `masked`. */
  @ApiProperty({ type: String, nullable: true })
  name: string | null;

  /** Its last digits; the whole number: `POST /petitions/{id}/personal-data/readings`. */
  @ApiProperty({ type: String, nullable: true, example: '•••••••••345' })
  nationalId: string | null;

  @ApiProperty({ type: String, nullable: true })
  address: string | null;

  /** Its last digits. */
  @ApiProperty({ type: String, nullable: true, example: '•••••••678' })
  phone: string | null;

  @ApiProperty({ type: Number, nullable: true, example: 1982 })
  birthYear: number | null;

  @ApiProperty({ type: String, nullable: true })
  office: string | null;

  @ApiProperty({ type: AuthorisationAnswer, nullable: true })
  authorisation: AuthorisationAnswer | null;

  /** The person across petitions. */
  @ApiProperty({ format: 'uuid', type: String, nullable: true })
  personId: string | null;

  /** When he withdrew of several petitioners: the others go on (Decree 124/2020/NĐ-CP art. 7a). */
  @ApiProperty({ format: 'date', type: String, nullable: true })
  withdrawnOn: string | null;

  /** The identity is secret (Law on Denunciations arts 8, 56). */
  @ApiProperty()
  masked: boolean;
}

export class RelationAnswer {
  /** Null of a petition that you do not see. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  petitionId: string | null;

  @ApiProperty({ enum: relations })
  relation: Relation['relation'];
}

export class PartAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-2026-000123/2' })
  number: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  @ApiProperty()
  summary: string;

  @ApiProperty({ type: String, nullable: true })
  fieldCode: string | null;

  @ApiProperty({ type: UnitReference, nullable: true })
  competentUnit: UnitReference | null;

  @ApiProperty({ enum: outcomes })
  recommendedOutcome: Outcome;

  /** What the law lets the unit do instead. */
  @ApiProperty({ enum: outcomes, isArray: true, example: [] })
  alsoAllowed: Outcome[];

  @ApiProperty({ type: String, nullable: true })
  outcome: string | null;
}

export class PetitionAnswer extends PetitionItemAnswer {
  @ApiProperty({ enum: ['administrative', 'discipline'], nullable: true })
  subject: 'administrative' | 'discipline' | null;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  writtenOn: string | null;

  @ApiProperty()
  content: string;

  @ApiProperty({ type: RespondentDto, nullable: true })
  respondent: RespondentDto | null;

  @ApiProperty({ type: UnitReference, nullable: true })
  matterUnit: UnitReference | null;

  @ApiProperty()
  remoteArea: boolean;

  @ApiProperty({ enum: complexities })
  complexity: Complexity;

  /** Whether a finding with criteria and reason says so (`…/complexity-findings`); true for what is normal, false for what was only marked. */
  @ApiProperty()
  complexityReasoned: boolean;

  @ApiProperty()
  multiplePlaces: boolean;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  decisionKnownOn: string | null;

  /** Days of an obstacle, not counted in the filing period. */
  @ApiProperty({ example: 0 })
  obstacleDays: number;

  @ApiProperty({ type: String, nullable: true })
  forwardedBy: string | null;

  @ApiProperty({ type: [String] })
  alsoSentToUnitIds: string[];

  @ApiProperty({ type: [PriorHandlingDto] })
  priorHandling: PriorHandlingDto[];

  @ApiProperty({ type: [PartyAnswer] })
  parties: PartyAnswer[];

  @ApiProperty({ type: [RelationAnswer] })
  relatedTo: RelationAnswer[];

  /** What it was split into; each part lives as a petition of its own. */
  @ApiProperty({ type: [PartAnswer] })
  parts: PartAnswer[];

  @ApiProperty({ type: [FlagAnswer] })
  declare flags: FlagAnswer[];

  @ApiProperty({ type: [LimitAnswer] })
  limits: LimitAnswer[];

  /** Since when the responsible unit has it. */
  @ApiProperty({ format: 'date' })
  responsibleSince: string;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  acceptedOn: string | null;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  decidedOn: string | null;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  refusedOn: string | null;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  closedOn: string | null;

  /** Result of the decision, conclusion or answer. */
  @ApiProperty({ type: String, nullable: true, example: 'partly_right' })
  outcome: string | null;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  suspendedOn: string | null;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  terminatedOn: string | null;

  /** From when the decision has legal effect, if no further complaint or suit stands against it. */
  @ApiProperty({ format: 'date', type: String, nullable: true })
  inForceOn: string | null;

  /** No petitioner is named. */
  @ApiProperty()
  anonymous: boolean;

  /** Limits that stand against closing: not yet sent, published, handled or carried out. */
  @ApiProperty({ type: [String], example: [] })
  owed: string[];

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt: string;
}

export class DuplicateCandidateAnswer {
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

  @ApiProperty()
  summary: string;

  @ApiProperty({ type: UnitReference })
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
  @ApiProperty()
  confirmed: boolean;
}

export class FiledPetitionAnswer extends PetitionAnswer {
  /** Petitions in your scope that may be the same, the likeliest first. */
  @ApiProperty({ type: [DuplicateCandidateAnswer] })
  possibleDuplicates: DuplicateCandidateAnswer[];
}

/** What the law or the checklist says against a step. */
export class ObjectionAnswer {
  @ApiProperty({ example: 'already_guided' })
  code: string;

  @ApiProperty({ type: BilingualAnswer })
  explanation: BilingualAnswer;

  @ApiProperty({ type: [SourceAnswer] })
  sources: SourceAnswer[];

  /** A leader may take the step all the same with `overrideReason`, which the history keeps. */
  @ApiProperty({ example: true })
  overridable: boolean;
}

export class OpenActionAnswer {
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
  @ApiProperty({ type: [ObjectionAnswer] })
  objections: ObjectionAnswer[];
}

export class OpenActionsAnswer {
  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  @ApiProperty({ type: [OpenActionAnswer] })
  items: OpenActionAnswer[];
}

export class HistoryEventAnswer {
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
  @ApiProperty({ type: String, nullable: true, example: 'city.clerk' })
  by: string | null;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { stage: 'first' } })
  facts: Record<string, unknown>;

  /** SHA-256 over the event and the hash before it. */
  @ApiProperty()
  hash: string;
}

export class HistoryAnswer {
  @ApiProperty({ type: [HistoryEventAnswer] })
  items: HistoryEventAnswer[];

  /** Whether every event still has the hash it was recorded with, in one unbroken chain. */
  @ApiProperty()
  intact: boolean;
}
