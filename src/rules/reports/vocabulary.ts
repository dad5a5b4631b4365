import type { Bilingual } from '../../platform/problems/problem.js';
import { own } from '../../platform/text/own.js';

/** In what a figure is told. */
export const measuringUnits = {
  visits: { vi: 'lượt', en: 'visits' },
  persons: { vi: 'người', en: 'persons' },
  sessions: { vi: 'kỳ', en: 'sessions' },
  groups: { vi: 'đoàn', en: 'groups' },
  petitions: { vi: 'đơn', en: 'petitions' },
  cases: { vi: 'vụ việc', en: 'cases' },
  documents: { vi: 'văn bản', en: 'documents' },
  decisions: { vi: 'quyết định, kết luận', en: 'decisions, conclusions' },
  organisations: { vi: 'tổ chức', en: 'organisations' },
  million_dong: { vi: 'triệu đồng', en: 'million đồng' },
  square_metres: { vi: 'm²', en: 'm²' },
  days: { vi: 'ngày', en: 'days' },
  classes: { vi: 'lớp', en: 'classes' },
  inspections: { vi: 'cuộc', en: 'inspections' },
  units: { vi: 'đơn vị', en: 'units' },
} satisfies Record<string, Bilingual>;
export type MeasuringUnit = keyof typeof measuringUnits;

/** In what means and shares are told, beside these. */
export const analysisUnits = { ...measuringUnits, per_cent: { vi: '%', en: '%' } } satisfies Record<string, Bilingual>;
export type AnalysisUnit = keyof typeof analysisUnits;

/** What distinguishes the things of a source: one of its values, or yes and no. */
export interface Attribute {
  label: Bilingual;
  values: 'boolean' | Record<string, Bilingual>;
}

/** What is added up over the things of a source. */
export interface Measure {
  label: Bilingual;
  unit: MeasuringUnit;
}

/** A source of figures: things that are counted, each in a unit and a period. */
export interface Source {
  label: Bilingual;
  attributes: Record<string, Attribute>;
  measures: Record<string, Measure>;
}

const kind: Attribute = {
  label: { vi: 'Loại đơn', en: 'Kind' },
  values: {
    complaint: { vi: 'Khiếu nại', en: 'Complaint' },
    denunciation: { vi: 'Tố cáo', en: 'Denunciation' },
    recommendation: { vi: 'Kiến nghị', en: 'Recommendation' },
    reflection: { vi: 'Phản ánh', en: 'Reflection' },
  },
};

/** Fields of petitions as the forms divide them; a code that is none of them counts as `other`. */
export const reportFields = {
  policy: { vi: 'Chế độ, chính sách', en: 'Policy' },
  land_housing: { vi: 'Đất đai, nhà cửa', en: 'Land and housing' },
  officials_duty: { vi: 'Công chức, công vụ', en: 'Officials and public duty' },
  other_administrative: { vi: 'Hành chính khác', en: 'Other administrative' },
  corruption: { vi: 'Tham nhũng', en: 'Corruption' },
  judicial: { vi: 'Tư pháp', en: 'Judicial' },
  party: { vi: 'Đảng, đoàn thể', en: 'Party and mass organisations' },
  other: { vi: 'Khác', en: 'Other' },
} satisfies Record<string, Bilingual>;

const stage: Attribute = {
  label: { vi: 'Lần giải quyết', en: 'Instance' },
  values: {
    first: { vi: 'Lần đầu', en: 'First' },
    second: { vi: 'Lần hai', en: 'Second' },
    continuing: { vi: 'Tố cáo tiếp', en: 'Continuing denunciation' },
    none: { vi: 'Không phân lần', en: 'None' },
  },
};

const petitionsAndCases: Source['measures'] = {
  petitions: { label: { vi: 'Số đơn', en: 'Petitions' }, unit: 'petitions' },
  cases: { label: { vi: 'Số vụ việc', en: 'Cases' }, unit: 'cases' },
};

const within: Attribute = { label: { vi: 'Thuộc thẩm quyền', en: 'Within competence' }, values: 'boolean' };

const passed: Attribute = {
  label: { vi: 'Xử lý đơn không thuộc thẩm quyền', en: 'What was done outside competence' },
  values: {
    guided: { vi: 'Hướng dẫn', en: 'Guided' },
    transferred: { vi: 'Chuyển đơn', en: 'Transferred' },
    urged: { vi: 'Đôn đốc giải quyết', en: 'Urged' },
    none: { vi: 'Không', en: 'None' },
  },
};

/** What the forms of 2025 ask of a petition beside those of before: whether its conditions were looked at, and what came of it. */
const examination: Record<string, Attribute> = {
  examined: { label: { vi: 'Đã xem xét điều kiện xử lý', en: 'Conditions looked at' }, values: 'boolean' },
  qualified: {
    label: { vi: 'Đủ điều kiện xử lý, kể cả đang xem xét thụ lý', en: 'Eligible, with what is considered for acceptance' },
    values: 'boolean',
  },
  acceptance: {
    label: { vi: 'Kết quả xem xét thụ lý', en: 'Acceptance' },
    values: {
      considering: { vi: 'Đang xem xét điều kiện thụ lý', en: 'Being considered' },
      accepted: { vi: 'Đã thụ lý giải quyết', en: 'Accepted' },
      refused: { vi: 'Không thụ lý', en: 'Refused' },
      ended: { vi: 'Rút đơn, đình chỉ giải quyết', en: 'Withdrawn or terminated' },
      none: { vi: 'Không có', en: 'None' },
    },
  },
  directed: {
    label: { vi: 'Kết quả xử lý đơn không thuộc thẩm quyền', en: 'Where it was directed' },
    values: {
      guided: { vi: 'Hướng dẫn', en: 'Guided' },
      transferred: { vi: 'Chuyển đơn', en: 'Transferred' },
      none: { vi: 'Không', en: 'None' },
    },
  },
};

const processing: Record<string, Attribute> = {
  movement: {
    label: { vi: 'Kỳ tiếp nhận', en: 'When it arrived' },
    values: {
      carried: { vi: 'Kỳ trước chuyển sang', en: 'Carried over from before' },
      received: { vi: 'Tiếp nhận trong kỳ', en: 'Received in the period' },
    },
  },
  progress: {
    label: { vi: 'Tình trạng xử lý cuối kỳ', en: 'Processing at the end of the period' },
    values: { processed: { vi: 'Đã xử lý', en: 'Processed' }, open: { vi: 'Chưa xử lý', en: 'Not yet processed' } },
  },
  eligible: { label: { vi: 'Đủ điều kiện xử lý', en: 'Eligible' }, values: 'boolean' },
  channel: {
    label: { vi: 'Nguồn đơn', en: 'Channel' },
    values: {
      in_person: { vi: 'Tiếp công dân', en: 'Reception' },
      post: { vi: 'Bưu điện', en: 'Post' },
      handed_in: { vi: 'Nộp tại trụ sở', en: 'Handed in' },
      online: { vi: 'Trực tuyến', en: 'Online' },
      transferred: { vi: 'Đơn vị khác chuyển', en: 'Transferred' },
      forwarded: { vi: 'Cơ quan, người có thẩm quyền chuyển', en: 'Forwarded' },
    },
  },
  kind,
  field: { label: { vi: 'Lĩnh vực', en: 'Field' }, values: reportFields },
  signatories: {
    label: { vi: 'Người đứng đơn', en: 'Signatories' },
    values: {
      one: { vi: 'Một người đứng tên', en: 'One' },
      many: { vi: 'Nhiều người đứng tên', en: 'Many' },
      none: { vi: 'Không rõ người đứng tên', en: 'Nobody named' },
    },
  },
  stage,
  within,
  passed,
  matter: {
    label: { vi: 'Tình trạng giải quyết vụ việc khi xử lý đơn', en: 'The matter when the petition was processed' },
    values: {
      not_begun: { vi: 'Chưa giải quyết', en: 'Not begun' },
      in_hand: { vi: 'Đang giải quyết', en: 'In hand' },
      resolved_first: { vi: 'Đã giải quyết lần đầu', en: 'Resolved once' },
      resolved_many: { vi: 'Đã giải quyết nhiều lần', en: 'Resolved more than once' },
      court: { vi: 'Đã có bản án của Toà án', en: 'Decided by a court' },
    },
  },
  resolved: { label: { vi: 'Đã giải quyết xong trong kỳ', en: 'Resolved by the end of the period' }, values: 'boolean' },
  ...examination,
  split: { label: { vi: 'Đơn đã tách nội dung', en: 'Split into parts' }, values: 'boolean' },
  ofWhole: { label: { vi: 'Phần của đơn đã tính ở đơn gốc', en: 'A part that counts with its petition' }, values: 'boolean' },
};

const petitionsAndCasesWithin: Source['measures'] = {
  ...petitionsAndCases,
  withinCases: { label: { vi: 'Số vụ việc thuộc thẩm quyền', en: 'Cases within competence' }, unit: 'cases' },
};

const receptionOf = (values: ('regular' | 'head' | 'delegated')[]): Attribute => ({
  label: { vi: 'Hình thức tiếp', en: 'Reception' },
  values: Object.fromEntries(values.map((value) => [value, receptions[value]])),
});
const receptions = {
  regular: { vi: 'Tiếp thường xuyên', en: 'Regular' },
  head: { vi: 'Người đứng đầu tiếp', en: 'By the head' },
  delegated: { vi: 'Uỷ quyền tiếp', en: 'By a delegate' },
};

const quantities: Source['measures'] = {
  money: { label: { vi: 'Tiền', en: 'Money' }, unit: 'million_dong' },
  land: { label: { vi: 'Đất', en: 'Land' }, unit: 'square_metres' },
  organisations: { label: { vi: 'Số tổ chức', en: 'Organisations' }, unit: 'organisations' },
  persons: { label: { vi: 'Số người', en: 'Persons' }, unit: 'persons' },
  officials: { label: { vi: 'Số cán bộ, công chức, viên chức', en: 'Officials' }, unit: 'persons' },
  cases: { label: { vi: 'Số vụ', en: 'Cases' }, unit: 'cases' },
};

const obligations: Record<string, Attribute> = {
  kind,
  type: {
    label: { vi: 'Nghĩa vụ', en: 'Obligation' },
    values: {
      recover_for_state: { vi: 'Thu hồi cho Nhà nước', en: 'Recover for the State' },
      restore_organisation: { vi: 'Trả lại cho tổ chức', en: 'Give back to organisations' },
      restore_person: { vi: 'Trả lại cho cá nhân', en: 'Give back to persons' },
      sanction: { vi: 'Xử lý hành chính', en: 'Sanction' },
      investigation: { vi: 'Chuyển cơ quan điều tra', en: 'Investigating body' },
      other: { vi: 'Khác', en: 'Other' },
    },
  },
};

/** Everything that a column of a form may count, by which a set of forms is data: sources, what distinguishes their things, what is added up. */
export const sources = {
  petitions: {
    label: { vi: 'Đơn tại đơn vị (đơn tách nội dung tính một)', en: 'Petitions at the unit; one that was split counts once' },
    attributes: processing,
    measures: petitionsAndCasesWithin,
  },
  matters: {
    label: {
      vi: 'Đơn theo từng nội dung (mỗi phần của đơn tách tính một)',
      en: 'Petitions by matter; each part of one that was split counts',
    },
    attributes: processing,
    measures: petitionsAndCasesWithin,
  },
  reception_petitions: {
    label: { vi: 'Đơn tiếp nhận qua tiếp công dân trong kỳ', en: 'Petitions received through reception in the period' },
    attributes: { kind, within, passed },
    measures: petitionsAndCases,
  },
  replies: {
    label: { vi: 'Văn bản trả lời về đơn đã chuyển, nhận trong kỳ', en: 'Replies to transfers, received in the period' },
    attributes: { kind, reception: { label: { vi: 'Đơn nhận qua tiếp công dân', en: 'Received through reception' }, values: 'boolean' } },
    measures: { replies: { label: { vi: 'Số văn bản', en: 'Replies' }, unit: 'documents' } },
  },
  settlements: {
    label: { vi: 'Vụ việc thụ lý giải quyết', en: 'Matters accepted for resolution' },
    attributes: {
      kind,
      movement: processing['movement']!,
      stage,
      settled: { label: { vi: 'Đã kết thúc giải quyết trong kỳ', en: 'Ended in the period' }, values: 'boolean' },
      by: {
        label: { vi: 'Kết thúc bằng', en: 'Ended by' },
        values: {
          decision: { vi: 'Quyết định, kết luận', en: 'Decision or conclusion' },
          withdrawal: { vi: 'Rút đơn', en: 'Withdrawal' },
          termination: { vi: 'Đình chỉ', en: 'Termination' },
          none: { vi: 'Chưa kết thúc', en: 'Not ended' },
        },
      },
      result: {
        label: { vi: 'Kết quả', en: 'Result' },
        values: {
          right: { vi: 'Đúng', en: 'Right' },
          partly_right: { vi: 'Có đúng, có sai', en: 'Partly right' },
          wrong: { vi: 'Sai', en: 'Wrong' },
          confirmed: { vi: 'Công nhận quyết định lần đầu', en: 'First decision confirmed' },
          changed_or_annulled: { vi: 'Huỷ, sửa quyết định lần đầu', en: 'First decision changed or annulled' },
          none: { vi: 'Không có', en: 'None' },
        },
      },
      timely: {
        label: { vi: 'Thời hạn', en: 'Limit' },
        values: {
          in_time: { vi: 'Đúng thời hạn', en: 'In time' },
          late: { vi: 'Quá thời hạn', en: 'Late' },
          unknown: { vi: 'Không rõ thời hạn', en: 'Limit not known' },
        },
      },
      issued: { label: { vi: 'Quyết định, kết luận ban hành trong kỳ', en: 'Decided or concluded in the period' }, values: 'boolean' },
    },
    measures: {
      ...petitionsAndCases,
      decisions: { label: { vi: 'Số quyết định, kết luận', en: 'Decisions, conclusions' }, unit: 'decisions' },
    },
  },
  imposed: {
    label: { vi: 'Nghĩa vụ theo quyết định, kết luận ban hành trong kỳ', en: 'Obligations of decisions and conclusions of the period' },
    attributes: obligations,
    measures: quantities,
  },
  enforcements: {
    label: { vi: 'Quyết định, kết luận phải thi hành trong kỳ', en: 'Decisions and conclusions to be carried out in the period' },
    attributes: { kind, done: { label: { vi: 'Đã thi hành xong', en: 'Carried out' }, values: 'boolean' } },
    measures: { decisions: { label: { vi: 'Số quyết định, kết luận', en: 'Decisions' }, unit: 'decisions' } },
  },
  executions: {
    label: {
      vi: 'Quyết định, kết luận phải thi hành: ban hành trong kỳ hoặc chưa thi hành xong từ kỳ trước',
      en: 'Decisions and conclusions to be carried out: of the period, or not carried out before it',
    },
    attributes: { kind, done: { label: { vi: 'Đã thi hành xong', en: 'Carried out' }, values: 'boolean' } },
    measures: { decisions: { label: { vi: 'Số quyết định, kết luận', en: 'Decisions' }, unit: 'decisions' } },
  },
  owed: {
    label: {
      vi: 'Nghĩa vụ phải thi hành theo quyết định, kết luận của kỳ này và kỳ trước chuyển sang',
      en: 'What decisions and conclusions of the period and of before still oblige to',
    },
    attributes: obligations,
    measures: quantities,
  },
  outstanding: {
    label: { vi: 'Nghĩa vụ còn phải thi hành trong kỳ', en: 'What was still to be carried out in the period' },
    attributes: obligations,
    measures: quantities,
  },
  performed: {
    label: { vi: 'Kết quả thi hành trong kỳ', en: 'What was carried out in the period' },
    attributes: obligations,
    measures: quantities,
  },
  visits: {
    label: { vi: 'Lượt tiếp công dân', en: 'Visits' },
    attributes: {
      reception: receptionOf(['regular', 'head', 'delegated']),
      repeated: { label: { vi: 'Tiếp nhiều lần', en: 'Repeated' }, values: 'boolean' },
      largeGroup: { label: { vi: 'Đoàn đông người', en: 'Large group' }, values: 'boolean' },
      takenByHead: {
        label: {
          vi: 'Tiếp thường xuyên về vụ việc Thủ trưởng cũng tiếp trong kỳ',
          en: 'Regular, of a case that the head received in the period',
        },
        values: 'boolean',
      },
    },
    measures: {
      visits: { label: { vi: 'Số lượt tiếp', en: 'Visits' }, unit: 'visits' },
      persons: { label: { vi: 'Số người', en: 'Persons' }, unit: 'persons' },
      cases: { label: { vi: 'Số vụ việc', en: 'Cases' }, unit: 'cases' },
      groups: { label: { vi: 'Số đoàn', en: 'Groups' }, unit: 'groups' },
      groupCases: { label: { vi: 'Số vụ việc của đoàn đông người', en: 'Cases of large groups' }, unit: 'cases' },
      casesAtHead: {
        label: {
          vi: 'Số vụ việc, tính một lần và ở mục Thủ trưởng nếu Thủ trưởng có tiếp',
          en: 'Cases, each once and at the head where the head received it',
        },
        unit: 'cases',
      },
    },
  },
  sessions: {
    label: { vi: 'Kỳ tiếp công dân', en: 'Sessions' },
    attributes: {
      reception: receptionOf(['head', 'delegated']),
      announced: { label: { vi: 'Được thông báo công khai', en: 'Publicly announced' }, values: 'boolean' },
    },
    measures: {
      sessions: { label: { vi: 'Số kỳ tiếp', en: 'Sessions' }, unit: 'sessions' },
      days: { label: { vi: 'Số ngày tiếp', en: 'Days' }, unit: 'days' },
    },
  },
  regulations: {
    label: {
      vi: 'Quy định, quy chế của đơn vị ban hành, sửa đổi, huỷ bỏ trong kỳ',
      en: 'Regulations issued, amended or repealed in the period',
    },
    attributes: {
      change: {
        label: { vi: 'Hình thức', en: 'Change' },
        values: {
          issued: { vi: 'Ban hành mới', en: 'Issued' },
          amended: { vi: 'Sửa đổi, bổ sung', en: 'Amended' },
          repealed: { vi: 'Huỷ bỏ', en: 'Repealed' },
        },
      },
    },
    measures: { documents: { label: { vi: 'Số văn bản', en: 'Documents' }, unit: 'documents' } },
  },
  responsibility: {
    label: { vi: 'Cuộc thanh tra trách nhiệm', en: 'Inspections of responsibility' },
    attributes: {
      running: {
        label: {
          vi: 'Triển khai trong kỳ hoặc từ kỳ trước chưa ban hành kết luận',
          en: 'Begun in the period, or before and not concluded then',
        },
        values: 'boolean',
      },
      concluded: { label: { vi: 'Ban hành kết luận trong kỳ', en: 'Concluded in the period' }, values: 'boolean' },
      owed: { label: { vi: 'Kết luận phải thực hiện trong kỳ', en: 'Conclusion to be carried out' }, values: 'boolean' },
    },
    measures: {
      inspections: { label: { vi: 'Số cuộc', en: 'Inspections' }, unit: 'inspections' },
      units: { label: { vi: 'Số đơn vị', en: 'Units' }, unit: 'units' },
      conclusions: { label: { vi: 'Số kết luận', en: 'Conclusions' }, unit: 'decisions' },
      owedConclusions: { label: { vi: 'Số kết luận phải thực hiện', en: 'Conclusions to be carried out' }, unit: 'decisions' },
    },
  },
  declared: {
    label: { vi: 'Số liệu do đơn vị khai', en: 'Figures that the unit declares' },
    attributes: {},
    measures: {
      classes: { label: { vi: 'Số lớp', en: 'Classes' }, unit: 'classes' },
      persons: { label: { vi: 'Số người', en: 'Persons' }, unit: 'persons' },
      organisations: { label: { vi: 'Số tổ chức', en: 'Organisations' }, unit: 'organisations' },
      cases: { label: { vi: 'Số vụ', en: 'Cases' }, unit: 'cases' },
    },
  },
} satisfies Record<string, Source>;
export type SourceName = keyof typeof sources;
export const sourceNames = Object.keys(sources) as SourceName[];

/**
 * What stands under a measure or attribute that was looked at when a form or pivot was taken.
 * @throws Error for a name that is not in the vocabulary: it never becomes a statement
 */
export function inVocabulary<Value>(names: Readonly<Record<string, Value>>, name: string): Value {
  const value = own(names, name);
  if (value === undefined) throw new Error(`"${name}" is not in the vocabulary of reports`);
  return value;
}

export function sourceOf(name: SourceName): Source {
  return sources[name];
}

/** What an analysis may ask of a source beside its measures: means and shares, which no form adds up. */
export interface DerivedMeasure {
  label: Bilingual;
  unit: 'days' | 'per_cent' | 'persons';
}

const daysToProcess: Record<string, DerivedMeasure> = {
  daysToProcess: { label: { vi: 'Số ngày xử lý bình quân', en: 'Mean days from arrival to processing' }, unit: 'days' },
  daysToProcessMedian: { label: { vi: 'Số ngày xử lý trung vị', en: 'Median days from arrival to processing' }, unit: 'days' },
  overLevelShare: { label: { vi: 'Tỷ lệ đơn gửi vượt cấp', en: 'Share filed over the competent level' }, unit: 'per_cent' },
};

export const derivedMeasures: Partial<Record<SourceName, Record<string, DerivedMeasure>>> = {
  petitions: daysToProcess,
  matters: daysToProcess,
  settlements: {
    daysToSettle: { label: { vi: 'Số ngày giải quyết bình quân', en: 'Mean days from acceptance to the end' }, unit: 'days' },
    daysToSettleMedian: { label: { vi: 'Số ngày giải quyết trung vị', en: 'Median days from acceptance to the end' }, unit: 'days' },
    inTimeShare: { label: { vi: 'Tỷ lệ giải quyết đúng hạn', en: 'Share ended in time, of those with a known limit' }, unit: 'per_cent' },
  },
  visits: {
    personsPerVisit: { label: { vi: 'Số người bình quân một lượt', en: 'Mean persons of a visit' }, unit: 'persons' },
    repeatShare: {
      label: { vi: 'Tỷ lệ lượt tiếp về vụ việc đã tiếp trước đó', en: 'Share of visits about a case that was brought before' },
      unit: 'per_cent',
    },
  },
};

/** How an analysis may divide beside the attributes of a source: by the row of the report, its level, the district or province that it lies in, and the day on which what is counted happened. */
export const commonDimensions = {
  unit: { vi: 'Đơn vị', en: 'Unit' },
  level: { vi: 'Cấp', en: 'Level' },
  district: { vi: 'Quận, huyện', en: 'District' },
  province: { vi: 'Tỉnh, thành phố', en: 'Province' },
  month: { vi: 'Tháng', en: 'Month' },
  quarter: { vi: 'Quý', en: 'Quarter' },
  year: { vi: 'Năm', en: 'Year' },
} satisfies Record<string, Bilingual>;
export type CommonDimension = keyof typeof commonDimensions;
