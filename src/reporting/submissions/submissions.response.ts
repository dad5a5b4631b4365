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

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: ReportPeriodResponse })
  period: ReportPeriodResponse;

  @ApiProperty({ example: 1 })
  revision: number;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  supersedesId: string | null;

  @ApiProperty({ type: String, nullable: true })
  revisionReason: string | null;

  /** The revision that came after it. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  supersededById: string | null;

  @ApiProperty({ enum: submissionStates })
  state: SubmissionState;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;

  /** Parts in words. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { situation: 'Tình hình khiếu nại giảm so với cùng kỳ.' },
    description: Object.keys(narrativeParts).join(', '),
  })
  narrative: Record<string, string>;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  narrativeDocumentId: string | null;

  /** Circular whose forms were frozen. */
  @ApiProperty({ type: String, nullable: true, example: '06/2025/TT-TTCP' })
  circular: string | null;

  /** Moment that the frozen figures stand for. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  asOf: string | null;

  /** SHA-256 over the figures, the forms, the words and the signer. */
  @ApiProperty({ type: String, nullable: true })
  digest: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Chủ tịch' })
  signerTitle: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Nguyễn Thị Lan' })
  signerName: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  submittedOn: string | null;

  /** Day of the acceptance or the return. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  decidedOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  returnReason: string | null;

  /** The superior's report that its rows went into. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  consolidatedIntoId: string | null;

  @ApiProperty({ example: 1 })
  version: number;
}

export class SubmissionPageResponse {
  @ApiProperty({ type: [SubmissionResponse] })
  items: SubmissionResponse[];

  @ApiProperty({ type: String, nullable: true })
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

  @ApiProperty({ type: [CheckResultResponse] })
  failed: CheckResultResponse[];

  /** The accepted report that it was taken from; null where it was counted. */
  @ApiProperty({ type: FrozenSourceResponse, nullable: true })
  from: FrozenSourceResponse | null;
}

export class FrozenFormResponse {
  @ApiProperty({ example: '02-XLD' })
  code: string;

  @ApiProperty({ type: BilingualResponse })
  title: BilingualResponse;

  @ApiProperty({ type: [FrozenRowResponse] })
  rows: FrozenRowResponse[];

  @ApiProperty({ type: [ReportSubtotalResponse] })
  subtotals: ReportSubtotalResponse[];

  @ApiProperty(figures)
  total: Record<string, number>;

  @ApiProperty({ type: [CheckResultResponse] })
  checks: CheckResultResponse[];
}

export class FrozenReportResponse {
  @ApiProperty({ type: SubmissionResponse })
  report: SubmissionResponse;

  /** What is stored is what was signed: the digest proves it. */
  @ApiProperty()
  intact: boolean;

  @ApiProperty({ type: FormCircularResponse })
  set: FormCircularResponse;

  @ApiProperty({ type: [FrozenFormResponse] })
  forms: FrozenFormResponse[];
}

export class DifferenceResponse implements Difference {
  @ApiProperty({ example: '02-XLD' })
  form: string;

  @ApiProperty({ example: 3 })
  column: number;

  /** Null for the total. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
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
  @ApiProperty({ type: SubmissionResponse })
  report: SubmissionResponse;

  @ApiProperty()
  intact: boolean;

  /** Moment of the figures that it is compared with. */
  @ApiProperty({ format: 'date-time' })
  asOf: string;

  @ApiProperty({ type: [DifferenceResponse] })
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
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;

  /** Null where there is none yet. */
  @ApiProperty({ enum: [...submissionStates, null], nullable: true, type: String })
  state: SubmissionState | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  reportId: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  submittedOn: string | null;

  /** It was not handed in by its last day, or has not been by today. */
  @ApiProperty()
  late: boolean;

  @ApiProperty({ type: ReportUrgedResponse, nullable: true })
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
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: ReportPeriodResponse })
  period: ReportPeriodResponse;

  @ApiProperty({ type: ReportCountsResponse })
  counts: ReportCountsResponse;

  @ApiProperty({ type: [UnitReportStatusResponse] })
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
  @ApiProperty()
  verified: boolean;

  /** Days after the last day that the law in force gives at most (Circular 06/2025/TT-TTCP art. 7); null where no law does. */
  @ApiProperty({ type: 'integer', nullable: true, example: 3 })
  daysByLaw: number | null;

  @ApiProperty({ example: 1 })
  version: number;
}

export class DeadlinesResponse {
  @ApiProperty({ type: [DeadlineResponse] })
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

  @ApiProperty()
  note: string;

  @ApiProperty({ example: 1 })
  version: number;

  @ApiProperty({ format: 'date-time' })
  declaredAt: string;
}

export class OpeningFiguresListResponse {
  @ApiProperty({ type: [OpeningFiguresResponse] })
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
