import type { PetitionKind, Position } from '../rules/evaluation/filing.js';

/** What people write about; `{place}` is a street, `{unit}` the unit complained of. */
export interface Story {
  kind: PetitionKind;
  fieldCode: string;
  summary: string;
  content: string;
  /** Against whom, for denunciations. */
  position?: Position;
}

export const stories: Story[] = [
  {
    kind: 'complaint',
    fieldCode: 'land_housing',
    summary: 'Khiếu nại quyết định thu hồi đất tại {place}',
    content:
      'Tôi không đồng ý với quyết định của UBND {unit} về việc thu hồi phần đất phía trước nhà tại {place}. Diện tích đo đạc không đúng với hiện trạng sử dụng ổn định từ năm 1993. Đề nghị xem xét lại diện tích và phương án bồi thường.',
  },
  {
    kind: 'complaint',
    fieldCode: 'land_housing',
    summary: 'Khiếu nại việc không cấp giấy chứng nhận quyền sử dụng đất, {place}',
    content:
      'Gia đình tôi nộp hồ sơ đề nghị cấp giấy chứng nhận đã hơn hai năm, UBND {unit} trả lời đất có tranh chấp nhưng không nêu rõ căn cứ. Đề nghị giải quyết theo đúng quy định của pháp luật.',
  },
  {
    kind: 'complaint',
    fieldCode: 'other_administrative',
    summary: 'Khiếu nại quyết định xử phạt vi phạm trật tự xây dựng tại {place}',
    content:
      'UBND {unit} ra quyết định xử phạt và buộc tháo dỡ mái che trong khi công trình đã có giấy phép sửa chữa. Tôi đề nghị huỷ quyết định xử phạt.',
  },
  {
    kind: 'complaint',
    fieldCode: 'policy',
    summary: 'Khiếu nại việc cắt trợ cấp hằng tháng của người có công',
    content:
      'Mẹ tôi là thân nhân liệt sĩ, từ tháng trước UBND {unit} dừng chi trả trợ cấp với lý do hồ sơ thiếu mà không có thông báo bằng văn bản.',
  },
  {
    kind: 'denunciation',
    fieldCode: 'officials_duty',
    position: 'official',
    summary: 'Tố cáo công chức địa chính gây khó khăn khi tiếp nhận hồ sơ',
    content:
      'Công chức địa chính của UBND {unit} nhiều lần yêu cầu nộp thêm giấy tờ ngoài quy định, gợi ý chi tiền để hồ sơ được giải quyết sớm. Có tin nhắn và người làm chứng.',
  },
  {
    kind: 'denunciation',
    fieldCode: 'land_housing',
    position: 'head',
    summary: 'Tố cáo Chủ tịch UBND {unit} buông lỏng quản lý trật tự xây dựng',
    content:
      'Chủ tịch UBND {unit} để xảy ra nhiều công trình xây dựng không phép tại {place} trong thời gian dài, đã được phản ánh nhưng không xử lý.',
  },
  {
    kind: 'denunciation',
    fieldCode: 'corruption',
    position: 'deputy_head',
    summary: 'Tố cáo Phó Chủ tịch UBND {unit} sai phạm trong mua sắm',
    content: 'Việc mua sắm thiết bị cho nhà văn hoá tại {place} có giá cao hơn thị trường nhiều lần, hồ sơ chào giá có dấu hiệu dàn xếp.',
  },
  {
    kind: 'recommendation',
    fieldCode: 'other_administrative',
    summary: 'Kiến nghị sửa chữa hệ thống thoát nước tại {place}',
    content: 'Mỗi khi mưa lớn, {place} ngập sâu, nước tràn vào nhà dân. Chúng tôi kiến nghị UBND {unit} cho nạo vét và thay nắp cống hỏng.',
  },
  {
    kind: 'recommendation',
    fieldCode: 'policy',
    summary: 'Kiến nghị hỗ trợ hộ nghèo sửa nhà',
    content: 'Tổ dân phố có bốn hộ nghèo nhà dột nát, kiến nghị UBND {unit} đưa vào danh sách hỗ trợ sửa chữa nhà ở năm nay.',
  },
  {
    kind: 'reflection',
    fieldCode: 'other_administrative',
    summary: 'Phản ánh lấn chiếm vỉa hè tại {place}',
    content: 'Các hàng quán tại {place} bày bàn ghế kín vỉa hè từ chiều đến khuya, người đi bộ phải xuống lòng đường.',
  },
  {
    kind: 'reflection',
    fieldCode: 'other_administrative',
    summary: 'Phản ánh tiếng ồn karaoke tại {place}',
    content: 'Quán karaoke tại {place} hoạt động quá giờ quy định, gây ồn ảnh hưởng giấc ngủ của người già và trẻ nhỏ.',
  },
];

export const places = [
  'phố Trấn Vũ',
  'phố Hàng Bạc',
  'phố Quán Thánh',
  'ngõ 12 phố Ngọc Hà',
  'phố Châu Long',
  'phố Hàng Bông',
  'phố Giảng Võ',
  'đường Hồng Hà',
  'phố Cửa Nam',
];

const familyNames = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Ngô'];
const middleNames = ['Văn', 'Thị', 'Đức', 'Minh', 'Thu', 'Quốc', 'Ngọc', 'Hữu'];
const givenNames = ['Hoà', 'Đạt', 'Thuỷ', 'Bình', 'Lý', 'Quý', 'Sơn', 'Tuyết', 'Hường', 'Khánh', 'Ước', 'Ái'];

/** An invented person's name. */
export function personName(pick: <T>(from: readonly T[]) => T): string {
  return `${pick(familyNames)} ${pick(middleNames)} ${pick(givenNames)}`;
}
