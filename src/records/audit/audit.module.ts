// Audit: the record of every write and of every look at something secret, which nobody can change; asking it and proving it.
import { Module } from '@nestjs/common';
import { AuthModule } from '../../accounts/auth.module.js';
import { PetitionsModule } from '../../petitions/petitions.module.js';
import { AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';
import { CheckpointsService } from './checkpoints.service.js';
import { RewrittenRecords } from './rewritten-records.js';
import { WalksService } from './walks.service.js';

@Module({
  imports: [AuthModule, PetitionsModule],
  controllers: [AuditController],
  providers: [AuditService, CheckpointsService, WalksService, RewrittenRecords],
  exports: [AuditService, CheckpointsService],
})
export class AuditModule {}
