import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * `Prefer: return=minimal` (RFC 7240): who changed a resource and does not want to read it again gets its headers alone.
 * It holds for answers that are a resource, which are the ones with an entity tag; a 200 becomes a 204.
 */
export function preferMinimal(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    if (!wantsMinimal(request) || !reply.hasHeader('etag') || reply.statusCode >= 300) {
      done(null, payload);
      return;
    }
    void reply.header('preference-applied', 'return=minimal').removeHeader('content-type').removeHeader('content-length');
    if (reply.statusCode === 200) void reply.code(204);
    done(null, null);
  });
}

function wantsMinimal({ method, headers }: FastifyRequest): boolean {
  return (
    // HEAD is GET without its body (RFC 9110, 9.3.2): neither changes anything.
    method !== 'GET' &&
    method !== 'HEAD' &&
    String(headers['prefer'] ?? '')
      .split(/[,;]/)
      .some((preference) => preference.trim() === 'return=minimal')
  );
}
