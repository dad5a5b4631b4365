import { ApiProperty } from '@nestjs/swagger';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import {
  type DirectiveRow,
  directiveRows,
  type IndicatorCode,
  indicatorCodes,
  indicators,
  type Light,
  lights,
  type Part,
  shareOf,
  type Trend,
} from './indicators.js';
import type { Stretch } from './indicators.service.js';
import type { Cell, Overview, OverviewRow } from './overview.service.js';

const rows = Object.keys(directiveRows);

export class PeriodResponse implements Stretch {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;
}

export class IndicatorResponse {
  @ApiProperty({ enum: indicatorCodes })
  code: IndicatorCode;

  /** Row of the directive. */
  @ApiProperty({ enum: rows })
  row: DirectiveRow;

  rowLabel: BilingualResponse;
  label: BilingualResponse;

  /** What the part is, and of what. */
  counts: BilingualResponse;

  @ApiProperty({ enum: ['higher', 'lower'] })
  better: 'higher' | 'lower';

  /** The rule that makes the light, in words. */
  rule: BilingualResponse;

  /** Share in per cent for green, and for amber. */
  @ApiProperty({ example: 0 })
  green: number;

  @ApiProperty({ example: 5 })
  amber: number;
}

export class IndicatorPartResponse {
  @ApiProperty({ example: 12 })
  part: number;

  @ApiProperty({ example: 240 })
  of: number;

  /** In per cent. */
  @ApiProperty({ example: 5 })
  share: number | null;
}

export class OverviewCellResponse extends IndicatorPartResponse {
  @ApiProperty({ enum: indicatorCodes })
  code: IndicatorCode;

  @ApiProperty({ enum: lights })
  light: Light;

  /** Of the period before; null for a state of today. */
  before: IndicatorPartResponse | null;

  @ApiProperty({ enum: ['better', 'worse', 'same', 'unknown'] })
  trend: Trend;

  /** What is counted in the part; of the periods and limits, all that are behind it. */
  @ApiProperty({ example: '/api/v1/backlog?unitId=0198…&includeSubordinates=true' })
  list: string;
}

export class OverviewRowResponse {
  unit: UnitReference;
  own: boolean;

  /** The worst of its lights. */
  @ApiProperty({ enum: lights })
  light: Light;

  /** What it has nothing of is left out. */
  cells: OverviewCellResponse[];
}

export class DirectiveOverviewResponse {
  unit: UnitReference;
  period: PeriodResponse;

  /** As long, ending the day before. */
  previous: PeriodResponse;

  indicators: IndicatorResponse[];
  total: OverviewRowResponse;
  rows: OverviewRowResponse[];
}

export function toOverview({ unit, period, previous, total, rows: found }: Overview): DirectiveOverviewResponse {
  return {
    unit: toUnitReference(unit),
    period,
    previous,
    indicators: indicatorCodes.map(toIndicator),
    total: toRow(total, period),
    rows: found.map((row) => toRow(row, period)),
  };
}

/** How a light is made, in words. */
export function ruleOf(code: IndicatorCode): { vi: string; en: string } {
  const { better, green, amber } = indicators[code];
  const [vi, en] = better === 'higher' ? ['từ', 'from'] : ['đến', 'up to'];
  return {
    vi: `Xanh: ${vi} ${green} %; vàng: ${vi} ${amber} %; còn lại: đỏ.`,
    en: `Green: ${en} ${green} %; amber: ${en} ${amber} %; else red.`,
  };
}

function toIndicator(code: IndicatorCode): IndicatorResponse {
  const { row, label, counts, better, green, amber } = indicators[code];
  return { code, row, rowLabel: directiveRows[row], label, counts, better, rule: ruleOf(code), green, amber };
}

function toRow({ unit, own, light, cells }: OverviewRow, { from, to }: Stretch): OverviewRowResponse {
  const place = { unitId: unit.id, below: !own, from, to };
  return {
    unit: toUnitReference(unit),
    own,
    light,
    cells: cells.map((cell) => ({ ...toCell(cell), list: indicators[cell.code].list(place) })),
  };
}

function toCell({ code, part, of, light, before, trend }: Cell): Omit<OverviewCellResponse, 'list'> {
  return { code, ...toPart({ part, of }), light, before: before && toPart(before), trend };
}

function toPart(figure: Part): IndicatorPartResponse {
  return { ...figure, share: shareOf(figure) };
}
