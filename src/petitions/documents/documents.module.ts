// Documents: papers made from templates, the register of a unit's documents, the signed copies.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments/attachments.module.js';
import { RevealsModule } from '../reveals/reveals.module.js';
import { PetitionsModule } from '../petitions.module.js';
import { ResolutionModule } from '../resolution/resolution.module.js';
import { DocumentContext } from './document-context.js';
import { DocumentsController } from './documents.controller.js';
import { DocumentsService } from './documents.service.js';
import { TemplatesController } from './templates.controller.js';
import { TemplatesService } from './templates.service.js';

@Module({
  imports: [PetitionsModule, ResolutionModule, AttachmentsModule, RevealsModule],
  controllers: [DocumentsController, TemplatesController],
  providers: [DocumentsService, TemplatesService, DocumentContext],
  exports: [DocumentsService, TemplatesService],
})
export class DocumentsModule {}
