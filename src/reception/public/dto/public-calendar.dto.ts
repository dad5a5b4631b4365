import { Id, LegalDay, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../../platform/http/page.js';
import { exampleUnits } from '../../../structure/units/example-units.js';

export class PublicCalendarQuery {
  @Id({ example: exampleUnits.city })
  unitId: string;

  /** With the units below it: a whole city. */
  @YesNo({ optional: true, example: true })
  includeSubordinates?: boolean;

  /** Today when left out. */
  @LegalDay({ optional: true, example: null })
  from?: string;

  /** Three months later when left out; a year at most. */
  @LegalDay({ optional: true, example: null })
  to?: string;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  @Text({ max: 500, optional: true })
  cursor?: string;
}
