import { Body, Controller, Get, Param, ParseIntPipe, Put, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../units/access-scope.js';
import { CalendarResponse, CalendarChangeResponse, CalendarYearResponse } from './calendar.response.js';
import { CalendarService } from './calendar.service.js';
import { CalendarChangeQuery, CalendarQuery, CalendarYearDto } from './dto/calendar.dto.js';

const yearParam = new ParseIntPipe({ exceptionFactory: () => Problem.notFound('năm này', 'year') });

@ApiTags('rules')
@Controller('calendar')
export class CalendarController {
  constructor(
    private readonly calendars: CalendarService,
    private readonly scope: AccessScope,
  ) {}

  @Get()
  @Needs('reference.read')
  @ApiOperation({ summary: 'Lịch làm việc – working days, holidays and swaps of a period' })
  @ApiResponse({ status: 200, type: CalendarResponse })
  @Problems('validation-failed')
  days(@Query() { from, to }: CalendarQuery): CalendarResponse {
    return { items: this.calendars.days(from, to) };
  }

  @Get('years/:year')
  @Needs('reference.read')
  @ApiParam({ name: 'year', example: 2026, schema: { type: 'integer' } })
  @ApiOperation({ summary: 'Lịch của một năm – the special days of a year as they are kept' })
  @ApiResponse({ status: 200, type: CalendarYearResponse, headers: entityTagHeader })
  @Problems('not-found')
  async year(@Param('year', yearParam) year: number, @Res({ passthrough: true }) reply: FastifyReply): Promise<CalendarYearResponse> {
    const kept = await this.calendars.year(mustBeKeepable(year));
    void reply.header('etag', entityTag(kept.version));
    return kept;
  }

  @Put('years/:year')
  @Needs('calendar.keep')
  @ApiParam({ name: 'year', example: 2099, schema: { type: 'integer' } })
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Cập nhật lịch của một năm – replace the special days of a year; dryRun=true first' })
  @ApiResponse({ status: 200, type: CalendarChangeResponse })
  @Problems('not-found', 'validation-failed', 'precondition-required', 'precondition-failed')
  async replace(
    @Param('year', yearParam) year: number,
    @Body() wanted: CalendarYearDto,
    @Query() { dryRun = false }: CalendarChangeQuery,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarChangeResponse> {
    this.scope.mustAdministerAll(by);
    const change = await this.calendars.replaceYear({ ...wanted, year: mustBeKeepable(year) }, expected, dryRun, by);
    void reply.header('etag', entityTag(change.year.version));
    return change;
  }
}

function mustBeKeepable(year: number): number {
  if (year < 1990 || year > 2199) throw Problem.notFound('lịch ngoài các năm 1990–2199', 'calendar outside 1990–2199');
  return year;
}
