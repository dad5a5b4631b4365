import { ApiProperty } from '@nestjs/swagger';
import { today } from '../platform/text/today.js';
import { toUnitReference, UnitReference } from '../structure/units/unit.response.js';
import type { AlertRow, AlertSummary } from './alerts.service.js';

export class AlertFiguresResponse {
  /** Petitions on which something is still to be done. */
  @ApiProperty({ example: 42 })
  open: number;

  /** Three working days or fewer are left. */
  @ApiProperty({ example: 5 })
  dueSoon: number;

  @ApiProperty({ example: 7 })
  overdue: number;

  /** More than 30 days over, or over the last possible extension. */
  @ApiProperty({ example: 3 })
  backlog: number;

  /** Open petitions that were filed above the competent level. */
  @ApiProperty({ example: 4 })
  overLevel: number;

  /** More than 45 days with the unit, and it is not said what becomes of them (Decree 154/2026/NĐ-CP art. 41(3)(b)); 0 for a day before today. */
  @ApiProperty({ example: 1 })
  unprocessed: number;
}

export class AlertLinksResponse {
  @ApiProperty({ format: 'uri-reference', example: '/api/v1/petitions?unitId=0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11&open=true' })
  open: string;

  @ApiProperty({ format: 'uri-reference' })
  dueSoon: string;

  @ApiProperty({ format: 'uri-reference' })
  overdue: string;

  @ApiProperty({ format: 'uri-reference' })
  backlog: string;

  @ApiProperty({ format: 'uri-reference' })
  overLevel: string;

  @ApiProperty({ format: 'uri-reference' })
  unprocessed: string;
}

export class AlertRowResponse extends AlertFiguresResponse {
  unit: UnitReference;

  /** True: the unit's own petitions. False: those of the unit and of everything below it. */
  own: boolean;

  /** The lists that the figures count; null for another day than today. */
  links: AlertLinksResponse | null;
}

export class AlertSummaryResponse {
  @ApiProperty({ format: 'date' })
  asOf: string;

  unit: UnitReference;
  total: AlertFiguresResponse;
  items: AlertRowResponse[];
}

export function toAlertSummary({ asOf, unit, total, rows }: AlertSummary): AlertSummaryResponse {
  const isToday = asOf === today();
  return {
    asOf,
    unit: toUnitReference(unit),
    total,
    items: rows.map((row) => ({ ...row, unit: toUnitReference(row.unit), links: isToday ? linksOf(row) : null })),
  };
}

function linksOf({ unit, own }: AlertRow): AlertLinksResponse {
  const list = `/api/v1/petitions?unitId=${unit.id}${own ? '' : '&includeSubordinates=true'}&open=true`;
  return {
    open: list,
    dueSoon: `${list}&alert=due_soon`,
    overdue: `${list}&alert=overdue`,
    backlog: `${list}&alert=backlog`,
    overLevel: `${list}&flag=over_level`,
    unprocessed: `${list}&unprocessed=true`,
  };
}
