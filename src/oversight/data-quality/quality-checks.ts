import type { Bilingual } from '../../platform/problems/problem.js';

/** What a check looks at. */
export type Checked = 'petition' | 'visit' | 'session';

/** A check of the data: rows that stand in its list are to be looked at by somebody. */
export interface QualityCheck {
  about: Checked;
  label: Bilingual;
  /** SQL over the row `t`; $1 is today. */
  condition: string;
}

const petitioner = (condition: string) =>
  `exists (select from petition_party y where y.petition_id = t.id and y.role = 'petitioner' and y.sealed is null and (${condition}))`;
const enteredOn = `(t.created_at at time zone 'Asia/Ho_Chi_Minh')::date`;

/**
 * The checks, by their code (directive 07/CT-UBND: software used, entered within a day, complete; checklist item H1).
 * A check is one line here: it appears in the figures, in its list and in the documentation.
 */
export const qualityChecks = {
  petition_without_field: {
    about: 'petition',
    label: { vi: 'Đơn chưa phân lĩnh vực', en: 'No field of the petition is given' },
    condition: 't.field_code is null and t.parent_id is null',
  },
  petition_without_address: {
    about: 'petition',
    label: { vi: 'Đơn thiếu địa chỉ người gửi', en: 'The petitioner has no address' },
    condition: `t.parent_id is null and not t.anonymous and ${petitioner('y.address is null')}`,
  },
  petition_without_file: {
    about: 'petition',
    label: { vi: 'Đơn chưa đính kèm bản quét', en: 'Nothing is attached to the petition' },
    condition: `t.parent_id is null and t.channel in ('post', 'handed_in', 'forwarded') and not exists (select from attachment f where f.petition_id = t.id)`,
  },
  petition_not_classified: {
    about: 'petition',
    label: { vi: 'Đơn quá 10 ngày chưa phân loại', en: 'Not classified ten days after receipt' },
    condition: `t.state = 'received' and t.received_on < $1::date - 10`,
  },
  petition_entered_late: {
    about: 'petition',
    label: { vi: 'Đơn nhập chậm quá 7 ngày', en: 'Entered more than a week after receipt' },
    condition: `t.parent_id is null and t.external_reference is null and ${enteredOn} > t.received_on + 7`,
  },
  visit_without_result: {
    about: 'visit',
    label: { vi: 'Lượt tiếp chưa ghi kết quả', en: 'No result of the visit is written down' },
    condition: `t.result is null and t.state <> 'refused' and t.visited_on < $1::date - 10`,
  },
  visit_entered_late: {
    about: 'visit',
    label: { vi: 'Lượt tiếp nhập chậm quá 7 ngày', en: 'Entered more than a week after the visit' },
    condition: `${enteredOn} > t.visited_on + 7`,
  },
  session_without_minutes: {
    about: 'session',
    label: { vi: 'Kỳ tiếp đã kết thúc, không có biên bản', en: 'A session was closed without minutes' },
    condition: `t.state = 'closed' and t.type <> 'regular' and t.minutes is null and t.no_citizen_minutes is null`,
  },
  session_never_closed: {
    about: 'session',
    label: { vi: 'Kỳ tiếp đã qua chưa ghi nhận', en: 'The day of a session has passed, and nothing is written down' },
    condition: `t.state in ('planned', 'open') and t.type <> 'regular' and t.on_date < $1::date - 3`,
  },
} satisfies Record<string, QualityCheck>;
export type QualityCheckCode = keyof typeof qualityChecks;
export const qualityCheckCodes = Object.keys(qualityChecks) as QualityCheckCode[];
