// Routing: transfers of petitions between units, the receiver's answer, and urging of late units.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../petitions/petitions.module.js';
import { UnitSettingsModule } from '../petitions/unit-settings/unit-settings.module.js';
import { ReplyLimits } from './reply-limits.js';
import { RoutingController } from './routing.controller.js';
import { TransfersService } from './transfers.service.js';
import { UrgingService } from './urging.service.js';

@Module({
  imports: [PetitionsModule, UnitSettingsModule],
  controllers: [RoutingController],
  providers: [TransfersService, UrgingService, ReplyLimits],
  exports: [TransfersService, UrgingService],
})
export class RoutingModule {}
