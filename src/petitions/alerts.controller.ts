import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { Problems } from '../platform/http/api-problems.js';
import { AlertSummaryResponse, toAlertSummary } from './alert.response.js';
import { AlertsService } from './alerts.service.js';
import { AlertsQuery } from './dto/alerts.dto.js';

@ApiTags('alerts')
@Controller('alerts')
@Needs('figures.read')
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Get('summary')
  @ApiOperation({
    summary: 'Cảnh báo theo cây đơn vị – open, due soon, overdue, backlog and over-level, unit by unit',
    description:
      'One row for the unit itself and one for each unit directly below with everything under it; each figure links to its list.',
  })
  @ApiResponse({ status: 200, type: AlertSummaryResponse })
  @Problems('not-found', 'validation-failed')
  async summary(@Query() query: AlertsQuery, @Caller() by: Official): Promise<AlertSummaryResponse> {
    return toAlertSummary(await this.alerts.summary(query, by));
  }
}
