// Petitions: cases, petitions, the people in them, their life cycle, limits, history, search and alerts.
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ComplexityController } from './complexity.controller.js';
import { ComplexityService } from './complexity.service.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsService } from './alerts.service.js';
import { EarlierRows } from './earlier-rows.service.js';
import { DuplicatesService } from './duplicates/duplicates.service.js';
import { LifecycleController } from './lifecycle.controller.js';
import { ConcernedPeople } from './identity/concerned-people.service.js';
import { DenouncedGuard } from './identity/denounced.guard.js';
import { NeutralWords } from './identity/neutral-words.js';
import { WhoMayKnow } from './identity/who-may-know.service.js';
import { PetitionActionsController } from './petition-actions.controller.js';
import { PetitionActionsService } from './petition-actions.service.js';
import { PetitionsController } from './petitions.controller.js';
import { PetitionsService } from './petitions.service.js';
import { PetitionView } from './petition.view.js';
import { StepObjections } from './step-objections.service.js';
import { GuidanceAtVisits } from './visit-guidance.service.js';

@Module({
  controllers: [LifecycleController, PetitionsController, PetitionActionsController, ComplexityController, AlertsController],
  providers: [
    PetitionsService,
    PetitionActionsService,
    DuplicatesService,
    AlertsService,
    PetitionView,
    ConcernedPeople,
    NeutralWords,
    WhoMayKnow,
    EarlierRows,
    GuidanceAtVisits,
    StepObjections,
    ComplexityService,
    DenouncedGuard,
    { provide: APP_GUARD, useExisting: DenouncedGuard },
  ],
  exports: [
    PetitionsService,
    PetitionActionsService,
    DuplicatesService,
    PetitionView,
    ConcernedPeople,
    DenouncedGuard,
    NeutralWords,
    WhoMayKnow,
    GuidanceAtVisits,
    StepObjections,
    ComplexityService,
  ],
})
export class PetitionsModule {}
