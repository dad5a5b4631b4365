// HTTP: what every route shares - reading requests, problem answers, idempotency, health. Nothing here knows a petition.
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, ModulesContainer } from '@nestjs/core';
import { HealthController } from '../../platform/http/health.controller.js';
import { IdempotencyInterceptor } from '../../records/stored-answers/idempotency.interceptor.js';
import { ProblemFilter } from '../../platform/http/problem.filter.js';
import { ProblemTypesController } from '../../platform/http/problem-types.controller.js';
import { RequestPipe } from '../../platform/http/request.pipe.js';
import { Stopping } from '../../platform/http/stopping.js';
import { StoredAnswers } from '../../records/stored-answers/stored-answers.service.js';

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
