import type { Bilingual } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { share } from '../share.js';

/** The rows of directive 07/CT-UBND that an overview shows. */
export const directiveRows = {
  inspection: { vi: 'Kiểm tra thường xuyên, đột xuất', en: 'Inspections, regular and by surprise' },
  reception: { vi: 'Tiếp công dân đúng lịch', en: 'Reception on schedule' },
  processing: { vi: 'Xử lý, giải quyết đúng hạn, không vượt cấp', en: 'Processing and settling in time, no over-level petitions' },
  backlog: { vi: 'Giải quyết tồn đọng', en: 'The backlog settled' },
  urging: { vi: 'Thực hiện đôn đốc', en: 'Urging answered' },
  superior: {
    vi: 'Theo dõi kết quả của cấp trên, không tập trung đông người',
    en: 'Results of superiors followed, no gatherings elsewhere',
  },
  regulations: { vi: 'Nội quy, quy chế', en: 'Regulations kept current' },
  software: { vi: 'Triển khai, sử dụng phần mềm', en: 'The software rolled out and used' },
} satisfies Record<string, Bilingual>;
export type DirectiveRow = keyof typeof directiveRows;

/** A figure that shows whether a row of the directive is done: a part of a whole. */
export interface Indicator {
  row: DirectiveRow;
  label: Bilingual;
  /** What the part is, and of what. */
  counts: Bilingual;
  better: 'higher' | 'lower';
  /** Share in per cent up to which (from which on, where higher is better) it is green, and amber; else red. */
  green: number;
  amber: number;
  /** Where the list behind the part is; null where a whole that is missing has no list. */
  list: (place: ListPlace) => string;
}

export interface ListPlace {
  unitId: string;
  /** With everything below. */
  below: boolean;
  from: LegalDate;
  to: LegalDate;
}

/** Values of a figure: so many of so many. */
export interface Part {
  part: number;
  of: number;
}

export const lights = ['green', 'amber', 'red', 'none'] as const;
/** `none`: there is nothing to have a share of. */
export type Light = (typeof lights)[number];

const at = (path: string, { unitId, below }: ListPlace, query = ''): string =>
  `/api/v1/${path}?unitId=${unitId}&includeSubordinates=${below}${query}`;

/**
 * The indicators, by their code. Thresholds are set here, as data, and shown with every figure: no decision has set them yet.
 * A further one is an entry here and its values in {@link import('./indicators.service.js')}.
 */
export const indicators = {
  not_inspected: {
    row: 'inspection',
    label: { vi: 'Chưa được kiểm tra trong 24 tháng', en: 'Not inspected within 24 months' },
    counts: { vi: 'đơn vị chưa được kiểm tra / đơn vị', en: 'units not inspected of all' },
    better: 'lower',
    green: 20,
    amber: 50,
    list: (place) => at('inspections/uninspected', place),
  },
  heads_not_inspected: {
    row: 'inspection',
    label: {
      vi: 'Trách nhiệm người đứng đầu chưa được thanh tra trong 60 tháng',
      en: "Head's responsibility not inspected within 60 months",
    },
    counts: { vi: 'đơn vị chưa được thanh tra trách nhiệm / đơn vị', en: 'units whose head was not inspected of all' },
    better: 'lower',
    green: 20,
    amber: 80,
    list: (place) => at('inspections/uninspected', place, '&responsibility=true'),
  },
  findings_overdue: {
    row: 'inspection',
    label: { vi: 'Kết luận kiểm tra quá hạn khắc phục', en: 'Findings not answered in time' },
    counts: { vi: 'tồn tại quá hạn / tồn tại chưa khắc phục', en: 'past their limit of findings not mended' },
    better: 'lower',
    green: 0,
    amber: 20,
    list: (place) => at('inspection-findings', place, '&alert=overdue'),
  },
  head_days_held: {
    row: 'reception',
    label: { vi: 'Người đứng đầu tiếp đủ số ngày', en: 'Heads received as often as the law asks' },
    counts: { vi: 'kỳ đủ số ngày / kỳ đã qua', en: 'periods fulfilled of periods that have ended' },
    better: 'higher',
    green: 100,
    amber: 80,
    list: (place) => at('reception-head-days', place, `&from=${place.from}&to=${place.to}`),
  },
  limits_kept: {
    row: 'processing',
    label: { vi: 'Đúng thời hạn', en: 'Limits kept' },
    counts: { vi: 'thời hạn giữ được / thời hạn đến hạn trong kỳ', en: 'limits kept of those due in the period' },
    better: 'higher',
    green: 95,
    amber: 85,
    list: (place) => at('limits', place, `&dueFrom=${place.from}&dueTo=${place.to}&result=not_kept`),
  },
  overdue: {
    row: 'processing',
    label: { vi: 'Đơn quá hạn', en: 'Overdue petitions' },
    counts: { vi: 'đơn quá hạn / đơn đang giải quyết', en: 'overdue of open petitions' },
    better: 'lower',
    green: 2,
    amber: 10,
    list: (place) => at('petitions', place, '&alert=overdue&open=true'),
  },
  over_level: {
    row: 'processing',
    label: { vi: 'Đơn vượt cấp từ địa bàn', en: 'Over-level petitions from the area' },
    counts: {
      vi: 'đơn vượt cấp / đơn thuộc thẩm quyền nhận trong kỳ',
      en: 'filed over its head of those in its competence, received in the period',
    },
    better: 'lower',
    green: 5,
    amber: 15,
    list: ({ unitId, below, from, to }) =>
      `/api/v1/petitions?competentUnitId=${unitId}&includeSubordinates=${below}&flag=over_level&receivedFrom=${from}&receivedTo=${to}`,
  },
  backlog: {
    row: 'backlog',
    label: { vi: 'Đơn tồn đọng', en: 'Backlog' },
    counts: { vi: 'đơn tồn đọng / đơn đang giải quyết', en: 'backlog of open petitions' },
    better: 'lower',
    green: 0,
    amber: 5,
    list: (place) => at('backlog', place),
  },
  backlog_without_plan: {
    row: 'backlog',
    label: { vi: 'Tồn đọng chưa có kế hoạch', en: 'Backlog without a plan' },
    counts: { vi: 'đơn chưa có kế hoạch / đơn tồn đọng', en: 'without a plan of the backlog' },
    better: 'lower',
    green: 0,
    amber: 20,
    list: (place) => at('backlog', place, '&planned=false'),
  },
  urging_unanswered: {
    row: 'urging',
    label: { vi: 'Chưa trả lời đôn đốc', en: 'Urgings whose answer is late' },
    counts: { vi: 'chưa trả lời quá hạn / đã đôn đốc, đơn chưa xong', en: 'answers late of urgings about petitions not finished' },
    better: 'lower',
    green: 0,
    amber: 20,
    list: (place) => at('urgings/unanswered', place),
  },
  superior_stale: {
    row: 'superior',
    label: { vi: 'Vụ việc ở cấp trên không có tin', en: 'Cases at superiors without news' },
    counts: { vi: 'vụ việc không có tin / vụ việc đang ở cấp trên', en: 'without news of open cases at superiors' },
    better: 'lower',
    green: 0,
    amber: 20,
    list: (place) => at('superior-matters', place, '&stale=true'),
  },
  gatherings: {
    row: 'superior',
    label: { vi: 'Đoàn đông người từ địa bàn', en: 'Gatherings of people from the area' },
    counts: { vi: 'lần tập trung ở nơi khác / lần tập trung trong kỳ', en: 'elsewhere than at its own office of all in the period' },
    better: 'lower',
    green: 0,
    amber: 50,
    list: (place) => at('reception-incidents', place, `&as=origin&from=${place.from}&to=${place.to}&elsewhere=true`),
  },
  regulations_missing: {
    row: 'regulations',
    label: { vi: 'Thiếu nội quy, quy chế', en: 'Regulations missing' },
    counts: { vi: 'chưa ban hành / phải có', en: 'missing of those required' },
    better: 'lower',
    green: 0,
    amber: 25,
    list: (place) => at('regulations/gaps', place, '&gap=missing'),
  },
  regulations_outdated: {
    row: 'regulations',
    label: { vi: 'Nội quy, quy chế lạc hậu', en: 'Regulations outdated' },
    counts: { vi: 'căn cứ đã thay đổi / đang có hiệu lực', en: 'whose basis has changed of those required and in force' },
    better: 'lower',
    green: 0,
    amber: 25,
    list: (place) => at('regulations/gaps', place, '&gap=outdated'),
  },
  entered_late: {
    row: 'software',
    label: { vi: 'Nhập chậm', en: 'Entered late' },
    counts: {
      vi: 'nhập sau ngày làm việc kế tiếp / đã nhập trong kỳ',
      en: 'after the next working day of petitions and visits in the period',
    },
    better: 'lower',
    green: 10,
    amber: 30,
    list: (place) => at('rollout/late-entries', place, `&from=${place.from}&to=${place.to}`),
  },
  rollout_late: {
    row: 'software',
    label: { vi: 'Triển khai chậm kế hoạch', en: 'Roll-out behind its plan' },
    counts: { vi: 'đơn vị chậm / đơn vị', en: 'units that are late of all' },
    better: 'lower',
    green: 0,
    amber: 20,
    list: (place) => at('rollout/units', place, '&late=true'),
  },
} satisfies Record<string, Indicator>;
export type IndicatorCode = keyof typeof indicators;
export const indicatorCodes = Object.keys(indicators) as IndicatorCode[];

/** Share in per cent, to one decimal; null where there is nothing to have a share of. */
export function shareOf({ part, of }: Part): number | null {
  return share(part, of);
}

/** The light that a figure has by the thresholds of its indicator. */
export function lightOf(code: IndicatorCode, figure: Part): Light {
  const reached = shareOf(figure);
  if (reached === null) return 'none';
  const { better, green, amber } = indicators[code];
  const reaches = (threshold: number) => (better === 'higher' ? reached >= threshold : reached <= threshold);
  return reaches(green) ? 'green' : reaches(amber) ? 'amber' : 'red';
}

/** The worst of some lights. */
export function worstOf(found: readonly Light[]): Light {
  return (['red', 'amber', 'green'] as const).find((light) => found.includes(light)) ?? 'none';
}

export type Trend = 'better' | 'worse' | 'same' | 'unknown';

/** Whether a figure has become better: by its share, or by its part where the wholes cannot be compared. */
export function trendOf(code: IndicatorCode, now: Part, before: Part | null): Trend {
  if (!before) return 'unknown';
  const [reached, former] = [shareOf(now), shareOf(before)];
  if (reached === null || former === null) return 'unknown';
  if (reached === former) return 'same';
  return reached > former === (indicators[code].better === 'higher') ? 'better' : 'worse';
}
