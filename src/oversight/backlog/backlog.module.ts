// Backlog: what lies unresolved too long, reviews of it, plans to work it off, and how they go.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../../petitions/petitions.module.js';
import { BacklogPlansController } from './backlog-plans.controller.js';
import { BacklogPlansService } from './backlog-plans.service.js';
import { BacklogReviewsService } from './backlog-reviews.service.js';
import { BacklogController } from './backlog.controller.js';
import { BacklogService } from './backlog.service.js';
import { BurnDownService } from './burn-down.service.js';
import { LongCasesController } from './long-cases.controller.js';
import { LongCasesService } from './long-cases.service.js';

@Module({
  imports: [PetitionsModule],
  controllers: [BacklogPlansController, BacklogController, LongCasesController],
  providers: [BacklogPlansService, BacklogReviewsService, BacklogService, BurnDownService, LongCasesService],
  exports: [BacklogPlansService, BacklogReviewsService, BacklogService, LongCasesService],
})
export class BacklogModule {}
