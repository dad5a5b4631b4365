import { Id, LegalDay, OfficialWords, OneOf, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../../platform/http/page.js';
import { type SuspensionGround, suspensionGrounds } from '../../../rules/resolution/ending-grounds.js';

export class ExtensionDto {
  @LegalDay({ optional: true, example: '2026-06-10', description: 'Today when left out; not after the limit has ended' })
  decidedOn?: string | null;

  @OfficialWords({ max: 100, example: '45/QĐ-UBND' })
  documentNumber: string;

  @OfficialWords({ max: 2000, example: 'Vụ việc phải xác minh ở hai nơi' })
  reason: string;

  /** Days of this extension of a denunciation; a complaint has the longer limit of a complex matter instead. */
  @WholeNumber({ min: 1, max: 90, optional: true, example: 30 })
  days?: number | null;
}

export class SuspensionDto {
  @LegalDay({ optional: true, example: '2026-02-10', description: 'Today when left out' })
  suspendedOn?: string | null;

  /** A complaint: force_majeure, objective_obstacle, result_of_another_body; a denunciation: result_of_another_body, expert_opinion. */
  @OneOf(suspensionGrounds, { example: 'expert_opinion' })
  ground: SuspensionGround;

  @OfficialWords({ max: 2000, example: 'Chờ kết luận giám định chữ ký' })
  reason: string;

  /** What proves force majeure or an objective obstacle, which need it (Decree 124/2020/NĐ-CP art. 28a(4)). */
  @OfficialWords({ max: 2000, optional: true, example: null })
  evidence?: string | null;

  @OfficialWords({ max: 100, example: '46/QĐ-UBND' })
  documentNumber: string;
}

export class ResumptionDto {
  @LegalDay({ optional: true, example: '2026-02-25', description: 'Today when left out' })
  resumedOn?: string | null;

  @OfficialWords({ max: 2000, example: 'Đã có kết luận giám định' })
  reason: string;

  /** Number of the decision to go on. */
  @OfficialWords({ max: 100, example: '52/QĐ-UBND' })
  documentNumber: string;
}

export const limitResults = ['kept', 'not_kept', 'open'] as const;

class LimitsOfUnitsQuery {
  /** Limits that this unit has to keep; your whole scope when left out. */
  @Id({ optional: true })
  unitId?: string;

  /** With unitId: also those of the units below it. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  /** Limits whose last day lies in this period. */
  @LegalDay({ example: '2026-01-01' })
  dueFrom: string;

  @LegalDay({ example: '2026-12-31' })
  dueTo: string;

  @Text({ max: 100, optional: true })
  ruleId?: string;
}

export class LimitsSummaryQuery extends LimitsOfUnitsQuery {}

export class LimitsQuery extends LimitsOfUnitsQuery {
  /** Met in time; met late or overdue; still running. */
  @OneOf(limitResults, { optional: true })
  result?: (typeof limitResults)[number];

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  /** `nextCursor` of the page before. */
  @Text({ max: 500, optional: true })
  cursor?: string;
}
