import { ApiProperty } from '@nestjs/swagger';
import { type AccountEntity, type AccountKind, accountKinds } from './account.entity.js';
import { type Role, roles } from './official.js';
import { type Scope, scopes } from './scopes.js';

export class AccountAnswer {
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

  @ApiProperty()
  active: boolean;

  @ApiProperty({ enum: accountKinds })
  kind: AccountKind;

  /** What tokens of a service are limited to. */
  @ApiProperty({ enum: scopes, isArray: true, example: [] })
  scopes: Scope[];

  /** Requests a minute of a service, where it has a limit of its own. */
  @ApiProperty({ type: Number, nullable: true, example: null })
  rateLimit: number | null;

  /** Signing in takes a one-time code. */
  @ApiProperty()
  hasSecondFactor: boolean;

  @ApiProperty()
  mustChangePassword: boolean;

  /** The provider of identities knows it. */
  @ApiProperty()
  external: boolean;
}

export class ServiceAccountAnswer extends AccountAnswer {
  /** Told this once. */
  @ApiProperty({ example: 'mfK9r8GKYqrTwjUPD8ILPZIo2LaLaSwV3yK1h0uQ9sA' })
  clientSecret: string;
}

export class TemporaryPasswordAnswer {
  /** For handing over; signing in with it opens nothing but changing it. */
  @ApiProperty({ example: 'kiwo-mesa-tulo-4821' })
  temporaryPassword: string;
}

export class AccountPageAnswer {
  @ApiProperty({ type: [AccountAnswer] })
  items: AccountAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export function toAccountAnswer(account: AccountEntity): AccountAnswer {
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
  };
}
