import type { PaperCode } from '../papers.js';
import type { Bilingual } from '../../platform/problems/problem.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';

/** What can stand in a template between braces. */
export interface Placeholder {
  label: Bilingual;
  /** From the petition and the register, or sent along with the request. */
  from: 'system' | 'request';
  /** A list: placeholders of one of its rows, between `{#list}` and `{/list}`. */
  of?: readonly string[];
}

export const placeholders: Record<string, Placeholder> = {
  superiorBody: system('Cơ quan cấp trên', 'Superior body'),
  issuingBody: system('Cơ quan ban hành', 'Issuing body'),
  issuer: system('Cơ quan ban hành, trong câu', 'Issuing body within a sentence'),
  number: system('Số, ký hiệu', 'Number and symbol'),
  place: system('Địa danh', 'Place'),
  day: system('Ngày ban hành', 'Day of issue'),
  month: system('Tháng ban hành', 'Month of issue'),
  year: system('Năm ban hành', 'Year of issue'),
  signerTitle: system('Chức vụ người ký', 'Title of the signer'),
  signerName: system('Người ký', 'Signer'),
  recipients: { ...system('Nơi nhận', 'Recipients'), of: ['name'] },
  petitionNumber: system('Số vào sổ', 'Ledger number'),
  petitionKind: system('Loại đơn', 'Kind of petition, as in "đơn khiếu nại"'),
  kindName: system('Loại việc', 'Kind of matter, as in "khiếu nại"'),
  stageName: system('Lần giải quyết', 'Instance'),
  receivedOn: system('Ngày nhận', 'Day of receipt'),
  writtenOn: system('Ngày viết đơn', 'Day written on the petition'),
  petitioner: system('Người gửi đơn', 'Petitioner; never that of a denunciation'),
  petitionerAddress: system('Địa chỉ người gửi đơn', 'Address of the petitioner; never that of a denunciation'),
  signatories: system('Số người ký', 'How many signed'),
  summary: system('Tóm tắt', 'Summary'),
  respondent: system('Người, cơ quan bị khiếu nại, tố cáo', 'Respondent'),
  competentUnit: system('Cơ quan có thẩm quyền', 'Competent authority'),
  toUnit: system('Nơi được hướng dẫn, chuyển đến', 'Where it is guided, transferred or urged'),
  priorHandling: system('Quá trình giải quyết trước', 'What was done before'),
  acceptedOn: system('Ngày thụ lý', 'Day of acceptance'),
  dueOn: system('Hạn cuối', 'Last legal day of the resolution'),
  reason: system('Lý do', 'Reason of the last step'),
  guidanceContent: system('Nội dung hướng dẫn', 'What the guidance says'),
  replyBy: system('Hạn phúc đáp', 'Day by which a reply is wanted'),
  returnedTo: system('Nơi nhận lại đơn', 'To whom it goes back'),
  urgingContent: request('Nội dung đôn đốc', 'What the urging says'),
  statusCode: system('Mã tra cứu', 'Secret code for the public status; on the receipt alone'),
  authorities: { ...system('Các nội dung và cơ quan', 'Matters, each with its authority'), of: ['index', 'matter', 'authority'] },
  members: { ...system('Người xác minh', 'Members of the verification'), of: ['index', 'name', 'office', 'role'] },
  verificationPurpose: system('Nội dung xác minh', 'What is verified'),
  verificationDueOn: system('Hạn xác minh', 'Term of the verification'),
  dialogueOn: system('Ngày đối thoại', 'Day of the last dialogue'),
  dialoguePlace: system('Nơi đối thoại', 'Place of the last dialogue'),
  dialoguePresider: system('Người chủ trì đối thoại', 'Who presided over the last dialogue'),
  participants: { ...system('Người tham gia đối thoại', 'Who took part in the last dialogue'), of: ['index', 'name', 'capacity'] },
  attendance: system('Việc tham gia của người khiếu nại', 'Whether the complainant took part in the last dialogue, and why not'),
  dialogueMinutes: system('Nội dung đối thoại', 'What was said in the last dialogue'),
  suspendedOn: system('Ngày tạm đình chỉ', 'Day of the last suspension'),
  copies: request('Số bản', 'How many copies'),
  complexityName: system('Mức độ phức tạp', 'How complex the matter was found to be'),
  complexityReason: system('Lý do xác định phức tạp', 'Why it was found to be so'),
  complexityBasis: system('Căn cứ xác định phức tạp', 'Article by which it was found'),
  criteria: { ...system('Tiêu chí phức tạp', 'Criteria that the matter meets'), of: ['letter', 'criterion'] },
  petitions: {
    ...system('Các đơn', 'Petitions, each with number, kind, gist and how late it is'),
    of: ['index', 'petitionKind', 'petitionNumber', 'receivedOn', 'summary', 'dueOn', 'daysOver'],
  },
  petitionCount: system('Số đơn', 'How many petitions'),
  daysOver: system('Số ngày quá hạn', 'Days over the last legal day'),
  asOf: system('Tính đến ngày', 'Day of the figures'),
  scopeName: system('Phạm vi báo cáo', 'What the summary is about'),
  periodFrom: system('Từ ngày', 'First day of the period'),
  periodTo: system('Đến ngày', 'Last day of the period'),
  previousFrom: system('Kỳ trước, từ ngày', 'First day of the period before'),
  previousTo: system('Kỳ trước, đến ngày', 'Last day of the period before'),
  figures: {
    ...system('Số liệu theo nội dung Chỉ thị', 'Figures of the directive, each with its light'),
    of: ['index', 'label', 'part', 'of', 'share', 'before', 'light', 'counts'],
  },
  periodLabel: system('Kỳ báo cáo', 'The period of the report'),
  reportDueOn: system('Hạn gửi báo cáo', 'Day by which the report was due'),
  circular: system('Số Thông tư', 'Number of the circular'),
  provisional: system('Ghi chú biểu mẫu tạm', 'Why the forms are provisional'),
  digest: system('Mã kiểm tra số liệu', 'Digest of the figures'),
  sections: { ...system('Các phần lời', 'Parts in words'), of: ['index', 'title', 'text'] },
  reportFigures: {
    ...system('Số liệu chính của các biểu', 'Main figures of the forms'),
    of: ['index', 'form', 'column', 'label', 'value'],
  },
  redUnits: { ...system('Đơn vị ở mức đỏ', 'Units with red lights'), of: ['index', 'unit', 'labels'] },
  inspectedHead: system('Người đứng đầu được thanh tra', 'The head whose responsibility is inspected'),
  sampleFacts: system('Mẫu xem xét', 'What was sampled'),
  inspectedUnit: system('Đơn vị được kiểm tra', 'The inspected unit'),
  decisionNumber: system('Số quyết định kiểm tra', 'Number of the decision to inspect'),
  decidedOn: system('Ngày quyết định kiểm tra', 'Day of that decision'),
  subject: system('Nội dung kiểm tra', 'What was inspected'),
  startedOn: system('Ngày bắt đầu kiểm tra', 'Day of the start'),
  results: { ...system('Kết quả chấm điểm', 'Scores, or rates of errors'), of: ['index', 'label', 'value'] },
  findings: {
    ...system('Tồn tại, hạn chế và kiến nghị', 'Findings with recommendation and limit'),
    of: ['index', 'item', 'description', 'severity', 'recommendation', 'dueOn'],
  },
  assessment: request('Đánh giá chung', 'Assessment'),
  addressee: request('Kính gửi', 'Addressee'),
  note: request('Ý kiến', 'Opinion'),
  time: request('Giờ', 'Hour'),
  endTime: request('Giờ kết thúc', 'Hour of the end'),
  receptionPlace: request('Nơi tiếp', 'Place of reception'),
  papers: { ...request('Giấy tờ nhận', 'Papers received'), of: ['index', 'name', 'copies'] },
  appointmentOn: request('Ngày hẹn', 'Day of the appointment'),
  appointmentTime: request('Giờ hẹn', 'Hour of the appointment'),
  appointmentPlace: request('Nơi hẹn', 'Place of the appointment'),
  appointmentPurpose: request('Việc hẹn', 'Purpose of the appointment'),
  visitOn: request('Ngày tiếp', 'Day of the visit'),
  visitorName: request('Công dân', 'Visitor'),
  visitorAddress: request('Địa chỉ công dân', 'Address of the visitor'),
  visitorIdentity: request('Số căn cước, định danh hoặc hộ chiếu', 'Number of the identity card, personal number or passport'),
  matterKind: request('Loại việc trình bày', 'Kind of matter that is brought, as in "khiếu nại"'),
  legalBasis: request('Căn cứ pháp lý', 'Article that it is done on'),
  refusalGround: request('Căn cứ từ chối', 'Ground of the refusal'),
  matter: request('Việc trình bày', 'Matter of the visit'),
  receiverName: request('Người tiếp', 'Who received'),
  receiverTitle: request('Chức vụ người tiếp', 'Title of who received'),
  statement: request('Nội dung trình bày', 'What was said'),
  tasks: { ...request('Việc được giao', 'Tasks that the head gave'), of: ['index', 'unitName', 'description', 'dueOn'] },
  evidence: request('Tài liệu kèm theo', 'Evidence'),
  opinion: request('Ý kiến người tiếp', 'Opinion of who received'),
  conclusion: request('Kết luận', 'Conclusion'),
  toBody: request('Cơ quan được đề nghị', 'Body that is asked'),
  headTitle: request('Chức vụ người đứng đầu', 'Title of the head'),
  headName: request('Người đứng đầu', 'Name of the head'),
  formerDay: request('Ngày theo lịch cũ', 'Day as it was published'),
  changeDescription: request('Nội dung thay đổi', 'What changes'),
  protectedPerson: request('Người cần bảo vệ', 'Who is to be protected, without a name'),
  measures: request('Biện pháp', 'Measures'),
};

/** What a paper needs. */
export interface PaperNeeds {
  /** Made for a petition, or also without one. */
  petition: 'required' | 'optional';
  kinds?: readonly PetitionKind[];
  /** A list that the paper is about: without a row in it there is nothing to write. */
  list?: 'authorities' | 'members' | 'participants' | 'criteria' | 'petitions' | 'figures' | 'results' | 'sections';
  /** Fields that the request must bring. */
  fields: readonly string[];
  /** Fields that it may bring beside those; a dotted line where it does not. */
  optional?: readonly string[];
}

const complaint: PetitionKind[] = ['complaint'];
const denunciation: PetitionKind[] = ['denunciation'];
const others: PetitionKind[] = ['recommendation', 'reflection'];

const ofInspection = [
  'inspectedUnit',
  'decisionNumber',
  'decidedOn',
  'subject',
  'startedOn',
  'periodFrom',
  'periodTo',
  'results',
  'findings',
];

export const paperNeeds: Record<PaperCode, PaperNeeds> = {
  receipt: { petition: 'required', fields: ['papers'], optional: ['time', 'receptionPlace', 'receiverName', 'visitorIdentity'] },
  appointment_slip: { petition: 'required', fields: ['appointmentOn', 'appointmentTime', 'appointmentPlace', 'appointmentPurpose'] },
  acceptance_proposal: { petition: 'required', fields: ['addressee'], optional: ['note'] },
  complaint_acceptance_notice: { petition: 'required', kinds: complaint, fields: [] },
  complaint_refusal_notice: { petition: 'required', kinds: complaint, fields: [], optional: ['reason'] },
  denunciation_acceptance_notice: { petition: 'required', kinds: denunciation, fields: ['addressee'] },
  denunciation_refusal_notice: { petition: 'required', kinds: denunciation, fields: [], optional: ['reason'] },
  continuing_denunciation_refusal_notice: { petition: 'required', kinds: denunciation, fields: [], optional: ['reason'] },
  guidance_slip: { petition: 'required', kinds: ['complaint', ...others], fields: [], optional: ['toUnit', 'guidanceContent'] },
  guidance_slip_several: { petition: 'required', list: 'authorities', fields: [], optional: ['authorities', 'guidanceContent'] },
  denunciation_transfer_slip: { petition: 'required', kinds: denunciation, fields: [], optional: ['toUnit', 'replyBy'] },
  transfer_slip: { petition: 'required', kinds: others, fields: [], optional: ['toUnit', 'replyBy'] },
  return_letter: { petition: 'required', fields: [], optional: ['returnedTo', 'reason'] },
  urging_letter: { petition: 'required', fields: ['urgingContent', 'replyBy'], optional: ['toUnit'] },
  urging_letter_several: {
    petition: 'optional',
    list: 'petitions',
    fields: ['urgingContent', 'replyBy'],
    optional: ['toUnit', 'petitions', 'petitionCount', 'asOf'],
  },
  directive_summary: {
    petition: 'optional',
    list: 'figures',
    fields: [],
    optional: ['opinion', 'figures', 'redUnits', 'scopeName', 'periodFrom', 'periodTo', 'previousFrom', 'previousTo'],
  },
  report_urging: {
    petition: 'optional',
    fields: [],
    optional: ['toUnit', 'periodLabel', 'periodFrom', 'periodTo', 'reportDueOn', 'asOf'],
  },
  statutory_report: {
    petition: 'optional',
    list: 'sections',
    fields: [],
    optional: ['scopeName', 'periodLabel', 'periodFrom', 'periodTo', 'circular', 'provisional', 'digest', 'sections', 'reportFigures'],
  },
  inspection_conclusion: {
    petition: 'optional',
    list: 'results',
    fields: ['assessment'],
    optional: ofInspection,
  },
  responsibility_conclusion: {
    petition: 'optional',
    list: 'results',
    fields: ['assessment'],
    optional: [...ofInspection, 'inspectedHead', 'sampleFacts'],
  },
  reception_refusal: {
    petition: 'optional',
    fields: ['visitorName', 'visitOn', 'receptionPlace', 'matter', 'reason'],
    optional: ['visitorAddress', 'visitorIdentity', 'matterKind', 'legalBasis', 'refusalGround'],
  },
  verification_assignment: { petition: 'required', kinds: ['complaint', 'denunciation'], list: 'members', fields: [] },
  denunciation_acceptance_decision: { petition: 'required', kinds: denunciation, list: 'members', fields: [] },
  complexity_finding: { petition: 'required', kinds: ['complaint', 'denunciation'], list: 'criteria', fields: [] },
  dialogue_minutes: {
    petition: 'required',
    kinds: complaint,
    list: 'participants',
    fields: ['time', 'endTime', 'receiverName'],
    optional: ['receiverTitle', 'conclusion', 'copies'],
  },
  complaint_suspension_decision: { petition: 'required', kinds: complaint, fields: [], optional: ['legalBasis', 'reason'] },
  complaint_termination_decision: { petition: 'required', kinds: complaint, fields: [], optional: ['legalBasis', 'reason'] },
  complaint_continuation_decision: { petition: 'required', kinds: complaint, fields: [], optional: ['reason'] },
  denunciation_minutes: {
    petition: 'required',
    kinds: denunciation,
    fields: ['time', 'visitOn', 'receptionPlace', 'statement'],
    optional: ['evidence'],
  },
  reception_minutes: {
    petition: 'optional',
    fields: ['time', 'visitOn', 'receptionPlace', 'visitorName', 'receiverName', 'statement'],
    optional: ['visitorAddress', 'opinion', 'conclusion', 'endTime'],
  },
  no_citizen_minutes: { petition: 'optional', fields: ['visitOn', 'receptionPlace', 'receiverName', 'time', 'endTime'] },
  reception_conclusion_notice: {
    petition: 'optional',
    fields: ['visitOn', 'receptionPlace', 'receiverName', 'time', 'endTime', 'conclusion'],
    optional: ['receiverTitle', 'tasks'],
  },
  schedule_change_notice: {
    petition: 'optional',
    fields: ['headName', 'formerDay', 'receptionPlace', 'reason', 'changeDescription'],
    optional: ['headTitle'],
  },
  protection_request: { petition: 'required', kinds: denunciation, fields: ['toBody', 'protectedPerson', 'reason', 'measures'] },
};

function system(vi: string, en: string): Placeholder {
  return { label: { vi, en }, from: 'system' };
}

function request(vi: string, en: string): Placeholder {
  return { label: { vi, en }, from: 'request' };
}
