import type { BesideFigures, CheckResult, FormFigures, FormSet } from '../../rules/reports/form.js';
import type { UnitLevel } from '../../rules/structure/unit-structure.js';

export const submissionStates = ['draft', 'submitted', 'returned', 'accepted'] as const;
export type SubmissionState = (typeof submissionStates)[number];
/** States as Vietnamese sentences name them. */
export const submissionStateNames: Record<SubmissionState, string> = {
  draft: 'dự thảo',
  submitted: 'đã gửi',
  returned: 'bị trả lại',
  accepted: 'đã được nhận',
};

/** Parts of a report in words (narrative); what is left out is not in the paper. */
export const narrativeParts = {
  situation: { vi: 'Tình hình khiếu nại, tố cáo', en: 'Situation' },
  causes: { vi: 'Nguyên nhân', en: 'Causes' },
  results: { vi: 'Kết quả công tác', en: 'Results' },
  protection: { vi: 'Bảo vệ người tố cáo', en: 'Protection of denouncers' },
  direction: { vi: 'Lãnh đạo, chỉ đạo, điều hành', en: 'Direction' },
  assessment: { vi: 'Ưu điểm, kết quả', en: 'Assessment' },
  shortcomings: { vi: 'Tồn tại, hạn chế', en: 'Shortcomings' },
  reasons: { vi: 'Nguyên nhân của ưu điểm, tồn tại, hạn chế', en: 'Reasons of what went well and what did not' },
  forecast: { vi: 'Dự báo tình hình', en: 'Forecast' },
  tasks: { vi: 'Phương hướng, nhiệm vụ', en: 'Tasks ahead' },
  proposals: { vi: 'Kiến nghị, đề xuất', en: 'Proposals' },
} as const;
export type NarrativePart = keyof typeof narrativeParts;
export type Narrative = Partial<Record<NarrativePart, string | null>>;

/** A row as it was frozen; the unit by its names of then. */
export interface FrozenRow {
  unitId: string;
  code: string;
  name: string;
  level: UnitLevel;
  figures: FormFigures;
  /** What its checks need beside its own columns; missing in what was frozen before there was any. */
  beside?: BesideFigures;
  failed: CheckResult[];
  /** The accepted report that the row was taken from; null where it was counted. */
  from: { reportId: string; revision: number } | null;
}

/** A form as it was frozen. */
export interface FrozenForm {
  code: string;
  rows: FrozenRow[];
  subtotals: { level: UnitLevel; units: number; figures: FormFigures }[];
  total: FormFigures;
  checks: CheckResult[];
}

/** Everything that was signed: the set of forms, and the figures. */
export interface Frozen {
  set: FormSet;
  forms: FrozenForm[];
}

/** A report of a unit for a period, from draft to acceptance; a correction is a new revision. */
export interface Submission {
  id: string;
  unitId: string;
  periodCode: string;
  from: string;
  to: string;
  revision: number;
  supersedesId: string | null;
  revisionReason: string | null;
  /** The revision that came after it. */
  supersededById: string | null;
  state: SubmissionState;
  dueOn: string | null;
  narrative: Narrative;
  narrativeDocumentId: string | null;
  circular: string | null;
  asOf: Date | null;
  digest: string | null;
  signerTitle: string | null;
  signerName: string | null;
  submittedOn: string | null;
  decidedOn: string | null;
  returnReason: string | null;
  consolidatedIntoId: string | null;
  version: number;
}

/** One figure that is not any more what was signed. */
export interface Difference {
  form: string;
  column: number;
  /** Null for the total. */
  unitId: string | null;
  frozen: number;
  now: number;
}
