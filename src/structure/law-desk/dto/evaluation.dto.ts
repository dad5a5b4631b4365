import {
  Id,
  Ids,
  LegalDay,
  OfficialWords,
  OneOf,
  Part,
  Parts,
  Text,
  WholeNumber,
  WholeNumbers,
  YesNo,
} from '../../../platform/http/fields.js';
import {
  type Channel,
  channels,
  type ComplaintSubject,
  complaintSubjects,
  type PetitionKind,
  petitionKinds,
  type Position,
  positions,
  respondentTypes,
  type Stage,
  stages,
} from '../../../rules/evaluation/filing.js';
import { exampleUnits } from '../../units/example-units.js';
import { complexities, type Complexity } from '../../../rules/limits/limit-rule.js';

export class RespondentDto {
  @OneOf(respondentTypes, { example: 'agency' })
  type: 'agency' | 'official';

  /** The agency, or the unit that the official belongs to. */
  @Id({ example: exampleUnits.baDinh })
  unitId: string;

  @OneOf(positions, { optional: true, example: 'head' })
  position?: Position | null;

  /** The body that appointed and manages the official, where it is another one. */
  @Id({ optional: true })
  managedByUnitId?: string | null;

  /** The body that a minister or the chair of the province named to resolve a denunciation, where the law names none (since 2026-07-01). */
  @Id({ optional: true })
  namedResolverUnitId?: string | null;

  /** Name of the official, as written in the petition. */
  @Text({ max: 200, optional: true })
  name?: string | null;
}

export class PriorHandlingDto {
  @Id({ example: exampleUnits.trucBach })
  unitId: string;

  @OneOf(stages, { example: 'first' })
  stage: Stage;

  @LegalDay({ example: '2018-05-02' })
  receivedOn: string;

  @LegalDay({ optional: true, example: null })
  acceptedOn?: string | null;

  @LegalDay({ optional: true, example: '2018-06-01' })
  decidedOn?: string | null;

  @LegalDay({ optional: true, example: null })
  decisionReceivedOn?: string | null;

  @LegalDay({ optional: true, example: null })
  refusedOn?: string | null;

  /** The petition held here that it stems from. */
  @Id({ optional: true })
  petitionId?: string | null;

  /** Last legal day of the resolution where it is known, extensions included; else it is computed. */
  @LegalDay({ optional: true, example: null })
  resolutionDueOn?: string | null;
}

/** What competence, flags and limits follow from; shared by evaluations and petitions. */
export class CircumstancesDto {
  @OneOf(petitionKinds, { example: 'complaint' })
  kind: PetitionKind;

  /** For complaints: about an administrative act, or about the discipline of an official. */
  @OneOf(complaintSubjects, { optional: true, example: 'administrative' })
  subject?: ComplaintSubject | null;

  @Part(() => RespondentDto, { optional: true })
  respondent?: RespondentDto | null;

  /** Unit of the place or field that the matter belongs to. */
  @Id({ optional: true })
  matterUnitId?: string | null;

  /** What other authorities did before. */
  @Parts(() => PriorHandlingDto, { max: 20, optional: true })
  priorHandling?: PriorHandlingDto[] | null;

  /** Body that forwarded the petition, e.g. a deputy of the National Assembly, the Front, the press. */
  @OfficialWords({ max: 200, optional: true, example: null })
  forwardedBy?: string | null;

  @Ids({ max: 50, optional: true, example: [] })
  alsoSentToUnitIds?: string[] | null;

  @YesNo({ optional: true, example: false })
  remoteArea?: boolean | null;

  @OneOf(complexities, { optional: true, example: 'normal' })
  complexity?: Complexity | null;

  /** Several places to verify, or verification delegated. */
  @YesNo({ optional: true, example: false })
  multiplePlaces?: boolean | null;

  /** Day on which the petitioner came to know of the decision or act, for the filing period. */
  @LegalDay({ optional: true, example: null })
  decisionKnownOn?: string | null;

  /** Days on which force majeure or another objective obstacle kept the petitioner from filing: not counted in the filing period. */
  @WholeNumber({ min: 0, max: 3650, optional: true, example: 0 })
  obstacleDays?: number | null;
}

export class EvaluationDto extends CircumstancesDto {
  @LegalDay({ example: '2018-05-10' })
  filedOn: string;

  @Id({ example: exampleUnits.city })
  filedAtUnitId: string;

  /** How it came: what a reception received in person may be guided or transferred since 2026-07-01. */
  @OneOf(channels, { optional: true, example: 'in_person' })
  channel?: Channel | null;

  /** Stated by a clerk; else it follows from what was done before. */
  @OneOf(stages, { optional: true, example: null })
  stage?: Stage | null;

  /** Day on which the same person was guided about the same matter, where nothing is new since: nobody is guided twice. */
  @LegalDay({ optional: true, example: null })
  guidedBeforeOn?: string | null;
}

export class LimitDto {
  @Text({ max: 100, example: 'denunciation.resolution' })
  ruleId: string;

  /** Day of the event that starts the clock; it is not counted. */
  @LegalDay({ example: '2018-12-20' })
  startsOn: string;

  @OneOf(complexities, { optional: true, example: 'normal' })
  complexity?: Complexity | null;

  @YesNo({ optional: true, example: false })
  remoteArea?: boolean | null;

  @YesNo({ optional: true, example: false })
  multiplePlaces?: boolean | null;

  /** The disciplined official was dismissed. */
  @YesNo({ optional: true, example: false })
  dismissal?: boolean | null;

  /** Kind of the petition, for limits that have other days for one kind: `petition.forwarder.notice`. */
  @OneOf(petitionKinds, { optional: true, example: 'denunciation' })
  kind?: PetitionKind | null;

  /** Days of each extension granted, in order. */
  @WholeNumbers({ min: 1, max: 365, most: 5, optional: true, example: [] })
  extensionsDays?: number[] | null;

  /** Days that a suspension stopped the clock, in the unit of the limit. */
  @WholeNumber({ min: 0, max: 3650, optional: true, example: 0 })
  suspendedDays?: number | null;
}
