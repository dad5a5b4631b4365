import { Amount, Id, LegalDay, OfficialWords, OneOf, Parts, SomeOf, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { overrideReason } from '../../dto/actions.dto.js';
import { dispatchTypes, type DispatchType } from '../../../rules/limits/limits-by-event.js';
import { answerResults, conclusionResults, decisionResults } from '../decisions.service.js';
import { type DialogueCircumstance, dialogueCircumstances, type Presider, presiders } from '../../../rules/resolution/dialogue-presider.js';
import {
  goingOnGrounds,
  terminationGrounds,
  type WithdrawalExtent,
  withdrawalExtents,
  type WithdrawalForm,
  withdrawalForms,
} from '../../../rules/resolution/ending-grounds.js';
import { obligationTypes, type ObligationType } from '../enforcement.service.js';
import { recipientRoles } from '../follow-up.service.js';
import { measureKinds, protectedPersons, protectionEndGrounds } from '../protection.service.js';

const documentNumber = { max: 100, example: '125/QĐ-UBND' };
const day = (example: string) => ({ optional: true, example, description: 'Today when left out' });
/** Money in đồng stays far below what a JSON number holds exactly. */
const mostMoney = 9_000_000_000_000_000;

class QuantitiesDto {
  /** Đồng. */
  @Amount({ max: mostMoney, decimals: 0, optional: true, example: 125_000_000 })
  money?: number;

  /** Square metres. */
  @Amount({ max: 10_000_000_000, decimals: 2, optional: true, example: 7.5 })
  land?: number;

  @WholeNumber({ min: 0, max: 1_000_000, optional: true })
  organisations?: number;

  @WholeNumber({ min: 0, max: 1_000_000, optional: true })
  persons?: number;

  /** Of the persons, those who are officials. */
  @WholeNumber({ min: 0, max: 1_000_000, optional: true })
  officials?: number;

  @WholeNumber({ min: 0, max: 1_000_000, optional: true })
  cases?: number;
}

export class ObligationDto extends QuantitiesDto {
  @OneOf(obligationTypes, { example: 'restore_person' })
  type: ObligationType;

  @OfficialWords({ max: 2000, example: 'Trả lại 7,5 m² đất thu hồi thừa' })
  description: string;

  /** Who has to carry it out. */
  @OfficialWords({ max: 200, example: 'UBND phường Ba Đình' })
  responsible: string;

  @LegalDay({ example: '2026-08-10' })
  dueOn: string;
}

export class LaterObligationDto extends ObligationDto {
  @LegalDay(day('2026-06-15'))
  recordedOn?: string | null;
}

export class PerformanceDto extends QuantitiesDto {
  @LegalDay(day('2026-07-20'))
  performedOn?: string | null;

  @OfficialWords({ max: 200, optional: true, example: 'UBND phường Ba Đình' })
  performedBy?: string | null;

  /** Minutes, receipt or other paper that shows it. */
  @OfficialWords({ max: 200, optional: true, example: 'Biên bản bàn giao 12/BB-UBND' })
  document?: string | null;

  @OfficialWords({ max: 2000, optional: true })
  note?: string | null;

  /** Nothing is left to be done; found from the figures when left out. */
  @YesNo({ optional: true })
  fulfils?: boolean | null;
}

export class DecisionDto {
  @LegalDay(day('2026-06-10'))
  decidedOn?: string | null;

  @OfficialWords({ ...documentNumber, example: '210/QĐ-UBND' })
  documentNumber: string;

  /** First instance: right, partly_right, wrong; second: confirmed, changed_or_annulled. */
  @OneOf(decisionResults, { example: 'partly_right' })
  result: (typeof decisionResults)[number];

  @OfficialWords({ max: 20_000, example: 'Công nhận một phần nội dung khiếu nại: điều chỉnh diện tích thu hồi từ 25 m² xuống 17,5 m².' })
  content: string;

  /** What is to be carried out, by whom and until when. */
  @Parts(() => ObligationDto, { max: 50, optional: true })
  obligations?: ObligationDto[];

  /** Day on which the petitioner received the decision; the second complaint's period runs from it. */
  @LegalDay({ optional: true, example: null })
  receivedByPetitionerOn?: string | null;

  @OfficialWords(overrideReason)
  overrideReason?: string | null;
}

export class ConclusionDto {
  @LegalDay(day('2026-06-10'))
  concludedOn?: string | null;

  @OfficialWords({ ...documentNumber, example: '33/KL-UBND' })
  documentNumber: string;

  @OneOf(conclusionResults, { example: 'right' })
  result: (typeof conclusionResults)[number];

  /** Without anything that gives the denouncer away. */
  @OfficialWords({ max: 20_000, example: 'Nội dung tố cáo là đúng: công chức địa chính đã thu tiền ngoài quy định.' })
  content: string;

  /** What is to be recovered, given back, sanctioned or handed over to the investigating body. */
  @Parts(() => ObligationDto, { max: 50, optional: true })
  obligations?: ObligationDto[];

  @OfficialWords(overrideReason)
  overrideReason?: string | null;
}

export class AnswerDto {
  @LegalDay(day('2026-06-10'))
  answeredOn?: string | null;

  @OfficialWords({ ...documentNumber, optional: true })
  documentNumber?: string | null;

  @OneOf(answerResults, { example: 'resolved' })
  result: (typeof answerResults)[number];

  @OfficialWords({ max: 20_000, example: 'UBND phường đã cho thay hai đèn chiếu sáng trong ngõ 12.' })
  content: string;
}

export class ClosureDto {
  @LegalDay(day('2026-07-10'))
  closedOn?: string | null;

  @OfficialWords({ max: 2000, optional: true })
  reason?: string | null;
}

class VerificationMemberDto {
  @OneOf(['official', 'head', 'member'], { example: 'head' })
  role: 'official' | 'head' | 'member';

  @Text({ max: 200, example: 'Lê Thu Hường' })
  name: string;

  @Text({ max: 200, optional: true, example: 'Thanh tra viên' })
  office?: string | null;

  /** Account of who may write into the log, also from another unit. */
  @Id({ optional: true })
  accountId?: string | null;
}

export class VerificationDto {
  @LegalDay(day('2026-05-18'))
  assignedOn?: string | null;

  @OfficialWords({ ...documentNumber, example: '88/QĐ-UBND' })
  documentNumber: string;

  @OfficialWords({ max: 5000, example: 'Xác minh diện tích đất thu hồi tại số 5 phố Trấn Vũ' })
  purpose: string;

  @LegalDay({ example: '2026-06-05' })
  dueOn: string;

  /** One "official", or a team of one "head" and "member"s. */
  @Parts(() => VerificationMemberDto, { min: 1, max: 30 })
  members: VerificationMemberDto[];
}

export class VerificationEntryDto {
  @OneOf(['plan', 'work', 'evidence'], { example: 'evidence' })
  type: 'plan' | 'work' | 'evidence';

  @LegalDay(day('2026-05-20'))
  occurredOn?: string | null;

  @OfficialWords({ max: 20_000, example: 'Đo lại hiện trạng thửa đất số 12: 17,5 m².' })
  content: string;

  /** Whom or what it comes from. */
  @OfficialWords({ max: 500, optional: true, example: 'Biên bản đo đạc 04/BB' })
  source?: string | null;

  @Id({ optional: true })
  attachmentId?: string | null;
}

export class VerificationExtensionDto {
  @LegalDay(day('2026-06-03'))
  decidedOn?: string | null;

  @LegalDay({ example: '2026-06-12' })
  dueOn: string;

  @OfficialWords({ max: 2000, example: 'Chờ kết quả trích lục bản đồ địa chính' })
  reason: string;
}

export class VerificationReportDto {
  @LegalDay(day('2026-06-05'))
  reportedOn?: string | null;

  @OfficialWords({ max: 50_000, example: 'Diện tích thu hồi thực tế là 17,5 m².' })
  findings: string;

  @OfficialWords({ max: 20_000, example: 'Công nhận một phần nội dung khiếu nại.' })
  proposal: string;

  /** What the petitioner demands and what was found still differ. */
  @YesNo({ example: true })
  viewsDiffer: boolean;
}

class ParticipantDto {
  @OfficialWords({ max: 200, example: 'Nguyễn Văn Hoà' })
  name: string;

  @OfficialWords({ max: 200, example: 'Người khiếu nại' })
  capacity: string;
}

export class DialogueDto {
  @LegalDay(day('2026-06-08'))
  heldOn?: string | null;

  /** Day on which the written notice of the dialogue was sent; since 2026-07-01 needed, and at least five days before for an absence without reason. */
  @LegalDay(day('2026-06-01'))
  noticeSentOn?: string | null;

  @OfficialWords({ max: 500, example: 'Phòng họp UBND phường Ba Đình' })
  place: string;

  @Parts(() => ParticipantDto, { min: 1, max: 100 })
  participants: ParticipantDto[];

  @OfficialWords({ max: 50_000, example: 'Người khiếu nại đề nghị trả lại 7,5 m²; đại diện UBND phường thống nhất đo đạc lại.' })
  minutes: string;

  @YesNo({ example: true })
  complainantAttended: boolean;

  /** The complainant was invited and stayed away without a good reason: since 2026-07-01 the decision may go on. */
  @YesNo({ optional: true })
  absenceWithoutReason?: boolean | null;

  /** Why the complainant was away and what shows it, where he had a good reason: since 2026-07-01 the minutes say which of the two it was. */
  @OfficialWords({ max: 2000, optional: true, example: null })
  absenceReason?: string | null;

  /** The resolver in person when left out. */
  @OneOf(presiders, { optional: true, example: 'resolver' })
  presidedBy?: Presider | null;

  /** Name and office of whoever presided in place of the resolver. */
  @OfficialWords({ max: 200, optional: true, example: null })
  presiderName?: string | null;

  /** What asks for the chair of a province or a minister in person; that many people complain is known from the petition. */
  @SomeOf(dialogueCircumstances, { optional: true, example: [] })
  circumstances?: DialogueCircumstance[];
}

class RecipientDto {
  @OneOf(recipientRoles, { example: 'petitioner' })
  role: (typeof recipientRoles)[number];

  /** Never that of a denouncer. */
  @OfficialWords({ max: 200, optional: true })
  name?: string | null;
}

export class DispatchDto {
  @OneOf(dispatchTypes, { example: 'sending' })
  type: DispatchType;

  @LegalDay(day('2026-06-12'))
  dispatchedOn?: string | null;

  @Parts(() => RecipientDto, { min: 1, max: 50 })
  recipients: RecipientDto[];

  @OfficialWords({ max: 200, optional: true, example: 'Bưu điện, gửi bảo đảm' })
  method?: string | null;

  @OfficialWords({ ...documentNumber, optional: true })
  documentNumber?: string | null;

  @OfficialWords({ max: 2000, optional: true })
  note?: string | null;
}

const appealTypes = ['second_complaint', 'lawsuit', 'continuing_denunciation'] as const;

export class AppealDto {
  @OneOf(appealTypes, { example: 'lawsuit' })
  type: (typeof appealTypes)[number];

  @OfficialWords({ max: 200, example: 'Toà án nhân dân khu vực 1 – Hà Nội' })
  agency: string;

  @LegalDay({ example: '2026-07-01' })
  filedOn: string;

  @OfficialWords({ max: 100, optional: true, example: '15/2026/TLST-HC' })
  number?: string | null;

  @OfficialWords({ max: 2000, optional: true })
  note?: string | null;
}

const agencyTypes = ['superior', 'court', 'other'] as const;
const effects = ['upheld', 'changed', 'annulled', 'to_be_resolved_again', 'other'] as const;

export class SuperiorOutcomeDto {
  @OneOf(agencyTypes, { example: 'court' })
  agencyType: (typeof agencyTypes)[number];

  @OfficialWords({ max: 200, example: 'Toà án nhân dân khu vực 1 – Hà Nội' })
  agency: string;

  @OfficialWords({ max: 100, example: '08/2026/HC-ST' })
  number: string;

  @LegalDay({ example: '2026-09-15' })
  issuedOn: string;

  @OfficialWords({ max: 5000, example: 'Bác yêu cầu khởi kiện, giữ nguyên quyết định giải quyết khiếu nại.' })
  gist: string;

  /** What it means for the decision or conclusion of this unit. */
  @OneOf(effects, { example: 'upheld' })
  effect: (typeof effects)[number];
}

class WithdrawingPersonDto {
  /** Named among the parties, or in the list of signatories. */
  @OneOf(['parties', 'signatories'], { example: 'parties' })
  of: 'parties' | 'signatories';

  /** Place there, from 1. */
  @WholeNumber({ min: 1, max: 1000, example: 2 })
  position: number;
}

export class WithdrawalDto {
  @LegalDay(day('2026-06-01'))
  withdrawnOn?: string | null;

  /** A signed petition, or signed minutes before the resolver or the verifier (complaints since 2026-07-01); a petition when left out. */
  @OneOf(withdrawalForms, { optional: true, example: 'petition' })
  form?: WithdrawalForm | null;

  /** The whole when left out; parts and some of several complainants since 2026-07-01. */
  @OneOf(withdrawalExtents, { optional: true, example: 'whole' })
  extent?: WithdrawalExtent | null;

  /** What is withdrawn, of a part: the rest goes on. */
  @OfficialWords({ max: 5000, optional: true, example: null })
  content?: string | null;

  /** Who withdraws, of several: the others go on. */
  @Parts(() => WithdrawingPersonDto, { max: 1000, optional: true })
  people?: WithdrawingPersonDto[];

  /** Under threat or coercion: the matter goes on. */
  @YesNo({ optional: true })
  coerced?: boolean | null;

  /** For a denunciation that is resolved although it was withdrawn (Law on Denunciations art. 33(3)). */
  @OneOf(goingOnGrounds, { optional: true })
  goesOnBecause?: (typeof goingOnGrounds)[number] | null;

  @OfficialWords({ max: 2000, example: 'Hai bên đã thoả thuận xong' })
  reason: string;

  /** Number of the termination decision. */
  @OfficialWords({ ...documentNumber, optional: true })
  documentNumber?: string | null;
}

export class TerminationDto {
  @LegalDay(day('2026-06-01'))
  terminatedOn?: string | null;

  @OneOf(terminationGrounds, { example: 'petitioner_died' })
  ground: (typeof terminationGrounds)[number];

  @OfficialWords({ max: 2000, example: 'Người khiếu nại chết, không có người thừa kế quyền khiếu nại' })
  reason: string;

  @OfficialWords({ ...documentNumber })
  documentNumber: string;
}

export class ProtectionRequestDto {
  @LegalDay(day('2026-05-12'))
  requestedOn?: string | null;

  /** To be decided on the same day. */
  @YesNo({ optional: true })
  urgent?: boolean | null;

  /** Whom it is for, without a name. */
  @OneOf(protectedPersons, { example: 'denouncer' })
  protectedPerson: (typeof protectedPersons)[number];

  @OfficialWords({ max: 5000, example: 'Bị doạ cho thôi việc' })
  content: string;
}

class MeasureDto {
  @OneOf(measureKinds, { example: 'position_and_work' })
  kind: (typeof measureKinds)[number];

  /** Body that carries it out. */
  @OfficialWords({ max: 200, example: 'Sở Nội vụ' })
  body: string;

  @LegalDay({ example: '2026-05-14' })
  from: string;

  @LegalDay({ optional: true, example: '2026-08-14' })
  to?: string | null;
}

export class ProtectionDecisionDto {
  @LegalDay(day('2026-05-14'))
  decidedOn?: string | null;

  @YesNo({ example: true })
  granted: boolean;

  @OfficialWords({ ...documentNumber })
  documentNumber: string;

  @OfficialWords({ max: 2000, example: 'Có căn cứ về việc bị đe doạ' })
  reason: string;

  @Parts(() => MeasureDto, { max: 20, optional: true })
  measures?: MeasureDto[];
}

export class ProtectionEndDto {
  @LegalDay(day('2026-08-14'))
  endedOn?: string | null;

  @OneOf(protectionEndGrounds, { example: 'no_longer_needed' })
  ground: (typeof protectionEndGrounds)[number];

  @OfficialWords({ max: 2000, example: 'Việc giải quyết tố cáo đã kết thúc' })
  reason: string;
}
