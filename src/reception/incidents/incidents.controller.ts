import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { IncidentDto, IncidentEndDto, IncidentEntryDto, IncidentLinkDto, IncidentsQuery, SeriesQuery } from './dto/incidents.dto.js';
import type { Incident } from './incident.js';
import {
  IncidentResponse,
  IncidentEntriesResponse,
  IncidentPageResponse,
  SeriesListResponse,
  toEntry,
  toIncident,
  toSeries,
} from './incidents.response.js';
import { IncidentsService } from './incidents.service.js';

/** What every step of a gathering documents: its answer, and how it can be refused. */
function IncidentStep(summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, type: IncidentResponse, headers: entityTagHeader }),
    Problems('forbidden', 'not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('reception-incidents')
@Controller('reception-incidents')
@Needs('reception.receive')
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentsService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @Needs('reception.read')
  @ApiOperation({ summary: 'Vụ việc đông người – gatherings that your units recorded or that come from them, newest first' })
  @ApiResponse({ status: 200, type: IncidentPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: IncidentsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentPageResponse> {
    const found = await this.incidents.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toIncident(row, this.units.structure)) };
  }

  @Post()
  @ApiOperation({
    summary: 'Báo đoàn đông người – report a gathering of five people or more',
    description:
      'Where, how many, who speaks for them, who was informed when. The unit of origin is told at once: in its list, and by an event. Of a gathering to denounce, names of those who stand for it are taken out of all words about the matter (`namesTakenOut`), earlier ones too, and come back to nobody: who they are lies sealed with the gathering.',
  })
  @ApiResponse({ status: 201, type: IncidentResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('forbidden', 'not-responsible', 'validation-failed')
  async report(
    @Body() facts: IncidentDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentResponse> {
    const incident = await this.incidents.report(facts, by);
    void reply.header('location', `/api/v1/reception-incidents/${incident.id}`);
    return this.answer(incident, reply);
  }

  @Get('series')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Tụ tập nhiều lần – repeated gatherings over one matter, those with the most first; of the last year' })
  @ApiResponse({ status: 200, type: SeriesListResponse })
  @Problems('validation-failed')
  async series(@Query() query: SeriesQuery, @Caller() by: Official): Promise<SeriesListResponse> {
    return { items: (await this.incidents.series(query, by)).map((series) => toSeries(series, this.units.structure)) };
  }

  @Get(':id')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Một vụ việc đông người – one gathering' })
  @ApiResponse({ status: 200, type: IncidentResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentResponse> {
    return this.answer(await this.incidents.get(id, by), reply);
  }

  @Get(':id/entries')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Diễn biến – what happened, who was informed, what was done, in its order' })
  @ApiResponse({ status: 200, type: IncidentEntriesResponse })
  @Problems('not-found')
  async entries(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<IncidentEntriesResponse> {
    return { items: (await this.incidents.entries(id, by)).map(toEntry) };
  }

  @Post(':id/entries')
  @ApiOperation({ summary: 'Ghi diễn biến – add what happened; the unit of origin writes, too' })
  @ApiResponse({ status: 201, type: IncidentEntriesResponse })
  @Problems('forbidden', 'not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async add(@Param('id', IdPipe) id: string, @Body() entry: IncidentEntryDto, @Caller() by: Official): Promise<IncidentEntriesResponse> {
    return { items: (await this.incidents.add(id, entry, by)).map(toEntry) };
  }

  @Post(':id/end')
  @HttpCode(200)
  @IncidentStep('Kết thúc – the people went home')
  async end(
    @Param('id', IdPipe) id: string,
    @Body() end: IncidentEndDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentResponse> {
    return this.answer(await this.incidents.end(id, end, expected, by), reply);
  }

  @Post(':id/acknowledgement')
  @HttpCode(200)
  @IncidentStep('Đơn vị gốc xác nhận – the unit that the matter comes from says that it knows')
  async acknowledge(
    @Param('id', IdPipe) id: string,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentResponse> {
    return this.answer(await this.incidents.acknowledge(id, expected, by), reply);
  }

  @Post(':id/link')
  @HttpCode(200)
  @IncidentStep('Gắn với đơn, đơn vị gốc – which petition it is about, where it comes from')
  async link(
    @Param('id', IdPipe) id: string,
    @Body() link: IncidentLinkDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentResponse> {
    return this.answer(await this.incidents.link(id, link, expected, by), reply);
  }

  private answer(incident: Incident, reply: FastifyReply): IncidentResponse {
    void reply.header('etag', entityTag(incident.version));
    return toIncident(incident, this.units.structure);
  }
}
