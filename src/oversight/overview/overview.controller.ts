import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../auth/access.decorators.js';
import type { Official } from '../../auth/official.js';
import { Problems } from '../../http/api-problems.js';
import { DirectiveOverviewQuery } from './dto/overview.dto.js';
import { DirectiveOverviewAnswer, toOverview } from './overview.answer.js';
import { OverviewService } from './overview.service.js';

@ApiTags('overview')
@Controller('overview')
@Needs('figures.read')
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Get()
  @ApiOperation({
    summary:
      'Tổng quan cho lãnh đạo – the state of every unit below on all rows of the directive, with traffic lights and the list behind every figure',
    description:
      'Each figure is a part of a whole; its light follows from the rule beside its indicator. Figures of a period are compared with the period before.',
  })
  @ApiResponse({ status: 200, type: DirectiveOverviewAnswer })
  @Problems('not-found', 'validation-failed')
  async get(@Query() query: DirectiveOverviewQuery, @Caller() by: Official): Promise<DirectiveOverviewAnswer> {
    return toOverview(await this.overview.of(query, by));
  }
}
