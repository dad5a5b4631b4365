import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../auth/access.decorators.js';
import type { Official } from '../../auth/official.js';
import { DocumentAnswer, toDocument } from '../../documents/documents.answer.js';
import { Problems } from '../../http/api-problems.js';
import { UnitDirectory } from '../../units/unit-directory.js';
import { DirectiveSummaryService } from './directive-summary.service.js';
import { DirectiveOverviewQuery, DirectiveSummaryDto } from './dto/overview.dto.js';
import { DirectiveOverviewAnswer, toOverview } from './overview.answer.js';
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
  @ApiResponse({ status: 200, type: DirectiveOverviewAnswer })
  @Problems('not-found', 'validation-failed')
  async get(@Query() query: DirectiveOverviewQuery, @Caller() by: Official): Promise<DirectiveOverviewAnswer> {
    return toOverview(await this.overview.of(query, by));
  }

  @Post('summaries')
  @Needs('overview.sum_up')
  @ApiOperation({ summary: 'Báo cáo tổng hợp tháng – the overview as a paper with its number: figures, lights, units with red ones' })
  @ApiResponse({ status: 201, type: DocumentAnswer })
  @Problems('not-found', 'validation-failed', 'insufficient-storage')
  async sumUp(@Body() order: DirectiveSummaryDto, @Caller() by: Official): Promise<DocumentAnswer> {
    return toDocument(await this.summaries.make(order, by), this.units.structure);
  }
}
