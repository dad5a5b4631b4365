import type { Bilingual } from '../platform/problems/problem.js';

/** What papers a petition's life makes (domain.md 5), each with the number of its form where one is known; the code stays when a form is renumbered. */
export const papers = {
  receipt: paper('Giấy biên nhận', 'Receipt for papers', 'GBN'),
  appointment_slip: paper('Phiếu hẹn', 'Appointment slip', 'PH'),
  acceptance_proposal: paper('Phiếu đề xuất thụ lý đơn', 'Proposal for acceptance', 'PĐX'),
  complaint_acceptance_notice: paper('Thông báo thụ lý khiếu nại', 'Notice of acceptance of a complaint', 'TB'),
  complaint_refusal_notice: paper('Thông báo không thụ lý khiếu nại', 'Notice of non-acceptance of a complaint', 'TB'),
  denunciation_acceptance_notice: paper('Thông báo thụ lý tố cáo', 'Notice of acceptance of a denunciation', 'TB'),
  denunciation_refusal_notice: paper('Thông báo không thụ lý tố cáo', 'Notice of non-acceptance of a denunciation', 'TB'),
  continuing_denunciation_refusal_notice: paper(
    'Thông báo không thụ lý tố cáo tiếp',
    'Notice of non-acceptance of a continuing denunciation',
    'TB',
  ),
  guidance_slip: paper('Phiếu hướng dẫn', 'Guidance slip', 'PHD'),
  guidance_slip_several: paper('Phiếu hướng dẫn đơn có nhiều nội dung', 'Guidance slip for several matters', 'PHD'),
  denunciation_transfer_slip: paper('Phiếu chuyển đơn tố cáo', 'Transfer slip of a denunciation', 'PC'),
  transfer_slip: paper('Phiếu chuyển đơn kiến nghị, phản ánh', 'Transfer slip of a recommendation or reflection', 'PC'),
  return_letter: paper('Công văn trả lại đơn chuyển không đúng thẩm quyền', 'Return of a wrongly transferred petition', 'CV'),
  urging_letter: paper('Công văn đôn đốc giải quyết đơn', 'Urging letter', 'CV'),
  urging_letter_several: paper('Công văn đôn đốc giải quyết các đơn quá hạn', 'Urging letter about several petitions', 'CV'),
  directive_summary: paper('Báo cáo tổng hợp thực hiện Chỉ thị', 'Summary of how the directive is carried out', 'BC'),
  inspection_conclusion: paper('Kết luận kiểm tra', 'Conclusion of an inspection', 'KL'),
  responsibility_conclusion: paper('Kết luận thanh tra trách nhiệm', "Conclusion about a head's responsibility", 'KL'),
  report_urging: paper('Công văn đôn đốc gửi báo cáo', 'Urging letter about a report', 'CV'),
  statutory_report: paper('Báo cáo công tác tiếp công dân, giải quyết khiếu nại, tố cáo', 'Statutory report in words', 'BC'),
  reception_refusal: paper('Thông báo từ chối tiếp công dân', 'Refusal of reception', 'TB'),
  verification_assignment: paper('Quyết định giao nhiệm vụ xác minh', 'Decision assigning verification', 'QĐ'),
  denunciation_acceptance_decision: paper(
    'Quyết định thụ lý tố cáo và thành lập Tổ xác minh',
    'Decision accepting a denunciation and setting up the team',
    'QĐ',
  ),
  complexity_finding: paper('Văn bản xác định vụ việc phức tạp', 'Finding that a matter is complex', 'XĐ'),
  // Mẫu 14, 14a, 14b of Decree 124/2020/NĐ-CP as amended by Decree 155/2026/NĐ-CP.
  dialogue_minutes: paper('Biên bản đối thoại với người khiếu nại', 'Minutes of a dialogue with a complainant', 'BB'),
  complaint_suspension_decision: paper('Quyết định tạm đình chỉ giải quyết khiếu nại', 'Decision suspending a complaint', 'QĐ'),
  complaint_termination_decision: paper('Quyết định đình chỉ giải quyết khiếu nại', 'Decision terminating a complaint', 'QĐ'),
  complaint_continuation_decision: paper('Quyết định tiếp tục giải quyết khiếu nại', 'Decision to go on with a complaint', 'QĐ'),
  denunciation_minutes: paper('Biên bản ghi nội dung tố cáo trực tiếp', 'Minutes of a direct denunciation', 'BB'),
  reception_minutes: paper('Biên bản tiếp công dân', 'Minutes of a reception', 'BB'),
  no_citizen_minutes: paper('Biên bản không có công dân đến', 'Minutes "no citizen came"', 'BB'),
  reception_conclusion_notice: paper('Thông báo kết luận việc tiếp công dân', 'Notice of the conclusion of a reception', 'TB'),
  schedule_change_notice: paper('Thông báo thay đổi lịch tiếp công dân', 'Notice of a changed reception day', 'TB'),
  protection_request: paper('Đề nghị bảo vệ người tố cáo', 'Request for protection of a denouncer', 'ĐN'),
} satisfies Record<string, Paper>;

export type PaperCode = keyof typeof papers;
export const paperCodes = Object.keys(papers) as PaperCode[];

export interface Paper {
  title: Bilingual;
  /** Goes into the number, as in `12/PHD-UBND`. */
  symbol: string;
}

function paper(vi: string, en: string, symbol: string): Paper {
  return { title: { vi, en }, symbol };
}
