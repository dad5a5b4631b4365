import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { GuidanceArticleDto, GuidanceListQuery, GuidanceQuery } from './dto/guidance.dto.js';
import { GuidanceResponse, GuidancePageResponse, GuidanceVersionsResponse, toGuidance, toGuidanceItem } from './guidance.response.js';
import type { GuidanceRow } from './guidance.js';
import { GuidanceService } from './guidance.service.js';

@ApiTags('guidance')
@Controller('guidance')
@Needs('guidance.keep')
export class GuidanceController {
  constructor(
    private readonly guidance: GuidanceService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @Needs('reference.read')
  @ApiOperation({ summary: 'Hướng dẫn sử dụng – articles for your role, by words; those that fit best first' })
  @ApiResponse({ status: 200, type: GuidancePageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: GuidanceListQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GuidancePageResponse> {
    const found = await this.guidance.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toGuidanceItem(row, this.units.structure)) };
  }

  @Post()
  @ApiOperation({ summary: 'Viết bài hướng dẫn – an article of your authority; everybody below reads it' })
  @ApiResponse({ status: 201, type: GuidanceResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('validation-failed')
  async publish(
    @Body() { roles, ...facts }: GuidanceArticleDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GuidanceResponse> {
    const article = await this.guidance.publish(roles, facts, by);
    void reply.header('location', `/api/v1/guidance/${article.id}`);
    return this.answer(article, reply);
  }

  @Get(':id')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Một bài hướng dẫn – an article as it is today, or an earlier version' })
  @ApiResponse({ status: 200, type: GuidanceResponse, headers: entityTagHeader })
  @Problems('not-found', 'validation-failed')
  async get(
    @Param('id', IdPipe) id: string,
    @Query() { version }: GuidanceQuery,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GuidanceResponse> {
    return this.answer(await this.guidance.get(id, by, version), reply);
  }

  @Get(':id/versions')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Các phiên bản – versions of an article, the latest first' })
  @ApiResponse({ status: 200, type: GuidanceVersionsResponse })
  @Problems('not-found')
  async versions(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<GuidanceVersionsResponse> {
    return { items: await this.guidance.versions(id, by) };
  }

  @Put(':id')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Sửa bài hướng dẫn – a new version; the earlier ones stay to be read' })
  @ApiResponse({ status: 200, type: GuidanceResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-required', 'precondition-failed', 'validation-failed')
  async revise(
    @Param('id', IdPipe) id: string,
    @Body() { roles, ...facts }: GuidanceArticleDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GuidanceResponse> {
    return this.answer(await this.guidance.revise(id, roles, facts, expected, by), reply);
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @ApiHeader(ifMatchOptional)
  @ApiOperation({ summary: 'Rút bài hướng dẫn – it is listed no more' })
  @ApiResponse({ status: 200, type: GuidanceResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed')
  async withdraw(
    @Param('id', IdPipe) id: string,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GuidanceResponse> {
    return this.answer(await this.guidance.withdraw(id, expected, by), reply);
  }

  private answer(article: GuidanceRow, reply: FastifyReply): GuidanceResponse {
    void reply.header('etag', entityTag(article.version));
    return toGuidance(article, this.units.structure);
  }
}
