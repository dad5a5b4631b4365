import { ApiProperty } from '@nestjs/swagger';
import type { ReportPeriod } from '../../rules/reports/periods.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { ReportPeriodResponse, toPeriod } from '../reports.response.js';

/** What every analysis says first: about whom, for when, up to which moment. */
export class AnalysisResponse {
  unit: UnitReference;
  period: ReportPeriodResponse;

  /** Moment up to which everything is counted. */
  @ApiProperty({ format: 'date-time' })
  asOf: string;
}

export function toAnalysis({ unit, period, asOf }: { unit: Unit; period: ReportPeriod; asOf: Date }): AnalysisResponse {
  return { unit: toUnitReference(unit), period: toPeriod(period), asOf: asOf.toISOString() };
}
