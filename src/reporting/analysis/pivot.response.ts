import { ApiProperty } from '@nestjs/swagger';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';
import { sourceNames, type SourceName } from '../../rules/reports/vocabulary.js';
import { AnalysisResponse, toAnalysis } from './analysed.response.js';
import type { Pivot } from './pivot.js';

export class PivotDimensionResponse {
  @ApiProperty({ example: 'kind' })
  code: string;

  label: BilingualResponse;
}

export class PivotMeasureResponse extends PivotDimensionResponse {
  @ApiProperty({ example: 'petitions', description: 'petitions, cases, visits, persons, million_dong, days, per_cent, …' })
  unit: string;
}

export class PivotLineResponse {
  /** In the order of the dimensions. */
  keys: PivotDimensionResponse[];

  /** In the order of the measures; null where there is nothing to take a mean or a share of. */
  @ApiProperty({ type: 'array', items: { type: 'number', nullable: true }, example: [42, 6.5] })
  values: (number | null)[];

  /** Place by the measure in `sort`, equal ones alike; null without it. */
  @ApiProperty({ example: null })
  rank: number | null;
}

export class PivotResponse extends AnalysisResponse {
  @ApiProperty({ enum: sourceNames })
  of: SourceName;

  dimensions: PivotDimensionResponse[];
  measures: PivotMeasureResponse[];
  lines: PivotLineResponse[];
}

export function toPivot({ unit, period, asOf, ...pivot }: Pivot): PivotResponse {
  return { ...pivot, ...toAnalysis({ unit, period, asOf }) };
}
