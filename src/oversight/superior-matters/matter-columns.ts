import type { KnownField } from '../../platform/tabular/columns.js';

/** Columns of a file of cases, by the headings that courts and offices use. */
export const matterFields = {
  unitCode: { headings: ['Mã đơn vị', 'unit_code'] },
  agency: { required: true, headings: ['Cơ quan', 'Cơ quan thụ lý', 'Toà án', 'agency'] },
  agencyType: { headings: ['Loại cơ quan', 'agency_type'] },
  reference: { required: true, headings: ['Số thụ lý', 'Số hồ sơ', 'reference'] },
  kind: { headings: ['Loại việc', 'Loại đơn', 'kind'] },
  matter: { required: true, headings: ['Nội dung', 'Trích yếu', 'matter'] },
  petitionNumber: { headings: ['Số vào sổ đơn', 'Mã đơn', 'petition_number'] },
  filedOn: { required: true, headings: ['Ngày gửi', 'Ngày khởi kiện', 'Ngày nộp đơn', 'filed_on'] },
  stage: { required: true, headings: ['Giai đoạn', 'Tình trạng', 'stage'] },
  newsOn: { headings: ['Ngày cập nhật', 'news_on'] },
  content: { headings: ['Diễn biến', 'Ghi chú', 'content'] },
  effect: { headings: ['Kết quả', 'effect'] },
  outcomeNumber: { headings: ['Số văn bản kết quả', 'Số bản án', 'Số quyết định', 'outcome_number'] },
  outcomeOn: { headings: ['Ngày có kết quả', 'Ngày xét xử', 'outcome_on'] },
  outcomeGist: { headings: ['Nội dung kết quả', 'outcome_gist'] },
} satisfies Record<string, KnownField>;
export type MatterField = keyof typeof matterFields;

/** Where a field of a row comes from. */
export const pointerFields: Record<string, MatterField> = {
  '/outcome': 'effect',
  '/outcome/effect': 'effect',
  '/outcome/number': 'outcomeNumber',
  '/outcome/issuedOn': 'outcomeOn',
  '/outcome/gist': 'outcomeGist',
  '/unitId': 'unitCode',
  '/petitionId': 'petitionNumber',
};

/** Words of files for what is a closed list here, folded. */
export const agencyTypeWords: Record<string, string> = {
  'toa an': 'court',
  'cap tren': 'superior',
  'trung uong': 'central',
  khac: 'other',
};
export const stageWords: Record<string, string> = {
  'da gui': 'sent',
  'da thu ly': 'accepted',
  'thu ly': 'accepted',
  'dang giai quyet': 'in_progress',
  'dang xac minh': 'in_progress',
  'khang cao': 'appealed',
  'da giai quyet': 'decided',
  'da xet xu': 'decided',
  'co hieu luc': 'in_force',
  'tra lai': 'returned',
  'chuyen ve dia phuong': 'returned',
  'rut don': 'withdrawn',
};
export const effectWords: Record<string, string> = {
  'giu nguyen': 'upheld',
  'bac don': 'upheld',
  'sua doi': 'changed',
  'huy quyet dinh': 'annulled',
  huy: 'annulled',
  'giai quyet lai': 'to_be_resolved_again',
  khac: 'other',
};
export const kindWords: Record<string, string> = {
  'khieu nai': 'complaint',
  'to cao': 'denunciation',
  'kien nghi': 'recommendation',
  'phan anh': 'reflection',
};
