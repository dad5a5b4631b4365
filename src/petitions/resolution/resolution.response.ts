import {
  type DialogueCircumstance,
  dialogueCircumstances,
  type DialogueConsequence,
  dialogueConsequences,
  type Presider,
  presiders,
} from '../../rules/resolution/dialogue-presider.js';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';
import {
  type GoingOnGround,
  goingOnGrounds,
  type WithdrawalExtent,
  withdrawalExtents,
  type WithdrawalForm,
  withdrawalForms,
} from '../../rules/resolution/ending-grounds.js';
import type { WithdrawalRow } from './resolution.queries.js';
import { ApiProperty } from '@nestjs/swagger';
import { sentTypes } from '../../rules/limits/limits-by-event.js';
import { obligationTypes } from './enforcement.service.js';
import { measureKinds, protectedPersons, protectionEndGrounds } from './protection.service.js';
import type {
  AppealRow,
  DialogueRow,
  DispatchRow,
  ObligationRow,
  PerformanceRow,
  ProtectionRow,
  SuperiorOutcomeRow,
  VerificationRow,
} from './resolution.queries.js';

const nullableText = { type: String, nullable: true };
const nullableDay = { type: String, format: 'date', nullable: true };

export class VerificationMemberResponse {
  @ApiProperty({ enum: ['official', 'head', 'member'] })
  role: 'official' | 'head' | 'member';

  @ApiProperty({ example: 'Lê Thu Hường' })
  name: string;

  @ApiProperty(nullableText)
  office: string | null;

  @ApiProperty({ ...nullableText, format: 'uuid' })
  accountId: string | null;
}

export class VerificationEntryResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: ['plan', 'work', 'evidence', 'extension'] })
  type: 'plan' | 'work' | 'evidence' | 'extension';

  @ApiProperty({ format: 'date' })
  occurredOn: string;

  @ApiProperty()
  content: string;

  @ApiProperty(nullableText)
  source: string | null;

  @ApiProperty({ ...nullableText, format: 'uuid' })
  attachmentId: string | null;

  /** Of an extension: the term before and after. */
  @ApiProperty(nullableDay)
  dueOnBefore: string | null;

  @ApiProperty(nullableDay)
  dueOn: string | null;
}

export class VerificationResponse implements VerificationRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  purpose: string;

  @ApiProperty({ example: '88/QĐ-UBND' })
  documentNumber: string;

  @ApiProperty({ format: 'date' })
  assignedOn: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty({ type: [VerificationMemberResponse] })
  members: VerificationMemberResponse[];

  @ApiProperty({ type: [VerificationEntryResponse] })
  entries: VerificationEntryResponse[];

  @ApiProperty(nullableDay)
  reportedOn: string | null;

  @ApiProperty(nullableText)
  findings: string | null;

  @ApiProperty(nullableText)
  proposal: string | null;

  @ApiProperty({ type: Boolean, nullable: true })
  viewsDiffer: boolean | null;
}

export class VerificationsResponse {
  @ApiProperty({ type: [VerificationResponse] })
  items: VerificationResponse[];
}

export class ParticipantResponse {
  @ApiProperty({ example: 'Nguyễn Văn Hoà' })
  name: string;

  @ApiProperty({ example: 'Người khiếu nại' })
  capacity: string;
}

export class DialogueConsequenceResponse {
  @ApiProperty({ enum: dialogueConsequences })
  code: DialogueConsequence;

  @ApiProperty({ type: BilingualResponse })
  explanation: BilingualResponse;
}

export class DialogueResponse implements DialogueRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date' })
  heldOn: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  noticeSentOn: string | null;

  /** Whether the notice was sent as many days before as the law asks; null where it asks for none or the day is not known. */
  @ApiProperty({ type: Boolean, nullable: true })
  noticeInTime: boolean | null;

  @ApiProperty()
  place: string;

  @ApiProperty({ type: [ParticipantResponse] })
  participants: ParticipantResponse[];

  @ApiProperty()
  minutes: string;

  @ApiProperty()
  complainantAttended: boolean;

  @ApiProperty()
  absenceWithoutReason: boolean;

  /** Why the complainant was away, with what shows it. */
  @ApiProperty(nullableText)
  absenceReason: string | null;

  /** Null where it was held before this was asked. */
  @ApiProperty({ enum: presiders, nullable: true })
  presidedBy: Presider | null;

  @ApiProperty(nullableText)
  presiderName: string | null;

  @ApiProperty({ enum: dialogueCircumstances, isArray: true, example: [] })
  circumstances: DialogueCircumstance[];

  /** False where the law asks for the resolver in person and somebody else presided: it does not count. */
  @ApiProperty()
  presidedLawfully: boolean;

  /** What follows from it, with the article. */
  @ApiProperty({ type: DialogueConsequenceResponse })
  followUp: DialogueConsequenceResponse;
}

export class DialoguesResponse {
  @ApiProperty({ type: [DialogueResponse] })
  items: DialogueResponse[];
}

export class RecipientResponse {
  @ApiProperty({ example: 'petitioner' })
  role: string;

  @ApiProperty(nullableText)
  name: string | null;
}

export class DispatchResponse implements DispatchRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: sentTypes })
  type: string;

  @ApiProperty({ format: 'date' })
  dispatchedOn: string;

  @ApiProperty({ type: [RecipientResponse] })
  recipients: RecipientResponse[];

  @ApiProperty(nullableText)
  method: string | null;

  @ApiProperty(nullableText)
  documentNumber: string | null;

  @ApiProperty(nullableText)
  note: string | null;
}

export class DispatchesResponse {
  @ApiProperty({ type: [DispatchResponse] })
  items: DispatchResponse[];
}

export class AppealResponse implements AppealRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: ['second_complaint', 'lawsuit', 'continuing_denunciation'] })
  type: string;

  @ApiProperty({ example: 'Toà án nhân dân khu vực 1 – Hà Nội' })
  agency: string;

  @ApiProperty({ format: 'date' })
  filedOn: string;

  @ApiProperty(nullableText)
  number: string | null;

  @ApiProperty(nullableText)
  note: string | null;

  /** The further petition, where it was filed here. */
  @ApiProperty({ ...nullableText, format: 'uuid' })
  furtherPetitionId: string | null;
}

export class AppealsResponse {
  @ApiProperty({ type: [AppealResponse] })
  items: AppealResponse[];
}

export class SuperiorOutcomeResponse implements SuperiorOutcomeRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: ['superior', 'court', 'other'] })
  agencyType: SuperiorOutcomeRow['agencyType'];

  @ApiProperty()
  agency: string;

  @ApiProperty()
  number: string;

  @ApiProperty({ format: 'date' })
  issuedOn: string;

  @ApiProperty()
  gist: string;

  @ApiProperty({ enum: ['upheld', 'changed', 'annulled', 'to_be_resolved_again', 'other'] })
  effect: SuperiorOutcomeRow['effect'];

  /** The further petition decided here that it is the outcome of. */
  @ApiProperty({ ...nullableText, format: 'uuid' })
  furtherPetitionId: string | null;
}

export class SuperiorOutcomesResponse {
  @ApiProperty({ type: [SuperiorOutcomeResponse] })
  items: SuperiorOutcomeResponse[];
}

export class QuantitiesResponse {
  /** Đồng. */
  @ApiProperty({ example: 125_000_000 })
  money: number;

  /** Square metres. */
  @ApiProperty({ example: 7.5 })
  land: number;

  @ApiProperty({ example: 0 })
  organisations: number;

  @ApiProperty({ example: 1 })
  persons: number;

  @ApiProperty({ example: 0 })
  officials: number;

  @ApiProperty({ example: 0 })
  cases: number;
}

export class PerformanceResponse extends QuantitiesResponse implements PerformanceRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date' })
  performedOn: string;

  @ApiProperty(nullableText)
  performedBy: string | null;

  @ApiProperty(nullableText)
  document: string | null;

  @ApiProperty(nullableText)
  note: string | null;
}

export class ObligationResponse extends QuantitiesResponse implements ObligationRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: obligationTypes })
  type: string;

  @ApiProperty()
  description: string;

  @ApiProperty()
  responsible: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty(nullableDay)
  fulfilledOn: string | null;

  /** What was carried out of it so far. */
  @ApiProperty({ type: QuantitiesResponse })
  performed: QuantitiesResponse;

  @ApiProperty({ type: [PerformanceResponse] })
  performances: PerformanceResponse[];
}

export class ObligationsResponse {
  @ApiProperty({ type: [ObligationResponse] })
  items: ObligationResponse[];
}

export class MeasureResponse {
  @ApiProperty({ enum: measureKinds })
  kind: string;

  @ApiProperty()
  body: string;

  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty(nullableDay)
  to: string | null;
}

export class ProtectionResponse implements ProtectionRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date' })
  requestedOn: string;

  @ApiProperty()
  urgent: boolean;

  @ApiProperty({ enum: protectedPersons })
  protectedPerson: string;

  @ApiProperty()
  content: string;

  @ApiProperty({ enum: ['requested', 'granted', 'refused', 'ended'] })
  state: ProtectionRow['state'];

  @ApiProperty(nullableDay)
  decidedOn: string | null;

  @ApiProperty(nullableText)
  documentNumber: string | null;

  @ApiProperty(nullableText)
  reason: string | null;

  @ApiProperty({ type: [MeasureResponse] })
  measures: MeasureResponse[];

  @ApiProperty(nullableDay)
  endedOn: string | null;

  @ApiProperty({ enum: protectionEndGrounds, nullable: true })
  endGround: string | null;
}

export class ProtectionsResponse {
  @ApiProperty({ type: [ProtectionResponse] })
  items: ProtectionResponse[];
}

export class WithdrawalResponse implements WithdrawalRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date' })
  withdrawnOn: string;

  @ApiProperty({ enum: withdrawalForms })
  form: WithdrawalForm;

  @ApiProperty({ enum: withdrawalExtents })
  extent: WithdrawalExtent;

  /** What was withdrawn, of a part. */
  @ApiProperty(nullableText)
  content: string | null;

  /** Of several people those who withdrew, by their place in `parties`, from 1. */
  @ApiProperty({ type: [Number], example: [2] })
  partyPositions: number[];

  /** And in the list of signatories. */
  @ApiProperty({ type: [Number], example: [] })
  signatoryPositions: number[];

  @ApiProperty()
  coerced: boolean;

  @ApiProperty({ enum: goingOnGrounds, nullable: true })
  goesOnBecause: GoingOnGround | null;

  /** The resolution went on. */
  @ApiProperty()
  goesOn: boolean;

  @ApiProperty()
  reason: string;

  @ApiProperty(nullableText)
  documentNumber: string | null;
}

export class WithdrawalsResponse {
  @ApiProperty({ type: [WithdrawalResponse] })
  items: WithdrawalResponse[];
}
