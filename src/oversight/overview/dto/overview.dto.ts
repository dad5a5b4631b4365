import { Id, LegalDay, Text } from '../../../platform/http/fields.js';

export class DirectiveOverviewQuery {
  @Id({ optional: true })
  unitId?: string;

  /** The last thirty days when left out. */
  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;
}

export class DirectiveSummaryDto extends DirectiveOverviewQuery {
  @Text({ max: 200, example: 'Trưởng ban' })
  signerTitle: string;

  @Text({ max: 200, example: 'Phạm Quốc Huy' })
  signerName: string;

  /** What the summary says beside the figures. */
  @Text({ max: 10_000, optional: true, example: 'Đề nghị các phường tập trung giải quyết dứt điểm các vụ tồn đọng.' })
  opinion: string | null = null;
}
