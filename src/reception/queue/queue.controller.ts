import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { CallDto, NewTicketDto, RecallDto, TicketDto, TicketsQuery } from './dto/queue.dto.js';
import { TicketResponse, TicketListResponse, toTicket } from './queue.response.js';
import { QueueService } from './queue.service.js';
import type { TicketRow } from './ticket.js';

/** What every step of a ticket documents: its answer, and how it can be refused. */
function TicketStep(summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, type: TicketResponse, headers: entityTagHeader }),
    Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('reception-desk')
@Controller()
@Needs('reception.receive')
export class QueueController {
  constructor(private readonly queue: QueueService) {}

  @Get('reception-offices/:id/tickets')
  @ApiOperation({ summary: 'Số thứ tự trong ngày – tickets of an office and day' })
  @ApiResponse({ status: 200, type: TicketListResponse })
  @Problems('not-found', 'not-responsible', 'validation-failed')
  async list(@Param('id', IdPipe) id: string, @Query() query: TicketsQuery, @Caller() by: Official): Promise<TicketListResponse> {
    return { items: (await this.queue.list(id, query, by)).map(toTicket) };
  }

  @Post('reception-offices/:id/tickets')
  @ApiOperation({ summary: 'Lấy số thứ tự – a ticket for whoever comes without an appointment' })
  @ApiResponse({ status: 201, type: TicketResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'validation-failed')
  async issue(
    @Param('id', IdPipe) id: string,
    @Body() { priority, persons, sessionId = null }: NewTicketDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    return this.answer(await this.queue.issue(id, { priority, persons, sessionId }, by), reply);
  }

  @Post('reception-appointments/:id/arrival')
  @ApiOperation({ operationId: 'Appointments_arrive', summary: 'Công dân đến theo hẹn – a ticket that is called when its time has come' })
  @ApiResponse({ status: 201, type: TicketResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async arrive(
    @Param('id', IdPipe) id: string,
    @Body() { priority }: TicketDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    return this.answer(await this.queue.arrive(id, { priority }, by), reply);
  }

  @Post('reception-offices/:id/calls')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Gọi số tiếp theo – call the next one to a room',
    description:
      'An appointment whose time has come, then who needs it most, then in turn. Two counters that call at once get two tickets.',
  })
  @ApiResponse({ status: 200, type: TicketResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async callNext(
    @Param('id', IdPipe) id: string,
    @Body() { roomId, sessionId = null }: CallDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    return this.answer(await this.queue.callNext(id, { roomId, sessionId }, by), reply);
  }

  @Post('reception-tickets/:id/recall')
  @HttpCode(200)
  @TicketStep('Gọi lại – call once more, also whoever was passed over')
  async recall(
    @Param('id', IdPipe) id: string,
    @Body() { roomId = null }: RecallDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    return this.answer(await this.queue.recall(id, { roomId }, expected, by), reply);
  }

  @Post('reception-tickets/:id/skip')
  @HttpCode(200)
  @TicketStep('Bỏ qua – pass over whoever does not answer')
  async skip(
    @Param('id', IdPipe) id: string,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    return this.answer(await this.queue.skip(id, expected, by), reply);
  }

  @Post('reception-tickets/:id/return')
  @HttpCode(200)
  @TicketStep('Trả về hàng chờ – back into the queue, at the place of its number')
  async putBack(
    @Param('id', IdPipe) id: string,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    return this.answer(await this.queue.putBack(id, expected, by), reply);
  }

  @Post('reception-tickets/:id/no-show')
  @HttpCode(200)
  @TicketStep('Không có mặt – did not come when called')
  async noShow(
    @Param('id', IdPipe) id: string,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    return this.answer(await this.queue.noShow(id, expected, by), reply);
  }

  @Post('reception-tickets/:id/cancellation')
  @HttpCode(200)
  @TicketStep('Huỷ số thứ tự – went away before being called')
  async cancel(
    @Param('id', IdPipe) id: string,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    return this.answer(await this.queue.cancel(id, expected, by), reply);
  }

  @Post('reception-tickets/:id/completion')
  @HttpCode(200)
  @TicketStep('Xong – was helped without an entry in the ledger: a question, a form')
  async complete(
    @Param('id', IdPipe) id: string,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    return this.answer(await this.queue.complete(id, expected, by), reply);
  }

  private answer(ticket: TicketRow, reply: FastifyReply): TicketResponse {
    void reply.header('etag', entityTag(ticket.version));
    return toTicket(ticket);
  }
}
