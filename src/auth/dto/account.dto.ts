import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import { Id, Text, WholeNumber, YesNo } from '../../http/fields.js';
import { largestLimit } from '../../http/page.js';
import { type Role, roles } from '../official.js';

const rolesRule = {
  context: { code: 'roles', vi: `Một hoặc nhiều vai trò trong: ${roles.join(', ')}.`, en: `One or more of: ${roles.join(', ')}.` },
};
const usernameRule = {
  context: {
    code: 'username',
    vi: 'Từ 3 đến 64 chữ cái không dấu, chữ số, ".", "_" hoặc "-".',
    en: '3 to 64 letters, digits, ".", "_" or "-".',
  },
};

export class NewAccountDto {
  @ApiProperty({ example: 'badinh.clerk', pattern: '^[A-Za-z0-9._-]{3,64}$' })
  @Matches(/^[a-z0-9._-]{3,64}$/i, usernameRule)
  username: string;

  @Text({ max: 200, example: 'Trần Văn Đức' })
  displayName: string;

  @Id()
  unitId: string;

  @ApiProperty({ enum: roles, isArray: true, example: ['clerk'] })
  @IsArray(rolesRule)
  @ArrayMinSize(1, rolesRule)
  @ArrayMaxSize(roles.length, rolesRule)
  @IsIn(roles, { each: true, ...rolesRule })
  roles: Role[];

  @Text({ min: 12, max: 200, example: 'một câu dài dễ nhớ' })
  password: string;
}

export class AccountChangeDto {
  @Text({ max: 200, optional: true })
  displayName?: string;

  @Id({ optional: true })
  unitId?: string;

  @ApiProperty({ enum: roles, isArray: true, required: false })
  @IsOptional()
  @IsArray(rolesRule)
  @ArrayMinSize(1, rolesRule)
  @ArrayMaxSize(roles.length, rolesRule)
  @IsIn(roles, { each: true, ...rolesRule })
  roles?: Role[];

  @Text({ min: 12, max: 200, optional: true })
  password?: string;

  /** False closes the account. */
  @YesNo({ optional: true })
  active?: boolean;
}

export class AccountsQuery {
  @Id({ optional: true })
  unitId?: string;

  @WholeNumber({ min: 1, max: largestLimit, optional: true })
  limit?: number;

  /** `nextCursor` of the page before. */
  @Text({ max: 500, optional: true })
  cursor?: string;
}
