// Jobs: long work in the background, with progress, cancelling and resuming; run by graphile-worker in any instance.
import { Global, Module } from '@nestjs/common';
import { JobRunner } from './job-runner.js';
import { JobsController } from './jobs.controller.js';
import { JobsService } from './jobs.service.js';

@Global()
@Module({ controllers: [JobsController], providers: [JobsService, JobRunner], exports: [JobsService, JobRunner] })
export class JobsModule {}
