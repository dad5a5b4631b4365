import type { FastifyRequest } from 'fastify';
import { networkOf } from './network.js';

/** Whom a request without a token is counted for. */
export function addressOf({ ip }: Pick<FastifyRequest, 'ip'>): string {
  return networkOf(ip);
}
