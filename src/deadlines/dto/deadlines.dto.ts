import { Id, LegalDay, OfficialWords, OneOf, Text, WholeNumber, YesNo } from '../../http/fields.js';
import { defaultLimit, largestLimit } from '../../http/page.js';

/** Law on Denunciations art. 34; Law on Complaints as amended by Law 136/2025/QH15. */
export const suspensionGrounds = ['result_of_another_body', 'further_verification', 'expert_opinion', 'force_majeure', 'other'] as const;

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

  @OneOf(suspensionGrounds, { example: 'expert_opinion' })
  ground: (typeof suspensionGrounds)[number];

  @OfficialWords({ max: 2000, example: 'Chờ kết luận giám định chữ ký' })
  reason: string;

  @OfficialWords({ max: 100, example: '46/QĐ-UBND' })
  documentNumber: string;
}

export class ResumptionDto {
  @LegalDay({ optional: true, example: '2026-02-25', description: 'Today when left out' })
  resumedOn?: string | null;

  @OfficialWords({ max: 2000, example: 'Đã có kết luận giám định' })
  reason: string;

  @OfficialWords({ max: 100, optional: true, example: '52/QĐ-UBND' })
  documentNumber?: string | null;
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
