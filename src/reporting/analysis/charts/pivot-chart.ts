import { mostSeries } from '../../../platform/charts/svg.js';
import { Problem } from '../../../platform/problems/problem.js';
import { type TimePart, timeParts, timesOf } from '../../../rules/reports/periods.js';
import { analysisUnits, type SourceName, sourceOf } from '../../../rules/reports/vocabulary.js';
import { officeName } from '../../../rules/structure/unit-structure.js';
import type { Named, Pivot, PivotLine } from '../pivot.js';
import { barsSvg, type Series } from './bars.js';
import { linesSvg } from './lines.js';
import { own } from '../../../platform/text/own.js';

const mostNames = 40;
/** What is counted in the period but happened before it: petitions carried over. */
const before: Named = { code: '', label: { vi: 'trước kỳ', en: 'before' } };

/**
 * A pivot as a picture: its first dimension along the axis, the second one or the measures as series. Time is a line, without gaps where nothing
 * happened, and what is carried over in one place before it; names lie, so that they can be read.
 * @throws Problem for no or three dimensions, measures told in different units, or more than a picture can show
 */
export function pivotSvg(pivot: Pivot): Promise<string> {
  const { dimensions, measures, lines, unit, period } = pivot;
  const [along, by] = dimensions;
  if (!along || dimensions.length > 2)
    throw refuse('?by', 'one_or_two', 'Biểu đồ cần một hoặc hai chiều.', 'A chart needs one or two dimensions.');
  if (by && measures.length > 1)
    throw refuse('?measures', 'one_measure', 'Biểu đồ hai chiều chỉ có một chỉ tiêu.', 'A chart of two dimensions has one measure.');
  const [first] = measures;
  if (measures.some((measure) => measure.unit !== first!.unit))
    throw refuse(
      '?measures',
      'one_unit',
      'Các chỉ tiêu của một biểu đồ phải cùng đơn vị tính.',
      'The measures of a chart must be told in one unit.',
    );

  const time = timeParts.find((part) => part === along.code);
  const added = measures.every(({ code }) => Object.hasOwn(sourceOf(pivot.of).measures, code));
  const places = placesOf(pivot, time, added);
  const inPeriod = new Set(places.map(({ code }) => code));
  const placeOf = ({ keys: [key] }: PivotLine): string => (!time || inPeriod.has(key!.code) ? key!.code : before.code);
  const series = by
    ? inOrder(pivot.of, by.code, distinct(lines.map(({ keys }) => keys[1]!))).map((key) =>
        seriesOf(nameOf(key), 0, ({ keys }) => keys[1]!.code === key.code),
      )
    : measures.map(({ label }, index) => seriesOf(label.vi, index, () => true));
  function seriesOf(name: string, index: number, has: (line: PivotLine) => boolean): Series {
    const values = new Map<string, number | null>();
    for (const line of lines.filter(has)) {
      const value = line.values[index] ?? null;
      const known = values.get(placeOf(line));
      values.set(placeOf(line), known ? known + (value ?? 0) : value);
    }
    return { name, values: places.map(({ code }) => values.get(code) ?? (time && added ? 0 : null)) };
  }
  if (series.length > mostSeries || (!time && places.length > mostNames))
    throw refuse(
      '?by',
      'too_much_for_a_chart',
      `Biểu đồ có nhiều nhất ${mostNames} mục và ${mostSeries} nhóm; dùng "limit", "where" hoặc chiều khác.`,
      `A chart has at most ${mostNames} names and ${mostSeries} groups; use "limit", "where" or another dimension.`,
    );

  const chart = {
    title: `${measures.map(({ label }, index) => (index > 0 ? lowered(label.vi) : label.vi)).join(', ')} theo ${dimensions.map(({ label }) => lowered(label.vi)).join(' và ')}`,
    subtitle: `${sourceOf(pivot.of).label.vi} · ${officeName(unit).vi} · ${period.label.vi}`,
    unit: analysisUnits[first!.unit].vi,
    categories: places.map(nameOf),
    series,
  };
  return time ? linesSvg(chart) : barsSvg({ ...chart, stacked: added && series.length > 1 && by !== undefined, lying: true });
}

/** What stands along the axis: every part of the period, and before it a place for what was carried over; or what the lines have. */
function placesOf({ lines, period }: Pivot, time: TimePart | undefined, added: boolean): Named[] {
  const found = distinct(lines.map(({ keys }) => keys[0]!));
  if (!time) return found;
  const parts = timesOf(time, period.from, period.to).map((code) => ({ code, label: { vi: code, en: code } }));
  const isCarried = found.some(({ code }) => !parts.some((part) => part.code === code));
  return added && isCarried ? [before, ...parts] : parts;
}

function nameOf({ label }: Named): string {
  return label.vi || '(không rõ)';
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function distinct(keys: readonly Named[]): Named[] {
  return [...new Map(keys.map((key) => [key.code, key])).values()];
}

/** In the order in which the vocabulary names the values. */
function inOrder(of: SourceName, dimension: string, keys: Named[]): Named[] {
  const values = own(sourceOf(of).attributes, dimension)?.values;
  if (!values || values === 'boolean') return keys.sort((one, other) => (one.code < other.code ? -1 : 1));
  const order = Object.keys(values);
  return keys.sort((one, other) => order.indexOf(one.code) - order.indexOf(other.code));
}

function refuse(pointer: string, code: string, vi: string, en: string): Problem {
  return Problem.field('validation-failed', pointer, code, { vi, en });
}
