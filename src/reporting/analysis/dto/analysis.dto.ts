import { OmitType, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { OneOf, Text, Texts, WholeNumber } from '../../../platform/http/fields.js';
import { sourceNames, type SourceName } from '../../../rules/reports/vocabulary.js';
import { type DurationOf, durations } from '../../counting.js';
import { ReportQuery } from '../../dto/reports.dto.js';
import { mostLines } from '../pivot.js';

/** A list in a query: several values, or one with commas. */
const separated = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value));

export class PivotQuery extends OmitType(ReportQuery, ['version']) {
  /** What is counted: `GET /reports/vocabulary`. */
  @OneOf(sourceNames, { example: 'matters' })
  of: SourceName;

  /** Measures of it, with commas between them. */
  @separated
  @Texts({ min: 1, max: 12, each: 40, example: ['petitions', 'daysToProcess'] })
  measures: string[];

  /** By up to three of its attributes, `unit`, `level`, `district`, `province`, `month`, `quarter`, `year`. */
  @separated
  @Texts({ max: 3, each: 40, optional: true, example: ['kind', 'month'] })
  by?: string[];

  /** `kind:complaint`, `level:commune`; several of one attribute are alternatives. */
  @separated
  @Texts({ max: 40, each: 80, optional: true, example: null })
  where?: string[];

  /** One of the measures, `-` before it for the greatest first: a ranking. By the dimensions when left out. */
  @Text({ max: 41, optional: true, example: null })
  sort?: string;

  /** Only the first lines. */
  @WholeNumber({ min: 1, max: mostLines, optional: true, example: null })
  limit?: number;
}

/** The same with one dimension at least, which a chart needs. */
export class PivotChartQuery extends OmitType(PivotQuery, ['by', 'measures']) {
  /** Measures of it, with commas between them; told in one unit, and one alone with two dimensions. */
  @separated
  @Texts({ min: 1, max: 12, each: 40, example: ['petitions'] })
  measures: string[];

  /** By one or two of its attributes, `unit`, `level`, `district`, `province`, `month`, `quarter`, `year`. */
  @separated
  @Texts({ min: 1, max: 2, each: 40, example: ['month', 'kind'] })
  by: string[];
}

export class ForecastQuery extends PickType(ReportQuery, ['unitId', 'includeSubordinates']) {
  /** How many days ahead, today being the first; 30 when left out. */
  @WholeNumber({ min: 1, max: 366, optional: true, example: 30 })
  days?: number;
}

export class AnalysisQuery extends OmitType(ReportQuery, ['version']) {}

export class DurationsQuery extends AnalysisQuery {
  @OneOf(Object.keys(durations), { example: 'processing' })
  of: DurationOf;
}
