import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, QueryFailedError, type Repository } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { decodeCursor, defaultLimit, type Page, page } from '../platform/http/page.js';
import { mustMatch, Problem } from '../platform/problems/problem.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { type AccountChange, lockAccount, storeChange } from './account-changes.js';
import { AccountEntity } from './account.entity.js';
import { AccountProposalsService, type Proposed } from './account-proposals.service.js';
import { mustFit, opensPetitions, reading, renamesReader } from './account-rules.js';
import { digestOfSecret, newClientSecret } from './client-credentials.service.js';
import { type Invitation, Invitations } from './invitations.js';
import type { Official, Role } from '../platform/access/official.js';
import { removeSecondFactor } from './own-account.service.js';
import { mustBeHardToGuess } from './password-policy.js';
import { hashPassword } from './passwords.js';
import { Revocations } from './revocations.js';
import type { Scope } from '../platform/access/scopes.js';

export interface NewAccount {
  username: string;
  displayName: string;
  unitId: string;
  roles: Role[];
}

/** A front-end or another system that signs in by itself. */
export interface NewServiceAccount extends NewAccount {
  scopes: Scope[];
  rateLimit?: number;
}

/** An account as an administrator left it: changed at once, or with a proposal that waits for a leader. */
export interface Kept {
  account: AccountEntity;
  proposalId: string | null;
  /** For the owner to choose a password with, where nobody has to agree. */
  invitation: Invitation | null;
}

/** A service account together with its secret, which is told once. */
export interface WithClientSecret {
  account: AccountEntity;
  clientSecret: string;
  proposalId: string | null;
}

/**
 * Local accounts, kept by administrators for their unit and those below. What lets somebody read petitions waits until a leader agrees, and so
 * does whatever would put such an account into somebody else's hands.
 */
@Injectable()
export class AccountsService {
  constructor(
    @InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>,
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly revocations: Revocations,
    private readonly proposals: AccountProposalsService,
    private readonly invitations: Invitations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem `not-found` */
  async get(id: string): Promise<AccountEntity> {
    const account = await this.transactions.manager.getRepository(AccountEntity).findOneBy({ id });
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
   * Makes an account of a person, who chooses the password. One that reads petitions is closed until a leader agrees.
   * @throws Problem `conflict` when the name is taken, `validation-failed` for an unknown unit or roles that do not go together
   */
  async create(account: NewAccount, by: Official): Promise<Kept> {
    return this.transactions.run(async (tx) => {
      const made = await this.insert(tx, { ...account, kind: 'person' }, by);
      if (!made.active)
        return { account: made, proposalId: await this.proposals.propose(tx, made, { type: 'account' }, by), invitation: null };
      const invitation = await this.invitations.issue(tx, made.id);
      return { account: await this.get(made.id), proposalId: null, invitation };
    });
  }

  /** For a command of the shell, whose owner can do everything already: with its password, and nobody has to agree. */
  async createFirst({ password, ...account }: NewAccount & { password: string }): Promise<AccountEntity> {
    mustBeHardToGuess(password, account, '/password');
    const passwordHash = await hashPassword(password);
    return this.transactions.run((tx) => this.insert(tx, { ...account, kind: 'person', passwordHash }, null));
  }

  /** For a command of the shell: a code for whoever has nobody above who could agree. */
  async inviteAgain(username: string): Promise<Invitation> {
    return this.transactions.run(async (tx) => {
      const account = await tx.getRepository(AccountEntity).findOneBy({ username: username.toLowerCase(), kind: 'person' });
      if (!account) throw noSuchAccount();
      mustChooseHere(account);
      return this.invitations.issue(tx, account.id);
    });
  }

  /** {@link create} for a service, which has a secret instead of a password. */
  async createService(account: NewServiceAccount, by: Official): Promise<WithClientSecret> {
    const clientSecret = newClientSecret();
    return this.transactions.run(async (tx) => {
      const made = await this.insert(tx, { ...account, kind: 'service', clientSecretDigest: digestOfSecret(clientSecret) }, by);
      const proposalId = made.active ? null : await this.proposals.propose(tx, made, { type: 'account' }, by);
      return { account: made, clientSecret, proposalId };
    });
  }

  /** Makes a new secret for a service; tokens by the one of before end. */
  async renewClientSecret(id: string, by: Official): Promise<WithClientSecret> {
    const clientSecret = newClientSecret();
    const { account, proposalId } = await this.keep(id, null, by, async (tx, kept) => {
      if (kept.kind !== 'service') throw noService();
      return {
        account: await storeChange(tx, kept, { clientSecretDigest: digestOfSecret(clientSecret) }),
        proposalId: null,
        invitation: null,
      };
    });
    return { account, clientSecret, proposalId };
  }

  /**
   * Changes an account and ends its sessions, or puts the change down for a leader where somebody would read petitions by it,
   * or where somebody who reads them is called otherwise.
   * @throws Problem `not-found`, `precondition-failed`; `action-not-allowed` for one's own account; `validation-failed`
   */
  change(id: string, change: AccountChange, expected: number | null, by: Official): Promise<Kept> {
    if (change.unitId) this.mustAdminister(change.unitId, by);
    return this.keep(id, expected, by, async (tx, account) => {
      if (account.kind === 'person' && (change.scopes ?? change.rateLimit)) throw onlyOfServices();
      const after = { ...account, ...change };
      if (change.roles ?? change.unitId ?? change.scopes ?? (account.kind === 'service' && change.active))
        mustFit(this.units.structure.get(after.unitId), after);
      if (opensPetitions(account, after) || renamesReader(account, after)) {
        const type = account.approvedAt ? 'change' : 'account';
        return { account, proposalId: await this.proposals.propose(tx, account, { type, change }, by), invitation: null };
      }
      const approvedAt = account.approvedAt ?? (after.active ? new Date() : null);
      return { account: await storeChange(tx, account, { ...change, approvedAt }), proposalId: null, invitation: null };
    });
  }

  /**
   * Lets the owner of an account choose a new password. The one of before ends with it, and so do its sessions.
   * @param removeFactor take the second factor away, too
   */
  resetPassword(id: string, removeFactor: boolean, by: Official): Promise<Kept> {
    return this.keep(id, null, by, async (tx, account) => {
      mustChooseHere(account);
      if (reading(account).length > 0) return this.proposed(tx, account, { type: 'credentials', removeSecondFactor: removeFactor }, by);
      if (removeFactor) await removeSecondFactor(tx, id);
      const invitation = await this.invitations.issue(tx, id);
      return { account: await this.get(id), proposalId: null, invitation };
    });
  }

  /**
   * Proposes which identity of the provider an account is: once a leader agreed it signs in there alone.
   * @throws Problem `action-not-allowed` where no provider is set or the account is a service's; `conflict` where the identity is another account's
   */
  linkIdentity(id: string, subject: string, by: Official): Promise<Kept> {
    const issuer = this.config.oidcIssuer;
    return this.keep(id, null, by, async (tx, account) => {
      if (!issuer) throw noProvider();
      if (account.kind === 'service') throw noPerson();
      const [other] = await tx.query<unknown[]>('select from account where external_issuer = $1 and external_subject = $2 and id <> $3', [
        issuer,
        subject,
        id,
      ]);
      if (other) throw linkedElsewhere();
      // Whatever it reads: one that reads nothing yet could be raised afterwards.
      return this.proposed(tx, account, { type: 'identity', identity: { issuer, subject } }, by);
    });
  }

  /** Ends the link; its owner then needs a new password here. */
  async unlinkIdentity(id: string, by: Official): Promise<AccountEntity> {
    const { account } = await this.keep(id, null, by, async (tx, kept) => ({
      account: await storeChange(tx, kept, { externalIssuer: null, externalSubject: null }),
      proposalId: null,
      invitation: null,
    }));
    return account;
  }

  private async proposed(tx: EntityManager, account: AccountEntity, proposed: Proposed, by: Official): Promise<Kept> {
    return { account, proposalId: await this.proposals.propose(tx, account, proposed, by), invitation: null };
  }

  /** What an administrator does with an account, held meanwhile. Nobody changes the own roles, unit or standing. */
  private async keep(
    id: string,
    expected: number | null,
    by: Official,
    work: (tx: EntityManager, account: AccountEntity) => Promise<Kept>,
  ): Promise<Kept> {
    const kept = await this.transactions.run(async (tx) => {
      const account = await lockAccount(tx, id);
      if (!account || !this.scope.administered(by).has(account.unitId)) throw noSuchAccount();
      if (id === by.accountId) throw ownAccount();
      mustMatch(account.version, expected);
      await this.proposals.withdrawPending(tx, id, by);
      return work(tx, account);
    });
    await this.revocations.refresh();
    return kept;
  }

  private async insert(
    tx: EntityManager,
    account: Partial<AccountEntity> & Pick<AccountEntity, 'username' | 'unitId' | 'roles' | 'kind'>,
    by: Official | null,
  ): Promise<AccountEntity> {
    this.mustAdminister(account.unitId, by);
    const { kind, roles, unitId, scopes = [] } = account;
    mustFit(this.units.structure.get(unitId), { kind, roles, scopes });
    const waits = by !== null && reading({ active: true, roles }).length > 0;
    const username = account.username.toLowerCase();
    const accounts = tx.getRepository(AccountEntity);
    try {
      const inserted = await accounts.insert({ ...account, username, active: !waits, approvedAt: waits ? null : new Date() });
      return await accounts.findOneByOrFail({ id: (inserted.identifiers[0] as { id: string }).id });
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

/** @throws Problem `action-not-allowed` for an account whose owner chooses no password here */
function mustChooseHere({ kind, active, externalSubject }: AccountEntity): void {
  if (kind === 'service') throw noPerson();
  if (externalSubject !== null)
    throw new Problem('action-not-allowed', {
      vi: 'Tài khoản đăng nhập bằng hệ thống của thành phố; bỏ liên kết trước khi cấp mật khẩu tại đây.',
      en: 'The account signs in with the provider of identities; end the link before it gets a password here.',
    });
  if (!active)
    throw new Problem('action-not-allowed', {
      vi: 'Tài khoản đang đóng hoặc chờ lãnh đạo duyệt.',
      en: 'The account is closed or waits for a leader.',
    });
}

function noPerson(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Tài khoản ứng dụng không có mật khẩu và không có danh tính cá nhân.',
    en: 'A service account has neither a password nor an identity of a person.',
  });
}

function noProvider(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Chưa cấu hình hệ thống đăng nhập của thành phố.',
    en: 'No provider of identities is set.',
  });
}

function linkedElsewhere(): Problem {
  return Problem.field('conflict', '/subject', 'linked', {
    vi: 'Danh tính này đã gắn với tài khoản khác.',
    en: 'The identity is linked to another account.',
  });
}

function noService(): Problem {
  return new Problem('action-not-allowed', { vi: 'Không phải tài khoản ứng dụng.', en: 'This is no service account.' });
}
