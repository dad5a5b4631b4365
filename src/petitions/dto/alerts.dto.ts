import { Id, LegalDay } from '../../platform/http/fields.js';

export class AlertsQuery {
  /** A unit in your scope; your own when left out. */
  @Id({ optional: true })
  unitId?: string;

  /** How things stood on an earlier day, or will stand on a later one if nothing is done; today when left out. */
  @LegalDay({ optional: true, example: null })
  asOf?: string;
}
