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
import { NewScheduleDto, PublicationDto, ScheduleDto, ScheduleEndDto, SchedulesQuery } from './dto/schedules.dto.js';
import type { ScheduleRow } from './schedule.js';
import {
  EndedScheduleResponse,
  PublishedScheduleResponse,
  ScheduleResponse,
  SchedulePageResponse,
  SchedulePreviewResponse,
  toPreview,
  toSchedule,
} from './schedules.response.js';
import { SchedulesService } from './schedules.service.js';

@ApiTags('reception')
@Controller('reception-schedules')
@Needs('reception.schedule')
export class SchedulesController {
  constructor(
    private readonly schedules: SchedulesService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @Needs('reception.read')
  @ApiOperation({ summary: 'Lịch tiếp công dân – schedules of the heads in your scope, the newest first' })
  @ApiResponse({ status: 200, type: SchedulePageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: SchedulesQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SchedulePageResponse> {
    const found = await this.schedules.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toSchedule(row, this.units.structure)) };
  }

  @Post()
  @ApiOperation({
    summary: 'Lập lịch tiếp công dân – draft the days of the head by a rule of RFC 5545',
    description: 'A draft binds nobody. Look at `…/preview`, then publish it: each day becomes a session.',
  })
  @ApiResponse({ status: 201, type: ScheduleResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('not-responsible', 'validation-failed', 'unit-not-valid')
  async draft(
    @Body() facts: NewScheduleDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScheduleResponse> {
    const schedule = await this.schedules.draft(facts, by);
    void reply.header('location', `/api/v1/reception-schedules/${schedule.id}`);
    return this.answer(schedule, reply);
  }

  @Get(':id')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Một lịch tiếp công dân – one schedule' })
  @ApiResponse({ status: 200, type: ScheduleResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScheduleResponse> {
    return this.answer(await this.schedules.get(id, by), reply);
  }

  @Put(':id')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Sửa bản thảo lịch – change a draft' })
  @ApiResponse({ status: 200, type: ScheduleResponse, headers: entityTagHeader })
  @Problems(
    'not-found',
    'not-responsible',
    'action-not-allowed',
    'validation-failed',
    'unit-not-valid',
    'precondition-required',
    'precondition-failed',
  )
  async replace(
    @Param('id', IdPipe) id: string,
    @Body() facts: ScheduleDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScheduleResponse> {
    return this.answer(await this.schedules.replace(id, facts, expected, by), reply);
  }

  @Get(':id/preview')
  @Needs('reception.read')
  @ApiOperation({
    summary: 'Xem trước lịch – the days that publishing would make, against calendar, law and what is planned already',
  })
  @ApiResponse({ status: 200, type: SchedulePreviewResponse })
  @Problems('not-found', 'validation-failed')
  async preview(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SchedulePreviewResponse> {
    return toPreview(await this.schedules.preview(id, by));
  }

  @Post(':id/publication')
  @HttpCode(200)
  @ApiHeader(ifMatchOptional)
  @ApiOperation({
    summary: 'Công bố lịch – tell the days to everybody, at least five working days ahead',
    description: 'Later it is refused, or marked with a reason, as the unit is set (`PUT /units/{id}/settings`).',
  })
  @ApiResponse({ status: 200, type: PublishedScheduleResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'conflict', 'precondition-failed', 'validation-failed', 'unit-not-valid')
  async publish(
    @Param('id', IdPipe) id: string,
    @Body() publication: PublicationDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublishedScheduleResponse> {
    const { schedule, sessions } = await this.schedules.publish(id, publication, expected, by);
    return { ...this.answer(schedule, reply), sessions };
  }

  @Post(':id/end')
  @HttpCode(200)
  @ApiHeader(ifMatchOptional)
  @ApiOperation({ summary: 'Chấm dứt lịch – cancel its sessions from a day on, with the reason' })
  @ApiResponse({ status: 200, type: EndedScheduleResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed')
  async end(
    @Param('id', IdPipe) id: string,
    @Body() order: ScheduleEndDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EndedScheduleResponse> {
    const { schedule, cancelled } = await this.schedules.end(id, order, expected, by);
    return { ...this.answer(schedule, reply), cancelled };
  }

  private answer(schedule: ScheduleRow, reply: FastifyReply): ScheduleResponse {
    void reply.header('etag', entityTag(schedule.version));
    return toSchedule(schedule, this.units.structure);
  }
}
