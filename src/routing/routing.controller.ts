import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { Problems } from '../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../platform/http/entity-tag.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { linkNext } from '../platform/http/link.js';
import { OpenToDenounced } from '../petitions/identity/denounced.guard.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { InOutQuery, ReceiptDto, ReplyDto, TransferDto, TransferReturnDto, TransfersQuery, UrgingDto } from './dto/routing.dto.js';
import {
  toTransferResponse,
  toUrgingResponse,
  TransferResponse,
  TransferPageResponse,
  UrgingResponse,
  UrgingListResponse,
  UrgingPageResponse,
} from './routing.response.js';
import type { TransferRow } from './routing.queries.js';
import { TransfersService } from './transfers.service.js';
import { UrgingService } from './urging.service.js';

/** What every step of a transfer documents: its answer, and how it can be refused. */
function TransferStep(summary: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiHeader(ifMatchOptional),
    ApiResponse({ status: 200, type: TransferResponse, headers: entityTagHeader }),
    Problems('not-found', 'forbidden', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('routing')
@Controller()
@Needs('petitions.read')
export class RoutingController {
  constructor(
    private readonly transfers: TransfersService,
    private readonly urging: UrgingService,
    private readonly units: UnitDirectory,
  ) {}

  @Post('petitions/:id/transfers')
  @OpenToDenounced('passing_on')
  @Needs('petitions.send')
  @ApiHeader(ifMatchOptional)
  @ApiOperation({
    summary: 'Chuyển đơn – hand the petition to another unit',
    description: 'The sender stays responsible until the receiver confirms. `If-Match` is the ETag of the petition.',
  })
  @ApiResponse({ status: 201, type: TransferResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('not-found', 'forbidden', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed', 'unit-not-valid')
  async transfer(
    @Param('id', IdPipe) id: string,
    @Body() order: TransferDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferResponse> {
    const transfer = await this.transfers.transfer(id, order, expected, by);
    void reply.header('location', `/api/v1/transfers/${transfer.id}`);
    return this.answer(transfer, reply);
  }

  @Get('transfers')
  @ApiOperation({ summary: 'Đơn chuyển đến, chuyển đi – transfers to and from your office, newest first' })
  @ApiResponse({ status: 200, type: TransferPageResponse })
  @Problems('validation-failed', 'not-found')
  async list(
    @Query() query: TransfersQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferPageResponse> {
    const found = await this.transfers.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toTransferResponse(row, this.units.structure)) };
  }

  @Get('transfers/:id')
  @ApiOperation({ summary: 'Một lần chuyển đơn – one transfer' })
  @ApiResponse({ status: 200, type: TransferResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferResponse> {
    return this.answer(await this.transfers.get(id, by), reply);
  }

  @Post('transfers/:id/receipt')
  @Needs('petitions.send')
  @HttpCode(200)
  @TransferStep('Xác nhận đã nhận – confirm receipt and become responsible')
  async receive(
    @Param('id', IdPipe) id: string,
    @Body() { receivedOn = null }: ReceiptDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferResponse> {
    return this.answer(await this.transfers.receive(id, receivedOn, expected, by), reply);
  }

  @Post('transfers/:id/return')
  @Needs('petitions.send')
  @HttpCode(200)
  @TransferStep('Trả lại đơn chuyển sai – send it back with the reason')
  async return(
    @Param('id', IdPipe) id: string,
    @Body() { returnedOn = null, reason }: TransferReturnDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferResponse> {
    return this.answer(await this.transfers.return(id, { returnedOn, reason }, expected, by), reply);
  }

  @Post('transfers/:id/reply')
  @Needs('petitions.reply')
  @HttpCode(200)
  @TransferStep('Phúc đáp – answer the sender in writing')
  async reply(
    @Param('id', IdPipe) id: string,
    @Body() { repliedOn = null, documentNumber = null, content }: ReplyDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferResponse> {
    return this.answer(await this.transfers.reply(id, { repliedOn, documentNumber, content }, expected, by), reply);
  }

  @Post('petitions/:id/urgings')
  @Needs('petitions.send')
  @ApiOperation({ summary: 'Đôn đốc – urge the unit that the petition lies with' })
  @ApiResponse({ status: 201, type: UrgingResponse })
  @Problems('not-found', 'forbidden', 'action-not-allowed', 'validation-failed')
  async urge(@Param('id', IdPipe) id: string, @Body() order: UrgingDto, @Caller() by: Official): Promise<UrgingResponse> {
    return toUrgingResponse(await this.urging.urge(id, order, by), this.units.structure);
  }

  @Get('petitions/:id/urgings')
  @ApiOperation({ summary: 'Các lần đôn đốc – urgings of a petition, oldest first' })
  @ApiResponse({ status: 200, type: UrgingListResponse })
  @Problems('not-found')
  async urgingsOf(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<UrgingListResponse> {
    const urgings = await this.urging.urgingsOf(id, by);
    return { items: urgings.map((row) => toUrgingResponse(row, this.units.structure)) };
  }

  @Get('urgings')
  @ApiOperation({ summary: 'Đôn đốc đến, đi – urgings to and from your office, newest first' })
  @ApiResponse({ status: 200, type: UrgingPageResponse })
  @Problems('validation-failed', 'not-found')
  async urgings(
    @Query() query: InOutQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UrgingPageResponse> {
    const found = await this.urging.urgings(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toUrgingResponse(row, this.units.structure)) };
  }

  private answer(transfer: TransferRow, reply: FastifyReply): TransferResponse {
    void reply.header('etag', entityTag(transfer.version));
    return toTransferResponse(transfer, this.units.structure);
  }
}
