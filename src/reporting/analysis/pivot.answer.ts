import { ApiProperty } from '@nestjs/swagger';
import { BilingualAnswer } from '../../rules/rules.answer.js';
import { sourceNames, type SourceName } from '../../rules/reports/vocabulary.js';
import { AnalysisAnswer, toAnalysis } from './analysed.answer.js';
import type { Pivot } from './pivot.js';

export class PivotDimensionAnswer {
  @ApiProperty({ example: 'kind' })
  code: string;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;
}

export class PivotMeasureAnswer extends PivotDimensionAnswer {
  @ApiProperty({ example: 'petitions', description: 'petitions, cases, visits, persons, million_dong, days, per_cent, …' })
  unit: string;
}

export class PivotLineAnswer {
  /** In the order of the dimensions. */
  @ApiProperty({ type: [PivotDimensionAnswer] })
  keys: PivotDimensionAnswer[];

  /** In the order of the measures; null where there is nothing to take a mean or a share of. */
  @ApiProperty({ type: 'array', items: { type: 'number', nullable: true }, example: [42, 6.5] })
  values: (number | null)[];

  /** Place by the measure in `sort`, equal ones alike; null without it. */
  @ApiProperty({ type: Number, nullable: true, example: null })
  rank: number | null;
}

export class PivotAnswer extends AnalysisAnswer {
  @ApiProperty({ enum: sourceNames })
  of: SourceName;

  @ApiProperty({ type: [PivotDimensionAnswer] })
  dimensions: PivotDimensionAnswer[];

  @ApiProperty({ type: [PivotMeasureAnswer] })
  measures: PivotMeasureAnswer[];

  @ApiProperty({ type: [PivotLineAnswer] })
  lines: PivotLineAnswer[];
}

export function toPivot({ unit, period, asOf, ...pivot }: Pivot): PivotAnswer {
  return { ...pivot, ...toAnalysis({ unit, period, asOf }) };
}
