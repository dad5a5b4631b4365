import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, Matches, ValidateBy } from 'class-validator';
import { Id, OneOf, Optional, Text, WholeNumber, YesNo } from '../../platform/http/fields.js';
import { largestLimit } from '../../platform/http/page.js';
import { type ProposalState, proposalStates } from '../account-proposals.queries.js';
import { type Role, roles } from '../../platform/access/official.js';
import { type Scope, scopes } from '../../platform/access/scopes.js';

const rolesRule = {
  // eslint-disable-next-line words/vietnamese -- these very words are sent
  context: { code: 'roles', vi: `Một hoặc nhiều vai trò trong: ${roles.join(', ')}.`, en: `One or more of: ${roles.join(', ')}.` },
};
const usernameRule = {
  context: {
    code: 'username',
    vi: 'Từ 3 đến 64 chữ cái không dấu, chữ số, ".", "_" hoặc "-".',
    en: '3 to 64 letters, digits, ".", "_" or "-".',
  },
};

const scopesRule = {
  context: { code: 'scopes', vi: `Một hoặc nhiều phạm vi trong: ${scopes.join(', ')}.`, en: `One or more of: ${scopes.join(', ')}.` },
};

/** What administrators no longer do, told to front-ends of before in so many words. */
function NoPassword(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'string', required: false, nullable: true, deprecated: true, example: null }),
    Optional(),
    ValidateBy(
      { name: 'noPassword', validator: { validate: (value) => value === undefined || value === null } },
      {
        message: 'password_not_taken',
        context: {
          code: 'password_not_taken',
          vi: 'Quản trị viên không đặt mật khẩu: bỏ trường này; chủ tài khoản tự chọn mật khẩu bằng mã mời.',
          en: 'Administrators set no passwords: leave this out; the owner chooses one with the code of the invitation.',
        },
      },
    ),
  );
}

/** What accounts of people and of services have in common. */
export class AccountFormDto {
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
}

export class NewAccountDto extends AccountFormDto {
  /** No longer taken: its owner chooses the password with the code of the invitation. */
  @NoPassword()
  password?: never;
}

export class AccountChangeDto {
  @Text({ max: 200, optional: true })
  displayName?: string;

  @Id({ optional: true })
  unitId?: string;

  @ApiProperty({ enum: roles, isArray: true, required: false })
  @Optional()
  @IsArray(rolesRule)
  @ArrayMinSize(1, rolesRule)
  @ArrayMaxSize(roles.length, rolesRule)
  @IsIn(roles, { each: true, ...rolesRule })
  roles?: Role[];

  /** No longer taken: see `POST /accounts/{id}/password-reset`. */
  @NoPassword()
  password?: never;

  /** Of a service alone. */
  @ApiProperty({ enum: scopes, isArray: true, required: false })
  @Optional()
  @IsArray(scopesRule)
  @ArrayMinSize(1, scopesRule)
  @ArrayMaxSize(scopes.length, scopesRule)
  @IsIn(scopes, { each: true, ...scopesRule })
  scopes?: Scope[];

  /** Requests a minute; of a service alone. */
  @WholeNumber({ min: 1, max: 10_000_000, optional: true })
  rateLimit?: number;

  /** False closes the account. */
  @YesNo({ optional: true })
  active?: boolean;
}

/** Its `username` is the `client_id`. */
export class NewServiceAccountDto extends AccountFormDto {
  @ApiProperty({ enum: scopes, isArray: true, example: ['petitions:read', 'events:read'] })
  @IsArray(scopesRule)
  @ArrayMinSize(1, scopesRule)
  @ArrayMaxSize(scopes.length, scopesRule)
  @IsIn(scopes, { each: true, ...scopesRule })
  scopes: Scope[];

  /** Requests a minute; that of everybody where it is left out. */
  @WholeNumber({ min: 1, max: 10_000_000, optional: true, example: 6000 })
  rateLimit?: number;
}

export class PasswordResetDto {
  /** Take the second factor away as well, where the official lost it. */
  @YesNo({ optional: true })
  removeSecondFactor?: boolean;
}

export class InvitationDto {
  /** As it was handed over; case, spaces and hyphens do not matter. */
  @Text({ min: 20, max: 64, example: '7K3QM-0ZT4W-XN8RD-5PBHE' })
  code: string;

  @Text({ min: 12, max: 200, example: 'một câu dài dễ nhớ' })
  newPassword: string;
}

export class ExternalIdentityDto {
  /** `sub` of its tokens: the provider gives it once and users cannot change it. */
  @Text({ max: 255, example: 'f3b2c1d0-2f7e-4b6a-9d55-0c1e8a7b6f11' })
  subject: string;
}

export class AccountProposalsQuery {
  @OneOf(proposalStates, { optional: true })
  state?: ProposalState;

  /** Only accounts of this unit. */
  @Id({ optional: true })
  unitId?: string;

  @WholeNumber({ min: 1, max: largestLimit, optional: true })
  limit?: number;

  /** `nextCursor` of the page before. */
  @Text({ max: 500, optional: true })
  cursor?: string;
}

export class AccountProposalRefusalDto {
  @Text({ max: 1000, example: 'Người này không làm việc tại đơn vị' })
  reason: string;
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
