import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../platform/database/transactions.js';
import { Problem } from '../platform/problems/problem.js';
import { Revocations } from './revocations.js';

/** A session as its owner sees it. */
export interface SessionRow {
  id: string;
  createdAt: Date;
  lastUsedAt: Date;
  address: string | null;
  userAgent: string | null;
}

/** Sessions that go on, and ending them. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly revocations: Revocations,
  ) {}

  /** Sessions of an account that have not ended, the last used first. */
  list(accountId: string): Promise<SessionRow[]> {
    return this.transactions.manager.query<SessionRow[]>(
      `select id, created_at as "createdAt", last_used_at as "lastUsedAt", address, user_agent as "userAgent" from account_session
       where account_id = $1 and revoked_at is null
         and exists (select from refresh_token where session_id = account_session.id and used_at is null and expires_at > now())
       order by last_used_at desc, id desc limit 200`,
      [accountId],
    );
  }

  /**
   * Ends one session of an account.
   * @throws Problem `not-found` for one that is not the account's or has ended
   */
  async end(accountId: string, sessionId: string, because: string): Promise<void> {
    const ended = await this.transactions.run((tx) => endSessions(tx, because, { accountId, sessionId }));
    if (ended === 0) throw Problem.notFound('phiên đăng nhập này', 'session');
    await this.revocations.refresh();
  }

  /** Ends all sessions of an account, but for one. Answers how many. */
  async endAll(accountId: string, because: string, but?: string): Promise<number> {
    const ended = await this.transactions.run((tx) => endSessions(tx, because, { accountId, but }));
    await this.revocations.refresh();
    return ended;
  }
}

/** Ends sessions within a transaction: their refresh tokens at once, their access tokens as soon as {@link Revocations} knows. Answers how many. */
export async function endSessions(
  tx: EntityManager,
  because: string,
  which: { accountId?: string; sessionId?: string; but?: string | undefined },
): Promise<number> {
  const [, ended] = await tx.query<[unknown[], number]>(
    `update account_session set revoked_at = now(), revoked_because = $1
     where revoked_at is null and ($2::uuid is null or account_id = $2) and ($3::uuid is null or id = $3) and ($4::uuid is null or id <> $4)`,
    [because, which.accountId ?? null, which.sessionId ?? null, which.but ?? null],
  );
  return ended;
}
