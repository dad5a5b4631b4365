// The leader's overview, and the summary of the directive.
import { Module } from '@nestjs/common';
import { DocumentsModule } from '../../petitions/documents/documents.module.js';
import { LimitsModule } from '../../petitions/limits/limits.module.js';
import { ReceptionModule } from '../../reception/reception.module.js';
import { RegulationsModule } from '../../regulations/regulations.module.js';
import { RolloutModule } from '../rollout/rollout.module.js';
import { SuperiorMattersModule } from '../superior-matters/superior-matters.module.js';
import { DirectiveSummaryService } from './directive-summary.service.js';
import { IndicatorsService } from './indicators.service.js';
import { OverviewController } from './overview.controller.js';
import { OverviewService } from './overview.service.js';

@Module({
  imports: [DocumentsModule, ReceptionModule, LimitsModule, RegulationsModule, SuperiorMattersModule, RolloutModule],
  controllers: [OverviewController],
  providers: [DirectiveSummaryService, IndicatorsService, OverviewService],
  exports: [IndicatorsService],
})
export class OverviewModule {}
