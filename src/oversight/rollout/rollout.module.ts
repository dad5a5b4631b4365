// The roll-out of the software, and how it is used.
import { Module } from '@nestjs/common';
import { RolloutController } from './rollout.controller.js';
import { RolloutService } from './rollout.service.js';
import { UsageService } from './usage.service.js';

@Module({
  controllers: [RolloutController],
  providers: [RolloutService, UsageService],
  exports: [RolloutService, UsageService],
})
export class RolloutModule {}
