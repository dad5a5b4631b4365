import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { Problems } from '../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../platform/http/entity-tag.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../platform/http/link.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import type { CampaignRow } from './campaign.js';
import {
  CampaignResponse,
  CampaignItemResponse,
  CampaignItemPageResponse,
  CampaignPageResponse,
  CampaignUnitsResponse,
  toCampaign,
  toCampaignItem,
  toCampaignUnit,
} from './campaigns.response.js';
import { CampaignsService } from './campaigns.service.js';
import { ByUnitQuery, CampaignDto, CampaignEndDto, CampaignsQuery, ItemsQuery, ReviewDto } from './dto/regulations.dto.js';

@ApiTags('regulation-campaigns')
@Controller()
@Needs('regulations.review_below')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('regulation-campaigns')
  @Needs('figures.read')
  @ApiOperation({ summary: 'Đợt rà soát quy chế – campaigns that you run, or in which your units have something to review' })
  @ApiResponse({ status: 200, type: CampaignPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: CampaignsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignPageResponse> {
    const found = await this.campaigns.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toCampaign(row, this.units.structure)) };
  }

  @Post('regulation-campaigns')
  @ApiOperation({
    summary: 'Mở đợt rà soát – who must review which regulations by when',
    description: 'Every unit gets an item for each regulation that it has, or must have and has not. Its answer is a review.',
  })
  @ApiResponse({ status: 201, type: CampaignResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('validation-failed')
  async start(
    @Body() order: CampaignDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignResponse> {
    const campaign = await this.campaigns.start(order, by);
    void reply.header('location', `/api/v1/regulation-campaigns/${campaign.id}`);
    return this.answer(campaign, reply);
  }

  @Get('regulation-campaigns/:id')
  @Needs('figures.read')
  @ApiOperation({ summary: 'Một đợt rà soát – one campaign and how far it is' })
  @ApiResponse({ status: 200, type: CampaignResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignResponse> {
    return this.answer(await this.campaigns.get(id, by), reply);
  }

  @Get('regulation-campaigns/:id/units')
  @Needs('figures.read')
  @ApiOperation({ summary: 'Tiến độ theo đơn vị – how far the units directly below are, each with all under it' })
  @ApiResponse({ status: 200, type: CampaignUnitsResponse })
  @Problems('not-found', 'validation-failed')
  async byUnit(@Param('id', IdPipe) id: string, @Query() { unitId }: ByUnitQuery, @Caller() by: Official): Promise<CampaignUnitsResponse> {
    return { items: (await this.campaigns.byUnit(id, unitId, by)).map((row) => toCampaignUnit(id, row)) };
  }

  @Get('regulation-campaigns/:id/items')
  @Needs('figures.read')
  @ApiOperation({ summary: 'Nội dung rà soát – what is to be reviewed, and what came of it' })
  @ApiResponse({ status: 200, type: CampaignItemPageResponse, headers: linkHeader })
  @Problems('not-found', 'validation-failed')
  async items(
    @Param('id', IdPipe) id: string,
    @Query() query: ItemsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignItemPageResponse> {
    const found = await this.campaigns.items(id, query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toCampaignItem(row, this.units.structure)) };
  }

  @Post('regulation-campaigns/:id/end')
  @HttpCode(200)
  @ApiHeader(ifMatchOptional)
  @ApiOperation({ summary: 'Kết thúc, huỷ đợt rà soát – close or cancel a campaign; what is open stays in its figures' })
  @ApiResponse({ status: 200, type: CampaignResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed')
  async end(
    @Param('id', IdPipe) id: string,
    @Body() { state, note }: CampaignEndDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignResponse> {
    return this.answer(await this.campaigns.end(id, state, note, expected, by), reply);
  }

  @Post('regulation-campaign-items/:id/reviews')
  @Needs('regulations.keep')
  @ApiOperation({
    summary: 'Trả lời rà soát – what becomes of a regulation, or of the lack of one; a later answer takes the place of an earlier one',
  })
  @ApiResponse({ status: 201, type: CampaignItemResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async review(@Param('id', IdPipe) id: string, @Body() review: ReviewDto, @Caller() by: Official): Promise<CampaignItemResponse> {
    return toCampaignItem(await this.campaigns.answer(id, review, by), this.units.structure);
  }

  private answer(campaign: CampaignRow, reply: FastifyReply): CampaignResponse {
    void reply.header('etag', entityTag(campaign.version));
    return toCampaign(campaign, this.units.structure);
  }
}
