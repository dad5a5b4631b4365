import type { KnownField } from '../../platform/tabular/columns.js';

/** What an old ledger can bring; a mapping names the column of each field where the headings are others. */
export const ledgerFields = {
  externalReference: { required: true, headings: ['Số đơn', 'Số vào sổ', 'Mã đơn', 'external_reference'] },
  receivedOn: { required: true, headings: ['Ngày nhận', 'Ngày tiếp nhận', 'received_on'] },
  kind: { required: true, headings: ['Loại đơn', 'kind'] },
  summary: { required: true, headings: ['Nội dung', 'Tóm tắt nội dung', 'Trích yếu', 'summary'] },
  content: { headings: ['Nội dung chi tiết', 'content'] },
  writtenOn: { headings: ['Ngày viết đơn', 'written_on'] },
  channel: { headings: ['Nguồn đơn', 'Hình thức gửi', 'channel'] },
  petitionerName: { headings: ['Họ tên', 'Họ và tên', 'Người gửi', 'Họ tên người gửi', 'petitioner'] },
  petitionerAddress: { headings: ['Địa chỉ', 'address'] },
  petitionerNationalId: { headings: ['Số CCCD', 'CMND/CCCD', 'national_id'] },
  petitionerPhone: { headings: ['Điện thoại', 'Số điện thoại', 'phone'] },
  petitionerBirthYear: { headings: ['Năm sinh', 'birth_year'] },
  signatories: { headings: ['Số người', 'Số người ký', 'signatories'] },
  fieldCode: { headings: ['Lĩnh vực', 'field'] },
  respondentUnitCode: { headings: ['Mã đơn vị bị khiếu nại, tố cáo', 'respondent_unit'] },
  respondentPosition: { headings: ['Chức vụ người bị tố cáo', 'respondent_position'] },
  matterUnitCode: { headings: ['Mã nơi phát sinh', 'matter_unit'] },
  state: { headings: ['Kết quả xử lý', 'Tình trạng', 'state'] },
  endedOn: { headings: ['Ngày kết thúc', 'Ngày xử lý', 'ended_on'] },
  documentNumber: { headings: ['Số văn bản', 'document_number'] },
} satisfies Record<string, KnownField>;

export type LedgerFieldName = keyof typeof ledgerFields;
export const ledgerFieldNames = Object.keys(ledgerFields) as LedgerFieldName[];

/** Words of old ledgers for what is a closed list here. */
export const kindWords: Record<string, string> = {
  'khieu nai': 'complaint',
  'to cao': 'denunciation',
  'kien nghi': 'recommendation',
  'phan anh': 'reflection',
  kn: 'complaint',
  tc: 'denunciation',
};

export const channelWords: Record<string, string> = {
  'truc tiep': 'in_person',
  'tiep cong dan': 'in_person',
  'buu dien': 'post',
  'hop thu': 'handed_in',
  'nop don': 'handed_in',
  'truc tuyen': 'online',
  'co quan khac chuyen den': 'forwarded',
};

/** How a petition of an old ledger ended; what is not ended is entered as received. */
export const stateWords: Record<string, string> = {
  'da huong dan': 'guided',
  'da tra don': 'returned',
  'luu don': 'filed_away',
  'da luu don': 'filed_away',
  'khong thu ly': 'refused',
  'da dinh chi': 'terminated',
  'rut don': 'terminated',
  'da giai quyet': 'closed',
  'da ket thuc': 'closed',
  'dang xu ly': 'received',
  'da tiep nhan': 'received',
};
export const importableStates = ['received', 'guided', 'returned', 'filed_away', 'refused', 'terminated', 'closed'] as const;
