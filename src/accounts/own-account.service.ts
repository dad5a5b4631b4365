import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../platform/database/transactions.js';
import { Problem } from '../platform/problems/problem.js';
import type { Official } from '../platform/access/official.js';
import { mustBeHardToGuess } from './password-policy.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { type Enrolment, SecondFactor } from './second-factor.js';
import { SessionsService } from './sessions.service.js';
import { SignInGuard } from './sign-in-guard.js';

/** What everybody does with the own local account: password, second factor. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly transactions: Transactions,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: SessionsService,
    private readonly guard: SignInGuard,
  ) {}

  /**
   * Changes the password; all other sessions end.
   * @throws Problem `validation-failed` naming the field: the present password is wrong, or the new one is the same;
   * `too-many-requests` after too many wrong ones
   */
  async changePassword(current: string, next: string, by: Official): Promise<void> {
    if (current === next)
      throw Problem.field('validation-failed', '/newPassword', 'same_password', {
        vi: 'Mật khẩu mới phải khác mật khẩu hiện tại.',
        en: 'The new password must be another one.',
      });
    mustBeHardToGuess(next, await this.ownerOf(by), '/newPassword');
    const passwordHash = await hashPassword(next);
    await this.tried(by, async () => {
      const known = await this.knownHash(current, '/currentPassword', by);
      const [changed] = await this.transactions.run((tx) =>
        tx.query<[unknown[], number]>(
          `update account set password_hash = $2, must_change_password = false, version = version + 1 where id = $1 and password_hash = $3 returning id`,
          [by.accountId, passwordHash, known],
        ),
      );
      // Another change was faster.
      if (changed.length === 0) throw wrongPassword('/currentPassword');
    });
    // With a temporary password the token itself says that it is one: it ends, too.
    await this.sessions.endAll(by.accountId, 'password changed', by.mustChangePassword ? undefined : by.sessionId);
  }

  /**
   * Starts a second factor. It counts once a code of it was confirmed; until then the one of before counts.
   * @param code of the one of before, which nobody replaces without it
   * @throws Problem `validation-failed` naming the field
   */
  enrol(password: string, code: string | undefined, by: Official): Promise<Enrolment> {
    return this.tried(by, async () => {
      await this.knownHash(password, '/password', by);
      return this.transactions.run(async (tx) => {
        if (await hasSecondFactor(tx, by.accountId)) await this.mustKnowCode(tx, code, by);
        return this.secondFactor.enrol(tx, by.accountId, by.username);
      });
    });
  }

  /**
   * From now on signing in takes a code of the factor that was started.
   * @throws Problem `validation-failed` for a code that is not right now, `action-not-allowed` where none was started
   */
  async confirm(code: string, by: Official): Promise<void> {
    await this.tried(by, async () => {
      const confirmed = await this.transactions.run((tx) => this.secondFactor.confirm(tx, by.accountId, code));
      if (confirmed === null) throw notStarted();
      if (!confirmed) throw wrongCode();
    });
  }

  /** Takes the second factor away. */
  async remove(password: string, code: string, by: Official): Promise<void> {
    await this.tried(by, async () => {
      await this.knownHash(password, '/password', by);
      await this.transactions.run(async (tx) => {
        await this.mustKnowCode(tx, code, by);
        await removeSecondFactor(tx, by.accountId);
      });
    });
  }

  private async ownerOf(by: Official): Promise<{ username: string; displayName: string }> {
    const [owner] = await this.transactions.manager.query<{ username: string; displayName: string }[]>(
      'select username, display_name as "displayName" from account where id = $1',
      [by.accountId],
    );
    return owner ?? { username: by.username, displayName: '' };
  }

  /** Whoever sits at a session that was left open guesses no better than at the door, and who guesses at the door holds up no session. */
  private tried<T>({ username, sessionId }: Official, attempt: () => Promise<T>): Promise<T> {
    return this.guard.tried({ username, device: sessionId ?? null }, attempt);
  }

  /** The hash of the password, which is right. Accounts of the provider of identities have none. */
  private async knownHash(password: string, pointer: string, by: Official): Promise<string> {
    const [row] = await this.transactions.manager.query<{ hash: string | null }[]>(
      'select password_hash as hash from account where id = $1',
      [by.accountId],
    );
    if (row?.hash && (await passwordMatches(row.hash, password))) return row.hash;
    throw wrongPassword(pointer);
  }

  private async mustKnowCode(tx: EntityManager, code: string | undefined, by: Official): Promise<void> {
    if (!code || !(await this.secondFactor.accepts(tx, by.accountId, code))) throw wrongCode();
  }
}

async function hasSecondFactor(tx: EntityManager, accountId: string): Promise<boolean> {
  const [row] = await tx.query<{ has: boolean }[]>('select totp_confirmed_at is not null as has from account where id = $1 for update', [
    accountId,
  ]);
  return row?.has ?? false;
}

export async function removeSecondFactor(tx: EntityManager, accountId: string): Promise<void> {
  await tx.query(
    `update account set totp_sealed = null, totp_key = null, totp_confirmed_at = null, totp_last_step = null, totp_next_sealed = null, totp_next_key = null,
       version = version + 1 where id = $1`,
    [accountId],
  );
}

function wrongPassword(pointer: string): Problem {
  return Problem.field('validation-failed', pointer, 'wrong_password', { vi: 'Mật khẩu không đúng.', en: 'The password is wrong.' });
}

function wrongCode(): Problem {
  return Problem.field('validation-failed', '/code', 'wrong_code', {
    vi: 'Mã không đúng, đã dùng hoặc đã hết hạn.',
    en: 'The code is wrong, used or out of time.',
  });
}

function notStarted(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Chưa có mã nào chờ xác nhận: POST /api/v1/auth/totp.',
    en: 'Nothing waits to be confirmed: POST /api/v1/auth/totp.',
  });
}
