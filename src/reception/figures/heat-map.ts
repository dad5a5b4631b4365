import { HeatmapChart } from 'echarts/charts';
import { GridComponent, TitleComponent, VisualMapComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { HeatRow } from './figures.queries.js';

echarts.use([HeatmapChart, GridComponent, TitleComponent, VisualMapComponent, SVGRenderer]);

const weekdays = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'];

/** The hours that a heat map shows: office hours, and whatever lies outside of them. */
export function hoursOf(cells: readonly HeatRow[]): number[] {
  const hours = [7, 17, ...cells.map(({ hour }) => hour)];
  const first = Math.min(...hours);
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index);
}

/** Visits by weekday and hour as a picture: SVG that stands alone and names every cell for those who do not see the colours. */
export function heatMapSvg(title: string, cells: readonly HeatRow[]): string {
  const hours = hoursOf(cells);
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 420 });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'sans-serif' },
    title: { text: title, left: 'center', textStyle: { fontSize: 16 } },
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
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  const described = cells.map(({ weekday, hour, visits }) => `${weekdays[weekday - 1]} ${hour} giờ: ${visits} lượt`).join('; ');
  return svg.replace(/^<svg ([^>]*)>/, `<svg $1 role="img"><title>${escapeXml(title)}</title><desc>${escapeXml(described)}</desc>`);
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
