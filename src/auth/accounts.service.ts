import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { QueryFailedError, type Repository } from 'typeorm';
import { Transactions } from '../database/transactions.js';
import { decodeCursor, defaultLimit, type Page, page } from '../http/page.js';
import { mustMatch, Problem } from '../problems/problem.js';
import { AccessScope } from '../units/access-scope.js';
import { UnitDirectory } from '../units/unit-directory.js';
import { AccountEntity } from './account.entity.js';
import { digestOfSecret, newClientSecret } from './client-credentials.service.js';
import type { Official, Role } from './official.js';
import { removeSecondFactor } from './own-account.service.js';
import { hashPassword } from './passwords.js';
import { Revocations } from './revocations.js';
import type { Scope } from './scopes.js';
import { endSessions } from './sessions.service.js';

export interface NewAccount {
  username: string;
  displayName: string;
  unitId: string;
  roles: Role[];
  password: string;
}

export type AccountChange = Partial<Omit<NewAccount, 'username'> & { active: boolean; scopes: Scope[]; rateLimit: number }>;

/** A front-end or another system that signs in by itself. */
export interface NewServiceAccount extends Omit<NewAccount, 'password'> {
  scopes: Scope[];
  rateLimit?: number;
}

/** A service account together with its secret, which is told once. */
export interface WithClientSecret {
  account: AccountEntity;
  clientSecret: string;
}

/** Local accounts, kept by administrators for their unit and those below; `by` is null for a command of the shell, which keeps all. */
@Injectable()
export class AccountsService {
  constructor(
    @InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>,
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly revocations: Revocations,
  ) {}

  /** @throws Problem `not-found` */
  async get(id: string): Promise<AccountEntity> {
    const account = await this.accounts.findOneBy({ id });
    if (!account) throw noSuchAccount();
    return account;
  }

  /** @throws Problem `not-found`, also for an account of a unit that the caller does not administer */
  async getAdministered(id: string, by: Official): Promise<AccountEntity> {
    const account = await this.get(id);
    if (!this.scope.administered(by).has(account.unitId)) throw noSuchAccount();
    return account;
  }

  async list(
    { unitId, limit = defaultLimit, cursor }: { unitId?: string; limit?: number; cursor?: string },
    by: Official,
  ): Promise<Page<AccountEntity>> {
    const after = decodeCursor(cursor, [(username) => typeof username === 'string'])?.[0] ?? '';
    const query = this.accounts
      .createQueryBuilder('account')
      .where('account.username > :after', { after })
      .orderBy('account.username')
      .take(limit + 1);
    query.andWhere('account.unitId = any (:administered)', { administered: [...this.scope.administered(by)] });
    if (unitId) query.andWhere('account.unitId = :unitId', { unitId });
    return page(
      await query.getMany(),
      limit,
      ({ username }) => [username],
      (account) => account,
    );
  }

  /**
   * Makes an account of a person. A password that an administrator typed is a temporary one.
   * @throws Problem `conflict` when the name is taken, `validation-failed` for an unknown unit or roles that do not go together
   */
  async create({ password, ...account }: NewAccount, by: Official | null): Promise<AccountEntity> {
    this.mustAdminister(account.unitId, by);
    mustGoTogether(account.roles);
    return this.insert({ ...account, passwordHash: await hashPassword(password), mustChangePassword: by !== null });
  }

  /** {@link create} for a service, which has a secret instead of a password. */
  async createService(account: NewServiceAccount, by: Official): Promise<WithClientSecret> {
    this.mustAdminister(account.unitId, by);
    mustGoTogether(account.roles);
    const clientSecret = newClientSecret();
    const made = await this.insert({ ...account, kind: 'service', clientSecretDigest: digestOfSecret(clientSecret) });
    return { account: made, clientSecret };
  }

  /** Makes a new secret for a service; tokens by the one of before end. */
  renewClientSecret(id: string, by: Official): Promise<WithClientSecret> {
    const clientSecret = newClientSecret();
    return this.update(id, null, by, (account) => {
      if (account.kind !== 'service') throw noService();
      return { clientSecretDigest: digestOfSecret(clientSecret) };
    }).then((account) => ({ account, clientSecret }));
  }

  /**
   * Changes an account and ends its sessions: a new password, other roles or another unit must not be outlived by an old sign-in.
   * @throws Problem `not-found`, `precondition-failed`; `action-not-allowed` for one's own account; `validation-failed`
   */
  async change(id: string, { password, ...change }: AccountChange, expected: number | null, by: Official): Promise<AccountEntity> {
    if (change.unitId) this.mustAdminister(change.unitId, by);
    if (change.roles) mustGoTogether(change.roles);
    const passwordHash = password && (await hashPassword(password));
    return this.update(id, expected, by, ({ kind }) => {
      if (kind === 'person' && (change.scopes ?? change.rateLimit)) throw onlyOfServices();
      if (kind === 'service' && passwordHash) throw noPasswords();
      return { ...change, ...(passwordHash && { passwordHash, mustChangePassword: true, failedAttempts: 0, lockedUntil: null }) };
    });
  }

  /**
   * Gives an account a temporary password, unlocks it and ends its sessions.
   * @param removeFactor take the second factor away, too
   */
  async resetPassword(id: string, removeFactor: boolean, by: Official): Promise<string> {
    const temporary = randomBytes(12).toString('base64url');
    const passwordHash = await hashPassword(temporary);
    await this.transactions.run(async (tx) => {
      await this.update(id, null, by, ({ kind }) => {
        if (kind === 'service') throw noPasswords();
        return { passwordHash, mustChangePassword: true, failedAttempts: 0, lockedUntil: null };
      });
      if (removeFactor) await removeSecondFactor(tx, id);
    });
    return temporary;
  }

  /** Nobody changes the own roles, unit or standing. */
  private async update(
    id: string,
    expected: number | null,
    by: Official,
    change: (account: AccountEntity) => Partial<AccountEntity>,
  ): Promise<AccountEntity> {
    const changed = await this.transactions.run(async (tx) => {
      const accounts = tx.getRepository(AccountEntity);
      const account = await accounts.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!account || !this.scope.administered(by).has(account.unitId)) throw noSuchAccount();
      if (id === by.accountId) throw ownAccount();
      mustMatch(account.version, expected);
      await accounts.update({ id }, { ...change(account), version: account.version + 1 });
      await endSessions(tx, 'account changed', { accountId: id });
      return accounts.findOneByOrFail({ id });
    });
    await this.revocations.refresh();
    return changed;
  }

  private async insert(account: Partial<AccountEntity> & { username: string }): Promise<AccountEntity> {
    try {
      return await this.transactions.run(async (tx) => {
        const accounts = tx.getRepository(AccountEntity);
        const inserted = await accounts.insert({ ...account, username: account.username.toLowerCase() });
        return accounts.findOneByOrFail({ id: (inserted.identifiers[0] as { id: string }).id });
      });
    } catch (error) {
      if (error instanceof QueryFailedError && (error.driverError as { constraint?: string }).constraint === 'account_username_unique')
        throw Problem.field('conflict', '/username', 'taken', { vi: 'Tên đăng nhập đã có người dùng.', en: 'The user name is taken.' });
      throw error;
    }
  }

  private mustAdminister(unitId: string, by: Official | null): void {
    if (by ? !this.scope.administered(by).has(unitId) : !this.units.structure.find(unitId))
      throw Problem.field('validation-failed', '/unitId', 'unknown_unit', {
        vi: 'Không có đơn vị này trong phạm vi quản trị của bạn.',
        en: 'There is no such unit.',
      });
  }
}

function noSuchAccount(): Problem {
  return Problem.notFound('tài khoản này', 'account');
}

/** Who keeps accounts sees no petition, so that nobody gives himself what he may not see (law.md 4.6, separation of duties). */
function mustGoTogether(roles: readonly Role[]): void {
  if (!roles.includes('admin') || roles.length === 1) return;
  throw Problem.field('validation-failed', '/roles', 'admin_alone', {
    vi: 'Vai trò admin không đi cùng vai trò khác.',
    en: 'The role admin does not go together with another one.',
  });
}

function ownAccount(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Không tự sửa tài khoản của mình; quản trị viên khác làm việc này.',
    en: 'Nobody changes the own account; another administrator does.',
  });
}

function onlyOfServices(): Problem {
  return Problem.field('validation-failed', '/scopes', 'services_only', {
    vi: 'Phạm vi và giới hạn chỉ dành cho tài khoản ứng dụng.',
    en: 'Scopes and limits are of service accounts alone.',
  });
}

function noPasswords(): Problem {
  return Problem.field('validation-failed', '/password', 'no_password', {
    vi: 'Tài khoản ứng dụng không có mật khẩu.',
    en: 'A service account has no password.',
  });
}

function noService(): Problem {
  return new Problem('action-not-allowed', { vi: 'Không phải tài khoản ứng dụng.', en: 'This is no service account.' });
}
