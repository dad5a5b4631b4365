import { type BarSeriesOption, type HeatmapSeriesOption, type LineSeriesOption, BarChart, HeatmapChart, LineChart } from 'echarts/charts';
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
  TitleComponent,
  type TitleComponentOption,
  VisualMapComponent,
  type VisualMapComponentOption,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([BarChart, LineChart, HeatmapChart, GridComponent, LegendComponent, TitleComponent, VisualMapComponent, SVGRenderer]);

export type ChartOption = echarts.ComposeOption<
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
  described: string;
  width: number;
  height: number;
}

/** Draws a chart as SVG, without a browser. */
export function chartSvg({ title, described, width, height }: Picture, option: ChartOption): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'sans-serif' },
    title: { text: title, left: 'center', textStyle: { fontSize: 16 } },
    ...option,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg.replace(/^<svg ([^>]*)>/, `<svg $1 role="img"><title>${escapeXml(title)}</title><desc>${escapeXml(described)}</desc>`);
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
