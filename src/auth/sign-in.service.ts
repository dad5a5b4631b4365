import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { whoActs } from '../database/acting.js';
import { Transactions } from '../database/transactions.js';
import { Problem } from '../problems/problem.js';
import { AccessTokens } from './access-tokens.js';
import type { Official, Role } from './official.js';
import { passwordMatches } from './passwords.js';
import { SecondFactor } from './second-factor.js';
import { endSessions } from './sessions.service.js';

/** What a signed-in front-end holds. */
export interface TokenPair {
  accessToken: string;
  tokenType: 'Bearer';
  /** Seconds. */
  expiresIn: number;
  refreshToken: string;
}

/** How somebody signs in. */
export interface Credentials {
  username: string;
  password: string;
  /** One-time code, where the account has a second factor. */
  code?: string | undefined;
  userAgent?: string | undefined;
}

interface AccountRow {
  id: string;
  username: string;
  password_hash: string | null;
  unit_id: string;
  roles: Role[];
  active: boolean;
  locked: boolean;
  must_change_password: boolean;
  has_second_factor: boolean;
}

type SignedIn = Pick<AccountRow, 'id' | 'username' | 'unit_id' | 'roles' | 'must_change_password'>;

interface RefreshRow extends SignedIn {
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
    private readonly secondFactor: SecondFactor,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Exchanges a password for tokens. Wrong name, wrong password, locked and inactive accounts get the same answer.
   * @throws Problem `invalid-credentials`; `totp-required` where the password is right and the one-time code missing or wrong
   */
  async signIn({ username, password, code, userAgent }: Credentials): Promise<TokenPair> {
    const [account] = await this.transactions.manager.query<AccountRow[]>(
      `select id, username, password_hash, unit_id, roles, active, coalesce(locked_until > now(), false) as locked, must_change_password,
         totp_confirmed_at is not null as has_second_factor
       from account where username = lower($1) and kind = 'person'`,
      [username],
    );
    const matches = await passwordMatches(account?.password_hash ?? undefined, password);
    if (!account || account.locked || !account.active) throw invalidCredentials();
    if (!matches) {
      await this.countFailure(account.id);
      throw invalidCredentials();
    }
    if (account.has_second_factor && !(await this.codeIsRight(account.id, code))) throw totpRequired();
    return this.transactions.run(async (tx) => {
      await tx.query('update account set failed_attempts = 0, locked_until = null where id = $1', [account.id]);
      const [session] = await tx.query<{ id: string }[]>(
        'insert into account_session (account_id, address, user_agent) values ($1, $2, $3) returning id',
        [account.id, whoActs()?.address ?? null, userAgent?.slice(0, 300) ?? null],
      );
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
                account.id, account.username, account.unit_id, account.roles, account.must_change_password
         from refresh_token token
         join account_session session on session.id = token.session_id
         join account on account.id = session.account_id
         where token.digest = $1
         for update of token`,
        [digestOf(refreshToken)],
      );
      if (row?.used) await endSessions(tx, 'refresh token used twice', { sessionId: row.session_id });
      if (!row?.usable || row.used) return null;
      await tx.query('update refresh_token set used_at = now() where digest = $1', [digestOf(refreshToken)]);
      await tx.query('update account_session set last_used_at = now() where id = $1', [row.session_id]);
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

  /** A wrong code counts like a wrong password, so that nobody tries all of them. */
  private async codeIsRight(accountId: string, code: string | undefined): Promise<boolean> {
    if (!code) return false;
    if (await this.transactions.run((tx) => this.secondFactor.accepts(tx, accountId, code))) return true;
    await this.countFailure(accountId);
    return false;
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

  private async issue(tx: EntityManager, account: SignedIn, sessionId: string): Promise<TokenPair> {
    const refreshToken = randomBytes(32).toString('base64url');
    await tx.query('insert into refresh_token (digest, session_id, expires_at) values ($1, $2, now() + make_interval(days => $3))', [
      digestOf(refreshToken),
      sessionId,
      this.config.refreshTokenDays,
    ]);
    const caller: Official = {
      accountId: account.id,
      username: account.username,
      unitId: account.unit_id,
      roles: account.roles,
      sessionId,
      ...(account.must_change_password && { mustChangePassword: true as const }),
    };
    return { accessToken: await this.tokens.sign(caller), tokenType: 'Bearer', expiresIn: this.config.accessTokenSeconds, refreshToken };
  }
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

function totpRequired(): Problem {
  return new Problem('totp-required', {
    vi: 'Tài khoản dùng mã xác thực một lần: gửi kèm "code" gồm 6 chữ số, mỗi mã dùng một lần.',
    en: 'The account uses one-time codes: send "code" with six digits; each works once.',
  });
}

function invalidRefreshToken(): Problem {
  return new Problem('invalid-refresh-token', {
    vi: 'Mã làm mới không đúng, đã dùng, hết hạn hoặc bị thu hồi. Hãy đăng nhập lại.',
    en: 'The refresh token is unknown, used, expired or revoked. Sign in again.',
  });
}
