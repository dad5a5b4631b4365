// Inspections: plans, draws weighted by risk, orders with their team, checklists that the system and the inspector answer.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments/attachments.module.js';
import { DeadlinesModule } from '../deadlines/deadlines.module.js';
import { OversightModule } from '../oversight/oversight.module.js';
import { RegulationsModule } from '../regulations/regulations.module.js';
import { ChecklistAnswersService } from './checklist-answers.service.js';
import { DrawsService } from './draws.service.js';
import { InspectionsController } from './inspections.controller.js';
import { InspectionsService } from './inspections.service.js';
import { InspectionPlansService } from './plans.service.js';
import { SystemAnswersService } from './system-answers.service.js';

@Module({
  imports: [OversightModule, RegulationsModule, DeadlinesModule, AttachmentsModule],
  controllers: [InspectionsController],
  providers: [InspectionsService, ChecklistAnswersService, InspectionPlansService, DrawsService, SystemAnswersService],
  exports: [InspectionsService, ChecklistAnswersService, InspectionPlansService, DrawsService],
})
export class InspectionsModule {}
