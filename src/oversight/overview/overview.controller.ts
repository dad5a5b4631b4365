import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { DocumentResponse, toDocument } from '../../petitions/documents/documents.response.js';
import { Problems } from '../../platform/http/api-problems.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { DirectiveSummaryService } from './directive-summary.service.js';
import { DirectiveOverviewQuery, DirectiveSummaryDto } from './dto/overview.dto.js';
import { DirectiveOverviewResponse, toOverview } from './overview.response.js';
import { OverviewService } from './overview.service.js';

@ApiTags('overview')
@Controller('overview')
@Needs('figures.read')
export class OverviewController {
  constructor(
    private readonly overview: OverviewService,
    private readonly summaries: DirectiveSummaryService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Tổng quan cho lãnh đạo – the state of every unit below on all rows of the directive, with traffic lights and the list behind every figure',
    description:
      'Each figure is a part of a whole; its light follows from the rule beside its indicator. Figures of a period are compared with the period before.',
  })
  @ApiResponse({ status: 200, type: DirectiveOverviewResponse })
  @Problems('not-found', 'validation-failed')
  async get(@Query() query: DirectiveOverviewQuery, @Caller() by: Official): Promise<DirectiveOverviewResponse> {
    return toOverview(await this.overview.overviewOf(query, by));
  }

  @Post('summaries')
  @Needs('overview.sum_up')
  @ApiOperation({ summary: 'Báo cáo tổng hợp tháng – the overview as a paper with its number: figures, lights, units with red ones' })
  @ApiResponse({ status: 201, type: DocumentResponse })
  @Problems('not-found', 'validation-failed', 'insufficient-storage')
  async sumUp(@Body() order: DirectiveSummaryDto, @Caller() by: Official): Promise<DocumentResponse> {
    return toDocument(await this.summaries.make(order, by), this.units.structure);
  }
}
