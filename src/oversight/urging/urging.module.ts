// Urging: proposals whom to urge, letters that urge many at once, and what came of it.
import { Module } from '@nestjs/common';
import { DocumentsModule } from '../../petitions/documents/documents.module.js';
import { PetitionsModule } from '../../petitions/petitions.module.js';
import { RoutingModule } from '../../routing/routing.module.js';
import { UrgingEffectService } from './urging-effect.service.js';
import { UrgingLettersService } from './urging-letters.service.js';
import { UrgingProposalsService } from './urging-proposals.service.js';
import { UrgingController } from './urging.controller.js';

@Module({
  imports: [RoutingModule, DocumentsModule, PetitionsModule],
  controllers: [UrgingController],
  providers: [UrgingEffectService, UrgingLettersService, UrgingProposalsService],
  exports: [UrgingLettersService, UrgingProposalsService],
})
export class UrgingModule {}
