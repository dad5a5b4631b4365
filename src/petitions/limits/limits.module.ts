// Deadlines: extending, suspending and resuming the clock of a petition, counting again by a changed calendar, and who kept the limits.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../petitions.module.js';
import { CalendarFollowUp } from './calendar-follow-up.js';
import { ClocksController } from './clocks.controller.js';
import { ClocksService } from './clocks.service.js';
import { KeptLimitsController } from './kept-limits.controller.js';
import { KeptLimitsService } from './kept-limits.service.js';

@Module({
  imports: [PetitionsModule],
  controllers: [ClocksController, KeptLimitsController],
  providers: [ClocksService, KeptLimitsService, CalendarFollowUp],
  exports: [ClocksService, KeptLimitsService],
})
export class LimitsModule {}
