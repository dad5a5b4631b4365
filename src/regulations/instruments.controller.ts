import { Body, Controller, Get, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { Problems } from '../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchRequired } from '../platform/http/entity-tag.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../platform/http/link.js';
import { InstrumentChangeDto, InstrumentDto, InstrumentsQuery } from './dto/regulations.dto.js';
import type { Instrument } from './instrument.js';
import { InstrumentResponse, InstrumentPageResponse, toInstrument } from './instruments.response.js';
import { InstrumentsService } from './instruments.service.js';

@ApiTags('legal-instruments')
@Controller('legal-instruments')
@Needs('legal_instruments.keep')
export class InstrumentsController {
  constructor(private readonly instruments: InstrumentsService) {}

  @Get()
  @Needs('regulations.read')
  @ApiOperation({ summary: 'Văn bản pháp luật – documents of the state that regulations rest on, the newest first' })
  @ApiResponse({ status: 200, type: InstrumentPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: InstrumentsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InstrumentPageResponse> {
    const found = await this.instruments.list(query);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map(toInstrument) };
  }

  @Post()
  @ApiOperation({
    summary: 'Ghi văn bản – enter a document',
    description: 'Numbers are used again each year and by each issuer: a document is its number, its issuer and its day.',
  })
  @ApiResponse({ status: 201, type: InstrumentResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('validation-failed', 'conflict')
  async enter(
    @Body() facts: InstrumentDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InstrumentResponse> {
    const instrument = await this.instruments.enter(facts, by);
    void reply.header('location', `/api/v1/legal-instruments/${instrument.id}`);
    return answer(instrument, reply);
  }

  @Get(':id')
  @Needs('regulations.read')
  @ApiOperation({ summary: 'Một văn bản – one document, what became of it, and how many regulations rest on it' })
  @ApiResponse({ status: 200, type: InstrumentResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<InstrumentResponse> {
    return answer(await this.instruments.get(id), reply);
  }

  @Put(':id')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Sửa văn bản – correct a document' })
  @ApiResponse({ status: 200, type: InstrumentResponse, headers: entityTagHeader })
  @Problems('not-found', 'validation-failed', 'conflict', 'precondition-required', 'precondition-failed')
  async correct(
    @Param('id', IdPipe) id: string,
    @Body() facts: InstrumentDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InstrumentResponse> {
    return answer(await this.instruments.correct(id, facts, expected, by), reply);
  }

  @Post(':id/changes')
  @ApiOperation({
    summary: 'Văn bản được sửa đổi, thay thế, bãi bỏ – a document is amended, replaced, repealed, or expires',
    description: 'Every regulation that rests on it is proposed for review by that alone: `proposedForReview` lists them.',
  })
  @ApiResponse({ status: 201, type: InstrumentResponse, headers: entityTagHeader })
  @Problems('not-found', 'validation-failed', 'conflict')
  async change(
    @Param('id', IdPipe) id: string,
    @Body() change: InstrumentChangeDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InstrumentResponse> {
    return answer(await this.instruments.change(id, change, by), reply);
  }
}

function answer(instrument: Instrument, reply: FastifyReply): InstrumentResponse {
  void reply.header('etag', entityTag(instrument.version));
  return toInstrument(instrument);
}
