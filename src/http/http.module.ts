// HTTP: what every route shares - reading requests, problem answers, idempotency, health. Nothing here knows a petition.
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, ModulesContainer } from '@nestjs/core';
import { HealthController } from './health.controller.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { ProblemFilter } from './problem.filter.js';
import { ProblemTypesController } from './problem-types.controller.js';
import { RequestPipe } from './request.pipe.js';
import { Stopping } from './stopping.js';
import { StoredAnswers } from './stored-answers.service.js';

@Module({
  controllers: [HealthController, ProblemTypesController],
  providers: [
    StoredAnswers,
    Stopping,
    IdempotencyInterceptor,
    { provide: APP_PIPE, useClass: RequestPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class HttpModule {
  /** Here, because routes are made before `onModuleInit`. */
  constructor(modules: ModulesContainer, repetition: IdempotencyInterceptor) {
    const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
    for (const { metatype } of controllers) if (typeof metatype === 'function') repetition.standBefore(metatype);
  }
}
