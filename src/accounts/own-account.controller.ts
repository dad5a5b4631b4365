import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Problems } from '../platform/http/api-problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { NotRepeatable } from '../platform/http/not-repeatable.decorator.js';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import { SessionsResponse, toSessions, TotpEnrolmentResponse } from './auth.response.js';
import { PasswordChangeDto, TotpCodeDto, TotpEnrolmentDto, TotpRemovalDto } from './dto/own-account.dto.js';
import type { Official } from '../platform/access/official.js';
import { OwnAccountService } from './own-account.service.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('auth')
@Controller('auth')
@Needs('own_account.keep')
export class OwnAccountController {
  constructor(
    private readonly account: OwnAccountService,
    private readonly sessions: SessionsService,
  ) {}

  @Post('password')
  @NotRepeatable('It is about a session: what it hands out must lie nowhere.')
  @HttpCode(204)
  @ApiOperation({ summary: 'Đổi mật khẩu – change your password; your other sessions end' })
  @ApiResponse({ status: 204, description: 'Đã đổi; sau mật khẩu tạm phải đăng nhập lại – changed; after a temporary one sign in again' })
  @Problems('validation-failed')
  changePassword(@Body() { currentPassword, newPassword }: PasswordChangeDto, @Caller() by: Official): Promise<void> {
    return this.account.changePassword(currentPassword, newPassword, by);
  }

  @Post('totp')
  @NotRepeatable('It is about a session: what it hands out must lie nowhere.')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Đăng ký mã xác thực một lần – start a second factor; it counts once a code was confirmed',
    description: 'Until then the one of before goes on counting; to replace it, send a code of it as well.',
  })
  @ApiResponse({ status: 201, type: TotpEnrolmentResponse })
  @Problems('validation-failed')
  enrol(@Body() { password, code }: TotpEnrolmentDto, @Caller() by: Official): Promise<TotpEnrolmentResponse> {
    return this.account.enrol(password, code, by);
  }

  @Post('totp/confirmation')
  @NotRepeatable('It is about a session: what it hands out must lie nowhere.')
  @HttpCode(204)
  @ApiOperation({ summary: 'Xác nhận mã xác thực một lần – from now on signing in takes a code' })
  @ApiResponse({ status: 204, description: 'Đã bật – it counts' })
  @Problems('validation-failed', 'action-not-allowed')
  confirm(@Body() { code }: TotpCodeDto, @Caller() by: Official): Promise<void> {
    return this.account.confirm(code, by);
  }

  @Post('totp/removal')
  @NotRepeatable('It is about a session: what it hands out must lie nowhere.')
  @HttpCode(204)
  @ApiOperation({ summary: 'Bỏ mã xác thực một lần – take the second factor away' })
  @ApiResponse({ status: 204, description: 'Đã tắt – it does not count any more' })
  @Problems('validation-failed')
  remove(@Body() { password, code }: TotpRemovalDto, @Caller() by: Official): Promise<void> {
    return this.account.remove(password, code, by);
  }

  @Get('sessions')
  @ApiOperation({ summary: 'Các phiên đăng nhập của tôi – your sessions, with where and by what they were opened' })
  @ApiResponse({ status: 200, type: SessionsResponse })
  async listSessions(@Caller() by: Official): Promise<SessionsResponse> {
    return toSessions(await this.sessions.list(by.accountId), by.sessionId);
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Kết thúc một phiên – end one of your sessions; its access token is worth nothing within a second' })
  @ApiResponse({ status: 204, description: 'Đã kết thúc – ended' })
  @Problems('not-found')
  endSession(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<void> {
    return this.sessions.end(by.accountId, id, 'ended by its owner');
  }
}
