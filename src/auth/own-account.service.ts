import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../database/transactions.js';
import { Problem } from '../problems/problem.js';
import type { Official } from './official.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { type Enrolment, SecondFactor } from './second-factor.js';
import { SessionsService } from './sessions.service.js';

/** What everybody does with the own local account: password, second factor. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly transactions: Transactions,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: SessionsService,
  ) {}

  /**
   * Changes the password; all other sessions end.
   * @throws Problem `validation-failed` naming the field: the present password is wrong, or the new one is the same
   */
  async changePassword(current: string, next: string, by: Official): Promise<void> {
    if (current === next)
      throw Problem.field('validation-failed', '/newPassword', 'same_password', {
        vi: 'Mật khẩu mới phải khác mật khẩu hiện tại.',
        en: 'The new password must be another one.',
      });
    const passwordHash = await hashPassword(next);
    await this.transactions.run(async (tx) => {
      await this.mustKnowPassword(tx, current, '/currentPassword', by);
      await tx.query('update account set password_hash = $2, must_change_password = false, version = version + 1 where id = $1', [
        by.accountId,
        passwordHash,
      ]);
    });
    // With a temporary password the token itself says that it is one: it ends, too.
    await this.sessions.endAll(by.accountId, 'password changed', by.mustChangePassword ? undefined : by.sessionId);
  }

  /** Starts a second factor; it counts once a code was confirmed, and replaces one that counted before. */
  enrol(password: string, by: Official): Promise<Enrolment> {
    return this.transactions.run(async (tx) => {
      await this.mustKnowPassword(tx, password, '/password', by);
      return this.secondFactor.enrol(tx, by.accountId, by.username);
    });
  }

  /**
   * From now on signing in takes a code.
   * @throws Problem `validation-failed` for a code that is not right now, `action-not-allowed` where none was started
   */
  confirm(code: string, by: Official): Promise<void> {
    return this.transactions.run(async (tx) => {
      const [row] = await tx.query<{ started: boolean }[]>(
        'select totp_sealed is not null and totp_confirmed_at is null as started from account where id = $1 for update',
        [by.accountId],
      );
      if (!row?.started) throw notStarted();
      if (!(await this.secondFactor.accepts(tx, by.accountId, code))) throw wrongCode();
      await tx.query('update account set totp_confirmed_at = now(), version = version + 1 where id = $1', [by.accountId]);
    });
  }

  /** Takes the second factor away. */
  remove(password: string, code: string, by: Official): Promise<void> {
    return this.transactions.run(async (tx) => {
      await this.mustKnowPassword(tx, password, '/password', by);
      if (!(await this.secondFactor.accepts(tx, by.accountId, code))) throw wrongCode();
      await removeSecondFactor(tx, by.accountId);
    });
  }

  /** Accounts of the provider of identities have no password here. */
  private async mustKnowPassword(tx: EntityManager, password: string, pointer: string, by: Official): Promise<void> {
    const [row] = await tx.query<{ hash: string | null }[]>('select password_hash as hash from account where id = $1 for update', [
      by.accountId,
    ]);
    if (await passwordMatches(row?.hash ?? undefined, password)) return;
    throw Problem.field('validation-failed', pointer, 'wrong_password', { vi: 'Mật khẩu không đúng.', en: 'The password is wrong.' });
  }
}

export async function removeSecondFactor(tx: EntityManager, accountId: string): Promise<void> {
  await tx.query(
    'update account set totp_sealed = null, totp_key = null, totp_confirmed_at = null, totp_last_step = null, version = version + 1 where id = $1',
    [accountId],
  );
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
