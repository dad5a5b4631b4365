import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import type { CountedPool } from '../database/pools.js';
import { Problem } from '../problems/problem.js';

/** Registry of one server, with the time of every route by its pattern; values of ids or queries are never labels. */
export function createMetrics(server: FastifyInstance, dataSource: DataSource): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to its answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  server.addHook('onResponse', (request, reply, done) => {
    requests.observe(
      { method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
  const pool = (dataSource.driver as unknown as { master: CountedPool }).master;
  new Gauge({
    name: 'database_connections',
    help: 'Connections of this instance to PostgreSQL',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
  countOf(
    registry,
    'database_connections_refused_total',
    'Times that somebody got no connection: too many waited, or too long',
    () => pool.refused,
  );
  countOf(registry, 'database_connections_cut_total', 'Connections that had become silent and were given up', () => pool.cut);
  return registry;
}

function countOf(registry: Registry, name: string, help: string, count: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(count());
    },
  });
}

/** `/metrics` for whoever has the token of the settings; where none is set, there is no such route. */
export function serveMetrics(server: FastifyInstance, registry: Registry, { metricsToken }: Config): void {
  if (!metricsToken) return;
  const expected = digestOf(`Bearer ${metricsToken}`);
  server.get('/metrics', async ({ headers }, reply) => {
    if (!timingSafeEqual(digestOf(headers.authorization ?? ''), expected))
      throw new Problem('unauthenticated', {
        vi: 'Số liệu vận hành cần mã của TIEPDAN_METRICS_TOKEN.',
        en: 'Figures of operation need the token of TIEPDAN_METRICS_TOKEN.',
      });
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
