import { ApiProperty } from '@nestjs/swagger';
import type { AccountEntity } from './account.entity.js';
import { type Role, roles } from './official.js';

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
}

export class AccountPageAnswer {
  @ApiProperty({ type: [AccountAnswer] })
  items: AccountAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export function toAccountAnswer({ id, username, displayName, unitId, roles: held, active }: AccountEntity): AccountAnswer {
  return { id, username, displayName, unitId, roles: held, active };
}
