import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../auth/access.decorators.js';
import type { Official } from '../../auth/official.js';
import { Problems } from '../../http/api-problems.js';
import { periodAsked } from '../report-period.js';
import { PivotQuery } from './dto/pivot.dto.js';
import { PivotAnswer, toPivot } from './pivot.answer.js';
import { PivotService } from './pivot.service.js';

@ApiTags('reports')
@Controller('reports')
@Needs('figures.read')
export class AnalysisController {
  constructor(private readonly pivots: PivotService) {}

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
