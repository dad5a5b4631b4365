// Guidance and training that units got.
import { Module } from '@nestjs/common';
import { GuidanceController } from './guidance.controller.js';
import { GuidanceService } from './guidance.service.js';

@Module({
  controllers: [GuidanceController],
  providers: [GuidanceService],
  exports: [GuidanceService],
})
export class GuidanceModule {}
