import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { Transactions } from '../database/transactions.js';
import { Problem } from '../problems/problem.js';
import { AccessTokens } from './access-tokens.js';
import type { Official, Role } from './official.js';
import { passwordMatches } from './passwords.js';

/** What a signed-in front-end holds. */
export interface TokenPair {
  accessToken: string;
  tokenType: 'Bearer';
  /** Seconds. */
  expiresIn: number;
  refreshToken: string;
}

interface AccountRow {
  id: string;
  username: string;
  password_hash: string;
  unit_id: string;
  roles: Role[];
  active: boolean;
  locked: boolean;
}

interface RefreshRow extends AccountRow {
  session_id: string;
  usable: boolean;
  used: boolean;
}

/** Signing in and out. */
@Injectable()
export class SignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly tokens: AccessTokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Exchanges a password for tokens. Wrong name, wrong password, locked and inactive accounts get the same answer.
   * @throws Problem `invalid-credentials`
   */
  async signIn(username: string, password: string): Promise<TokenPair> {
    const [account] = await this.transactions.manager.query<AccountRow[]>(
      `select id, username, password_hash, unit_id, roles, active, coalesce(locked_until > now(), false) as locked
       from account where username = lower($1)`,
      [username],
    );
    const matches = await passwordMatches(account?.password_hash, password);
    if (!account || account.locked || !account.active) throw invalidCredentials();
    if (!matches) {
      await this.countFailure(account.id);
      throw invalidCredentials();
    }
    return this.transactions.run(async (tx) => {
      await tx.query('update account set failed_attempts = 0, locked_until = null where id = $1', [account.id]);
      const [session] = await tx.query<{ id: string }[]>('insert into account_session (account_id) values ($1) returning id', [account.id]);
      return this.issue(tx, account, session!.id);
    });
  }

  /**
   * Exchanges a refresh token for new tokens. A token works once: one that comes a second time was stolen or copied, and ends the session.
   * @throws Problem `invalid-refresh-token`
   */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const issued = await this.transactions.run(async (tx) => {
      const [row] = await tx.query<RefreshRow[]>(
        `select token.session_id, token.used_at is not null as used,
                token.expires_at > now() and session.revoked_at is null and account.active as usable,
                account.id, account.username, account.unit_id, account.roles
         from refresh_token token
         join account_session session on session.id = token.session_id
         join account on account.id = session.account_id
         where token.digest = $1
         for update of token`,
        [digestOf(refreshToken)],
      );
      if (row?.used) await revoke(tx, row.session_id, 'refresh token used twice');
      if (!row?.usable || row.used) return null;
      await tx.query('update refresh_token set used_at = now() where digest = $1', [digestOf(refreshToken)]);
      return this.issue(tx, row, row.session_id);
    });
    if (!issued) throw invalidRefreshToken();
    return issued;
  }

  /** Ends the session of a refresh token; an unknown token is no error, so that nothing is learnt from the answer. */
  async signOut(refreshToken: string): Promise<void> {
    await this.transactions.run((tx) =>
      tx.query(
        `update account_session set revoked_at = now(), revoked_because = 'signed out'
         where revoked_at is null and id = (select session_id from refresh_token where digest = $1)`,
        [digestOf(refreshToken)],
      ),
    );
  }

  /** Counted in one statement, so that parallel guesses are all counted. */
  private async countFailure(accountId: string): Promise<void> {
    await this.transactions.run((tx) =>
      tx.query(
        `update account set
         failed_attempts = case when failed_attempts + 1 >= $2 then 0 else failed_attempts + 1 end,
         locked_until = case when failed_attempts + 1 >= $2 then now() + make_interval(mins => $3) end
       where id = $1 and coalesce(locked_until <= now(), true)`,
        [accountId, this.config.lockAfter, this.config.lockMinutes],
      ),
    );
  }

  private async issue(
    tx: EntityManager,
    account: Omit<AccountRow, 'password_hash' | 'active' | 'locked'>,
    sessionId: string,
  ): Promise<TokenPair> {
    const refreshToken = randomBytes(32).toString('base64url');
    await tx.query('insert into refresh_token (digest, session_id, expires_at) values ($1, $2, now() + make_interval(days => $3))', [
      digestOf(refreshToken),
      sessionId,
      this.config.refreshTokenDays,
    ]);
    const caller: Official = { accountId: account.id, username: account.username, unitId: account.unit_id, roles: account.roles };
    return { accessToken: await this.tokens.sign(caller), tokenType: 'Bearer', expiresIn: this.config.accessTokenSeconds, refreshToken };
  }
}

async function revoke(tx: EntityManager, sessionId: string, because: string): Promise<void> {
  await tx.query('update account_session set revoked_at = now(), revoked_because = $2 where id = $1 and revoked_at is null', [
    sessionId,
    because,
  ]);
}

/** Tokens are random and long, so a plain digest is enough to keep the stored ones useless. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function invalidCredentials(): Problem {
  return new Problem('invalid-credentials', {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đang bị khoá tạm thời.',
    en: 'Wrong user name or password, or the account is locked for the moment.',
  });
}

function invalidRefreshToken(): Problem {
  return new Problem('invalid-refresh-token', {
    vi: 'Mã làm mới không đúng, đã dùng, hết hạn hoặc bị thu hồi. Hãy đăng nhập lại.',
    en: 'The refresh token is unknown, used, expired or revoked. Sign in again.',
  });
}
