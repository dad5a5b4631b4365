import { applyDecorators, createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { Problems } from '../platform/http/api-problems.js';
import { entityTagHeader, expectedVersion, ifMatchOptional } from '../platform/http/entity-tag.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { PetitionResponse } from './petition.response.js';

/** What every step documents: its answer, and how it can be refused. */
export function StepDocs(summary: string, status: 200 | 201, answer: Type = PetitionResponse): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiHeader(ifMatchOptional),
    ApiResponse({ status, type: answer, ...(answer === PetitionResponse && { headers: entityTagHeader }) }),
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
