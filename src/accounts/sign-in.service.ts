import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config.js';
import { whoActs } from '../platform/database/acting.js';
import { Transactions } from '../platform/database/transactions.js';
import { Problem } from '../platform/problems/problem.js';
import { AccessTokens } from './access-tokens.js';
import type { Official } from '../platform/access/official.js';
import { networkOf } from '../platform/http/network.js';
import { passwordMatches } from './passwords.js';
import { KnownDevices } from './known-devices.js';
import { digestOf, RefreshTokens, type TokenOwner } from './refresh-tokens.js';
import { Revocations } from './revocations.js';
import { SecondFactor } from './second-factor.js';
import { SignInGuard } from './sign-in-guard.js';

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
  /** Of the answer of the last time, with which the device is known. */
  deviceToken?: string | undefined;
  userAgent?: string | undefined;
}

/** What whoever signs in gets beyond. */
export interface SignedIn extends TokenPair {
  deviceToken: string;
}

interface AccountRow extends TokenOwner {
  passwordHash: string | null;
  active: boolean;
  hasSecondFactor: boolean;
}

/** Signing in and out. */
@Injectable()
export class SignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly tokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly secondFactor: SecondFactor,
    private readonly guard: SignInGuard,
    private readonly devices: KnownDevices,
    private readonly revocations: Revocations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Exchanges a password for tokens. Wrong name, wrong password and inactive accounts get the same answer.
   * @throws Problem `invalid-credentials`; `totp-required` where the password is right and the one-time code missing or wrong;
   * `too-many-requests` after too many failures from this address
   */
  async signIn({ username, password, code, deviceToken, userAgent }: Credentials): Promise<SignedIn> {
    const account = await this.find(username);
    const device = await this.devices.ofOwner(deviceToken, account);
    const owner = await this.guard.tried({ username, device }, async () => {
      const matches = await passwordMatches(account?.passwordHash ?? undefined, password);
      if (!account?.active || !matches) throw invalidCredentials();
      if (!account.hasSecondFactor) return account;
      if (!code) return null;
      if (!(await this.transactions.run((tx) => this.secondFactor.accepts(tx, account.id, code)))) throw totpRequired();
      return account;
    });
    if (!owner) throw totpRequired();
    const pair = await this.transactions.run(async (tx) => {
      const address = whoActs()?.address ?? null;
      const [session] = await tx.query<{ id: string }[]>(
        'insert into account_session (account_id, address, network, user_agent) values ($1, $2, $3, $4) returning id',
        [owner.id, address, networkOf(address), userAgent?.slice(0, 300) ?? null],
      );
      return this.pair(owner, session!.id, await this.refreshTokens.first(tx, session!.id));
    });
    return { ...pair, deviceToken: await this.devices.tokenFor(owner, device) };
  }

  /**
   * Exchanges a refresh token for new tokens.
   * @throws Problem `invalid-refresh-token`
   */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const exchanged = await this.transactions.run((tx) => this.refreshTokens.exchange(tx, refreshToken));
    if (!exchanged) {
      // It may have ended its session.
      await this.revocations.refresh();
      throw invalidRefreshToken();
    }
    return this.pair(exchanged.owner, exchanged.sessionId, exchanged.refreshToken);
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
    await this.revocations.refresh();
  }

  private async find(username: string): Promise<AccountRow | undefined> {
    const [account] = await this.transactions.manager.query<AccountRow[]>(
      `select id, username, password_hash as "passwordHash", unit_id as "unitId", roles, active, must_change_password as "mustChangePassword",
         totp_confirmed_at is not null as "hasSecondFactor"
       from account where username = lower($1) and kind = 'person'`,
      [username],
    );
    return account;
  }

  private async pair(owner: TokenOwner, sessionId: string, refreshToken: string): Promise<TokenPair> {
    const { id, username, unitId, roles, mustChangePassword } = owner;
    const caller: Official = {
      accountId: id,
      username,
      unitId,
      roles,
      sessionId,
      ...(mustChangePassword && { mustChangePassword: true as const }),
    };
    return { accessToken: await this.tokens.sign(caller), tokenType: 'Bearer', expiresIn: this.config.accessTokenSeconds, refreshToken };
  }
}

function invalidCredentials(): Problem {
  return new Problem('invalid-credentials', {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đã bị đóng.',
    en: 'Wrong user name or password, or the account is closed.',
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
