import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { toUnitReference } from '../../structure/units/unit.response.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { LimitsQuery, LimitsSummaryQuery } from './dto/limits.dto.js';
import { KeptLimitsPageResponse, KeptSummaryResponse } from './kept-limits.response.js';
import { KeptLimitsService } from './kept-limits.service.js';

@ApiTags('deadlines')
@Controller('limits')
@Needs('figures.read')
export class KeptLimitsController {
  constructor(
    private readonly kept: KeptLimitsService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Đúng hạn, quá hạn – limits kept and not kept, by unit and period' })
  @ApiResponse({ status: 200, type: KeptLimitsPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: LimitsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KeptLimitsPageResponse> {
    const { items, nextCursor } = await this.kept.list(query, by);
    linkNext(request, reply, nextCursor);
    return { items: items.map(({ unitId, ...limit }) => ({ ...limit, unit: this.unit(unitId) })), nextCursor };
  }

  @Get('summary')
  @ApiOperation({ summary: 'Tổng hợp chấp hành thời hạn – kept, not kept and open limits by unit and rule' })
  @ApiResponse({ status: 200, type: KeptSummaryResponse })
  @Problems('validation-failed')
  async summary(@Query() query: LimitsSummaryQuery, @Caller() by: Official): Promise<KeptSummaryResponse> {
    const figures = await this.kept.figures(query, by);
    const total = { kept: 0, notKept: 0, open: 0 };
    for (const row of figures) for (const name of ['kept', 'notKept', 'open'] as const) total[name] += row[name];
    const items = figures.map(({ unitId, ...row }) => ({
      ...row,
      unit: this.unit(unitId),
      link: `/api/v1/limits?unitId=${unitId}&ruleId=${row.ruleId}&dueFrom=${query.dueFrom}&dueTo=${query.dueTo}&result=not_kept`,
    }));
    return { total, items };
  }

  private unit(id: string) {
    return toUnitReference(this.units.structure.get(id));
  }
}
