import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkNext } from '../../platform/http/link.js';
import { DeliveriesQuery, ReplayDto, SubscriptionChangeDto, SubscriptionDto } from './dto/events.dto.js';
import {
  DeliveriesResponse,
  DeliveryResponse,
  ReplayResponse,
  SubscriptionResponse,
  SubscriptionsResponse,
  SubscriptionWithSecretResponse,
  TestDeliveryResponse,
  toDelivery,
  toSubscription,
} from './events.response.js';
import { WebhookDeliveryService } from './webhook-delivery.service.js';
import { WebhooksService } from './webhooks.service.js';

@ApiTags('events')
@Controller('webhooks')
@Needs('webhooks.keep')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly sending: WebhookDeliveryService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Đăng ký webhook – subscriptions of the units that you administer' })
  @ApiResponse({ status: 200, type: SubscriptionsResponse })
  async list(@Caller() by: Official): Promise<SubscriptionsResponse> {
    return { items: (await this.webhooks.list(by)).map(toSubscription) };
  }

  @Post()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Đăng ký nhận sự kiện – send events of your unit to a URL, signed by Standard Webhooks',
    description:
      'The body of each message is an event as `GET /events` has it; `webhook-id`, `webhook-timestamp` and `webhook-signature` are its headers. The secret is told once. Takes no Idempotency-Key, because the answer must not be kept.',
  })
  @ApiResponse({ status: 201, type: SubscriptionWithSecretResponse, headers: { Location: { schema: { type: 'string' } } } })
  @Problems('validation-failed')
  async create(
    @Body() dto: SubscriptionDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubscriptionWithSecretResponse> {
    const { subscription, secret } = await this.webhooks.create(dto, by);
    void reply.header('location', `/api/v1/webhooks/${subscription.id}`);
    return { ...toSubscription(subscription), secret };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Một đăng ký webhook – one subscription' })
  @ApiResponse({ status: 200, type: SubscriptionResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubscriptionResponse> {
    const row = await this.webhooks.get(id, by);
    void reply.header('etag', entityTag(row.version));
    return toSubscription(row);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Sửa đăng ký webhook – change target, types or scope; stop it or let it go on' })
  @ApiHeader(ifMatchRequired)
  @ApiResponse({ status: 200, type: SubscriptionResponse, headers: entityTagHeader })
  @Problems('not-found', 'validation-failed', 'precondition-required', 'precondition-failed')
  async change(
    @Param('id', IdPipe) id: string,
    @Body() dto: SubscriptionChangeDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubscriptionResponse> {
    const row = await this.webhooks.change(id, dto, expected, by);
    void reply.header('etag', entityTag(row.version));
    return toSubscription(row);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Huỷ đăng ký webhook – end a subscription' })
  @ApiResponse({ status: 204, description: 'Đã huỷ – ended' })
  @Problems('not-found')
  remove(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<void> {
    return this.webhooks.remove(id, by);
  }

  @Post(':id/secret')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Đổi khoá ký – a new secret; for a day messages are signed with the old one, too' })
  @ApiResponse({ status: 200, type: SubscriptionWithSecretResponse })
  @Problems('not-found')
  async renewSecret(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SubscriptionWithSecretResponse> {
    const { subscription, secret } = await this.webhooks.renewSecret(id, by);
    return { ...toSubscription(subscription), secret };
  }

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Gửi thử – send a signed message of the type webhook.test now, and tell how the target answers' })
  @ApiResponse({ status: 200, type: TestDeliveryResponse })
  @Problems('not-found')
  test(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<TestDeliveryResponse> {
    return this.sending.test(id, by);
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'Các lần gửi – what was and is to be sent; `state=dead` for what failed for good' })
  @ApiResponse({ status: 200, type: DeliveriesResponse })
  @Problems('not-found', 'validation-failed')
  async deliveries(
    @Param('id', IdPipe) id: string,
    @Query() query: DeliveriesQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveriesResponse> {
    const found = await this.webhooks.deliveries(id, query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map(toDelivery) };
  }

  @Post(':id/replays')
  @HttpCode(202)
  @ApiOperation({ summary: 'Gửi lại từ một vị trí – send all events after a position again' })
  @ApiResponse({ status: 202, type: ReplayResponse })
  @Problems('not-found', 'validation-failed')
  async replayAfter(@Param('id', IdPipe) id: string, @Body() { after }: ReplayDto, @Caller() by: Official): Promise<ReplayResponse> {
    return { queued: await this.webhooks.replayAfter(id, after, by) };
  }

  @Post('deliveries/:id/replay')
  @HttpCode(202)
  @ApiOperation({ summary: 'Gửi lại một sự kiện – send one delivery again, under the same id' })
  @ApiResponse({ status: 202, type: DeliveryResponse })
  @Problems('not-found', 'action-not-allowed')
  async replay(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<DeliveryResponse> {
    return toDelivery(await this.webhooks.replay(id, by));
  }
}
