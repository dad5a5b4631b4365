import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { UnitRequestDto, UnitRequestEntryDto, UnitRequestsQuery } from './dto/requests.dto.js';
import type { UnitRequest } from './request.js';
import { toRequest, toRequestItem, UnitRequestResponse, UnitRequestPageResponse } from './requests.response.js';
import { RequestsService } from './requests.service.js';

@ApiTags('unit-requests')
@Controller('unit-requests')
@Needs('requests.put')
export class RequestsController {
  constructor(
    private readonly requests: RequestsService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Phản hồi, đề nghị về phần mềm – what units ask and report about the software, the latest first' })
  @ApiResponse({ status: 200, type: UnitRequestPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: UnitRequestsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnitRequestPageResponse> {
    const found = await this.requests.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toRequestItem(row, this.units.structure)) };
  }

  @Post()
  @ApiOperation({ summary: 'Gửi phản hồi, đề nghị – a fault, a question, a wish or an evaluation for the City Inspectorate' })
  @ApiResponse({ status: 201, type: UnitRequestResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('validation-failed')
  async put(
    @Body() order: UnitRequestDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnitRequestResponse> {
    const made = await this.requests.put(order, by);
    void reply.header('location', `/api/v1/unit-requests/${made.id}`);
    return this.answer(made, reply);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Một đề nghị – one request with everything that was answered' })
  @ApiResponse({ status: 200, type: UnitRequestResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnitRequestResponse> {
    return this.answer(await this.requests.get(id, by), reply);
  }

  @Post(':id/entries')
  @ApiHeader(ifMatchOptional)
  @ApiOperation({ summary: 'Trả lời, bổ sung – the inspectorate answers, the unit adds or closes' })
  @ApiResponse({ status: 201, type: UnitRequestResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed')
  async enter(
    @Param('id', IdPipe) id: string,
    @Body() entry: UnitRequestEntryDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnitRequestResponse> {
    return this.answer(await this.requests.enter(id, entry, expected, by), reply);
  }

  private answer(request: UnitRequest, reply: FastifyReply): UnitRequestResponse {
    void reply.header('etag', entityTag(request.version));
    return toRequest(request, this.units.structure);
  }
}
