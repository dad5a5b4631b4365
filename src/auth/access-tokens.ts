import { createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync, type KeyObject, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, decodeJwt, errors, exportJWK, jwtVerify, SignJWT } from 'jose';
import { CONFIG, type Config, ConfigError } from '../config/config.js';
import { ExternalAccounts } from './external-accounts.js';
import { OidcTokens } from './oidc-tokens.js';
import { type Official, type Role, roles } from './official.js';
import { scopes } from './scopes.js';
import { Revocations } from './revocations.js';

const issuer = 'tiepdan';
const algorithm = 'EdDSA';
/** Verified tokens that are kept so that a busy front-end does not pay for the same signature with every request. */
const mostVerified = 10_000;
/** Milliseconds for which an account of the provider is taken as it was. */
const externalLasts = 30_000;

/** Signs and reads access tokens: JWT (RFC 7519, 9068) with Ed25519 (RFC 8037). */
@Injectable()
export class AccessTokens {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  private readonly verified = new Map<string, { caller: Official; expiresAt: number }>();
  private keyId: string | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly revocations: Revocations,
    private readonly oidc: OidcTokens,
    private readonly external: ExternalAccounts,
  ) {
    this.privateKey = readOrMakeKey(config.signingKeyFile);
    this.publicKey = createPublicKey(this.privateKey);
  }

  async sign(caller: Official): Promise<string> {
    const { username, unitId, roles: held, sessionId, scopes: limited, rateLimit, mustChangePassword } = caller;
    return new SignJWT({
      username,
      unit: unitId,
      roles: held,
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
    const caller = known && known.expiresAt > Date.now() ? known.caller : await this.verify(token);
    return caller && !this.revocations.has(caller.sessionId) ? caller : null;
  }

  /** By the issuer that a token names it is one of ours or of the provider; whether it is true is seen from its signature. */
  private verify(token: string): Promise<Official | null> {
    return this.oidc.issuer && issuerOf(token) === this.oidc.issuer ? this.verifyExternal(token) : this.verifyOwn(token);
  }

  private async verifyExternal(token: string): Promise<Official | null> {
    const identity = await this.oidc.read(token);
    const caller = identity && (await this.external.officialOf(identity));
    // The account is looked at again soon: a token of the provider has no session here that could be ended.
    if (caller) this.remember(token, caller, Math.min(identity.expiresAt, Date.now() + externalLasts));
    return caller;
  }

  private async verifyOwn(token: string): Promise<Official | null> {
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
      this.remember(token, caller, (payload.exp ?? 0) * 1000);
      return caller;
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
    return (this.keyId ??= await calculateJwkThumbprint(await exportJWK(this.publicKey)));
  }

  /** The caller of a token that was read before, without reading it again. */
  known(authorization: string | undefined): Official | undefined {
    return this.verified.get(authorization?.slice('Bearer '.length) ?? '')?.caller;
  }

  private remember(token: string, caller: Official, expiresAt: number): void {
    if (this.verified.size >= mostVerified) this.verified.clear();
    this.verified.set(token, { caller, expiresAt });
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

function readOrMakeKey(file: string): KeyObject {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    mkdirSync(path.dirname(file), { recursive: true });
    try {
      // `wx`: of several instances starting at once on one folder the first makes the key, the others read it.
      writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new ConfigError(`TIEPDAN_SIGNING_KEY_FILE: ${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  return readKey(file);
}

function readKey(file: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') throw new ConfigError(`TIEPDAN_SIGNING_KEY_FILE: ${file} cannot be read (${code})`);
  }
  throw new ConfigError(
    `TIEPDAN_SIGNING_KEY_FILE: ${file} is not an Ed25519 private key; allowed: PEM, PKCS #8 (openssl genpkey -algorithm ed25519)`,
  );
}
