import type { Bilingual } from '../platform/problems/problem.js';
import { law, type Source } from './source.js';

/** Who can say whether a reading is right. */
const confirmers = {
  inspectorate: { vi: 'Thanh tra Chính phủ', en: 'the Government Inspectorate' },
  home: { vi: 'Bộ Nội vụ', en: 'the Ministry of Home Affairs' },
  legal: { vi: 'Bộ phận pháp chế của đơn vị', en: "the unit's lawyers" },
  finance: { vi: 'Bộ Tài chính', en: 'the Ministry of Finance' },
  chair: { vi: 'Chủ tịch UBND cấp tỉnh', en: 'the chair of the province' },
} satisfies Record<string, Bilingual>;

/** How this product reads the law where its texts leave a choice, differ, or say nothing. */
export interface Reading {
  id: string;
  reading: Bilingual;
  sources: Source[];
  /** Who should confirm it. */
  confirmedBy: Bilingual;
}

/** Every reading, for a lawyer to go through; what was not read in a text at all says so at its rule (`verified`). */
export const readings: readonly Reading[] = [
  reading(
    'calendar.culture_day',
    'Ngày 24/11 là ngày nghỉ từ năm 2026, không nghỉ bù khi trùng cuối tuần; chưa tìm thấy quyết định hoán đổi quanh ngày 24/11/2026.',
    '24 November is off since 2026, with no day in lieu on a weekend; no decision on a swap around 24 November 2026 was found.',
    'home',
    law('28/2026/QH16', '2'),
  ),
  reading(
    'calendar.2027',
    'Lịch nghỉ năm 2027 là dự kiến (Tết từ ngày 04 đến 10/02), trừ ngày 24/11.',
    'The calendar of 2027 is provisional (Tết from 4 to 10 February), but for 24 November.',
    'home',
    law('45/2019/QH14', '111, 112'),
  ),
  reading(
    'limits.transition',
    'Luật 136/2025/QH15 không có điều khoản chuyển tiếp: quy định có hiệu lực vào ngày bắt đầu tính thời hạn được áp dụng; riêng rút, tạm đình chỉ, đình chỉ, đối thoại của khiếu nại thụ lý trước 01/7/2026 theo Nghị định 155/2026/NĐ-CP.',
    'Law 136/2025/QH15 has no clause of transition: the rule in force on the day that starts a limit governs; withdrawal, suspension, termination and dialogue of complaints accepted before 2026-07-01 follow Decree 155/2026/NĐ-CP.',
    'inspectorate',
    law('136/2025/QH15', '4'),
    law('155/2026/NĐ-CP', '22(1)'),
    law('156/2026/NĐ-CP', '10(1)'),
  ),
  reading(
    'complaint.acceptance.days',
    'Từ 05/12/2016 đến 30/6/2026 thời hạn thụ lý là 10 ngày theo Luật, không phải 10 ngày làm việc theo thông tư, nghị định.',
    'Between 2016-12-05 and 2026-06-30 a complaint is accepted in ten days, as the law said, and not in ten working days, as circular and decree did.',
    'inspectorate',
    law('02/2011/QH13', '27, 36, 50'),
    law('02/2016/TT-TTCP', '1'),
    law('124/2020/NĐ-CP', '16(1)'),
  ),
  reading(
    'complaint.sending.second.days',
    'Quyết định giải quyết lần hai được gửi trong 7 ngày theo Luật, không phải 7 ngày làm việc theo nghị định.',
    'A second decision is sent in seven days, as the law says, and not in seven working days, as the decree does.',
    'inspectorate',
    law('02/2011/QH13', '41(1)'),
    law('124/2020/NĐ-CP', '29(2)'),
  ),
  reading(
    'complaint.extension',
    'Khiếu nại được kéo dài thời hạn khi là vụ việc phức tạp, bằng văn bản có số và lý do; Luật không quy định việc gia hạn riêng.',
    'A complaint is extended by becoming complex, by a written decision with number and reason: the law names no separate extension.',
    'legal',
    law('02/2011/QH13', '28, 37, 50'),
    law('124/2020/NĐ-CP', '3a'),
  ),
  reading(
    'complaint.in_force',
    'Quyết định có hiệu lực từ ngày sau khi hết 30 (45) ngày, tính như mọi thời hạn; khiếu nại lần hai hoặc khởi kiện trong thời gian đó làm quyết định chưa có hiệu lực.',
    'A decision is in force on the day after the thirty (forty-five) days, counted like any limit; a second complaint or suit within them takes that day away until its outcome.',
    'legal',
    law('02/2011/QH13', '44, 57'),
  ),
  reading(
    'complaint.filing.silence',
    'Hết thời hạn khiếu nại lần hai sau khi lần đầu im lặng là cảnh báo và thông báo tại nơi có thẩm quyền, không phải tại cấp trên của nơi đó; lý do chính đáng giữ quyền khiếu nại.',
    'After the silence of the first authority a period that passed is a flag and a notice at the authority that is competent, not at one above it; a good reason keeps the right.',
    'inspectorate',
    law('02/2011/QH13', '9, 11(6), 33(1)'),
  ),
  reading(
    'complaint.termination.unaccepted',
    'Khiếu nại chưa thụ lý mà rút thì không ra quyết định đình chỉ, nên không có hạn gửi 3 ngày làm việc.',
    'A complaint that was not accepted yet is withdrawn without a decision to terminate, so that nothing is sent in three working days.',
    'legal',
    law('02/2011/QH13', '11a(2)'),
    law('124/2020/NĐ-CP', '28b(1)'),
  ),
  reading(
    'complaint.dialogue.notice',
    'Thông báo đối thoại gửi muộn không làm mất giá trị buổi đối thoại mà người khiếu nại đã dự; chỉ coi là vắng mặt không có lý do chính đáng khi thông báo đã gửi đúng hạn.',
    'A dialogue that the complainant came to stands although its notice was late; an absence without reason needs the notice in time.',
    'legal',
    law('124/2020/NĐ-CP', '28(1), 28(5)'),
    law('155/2026/NĐ-CP', '11'),
  ),
  reading(
    'complaint.dialogue.presider',
    'Buổi đối thoại do người khác chủ trì khi pháp luật yêu cầu người giải quyết trực tiếp đối thoại vẫn được ghi nhận nhưng không được tính; ở lần đầu, người giải quyết tự quyết định người chủ trì.',
    'A dialogue that somebody else presided over where the law asks for the resolver in person is on record and does not count; at first instance the resolver says who presides.',
    'inspectorate',
    law('124/2020/NĐ-CP', '28(2), 28(3)'),
    law('155/2026/NĐ-CP', '11'),
  ),
  reading(
    'complaint.enforcement.direction',
    'Văn bản chỉ đạo thi hành chỉ cần khi quyết định đặt ra nghĩa vụ, một lần cho cả quyết định; việc thi hành nghĩa vụ thay cho văn bản đó.',
    'The direction to carry out a decision is owed where the decision obliges somebody, once for the whole decision; carrying something out meets it.',
    'inspectorate',
    law('124/2020/NĐ-CP', '31(1)'),
  ),
  reading(
    'enforcement.performance',
    'Nghĩa vụ không nêu hạn thì hạn là 30 ngày; hạn ghi trong quyết định được ưu tiên.',
    "An obligation that does not say more is due in thirty days; the decision's own day governs.",
    'legal',
    law('02/2011/QH13', '46'),
    law('25/2018/QH14', '44–46'),
  ),
  reading(
    'competence.commune_office.2025',
    'Từ 01/7/2025 đến 30/6/2026 khiếu nại về cơ quan chuyên môn của xã do Chủ tịch UBND xã giải quyết lần đầu, như Luật quy định rõ từ 01/7/2026.',
    'Between 2025-07-01 and 2026-06-30 the chair of a commune resolves first about its offices, as the law says since.',
    'inspectorate',
    law('02/2011/QH13', '17'),
    law('141/2025/NĐ-CP'),
  ),
  reading(
    'competence.department',
    'Sở là cơ quan có thẩm quyền riêng: không nhận việc của UBND cấp tỉnh hoặc cấp xã; việc của cấp dưới cùng tỉnh nộp tại sở là vượt cấp theo chênh lệch cấp.',
    'A department is a body of its own: it takes nothing that belongs to its committee or to a commune; what belongs to a lower level of the same province is over-level there by the difference of levels.',
    'inspectorate',
    law('02/2011/QH13', '19, 20'),
    law('25/2018/QH14', '13(3)'),
  ),
  reading(
    'competence.sub_department',
    'Công chức của chi cục và cơ quan thuộc sở bị tố cáo: Giám đốc sở giải quyết.',
    'People of an office of a department (chi cục) are denounced to the director.',
    'inspectorate',
    law('25/2018/QH14', '13(3)'),
  ),
  reading(
    'competence.dissolved',
    'Khiếu nại quyết định của đơn vị đã giải thể: không mặc định đơn vị kế tiếp, người xử lý chọn và nêu căn cứ.',
    'Complaints about the decisions of dissolved units: no successor is assumed, a clerk chooses and says why.',
    'chair',
    law('02/2011/QH13', '17–23'),
    law('141/2025/NĐ-CP'),
  ),
  reading(
    'guide_or_transfer',
    'Từ 01/7/2026 đơn khiếu nại không thuộc thẩm quyền nhận trực tiếp tại nơi tiếp công dân được hướng dẫn hoặc chuyển; nhận qua bưu điện, trực tuyến, bộ phận văn thư thì chỉ hướng dẫn.',
    'Since 2026-07-01 a complaint outside competence that a reception received in person is guided or transferred; by post, online or handed in at an office it is guided alone.',
    'inspectorate',
    law('42/2013/QH13', '26(1)(b)'),
    law('136/2025/QH15', '1(11)'),
  ),
  reading(
    'forwarder.result',
    'Cơ quan, người chuyển đơn thuộc khoản 2 Điều 27 Luật Tiếp công dân được nhận biết theo nội dung ghi ở mục người chuyển đơn.',
    'Whether whoever forwarded a petition is one of those whom art. 27(2) names is told by the words in forwardedBy.',
    'legal',
    law('42/2013/QH13', '27(2)'),
  ),
  reading(
    'denunciation.handling.result',
    'Kết quả xử lý được thông báo trong 5 ngày làm việc sau khi mỗi nghĩa vụ trong kết luận được thực hiện xong.',
    'The result of handling a conclusion is told within five working days after each obligation of the conclusion is fulfilled.',
    'inspectorate',
    law('25/2018/QH14', '36(3)'),
  ),
  reading(
    'denunciation.protection',
    'Đề nghị bảo vệ được xem xét trong 3 ngày làm việc, khẩn cấp trong ngày: Luật không quy định số ngày.',
    'Protection is decided in three working days, urgent requests on the same day: the law has no number.',
    'legal',
    law('25/2018/QH14', '49–52'),
  ),
  reading(
    'denunciation.crime.at_once',
    'Chuyển ngay hồ sơ có dấu hiệu tội phạm được hiểu là trong ngày xác định dấu hiệu; nếu là ngày nghỉ thì ngày làm việc tiếp theo.',
    'What shows signs of a crime is handed over "at once": on the day on which they are found, or the next working day.',
    'inspectorate',
    law('25/2018/QH14', '27(1)'),
  ),
  reading(
    'resolution.without_verification',
    'Quyết định giải quyết khiếu nại lần đầu không cần báo cáo xác minh khi kiểm tra lại thấy khiếu nại đúng; các trường hợp khác cần báo cáo xác minh hoặc quyết định có lý do của lãnh đạo.',
    'A first decision needs no report of a verification where the complaint turns out to be right when it is looked at again; everything else needs one, or a reasoned decision of the leader.',
    'inspectorate',
    law('02/2011/QH13', '29(1)(a), 38'),
    law('25/2018/QH14', '31, 35'),
  ),
  reading(
    'guidance.once',
    'Đã hướng dẫn một lần: cùng người, cùng nội dung, cùng lần giải quyết, theo đơn mà cán bộ xác định là lặp lại hoặc đơn cùng vụ việc có cùng người gửi; có tình tiết mới thì được hướng dẫn lại.',
    'Guided once: the same person, matter and instance, by the petition that a clerk says is repeated or one of the same case with the same petitioner; new facts allow another guidance.',
    'inspectorate',
    law('05/2021/TT-TTCP', '6'),
  ),
  reading(
    'suspension.other_limits',
    'Tạm đình chỉ chỉ dừng thời hạn giải quyết; các thời hạn thông báo vẫn chạy.',
    'Suspension stops the limit of the resolution alone; notices go on running.',
    'legal',
    law('02/2011/QH13', '11a(4)'),
    law('25/2018/QH14', '34(2)'),
  ),
  reading(
    'representatives.few',
    'Dưới 5 người: được cử đến 2 người đại diện, không bắt buộc.',
    'Fewer than five people: up to two representatives, none obliged.',
    'legal',
    law('42/2013/QH13', '29'),
  ),
  reading(
    'reception.head_days.division',
    'Không yêu cầu ngày tiếp công dân của trưởng phòng cấp huyện (đến 30/6/2025).',
    'No days of the head are asked of divisions of a district (until 2025-06-30).',
    'inspectorate',
    law('42/2013/QH13', '18'),
  ),
  reading(
    'reception.head_days.made_up',
    'Ngày tiếp bù vào tháng sau không tính cho tháng nào.',
    'A day that was made up in a later month fulfils the duty of neither month.',
    'inspectorate',
    law('42/2013/QH13', '12, 15, 18'),
  ),
  reading(
    'reception.allowance.days',
    'Một ngày làm việc có tiếp công dân được tính một lần, dù trực một buổi hay cả ngày, dù dự nhiều buổi tiếp; tiếp vào ngày nghỉ được nêu riêng, không tính.',
    'A working day on which somebody receives counts once, be it one shift or the whole day, one session or several; reception on a day off is told apart and not counted.',
    'finance',
    law('154/2026/NĐ-CP', '39(1), 39(2)'),
  ),
  reading(
    'reception.allowance.central',
    'Mức tại Trụ sở tiếp công dân Trung ương áp dụng cho mọi người tiếp tại đó, kể cả người đứng đầu, cấp phó; đó là nơi tiếp công dân của ban tiếp công dân cấp Trung ương.',
    'The rates of the Central Reception Office hold for whoever receives there, heads and deputies included; it is the office of the reception board of the central level.',
    'finance',
    law('320/2016/TT-BTC', '4(1)'),
    law('65/2026/TT-BTC', '1'),
  ),
];

function reading(id: string, vi: string, en: string, confirmer: keyof typeof confirmers, ...sources: Source[]): Reading {
  return { id, reading: { vi, en }, sources, confirmedBy: confirmers[confirmer] };
}
