// The end of personal data of petitions, and of files; when it is time is decided in records/personal-data/.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments/attachments.module.js';
import { PetitionRetention } from './petition-retention.service.js';

@Module({ imports: [AttachmentsModule], providers: [PetitionRetention], exports: [PetitionRetention] })
export class PetitionRetentionModule {}
