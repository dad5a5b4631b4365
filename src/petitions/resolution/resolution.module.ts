// Resolution: verification, dialogue, decisions, conclusions and answers, what is sent and published, appeals, enforcement, protection, withdrawal, signs of crime.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../petitions.module.js';
import { CrimesController } from './crimes.controller.js';
import { CrimesService } from './crimes.service.js';
import { DecisionsController } from './decisions.controller.js';
import { DecisionsService } from './decisions.service.js';
import { DialoguesService } from './dialogues.service.js';
import { EndingsController } from './endings.controller.js';
import { EndingsService } from './endings.service.js';
import { EnforcementController } from './enforcement.controller.js';
import { EnforcementService } from './enforcement.service.js';
import { FollowUpController } from './follow-up.controller.js';
import { FollowUpService } from './follow-up.service.js';
import { ProtectionController } from './protection.controller.js';
import { ProtectionService } from './protection.service.js';
import { VerificationsController } from './verifications.controller.js';
import { VerificationsService } from './verifications.service.js';

@Module({
  imports: [PetitionsModule],
  controllers: [
    VerificationsController,
    DecisionsController,
    FollowUpController,
    EnforcementController,
    EndingsController,
    CrimesController,
    ProtectionController,
  ],
  providers: [
    VerificationsService,
    DialoguesService,
    DecisionsService,
    FollowUpService,
    EnforcementService,
    EndingsService,
    CrimesService,
    ProtectionService,
  ],
  exports: [VerificationsService, DialoguesService, DecisionsService, FollowUpService, EnforcementService],
})
export class ResolutionModule {}
