// Attachments: files that are stored once by content, on disk or in S3, checked for type, size and viruses.
import { Module } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.js';
import { RevealsModule } from '../reveals/reveals.module.js';
import { PetitionsModule } from '../petitions.module.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsService } from './attachments.service.js';
import { BLOB_STORE } from './blob-store.js';
import { Blobs } from './blobs.js';
import { configuredStore } from './configured-store.js';
import { FileSweeper } from './file-sweeper.service.js';
import { FileVerification } from './file-verification.service.js';

@Module({
  imports: [PetitionsModule, RevealsModule],
  controllers: [AttachmentsController],
  providers: [
    AttachmentsService,
    Blobs,
    FileSweeper,
    FileVerification,
    {
      provide: BLOB_STORE,
      inject: [CONFIG],
      useFactory: configuredStore,
    },
  ],
  exports: [AttachmentsService, Blobs],
})
export class AttachmentsModule {}
