// Inspections: plans, draws weighted by risk, orders with their team, checklists that the system and the inspector answer; findings and their follow-up;
// the responsibility of heads from a sample of petitions.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../petitions/attachments/attachments.module.js';
import { LimitsModule } from '../petitions/limits/limits.module.js';
import { DocumentsModule } from '../petitions/documents/documents.module.js';
import { OversightModule } from '../oversight/oversight.module.js';
import { PetitionsModule } from '../petitions/petitions.module.js';
import { RegulationsModule } from '../regulations/regulations.module.js';
import { ChecklistAnswersService } from './checklist-answers.service.js';
import { DrawsService } from './draws.service.js';
import { ComparisonService } from './findings/comparison.service.js';
import { ConclusionService } from './findings/conclusion.service.js';
import { FindingsController } from './findings/findings.controller.js';
import { FindingsService } from './findings/findings.service.js';
import { FindingFollowUpService } from './findings/finding-follow-up.service.js';
import { InspectionsController } from './inspections.controller.js';
import { InspectionsService } from './inspections.service.js';
import { InspectionPlansService } from './plans.service.js';
import { ErrorRatesService } from './responsibility/error-rates.service.js';
import { ReviewsController } from './responsibility/reviews.controller.js';
import { ReviewsService } from './responsibility/reviews.service.js';
import { SamplesService } from './responsibility/samples.service.js';
import { SystemAnswersService } from './system-answers.service.js';

@Module({
  imports: [OversightModule, RegulationsModule, LimitsModule, AttachmentsModule, DocumentsModule, PetitionsModule],
  controllers: [FindingsController, ReviewsController, InspectionsController],
  providers: [
    InspectionsService,
    ChecklistAnswersService,
    InspectionPlansService,
    DrawsService,
    SystemAnswersService,
    FindingsService,
    FindingFollowUpService,
    ConclusionService,
    ComparisonService,
    SamplesService,
    ReviewsService,
    ErrorRatesService,
  ],
  exports: [
    InspectionsService,
    ChecklistAnswersService,
    InspectionPlansService,
    DrawsService,
    FindingsService,
    FindingFollowUpService,
    ConclusionService,
    SamplesService,
    ReviewsService,
  ],
})
export class InspectionsModule {}
