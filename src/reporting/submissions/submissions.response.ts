import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';
import type { UnitLevel, UnitStructure } from '../../rules/structure/unit-structure.js';
import { unitLevels } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { FormCircularResponse, toCircular } from '../forms.response.js';
import { CheckResultResponse, ReportPeriodResponse, ReportSubtotalResponse, toPeriod } from '../reports.response.js';
import { type Reporter, reporters } from '../../rules/reports/report-deadlines.js';
import { type Deadline, type DeadlinePeriod, deadlinePeriods } from './deadlines.service.js';
import type { OpeningFigures } from './opening-figures.service.js';
import type { PeriodStatus, UnitReportStatus } from './report-status.service.js';
import { type Difference, type Frozen, narrativeParts, type Submission, type SubmissionState, submissionStates } from './submission.js';
import { isIntact, periodOfReport } from './submissions.service.js';

const figures = { type: 'object', additionalProperties: { type: 'number' }, example: { 1: 120, 2: 20, 3: 100 } } as const;

export class SubmissionResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;
  period: ReportPeriodResponse;

  @ApiProperty({ example: 1 })
  revision: number;

  @ApiProperty({ format: 'uuid' })
  supersedesId: string | null;

  revisionReason: string | null;

  /** The revision that came after it. */
  @ApiProperty({ format: 'uuid' })
  supersededById: string | null;

  @ApiProperty({ enum: submissionStates })
  state: SubmissionState;

  @ApiProperty({ format: 'date' })
  dueOn: string | null;

  /** Parts in words. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { situation: 'Tình hình khiếu nại giảm so với cùng kỳ.' },
    description: Object.keys(narrativeParts).join(', '),
  })
  narrative: Record<string, string>;

  @ApiProperty({ format: 'uuid' })
  narrativeDocumentId: string | null;

  /** Circular whose forms were frozen. */
  @ApiProperty({ example: '06/2025/TT-TTCP' })
  circular: string | null;

  /** Moment that the frozen figures stand for. */
  @ApiProperty({ format: 'date-time' })
  asOf: string | null;

  /** SHA-256 over the figures, the forms, the words and the signer. */
  digest: string | null;

  @ApiProperty({ example: 'Chủ tịch' })
  signerTitle: string | null;

  @ApiProperty({ example: 'Nguyễn Thị Lan' })
  signerName: string | null;

  @ApiProperty({ format: 'date' })
  submittedOn: string | null;

  /** Day of the acceptance or the return. */
  @ApiProperty({ format: 'date' })
  decidedOn: string | null;

  returnReason: string | null;

  /** The superior's report that its rows went into. */
  @ApiProperty({ format: 'uuid' })
  consolidatedIntoId: string | null;

  @ApiProperty({ example: 1 })
  version: number;
}

export class SubmissionPageResponse {
  items: SubmissionResponse[];
  nextCursor: string | null;
}

export class FrozenSourceResponse {
  @ApiProperty({ format: 'uuid' })
  reportId: string;

  @ApiProperty({ example: 1 })
  revision: number;
}

export class FrozenRowResponse {
  @ApiProperty({ format: 'uuid' })
  unitId: string;

  @ApiProperty({ example: '00004' })
  code: string;

  @ApiProperty({ example: 'Phường Ba Đình' })
  name: string;

  @ApiProperty({ enum: unitLevels })
  level: UnitLevel;

  @ApiProperty(figures)
  figures: Record<string, number>;

  /** What its checks need beside its own columns; missing in what was signed before there was any. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'number' }, example: { '02-XLD:6': 12 } })
  beside?: Record<string, number>;

  failed: CheckResultResponse[];

  /** The accepted report that it was taken from; null where it was counted. */
  from: FrozenSourceResponse | null;
}

export class FrozenFormResponse {
  @ApiProperty({ example: '02-XLD' })
  code: string;

  title: BilingualResponse;
  rows: FrozenRowResponse[];
  subtotals: ReportSubtotalResponse[];

  @ApiProperty(figures)
  total: Record<string, number>;

  checks: CheckResultResponse[];
}

export class FrozenReportResponse {
  report: SubmissionResponse;

  /** What is stored is what was signed: the digest proves it. */
  intact: boolean;

  set: FormCircularResponse;
  forms: FrozenFormResponse[];
}

export class DifferenceResponse implements Difference {
  @ApiProperty({ example: '02-XLD' })
  form: string;

  @ApiProperty({ example: 3 })
  column: number;

  /** Null for the total. */
  @ApiProperty({ format: 'uuid' })
  unitId: string | null;

  @ApiProperty({ example: 100 })
  frozen: number;

  @ApiProperty({ example: 102 })
  now: number;

  /** The list behind the figure of today. */
  @ApiProperty({ example: '/api/v1/reports/forms/02-XLD/cells/3?from=2025-12-15&to=2026-06-14' })
  list: string;
}

export class ReportDifferencesResponse {
  report: SubmissionResponse;
  intact: boolean;

  /** Moment of the figures that it is compared with. */
  @ApiProperty({ format: 'date-time' })
  asOf: string;

  items: DifferenceResponse[];
}

export class ReportUrgedResponse {
  @ApiProperty({ example: 1 })
  count: number;

  @ApiProperty({ format: 'date' })
  lastOn: string;

  /** The last letter. */
  @ApiProperty({ format: 'uuid' })
  documentId: string;
}

export class UnitReportStatusResponse {
  unit: UnitReference;

  @ApiProperty({ format: 'date' })
  dueOn: string | null;

  /** Null where there is none yet. */
  @ApiProperty({ enum: [...submissionStates, null], nullable: true, type: String })
  state: SubmissionState | null;

  @ApiProperty({ format: 'uuid' })
  reportId: string | null;

  @ApiProperty({ format: 'date' })
  submittedOn: string | null;

  /** It was not handed in by its last day, or has not been by today. */
  late: boolean;

  urged: ReportUrgedResponse | null;
}

export class ReportCountsResponse {
  @ApiProperty({ example: 126 })
  units: number;

  @ApiProperty({ example: 3 })
  none: number;

  @ApiProperty({ example: 2 })
  draft: number;

  @ApiProperty({ example: 40 })
  submitted: number;

  @ApiProperty({ example: 1 })
  returned: number;

  @ApiProperty({ example: 80 })
  accepted: number;

  @ApiProperty({ example: 4 })
  late: number;
}

export class PeriodStatusResponse {
  unit: UnitReference;
  period: ReportPeriodResponse;
  counts: ReportCountsResponse;
  items: UnitReportStatusResponse[];
}

export class DeadlineResponse implements Deadline {
  @ApiProperty({ enum: reporters })
  reporter: Reporter;

  @ApiProperty({ enum: deadlinePeriods })
  period: DeadlinePeriod;

  /** Days after the last day of the period. */
  @ApiProperty({ example: 1 })
  daysAfter: number;

  @ApiProperty({ example: 'Đề xuất: ngày 15' })
  source: string;

  /** False where it is a proposal and no rule. */
  verified: boolean;

  /** Days after the last day that the law in force gives at most (Circular 06/2025/TT-TTCP art. 7); null where no law does. */
  @ApiProperty({ type: 'integer', example: 3 })
  daysByLaw: number | null;

  @ApiProperty({ example: 1 })
  version: number;
}

export class DeadlinesResponse {
  items: DeadlineResponse[];
}

export class OpeningFiguresResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: '02-XLD' })
  formCode: string;

  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  @ApiProperty(figures)
  figures: Record<string, number>;

  note: string;

  @ApiProperty({ example: 1 })
  version: number;

  @ApiProperty({ format: 'date-time' })
  declaredAt: string;
}

export class OpeningFiguresListResponse {
  items: OpeningFiguresResponse[];
}

export function toSubmission(report: Submission, structure: UnitStructure): SubmissionResponse {
  const { id, revision, supersedesId, revisionReason, supersededById, state, dueOn, narrativeDocumentId, circular, digest, signerTitle } =
    report;
  const { signerName, submittedOn, decidedOn, returnReason, consolidatedIntoId, version } = report;
  return {
    id,
    unit: toUnitReference(structure.get(report.unitId)),
    period: toPeriod(periodOfReport(report)),
    revision,
    supersedesId,
    revisionReason,
    supersededById,
    state,
    dueOn,
    narrative: Object.fromEntries(Object.entries(report.narrative).filter((part): part is [string, string] => typeof part[1] === 'string')),
    narrativeDocumentId,
    circular,
    asOf: report.asOf?.toISOString() ?? null,
    digest,
    signerTitle,
    signerName,
    submittedOn,
    decidedOn,
    returnReason,
    consolidatedIntoId,
    version,
  };
}

export function toFrozen({ report, frozen }: { report: Submission; frozen: Frozen }, structure: UnitStructure): FrozenReportResponse {
  return {
    report: toSubmission(report, structure),
    intact: isIntact(report, frozen),
    set: toCircular(frozen.set),
    forms: frozen.forms.map((form) => ({ ...form, title: frozen.set.forms.find(({ code }) => code === form.code)!.title })),
  };
}

export function toDifferences(
  { report, intact, asOf, items }: { report: Submission; intact: boolean; asOf: Date; items: Difference[] },
  structure: UnitStructure,
): ReportDifferencesResponse {
  const listOf = ({ form, column, unitId }: Difference) =>
    `/api/v1/reports/forms/${form}/cells/${column}?unitId=${unitId ?? report.unitId}&includeSubordinates=${String(unitId === null)}&from=${report.from}&to=${report.to}&version=${encodeURIComponent(report.circular!)}`;
  return {
    report: toSubmission(report, structure),
    intact,
    asOf: asOf.toISOString(),
    items: items.map((item) => ({ ...item, list: listOf(item) })),
  };
}

export function toPeriodStatus({ unit, period, counts, items }: PeriodStatus): PeriodStatusResponse {
  return { unit: toUnitReference(unit), period: toPeriod(period), counts, items: items.map(toUnitStatus) };
}

function toUnitStatus({ unit, dueOn, state, report, late, urged }: UnitReportStatus): UnitReportStatusResponse {
  return { unit: toUnitReference(unit), dueOn, state, reportId: report?.id ?? null, submittedOn: report?.submittedOn ?? null, late, urged };
}

export function toOpening({
  id,
  formCode,
  from,
  to,
  figures: declared,
  note,
  version,
  declaredAt,
}: OpeningFigures): OpeningFiguresResponse {
  return { id, formCode, from, to, figures: declared, note, version, declaredAt: declaredAt.toISOString() };
}
