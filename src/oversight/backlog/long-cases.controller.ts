import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { LongCaseResponse, LongCasePageResponse, toLongCase } from './backlog.response.js';
import type { LongCaseRow } from './backlog.js';
import { LongCaseDto, LongCaseEndDto, LongCaseRevisionDto, LongCasesQuery } from './dto/backlog.dto.js';
import { LongCasesService } from './long-cases.service.js';

/** What every change of a marked case documents: its answer, and how it can be refused. */
function LongCaseStep(summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, type: LongCaseResponse, headers: entityTagHeader }),
    Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('backlog')
@Controller()
@Needs('backlog.plan')
export class LongCasesController {
  constructor(
    private readonly longCases: LongCasesService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('long-cases')
  @Needs('backlog.read')
  @ApiOperation({ summary: 'Vụ việc phức tạp, kéo dài – cases that are complex and drag on, the latest marks first' })
  @ApiResponse({ status: 200, type: LongCasePageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: LongCasesQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LongCasePageResponse> {
    const found = await this.longCases.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toLongCase(row, this.units.structure)) };
  }

  @Post('petitions/:id/long-case')
  @ApiOperation({
    summary: 'Đánh dấu vụ việc phức tạp, kéo dài – mark the case of a petition, with grounds and a summary of the dossier',
    description: 'The mark follows the petition when cases are merged or parted.',
  })
  @ApiResponse({ status: 201, type: LongCaseResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('not-found', 'not-responsible', 'conflict', 'validation-failed')
  async mark(
    @Param('id', IdPipe) id: string,
    @Body() facts: LongCaseDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LongCaseResponse> {
    const marked = await this.longCases.mark(id, facts, by);
    void reply.header('location', `/api/v1/long-cases/${marked.id}`);
    return this.answer(marked, reply);
  }

  @Get('long-cases/:id')
  @Needs('backlog.read')
  @ApiOperation({ summary: 'Một vụ việc kéo dài – one of them' })
  @ApiResponse({ status: 200, type: LongCaseResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LongCaseResponse> {
    return this.answer(await this.longCases.get(id, by), reply);
  }

  @Put('long-cases/:id')
  @LongCaseStep('Cập nhật căn cứ, tóm tắt hồ sơ – bring grounds and dossier up to date')
  async revise(
    @Param('id', IdPipe) id: string,
    @Body() facts: LongCaseRevisionDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LongCaseResponse> {
    return this.answer(await this.longCases.revise(id, facts, expected, by), reply);
  }

  @Post('long-cases/:id/end')
  @HttpCode(200)
  @LongCaseStep('Kết thúc – it is settled, or turned out not to be one of these')
  async end(
    @Param('id', IdPipe) id: string,
    @Body() end: LongCaseEndDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LongCaseResponse> {
    return this.answer(await this.longCases.end(id, end, expected, by), reply);
  }

  private answer(row: LongCaseRow, reply: FastifyReply): LongCaseResponse {
    void reply.header('etag', entityTag(row.version));
    return toLongCase(row, this.units.structure);
  }
}
