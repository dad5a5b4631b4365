// Public status: where a petition stands, for whoever holds its number and the code on the receipt; nothing of who filed it or what it says.
import { Module } from '@nestjs/common';
import { PublicStatusController } from './public-status.controller.js';
import { PublicStatusService } from './public-status.service.js';
import { SecretCodes } from './secret-codes.service.js';

@Module({ controllers: [PublicStatusController], providers: [PublicStatusService, SecretCodes], exports: [SecretCodes] })
export class PublicStatusModule {}
