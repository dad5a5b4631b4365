import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { sendSvg } from '../../platform/http/svg-answer.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { dayInLedger } from '../../platform/tabular/ledger-file.js';
import { toUnitReference } from '../../structure/units/unit.response.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import {
  BacklogCodesResponse,
  BacklogPageResponse,
  BacklogReviewResponse,
  BacklogReviewPageResponse,
  BacklogSummaryResponse,
  BurnDownResponse,
  toBacklogItem,
  toBacklogReview,
  toBacklogSummaryRow,
} from './backlog.response.js';
import { backlogCauses, longCaseGrounds } from './backlog.js';
import { BacklogService } from './backlog.service.js';
import { BacklogReviewsService } from './backlog-reviews.service.js';
import { BurnDownService } from './burn-down.service.js';
import { burnDownSvg } from './burn-down-chart.js';
import { BacklogQuery, BacklogReviewDto, BacklogReviewsQuery, BacklogSummaryQuery, BurnDownQuery } from './dto/backlog.dto.js';

@ApiTags('backlog')
@Controller('backlog')
@Needs('backlog.read')
export class BacklogController {
  constructor(
    private readonly backlog: BacklogService,
    private readonly reviews: BacklogReviewsService,
    private readonly burnDown: BurnDownService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Vụ việc tồn đọng – petitions over their last legal date with cause, plan and promise, the oldest first',
    description: 'A petition that is settled leaves the list by that alone.',
  })
  @ApiResponse({ status: 200, type: BacklogPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: BacklogQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BacklogPageResponse> {
    const found = await this.backlog.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toBacklogItem(row, this.units.structure)) };
  }

  @Get('codes')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Danh mục nguyên nhân, căn cứ – causes of a backlog and grounds of a long case, with their names' })
  @ApiResponse({ status: 200, type: BacklogCodesResponse })
  codes(): BacklogCodesResponse {
    const listed = (codes: Record<string, { vi: string; en: string }>) => Object.entries(codes).map(([code, label]) => ({ code, label }));
    return { causes: listed(backlogCauses), longCaseGrounds: listed(longCaseGrounds) };
  }

  @Get('summary')
  @Needs('figures.read')
  @ApiOperation({
    summary: 'Tổng hợp tồn đọng – how many there are, without a plan, without or with a broken promise, by unit directly below',
  })
  @ApiResponse({ status: 200, type: BacklogSummaryResponse })
  @Problems('not-found', 'validation-failed')
  async summary(@Query() { unitId }: BacklogSummaryQuery, @Caller() by: Official): Promise<BacklogSummaryResponse> {
    const { unit, total, rows } = await this.backlog.summary(unitId, by);
    return { unit: toUnitReference(unit), total, rows: rows.map(toBacklogSummaryRow) };
  }

  @Get('burn-down')
  @Needs('figures.read')
  @ApiOperation({ summary: 'Diễn biến tồn đọng – the backlog over time: what came, what went, what is promised' })
  @ApiResponse({ status: 200, type: BurnDownResponse })
  @Problems('validation-failed')
  async points(@Query() query: BurnDownQuery, @Caller() by: Official): Promise<BurnDownResponse> {
    const { unit, ...rest } = await this.burnDown.burnDownOf(query, by);
    return { ...rest, unit: toUnitReference(unit) };
  }

  @Get('burn-down.svg')
  @Needs('figures.read')
  @ApiProduces('image/svg+xml')
  @ApiOperation({ summary: 'Biểu đồ tồn đọng (SVG) – the burn-down as a picture' })
  @ApiResponse({ status: 200, description: 'SVG', schema: { type: 'string' } })
  @Problems('validation-failed')
  async picture(@Query() query: BurnDownQuery, @Caller() by: Official, @Res() reply: FastifyReply): Promise<void> {
    const { unit, from, to, points } = await this.burnDown.burnDownOf(query, by);
    const title = `Đơn tồn đọng – ${officeName(unit).vi}, ${dayInLedger(from)}–${dayInLedger(to)}`;
    await sendSvg(reply, 'bieu-do-ton-dong.svg', await burnDownSvg(title, points));
  }

  @Get('reviews')
  @ApiOperation({ summary: 'Cuộc họp rà soát – meetings that went through the backlog, the latest first' })
  @ApiResponse({ status: 200, type: BacklogReviewPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async reviewList(
    @Query() query: BacklogReviewsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BacklogReviewPageResponse> {
    const found = await this.reviews.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toBacklogReview(row, this.units.structure)) };
  }

  @Post('reviews')
  @Needs('backlog.review')
  @ApiOperation({ summary: 'Ghi cuộc họp rà soát – what a meeting decided about which petition, by when' })
  @ApiResponse({ status: 201, type: BacklogReviewResponse })
  @Problems('validation-failed')
  async hold(@Body() facts: BacklogReviewDto, @Caller() by: Official): Promise<BacklogReviewResponse> {
    return toBacklogReview(await this.reviews.hold(facts, by), this.units.structure);
  }
}
