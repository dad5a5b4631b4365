// Cases at superiors: what courts, inspectorates and superiors hold about this unit's matters.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../../petitions/attachments/attachments.module.js';
import { PetitionsModule } from '../../petitions/petitions.module.js';
import { ResolutionModule } from '../../petitions/resolution/resolution.module.js';
import { MatterImportService } from './matter-import.service.js';
import { SuperiorMattersController } from './superior-matters.controller.js';
import { SuperiorMattersService } from './superior-matters.service.js';

@Module({
  imports: [PetitionsModule, ResolutionModule, AttachmentsModule],
  controllers: [SuperiorMattersController],
  providers: [MatterImportService, SuperiorMattersService],
  exports: [SuperiorMattersService],
})
export class SuperiorMattersModule {}
