import { ApiProperty } from '@nestjs/swagger';
import type { ReportPeriod } from '../../rules/reports/periods.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../units/unit.answer.js';
import { ReportPeriodAnswer, toPeriod } from '../reports.answer.js';

/** What every analysis says first: about whom, for when, up to which moment. */
export class AnalysisAnswer {
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: ReportPeriodAnswer })
  period: ReportPeriodAnswer;

  /** Moment up to which everything is counted. */
  @ApiProperty({ format: 'date-time' })
  asOf: string;
}

export function toAnalysis({ unit, period, asOf }: { unit: Unit; period: ReportPeriod; asOf: Date }): AnalysisAnswer {
  return { unit: toUnitReference(unit), period: toPeriod(period), asOf: asOf.toISOString() };
}
