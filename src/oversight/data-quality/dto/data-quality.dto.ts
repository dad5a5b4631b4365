import { Id, LegalDay, YesNo } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';

export class QualitySummaryQuery {
  @Id({ optional: true })
  unitId?: string;

  /** First day of receipt, of the visit, of the session; a year ago when left out. */
  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;
}

export class QualityListQuery extends PageQuery {
  @Id({ optional: true })
  unitId?: string;

  /** True when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;
}
