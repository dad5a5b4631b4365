import { applyDecorators, Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { FastifyReply } from 'fastify';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { sendSvg } from '../../platform/http/svg-answer.js';
import { periodAsked } from '../report-period.js';
import { DurationsResponse, FlowsResponse, toDurations, toFlows } from './analysis.response.js';
import { AnalysisService } from './analysis.service.js';
import { durationsSvg, flowsSvg, forecastSvg } from './charts/analysis-charts.js';
import { pivotSvg } from './charts/pivot-chart.js';
import { AnalysisQuery, DurationsQuery, ForecastQuery, PivotChartQuery, PivotQuery } from './dto/analysis.dto.js';
import { ForecastResponse, toForecast } from './forecast.response.js';
import { ForecastService } from './forecast.service.js';
import type { Pivot } from './pivot.js';
import { PivotResponse, toPivot } from './pivot.response.js';
import { PivotService } from './pivot.service.js';

const defaultDays = 30;

/** A picture for people, with everything that it shows in words inside (`desc`); told apart in black and white. */
function AsPicture(summary: string, description: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary, description: `${description} Readable in black and white; the same in words stands in \`desc\`.` }),
    ApiProduces('image/svg+xml'),
    ApiResponse({ status: 200, description: 'SVG', schema: { type: 'string', format: 'binary' } }),
    Problems('validation-failed', 'not-found'),
  );
}

@ApiTags('reports')
@Controller('reports')
@Needs('figures.read')
export class AnalysisController {
  constructor(
    private readonly pivots: PivotService,
    private readonly analysis: AnalysisService,
    private readonly forecasts: ForecastService,
  ) {}

  @Get('flows')
  @ApiOperation({
    summary: 'Luồng chuyển đơn – who transfers to whom, how much was received, returned and answered, and how long that took',
    description: 'Transfers sent in the period by, or to, the units in view; the busiest flow first.',
  })
  @ApiResponse({ status: 200, type: FlowsResponse })
  @Problems('validation-failed', 'not-found')
  async flows(@Query() query: AnalysisQuery, @Caller() by: Official): Promise<FlowsResponse> {
    return toFlows(await this.analysis.flows({ ...query, period: periodAsked(query) }, by));
  }

  @Get('flows/chart')
  @AsPicture('Biểu đồ luồng chuyển đơn – the busiest flows as SVG', 'The 25 busiest flows: received, waiting and returned.')
  async flowsChart(@Query() query: AnalysisQuery, @Caller() by: Official, @Res() reply: FastifyReply): Promise<void> {
    const flows = await this.analysis.flows({ ...query, period: periodAsked(query) }, by);
    await sendSvg(reply, 'luong-chuyen-don.svg', await flowsSvg(flows));
  }

  @Get('durations')
  @ApiOperation({
    summary: 'Phân bố thời gian – how many took how many days to process or to resolve: classes, median, nine of ten',
    description:
      '`processing`: from arrival, of what was processed in the period; `resolution`: from acceptance, of what ended in it. All together, then by kind.',
  })
  @ApiResponse({ status: 200, type: DurationsResponse })
  @Problems('validation-failed', 'not-found')
  async durations(@Query() { of, ...query }: DurationsQuery, @Caller() by: Official): Promise<DurationsResponse> {
    return toDurations(await this.analysis.durations(of, { ...query, period: periodAsked(query) }, by));
  }

  @Get('durations/chart')
  @AsPicture('Biểu đồ phân bố thời gian – durations in classes as SVG', 'Classes by the limits of the law; kinds on top of one another.')
  async durationsChart(@Query() { of, ...query }: DurationsQuery, @Caller() by: Official, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.analysis.durations(of, { ...query, period: periodAsked(query) }, by);
    await sendSvg(reply, 'phan-bo-thoi-gian.svg', await durationsSvg(of, found));
  }

  @Get('forecast')
  @ApiOperation({
    summary: 'Dự báo quá hạn – what becomes overdue in the next days if nobody acts, and what of it probably will',
    description:
      'Open petitions whose next limit ends from today on, by day and unit, with the list; beside it how many will be late if limits are kept as in the year before.',
  })
  @ApiResponse({ status: 200, type: ForecastResponse })
  @Problems('validation-failed', 'not-found')
  async forecast(@Query() { days = defaultDays, ...query }: ForecastQuery, @Caller() by: Official): Promise<ForecastResponse> {
    return toForecast(await this.forecasts.forecastOf({ ...query, days }, by));
  }

  @Get('forecast/chart')
  @AsPicture('Biểu đồ đơn sẽ đến hạn – limits that end in the next days as SVG', 'By day, and their sum.')
  async forecastChart(
    @Query() { days = defaultDays, ...query }: ForecastQuery,
    @Caller() by: Official,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendSvg(reply, 'du-bao-den-han.svg', await forecastSvg(await this.forecasts.forecastOf({ ...query, days }, by)));
  }

  @Get('pivot')
  @ApiOperation({
    summary: 'Phân tích nhiều chiều – what the forms count, divided by up to three dimensions, with means and shares',
    description:
      'Sources, their attributes and measures: `GET /reports/vocabulary`. Beside these: dimensions `unit`, `level`, `district` and `province` (in which the unit lies), `month`, `quarter`, `year`; of petitions `daysToProcess`, `daysToProcessMedian`, `overLevelShare`, of settlements `daysToSettle`, `daysToSettleMedian`, `inTimeShare`, of visits `personsPerVisit`, `repeatShare`. With `sort` a ranking, e.g. `by=unit&sort=-overLevelShare&where=level:commune&limit=10`.',
  })
  @ApiResponse({ status: 200, type: PivotResponse })
  @Problems('validation-failed', 'not-found')
  async pivot(@Query() query: PivotQuery, @Caller() caller: Official): Promise<PivotResponse> {
    return toPivot(await this.pivotOf(query, caller));
  }

  @Get('pivot/chart')
  @AsPicture(
    'Biểu đồ phân tích – a pivot as SVG',
    'The first dimension along the axis, the second one or the measures as series: time as lines, names as lying bars. At most 40 names and 8 series, one unit of measure.',
  )
  async pivotChart(@Query() query: PivotChartQuery, @Caller() caller: Official, @Res() reply: FastifyReply): Promise<void> {
    await sendSvg(reply, 'phan-tich.svg', await pivotSvg(await this.pivotOf(query, caller)));
  }

  private pivotOf({ by = [], where = [], ...query }: PivotQuery, caller: Official): Promise<Pivot> {
    return this.pivots.pivotOf({ ...query, by, where, period: periodAsked(query) }, caller);
  }
}
