// Oversight: what the directive asks to be followed beyond the single petition – cases at superiors and courts, talks with the citizens.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments/attachments.module.js';
import { PetitionsModule } from '../petitions/petitions.module.js';
import { ReceptionModule } from '../reception/reception.module.js';
import { ResolutionModule } from '../resolution/resolution.module.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ContactsService } from './contacts/contacts.service.js';
import { MatterImportService } from './superior-matters/matter-import.service.js';
import { SuperiorMattersController } from './superior-matters/superior-matters.controller.js';
import { SuperiorMattersService } from './superior-matters/superior-matters.service.js';

@Module({
  imports: [PetitionsModule, ResolutionModule, ReceptionModule, AttachmentsModule],
  controllers: [SuperiorMattersController, ContactsController],
  providers: [SuperiorMattersService, MatterImportService, ContactsService],
  exports: [SuperiorMattersService, ContactsService],
})
export class OversightModule {}
