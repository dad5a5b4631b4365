import { chartSvg } from '../../platform/charts/svg.js';
import { dayInLedger } from '../../platform/tabular/ledger-file.js';
import type { BurnDownPoint } from './backlog.js';

/** The backlog over time as a picture: what there is, what came and went, and what promises would leave. Told apart in black and white, too. */
export function burnDownSvg(title: string, points: readonly BurnDownPoint[]): Promise<string> {
  const described = points
    .map(({ on, backlog, entered, left, promised }) =>
      backlog === null
        ? `${dayInLedger(on)}: theo cam kết còn ${promised}`
        : `${dayInLedger(on)}: tồn đọng ${backlog}, phát sinh ${entered}, đã giải quyết ${left}, theo cam kết còn ${promised}`,
    )
    .join('; ');
  return chartSvg(
    { title, described, width: 1000, height: 460 },
    {
      legend: { bottom: 10 },
      grid: { left: 60, right: 30, top: 60, bottom: 80 },
      xAxis: { type: 'category', data: points.map(({ on }) => dayInLedger(on).slice(0, 5)), axisLabel: { hideOverlap: true } },
      yAxis: { type: 'value', minInterval: 1, name: 'đơn' },
      series: [
        {
          type: 'bar',
          name: 'Phát sinh',
          data: points.map(({ entered }) => entered),
          itemStyle: { color: '#d9d9d9', borderColor: '#666' },
        },
        { type: 'bar', name: 'Đã giải quyết', data: points.map(({ left }) => left), itemStyle: { color: '#2171b5' } },
        {
          type: 'line',
          name: 'Tồn đọng',
          data: points.map(({ backlog }) => backlog),
          lineStyle: { color: '#b30000', width: 3 },
          itemStyle: { color: '#b30000' },
          symbol: 'circle',
          symbolSize: 7,
        },
        {
          type: 'line',
          name: 'Theo cam kết',
          data: points.map(({ promised }) => promised),
          lineStyle: { color: '#252525', width: 2, type: 'dashed' },
          itemStyle: { color: '#252525' },
          symbol: 'none',
        },
      ],
    },
  );
}
