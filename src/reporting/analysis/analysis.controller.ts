import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../auth/access.decorators.js';
import type { Official } from '../../auth/official.js';
import { Problems } from '../../http/api-problems.js';
import { periodAsked } from '../report-period.js';
import { DurationsAnswer, FlowsAnswer, toDurations, toFlows } from './analysis.answer.js';
import { AnalysisService } from './analysis.service.js';
import { AnalysisQuery, DurationsQuery, PivotQuery } from './dto/pivot.dto.js';
import { PivotAnswer, toPivot } from './pivot.answer.js';
import { PivotService } from './pivot.service.js';

@ApiTags('reports')
@Controller('reports')
@Needs('figures.read')
export class AnalysisController {
  constructor(
    private readonly pivots: PivotService,
    private readonly analysis: AnalysisService,
  ) {}

  @Get('flows')
  @ApiOperation({
    summary: 'Luồng chuyển đơn – who transfers to whom, how much was received, returned and answered, and how long that took',
    description: 'Transfers sent in the period by, or to, the units in view; the busiest flow first.',
  })
  @ApiResponse({ status: 200, type: FlowsAnswer })
  @Problems('validation-failed', 'not-found')
  async flows(@Query() query: AnalysisQuery, @Caller() by: Official): Promise<FlowsAnswer> {
    return toFlows(await this.analysis.flows({ ...query, period: periodAsked(query) }, by));
  }

  @Get('durations')
  @ApiOperation({
    summary: 'Phân bố thời gian – how many took how many days to process or to resolve: classes, median, nine of ten',
    description:
      '`processing`: from arrival, of what was processed in the period; `resolution`: from acceptance, of what ended in it. All together, then by kind.',
  })
  @ApiResponse({ status: 200, type: DurationsAnswer })
  @Problems('validation-failed', 'not-found')
  async durations(@Query() { of, ...query }: DurationsQuery, @Caller() by: Official): Promise<DurationsAnswer> {
    return toDurations(await this.analysis.durations(of, { ...query, period: periodAsked(query) }, by));
  }

  @Get('pivot')
  @ApiOperation({
    summary: 'Phân tích nhiều chiều – what the forms count, divided by up to three dimensions, with means and shares',
    description:
      'Sources, their attributes and measures: `GET /reports/vocabulary`. Beside these: dimensions `unit`, `level`, `month`, `quarter`, `year`; of petitions `daysToProcess`, `daysToProcessMedian`, `overLevelShare`, of settlements `daysToSettle`, `daysToSettleMedian`, `inTimeShare`, of visits `personsPerVisit`, `repeatShare`.',
  })
  @ApiResponse({ status: 200, type: PivotAnswer })
  @Problems('validation-failed', 'not-found')
  async pivot(@Query() { by = [], where = [], ...query }: PivotQuery, @Caller() caller: Official): Promise<PivotAnswer> {
    return toPivot(await this.pivots.of({ ...query, by, where, period: periodAsked(query) }, caller));
  }
}
