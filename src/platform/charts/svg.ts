import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TitleComponentOption, VisualMapComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | HeatmapSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TitleComponentOption
  | VisualMapComponentOption
>;

/** A picture that stands alone: its title, what it shows in words for those who do not see it, and its size in pixels. */
export interface Picture {
  title: string;
  /** A second, smaller line: whose figures, of when. */
  subtitle?: string;
  described: string;
  width: number;
  height: number;
}

/** Draws a chart as SVG, without a browser. The library, a sixth of all modules, is loaded by whoever draws first. */
export async function chartSvg({ title, subtitle, described, width, height }: Picture, option: ChartOption): Promise<string> {
  const { echarts } = await import('./echarts.js');
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'sans-serif' },
    title: {
      text: title,
      ...(subtitle && { subtext: subtitle }),
      left: 'center',
      textStyle: { fontSize: 16 },
      subtextStyle: { color: '#333' },
    },
    ...option,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg.replace(/^<svg ([^>]*)>/, `<svg $1 role="img"><title>${escapeXml(title)}</title><desc>${escapeXml(described)}</desc>`);
}

/** What tells one series from the next: fills that differ in black and white, patterns over them; colours, dashes and marks of lines. */
const looks: { fill: string; decal: object | null; stroke: string; dash: 'solid' | 'dashed' | 'dotted'; symbol: string }[] = [
  { fill: '#08519c', decal: null, stroke: '#08519c', dash: 'solid', symbol: 'circle' },
  { fill: '#bdd7e7', decal: null, stroke: '#b30000', dash: 'dashed', symbol: 'rect' },
  { fill: '#4292c6', decal: stripes(Math.PI / 4), stroke: '#4292c6', dash: 'dotted', symbol: 'triangle' },
  { fill: '#f0f0f0', decal: null, stroke: '#252525', dash: 'solid', symbol: 'diamond' },
  { fill: '#737373', decal: stripes(-Math.PI / 4), stroke: '#6a51a3', dash: 'dashed', symbol: 'emptyCircle' },
  { fill: '#d9d9d9', decal: dots('#444'), stroke: '#d94801', dash: 'dotted', symbol: 'emptyRect' },
  { fill: '#252525', decal: dots('#fff'), stroke: '#006d2c', dash: 'solid', symbol: 'emptyTriangle' },
  { fill: '#fff', decal: stripes(0, '#555'), stroke: '#737373', dash: 'dashed', symbol: 'emptyDiamond' },
];
/** So many series can be told apart in one chart. */
export const mostSeries = looks.length;

function stripes(rotation: number, color = '#fff'): object {
  return { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 4], rotation, color };
}

function dots(color: string): object {
  return {
    symbol: 'circle',
    symbolSize: 0.6,
    dashArrayX: [
      [6, 6],
      [0, 6, 6, 0],
    ],
    dashArrayY: [6, 0],
    color,
  };
}

/** Bars of a series by its place among the series. */
export function barLook(index: number): Pick<BarSeriesOption, 'itemStyle'> {
  const { fill, decal } = looks[index % looks.length]!;
  return { itemStyle: { color: fill, borderColor: '#333', borderWidth: 0.6, ...(decal && { decal }) } };
}

/** A line by its place among the series. */
export function lineLook(index: number): Pick<LineSeriesOption, 'itemStyle' | 'lineStyle' | 'symbol' | 'symbolSize'> {
  const { stroke, dash, symbol } = looks[index % looks.length]!;
  return { itemStyle: { color: stroke }, lineStyle: { color: stroke, type: dash, width: 2.5 }, symbol, symbolSize: 8 };
}

/** A figure as it is written in Viet Nam: `1.234,5`. */
export function written(value: number | null): string {
  return value === null ? '–' : value.toLocaleString('vi-VN', { maximumFractionDigits: 1 });
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
