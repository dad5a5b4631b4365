import { createHash } from 'node:crypto';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/access.decorators.js';
import { Problems } from '../../platform/http/api-problems.js';
import { contentDisposition } from '../../platform/http/file-answer.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { PublicCalendarQuery } from './dto/public-calendar.dto.js';
import { PublicCalendarResponse, toPublicSession } from './public-calendar.response.js';
import { PublicCalendarService } from './public-calendar.service.js';

/** What is the same for everybody may be kept by whoever passes it on, for some minutes. */
const forEverybody = 'public, max-age=300';

@ApiTags('public')
@Controller('public')
@Public()
export class PublicCalendarController {
  constructor(
    private readonly calendar: PublicCalendarService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('reception-calendar')
  @ApiOperation({
    summary: 'Lịch tiếp công dân công khai – when heads receive, without signing in',
    description: 'What was published, and every change since with its reason; of one unit, or of all below it.',
  })
  @ApiResponse({ status: 200, type: PublicCalendarResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: PublicCalendarQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublicCalendarResponse> {
    const found = await this.calendar.list(query);
    linkNext(request, reply, found.nextCursor);
    void reply.header('cache-control', forEverybody);
    return { ...found, items: found.items.map((row) => toPublicSession(row, this.units.structure)) };
  }

  @Get('units/:id/reception-calendar.ics')
  @ApiProduces('text/calendar')
  @ApiOperation({
    summary: 'Lịch iCalendar – the days of a head for Thunderbird, Google Calendar and Apple Calendar',
    description:
      'Subscribe to this address. Events keep their UID, changes raise SEQUENCE, cancelled ones stay as CANCELLED. After a reorganisation the address of a unit that went into another one as a whole goes on with its successor.',
  })
  @ApiResponse({ status: 200, description: 'RFC 5545', schema: { type: 'string' } })
  @ApiResponse({ status: 304, description: 'The copy that `If-None-Match` names is still good' })
  @Problems('not-found')
  async feed(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const feed = await this.calendar.feed(id);
    const etag = `"${createHash('sha256').update(feed).digest('base64url')}"`;
    void reply.headers({
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': contentDisposition('lich-tiep-cong-dan.ics').replace('attachment', 'inline'),
      'cache-control': forEverybody,
      etag,
    });
    if (request.headers['if-none-match'] === etag) await reply.status(304).send();
    else await reply.send(feed);
  }
}
