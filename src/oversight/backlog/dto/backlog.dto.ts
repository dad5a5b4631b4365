import { Id, LegalDay, OfficialWords, OneOf, Parts, SomeOf, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';
import {
  type BacklogCause,
  backlogCauseNames,
  type CommitmentState,
  commitmentStates,
  type LongCaseGround,
  longCaseGroundNames,
} from '../backlog.js';
import { type BurnDownStep, burnDownSteps } from '../burn-down.js';

class UnitsQuery extends PageQuery {
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;
}

export class BacklogQuery extends UnitsQuery {
  @OneOf(backlogCauseNames, { optional: true })
  cause?: BacklogCause;

  /** Whether there is a plan. */
  @YesNo({ optional: true })
  planned?: boolean;

  /** none: nobody promised; ahead: the promised day is to come; broken: it has passed. */
  @OneOf(commitmentStates, { optional: true })
  commitment?: CommitmentState;

  /** Whether the case is marked as complex and dragging on. */
  @YesNo({ optional: true })
  longCase?: boolean;

  /** So many days over the last legal day at the least. */
  @WholeNumber({ min: 0, max: 10_000, optional: true, example: 90 })
  daysOver?: number;
}

export class BacklogSummaryQuery {
  @Id({ optional: true })
  unitId?: string;
}

export class BurnDownQuery {
  @Id({ optional: true })
  unitId?: string;

  /** With everything below; true when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  /** Half a year ago when left out. */
  @LegalDay({ optional: true, example: null })
  from?: string;

  /** In three months when left out: days ahead show what is promised. */
  @LegalDay({ optional: true, example: null })
  to?: string;

  @OneOf(burnDownSteps, { optional: true, example: 'week' })
  step?: BurnDownStep;
}

export class StepDto {
  @OfficialWords({ min: 3, max: 2000, example: 'Đo đạc lại thửa đất, lập biên bản với hộ liền kề' })
  action: string;

  /** Who does it. */
  @OfficialWords({ max: 300, example: 'Công chức địa chính Lê Thu Hằng' })
  responsible: string;

  @LegalDay({ example: '2027-01-15' })
  dueOn: string;
}

export class PlanDto {
  @OneOf(backlogCauseNames, { example: 'evidence' })
  cause: BacklogCause;

  @OfficialWords({ max: 5000, optional: true, example: 'Thiếu bản đồ địa chính của khu tập thể' })
  causeNote: string | null = null;

  /** What is to be done; steps that are done stay beside these. */
  @Parts(() => StepDto, { min: 1, max: 30 })
  steps: StepDto[];
}

export class StepDoneDto {
  @LegalDay({ example: '2026-11-20' })
  doneOn: string;

  @OfficialWords({ min: 3, max: 5000, example: 'Đã đo, các hộ ký biên bản' })
  result: string;
}

export class CommitmentDto {
  @LegalDay({ example: '2027-02-26' })
  settleBy: string;

  @OfficialWords({ max: 2000, optional: true, example: 'Cam kết tại hội nghị giao ban' })
  note: string | null = null;
}

export class BacklogReviewItemDto {
  @Id()
  petitionId: string;

  @OfficialWords({ min: 3, max: 5000, example: 'Chủ tịch trực tiếp đối thoại trong tháng 12' })
  decision: string;

  @LegalDay({ optional: true, example: '2026-12-31' })
  dueOn: string | null = null;
}

export class BacklogReviewDto {
  @LegalDay({ example: '2026-11-16' })
  heldOn: string;

  @Text({ max: 300, example: 'Trần Văn Đức, Chủ tịch UBND phường' })
  chairedBy: string;

  @Text({ max: 2000, optional: true, example: 'Văn phòng, Thanh tra, công chức địa chính' })
  participants: string | null = null;

  @OfficialWords({ min: 3, max: 10_000, example: 'Rà soát các vụ tồn đọng, giao rõ người, rõ việc, rõ thời hạn' })
  conclusion: string;

  @Parts(() => BacklogReviewItemDto, { max: 500, optional: true, example: [] })
  items: BacklogReviewItemDto[] = [];
}

export class LongCaseRevisionDto {
  @SomeOf(longCaseGroundNames, { min: 1, example: ['years', 'many_people'] })
  grounds: LongCaseGround[];

  /** Of the decision or letter that says so. */
  @OfficialWords({ max: 100, optional: true, example: '331/KL-UBND' })
  documentNumber: string | null = null;

  @OfficialWords({
    min: 3,
    max: 50_000,
    example: 'Phát sinh từ năm 2019; đã giải quyết lần đầu năm 2020, lần hai năm 2021; 42 hộ chưa nhận bồi thường.',
  })
  dossierSummary: string;
}

export class LongCaseDto extends LongCaseRevisionDto {
  @LegalDay({ example: '2026-11-16' })
  markedOn: string;
}

export class LongCaseEndDto {
  @LegalDay({ example: '2026-11-20' })
  endedOn: string;

  @OfficialWords({ min: 3, max: 5000, example: 'Các hộ đã nhận bồi thường, cam kết chấm dứt khiếu nại' })
  reason: string;
}

export class LongCasesQuery extends UnitsQuery {
  @YesNo({ optional: true })
  open?: boolean;

  @OneOf(longCaseGroundNames, { optional: true })
  ground?: LongCaseGround;
}

export class BacklogReviewsQuery extends UnitsQuery {}
