// Routing: transfers of petitions between units, the receiver's answer, and urging of late units.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../petitions/petitions.module.js';
import { RoutingController } from './routing.controller.js';
import { RoutingService } from './routing.service.js';

@Module({ imports: [PetitionsModule], controllers: [RoutingController], providers: [RoutingService], exports: [RoutingService] })
export class RoutingModule {}
