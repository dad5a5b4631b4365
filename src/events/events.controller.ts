import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../auth/access.decorators.js';
import type { Official } from '../auth/official.js';
import { Problems } from '../http/api-problems.js';
import { EventsQuery } from './dto/events.dto.js';
import { toMessage } from './event.js';
import { EventsAnswer, toEvents } from './events.answer.js';
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
      'Keep `next` and ask again with it as `after`: every event comes at least once, none is left out, none appears later before one that you have. Nobody is named.',
  })
  @ApiResponse({ status: 200, type: EventsAnswer })
  @Problems('validation-failed')
  async list(@Query() { after = 0, types = [], limit = usualLimit }: EventsQuery, @Caller() by: Official): Promise<EventsAnswer> {
    return toEvents((await this.events.after(after, types, limit, by)).map(toMessage), after, limit);
  }
}
