import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Problems } from '../../platform/http/api-problems.js';
import { sendSvg } from '../../platform/http/svg-answer.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { dayInLedger } from '../../platform/tabular/ledger-file.js';
import { toUnitReference } from '../../structure/units/unit.response.js';
import { FiguresQuery, HeatMapQuery, OwedQuery } from './dto/figures.dto.js';
import { FiguresResponse, HeatMapResponse, OwedSummaryResponse, toFigures, toOwedSummary } from './figures.response.js';
import { FiguresService } from './figures.service.js';
import { heatMapSvg } from './heat-map.js';

@ApiTags('reception-figures')
@Controller('reception-figures')
@Needs('figures.read')
export class FiguresController {
  constructor(private readonly figures: FiguresService) {}

  @Get()
  @ApiOperation({
    summary: 'Số liệu tiếp công dân – visits, persons, cases, groups and sessions by unit or month',
    description:
      'With the columns of the forms 01/TCD and 02/TCD by their numbers, their checks, and how long people wait and are received. A case counts once in a period at a unit; it is repeated when it was brought there before.',
  })
  @ApiResponse({ status: 200, type: FiguresResponse })
  @Problems('validation-failed', 'not-found')
  async read(@Query() { by = 'unit', ...stretch }: FiguresQuery, @Caller() caller: Official): Promise<FiguresResponse> {
    return toFigures(await this.figures.figures(stretch, by, caller), stretch.from, stretch.to);
  }

  @Get('owed')
  @ApiOperation({
    summary: 'Việc còn nợ sau tiếp công dân – answers and tasks that are open, due soon, overdue, backlog',
    description:
      'As things stand today, for the unit and for each unit below with everything under it; each with the lists that it counts.',
  })
  @ApiResponse({ status: 200, type: OwedSummaryResponse })
  @Problems('validation-failed', 'not-found')
  async owed(@Query() { unitId }: OwedQuery, @Caller() by: Official): Promise<OwedSummaryResponse> {
    return toOwedSummary(await this.figures.owed(unitId, by), today());
  }

  @Get('heat-map')
  @ApiOperation({ summary: 'Biểu đồ nhiệt – visits by weekday and hour, as data' })
  @ApiResponse({ status: 200, type: HeatMapResponse })
  @Problems('validation-failed', 'not-found')
  async heatMap(@Query() { includeSubordinates = false, ...stretch }: HeatMapQuery, @Caller() by: Official): Promise<HeatMapResponse> {
    const { unit, cells } = await this.figures.heatMap(stretch, includeSubordinates, by);
    return { from: stretch.from, to: stretch.to, unit: toUnitReference(unit), cells };
  }

  @Get('heat-map.svg')
  @ApiProduces('image/svg+xml')
  @ApiOperation({ summary: 'Biểu đồ nhiệt (SVG) – visits by weekday and hour, as a picture' })
  @ApiResponse({ status: 200, description: 'SVG', schema: { type: 'string' } })
  @Problems('validation-failed', 'not-found')
  async heatMapPicture(
    @Query() { includeSubordinates = false, ...stretch }: HeatMapQuery,
    @Caller() by: Official,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { unit, cells } = await this.figures.heatMap(stretch, includeSubordinates, by);
    const title = `Lượt tiếp công dân – ${officeName(unit).vi}, ${dayInLedger(stretch.from)}–${dayInLedger(stretch.to)}`;
    await sendSvg(reply, 'bieu-do-tiep-cong-dan.svg', await heatMapSvg(title, cells));
  }
}
