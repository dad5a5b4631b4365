import type { FastifyInstance } from 'fastify';

/**
 * Nothing of the API is kept by browsers of shared counters or by proxies (RFC 9111 section 5.2.2.5), unless it is public and its route says how
 * long it may be kept. What was asked for with a token never is, whatever its route says.
 */
export function storeNothing(server: FastifyInstance, apiPrefix: string): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const said = reply.getHeader('cache-control');
    const ofApi = request.routeOptions.url?.startsWith(`/${apiPrefix}/`) ?? true;
    if (request.headers.authorization !== undefined ? !String(said).includes('no-store') : said === undefined && ofApi)
      void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
}
