import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { UnitsBelow } from '../../structure/units/units-below.js';
import { comparable, IndicatorsService, type Stretch, type UnitIndicators } from './indicators.service.js';
import { type IndicatorCode, indicatorCodes, type Light, lightOf, type Part, type Trend, trendOf, worstOf } from './indicators.js';

export interface Cell extends Part {
  code: IndicatorCode;
  light: Light;
  before: Part | null;
  trend: Trend;
}

export interface OverviewRow {
  unit: Unit;
  own: boolean;
  /** The worst of its cells. */
  light: Light;
  cells: Cell[];
}

export interface Overview {
  unit: Unit;
  period: Stretch;
  /** As long, ending the day before. */
  previous: Stretch;
  total: OverviewRow;
  rows: OverviewRow[];
}

const longestStretch = 366;

/** The state of every unit below on all rows of the directive, for whoever leads. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly below: UnitsBelow,
    private readonly indicators: IndicatorsService,
  ) {}

  /**
   * One row for the unit itself and one for each directly below with everything under it; a figure of several units is the sum of their parts and wholes.
   * @throws Problem `not-found` for a unit out of scope; for a stretch that ends before it begins, lies ahead or is longer than a year
   */
  async overviewOf({ unitId, ...asked }: { unitId?: string; from?: LegalDate; to?: LegalDate }, by: Official): Promise<Overview> {
    const period = stretchOf(asked);
    const length = toDayNumber(period.to) - toDayNumber(period.from) + 1;
    const previous = { from: plusDays(period.from, -length), to: plusDays(period.from, -1) };
    const { unit, parts } = this.below.partsOf(unitId, by);
    const units = parts.flatMap(({ covered }) => covered);
    const [now, before] = await Promise.all([
      this.indicators.indicatorsOf(units, period, by),
      this.indicators.indicatorsBefore(units, previous, by),
    ]);
    const rowOf = (of: { unit: Unit; own: boolean }, covered: readonly Unit[]): OverviewRow => {
      const cells = indicatorCodes.flatMap((code) => cellOf(code, added(code, covered, now), added(code, covered, before)));
      return { ...of, light: worstOf(cells.map(({ light }) => light)), cells };
    };
    return {
      unit,
      period,
      previous,
      total: rowOf({ unit, own: false }, units),
      rows: parts
        .map(({ covered, ...part }) => rowOf(part, covered))
        .filter(({ own, unit: of, cells }) => own || !of.validTo || cells.length > 0),
    };
  }
}

function cellOf(code: IndicatorCode, now: Part | null, before: Part | null): Cell[] {
  if (!now) return [];
  const compared = comparable.includes(code) ? before : null;
  return [{ code, ...now, light: lightOf(code, now), before: compared, trend: trendOf(code, now, compared) }];
}

function added(code: IndicatorCode, units: readonly Unit[], found: Map<string, UnitIndicators>): Part | null {
  let [part, of] = [0, 0];
  for (const { id } of units) {
    const figure = found.get(id)?.[code];
    if (figure) [part, of] = [part + figure.part, of + figure.of];
  }
  return of === 0 ? null : { part, of };
}

/** The last thirty days when left out. */
function stretchOf({ from, to = today() }: { from?: LegalDate; to?: LegalDate }): Stretch {
  const stretch = { from: from ?? plusDays(to, -29), to };
  if (to > today())
    throw Problem.field('validation-failed', '?to', 'in_the_future', {
      vi: `Ngày ${asWritten(to)} chưa đến; hôm nay là ${asWritten(today())}.`,
      en: `${to} lies ahead; today is ${today()}.`,
    });
  if (to >= stretch.from && toDayNumber(to) - toDayNumber(stretch.from) <= longestStretch) return stretch;
  throw Problem.field('validation-failed', '?to', 'period', {
    vi: `"to" phải từ "from" và trong vòng ${longestStretch} ngày.`,
    en: `"to" must not be before "from", and at most ${longestStretch} days after it.`,
  });
}
