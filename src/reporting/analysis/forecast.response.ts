import { ApiProperty } from '@nestjs/swagger';
import type { Bilingual } from '../../platform/problems/problem.js';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';
import { fewestToJudgeBy } from '../../rules/reports/forecast.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { plusDays } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import type { Forecast } from './forecast.service.js';

const rule: Bilingual = {
  vi: `Số đơn dự kiến quá hạn = số đơn đến hạn × tỷ lệ không đúng hạn của từng loại thời hạn trong 365 ngày trước (dưới ${fewestToJudgeBy} thời hạn thì lấy tỷ lệ chung). Chỉ để lập kế hoạch.`,
  en: `Expected late = running out × share of limits of the same rule that were not kept in the 365 days before (the share over all rules where fewer than ${fewestToJudgeBy} ended). For planning only.`,
};

export class ForecastFiguresResponse {
  /** Overdue already. */
  @ApiProperty({ example: 4 })
  overdueNow: number;

  /** Open petitions whose limit ends in the stretch: overdue after it if nobody acts. */
  @ApiProperty({ example: 12 })
  runningOut: number;

  /** How many of them will probably be late; null where too few limits ended before. */
  @ApiProperty({ example: 2.4 })
  expectedLate: number | null;
}

export class ForecastRowResponse extends ForecastFiguresResponse {
  unit: UnitReference;

  /** The petitions that run out, the next one first. */
  @ApiProperty({ example: '/api/v1/petitions?unitId=…&open=true&dueFrom=2026-11-26&dueTo=2026-12-25&sort=nextDueOn' })
  list: string;

  /** Those that are overdue already. */
  @ApiProperty({ example: '/api/v1/petitions?unitId=…&open=true&dueTo=2026-11-25&sort=nextDueOn' })
  overdueList: string;
}

export class ForecastDayResponse {
  /** Last day of the limits: overdue from the day after. */
  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty({ example: 2 })
  runningOut: number;

  /** With those of the days before. */
  @ApiProperty({ example: 7 })
  sum: number;
}

export class KeptBeforeResponse {
  @ApiProperty({ example: 'petition.screening' })
  ruleId: string;

  @ApiProperty({ example: 80 })
  kept: number;

  @ApiProperty({ example: 20 })
  notKept: number;
}

export class ForecastBasisResponse {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  rules: KeptBeforeResponse[];
}

export class ForecastResponse {
  unit: UnitReference;

  /** Moment up to which everything is counted. */
  @ApiProperty({ format: 'date-time' })
  asOf: string;

  /** First and last day on which the limits end. */
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  /** How the last figure is found, in words: a proposal, no law. */
  rule: BilingualResponse;

  total: ForecastFiguresResponse;
  days: ForecastDayResponse[];

  /** Units with something, the one with most first. */
  items: ForecastRowResponse[];

  /** What the expectation rests on. */
  before: ForecastBasisResponse;
}

export function toForecast({ unit, asOf, from, to, items, ...forecast }: Forecast): ForecastResponse {
  return {
    ...forecast,
    unit: toUnitReference(unit),
    asOf: asOf.toISOString(),
    from,
    to,
    rule,
    items: items.map((row) => ({
      ...row,
      unit: toUnitReference(row.unit),
      list: `${listOf(row.unit)}&dueFrom=${from}&dueTo=${to}`,
      overdueList: `${listOf(row.unit)}&dueTo=${plusDays(from, -1)}`,
    })),
  };
}

function listOf({ id }: Unit): string {
  return `/api/v1/petitions?unitId=${id}&open=true&sort=nextDueOn`;
}
