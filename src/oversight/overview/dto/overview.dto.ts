import { Id, LegalDay } from '../../../http/fields.js';

export class DirectiveOverviewQuery {
  @Id({ optional: true })
  unitId?: string;

  /** The last thirty days when left out. */
  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;
}
