import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Problem } from '../platform/problems/problem.js';
import { own } from '../platform/text/own.js';

/** What a verified token of the city's provider of identities says of whom it is for. */
export interface ExternalIdentity {
  issuer: string;
  subject: string;
  /** For an account that is made; users may be able to change it, so that it says nothing of whose account an existing one is. */
  username: string | null;
  /** User name of the account here, by the claim that the settings name and users cannot change. */
  account: string | null;
  displayName: string | null;
  /** Code or symbol of the unit; null where the settings leave units to the accounts here. */
  unit: string | null;
  /** Roles of the provider, as they came. */
  roles: string[] | null;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Only signatures with a key pair: what signs with a shared secret, or not at all, is refused whatever its header says (RFC 8725, 3.1). */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const millisecondsBetweenKeyLooks = 5_000;
const keysLast = 600_000;

/**
 * Reads access tokens of an OpenID Connect provider (RFC 9068): signed by a key that the provider publishes now, for this audience, in time.
 * Keys are read again when a token names one that is not known, so that the provider can change them at any time.
 */
@Injectable()
export class OidcTokens {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get issuer(): string {
    return this.config.oidcIssuer;
  }

  /**
   * What the token says, or null when it is forged, expired, for somebody else or not of the form of an access token.
   * @throws Problem `service-unavailable` when the provider does not answer with its keys
   */
  async read(token: string): Promise<ExternalIdentity | null> {
    try {
      const { payload } = await jwtVerify(token, await this.publishedKeys(), {
        algorithms,
        issuer: this.config.oidcIssuer,
        audience: this.config.oidcAudience,
        typ: 'at+jwt',
        clockTolerance: this.config.oidcClockSkew,
        requiredClaims: ['sub', 'exp', 'iat', 'jti', 'client_id'],
      });
      return this.identityOf(payload);
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || error instanceof TypeError || isUnreadable(error)) throw unavailable(error);
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  private async publishedKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= discover(this.config.oidcIssuer);
    try {
      return await this.keys;
    } catch (error) {
      this.keys = undefined;
      throw unavailable(error);
    }
  }

  private identityOf(payload: JWTPayload): ExternalIdentity | null {
    const { oidcAccountClaim, oidcUsernameClaim, oidcUnitClaim, oidcRolesClaim } = this.config;
    const roles = oidcRolesClaim ? claimOf(payload, oidcRolesClaim) : null;
    if (!payload.sub || !payload.exp) return null;
    return {
      issuer: this.config.oidcIssuer,
      subject: payload.sub,
      username: textOf(claimOf(payload, oidcUsernameClaim)),
      account: oidcAccountClaim ? textOf(claimOf(payload, oidcAccountClaim)) : null,
      displayName: textOf(payload['name']),
      unit: oidcUnitClaim ? textOf(claimOf(payload, oidcUnitClaim)) : null,
      roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : null,
      expiresAt: payload.exp * 1000,
    };
  }
}

/** OpenID Connect Discovery 1.0, section 4: the document must name the very issuer that was asked. */
async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5_000) });
  const { issuer: named, jwks_uri: keys } = (await response.json()) as { issuer?: string; jwks_uri?: string };
  if (!response.ok || named !== issuer || !keys) throw new Error('The discovery document is not that of the issuer');
  return createRemoteJWKSet(new URL(keys), {
    cooldownDuration: millisecondsBetweenKeyLooks,
    cacheMaxAge: keysLast,
    timeoutDuration: 5_000,
  });
}

/** Claims of providers lie in objects sometimes: `realm_access.roles`. */
function claimOf(payload: JWTPayload, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>(
      (value, key) => (value && typeof value === 'object' ? own(value as Record<string, unknown>, key) : undefined),
      payload,
    );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : null;
}

/** The keys came, but not as keys: an error page of a proxy, say. */
function isUnreadable(error: unknown): boolean {
  return error instanceof errors.JWKSInvalid || (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC');
}

function unavailable(cause: unknown): Problem {
  return new Problem(
    'service-unavailable',
    {
      vi: 'Hệ thống đăng nhập của thành phố tạm thời không đáp ứng. Hãy thử lại sau.',
      en: "The city's provider of identities does not answer at the moment. Try again later.",
    },
    [],
    {},
    cause,
  );
}
