import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problems } from '../http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchRequired } from '../http/entity-tag.js';
import { IdPipe } from '../http/id.pipe.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { linkNext } from '../http/link.js';
import { Caller, Needs } from './access.decorators.js';
import { AccountAnswer, AccountPageAnswer, ServiceAccountAnswer, TemporaryPasswordAnswer, toAccountAnswer } from './account.answer.js';
import { AccountsService } from './accounts.service.js';
import { SessionsAnswer, toSessions } from './auth.answer.js';
import type { Official } from './official.js';
import { SessionsService } from './sessions.service.js';
import { AccountChangeDto, AccountsQuery, NewAccountDto, NewServiceAccountDto, PasswordResetDto } from './dto/account.dto.js';

@ApiTags('auth')
@Controller('accounts')
@Needs('accounts.keep')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Danh sách tài khoản – accounts by user name' })
  @ApiResponse({ status: 200, type: AccountPageAnswer })
  @Problems('validation-failed')
  async list(
    @Query() query: AccountsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountPageAnswer> {
    const found = await this.accounts.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map(toAccountAnswer) };
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Tạo tài khoản – create an account at a unit' })
  @ApiResponse({ status: 201, type: AccountAnswer, headers: { Location: { schema: { type: 'string' } } } })
  @Problems('validation-failed', 'conflict', 'idempotency-key-reused', 'request-in-progress')
  async create(
    @Body() dto: NewAccountDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountAnswer> {
    const account = await this.accounts.create(dto, by);
    void reply.header('location', `/api/v1/accounts/${account.id}`);
    return toAccountAnswer(account);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Một tài khoản – one account' })
  @ApiResponse({ status: 200, type: AccountAnswer, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountAnswer> {
    const account = await this.accounts.getAdministered(id, by);
    void reply.header('etag', entityTag(account.version));
    return toAccountAnswer(account);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Sửa tài khoản – change, reset the password or close an account; ends its sessions' })
  @ApiHeader(ifMatchRequired)
  @ApiResponse({ status: 200, type: AccountAnswer, headers: entityTagHeader })
  @Problems('not-found', 'validation-failed', 'action-not-allowed', 'precondition-required', 'precondition-failed')
  async change(
    @Param('id', IdPipe) id: string,
    @Body() dto: AccountChangeDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountAnswer> {
    const account = await this.accounts.change(id, dto, expected, by);
    void reply.header('etag', entityTag(account.version));
    return toAccountAnswer(account);
  }

  @Post('services')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Tạo tài khoản ứng dụng – a service account for a front-end or another system, with its secret',
    description: 'It signs in by `POST /oauth/token`. The secret is told once, so the call takes no Idempotency-Key.',
  })
  @ApiResponse({ status: 201, type: ServiceAccountAnswer, headers: { Location: { schema: { type: 'string' } } } })
  @Problems('validation-failed', 'conflict')
  async createService(
    @Body() dto: NewServiceAccountDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ServiceAccountAnswer> {
    const { account, clientSecret } = await this.accounts.createService(dto, by);
    void reply.header('location', `/api/v1/accounts/${account.id}`);
    return { ...toAccountAnswer(account), clientSecret };
  }

  @Post(':id/client-secret')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Đổi khoá ứng dụng – a new secret for a service; the old one and its tokens end' })
  @ApiResponse({ status: 200, type: ServiceAccountAnswer })
  @Problems('not-found', 'action-not-allowed')
  async renewClientSecret(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<ServiceAccountAnswer> {
    const { account, clientSecret } = await this.accounts.renewClientSecret(id, by);
    return { ...toAccountAnswer(account), clientSecret };
  }

  @Post(':id/password-reset')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Đặt lại mật khẩu – a temporary password, told once; opens nothing but changing it' })
  @ApiResponse({ status: 200, type: TemporaryPasswordAnswer })
  @Problems('not-found', 'action-not-allowed', 'validation-failed')
  async resetPassword(
    @Param('id', IdPipe) id: string,
    @Body() { removeSecondFactor }: PasswordResetDto,
    @Caller() by: Official,
  ): Promise<TemporaryPasswordAnswer> {
    return { temporaryPassword: await this.accounts.resetPassword(id, removeSecondFactor ?? false, by) };
  }

  @Get(':id/sessions')
  @ApiOperation({ summary: 'Các phiên của tài khoản – sessions of an account' })
  @ApiResponse({ status: 200, type: SessionsAnswer })
  @Problems('not-found')
  async listSessions(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SessionsAnswer> {
    return toSessions(await this.sessions.list((await this.accounts.getAdministered(id, by)).id));
  }

  @Delete(':id/sessions')
  @HttpCode(204)
  @ApiOperation({ summary: 'Kết thúc mọi phiên của tài khoản – end all sessions of an account' })
  @ApiResponse({ status: 204, description: 'Đã kết thúc – ended' })
  @Problems('not-found')
  async endSessions(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<void> {
    await this.sessions.endAll((await this.accounts.getAdministered(id, by)).id, 'ended by an administrator');
  }
}
