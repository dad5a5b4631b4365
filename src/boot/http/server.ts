import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from '@fastify/cors';
import multipart from '@fastify/multipart';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, LogController } from 'fastify';
import helmet from 'helmet';
import { DataSource } from 'typeorm';
import { AccessTokens } from '../../accounts/access-tokens.js';
import { KnownDevices } from '../../accounts/known-devices.js';
import type { Config } from '../../platform/config/config.js';
import { actingAs } from '../../platform/database/acting.js';
import { notingWhatIsStored, nothingYet } from '../../platform/database/what-is-stored.js';
import { storeNothing } from '../../platform/http/caching.js';
import { Problem } from '../../platform/problems/problem.js';
import { refuseAddress, refuseConnection, refuseWrongMethods } from '../../platform/http/framework-problems.js';
import { refuseDeepJson } from '../../platform/http/json-depth.js';
import { createLogger, logRequests, NestLog } from '../../platform/http/logging.js';
import { createMetrics, serveMetrics } from '../../platform/http/metrics.js';
import { serveOpenApi } from '../../platform/http/openapi.js';
import { preferMinimal } from '../../platform/http/prefer.js';
import { limitRates } from './rate-limits.js';
import { endStalledBodies } from '../../platform/http/slow-bodies.js';
import { Stopping } from '../../platform/http/stopping.js';
import { beginWithFirstBytes } from '../../platform/http/streamed-answers.js';

/** Every route of the API stands below this. */
export const apiPrefix = 'api/v1';
export const outsideApi = ['health/live', 'health/ready', 'reports/view', 'reports/view/page.js', 'reports/view/page.css'];

/** Builds the HTTP server around the modules: limits, security headers, logs, metrics, documentation. It does not listen yet. */
export async function createServer(module: DynamicModule, config: Config): Promise<NestFastifyApplication> {
  const logger = createLogger(config);
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: config.bodyLimit,
    // How long a body may take follows from what comes of it (slow-bodies.ts); the head of a request is small on every line.
    requestTimeout: 0,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    forceCloseConnections: 'idle',
    // The product says itself that it is stopping, as a problem.
    return503OnClosing: false,
    // Also how long a stop may wait for requests under way; whoever stops the product has a shorter patience.
    pluginTimeout: (config.stopSeconds + 30) * 1000,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    requestIdHeader: false,
    genReqId: requestId,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseConnection,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: new NestLog(logger), abortOnError: false });
  app.setGlobalPrefix(apiPrefix, { exclude: outsideApi });
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  app.get(Stopping).watch(server.server);
  closeBusyConnections(server);
  endStalledBodies(server, config);
  beginWithFirstBytes(server);
  storeNothing(server, apiPrefix);
  preferMinimal(server);
  logRequests(server);
  nameWhoActs(server, apiPrefix);
  refuseDeepJson(server);
  await protect(server, config, app);
  // After the limits: what leads nowhere is counted, too.
  refuseWrongMethods(server);
  await server.register(multipart, { limits: { fileSize: config.importLimit, files: 1, fields: 20, parts: 25 } });
  serveMetrics(server, createMetrics(server, app.get(DataSource)), config);
  await serveOpenApi(app, server);
  return app;
}

/** Idle connections are closed at once when the server stops; a busy one must not be kept alive by its client after its answer. */
function closeBusyConnections(server: FastifyInstance): void {
  const { server: listener } = server;
  let [listened, closed, stopping] = [false, false, false];
  listener.once('listening', () => (listened = true)).once('close', () => (closed = true));
  const stops = (): boolean => stopping || (listened && !listener.listening);
  server.addHook('preClose', async () => {
    stopping = true;
    // Closed already by whoever stops the product: what came in before is waited for, and what it needs goes only then.
    if (listened && !listener.listening && !closed) await once(listener, 'close');
  });
  server.addHook('onRequest', (_request, _reply, done) => {
    if (!stops()) return done();
    done(
      new Problem(
        'service-unavailable',
        { vi: 'Hệ thống đang dừng. Hãy thử lại sau.', en: 'The server is stopping. Try again later.' },
        [],
        { retryAfter: 1 },
      ),
    );
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (stops()) void reply.header('connection', 'close');
    done();
  });
}

/**
 * Every transaction of a request is on its caller's account; who that is, is known when the guard has let the request in. What of it may be stored is
 * noted, for the words of an answer that fails.
 */
function nameWhoActs(server: FastifyInstance, apiPrefix: string): void {
  server.addHook('preHandler', (request, _reply, done) => {
    const action = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    const stored = (request.stored = nothingYet());
    const begin = (): void => notingWhatIsStored(stored, done);
    actingAs(
      () => ({
        action,
        accountId: request.caller?.accountId ?? null,
        unitId: request.caller?.unitId ?? null,
        onBehalfOf: request.caller?.onBehalfOf ?? null,
        // A citizen's would say which matters come from one connection.
        address: request.routeOptions.url?.startsWith(`/${apiPrefix}/public/`) ? null : request.ip,
        requestId: request.id,
      }),
      begin,
    );
  });
}

async function protect(server: FastifyInstance, config: Config, app: NestFastifyApplication): Promise<void> {
  const headers = securityHeaders(config);
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
  if (config.corsOrigins.length > 0)
    await server.register(cors, {
      origin: config.corsOrigins,
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: [
        'ETag',
        'Location',
        'Link',
        'X-Request-Id',
        'Retry-After',
        'Idempotent-Replayed',
        'RateLimit-Limit',
        'RateLimit-Remaining',
        'RateLimit-Reset',
      ],
    });
  await limitRates(server, config, { tokens: app.get(AccessTokens), devices: app.get(KnownDevices) }, apiPrefix);
}

/** Helmet's headers, which are the same for every answer and so computed once. */
function securityHeaders({ environment }: Config): Record<string, string> {
  const headers = new Map<string, string>();
  const collect = { setHeader: (name: string, value: string) => headers.set(name.toLowerCase(), value), removeHeader: () => undefined };
  const middleware = helmet({
    // Swagger UI is served from here with its own styles; nothing is ever loaded from elsewhere.
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: environment === 'production' ? { maxAge: 31_536_000 } : false,
  });
  middleware({} as IncomingMessage, collect as unknown as ServerResponse, () => undefined);
  return Object.fromEntries(headers);
}

/** The caller's own request id when it is a sane one, else a new one. */
function requestId({ headers }: { headers: Record<string, string | string[] | undefined> }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
