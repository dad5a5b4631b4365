// Triage: eligibility, the proposal and its approval, splitting a petition with several matters.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../../petitions/petitions.module.js';
import { RoutingModule } from '../routing.module.js';
import { EligibilityService } from './eligibility.service.js';
import { PartsController } from './parts.controller.js';
import { PartsService } from './parts.service.js';
import { ProposalsService } from './proposals.service.js';
import { TriageController } from './triage.controller.js';

@Module({
  imports: [PetitionsModule, RoutingModule],
  controllers: [TriageController, PartsController],
  providers: [EligibilityService, ProposalsService, PartsService],
  exports: [EligibilityService, ProposalsService, PartsService],
})
export class TriageModule {}
