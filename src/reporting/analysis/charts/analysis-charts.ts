import { barLook, chartSvg, lineLook, written } from '../../../platform/charts/svg.js';
import { labelOf } from '../../../rules/reports/explain.js';
import { officeName } from '../../../rules/structure/unit-structure.js';
import { dayInLedger } from '../../../platform/tabular/ledger-file.js';
import type { DurationOf } from '../../counting.js';
import type { Analysis, Durations, Flow } from '../analysis.service.js';
import type { Forecast } from '../forecast.service.js';
import { barsSvg } from './bars.js';

/** Flows that a picture shows: the busiest ones. */
const mostFlows = 25;

/** How many took how long, a group of bars for each class and in it one bar for each kind. */
export function durationsSvg(of: DurationOf, { unit, period, items }: Analysis<Durations>): Promise<string> {
  const kinds = items.filter(({ kind }) => kind !== null);
  const all = items.find(({ kind }) => kind === null);
  const known = all && all.median !== null ? `trung vị ${all.median} ngày, 90 % không quá ${all.ninety} ngày` : 'chưa có số liệu';
  return barsSvg({
    title: of === 'processing' ? 'Số ngày từ khi nhận đến khi xử lý đơn' : 'Số ngày từ khi thụ lý đến khi kết thúc giải quyết',
    subtitle: `${officeName(unit).vi} · ${period.label.vi} · ${known}`,
    unit: 'đơn',
    categories: (all?.bins ?? []).map(({ from, to }) => (to === null ? `trên ${from - 1} ngày` : `${from}–${to} ngày`)),
    series: kinds.map(({ kind, bins }) => ({ name: labelOf('matters', 'kind', kind!).vi, values: bins.map(({ count }) => count) })),
    stacked: true,
    lying: false,
  });
}

/** Who sends to whom, what became of it: the busiest flows. */
export function flowsSvg({ unit, period, items }: Analysis<Flow>): Promise<string> {
  const shown = items.slice(0, mostFlows);
  const more = items.length > shown.length ? ` · ${shown.length} luồng nhiều nhất trong ${items.length}` : '';
  return barsSvg({
    title: 'Luồng chuyển đơn giữa các đơn vị',
    subtitle: `${officeName(unit).vi} · ${period.label.vi}${more}`,
    unit: 'đơn',
    categories: shown.map(({ from, to }) => `${from.name} → ${to.name}`),
    series: [
      { name: 'Đã nhận', values: shown.map(({ received }) => received) },
      { name: 'Chờ nhận', values: shown.map(({ pending }) => pending) },
      { name: 'Trả lại', values: shown.map(({ returned }) => returned) },
    ],
    stacked: true,
    lying: true,
  });
}

/** Limits that end day by day, and their sum. */
export function forecastSvg({ unit, from, to, total, days }: Forecast): Promise<string> {
  const expected = total.expectedLate === null ? '' : ` · dự kiến quá hạn ${written(total.expectedLate)}`;
  const title = 'Đơn sẽ đến hạn';
  const subtitle = `${officeName(unit).vi} · ${dayInLedger(from)}–${dayInLedger(to)} · đến hạn ${written(total.runningOut)}${expected} · đã quá hạn ${written(total.overdueNow)}`;
  const described = days
    .filter(({ runningOut }) => runningOut > 0)
    .map(({ dueOn, runningOut, sum }) => `${dayInLedger(dueOn)}: ${runningOut}, cộng dồn ${sum}`);
  return chartSvg(
    { title, subtitle, described: `${title}. ${subtitle}. ${described.join('; ') || 'Không có đơn đến hạn'}.`, width: 1_000, height: 460 },
    {
      legend: { bottom: 8, itemWidth: 32 },
      grid: { left: 70, right: 70, top: 90, bottom: 80 },
      xAxis: { type: 'category', data: days.map(({ dueOn }) => dayInLedger(dueOn).slice(0, 5)), axisLabel: { hideOverlap: true } },
      yAxis: [
        { type: 'value', name: 'đơn trong ngày', minInterval: 1 },
        { type: 'value', name: 'cộng dồn', minInterval: 1, splitLine: { show: false } },
      ],
      series: [
        { type: 'bar', name: 'Đến hạn trong ngày', data: days.map(({ runningOut }) => runningOut), ...barLook(1) },
        { type: 'line', name: 'Cộng dồn', yAxisIndex: 1, data: days.map(({ sum }) => sum), ...lineLook(0), symbol: 'none' },
      ],
    },
  );
}
