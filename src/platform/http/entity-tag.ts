import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';

/** Strong entity tag of a version (RFC 9110 section 8.8.3). */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** For `@ApiResponse({ headers })` of an answer with an entity tag. */
export const entityTagHeader = {
  ETag: { description: 'Version of the resource, for If-Match', schema: { type: 'string' as const, example: '"1"' } },
};
/** For `@ApiHeader` of a route that needs the version, or that checks it when it is sent. */
export const ifMatchRequired = {
  name: 'If-Match',
  required: true,
  description: 'ETag of the last read; `*` for any',
  schema: { type: 'string' as const, example: '"1"' },
};
export const ifMatchOptional = { ...ifMatchRequired, required: false };

/**
 * The version that the caller last read, from `If-Match`; null when the header is missing or `*`.
 * `@ExpectedVersion('required')` answers 428 where it is missing (RFC 6585).
 */
export const ExpectedVersion = createParamDecorator((mode: 'required' | undefined, context: ExecutionContext): number | null => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  if (mode === 'required' && request.headers['if-match'] === undefined)
    throw new Problem('precondition-required', {
      vi: 'Gửi kèm If-Match với ETag của lần đọc gần nhất.',
      en: 'Send If-Match with the ETag of your last read.',
    });
  return expectedVersion(request);
});

/** See {@link ExpectedVersion}. */
export function expectedVersion({ headers }: FastifyRequest): number | null {
  const header = headers['if-match']?.trim();
  if (header === undefined || header === '*') return null;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  // A tag that was never given out matches nothing.
  return version ? Number(version) : -1;
}
