import {
  type DialogueCircumstance,
  dialogueCircumstances,
  type DialogueConsequence,
  dialogueConsequences,
  type Presider,
  presiders,
} from '../rules/resolution/dialogue-presider.js';
import { BilingualAnswer } from '../rules/rules.answer.js';
import {
  type GoingOnGround,
  goingOnGrounds,
  type WithdrawalExtent,
  withdrawalExtents,
  type WithdrawalForm,
  withdrawalForms,
} from '../rules/resolution/ending-grounds.js';
import type { WithdrawalRow } from './resolution.queries.js';
import { ApiProperty } from '@nestjs/swagger';
import { sentTypes } from '../rules/limits/limits-by-event.js';
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

export class VerificationMemberAnswer {
  @ApiProperty({ enum: ['official', 'head', 'member'] })
  role: 'official' | 'head' | 'member';

  @ApiProperty({ example: 'Lê Thu Hường' })
  name: string;

  @ApiProperty(nullableText)
  office: string | null;

  @ApiProperty({ ...nullableText, format: 'uuid' })
  accountId: string | null;
}

export class VerificationEntryAnswer {
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

export class VerificationAnswer implements VerificationRow {
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

  @ApiProperty({ type: [VerificationMemberAnswer] })
  members: VerificationMemberAnswer[];

  @ApiProperty({ type: [VerificationEntryAnswer] })
  entries: VerificationEntryAnswer[];

  @ApiProperty(nullableDay)
  reportedOn: string | null;

  @ApiProperty(nullableText)
  findings: string | null;

  @ApiProperty(nullableText)
  proposal: string | null;

  @ApiProperty({ type: Boolean, nullable: true })
  viewsDiffer: boolean | null;
}

export class VerificationsAnswer {
  @ApiProperty({ type: [VerificationAnswer] })
  items: VerificationAnswer[];
}

export class ParticipantAnswer {
  @ApiProperty({ example: 'Nguyễn Văn Hoà' })
  name: string;

  @ApiProperty({ example: 'Người khiếu nại' })
  capacity: string;
}

export class DialogueConsequenceAnswer {
  @ApiProperty({ enum: dialogueConsequences })
  code: DialogueConsequence;

  @ApiProperty({ type: BilingualAnswer })
  explanation: BilingualAnswer;
}

export class DialogueAnswer implements DialogueRow {
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

  @ApiProperty({ type: [ParticipantAnswer] })
  participants: ParticipantAnswer[];

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
  @ApiProperty({ type: DialogueConsequenceAnswer })
  followUp: DialogueConsequenceAnswer;
}

export class DialoguesAnswer {
  @ApiProperty({ type: [DialogueAnswer] })
  items: DialogueAnswer[];
}

export class RecipientAnswer {
  @ApiProperty({ example: 'petitioner' })
  role: string;

  @ApiProperty(nullableText)
  name: string | null;
}

export class DispatchAnswer implements DispatchRow {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: sentTypes })
  type: string;

  @ApiProperty({ format: 'date' })
  dispatchedOn: string;

  @ApiProperty({ type: [RecipientAnswer] })
  recipients: RecipientAnswer[];

  @ApiProperty(nullableText)
  method: string | null;

  @ApiProperty(nullableText)
  documentNumber: string | null;

  @ApiProperty(nullableText)
  note: string | null;
}

export class DispatchesAnswer {
  @ApiProperty({ type: [DispatchAnswer] })
  items: DispatchAnswer[];
}

export class AppealAnswer implements AppealRow {
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

export class AppealsAnswer {
  @ApiProperty({ type: [AppealAnswer] })
  items: AppealAnswer[];
}

export class SuperiorOutcomeAnswer implements SuperiorOutcomeRow {
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

export class SuperiorOutcomesAnswer {
  @ApiProperty({ type: [SuperiorOutcomeAnswer] })
  items: SuperiorOutcomeAnswer[];
}

export class QuantitiesAnswer {
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

export class PerformanceAnswer extends QuantitiesAnswer implements PerformanceRow {
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

export class ObligationAnswer extends QuantitiesAnswer implements ObligationRow {
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
  @ApiProperty({ type: QuantitiesAnswer })
  performed: QuantitiesAnswer;

  @ApiProperty({ type: [PerformanceAnswer] })
  performances: PerformanceAnswer[];
}

export class ObligationsAnswer {
  @ApiProperty({ type: [ObligationAnswer] })
  items: ObligationAnswer[];
}

export class MeasureAnswer {
  @ApiProperty({ enum: measureKinds })
  kind: string;

  @ApiProperty()
  body: string;

  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty(nullableDay)
  to: string | null;
}

export class ProtectionAnswer implements ProtectionRow {
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

  @ApiProperty({ type: [MeasureAnswer] })
  measures: MeasureAnswer[];

  @ApiProperty(nullableDay)
  endedOn: string | null;

  @ApiProperty({ enum: protectionEndGrounds, nullable: true })
  endGround: string | null;
}

export class ProtectionsAnswer {
  @ApiProperty({ type: [ProtectionAnswer] })
  items: ProtectionAnswer[];
}

export class WithdrawalAnswer implements WithdrawalRow {
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

export class WithdrawalsAnswer {
  @ApiProperty({ type: [WithdrawalAnswer] })
  items: WithdrawalAnswer[];
}
