import { ApiProperty } from '@nestjs/swagger';
import { UnitResponse } from '../structure/units/unit.response.js';
import { type Role, roles } from '../platform/access/official.js';
import type { SessionRow } from './sessions.service.js';

export class TokenResponse {
  @ApiProperty({ example: 'eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9…' })
  accessToken: string;

  @ApiProperty({ enum: ['Bearer'] })
  tokenType: 'Bearer';

  /** Seconds until the access token expires. */
  @ApiProperty({ example: 900 })
  expiresIn: number;

  /** For POST /auth/refresh; it works once and is replaced; for some seconds more it answers the same again. */
  @ApiProperty({ example: 'qv0Zl2o0S2b3…' })
  refreshToken: string;
}

export class SignInResponse extends TokenResponse {
  /** To be kept on the device, also after signing out, and sent as `Device-Token` with the next signing in: wrong tries of others do not hold it up. It opens nothing. */
  @ApiProperty({ example: 'eyJhbGciOiJFZERTQSIsInR5cCI6ImRldmljZStqd3QifQ…' })
  deviceToken: string;
}

export class MeResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'city.clerk' })
  username: string;

  @ApiProperty({ example: 'Nguyễn Thị Hoà' })
  displayName: string;

  @ApiProperty({ enum: roles, isArray: true })
  roles: readonly Role[];

  unit: UnitResponse;

  /** How many units are in the caller's scope; the first of them are in `unitsInScope`. */
  @ApiProperty({ example: 17 })
  unitsInScopeTotal: number;

  /** The caller's unit and, for roles that see the subtree, what is below it; at most 200 of them. */
  unitsInScope: UnitResponse[];

  /** Proposals for accounts that wait for a leader of the caller's unit: `GET /account-proposals?state=pending`. */
  @ApiProperty({ example: 0 })
  accountProposalsToDecide: number;
}

export class ClientTokenResponse {
  @ApiProperty({ example: 'eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9…' })
  access_token: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type: 'Bearer';

  /** Seconds. */
  @ApiProperty({ example: 900 })
  expires_in: number;

  /** Space-separated. */
  @ApiProperty({ example: 'petitions:read events:read' })
  scope: string;
}

export class TotpEnrolmentResponse {
  /** Base32, for typing in. */
  @ApiProperty({ example: 'GOVVO2VGZYLYVUYTEHOBVK532OX42PNX' })
  secret: string;

  /** For a QR code. */
  @ApiProperty({ example: 'otpauth://totp/Ti%E1%BA%BFp%20D%C3%A2n:city.clerk?secret=…' })
  uri: string;
}

export class SessionResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** The one that this call comes from. */
  current: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ format: 'date-time' })
  lastUsedAt: string;

  @ApiProperty({ example: '10.90.0.7' })
  address: string | null;

  @ApiProperty({ example: 'Mozilla/5.0 …' })
  userAgent: string | null;
}

export class SessionsResponse {
  items: SessionResponse[];
}

export function toSessions(rows: SessionRow[], currentId?: string): SessionsResponse {
  return {
    items: rows.map(({ id, createdAt, lastUsedAt, address, userAgent }) => ({
      id,
      current: id === currentId,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      address,
      userAgent,
    })),
  };
}
