import { Id, LegalDay, OneOf, YesNo } from '../../../platform/http/fields.js';

class StretchQuery {
  /** Your whole scope when left out. */
  @Id({ optional: true })
  unitId?: string;

  @LegalDay({ example: '2025-12-15' })
  from: string;

  @LegalDay({ example: '2026-12-14' })
  to: string;
}

export class FiguresQuery extends StretchQuery {
  /** A row for each unit below, or for each month. */
  @OneOf(['unit', 'month'], { optional: true, example: 'unit' })
  by?: 'unit' | 'month';
}

export class HeatMapQuery extends StretchQuery {
  @YesNo({ optional: true, example: true })
  includeSubordinates?: boolean;
}

export class OwedQuery {
  /** Your whole scope when left out. */
  @Id({ optional: true })
  unitId?: string;
}
