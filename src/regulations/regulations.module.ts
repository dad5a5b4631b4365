// Regulations: the register of law, the units' own house rules and regulations with their versions, reviews and campaigns, what is missing or outdated.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../petitions/attachments/attachments.module.js';
import { AskedUnits } from './asked-units.js';
import { CampaignsController } from './campaigns.controller.js';
import { CampaignsService } from './campaigns.service.js';
import { InstrumentsController } from './instruments.controller.js';
import { InstrumentsService } from './instruments.service.js';
import { RegulationOverviewService } from './regulation-overview.service.js';
import { RegulationsController } from './regulations.controller.js';
import { RegulationsService } from './regulations.service.js';

@Module({
  imports: [AttachmentsModule],
  controllers: [InstrumentsController, RegulationsController, CampaignsController],
  providers: [AskedUnits, InstrumentsService, RegulationsService, CampaignsService, RegulationOverviewService],
  exports: [InstrumentsService, RegulationsService, CampaignsService, RegulationOverviewService],
})
export class RegulationsModule {}
