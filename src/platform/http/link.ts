import type { FastifyReply, FastifyRequest } from 'fastify';

/** `Link: <…>; rel="next"` (RFC 8288) with the same query and the next cursor. */
export function linkNext(request: FastifyRequest, reply: FastifyReply, nextCursor: string | null): void {
  if (!nextCursor) return;
  const url = new URL(request.url, 'http://localhost');
  url.searchParams.set('cursor', nextCursor);
  void reply.header('link', `<${url.pathname}${url.search}>; rel="next"`);
}

/** For `@ApiResponse({ headers })` of a list. */
export const linkHeader = { Link: { description: 'rel="next"', schema: { type: 'string' as const } } };
