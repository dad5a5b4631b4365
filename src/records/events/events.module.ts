// Events: what happened to petitions, for other systems - a feed without gaps, and signed webhooks.
import { Module } from '@nestjs/common';
import { EventsController } from './events.controller.js';
import { EventsService } from './events.service.js';
import { WebhookDeliveryService } from './webhook-delivery.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  controllers: [EventsController, WebhooksController],
  providers: [EventsService, WebhooksService, WebhookDeliveryService],
})
export class EventsModule {}
