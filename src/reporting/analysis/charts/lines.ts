import { chartSvg, lineLook, written } from '../../../platform/charts/svg.js';
import { type BarChart, describe } from './bars.js';

/** Figures over time as SVG; a gap where there is nothing to take a mean of. */
export function linesSvg({ title, subtitle, unit, categories, series }: Omit<BarChart, 'stacked' | 'lying'>): Promise<string> {
  const legend = series.length > 1;
  return chartSvg(
    { title, subtitle, described: describe({ title, subtitle, unit, categories, series }), width: 1_000, height: 460 },
    {
      ...(legend && { legend: { bottom: 8, itemWidth: 40 } }),
      grid: { left: 70, right: 40, top: 80, bottom: legend ? 80 : 50 },
      xAxis: { type: 'category', data: categories, axisLabel: { hideOverlap: true } },
      yAxis: { type: 'value', name: unit, axisLabel: { formatter: (value: number) => written(value) } },
      series: series.map(({ name, values }, index) => ({
        type: 'line' as const,
        name,
        data: values,
        connectNulls: false,
        ...lineLook(index),
        showSymbol: true,
        label: {
          show: categories.length * series.length <= 40,
          formatter: ({ value }) => (typeof value === 'number' ? written(value) : ''),
          color: '#000',
        },
      })),
    },
  );
}
