// Reception offices: where they are, their notices, who is on duty.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../../petitions/attachments/attachments.module.js';
import { DutiesService } from './duties.service.js';
import { NoticesService } from './notices.service.js';
import { OfficesController } from './offices.controller.js';
import { OfficesService } from './offices.service.js';

@Module({
  imports: [AttachmentsModule],
  controllers: [OfficesController],
  providers: [DutiesService, NoticesService, OfficesService],
  exports: [DutiesService, NoticesService, OfficesService],
})
export class OfficesModule {}
