import { chartSvg } from '../../platform/charts/svg.js';
import type { HeatRow } from './figures.queries.js';

const weekdays = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'];

/** The hours that a heat map shows: office hours, and whatever lies outside of them. */
export function hoursOf(cells: readonly HeatRow[]): number[] {
  const hours = [7, 17, ...cells.map(({ hour }) => hour)];
  const first = Math.min(...hours);
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index);
}

/** Visits by weekday and hour as a picture: SVG that names every cell for those who do not see the colours. */
export function heatMapSvg(title: string, cells: readonly HeatRow[]): Promise<string> {
  const hours = hoursOf(cells);
  const described = cells.map(({ weekday, hour, visits }) => `${weekdays[weekday - 1]} ${hour} giờ: ${visits} lượt`).join('; ');
  return chartSvg(
    { title, described, width: 900, height: 420 },
    {
      grid: { left: 90, right: 30, top: 60, bottom: 90 },
      xAxis: { type: 'category', data: hours.map((hour) => `${hour} giờ`), splitArea: { show: true } },
      yAxis: { type: 'category', data: weekdays, inverse: true, splitArea: { show: true } },
      visualMap: {
        min: 0,
        max: Math.max(1, ...cells.map(({ visits }) => visits)),
        orient: 'horizontal',
        left: 'center',
        bottom: 15,
        text: ['nhiều', 'ít'],
        inRange: { color: ['#f7fbff', '#9ecae1', '#2171b5', '#08306b'] },
      },
      series: [
        {
          type: 'heatmap',
          data: cells.map(({ weekday, hour, visits }) => [hours.indexOf(hour), weekday - 1, visits]),
          label: { show: true },
        },
      ],
    },
  );
}
