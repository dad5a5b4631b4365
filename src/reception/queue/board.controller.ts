import { Controller, Get, type MessageEvent, Param, Req, Sse } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { interval, last, map, merge, type Observable, share, takeUntil } from 'rxjs';
import { Public } from '../../platform/access/access.decorators.js';
import { addressOf } from '../../platform/http/address.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { BoardService } from './board.service.js';
import { BoardResponse, toBoard } from './queue.response.js';

/** Proxies close what is silent for longer. */
const pingEvery = 20_000;

@ApiTags('public')
@Controller('public/reception-offices/:id/board')
@Public()
export class BoardController {
  constructor(private readonly boards: BoardService) {}

  @Get()
  @ApiOperation({ summary: 'Bảng gọi số – who is called where, for the waiting room: numbers, nobody’s name' })
  @ApiResponse({ status: 200, type: BoardResponse })
  @Problems('not-found')
  async board(@Param('id', IdPipe) id: string): Promise<BoardResponse> {
    return toBoard(await this.boards.board(id));
  }

  @Sse('events')
  @ApiProduces('text/event-stream')
  @ApiOperation({
    summary: 'Bảng gọi số trực tiếp – the board now and with every change, as server-sent events',
    description:
      'For `new EventSource(…)`: each event `board` has the whole board as its data (as `GET …/board`) and its version as id; `ping` comes every 20 seconds. An address that is no office’s has 20 screens.',
  })
  @ApiResponse({ status: 200, description: 'text/event-stream', schema: { type: 'string' } })
  @Problems('not-found', 'service-unavailable')
  async events(@Param('id', IdPipe) id: string, @Req() request: FastifyRequest): Promise<Observable<MessageEvent>> {
    const screen = { counted: addressOf(request), exact: request.ip, gone: () => request.raw.socket.destroyed };
    const boards = (await this.boards.watch(id, screen)).pipe(share());
    const told = boards.pipe(map((board): MessageEvent => ({ type: 'board', id: String(board.version), data: toBoard(board) })));
    const pings = interval(pingEvery).pipe(
      takeUntil(boards.pipe(last(null, null))),
      map((): MessageEvent => ({ type: 'ping', data: '' })),
    );
    return merge(told, pings);
  }
}
