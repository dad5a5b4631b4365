import type { Bilingual } from '../../platform/problems/problem.js';
import type { ReportPeriod } from '../../rules/reports/periods.js';
import type { AnalysisUnit, SourceName } from '../../rules/reports/vocabulary.js';
import type { Unit } from '../../rules/structure/unit-structure.js';

export const mostDimensions = 3;
export const mostLines = 5_000;

/** What somebody wants to see, by names of the vocabulary. */
export interface PivotAsked {
  of: SourceName;
  measures: string[];
  by: string[];
  /** `kind:complaint`, `level:commune`; several of one attribute are alternatives. */
  where: string[];
  /** A measure, `-` before it for the greatest first. */
  sort?: string | undefined;
  limit?: number | undefined;
  unitId?: string | undefined;
  includeSubordinates?: boolean | undefined;
  period: ReportPeriod;
}

/** A name with its label. */
export interface Named {
  code: string;
  label: Bilingual;
}

export interface PivotMeasure extends Named {
  unit: AnalysisUnit;
}

/** One line: a key for each dimension, a figure for each measure (null where there is nothing to take a mean of). */
export interface PivotLine {
  keys: Named[];
  values: (number | null)[];
  /** Place in the order of the measure that was asked for, equal ones alike; null without such an order. */
  rank: number | null;
}

export interface Pivot {
  of: SourceName;
  unit: Unit;
  period: ReportPeriod;
  asOf: Date;
  dimensions: Named[];
  measures: PivotMeasure[];
  lines: PivotLine[];
}
