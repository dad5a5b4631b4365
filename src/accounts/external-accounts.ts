import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { today } from '../platform/text/today.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { Problem } from '../platform/problems/problem.js';
import type { Unit } from '../rules/structure/unit-structure.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { storeIdentity } from './account-changes.js';
import { mustFit } from './account-rules.js';
import { type Official, type Role, roles } from '../platform/access/official.js';
import type { ExternalIdentity } from './oidc-tokens.js';

interface AccountRow {
  id: string;
  username: string;
  unitId: string;
  roles: Role[];
  active: boolean;
  displayName: string;
  otherNames: string[];
}

const columns = 'id, username, unit_id as "unitId", roles, active, display_name as "displayName", other_names as "otherNames"';

/**
 * Which account an identity of the provider is: the one that it was linked to, by `sub` – by an administrator (and a leader, where it reads
 * petitions), or at the first look by a claim that users cannot change. A user name alone opens no account that is here already.
 *
 * Where the settings map unit and roles, those of the provider hold and an account is made where there is none: who gives roles there is the
 * organisation's own approval, which it declares by setting the map. What nobody could have here, nobody gets by it.
 */
@Injectable()
export class ExternalAccounts {
  private readonly roleMap: ReadonlyMap<string, Role>;

  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.roleMap = new Map(Object.entries(config.oidcRoleMap) as [string, Role][]);
  }

  /** The caller, or null where no active account belongs to the identity. */
  async officialOf(identity: ExternalIdentity): Promise<Official | null> {
    const known = await this.find(this.transactions.manager, identity);
    const mapped = this.mapped(identity);
    // Whoever has lost every role at the provider is let in nowhere, whatever the account here had.
    if (!mapped && this.maps) return null;
    const isCurrent = known && (!mapped || (known.unitId === mapped.unitId && sameRoles(known.roles, mapped.roles)));
    const account = isCurrent ? known : await this.transactions.run((tx) => this.link(tx, identity, mapped));
    if (!account?.active) return null;
    await this.remember(account, identity);
    return { accountId: account.id, username: account.username, unitId: account.unitId, roles: account.roles };
  }

  /** What the provider calls somebody keeps him from what is against him, as his name here does (Law on Denunciations art. 8). */
  private async remember({ id, displayName, otherNames }: AccountRow, { displayName: called }: ExternalIdentity): Promise<void> {
    if (!called || called === displayName || otherNames.includes(called)) return;
    await this.transactions.run((tx) =>
      tx.query('update account set other_names = array_append(other_names, $2) where id = $1 and $2 <> all (other_names)', [id, called]),
    );
  }

  /** Whether the settings take unit and roles from the provider. */
  private get maps(): boolean {
    return Boolean(this.config.oidcUnitClaim && this.config.oidcRolesClaim);
  }

  private async find(manager: EntityManager, { issuer, subject }: ExternalIdentity): Promise<AccountRow | undefined> {
    const [row] = await manager.query<AccountRow[]>(`select ${columns} from account where external_issuer = $1 and external_subject = $2`, [
      issuer,
      subject,
    ]);
    return row;
  }

  /** Parallel first looks of one identity wait for each other and then see the same account. */
  private async link(
    tx: EntityManager,
    identity: ExternalIdentity,
    mapped: { unitId: string; roles: Role[] } | null,
  ): Promise<AccountRow | undefined> {
    const { issuer, subject, username, displayName } = identity;
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 9))', [`${issuer} ${subject}`]);
    const linked = await this.find(tx, identity);
    if (linked) return mapped ? this.update(tx, linked, mapped) : linked;
    const local = await this.linkByClaim(tx, identity);
    if (local) return mapped ? this.update(tx, local, mapped) : local;
    if (!mapped || !username) return undefined;
    if (!/^[a-z0-9._-]{3,64}$/i.test(username)) return undefined;
    const [made] = await tx.query<AccountRow[]>(
      `insert into account (username, display_name, unit_id, roles, external_issuer, external_subject, approved_at) values (lower($1), $2, $3, $4, $5, $6, now())
       on conflict (username) do nothing returning ${columns}`,
      [username, displayName ?? username, mapped.unitId, mapped.roles, issuer, subject],
    );
    return made;
  }

  /** The local account that the claim names. Services have no identity of a person, and an account that is another identity's already is nobody else's. */
  private async linkByClaim(tx: EntityManager, { issuer, subject, account }: ExternalIdentity): Promise<AccountRow | undefined> {
    if (!account) return undefined;
    const [row] = await tx.query<AccountRow[]>(
      `select ${columns} from account where username = lower($1) and kind = 'person' and external_subject is null for update`,
      [account],
    );
    if (row) await storeIdentity(tx, row.id, issuer, subject);
    return row;
  }

  private async update(
    tx: EntityManager,
    { id }: AccountRow,
    { unitId, roles: held }: { unitId: string; roles: Role[] },
  ): Promise<AccountRow> {
    const [[row]] = await tx.query<[AccountRow[], number]>(
      `update account set unit_id = $2, roles = $3, version = version + 1 where id = $1 returning ${columns}`,
      [id, unitId, held],
    );
    return row!;
  }

  /** Unit and roles by the settings; null where they leave these to the accounts here, or where the identity names none that exist. */
  private mapped({ unit, roles: named }: ExternalIdentity): { unitId: string; roles: Role[] } | null {
    if (!this.maps || !unit || !named) return null;
    const held = [...new Set(named.flatMap((name) => this.roleMap.get(name) ?? []))].sort(
      (one, other) => roles.indexOf(one) - roles.indexOf(other),
    );
    const day = today();
    const found = this.units.structure
      .allUnits()
      .find(
        ({ symbol, code, validFrom, validTo }) => symbol === unit || (code === unit && validFrom <= day && (!validTo || validTo >= day)),
      );
    return found && held.length > 0 && fit(found, held) ? { unitId: found.id, roles: held } : null;
  }
}

/** Whether somebody here could have these roles: what the provider says is no way round. */
function fit(unit: Unit, held: readonly Role[]): boolean {
  try {
    mustFit(unit, { kind: 'person', roles: held, scopes: [] });
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

function sameRoles(one: readonly Role[], other: readonly Role[]): boolean {
  return one.length === other.length && one.every((role) => other.includes(role));
}
