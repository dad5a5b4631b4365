// Identity: who denounced - who may know it, each look with its reason - and who handles a petition.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../petitions/petitions.module.js';
import { AssignmentsService } from './assignments.service.js';
import { FileReveals } from './file-reveals.service.js';
import { IdentityController } from './identity.controller.js';
import { RevealsService } from './reveals.service.js';

@Module({
  imports: [PetitionsModule],
  controllers: [IdentityController],
  providers: [AssignmentsService, RevealsService, FileReveals],
  exports: [AssignmentsService, RevealsService, FileReveals],
})
export class IdentityModule {}
