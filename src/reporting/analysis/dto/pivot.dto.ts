import { Transform } from 'class-transformer';
import { OneOf, Texts } from '../../../http/fields.js';
import { sourceNames, type SourceName } from '../../../rules/reports/vocabulary.js';
import { type DurationOf, durations } from '../../counting.js';
import { ReportQuery } from '../../dto/reports.dto.js';
import { OmitType } from '@nestjs/swagger';

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

  /** By up to three of its attributes, `unit`, `level`, `month`, `quarter`, `year`. */
  @separated
  @Texts({ max: 3, each: 40, optional: true, example: ['kind', 'month'] })
  by?: string[];

  /** `kind:complaint`; several of one attribute are alternatives. */
  @separated
  @Texts({ max: 40, each: 80, optional: true, example: null })
  where?: string[];
}

export class AnalysisQuery extends OmitType(ReportQuery, ['version']) {}

export class DurationsQuery extends AnalysisQuery {
  @OneOf(Object.keys(durations), { example: 'processing' })
  of: DurationOf;
}
