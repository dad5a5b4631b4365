import { type ChartOption, barLook, chartSvg, type Picture, written } from '../../../platform/charts/svg.js';

export interface Series {
  name: string;
  values: (number | null)[];
}

/** Bars along a line of names or classes. */
export interface BarChart {
  title: string;
  subtitle: string;
  /** What the figures are told in. */
  unit: string;
  categories: string[];
  series: Series[];
  /** Whether the series add up to a whole. */
  stacked: boolean;
  /** From left to right, for names that need room; from the bottom up otherwise. */
  lying: boolean;
}

const width = 1_000;

/** Bars as SVG: lying for names, standing for classes; every bar with its figure, so that no shade has to be compared. */
export function barsSvg({ title, subtitle, unit, categories, series, stacked, lying }: BarChart): Promise<string> {
  const perName = stacked ? 1 : series.length;
  const legend = series.length > 1;
  const height = lying ? 124 + categories.length * Math.max(30, 14 * perName + 8) + (legend ? 40 : 0) : 460;
  const whole = series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value)));
  const names = { type: 'category' as const, data: categories };
  const figures = {
    type: 'value' as const,
    name: unit,
    minInterval: whole ? 1 : 0,
    axisLabel: { formatter: (value: number) => written(value) },
  };
  const option: ChartOption = {
    ...(legend && { legend: { bottom: 8, itemWidth: 28, itemHeight: 16, itemStyle: { borderWidth: 0.6 } } }),
    grid: lying ? { left: 300, right: 80, top: 70, bottom: legend ? 84 : 46 } : { left: 70, right: 40, top: 80, bottom: legend ? 80 : 50 },
    ...(lying
      ? {
          xAxis: { ...figures, nameLocation: 'middle', nameGap: 24 },
          yAxis: { ...names, inverse: true, axisLabel: { width: 285, overflow: 'break', lineHeight: 13 } },
        }
      : { xAxis: { ...names, axisLabel: { interval: 0, hideOverlap: true } }, yAxis: figures }),
    series: series.map(({ name, values }, index) => ({
      type: 'bar' as const,
      name,
      // In a stack a bar of nothing would leave its border on the next one.
      data: stacked ? values.map((value) => value || null) : values,
      ...(stacked && { stack: 'all' }),
      ...barLook(index),
      barMaxWidth: 40,
      label: {
        show: true,
        position: stacked && series.length > 1 ? ('inside' as const) : lying ? ('right' as const) : ('top' as const),
        color: '#000',
        ...(stacked && series.length > 1 && { backgroundColor: '#ffffffcc', padding: [1, 3] }),
        formatter: ({ value }) => (typeof value === 'number' ? written(value) : ''),
      },
    })),
  };
  return chartSvg(
    { title, subtitle, described: describe({ title, subtitle, unit, categories, series }), width, height } satisfies Picture,
    option,
  );
}

/** The picture in words: every figure that it shows. */
export function describe({
  title,
  subtitle,
  unit,
  categories,
  series,
}: Pick<BarChart, 'title' | 'subtitle' | 'unit' | 'categories' | 'series'>): string {
  const one = series.length === 1;
  const lines = categories.map((category, index) =>
    one
      ? `${category}: ${written(series[0]!.values[index] ?? null)}`
      : `${category}: ${series.map(({ name, values }) => `${name} ${written(values[index] ?? null)}`).join(', ')}`,
  );
  return `${title}. ${subtitle}. ${lines.length > 0 ? `${lines.join('; ')} (${unit}).` : 'Không có số liệu.'}`;
}
