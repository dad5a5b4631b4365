import type { Bilingual, ProblemCode } from '../problems/problem.js';

/** HTTP status and title of every kind of problem; `type` of an answer is `/api/v1/problems/{code}`. */
export const problemCatalogue: Record<ProblemCode, { status: number; title: Bilingual }> = {
  'malformed-request': { status: 400, title: { vi: 'Yêu cầu không đúng định dạng', en: 'Malformed request' } },
  'validation-failed': { status: 422, title: { vi: 'Dữ liệu không hợp lệ', en: 'Validation failed' } },
  'doubtful-words': { status: 422, title: { vi: 'Có từ ngữ có thể chỉ người tố cáo', en: 'Words may mean whoever denounced' } },
  unauthenticated: { status: 401, title: { vi: 'Chưa đăng nhập', en: 'Not signed in' } },
  'invalid-credentials': { status: 401, title: { vi: 'Đăng nhập không thành công', en: 'Sign-in failed' } },
  'invalid-refresh-token': { status: 401, title: { vi: 'Mã làm mới không còn hiệu lực', en: 'Refresh token is not valid' } },
  'totp-required': { status: 401, title: { vi: 'Cần mã xác thực một lần', en: 'One-time code is required' } },
  'invalid-client': { status: 401, title: { vi: 'Ứng dụng không được nhận ra', en: 'Client is not known' } },
  'password-change-required': { status: 403, title: { vi: 'Phải đổi mật khẩu', en: 'Password must be changed' } },
  forbidden: { status: 403, title: { vi: 'Không có quyền', en: 'Not permitted' } },
  'not-responsible': { status: 403, title: { vi: 'Đơn vị không phụ trách', en: 'Unit is not responsible' } },
  'not-found': { status: 404, title: { vi: 'Không tìm thấy', en: 'Not found' } },
  'method-not-allowed': { status: 405, title: { vi: 'Phương thức không được hỗ trợ', en: 'Method not allowed' } },
  'request-timeout': { status: 408, title: { vi: 'Nội dung đến quá chậm', en: 'The body came too slowly' } },
  'unsupported-media-type': { status: 415, title: { vi: 'Kiểu nội dung không được hỗ trợ', en: 'Unsupported media type' } },
  'payload-too-large': { status: 413, title: { vi: 'Nội dung quá lớn', en: 'Payload too large' } },
  'uri-too-long': { status: 414, title: { vi: 'Địa chỉ quá dài', en: 'The address is too long' } },
  'header-fields-too-large': { status: 431, title: { vi: 'Phần đầu yêu cầu quá lớn', en: 'Header fields are too large' } },
  'range-not-satisfiable': { status: 416, title: { vi: 'Khoảng byte ngoài phạm vi', en: 'Range not satisfiable' } },
  'template-refused': { status: 422, title: { vi: 'Mẫu văn bản không dùng được', en: 'The template cannot be used' } },
  'infected-file': { status: 422, title: { vi: 'Tệp có mã độc', en: 'The file is infected' } },
  'action-not-allowed': { status: 409, title: { vi: 'Chưa hoặc không còn được làm bước này', en: 'Action not possible in this state' } },
  conflict: { status: 409, title: { vi: 'Xung đột dữ liệu', en: 'Conflict' } },
  'feed-went-back': { status: 410, title: { vi: 'Dòng sự kiện đã quay lại mốc trước', en: 'The feed of events went back' } },
  'request-in-progress': { status: 409, title: { vi: 'Yêu cầu cùng khoá đang được xử lý', en: 'A request with this key is in progress' } },
  'idempotency-key-reused': {
    status: 422,
    title: { vi: 'Khoá đã dùng cho yêu cầu khác', en: 'Idempotency key was used for another request' },
  },
  'precondition-required': { status: 428, title: { vi: 'Thiếu If-Match', en: 'If-Match is required' } },
  'precondition-failed': { status: 412, title: { vi: 'Bản ghi đã thay đổi', en: 'The resource has changed' } },
  'unit-not-valid': { status: 422, title: { vi: 'Đơn vị không tồn tại vào ngày đó', en: 'Unit does not exist on that day' } },
  'rule-not-applicable': { status: 422, title: { vi: 'Không có quy định áp dụng', en: 'No rule applies' } },
  'import-refused': { status: 422, title: { vi: 'Tệp không nhập được', en: 'The file cannot be imported' } },
  'too-many-requests': { status: 429, title: { vi: 'Quá nhiều yêu cầu', en: 'Too many requests' } },
  'insufficient-storage': { status: 507, title: { vi: 'Hết chỗ lưu tệp', en: 'No room for files' } },
  'service-unavailable': { status: 503, title: { vi: 'Dịch vụ tạm thời không sẵn sàng', en: 'Service unavailable' } },
  'internal-error': { status: 500, title: { vi: 'Lỗi hệ thống', en: 'Internal error' } },
};

/** URI reference that identifies a kind of problem and can be opened. */
export function problemType(code: ProblemCode): string {
  return `/api/v1/problems/${code}`;
}
