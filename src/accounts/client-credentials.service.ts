import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config.js';
import { whoActs } from '../platform/database/acting.js';
import { Transactions } from '../platform/database/transactions.js';
import { Problem } from '../platform/problems/problem.js';
import { AccessTokens } from './access-tokens.js';
import type { Role } from '../platform/access/official.js';
import { type Scope, scopes } from '../platform/access/scopes.js';

/** What a service shows. */
export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
  /** Space-separated; all scopes of the account where it is left out. */
  scope?: string | undefined;
}

export interface ClientToken {
  accessToken: string;
  expiresIn: number;
  scope: string;
}

interface ServiceRow {
  id: string;
  username: string;
  unitId: string;
  roles: Role[];
  scopes: Scope[];
  rateLimit: number | null;
  digest: Buffer;
}

/** For comparing with when there is no such client: takes as long. */
const nobody = createHash('sha256').update('nobody').digest();

/** Tokens for front-ends and other systems (RFC 6749, 4.4): as their service account, no wider than the scopes that they ask for. */
@Injectable()
export class ClientCredentialsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly tokens: AccessTokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @throws Problem `invalid-client` for unknown, closed or wrong clients alike; `validation-failed` for a scope that the account does not have
   */
  async issue({ clientId, clientSecret, scope }: ClientCredentials): Promise<ClientToken> {
    const [service] = await this.transactions.manager.query<ServiceRow[]>(
      `select id, username, unit_id as "unitId", roles, scopes, rate_limit as "rateLimit", client_secret_digest as digest
       from account where username = lower($1) and kind = 'service' and active and client_secret_digest is not null`,
      [clientId],
    );
    const matches = timingSafeEqual(service?.digest ?? nobody, digestOfSecret(clientSecret));
    if (!service || !matches) throw invalidClient();
    const granted = grant(service.scopes, scope);
    const sessionId = await this.openSession(service.id);
    const accessToken = await this.tokens.sign({
      accountId: service.id,
      username: service.username,
      unitId: service.unitId,
      roles: service.roles,
      sessionId,
      scopes: granted,
      ...(service.rateLimit && { rateLimit: service.rateLimit }),
    });
    return { accessToken, expiresIn: this.config.accessTokenSeconds, scope: granted.join(' ') };
  }

  /** Each token is a session of its own, so that it can be ended; those of yesterday say nothing any more. */
  private openSession(accountId: string): Promise<string> {
    return this.transactions.run(async (tx) => {
      await tx.query(`delete from account_session where account_id = $1 and created_at < now() - interval '1 day'`, [accountId]);
      const [session] = await tx.query<{ id: string }[]>('insert into account_session (account_id, address) values ($1, $2) returning id', [
        accountId,
        whoActs()?.address ?? null,
      ]);
      return session!.id;
    });
  }
}

/** A secret of 256 random bits: a plain digest keeps the stored one useless. */
export function newClientSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function digestOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function grant(held: readonly Scope[], asked: string | undefined): Scope[] {
  if (!asked) return [...held];
  const wanted = [...new Set(asked.split(' ').filter(Boolean))];
  const wrong = wanted.find((scope) => !held.includes(scope as Scope));
  if (wrong === undefined) return scopes.filter((scope) => wanted.includes(scope));
  throw new Problem(
    'validation-failed',
    {
      vi: `Ứng dụng không có phạm vi này; cho phép: ${held.join(' ')}.`,
      en: `The client does not have this scope; allowed: ${held.join(' ')}.`,
    },
    [{ pointer: '/scope', code: 'invalid_scope', detail: { vi: 'Phạm vi không được cấp.', en: 'The scope is not granted.' } }],
    { error: 'invalid_scope' },
  );
}

function invalidClient(): Problem {
  return new Problem(
    'invalid-client',
    { vi: 'Mã hoặc khoá của ứng dụng không đúng, hoặc đã bị đóng.', en: 'Client id or secret is wrong, or the client is closed.' },
    [],
    { error: 'invalid_client' },
  );
}
