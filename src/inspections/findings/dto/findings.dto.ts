import { Id, LegalDay, OfficialWords, OneOf, Parts, Text, YesNo } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';
import { type Alert, alertStates } from '../../../rules/limits/alert.js';
import { type FindingState, findingStates, severities, type Severity } from '../finding.js';

export class FindingDto {
  /** Item of the checklist, or question of the review sheet, that it is about; none for what nothing asks. */
  @Text({ max: 10, optional: true, example: 'B1' })
  itemCode: string | null = null;

  @OfficialWords({ min: 3, max: 10_000, example: 'Nội quy tiếp công dân niêm yết ban hành trước khi sắp xếp đơn vị hành chính' })
  description: string;

  @OneOf(severities, { example: 'serious' })
  severity: Severity;

  @OfficialWords({ min: 3, max: 10_000, example: 'Ban hành nội quy mới và niêm yết tại nơi tiếp công dân' })
  recommendation: string;

  /** By when it is to be mended. */
  @LegalDay({ example: '2027-01-31' })
  dueOn: string;
}

export class FindingsDto {
  @Parts(() => FindingDto, { min: 1, max: 200 })
  items: FindingDto[];
}

export class FindingWithdrawalDto {
  @OfficialWords({ min: 3, max: 2000, example: 'Đơn vị đã xuất trình nội quy mới' })
  reason: string;
}

export class FindingAnswerDto {
  @OfficialWords({ min: 3, max: 10_000, example: 'Đã ban hành Nội quy số 15/NQ-UBND và niêm yết' })
  text: string;

  /** When it was mended; none while it is not. */
  @LegalDay({ optional: true, example: null })
  doneOn: string | null = null;
}

export class FindingAcceptanceDto {
  @OfficialWords({ min: 3, max: 10_000, example: 'Đã khắc phục, có ảnh niêm yết' })
  text: string;
}

export class FindingReturnDto {
  @OfficialWords({ min: 3, max: 10_000, example: 'Nội quy mới chưa có giờ tiếp công dân' })
  text: string;

  /** The new limit. */
  @LegalDay({ example: '2027-02-15' })
  dueOn: string;
}

export class InspectionConclusionDto {
  @OfficialWords({ min: 3, max: 20_000, example: 'Đơn vị cơ bản thực hiện đúng quy định; còn hạn chế về niêm yết và thời hạn thụ lý.' })
  assessment: string;

  @Text({ max: 200, example: 'Chánh Thanh tra' })
  signerTitle: string;

  @Text({ max: 200, example: 'Hoàng Minh Tuấn' })
  signerName: string;

  @Text({ max: 200, optional: true, example: 'Hà Nội' })
  place: string | null = null;

  /** Today when left out; earlier when it is entered later than it was signed. */
  @LegalDay({ optional: true, example: null })
  concludedOn?: string;
}

export class FindingsQuery extends PageQuery {
  /** The inspected unit. */
  @Id({ optional: true })
  unitId?: string;

  /** True when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @Id({ optional: true })
  inspectionId?: string;

  @Text({ max: 10, optional: true })
  itemCode?: string;

  @OneOf(severities, { optional: true })
  severity?: Severity;

  @OneOf(findingStates, { optional: true })
  state?: FindingState;

  /** How the limit of the unit stands; none where the unit is not waited for. */
  @OneOf([...alertStates, 'none'], { optional: true, example: 'overdue' })
  alert?: Alert;
}

export class RepeatedFindingsQuery {
  @Id({ optional: true })
  unitId?: string;

  /** True when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;
}

export class ComparisonQuery {
  /** Units below this one. */
  @Id({ optional: true })
  unitId?: string;

  /** First day of the conclusion; twelve months before the last when left out. */
  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;
}
