import { OmitType } from '@nestjs/swagger';
import { IssueDto } from '../../../petitions/documents/dto/documents.dto.js';
import {
  Id,
  LegalDay,
  Moment,
  OfficialWords,
  OneOf,
  Part,
  Parts,
  Text,
  TimeOfDay,
  WholeNumber,
  YesNo,
} from '../../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../../platform/http/page.js';
import { FieldCode, NationalId, Phone } from '../../../petitions/dto/forms.decorators.js';
import { FilePetitionDto } from '../../../petitions/dto/petition.dto.js';
import { type PetitionKind, petitionKinds } from '../../../rules/evaluation/filing.js';
import { type Alert, alertStates } from '../../../rules/limits/alert.js';
import { type VisitResult, visitResults } from '../../../rules/reception/reception-rules.js';
import { type RefusalGround, refusalGrounds } from '../../../rules/reception/refusals.js';
import { examplePlaces } from '../../example-places.js';
import { capacities, type Capacity, type VisitState, visitStates } from '../visit.js';
import { type VisitPaper, visitPapers } from '../visit-papers.service.js';

export class VisitorDto {
  @OneOf(Object.keys(capacities), { optional: true, example: 'self' })
  capacity: Capacity = 'self';

  @Text({ min: 2, max: 200, example: 'Nguyễn Văn Hoà' })
  name: string;

  @NationalId({ optional: true })
  nationalId: string | null = null;

  @Text({ max: 500, optional: true, example: 'Số 5 phố Trấn Vũ' })
  address: string | null = null;

  @Phone({ optional: true })
  phone: string | null = null;

  @WholeNumber({ min: 1850, max: 2100, optional: true, example: 1970 })
  birthYear: number | null = null;
}

export class PaperDto {
  @OfficialWords({ max: 300, example: 'Đơn khiếu nại' })
  name: string;

  @WholeNumber({ min: 1, max: 1000, optional: true, example: 1 })
  copies: number = 1;

  /** Originals go back with the guidance or the notice. */
  @YesNo({ optional: true, example: false })
  original: boolean = false;
}

export class VisitFactsDto {
  @OneOf(petitionKinds, { example: 'complaint' })
  kind: PetitionKind;

  @FieldCode({ optional: true })
  fieldCode: string | null = null;

  /** How many came; those named when left out. */
  @WholeNumber({ min: 1, max: 100_000, optional: true, example: 1 })
  persons?: number | null;

  /** Who came. Of a denunciation this is kept sealed and shown nowhere. */
  @Parts(() => VisitorDto, { max: 50, optional: true })
  visitors: VisitorDto[] = [];

  /** In one sentence. */
  @Text({ min: 3, max: 1000, example: 'Khiếu nại quyết định thu hồi đất tại phố Trấn Vũ' })
  matter: string;

  /** What was said. */
  @Text({ max: 50_000, optional: true, example: 'Gia đình không đồng ý với diện tích thu hồi 25 m², đề nghị đo lại.' })
  content: string | null = null;

  /** Which body resolved the matter before, and how. */
  @OfficialWords({ max: 1000, optional: true, example: 'UBND phường Trúc Bạch đã trả lời tại Công văn 45/UBND ngày 05/03/2025' })
  earlierResolver: string | null = null;

  @Parts(() => PaperDto, { max: 100, optional: true })
  papers: PaperDto[] = [];

  @Text({ max: 200, example: 'Nguyễn Thị Hoà' })
  receiverName: string;
}

export class VisitCorrectionDto extends VisitFactsDto {
  @OfficialWords({ max: 1000, example: 'Ghi nhầm số người' })
  reason: string;
}

/** What a petition needs beside what the visit says already. */
export class VisitPetitionDto extends OmitType(FilePetitionDto, [
  'kind',
  'channel',
  'receivedOn',
  'summary',
  'content',
  'parties',
  'signatories',
  'fieldCode',
]) {
  /** What the petition says; what was said at the visit when left out. */
  @Text({ max: 100_000, optional: true })
  content?: string | null;
}

export class HeadAppointmentDto {
  @Id()
  sessionId: string;

  @TimeOfDay({ example: '09:00' })
  slotAt: string;
}

export class OutcomeDto {
  @OneOf(visitResults, { example: 'petition_opened' })
  result: VisitResult;

  /** What was explained, guided, concluded. */
  @OfficialWords({ max: 10_000, optional: true, example: 'Đã nhận đơn và tài liệu; hẹn trả lời trong 10 ngày làm việc.' })
  note: string | null = null;

  /** To whom it is transferred or guided. */
  @Id({ optional: true })
  toUnitId: string | null = null;

  /** Opens a petition with the people, the words and the day of the visit; for clerks. */
  @Part(() => VisitPetitionDto, { optional: true })
  petition?: VisitPetitionDto | null;

  /** A petition that there is. */
  @Id({ optional: true })
  petitionId: string | null = null;

  /** An appointment with the head, in a free slot. */
  @Part(() => HeadAppointmentDto, { optional: true })
  appointment?: HeadAppointmentDto | null;

  /** Now when left out. */
  @Moment({ optional: true, example: null })
  endedAt: string | null = null;
}

export class VisitRefusalDto {
  /** As the law is on the day of the visit: `GET /rules` has each with its article (`reception.refusal.…`). */
  @OneOf(refusalGrounds, { example: 'finally_settled' })
  ground: RefusalGround;

  @OfficialWords({ max: 5000, example: 'Đã có Quyết định 210/QĐ-UBND, đã đối thoại và thông báo bằng văn bản.' })
  reason: string;

  /** The answer in writing of the competent body; required for `final_judgment` (Decree 154/2026/NĐ-CP art. 4(1)(i)). */
  @OfficialWords({ max: 300, optional: true, example: null })
  basis: string | null = null;

  /** Of the notice in writing, where it is issued already; since 2026-07-01 it is owed within three working days, before that at once. */
  @OfficialWords({ max: 100, optional: true, example: '15/TB-UBND' })
  documentNumber: string | null = null;

  @Moment({ optional: true, example: null })
  endedAt: string | null = null;
}

export class VisitDto extends VisitFactsDto {
  @Id({ example: examplePlaces.cityOffice })
  officeId: string;

  /** The session that it belongs to; regular reception when left out. */
  @Id({ optional: true })
  sessionId: string | null = null;

  /** The ticket that was called. */
  @Id({ optional: true })
  ticketId: string | null = null;

  /** Of a denunciation by video: its author does not ask for secrecy, without which nobody is received so (Decree 154/2026/NĐ-CP art. 20(4)). */
  @YesNo({ optional: true, example: false })
  secrecyNotAsked: boolean = false;

  /** Now when left out. */
  @Moment({ optional: true, example: null })
  startedAt: string | null = null;

  /** The petition that it is about: its case says whether the matter was brought before. */
  @Id({ optional: true })
  petitionId: string | null = null;

  /** An earlier visit about the same matter, where there is no petition. */
  @Id({ optional: true })
  repeatsVisitId: string | null = null;

  /** How it ended, where it is over; one of the two. */
  @Part(() => OutcomeDto, { optional: true })
  outcome?: OutcomeDto | null;

  @Part(() => VisitRefusalDto, { optional: true })
  refusal?: VisitRefusalDto | null;
}

export class VisitAnswerDto {
  @LegalDay({ optional: true, example: null, description: 'Today when left out' })
  answeredOn?: string;

  @OfficialWords({ max: 100, optional: true, example: '98/UBND-TCD' })
  documentNumber: string | null = null;

  @OfficialWords({ max: 10_000, example: 'Đơn đã được thụ lý; thời hạn giải quyết đến ngày 15/01/2027.' })
  content: string;
}

export class VisitLinkDto {
  @Id()
  petitionId: string;
}

export class VisitPaperDto extends IssueDto {
  @OneOf(visitPapers, { example: 'receipt' })
  paper: VisitPaper;
}

class LedgerQuery {
  /** Of this unit; of your whole scope when left out. */
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;
}

export class VisitsQuery extends LedgerQuery {
  /** Words of number, matter, content and – except for denunciations – names, with or without diacritics. */
  @Text({ max: 200, optional: true })
  q?: string;

  @OneOf(petitionKinds, { optional: true })
  kind?: PetitionKind;

  @OneOf(visitStates, { optional: true })
  state?: VisitState;

  @OneOf(visitResults, { optional: true })
  result?: VisitResult;

  /** How the answer stands that is owed. */
  @OneOf([...alertStates, 'none'], { optional: true })
  alert?: Alert;

  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;

  @Id({ optional: true })
  sessionId?: string;

  @Id({ optional: true })
  officeId?: string;

  @Id({ optional: true })
  petitionId?: string;

  @YesNo({ optional: true })
  largeGroup?: boolean;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  @Text({ max: 500, optional: true })
  cursor?: string;
}

export class VisitLedgerQuery extends LedgerQuery {
  @OneOf(['xlsx', 'csv', 'docx'], { example: 'xlsx' })
  format: 'xlsx' | 'csv' | 'docx';

  @LegalDay({ example: '2026-01-01' })
  from: string;

  @LegalDay({ example: '2026-12-31' })
  to: string;
}
