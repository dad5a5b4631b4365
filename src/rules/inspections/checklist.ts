import type { Bilingual } from '../../platform/problems/problem.js';
import type { ItemResult, Scored } from './score.js';
import { isWithin, type LegalDate } from '../../platform/text/legal-date.js';
import {
  amendingLaw2025,
  complaintsLaw,
  denunciationsLaw,
  inTime,
  law,
  processingCircular,
  receptionDecree,
  receptionLaw,
  type Source,
} from '../source.js';

/** Groups of a checklist, by the letter of their items. */
export const checklistGroups = {
  A: { vi: 'Cơ sở vật chất nơi tiếp công dân', en: 'The reception place' },
  B: { vi: 'Niêm yết, công khai, biểu mẫu', en: 'What is posted and published, forms' },
  C: { vi: 'Sổ sách, biên bản', en: 'Ledgers and minutes' },
  D: { vi: 'Người đứng đầu tiếp công dân', en: 'Reception by the head' },
  E: { vi: 'Xử lý đơn', en: 'Processing of petitions' },
  F: { vi: 'Giải quyết khiếu nại, tố cáo', en: 'Settling complaints and denunciations' },
  G: { vi: 'Nội quy, quy chế', en: 'Regulations' },
  H: { vi: 'Phần mềm', en: 'The software' },
  I: { vi: 'Cán bộ, bảo mật', en: 'Receivers, secrecy' },
  J: { vi: 'Phối hợp, đông người', en: 'Coordination, large groups' },
  K: { vi: 'Báo cáo, khắc phục', en: 'Reports, mending' },
} satisfies Record<string, Bilingual>;
export type ChecklistGroup = keyof typeof checklistGroups;

/** Whether a person on site answers, the system from its own data, or the system with a person who confirms or differs. */
export type AnsweredBy = 'person' | 'system' | 'both';

export interface ChecklistItem {
  code: string;
  group: ChecklistGroup;
  item: Bilingual;
  /** What shows it. */
  evidence: Bilingual;
  by: AnsweredBy;
  /** How much it weighs in the score. */
  weight: number;
  sources: Source[];
}

/** A checklist as it is in force from a day on. */
export interface ChecklistVersion {
  version: string;
  from: LegalDate;
  to?: LegalDate;
  /** False: made from the law and from who reports on the directive, not decided by anybody. */
  verified: boolean;
  items: readonly ChecklistItem[];
}

const directive = law('07/CT-UBND');
const receptionCircular = law('04/2021/TT-TTCP');
const reception = (article?: string | number): Source => law(receptionLaw, article);
const complaints = (article: string): Source => law(complaintsLaw, article);
const denunciations = (article: string): Source => law(denunciationsLaw, article);

/** law.md 8: items A1–K2. */
const items2018: readonly ChecklistItem[] = [
  item(
    'A1',
    'person',
    'Phòng tiếp công dân riêng, dễ tìm, có biển hiệu',
    'A separate reception room, easy to find, with a sign',
    'ảnh',
    'photo',
    [reception(19), directive],
  ),
  item(
    'A2',
    'person',
    'Bàn, ghế, nước, quạt, chỗ chờ, lối đi cho người khuyết tật',
    'Table, chairs, water, fan, waiting place, access for the disabled',
    'ảnh',
    'photo',
    [directive],
  ),
  item(
    'A3',
    'person',
    'Máy tính, mạng, máy quét, điện thoại; camera, báo động; phòng cháy',
    'Computer, network, scanner, phone; camera or alarm; fire safety',
    'ảnh, kiểm tra hoạt động',
    'photo, test',
    [directive],
  ),
  item(
    'A4',
    'person',
    'Phòng chỉ dùng để tiếp công dân, đúng giờ niêm yết',
    'The room is used for reception alone, at the posted hours',
    'kiểm tra tại chỗ',
    'visit',
    [reception(19)],
  ),
  item(
    'B1',
    'both',
    'Niêm yết nội quy đang có hiệu lực',
    'House rules that are in force are posted',
    'ảnh, sổ đăng ký quy chế',
    'photo, register',
    [reception(24)],
    2,
  ),
  item(
    'B2',
    'both',
    'Lịch tiếp của người đứng đầu được niêm yết, công bố trước 5 ngày làm việc',
    "The head's schedule is posted and published five working days ahead",
    'ảnh, ngày công bố',
    'photo, day of publication',
    [reception(24)],
    2,
  ),
  item(
    'B3',
    'both',
    'Niêm yết họ tên, chức vụ, điện thoại người tiếp',
    'Names, titles and phone numbers of the receivers are posted',
    'ảnh',
    'photo',
    [reception(24)],
  ),
  item(
    'B4',
    'both',
    'Niêm yết quy trình, quyền và nghĩa vụ, nơi gửi đơn',
    'Process charts, rights and duties, where to file are posted',
    'ảnh',
    'photo',
    [receptionCircular, law(processingCircular)],
  ),
  item(
    'B5',
    'person',
    'Có đủ mẫu: biên nhận, phiếu hẹn, hướng dẫn, chuyển đơn, từ chối',
    'Forms at hand: receipt, appointment, guidance, transfer, refusal',
    'hồ sơ',
    'file',
    [receptionCircular, law(processingCircular)],
  ),
  item(
    'C1',
    'both',
    'Sổ tiếp công dân đúng mẫu, đủ cột, số liên tục',
    'The reception ledger has the set columns, is complete, without gaps',
    'sổ, bản xuất',
    'ledger, export',
    [receptionCircular],
    2,
  ),
  item(
    'C2',
    'both',
    'Sổ tiếp nhận đơn đúng mẫu, đủ cột, số liên tục',
    'The petition ledger is the same',
    'sổ, bản xuất',
    'ledger, export',
    [law(processingCircular)],
    2,
  ),
  item('C3', 'both', 'Sổ giấy khớp với phần mềm', 'The paper ledger equals the system', 'đối chiếu mẫu', 'comparison of a sample', [
    directive,
  ]),
  item(
    'C4',
    'system',
    'Kỳ tiếp của người đứng đầu có biên bản, thông báo kết luận',
    "The head's sessions have minutes and conclusions",
    'biên bản',
    'minutes',
    [reception(18)],
  ),
  item(
    'D1',
    'system',
    'Người đứng đầu tiếp đủ số ngày',
    'The head received on as many days as the law asks',
    'lịch và kỳ tiếp',
    'schedule and sessions',
    [reception('12, 13, 15, 18'), law(amendingLaw2025, '1(7)')],
    3,
  ),
  item('D2', 'both', 'Tiếp đột xuất khi có căn cứ', 'Received at once when there was a ground', 'hồ sơ', 'records', [reception('18(3)')]),
  item(
    'D3',
    'system',
    'Thông báo kết quả trong 10 ngày làm việc',
    'The result was told within ten working days',
    'thời hạn',
    'limit',
    [reception(28)],
    2,
  ),
  item('E1', 'person', 'Phân loại đúng (mẫu hồ sơ)', 'Classified rightly (a sample)', 'hồ sơ', 'files', [law(processingCircular)]),
  item(
    'E2',
    'system',
    'Thụ lý, không thụ lý đúng hạn',
    'Accepted or refused in time',
    'thời hạn',
    'limit',
    [complaints('27'), denunciations('24')],
    3,
  ),
  item(
    'E3',
    'system',
    'Chuyển, hướng dẫn đúng hạn, một lần, đúng nơi',
    'Transferred and guided in time, once, to the right body',
    'thời hạn',
    'limit',
    [law(processingCircular)],
    2,
  ),
  item(
    'E4',
    'system',
    'Không có đơn vượt cấp, quá hạn từ địa bàn',
    'No over-level and overdue petitions from its people',
    'cảnh báo',
    'flags',
    [directive],
    2,
  ),
  item('E5', 'system', 'Đơn trùng được gộp', 'Duplicates are joined', 'vụ việc', 'cases', [law(processingCircular)]),
  item(
    'F1',
    'system',
    'Quyết định, kết luận đúng hạn',
    'Decisions and conclusions in time',
    'thời hạn',
    'limit',
    [complaints('28, 37'), denunciations('30')],
    3,
  ),
  item('F2', 'both', 'Đối thoại, có biên bản', 'Dialogue held, with minutes', 'hồ sơ', 'files', [complaints('30, 39')], 2),
  item('F3', 'system', 'Gửi, công khai quyết định, kết luận', 'Decisions sent and published', 'hồ sơ gửi', 'records', [
    complaints('32, 41'),
    denunciations('35, 40'),
  ]),
  item(
    'F4',
    'system',
    'Quyết định có hiệu lực được thi hành',
    'Decisions in force are carried out',
    'thi hành',
    'enforcement',
    [complaints('46'), denunciations('44–46')],
    2,
  ),
  item(
    'F5',
    'system',
    'Tồn đọng có kế hoạch, người, thời hạn',
    'The backlog has plan, owner and date',
    'danh sách',
    'list',
    [directive],
    2,
  ),
  item(
    'G1',
    'both',
    'Quy chế tiếp công dân, nội quy có hiệu lực, đúng người ký, cập nhật',
    'Reception regulation and house rules in force, rightly signed, up to date',
    'sổ đăng ký',
    'register',
    [reception(), law(amendingLaw2025)],
    2,
  ),
  item(
    'G2',
    'both',
    'Quy chế phối hợp: cơ quan tham gia, an ninh',
    'Coordination regulations: agencies, safety',
    'sổ đăng ký',
    'register',
    [directive],
  ),
  item('G3', 'system', 'Không còn căn cứ vào văn bản đã bãi bỏ', 'None rests on law that is repealed', 'sổ đăng ký', 'register', [
    directive,
  ]),
  item(
    'H1',
    'system',
    'Nhập trong ngày, đầy đủ, có tệp',
    'Entered within a day, complete, with files',
    'chất lượng dữ liệu',
    'data quality',
    [directive, law('55/2022/NĐ-CP')],
    2,
  ),
  item(
    'H2',
    'person',
    'Kế hoạch triển khai, tập huấn, đánh giá gửi Thanh tra',
    'Roll-out plan, training, evaluation sent to the inspectorate',
    'văn bản',
    'documents',
    [directive],
  ),
  item(
    'I1',
    'person',
    'Người tiếp được phân công, tập huấn, có thẻ, được bồi dưỡng',
    'Receivers are appointed, trained, with badge and allowance',
    'quyết định, chứng từ',
    'decision, payroll',
    [reception(8), law(receptionDecree)],
  ),
  item(
    'I2',
    'both',
    'Giữ bí mật người tố cáo (giấy và phần mềm)',
    "Denouncers' identity is guarded, on paper and in the system",
    'nhật ký xem danh tính',
    'log of reveals',
    [denunciations('56')],
    2,
  ),
  item(
    'J1',
    'system',
    'Cập nhật kết quả của cấp trên, Toà án',
    'Results of superiors and courts are registered',
    'sổ theo dõi',
    'records',
    [directive],
  ),
  item(
    'J2',
    'both',
    'Đoàn đông người: phương án, đại diện, công an, đơn vị gốc',
    'Large groups: plan, representatives, police, unit of origin informed',
    'vụ việc',
    'incidents',
    [law(receptionDecree)],
  ),
  item('K1', 'person', 'Báo cáo đúng hạn, số liệu khớp', 'Reports in time, checks passed', 'báo cáo', 'submissions', [
    law('06/2025/TT-TTCP'),
  ]),
  item('K2', 'system', 'Tồn tại của lần kiểm tra trước đã khắc phục', 'What was found earlier is mended', 'theo dõi', 'follow-up', [], 2),
];

/** Every version, in the order of time. */
export const checklistVersions: readonly ChecklistVersion[] = inTime<ChecklistVersion>([
  { version: '2018', from: '2018-04-24', verified: false, items: items2018 },
]);

/** The checklist of a day; undefined before there was one. */
export function checklistOn(day: LegalDate): ChecklistVersion | undefined {
  return checklistVersions.find(({ from, to }) => isWithin(day, from, to ?? null));
}

/** The items of a version that are answered, with group and weight, ready to be scored. */
export function scoredItems(
  version: string | null,
  answers: readonly { code: string; result: ItemResult | null }[],
): (Scored & { code: string; group: ChecklistGroup })[] {
  const known = new Map(checklistVersions.find((one) => one.version === version)?.items.map((item) => [item.code, item]));
  return answers.flatMap(({ code, result }) => {
    const item = known.get(code);
    return item && result ? [{ code, result, group: item.group, weight: item.weight }] : [];
  });
}

function item(
  code: string,
  by: AnsweredBy,
  vi: string,
  en: string,
  evidenceVi: string,
  evidenceEn: string,
  sources: Source[],
  weight = 1,
): ChecklistItem {
  return { code, group: code[0] as ChecklistGroup, item: { vi, en }, evidence: { vi: evidenceVi, en: evidenceEn }, by, weight, sources };
}
