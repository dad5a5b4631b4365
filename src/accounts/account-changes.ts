import type { EntityManager } from 'typeorm';
import { AccountEntity } from './account.entity.js';
import type { Role } from '../platform/access/official.js';
import type { Scope } from '../platform/access/scopes.js';
import { endSessions } from './sessions.service.js';

/** What is changed of an account; what is left out stays. */
export interface AccountChange {
  displayName?: string;
  unitId?: string;
  roles?: Role[];
  active?: boolean;
  /** Of a service. */
  scopes?: Scope[];
  rateLimit?: number;
}

/** Holds an account until the end of the transaction. */
export function lockAccount(tx: EntityManager, id: string): Promise<AccountEntity | null> {
  return tx.getRepository(AccountEntity).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
}

/** Stores a change and ends the sessions of the account: other roles or another unit must not be outlived by an old sign-in. */
export async function storeChange(tx: EntityManager, account: AccountEntity, change: Partial<AccountEntity>): Promise<AccountEntity> {
  const { id, version } = account;
  const accounts = tx.getRepository(AccountEntity);
  const seen = account.lostRoles.length + account.lostScopes.length > 0 ? { lostRoles: [], lostScopes: [] } : {};
  // A code for a closed account opens nothing.
  if (change.active === false)
    await tx.query('update account set invitation_digest = null, invitation_expires_at = null where id = $1', [id]);
  await accounts.update({ id }, { ...seen, ...change, version: version + 1 });
  await endSessions(tx, 'account changed', { accountId: id });
  return accounts.findOneByOrFail({ id });
}

/** From now on the account is the provider's: what opened it here ends. */
export async function storeIdentity(tx: EntityManager, id: string, issuer: string, subject: string): Promise<AccountEntity> {
  await tx.query(
    `update account set external_issuer = $2, external_subject = $3, password_hash = null, must_change_password = false, invitation_digest = null,
       invitation_expires_at = null, totp_sealed = null, totp_key = null, totp_confirmed_at = null, totp_last_step = null, totp_next_sealed = null,
       totp_next_key = null, version = version + 1 where id = $1`,
    [id, issuer, subject],
  );
  await endSessions(tx, 'the provider of identities knows the account', { accountId: id });
  return tx.getRepository(AccountEntity).findOneByOrFail({ id });
}
