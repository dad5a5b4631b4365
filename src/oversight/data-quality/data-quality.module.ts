// What is missing or contradicts itself in the entries of a unit.
import { Module } from '@nestjs/common';
import { DataQualityController } from './data-quality.controller.js';
import { DataQualityService } from './data-quality.service.js';

@Module({
  controllers: [DataQualityController],
  providers: [DataQualityService],
  exports: [DataQualityService],
})
export class DataQualityModule {}
