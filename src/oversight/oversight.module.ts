// Oversight: what the directive asks to be followed beyond the single petition – urging, the backlog, cases at superiors and courts, talks with the citizens, the roll-out and use of the software.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../petitions/attachments/attachments.module.js';
import { DeadlinesModule } from '../petitions/limits/deadlines.module.js';
import { DocumentsModule } from '../petitions/documents/documents.module.js';
import { PetitionsModule } from '../petitions/petitions.module.js';
import { ReceptionModule } from '../reception/reception.module.js';
import { RegulationsModule } from '../regulations/regulations.module.js';
import { ResolutionModule } from '../petitions/resolution/resolution.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { BacklogController } from './backlog/backlog.controller.js';
import { BacklogService } from './backlog/backlog.service.js';
import { BacklogPlansController } from './backlog/backlog-plans.controller.js';
import { BacklogPlansService } from './backlog/backlog-plans.service.js';
import { BacklogReviewsService } from './backlog/backlog-reviews.service.js';
import { BurnDownService } from './backlog/burn-down.service.js';
import { LongCasesController } from './backlog/long-cases.controller.js';
import { LongCasesService } from './backlog/long-cases.service.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ContactsService } from './contacts/contacts.service.js';
import { DataQualityController } from './data-quality/data-quality.controller.js';
import { DataQualityService } from './data-quality/data-quality.service.js';
import { GuidanceController } from './guidance/guidance.controller.js';
import { GuidanceService } from './guidance/guidance.service.js';
import { DirectiveSummaryService } from './overview/directive-summary.service.js';
import { IndicatorsService } from './overview/indicators.service.js';
import { OverviewController } from './overview/overview.controller.js';
import { OverviewService } from './overview/overview.service.js';
import { RequestsController } from './requests/requests.controller.js';
import { RequestsService } from './requests/requests.service.js';
import { RolloutController } from './rollout/rollout.controller.js';
import { RolloutService } from './rollout/rollout.service.js';
import { UsageService } from './rollout/usage.service.js';
import { MatterImportService } from './superior-matters/matter-import.service.js';
import { SuperiorMattersController } from './superior-matters/superior-matters.controller.js';
import { SuperiorMattersService } from './superior-matters/superior-matters.service.js';
import { UrgingController } from './urging/urging.controller.js';
import { UrgingEffectService } from './urging/urging-effect.service.js';
import { UrgingLettersService } from './urging/urging-letters.service.js';
import { UrgingProposalsService } from './urging/urging-proposals.service.js';

@Module({
  imports: [
    PetitionsModule,
    ResolutionModule,
    ReceptionModule,
    AttachmentsModule,
    DocumentsModule,
    RoutingModule,
    DeadlinesModule,
    RegulationsModule,
  ],
  controllers: [
    BacklogController,
    BacklogPlansController,
    LongCasesController,
    SuperiorMattersController,
    ContactsController,
    UrgingController,
    RolloutController,
    DataQualityController,
    RequestsController,
    GuidanceController,
    OverviewController,
  ],
  providers: [
    BacklogService,
    BacklogPlansService,
    BacklogReviewsService,
    BurnDownService,
    LongCasesService,
    SuperiorMattersService,
    MatterImportService,
    UrgingProposalsService,
    UrgingLettersService,
    UrgingEffectService,
    RolloutService,
    UsageService,
    DataQualityService,
    RequestsService,
    GuidanceService,
    ContactsService,
    IndicatorsService,
    OverviewService,
    DirectiveSummaryService,
  ],
  exports: [
    IndicatorsService,
    RolloutService,
    UsageService,
    DataQualityService,
    RequestsService,
    GuidanceService,
    UrgingLettersService,
    UrgingProposalsService,
    BacklogService,
    BacklogPlansService,
    BacklogReviewsService,
    LongCasesService,
    SuperiorMattersService,
    ContactsService,
  ],
})
export class OversightModule {}
