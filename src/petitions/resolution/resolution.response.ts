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

  purpose: string;

  @ApiProperty({ example: '88/QĐ-UBND' })
  documentNumber: string;

  @ApiProperty({ format: 'date' })
  assignedOn: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  members: VerificationMemberResponse[];
  entries: VerificationEntryResponse[];

  @ApiProperty(nullableDay)
  reportedOn: string | null;

  @ApiProperty(nullableText)
  findings: string | null;

  @ApiProperty(nullableText)
  proposal: string | null;

  viewsDiffer: boolean | null;
}

export class VerificationsResponse {
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

  explanation: BilingualResponse;
}

export class DialogueResponse implements DialogueRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date' })
  heldOn: string;

  @ApiProperty({ format: 'date' })
  noticeSentOn: string | null;

  /** Whether the notice was sent as many days before as the law asks; null where it asks for none or the day is not known. */
  noticeInTime: boolean | null;

  place: string;
  participants: ParticipantResponse[];
  minutes: string;
  complainantAttended: boolean;
  absenceWithoutReason: boolean;

  /** Why the complainant was away, with what shows it. */
  @ApiProperty(nullableText)
  absenceReason: string | null;

  /** Null where it was held before this was asked. */
  @ApiProperty({ enum: presiders })
  presidedBy: Presider | null;

  @ApiProperty(nullableText)
  presiderName: string | null;

  @ApiProperty({ enum: dialogueCircumstances, isArray: true, example: [] })
  circumstances: DialogueCircumstance[];

  /** False where the law asks for the resolver in person and somebody else presided: it does not count. */
  presidedLawfully: boolean;

  /** What follows from it, with the article. */
  followUp: DialogueConsequenceResponse;
}

export class DialoguesResponse {
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

  recipients: RecipientResponse[];

  @ApiProperty(nullableText)
  method: string | null;

  @ApiProperty(nullableText)
  documentNumber: string | null;

  @ApiProperty(nullableText)
  note: string | null;
}

export class DispatchesResponse {
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
  items: AppealResponse[];
}

export class SuperiorOutcomeResponse implements SuperiorOutcomeRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: ['superior', 'court', 'other'] })
  agencyType: SuperiorOutcomeRow['agencyType'];

  agency: string;
  number: string;

  @ApiProperty({ format: 'date' })
  issuedOn: string;

  gist: string;

  @ApiProperty({ enum: ['upheld', 'changed', 'annulled', 'to_be_resolved_again', 'other'] })
  effect: SuperiorOutcomeRow['effect'];

  /** The further petition decided here that it is the outcome of. */
  @ApiProperty({ ...nullableText, format: 'uuid' })
  furtherPetitionId: string | null;
}

export class SuperiorOutcomesResponse {
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

  description: string;
  responsible: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty(nullableDay)
  fulfilledOn: string | null;

  /** What was carried out of it so far. */
  performed: QuantitiesResponse;

  performances: PerformanceResponse[];
}

export class ObligationsResponse {
  items: ObligationResponse[];
}

export class MeasureResponse {
  @ApiProperty({ enum: measureKinds })
  kind: string;

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

  urgent: boolean;

  @ApiProperty({ enum: protectedPersons })
  protectedPerson: string;

  content: string;

  @ApiProperty({ enum: ['requested', 'granted', 'refused', 'ended'] })
  state: ProtectionRow['state'];

  @ApiProperty(nullableDay)
  decidedOn: string | null;

  @ApiProperty(nullableText)
  documentNumber: string | null;

  @ApiProperty(nullableText)
  reason: string | null;

  measures: MeasureResponse[];

  @ApiProperty(nullableDay)
  endedOn: string | null;

  @ApiProperty({ enum: protectionEndGrounds })
  endGround: string | null;
}

export class ProtectionsResponse {
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
  @ApiProperty({ example: [2] })
  partyPositions: number[];

  /** And in the list of signatories. */
  @ApiProperty({ example: [] })
  signatoryPositions: number[];

  coerced: boolean;

  @ApiProperty({ enum: goingOnGrounds })
  goesOnBecause: GoingOnGround | null;

  /** The resolution went on. */
  goesOn: boolean;

  reason: string;

  @ApiProperty(nullableText)
  documentNumber: string | null;
}

export class WithdrawalsResponse {
  items: WithdrawalResponse[];
}
