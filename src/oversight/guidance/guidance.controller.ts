import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../auth/access.decorators.js';
import type { Official } from '../../auth/official.js';
import { Problems } from '../../http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional, ifMatchRequired } from '../../http/entity-tag.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linkHeader, linkNext } from '../../http/link.js';
import { UnitDirectory } from '../../units/unit-directory.js';
import { GuidanceArticleDto, GuidanceListQuery, GuidanceQuery } from './dto/guidance.dto.js';
import { GuidanceAnswer, GuidancePageAnswer, GuidanceVersionsAnswer, toGuidance, toGuidanceItem } from './guidance.answer.js';
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
  @ApiResponse({ status: 200, type: GuidancePageAnswer, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: GuidanceListQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GuidancePageAnswer> {
    const found = await this.guidance.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toGuidanceItem(row, this.units.structure)) };
  }

  @Post()
  @ApiOperation({ summary: 'Viết bài hướng dẫn – an article of your authority; everybody below reads it' })
  @ApiResponse({ status: 201, type: GuidanceAnswer, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('validation-failed')
  async publish(
    @Body() { roles, ...facts }: GuidanceArticleDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GuidanceAnswer> {
    const article = await this.guidance.publish(roles, facts, by);
    void reply.header('location', `/api/v1/guidance/${article.id}`);
    return this.answer(article, reply);
  }

  @Get(':id')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Một bài hướng dẫn – an article as it is today, or an earlier version' })
  @ApiResponse({ status: 200, type: GuidanceAnswer, headers: entityTagHeader })
  @Problems('not-found', 'validation-failed')
  async get(
    @Param('id', IdPipe) id: string,
    @Query() { version }: GuidanceQuery,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GuidanceAnswer> {
    return this.answer(await this.guidance.get(id, by, version), reply);
  }

  @Get(':id/versions')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Các phiên bản – versions of an article, the latest first' })
  @ApiResponse({ status: 200, type: GuidanceVersionsAnswer })
  @Problems('not-found')
  async versions(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<GuidanceVersionsAnswer> {
    return { items: await this.guidance.versions(id, by) };
  }

  @Put(':id')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Sửa bài hướng dẫn – a new version; the earlier ones stay to be read' })
  @ApiResponse({ status: 200, type: GuidanceAnswer, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-required', 'precondition-failed', 'validation-failed')
  async revise(
    @Param('id', IdPipe) id: string,
    @Body() { roles, ...facts }: GuidanceArticleDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GuidanceAnswer> {
    return this.answer(await this.guidance.revise(id, roles, facts, expected, by), reply);
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @ApiHeader(ifMatchOptional)
  @ApiOperation({ summary: 'Rút bài hướng dẫn – it is listed no more' })
  @ApiResponse({ status: 200, type: GuidanceAnswer, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed')
  async withdraw(
    @Param('id', IdPipe) id: string,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GuidanceAnswer> {
    return this.answer(await this.guidance.withdraw(id, expected, by), reply);
  }

  private answer(article: GuidanceRow, reply: FastifyReply): GuidanceAnswer {
    void reply.header('etag', entityTag(article.version));
    return toGuidance(article, this.units.structure);
  }
}
