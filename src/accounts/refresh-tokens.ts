import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config.js';
import { AccessTokens } from './access-tokens.js';
import type { Role } from '../platform/access/official.js';
import { endSessions } from './sessions.service.js';

/** Whose token it is. */
export interface TokenOwner {
  id: string;
  username: string;
  unitId: string;
  roles: Role[];
  mustChangePassword: boolean;
}

/** What a token was exchanged for. */
export interface Exchanged {
  owner: TokenOwner;
  sessionId: string;
  refreshToken: string;
}

interface TokenRow extends TokenOwner {
  sessionId: string;
  usable: boolean;
  used: boolean;
  usedLongAgo: boolean;
}

/** A page that reads twenty things at once exchanges its token twenty times; more steps than these in the grace are no page's. */
const mostSteps = 10;

/**
 * Refresh tokens work once, and for some seconds more they answer what they were exchanged for: requests that a front-end sends side by side
 * end in one session. A token that comes later than that was copied, and ends the session (RFC 9700, 4.14.2).
 *
 * What a token is exchanged for is computed from it with a key that is not in the database, so that the same can be answered again and
 * neither the token nor its successor is stored. Within the grace a thief gets the tokens that the owner has as well; whoever of the two
 * exchanges them last ends both.
 */
@Injectable()
export class RefreshTokens {
  private readonly key: Buffer;

  constructor(
    tokens: AccessTokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.key = tokens.keyFor('refresh tokens');
  }

  /** The first token of a session. */
  async first(tx: EntityManager, sessionId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.store(tx, token, sessionId);
    return token;
  }

  /** Exchanges a token for its successor; null where it is unknown, out of time, of an ended session or came too late a second time. */
  async exchange(tx: EntityManager, token: string): Promise<Exchanged | null> {
    let current = token;
    for (let step = 0; step < mostSteps; step++) {
      const row = await this.lock(tx, current);
      if (row?.usedLongAgo) await endSessions(tx, 'refresh token used twice', { sessionId: row.sessionId });
      if (!row?.usable || row.usedLongAgo) return null;
      const successor = this.successorOf(current);
      if (!row.used) {
        // The newest of several steps within the grace is told, so that nobody is handed a token that is about to end his session.
        if (step > 0) return toExchanged(row, current);
        await tx.query('update refresh_token set used_at = now() where digest = $1', [digestOf(current)]);
        await tx.query('update account_session set last_used_at = now() where id = $1', [row.sessionId]);
        await this.store(tx, successor, row.sessionId);
        return toExchanged(row, successor);
      }
      current = successor;
    }
    return null;
  }

  private async lock(tx: EntityManager, token: string): Promise<TokenRow | undefined> {
    const [row] = await tx.query<TokenRow[]>(
      `select token.session_id as "sessionId", token.used_at is not null as used,
         coalesce(token.used_at < now() - make_interval(secs => $2), false) as "usedLongAgo",
         token.expires_at > now() and session.revoked_at is null and account.active as usable,
         account.id, account.username, account.unit_id as "unitId", account.roles, account.must_change_password as "mustChangePassword"
       from refresh_token token
       join account_session session on session.id = token.session_id
       join account on account.id = session.account_id
       where token.digest = $1
       for update of token`,
      [digestOf(token), this.config.refreshGraceSeconds],
    );
    return row;
  }

  private successorOf(token: string): string {
    return createHmac('sha256', this.key).update(token).digest('base64url');
  }

  private async store(tx: EntityManager, token: string, sessionId: string): Promise<void> {
    await tx.query('insert into refresh_token (digest, session_id, expires_at) values ($1, $2, now() + make_interval(days => $3))', [
      digestOf(token),
      sessionId,
      this.config.refreshTokenDays,
    ]);
  }
}

function toExchanged({ id, username, unitId, roles, mustChangePassword, sessionId }: TokenRow, refreshToken: string): Exchanged {
  return { owner: { id, username, unitId, roles, mustChangePassword }, sessionId, refreshToken };
}

/** Tokens have 256 bits that nobody can guess, so a plain digest is enough to keep the stored ones useless. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
