// Messages: what is sent to citizens by SMS or e-mail, through the city's own gateway.
import { Module } from '@nestjs/common';
import { MessageGateway } from './message-gateway.js';
import { Outbox } from './outbox.service.js';

@Module({ providers: [MessageGateway, Outbox], exports: [MessageGateway, Outbox] })
export class MessagesModule {}
