// How a unit works, as its administrator sets it: triage in one step or two, schedules that are published too late.
import { Module } from '@nestjs/common';
import { MessagesModule } from '../../structure/messages/messages.module.js';
import { UnitSettingsController } from './unit-settings.controller.js';
import { UnitSettingsService } from './unit-settings.service.js';

@Module({
  imports: [MessagesModule],
  controllers: [UnitSettingsController],
  providers: [UnitSettingsService],
  exports: [UnitSettingsService],
})
export class UnitSettingsModule {}
