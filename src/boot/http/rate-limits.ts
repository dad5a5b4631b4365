import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessTokens } from '../../accounts/access-tokens.js';
import { deviceTokenOf, type KnownDevices } from '../../accounts/known-devices.js';
import type { Config } from '../../platform/config/config.js';
import { Problem } from '../../platform/problems/problem.js';
import { addressOf } from '../../platform/http/address.js';

type PublicUse = 'calendar' | 'boards' | 'bookings' | 'codes';
type Counted = 'free' | 'secrets' | `public ${PublicUse}` | 'calls';

/** Kinds of public use, each with a limit of its own: whoever looks at the calendar behind the address of a hall is not held up by look-ups. */
const publicUses: readonly [route: RegExp, use: PublicUse][] = [
  [/^(?:reception-calendar|units\/:id\/reception-calendar\.ics)$/, 'calendar'],
  [/^reception-offices\/:id\/board(?:\/events)?$/, 'boards'],
  [/^reception-sessions\/:id\/(?:slots|appointments)$/, 'bookings'],
];

/** Below `auth/` everything could be used to try passwords, codes and secrets but this: its tokens are too long to be guessed. */
const nothingToGuess = /^auth\/(refresh|revocation|sessions\/:id)$/;

/**
 * Limits of requests a minute. What a request is counted as follows from the pattern of the route that answers it, never from the address as it
 * was written: a path can be written in many ways (RFC 3986 section 6.2, RFC 9112 section 3.2.2) that lead to one route. What leads nowhere
 * counts as a call like any other.
 */
export async function limitRates(
  server: FastifyInstance,
  config: Config,
  { tokens, devices }: { tokens: AccessTokens; devices: KnownDevices },
  apiPrefix: string,
): Promise<void> {
  const known = (request: FastifyRequest) => tokens.known(request.headers.authorization);
  const counted = (request: FastifyRequest): Counted => countedAs(request.method, request.routeOptions.url, apiPrefix);
  await server.register(rateLimit, {
    global: false,
    timeWindow: '1 minute',
    // Guessing passwords is slowed down by address; who has shown a valid token is counted by account, whoever signs in where he did before by that
    // device, everybody else by address.
    max: (request: FastifyRequest) => {
      const kind = counted(request);
      if (kind === 'free') return Number.MAX_SAFE_INTEGER;
      if (kind === 'secrets') return config.signInLimit;
      return kind === 'calls' ? (known(request)?.rateLimit ?? config.rateLimit) : config.publicLimit;
    },
    keyGenerator: async (request: FastifyRequest) => {
      const kind = counted(request);
      const device = kind === 'secrets' ? await devices.read(deviceTokenOf(request.headers)) : null;
      return (kind === 'calls' && known(request)?.accountId) || `${kind} ${device?.id ?? addressOf(request)}`;
    },
    allowList: (request: FastifyRequest) => counted(request) === 'free',
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { ttl }) => tooManyRequests(ttl),
  });
  // For all routes, and for what is none.
  server.addHook('onRequest', server.rateLimit());
}

/** What a request is counted as, by the pattern of its route; undefined is a path that leads nowhere. */
export function countedAs(method: string, pattern: string | undefined, apiPrefix: string): Counted {
  if (pattern === undefined) return 'calls';
  if (pattern.startsWith('/health/') || pattern === '/metrics') return 'free';
  if (!pattern.startsWith(`/${apiPrefix}/`)) return 'calls';
  const route = pattern.slice(apiPrefix.length + 2);
  if (route.startsWith('public/')) return `public ${publicUseOf(route.slice('public/'.length))}`;
  const reads = method === 'GET' || method === 'HEAD';
  return !reads && /^(?:auth|oauth)\//.test(route) && !nothingToGuess.test(route) ? 'secrets' : 'calls';
}

/** What is no other use is one that could be guessed at. */
function publicUseOf(route: string): PublicUse {
  return publicUses.find(([pattern]) => pattern.test(route))?.[1] ?? 'codes';
}

function tooManyRequests(milliseconds: number): Problem {
  const seconds = Math.ceil(milliseconds / 1000);
  return new Problem('too-many-requests', {
    vi: `Quá nhiều yêu cầu; hãy thử lại sau ${seconds} giây.`,
    en: `Too many requests; try again in ${seconds} seconds.`,
  });
}
