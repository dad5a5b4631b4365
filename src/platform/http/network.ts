import { normalizeIP } from '@fastify/rate-limit';

/**
 * Whom somebody without a token is counted for: the address; of IPv6 the network of 64 bits that one connection is given, all of whose
 * addresses are at one caller's hand (RFC 6177).
 */
export function networkOf(address: string | null | undefined): string {
  return address ? normalizeIP(address, 64) : 'local';
}
