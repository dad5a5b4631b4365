import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problems } from '../platform/http/api-problems.js';
import { toUnitResponse } from '../structure/units/unit.response.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { Caller, Needs, Public } from '../platform/access/access.decorators.js';
import { AccountProposalsService } from './account-proposals.service.js';
import { AccountsService } from './accounts.service.js';
import { MeResponse, SignInResponse, TokenResponse } from './auth.response.js';
import { InvitationDto } from './dto/account.dto.js';
import { RefreshDto, SignInDto } from './dto/sign-in.dto.js';
import { Invitations } from './invitations.js';
import { deviceTokenHeader, deviceTokenOf } from './known-devices.js';
import type { Official } from '../platform/access/official.js';
import { SignInService } from './sign-in.service.js';
import { largestLimit } from '../platform/http/page.js';
import { NotRepeatable } from '../platform/http/not-repeatable.decorator.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly signIns: SignInService,
    private readonly accounts: AccountsService,
    private readonly scope: AccessScope,
    private readonly invitations: Invitations,
    private readonly proposals: AccountProposalsService,
  ) {}

  @Post('token')
  @NotRepeatable('It is about a session: what it hands out must lie nowhere.')
  @Public()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Đăng nhập – sign in',
    description:
      'Demo: `city.clerk`, `city.leader`, `district.clerk`, `commune.clerk`, … with the password shown in the example. Here in the browser the access token is then used for all further calls.',
  })
  @ApiHeader({
    name: deviceTokenHeader,
    required: false,
    schema: { type: 'string', maxLength: 2000 },
    description:
      '`deviceToken` of the last signing in on this device: wrong tries of others, also from the same network, do not hold it up. One that is not right is left aside.',
  })
  @ApiResponse({ status: 200, type: SignInResponse })
  @Problems('invalid-credentials', 'totp-required', 'validation-failed', 'too-many-requests', 'service-unavailable')
  signIn(@Body() { username, password, code }: SignInDto, @Req() { headers }: FastifyRequest): Promise<SignInResponse> {
    return this.signIns.signIn({ username, password, code, deviceToken: deviceTokenOf(headers), userAgent: headers['user-agent'] });
  }

  @Post('refresh')
  @NotRepeatable('It is about a session: what it hands out must lie nowhere.')
  @Public()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Làm mới phiên – exchange a refresh token for new tokens' })
  @ApiResponse({ status: 200, type: TokenResponse })
  @Problems('invalid-refresh-token', 'validation-failed')
  refresh(@Body() { refreshToken }: RefreshDto): Promise<TokenResponse> {
    return this.signIns.refresh(refreshToken);
  }

  @Post('invitation')
  @NotRepeatable('It is about a session: what it hands out must lie nowhere.')
  @Public()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Chọn mật khẩu bằng mã mời – choose a password with the code of an invitation',
    description: 'The code works once, for some days. Afterwards sign in by `POST /auth/token`.',
  })
  @ApiResponse({ status: 204, description: 'Đã đặt mật khẩu – the password is set' })
  @Problems('validation-failed')
  acceptInvitation(@Body() { code, newPassword }: InvitationDto): Promise<void> {
    return this.invitations.accept(code, newPassword);
  }

  @Post('revocation')
  @NotRepeatable('It is about a session: what it hands out must lie nowhere.')
  @Public()
  @HttpCode(204)
  @ApiOperation({ summary: 'Đăng xuất – end the session of a refresh token' })
  @ApiResponse({ status: 204, description: 'Phiên đã kết thúc – the session is over' })
  @Problems('validation-failed')
  signOut(@Body() { refreshToken }: RefreshDto): Promise<void> {
    return this.signIns.signOut(refreshToken);
  }

  @Get('me')
  @Needs('own_account.keep')
  @ApiOperation({ summary: 'Tôi là ai – who is calling, with roles and units in scope' })
  @ApiResponse({ status: 200, type: MeResponse })
  async me(@Caller() by: Official): Promise<MeResponse> {
    const account = await this.accounts.get(by.accountId);
    const units = this.scope.units(by);
    return {
      id: account.id,
      username: account.username,
      displayName: account.displayName,
      roles: account.roles,
      unit: toUnitResponse(this.scope.home(by)),
      unitsInScopeTotal: units.length,
      unitsInScope: units.slice(0, largestLimit).map(toUnitResponse),
      accountProposalsToDecide: await this.proposals.waitingFor(by),
    };
  }
}
