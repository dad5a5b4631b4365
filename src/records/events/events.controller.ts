import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { EventsQuery } from './dto/events.dto.js';
import { toMessage } from './event.js';
import { EventsResponse, toEvents } from './events.response.js';
import { EventsService } from './events.service.js';

const usualLimit = 100;

@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Get()
  @Needs('events.read')
  @ApiOperation({
    summary: 'Dòng sự kiện – what happened to petitions of your units, in the order of the commits',
    description:
      'Keep `next` and ask again with it as `after`: every event comes at least once, none is left out, none appears later before one that you have. Nobody is named. Keep `epoch` with it and send it, too: where the system was restored from a backup, positions count anew, and 410 `feed-went-back` says from where to go on.',
  })
  @ApiResponse({ status: 200, type: EventsResponse })
  @Problems('validation-failed', 'feed-went-back')
  async list(@Query() { after = 0, epoch, types = [], limit = usualLimit }: EventsQuery, @Caller() by: Official): Promise<EventsResponse> {
    const { epoch: current, events } = await this.events.eventsAfter(after, types, limit, by, epoch);
    return toEvents(events.map(toMessage), current, after, limit);
  }
}
