import { applyDecorators, createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../auth/access.decorators.js';
import type { Official } from '../auth/official.js';
import { Problems } from '../http/api-problems.js';
import { entityTagHeader, expectedVersion, ifMatchOptional } from '../http/entity-tag.js';
import { IdPipe } from '../http/id.pipe.js';
import { PetitionAnswer } from './petition.answer.js';

/** What every step documents: its answer, and how it can be refused. */
export function StepDocs(summary: string, status: 200 | 201, answer: Type = PetitionAnswer): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiHeader(ifMatchOptional),
    ApiResponse({ status, type: answer, ...(answer === PetitionAnswer && { headers: entityTagHeader }) }),
    Problems(
      'not-found',
      'forbidden',
      'not-responsible',
      'action-not-allowed',
      'precondition-failed',
      'validation-failed',
      'rule-not-applicable',
      'idempotency-key-reused',
      'request-in-progress',
    ),
  );
}

/** What the request of every step carries beside its body. */
export interface StepCall {
  id: string;
  /** Version that the caller last read; null when he does not say. */
  expected: number | null;
  by: Official;
  reply: FastifyReply;
}

export const StepCaller = createParamDecorator((_data: unknown, context: ExecutionContext): StepCall => {
  const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
  return {
    id: new IdPipe().transform(request.params.id),
    expected: expectedVersion(request),
    by: callerOf(request),
    reply: context.switchToHttp().getResponse<FastifyReply>(),
  };
});
