import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { QueryFailedError, type Repository } from 'typeorm';
import { Transactions } from '../database/transactions.js';
import { decodeCursor, defaultLimit, type Page, page } from '../http/page.js';
import { mustMatch, Problem } from '../problems/problem.js';
import { AccessScope } from '../units/access-scope.js';
import { UnitDirectory } from '../units/unit-directory.js';
import { AccountEntity } from './account.entity.js';
import type { Official, Role } from './official.js';
import { hashPassword } from './passwords.js';

export interface NewAccount {
  username: string;
  displayName: string;
  unitId: string;
  roles: Role[];
  password: string;
}

export type AccountChange = Partial<Omit<NewAccount, 'username'> & { active: boolean }>;

/** Local accounts, kept by administrators for their unit and those below; `by` is null for a command of the shell, which keeps all. */
@Injectable()
export class AccountsService {
  constructor(
    @InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>,
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
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

  /** @throws Problem `conflict` when the name is taken, `validation-failed` when there is no such unit */
  async create({ password, ...account }: NewAccount, by: Official | null): Promise<AccountEntity> {
    this.mustAdminister(account.unitId, by);
    const passwordHash = await hashPassword(password);
    const username = account.username.toLowerCase();
    try {
      const inserted = await this.transactions.manager.getRepository(AccountEntity).insert({ ...account, username, passwordHash });
      return await this.get((inserted.identifiers[0] as { id: string }).id);
    } catch (error) {
      if (error instanceof QueryFailedError && (error.driverError as { constraint?: string }).constraint === 'account_username_unique')
        throw Problem.field('conflict', '/username', 'taken', { vi: 'Tên đăng nhập đã có người dùng.', en: 'The user name is taken.' });
      throw error;
    }
  }

  /**
   * Changes an account and ends its sessions: a new password, other roles or another unit must not be outlived by an old sign-in.
   * @throws Problem `not-found`, `precondition-failed`
   */
  async change(id: string, { password, ...change }: AccountChange, expected: number | null, by: Official): Promise<AccountEntity> {
    if (change.unitId) this.mustAdminister(change.unitId, by);
    const passwordHash = password && (await hashPassword(password));
    return this.transactions.run(async (tx) => {
      const accounts = tx.getRepository(AccountEntity);
      const account = await accounts.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!account || !this.scope.administered(by).has(account.unitId)) throw noSuchAccount();
      mustMatch(account.version, expected);
      await accounts.update(
        { id },
        { ...change, ...(passwordHash && { passwordHash, failedAttempts: 0, lockedUntil: null }), version: account.version + 1 },
      );
      await tx.query(
        `update account_session set revoked_at = now(), revoked_because = 'account changed' where account_id = $1 and revoked_at is null`,
        [id],
      );
      return accounts.findOneByOrFail({ id });
    });
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
