// HTTP: what every route shares - reading requests, problem answers, idempotency, health. Nothing here knows a petition.
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { HealthController } from './health.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { ProblemTypesController } from './problem-types.controller.js';
import { RequestPipe } from './request.pipe.js';
import { StoredAnswers } from './stored-answers.service.js';

@Module({
  controllers: [HealthController, ProblemTypesController],
  providers: [StoredAnswers, { provide: APP_PIPE, useClass: RequestPipe }, { provide: APP_FILTER, useClass: ProblemFilter }],
})
export class HttpModule {}
