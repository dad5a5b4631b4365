// The end of personal data at reception.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../petitions/attachments/attachments.module.js';
import { ReceptionRetention } from './retention.service.js';

@Module({
  imports: [AttachmentsModule],
  providers: [ReceptionRetention],
})
export class ReceptionRetentionModule {}
