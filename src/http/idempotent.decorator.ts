import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/** A route that creates: with `Idempotency-Key` it can be repeated without doing anything twice. */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Your own key of this request, 1–255 characters: repeating the request with it answers the same and does nothing twice. Kept for two days.',
      schema: { type: 'string', maxLength: 255 },
    }),
  );
}
