import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';

/**
 * Whom a request without a token is counted for: its address; of IPv6 the network of 64 bits that one connection is given, all of whose
 * addresses are at one caller's hand (RFC 6177).
 */
export function addressOf({ ip }: Pick<FastifyRequest, 'ip'>): string {
  return normalizeIP(ip, 64);
}
