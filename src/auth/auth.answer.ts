import { ApiProperty } from '@nestjs/swagger';
import { UnitAnswer } from '../units/unit.answer.js';
import { type Role, roles } from './official.js';

export class TokenAnswer {
  @ApiProperty({ example: 'eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9…' })
  accessToken: string;

  @ApiProperty({ enum: ['Bearer'] })
  tokenType: 'Bearer';

  /** Seconds until the access token expires. */
  @ApiProperty({ example: 900 })
  expiresIn: number;

  /** For POST /auth/refresh; it works once and is replaced. */
  @ApiProperty({ example: 'qv0Zl2o0S2b3…' })
  refreshToken: string;
}

export class MeAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'city.clerk' })
  username: string;

  @ApiProperty({ example: 'Nguyễn Thị Hoà' })
  displayName: string;

  @ApiProperty({ enum: roles, isArray: true })
  roles: readonly Role[];

  @ApiProperty({ type: UnitAnswer })
  unit: UnitAnswer;

  /** How many units are in the caller's scope; the first of them are in `unitsInScope`. */
  @ApiProperty({ example: 17 })
  unitsInScopeTotal: number;

  /** The caller's unit and, for roles that see the subtree, what is below it; at most 200 of them. */
  @ApiProperty({ type: [UnitAnswer] })
  unitsInScope: UnitAnswer[];
}
