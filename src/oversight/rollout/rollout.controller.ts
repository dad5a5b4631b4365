import { Body, Controller, Get, HttpCode, Param, ParseEnumPipe, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { ExpectedVersion, ifMatchOptional } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { toUnitReference } from '../../structure/units/unit.response.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { LateEntriesQuery, MilestoneDto, RolloutPlanDto, RolloutsQuery, RolloutSummaryQuery, UsageQuery } from './dto/rollout.dto.js';
import {
  LateEntryPageResponse,
  RolloutResponse,
  RolloutPlannedResponse,
  RolloutsResponse,
  RolloutSummaryResponse,
  toRollout,
  toRolloutSummaryRow,
  toUsageReport,
  UsageReportResponse,
} from './rollout.response.js';
import { type Milestone, milestoneNames } from './rollout.js';
import { RolloutService } from './rollout.service.js';
import { UsageService } from './usage.service.js';

const milestonePipe = new ParseEnumPipe(Object.fromEntries(milestoneNames.map((name) => [name, name])));

@ApiTags('rollout')
@Controller('rollout')
@Needs('rollout.read')
export class RolloutController {
  constructor(
    private readonly rollout: RolloutService,
    private readonly usage: UsageService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('summary')
  @ApiOperation({ summary: 'Tiến độ triển khai phần mềm – how many units are how far, and late, by unit directly below' })
  @ApiResponse({ status: 200, type: RolloutSummaryResponse })
  @Problems('not-found', 'validation-failed')
  async summary(@Query() { unitId }: RolloutSummaryQuery, @Caller() by: Official): Promise<RolloutSummaryResponse> {
    const { unit, total, rows } = await this.rollout.summary(unitId, by);
    return { unit: toUnitReference(unit), total, rows: rows.map(toRolloutSummaryRow) };
  }

  @Get('usage')
  @ApiOperation({
    summary: 'Mức độ sử dụng – measured: entered within a day, complete, by how many accounts, last use; by unit directly below',
    description:
      'In time is what was entered by the end of the next working day. Petitions of old ledgers and of other systems do not count.',
  })
  @ApiResponse({ status: 200, type: UsageReportResponse })
  @Problems('not-found', 'validation-failed')
  async measure(@Query() query: UsageQuery, @Caller() by: Official): Promise<UsageReportResponse> {
    return toUsageReport(await this.usage.usageOf(query, by));
  }

  @Get('late-entries')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Nhập chậm – petitions and visits that were not entered by the end of the next working day, the latest first' })
  @ApiResponse({ status: 200, type: LateEntryPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async late(
    @Query() query: LateEntriesQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LateEntryPageResponse> {
    const found = await this.usage.late(query, by);
    linkNext(request, reply, found.nextCursor);
    const { structure } = this.units;
    return { ...found, items: found.items.map(({ unitId, ...row }) => ({ ...row, unit: toUnitReference(structure.get(unitId)) })) };
  }

  @Post('plans')
  @HttpCode(200)
  @Needs('rollout.keep')
  @ApiOperation({ summary: 'Lập kế hoạch triển khai – by when which steps are done at which units' })
  @ApiResponse({ status: 200, type: RolloutPlannedResponse })
  @Problems('validation-failed')
  plan(@Body() plan: RolloutPlanDto, @Caller() by: Official): Promise<RolloutPlannedResponse> {
    return this.rollout.plan(plan, by);
  }

  @Get('units')
  @ApiOperation({ summary: 'Các đơn vị – how far each unit is, with its steps' })
  @ApiResponse({ status: 200, type: RolloutsResponse })
  @Problems('validation-failed')
  async list(@Query() query: RolloutsQuery, @Caller() by: Official): Promise<RolloutsResponse> {
    return { items: (await this.rollout.list(query, by)).map((rollout) => toRollout(rollout, this.units.structure)) };
  }

  @Get('units/:id')
  @ApiOperation({ summary: 'Một đơn vị – how far one unit is' })
  @ApiResponse({ status: 200, type: RolloutResponse })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<RolloutResponse> {
    return toRollout(await this.rollout.get(id, by), this.units.structure);
  }

  @Put('units/:id/milestones/:milestone')
  @Needs('rollout.keep')
  @ApiHeader(ifMatchOptional)
  @ApiParam({ name: 'milestone', enum: milestoneNames })
  @ApiOperation({ summary: 'Ghi nhận một bước – a step is done at a unit, or turns out not to be; If-Match is the version of the step' })
  @ApiResponse({ status: 200, type: RolloutResponse })
  @Problems('not-found', 'malformed-request', 'precondition-failed', 'validation-failed')
  async record(
    @Param('id', IdPipe) id: string,
    @Param('milestone', milestonePipe) milestone: Milestone,
    @Body() done: MilestoneDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
  ): Promise<RolloutResponse> {
    return toRollout(await this.rollout.record(id, milestone, done, expected, by), this.units.structure);
  }
}
