import { ApiProperty } from '@nestjs/swagger';
import { type Unit } from '../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../structure/units/unit.response.js';
import { InvitationResponse, toInvitation } from './account.response.js';
import { type ProposalRow, type ProposalState, proposalStates, type ProposalType, proposalTypes } from './account-proposals.queries.js';
import type { Agreed } from './account-proposals.service.js';
import { type Role, roles } from '../platform/access/official.js';
import { type Scope, scopes } from '../platform/access/scopes.js';

export class AccountProposalResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** A new account, other rights, a way to choose a new password, an identity of the provider. */
  @ApiProperty({ enum: proposalTypes })
  type: ProposalType;

  @ApiProperty({ enum: proposalStates })
  state: ProposalState;

  @ApiProperty({ format: 'uuid' })
  accountId: string;

  @ApiProperty({ example: 'badinh.clerk' })
  username: string;

  /** As the account is afterwards. */
  @ApiProperty({ example: 'Trần Văn Đức' })
  displayName: string;

  /** Where the account is afterwards. */
  unit: UnitReference;

  /** Where the account is now, when that is another unit. */
  @ApiProperty({ type: UnitReference, example: null })
  fromUnit: UnitReference | null;

  /** The roles afterwards. */
  @ApiProperty({ enum: roles, isArray: true, example: ['clerk'] })
  roles: Role[];

  /** The roles now; none while the account is closed. */
  @ApiProperty({ enum: roles, isArray: true, example: [] })
  rolesBefore: Role[];

  /** Scopes of a service afterwards, where they change. */
  @ApiProperty({ enum: scopes, isArray: true, example: null })
  scopes: Scope[] | null;

  /** The second factor is taken away, too. */
  removesSecondFactor: boolean;

  /** `sub` of the identity that is linked. */
  @ApiProperty({ example: null })
  externalSubject: string | null;

  /** Whose leader is asked; a leader of a unit above can decide as well. Null where nobody is there yet. */
  approvingUnit: UnitReference | null;

  @ApiProperty({ example: 'city.admin' })
  proposedBy: string;

  @ApiProperty({ format: 'date-time' })
  proposedAt: string;

  @ApiProperty({ example: null })
  decidedBy: string | null;

  @ApiProperty({ format: 'date-time', example: null })
  decidedAt: string | null;

  /** Of a refusal. */
  @ApiProperty({ example: null })
  reason: string | null;
}

export class AccountProposalPageResponse {
  items: AccountProposalResponse[];
  nextCursor: string | null;
}

export class AccountProposalAgreedResponse extends AccountProposalResponse {
  /** For the owner to choose a password with; told this once, to who agreed. Null where none is needed. */
  invitation: InvitationResponse | null;
}

export function toProposal(row: ProposalRow, unitOf: (id: string) => Unit): AccountProposalResponse {
  const { id, type, state, accountId, username, accountName, unitId, accountUnitId, approvingUnitId, active } = row;
  return {
    id,
    type,
    state,
    accountId,
    username,
    displayName: row.proposedName ?? accountName,
    unit: toUnitReference(unitOf(unitId)),
    fromUnit: accountUnitId === unitId ? null : toUnitReference(unitOf(accountUnitId)),
    roles: row.proposedRoles ?? row.roles,
    rolesBefore: active ? row.roles : [],
    scopes: row.proposedScopes,
    removesSecondFactor: row.removeSecondFactor,
    externalSubject: row.externalSubject,
    approvingUnit: approvingUnitId ? toUnitReference(unitOf(approvingUnitId)) : null,
    proposedBy: row.proposedByUsername,
    proposedAt: row.proposedAt.toISOString(),
    decidedBy: row.decidedByUsername,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    reason: row.reason,
  };
}

export function toAgreed({ proposal, invitation }: Agreed, unitOf: (id: string) => Unit): AccountProposalAgreedResponse {
  return { ...toProposal(proposal, unitOf), invitation: invitation && toInvitation(invitation) };
}
