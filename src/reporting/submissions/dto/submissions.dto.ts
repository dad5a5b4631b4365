import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { Form, Id, Ids, LegalDay, OneOf, Part, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';
import { StatutoryPeriod } from '../../dto/reports.dto.js';
import { type SubmissionState, submissionStates } from '../submission.js';

/** Parts of the report in words; what is left out of a change stays. */
export class NarrativeDto {
  @Text({ max: 20_000, optional: true, example: 'Tình hình khiếu nại giảm so với cùng kỳ.' })
  situation?: string | null;

  @Text({ max: 20_000, optional: true })
  causes?: string | null;

  @Text({ max: 20_000, optional: true })
  results?: string | null;

  /** Protection of denouncers, in numbers: nobody is named here. */
  @Text({ max: 20_000, optional: true })
  protection?: string | null;

  /** How authorities led and directed. */
  @Text({ max: 20_000, optional: true })
  direction?: string | null;

  @Text({ max: 20_000, optional: true })
  assessment?: string | null;

  @Text({ max: 20_000, optional: true })
  shortcomings?: string | null;

  /** Why what went well did, and what did not. */
  @Text({ max: 20_000, optional: true })
  reasons?: string | null;

  @Text({ max: 20_000, optional: true })
  forecast?: string | null;

  @Text({ max: 20_000, optional: true })
  tasks?: string | null;

  @Text({ max: 20_000, optional: true, example: 'Đề nghị Thanh tra Thành phố tập huấn nghiệp vụ.' })
  proposals?: string | null;
}

export class ReportDraftDto {
  /** Whose report: your unit, or the authority that your office works for, which it is when left out. */
  @Id({ optional: true })
  unitId?: string | null;

  @StatutoryPeriod({ optional: true })
  period?: string | null;

  /** First and last day of a thematic report, which has no period. */
  @LegalDay({ optional: true, example: null })
  from?: string | null;

  @LegalDay({ optional: true, example: null })
  to?: string | null;

  @Part(() => NarrativeDto, { optional: true, example: { situation: 'Tình hình khiếu nại giảm so với cùng kỳ.' } })
  narrative?: NarrativeDto | null;
}

export class ReportSigningDto {
  @Text({ max: 200, example: 'Chủ tịch' })
  signerTitle: string;

  @Text({ max: 200, example: 'Nguyễn Thị Lan' })
  signerName: string;

  @LegalDay({ optional: true, example: null })
  submittedOn: string | null = null;
}

export class ReportAcceptanceDto {
  @LegalDay({ optional: true, example: null })
  decidedOn: string | null = null;
}

export class ReportReturnDto extends ReportAcceptanceDto {
  @Text({ max: 5000, example: 'Cột 3 biểu 01/XLD chưa khớp sổ tiếp nhận.' })
  reason: string;
}

export class ReportRevisionDto {
  @Text({ max: 5000, example: 'Bổ sung 02 đơn nhập muộn.' })
  reason: string;
}

export class SubmissionsQuery extends PageQuery {
  /** Your whole view when left out. */
  @Id({ optional: true })
  unitId?: string;

  /** With the units below: yes when left out. */
  @YesNo({ optional: true, example: true })
  includeSubordinates?: boolean;

  @Text({ max: 30, optional: true, example: '2026-M6' })
  period?: string;

  @OneOf(submissionStates, { optional: true, example: 'submitted' })
  state?: SubmissionState;
}

export class ReportStatusQuery {
  /** Where your view begins when left out. */
  @Id({ optional: true })
  unitId?: string;

  @StatutoryPeriod({ example: '2026-Q3' })
  period: string;
}

export class ReportUrgingDto {
  @StatutoryPeriod({ example: '2026-Q3' })
  period: string;

  /** Everybody who has not handed in when empty. */
  @Ids({ max: 1000, example: [] })
  unitIds: string[];

  @Text({ max: 200, example: 'Chánh Thanh tra' })
  signerTitle: string;

  @Text({ max: 200, example: 'Phạm Quốc Huy' })
  signerName: string;
}

export class ReportDeadlineDto {
  /** Days after the last day of the period. */
  @WholeNumber({ min: 0, max: 90, example: 1 })
  daysAfter: number;

  /** The paper that sets it. */
  @Text({ max: 500, example: 'Đề xuất: ngày 15' })
  source: string;

  @YesNo({ example: false })
  verified: boolean;
}

export class OpeningFiguresDto {
  @Form(/^\d{2}-[A-Z]{2,6}$/, { code: 'form_code', vi: 'Viết như 01-XLD.', en: 'Write like 01-XLD.', example: '02-XLD' })
  formCode: string;

  @LegalDay({ example: '2025-12-15' })
  from: string;

  /** The day before the unit began with the software. */
  @LegalDay({ example: '2026-02-28' })
  to: string;

  /** By the number of the column; what is left out is 0. They must keep the checks of the form. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, example: { 1: 12, 2: 10 } })
  @IsObject({ context: { code: 'object', vi: 'Phải là một đối tượng.', en: 'Must be an object.' } })
  figures: Record<string, number>;

  @Text({ max: 2000, example: 'Theo sổ giấy, phường dùng phần mềm từ 01/3/2026' })
  note: string;
}
