import { ApiProperty } from '@nestjs/swagger';
import { type AccountEntity, type AccountKind, accountKinds } from './account.entity.js';
import type { Invitation } from './invitations.js';
import { type Role, roles } from '../platform/access/official.js';
import { type Scope, scopes } from '../platform/access/scopes.js';

export class AccountResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'badinh.clerk' })
  username: string;

  @ApiProperty({ example: 'Trần Văn Đức' })
  displayName: string;

  @ApiProperty({ format: 'uuid' })
  unitId: string;

  @ApiProperty({ enum: roles, isArray: true })
  roles: Role[];

  active: boolean;

  @ApiProperty({ enum: accountKinds })
  kind: AccountKind;

  /** What tokens of a service are limited to. */
  @ApiProperty({ enum: scopes, isArray: true, example: [] })
  scopes: Scope[];

  /** Requests a minute of a service, where it has a limit of its own. */
  @ApiProperty({ example: null })
  rateLimit: number | null;

  /** Signing in takes a one-time code. */
  hasSecondFactor: boolean;

  mustChangePassword: boolean;

  /** The provider of identities knows it; it signs in there alone. */
  external: boolean;

  /** False until a leader agreed to an account that reads petitions. */
  approved: boolean;

  /** Until when its owner can choose a password with a code. */
  @ApiProperty({ format: 'date-time', example: null })
  invitedUntil: string | null;

  /** What a leader has to agree to: `GET /account-proposals/{id}`. */
  @ApiProperty({ format: 'uuid', example: null })
  pendingProposalId: string | null;

  /** Roles that a service had and no service may have; empty once somebody changed it. */
  @ApiProperty({ enum: roles, isArray: true, example: [] })
  lostRoles: Role[];

  /** The same of scopes. */
  @ApiProperty({ enum: scopes, isArray: true, example: [] })
  lostScopes: Scope[];
}

/** For handing over to the owner: whoever has it can choose the password, once. */
export class InvitationResponse {
  /** Told this once. */
  @ApiProperty({ example: '7K3QM-0ZT4W-XN8RD-5PBHE' })
  code: string;

  /** The page of the installation that takes it, where there is one. */
  @ApiProperty({ example: null })
  link: string | null;

  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
}

export class InvitedAccountResponse extends AccountResponse {
  /** Null where a leader has to agree first, who then gets it. */
  invitation: InvitationResponse | null;
}

export class ServiceAccountResponse extends AccountResponse {
  /** Told this once; it signs in once a leader agreed, where that is needed. */
  @ApiProperty({ example: 'mfK9r8GKYqrTwjUPD8ILPZIo2LaLaSwV3yK1h0uQ9sA' })
  clientSecret: string;
}

export class PasswordResetResponse {
  /** Null where a leader has to agree first, who then gets it. */
  invitation: InvitationResponse | null;

  @ApiProperty({ format: 'uuid', example: null })
  pendingProposalId: string | null;
}

export class AccountPageResponse {
  items: AccountResponse[];
  nextCursor: string | null;
}

export function toInvitation({ code, link, expiresAt }: Invitation): InvitationResponse {
  return { code, link, expiresAt: expiresAt.toISOString() };
}

export function toAccountResponse(account: AccountEntity, pendingProposalId: string | null): AccountResponse {
  const { id, username, displayName, unitId, roles: held, active, kind, scopes: limited, rateLimit, mustChangePassword } = account;
  return {
    id,
    username,
    displayName,
    unitId,
    roles: held,
    active,
    kind,
    scopes: limited,
    rateLimit,
    hasSecondFactor: account.totpConfirmedAt !== null,
    mustChangePassword,
    external: account.externalIssuer !== null,
    approved: account.approvedAt !== null,
    invitedUntil: account.invitationExpiresAt?.toISOString() ?? null,
    pendingProposalId,
    lostRoles: account.lostRoles,
    lostScopes: account.lostScopes,
  };
}
