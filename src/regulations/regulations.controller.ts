import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { Problems } from '../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional, ifMatchRequired } from '../platform/http/entity-tag.js';
import { FileBody } from '../platform/http/file-body.decorator.js';
import { IdPipe, NumberPipe } from '../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../platform/http/link.js';
import { type Upload, Uploaded } from '../platform/http/upload.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { toUnitReference } from '../structure/units/unit.response.js';
import { CampaignsService } from './campaigns.service.js';
import {
  GapsQuery,
  NewVersionDto,
  OverviewQuery,
  RegulationDto,
  RegulationsQuery,
  RepealDto,
  ReviewDto,
  VersionDto,
} from './dto/regulations.dto.js';
import type { Regulation } from './regulation.js';
import { RegulationOverviewService } from './regulation-overview.service.js';
import {
  RegulationResponse,
  RegulationGapPageResponse,
  RegulationOverviewResponse,
  RegulationPageResponse,
  toGap,
  toOverviewRow,
  toRegulation,
  toRegulationItem,
} from './regulations.response.js';
import { RegulationsService } from './regulations.service.js';

/** What every change of a regulation documents: its answer, and how it can be refused. */
function RegulationStep(status: 200 | 201, summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary }),
    ApiResponse({ status, type: RegulationResponse, headers: entityTagHeader }),
    Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('regulations')
@Controller('regulations')
@Needs('regulations.keep')
export class RegulationsController {
  constructor(
    private readonly regulations: RegulationsService,
    private readonly reviews: CampaignsService,
    private readonly overviews: RegulationOverviewService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @Needs('regulations.read')
  @ApiOperation({ summary: 'Nội quy, quy chế – regulations of a unit, the newest entry first; those of every unit are public' })
  @ApiResponse({ status: 200, type: RegulationPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: RegulationsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegulationPageResponse> {
    const found = await this.regulations.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toRegulationItem(row, this.units.structure)) };
  }

  @Post()
  @ApiOperation({
    summary: 'Ghi quy định – enter a regulation of your unit with its first version',
    description: 'House rules, reception regulation and the two coordination regulations are one each: what changes them is a version.',
  })
  @ApiResponse({ status: 201, type: RegulationResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('not-responsible', 'validation-failed', 'unit-not-valid', 'conflict')
  async register(
    @Body() { unitId, ...facts }: RegulationDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegulationResponse> {
    const regulation = await this.regulations.register(unitId, facts, by);
    void reply.header('location', `/api/v1/regulations/${regulation.id}`);
    return this.answer(regulation, reply);
  }

  @Get('overview')
  @Needs('figures.read')
  @ApiOperation({
    summary: 'Tình hình quy chế các đơn vị – which regulations are missing, outdated or due for review, by unit directly below',
  })
  @ApiResponse({ status: 200, type: RegulationOverviewResponse })
  @Problems('not-found', 'validation-failed')
  async overview(@Query() query: OverviewQuery, @Caller() by: Official): Promise<RegulationOverviewResponse> {
    const { unit, rows, ...rest } = await this.overviews.overview(query, by);
    return { ...rest, unit: toUnitReference(unit), rows: rows.map((row) => toOverviewRow(row, query.asOf)) };
  }

  @Get('gaps')
  @Needs('figures.read')
  @ApiOperation({ summary: 'Quy chế thiếu, lạc hậu, đến hạn rà soát – the list behind the overview' })
  @ApiResponse({ status: 200, type: RegulationGapPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async gaps(
    @Query() query: GapsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegulationGapPageResponse> {
    const found = await this.overviews.gaps(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((gap) => toGap(gap, this.units.structure)) };
  }

  @Get(':id')
  @Needs('regulations.read')
  @ApiOperation({ summary: 'Một quy định – one regulation with its versions, what they rest on, and its reviews' })
  @ApiResponse({ status: 200, type: RegulationResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<RegulationResponse> {
    return this.answer(await this.regulations.get(id), reply);
  }

  @Post(':id/versions')
  @RegulationStep(201, 'Sửa đổi, bổ sung, thay thế – a new version of the text; the former one ends the day before')
  async addVersion(
    @Param('id', IdPipe) id: string,
    @Body() { action, ...version }: NewVersionDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegulationResponse> {
    return this.answer(await this.regulations.addVersion(id, action, version, expected, by), reply);
  }

  @Put(':id/versions/last')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Đính chính phiên bản cuối – correct what was entered wrongly of the last version' })
  @ApiResponse({ status: 200, type: RegulationResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-required', 'precondition-failed', 'validation-failed')
  async correct(
    @Param('id', IdPipe) id: string,
    @Body() version: VersionDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegulationResponse> {
    return this.answer(await this.regulations.correctLast(id, version, expected, by), reply);
  }

  @Post(':id/versions/:sequence/file')
  @FileBody('attachment')
  @ApiOperation({ summary: 'Văn bản ký – keep the signed text of a version; a better scan replaces it' })
  @ApiResponse({ status: 201, type: RegulationResponse, headers: entityTagHeader })
  @Problems(
    'not-found',
    'not-responsible',
    'malformed-request',
    'unsupported-media-type',
    'payload-too-large',
    'validation-failed',
    'infected-file',
    'service-unavailable',
  )
  async attach(
    @Param('id', IdPipe) id: string,
    @Param('sequence', NumberPipe) sequence: number,
    @Uploaded() { file }: Upload,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegulationResponse> {
    return this.answer(await this.regulations.attach(id, sequence, file, by), reply);
  }

  @Post(':id/reviews')
  @RegulationStep(201, 'Rà soát – review a regulation: keep, amend, supplement, replace or repeal; campaigns that ask for it are answered')
  async review(
    @Param('id', IdPipe) id: string,
    @Body() review: ReviewDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegulationResponse> {
    return this.answer(await this.reviews.review(id, review, by), reply);
  }

  @Post(':id/repeal')
  @HttpCode(200)
  @RegulationStep(200, 'Bãi bỏ – end a regulation')
  async repeal(
    @Param('id', IdPipe) id: string,
    @Body() repeal: RepealDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegulationResponse> {
    return this.answer(await this.regulations.repeal(id, repeal, expected, by), reply);
  }

  private answer(regulation: Regulation, reply: FastifyReply): RegulationResponse {
    void reply.header('etag', entityTag(regulation.version));
    return toRegulation(regulation, this.units.structure);
  }
}
