import { createPublicKey, hkdfSync, type KeyObject, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import { CONFIG, type Config } from '../platform/config/config.js';
import { ExternalAccounts } from './external-accounts.js';
import { OidcTokens } from './oidc-tokens.js';
import { type Official, type Role, roles } from '../platform/access/official.js';
import { scopes } from '../platform/access/scopes.js';
import { Revocations } from './revocations.js';
import { readOrMakeSigningKey, thumbprintOf } from './signing-key.js';

const issuer = 'tiepdan';
const algorithm = 'EdDSA';
/** Verified tokens that are kept so that a busy front-end does not pay for the same signature with every request. */
const mostVerified = 10_000;
/** Milliseconds for which an account of the provider is taken as it was. */
const externalLasts = 30_000;

/** A token whose signature was looked at. */
interface Verified {
  caller: Official;
  /** Epoch of this system that it is of, null where it says none; undefined for a token of the provider, which is of none. */
  epoch: string | null | undefined;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Signs and reads access tokens: JWT (RFC 7519, 9068) with Ed25519 (RFC 8037). */
@Injectable()
export class AccessTokens {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  private readonly verified = new Map<string, Verified>();
  private keyId: string | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly revocations: Revocations,
    private readonly oidc: OidcTokens,
    private readonly external: ExternalAccounts,
  ) {
    this.privateKey = readOrMakeSigningKey(config.signingKeyFile);
    this.publicKey = createPublicKey(this.privateKey);
  }

  async sign(caller: Official): Promise<string> {
    const { username, unitId, roles: held, sessionId, scopes: limited, rateLimit, mustChangePassword } = caller;
    return new SignJWT({
      username,
      unit: unitId,
      roles: held,
      epoch: this.revocations.epoch,
      ...(sessionId && { sid: sessionId }),
      ...(limited && { scope: limited.join(' ') }),
      ...(rateLimit && { rate: rateLimit }),
      ...(mustChangePassword && { pwd: true }),
    })
      .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid: await this.thumbprint() })
      .setIssuer(issuer)
      .setAudience(issuer)
      .setSubject(caller.accountId)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${this.config.accessTokenSeconds}s`)
      .sign(this.privateKey);
  }

  /**
   * The caller that a token names, or null when it is forged, expired, of a session that has ended, or not ours.
   * @throws Problem `service-unavailable` when a token of the provider of identities cannot be checked now
   */
  async read(token: string): Promise<Official | null> {
    const known = this.verified.get(token);
    const verified = known && known.expiresAt > Date.now() ? known : await this.verify(token);
    if (!verified) return null;
    const { caller, epoch } = verified;
    return epoch !== undefined && this.revocations.has(caller.sessionId, epoch) ? null : caller;
  }

  /** By the issuer that a token names it is one of ours or of the provider; whether it is true is seen from its signature. */
  private verify(token: string): Promise<Verified | null> {
    return this.oidc.issuer && issuerOf(token) === this.oidc.issuer ? this.verifyExternal(token) : this.verifyOwn(token);
  }

  private async verifyExternal(token: string): Promise<Verified | null> {
    const identity = await this.oidc.read(token);
    const caller = identity && (await this.external.officialOf(identity));
    if (!caller) return null;
    // The account is looked at again soon: a token of the provider has no session here that could be ended.
    return this.remember(token, { caller, epoch: undefined, expiresAt: Math.min(identity.expiresAt, Date.now() + externalLasts) });
  }

  private async verifyOwn(token: string): Promise<Verified | null> {
    try {
      const { payload } = await jwtVerify(token, this.publicKey, {
        algorithms: [algorithm],
        issuer,
        audience: issuer,
        typ: 'at+jwt',
        requiredClaims: ['sub', 'exp'],
      });
      const caller = callerOf(payload);
      if (!caller) return null;
      return this.remember(token, {
        caller,
        epoch: typeof payload['epoch'] === 'string' ? payload['epoch'] : null,
        expiresAt: (payload.exp ?? 0) * 1000,
      });
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  /** Signs something that this installation states, for whoever keeps it. */
  async signStatement(type: string, statement: Record<string, unknown>): Promise<string> {
    return new SignJWT(statement)
      .setProtectedHeader({ alg: algorithm, typ: type, kid: await this.thumbprint() })
      .setIssuer(issuer)
      .setIssuedAt()
      .sign(this.privateKey);
  }

  /** What a statement says, or null when this installation did not sign it. */
  async readStatement(type: string, token: string): Promise<Record<string, unknown> | null> {
    try {
      return (await jwtVerify(token, this.publicKey, { algorithms: [algorithm], issuer, typ: type })).payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  /** A secret of this installation for one purpose, which follows from its signing key (RFC 5869) and lies in no database. */
  keyFor(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.privateKey.export({ format: 'der', type: 'pkcs8' }), '', `${issuer} ${purpose}`, 32));
  }

  private async thumbprint(): Promise<string> {
    return (this.keyId ??= await thumbprintOf(this.publicKey));
  }

  /** The caller of a token that was read before, without reading it again. */
  known(authorization: string | undefined): Official | undefined {
    return this.verified.get(authorization?.slice('Bearer '.length) ?? '')?.caller;
  }

  private remember(token: string, verified: Verified): Verified {
    if (this.verified.size >= mostVerified) this.verified.clear();
    this.verified.set(token, verified);
    return verified;
  }
}

function callerOf({ sub, username, unit, roles: claimed, sid, scope, rate, pwd }: Record<string, unknown>): Official | null {
  if (typeof sub !== 'string' || typeof username !== 'string' || typeof unit !== 'string' || !Array.isArray(claimed)) return null;
  return {
    accountId: sub,
    username,
    unitId: unit,
    roles: claimed.filter((role): role is Role => roles.includes(role as Role)),
    ...(typeof sid === 'string' && { sessionId: sid }),
    ...(typeof scope === 'string' && { scopes: scopes.filter((known) => scope.split(' ').includes(known)) }),
    ...(typeof rate === 'number' && { rateLimit: rate }),
    ...(pwd === true && { mustChangePassword: true as const }),
  };
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
