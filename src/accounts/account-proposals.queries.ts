import type { NamedQuery } from '../platform/database/transactions.js';
import type { Role } from '../platform/access/official.js';
import type { Scope } from '../platform/access/scopes.js';

export const proposalTypes = ['account', 'change', 'credentials', 'identity'] as const;
/** What is proposed: a new account, other rights, a way to choose a new password, an identity of the provider. */
export type ProposalType = (typeof proposalTypes)[number];

export const proposalStates = ['pending', 'approved', 'refused', 'withdrawn'] as const;
export type ProposalState = (typeof proposalStates)[number];

export interface ProposalRow {
  id: string;
  type: ProposalType;
  state: ProposalState;
  accountId: string;
  username: string;
  accountName: string;
  /** As the account is now. */
  roles: Role[];
  active: boolean;
  accountUnitId: string;
  /** The unit that the account is at afterwards. */
  unitId: string;
  approvingUnitId: string | null;
  proposedRoles: Role[] | null;
  proposedActive: boolean | null;
  proposedScopes: Scope[] | null;
  proposedRateLimit: number | null;
  proposedName: string | null;
  externalIssuer: string | null;
  externalSubject: string | null;
  removeSecondFactor: boolean;
  proposedBy: string;
  proposedByUsername: string;
  proposedAt: Date;
  decidedByUsername: string | null;
  decidedAt: Date | null;
  reason: string | null;
}

const columns = `p.id, p.type, p.state, p.account_id as "accountId", a.username, a.display_name as "accountName", a.roles, a.active, a.unit_id as "accountUnitId",
  p.unit_id as "unitId", p.approving_unit_id as "approvingUnitId", p.roles as "proposedRoles", p.active as "proposedActive", p.scopes as "proposedScopes",
  p.rate_limit as "proposedRateLimit", p.display_name as "proposedName", p.external_issuer as "externalIssuer", p.external_subject as "externalSubject",
  p.remove_second_factor as "removeSecondFactor", p.proposed_by as "proposedBy", by.username as "proposedByUsername", p.proposed_at as "proposedAt",
  decider.username as "decidedByUsername", p.decided_at as "decidedAt", p.reason`;
const tables = `account_proposal p join account a on a.id = p.account_id join account by on by.id = p.proposed_by
  left join account decider on decider.id = p.decided_by`;

/** Values: units, state or null, moment and id to start after or null, limit. The last proposed first. */
export const proposalsOf: NamedQuery = {
  name: 'account-proposals-of',
  text: `select ${columns} from ${tables} where p.unit_id = any ($1::uuid[]) and ($2::text is null or p.state = $2)
    and ($3::timestamptz is null or (date_trunc('milliseconds', p.proposed_at), p.id) < ($3, $4::uuid))
    order by date_trunc('milliseconds', p.proposed_at) desc, p.id desc limit $5`,
};

/** Values: id, units. */
export const proposalById: NamedQuery = {
  name: 'account-proposal-by-id',
  text: `select ${columns} from ${tables} where p.id = $1 and p.unit_id = any ($2::uuid[])`,
};

/** Values: units, account that is left out. Those of the units that have somebody who can agree. */
export const unitsWithLeader: NamedQuery = {
  name: 'units-with-leader',
  text: `select distinct unit_id as "unitId" from account where active and kind = 'person' and 'leader' = any (roles) and unit_id = any ($1::uuid[]) and id <> $2`,
};

/** Values: accounts. */
export const pendingOf: NamedQuery = {
  name: 'account-proposals-pending-of',
  text: `select account_id as "accountId", id from account_proposal where state = 'pending' and account_id = any ($1::uuid[])`,
};

/** Values: unit, account that does not decide. */
export const waitingAt: NamedQuery = {
  name: 'account-proposals-waiting-at',
  text: `select count(*)::int as count from account_proposal where state = 'pending' and approving_unit_id = $1 and account_id <> $2 and proposed_by <> $2`,
};
