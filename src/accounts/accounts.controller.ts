import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problems } from '../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchRequired } from '../platform/http/entity-tag.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { linkNext } from '../platform/http/link.js';
import { NotRepeatable } from '../platform/http/not-repeatable.decorator.js';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import {
  AccountResponse,
  AccountPageResponse,
  InvitedAccountResponse,
  PasswordResetResponse,
  ServiceAccountResponse,
  toAccountResponse,
  toInvitation,
} from './account.response.js';
import type { AccountEntity } from './account.entity.js';
import { AccountProposalsService } from './account-proposals.service.js';
import { AccountsService, type Kept } from './accounts.service.js';
import { SessionsResponse, toSessions } from './auth.response.js';
import type { Official } from '../platform/access/official.js';
import { SessionsService } from './sessions.service.js';
import {
  AccountChangeDto,
  AccountsQuery,
  ExternalIdentityDto,
  NewAccountDto,
  NewServiceAccountDto,
  PasswordResetDto,
} from './dto/account.dto.js';

@ApiTags('auth')
@Controller('accounts')
@Needs('accounts.keep')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly proposals: AccountProposalsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Danh sách tài khoản – accounts by user name' })
  @ApiResponse({ status: 200, type: AccountPageResponse })
  @Problems('validation-failed')
  async list(
    @Query() query: AccountsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountPageResponse> {
    const found = await this.accounts.list(query, by);
    linkNext(request, reply, found.nextCursor);
    const pending = await this.proposals.pendingOf(found.items.map(({ id }) => id));
    return { ...found, items: found.items.map((account) => toAccountResponse(account, pending.get(account.id) ?? null)) };
  }

  @Post()
  @ApiOperation({
    summary: 'Tạo tài khoản – create an account at a unit',
    description:
      'Its owner chooses the password with the code of `invitation`, which is told this once. An account that reads petitions is closed until a leader agrees (`pendingProposalId`); the code is then told to him.',
  })
  @ApiResponse({ status: 201, type: InvitedAccountResponse, headers: { Location: { schema: { type: 'string' } } } })
  @Problems('validation-failed', 'conflict')
  async create(
    @Body() dto: NewAccountDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InvitedAccountResponse> {
    const { username, displayName, unitId, roles } = dto;
    const { account, proposalId, invitation } = await this.accounts.create({ username, displayName, unitId, roles }, by);
    void reply.header('location', `/api/v1/accounts/${account.id}`);
    return { ...toAccountResponse(account, proposalId), invitation: invitation && toInvitation(invitation) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Một tài khoản – one account' })
  @ApiResponse({ status: 200, type: AccountResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountResponse> {
    const account = await this.accounts.getAdministered(id, by);
    void reply.header('etag', entityTag(account.version));
    return this.answer(account);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Sửa tài khoản – change or close an account; ends its sessions',
    description:
      'Where somebody would read petitions by it – roles, unit, scopes, opening it again –, or where somebody who reads them is called otherwise (`displayName`), the whole change waits for a leader: 202, and the account stays as it is. Any other change withdraws what waits.',
  })
  @ApiHeader(ifMatchRequired)
  @ApiResponse({ status: 200, type: AccountResponse, headers: entityTagHeader })
  @ApiResponse({ status: 202, type: AccountResponse, headers: entityTagHeader, description: 'Chờ lãnh đạo duyệt – waits for a leader' })
  @Problems('not-found', 'validation-failed', 'action-not-allowed', 'precondition-required', 'precondition-failed')
  async change(
    @Param('id', IdPipe) id: string,
    @Body() dto: AccountChangeDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountResponse> {
    const { displayName, unitId, roles, active, scopes, rateLimit } = dto;
    const change = Object.fromEntries(
      Object.entries({ displayName, unitId, roles, active, scopes, rateLimit }).filter(
        ([, value]) => value !== undefined && value !== null,
      ),
    );
    return kept(await this.accounts.change(id, change, expected, by), reply);
  }

  @Post('services')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Tạo tài khoản ứng dụng – a service account for a front-end or another system, with its secret',
    description:
      'It signs in by `POST /oauth/token`, once a leader agreed where it reads petitions. The secret is told once, so the call takes no Idempotency-Key. Allowed: the roles clerk and analyst with the scopes of their work; never `identity:…`.',
  })
  @ApiResponse({ status: 201, type: ServiceAccountResponse, headers: { Location: { schema: { type: 'string' } } } })
  @Problems('validation-failed', 'conflict')
  async createService(
    @Body() dto: NewServiceAccountDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ServiceAccountResponse> {
    const { account, clientSecret, proposalId } = await this.accounts.createService(dto, by);
    void reply.header('location', `/api/v1/accounts/${account.id}`);
    return { ...toAccountResponse(account, proposalId), clientSecret };
  }

  @Post(':id/client-secret')
  @NotRepeatable('A new secret each time: the one before ends.')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Đổi khoá ứng dụng – a new secret for a service; the old one and its tokens end' })
  @ApiResponse({ status: 200, type: ServiceAccountResponse })
  @Problems('not-found', 'action-not-allowed')
  async renewClientSecret(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<ServiceAccountResponse> {
    const { account, clientSecret, proposalId } = await this.accounts.renewClientSecret(id, by);
    return { ...toAccountResponse(account, proposalId), clientSecret };
  }

  @Post(':id/password-reset')
  @NotRepeatable('A new link each time: the one before ends.')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Đặt lại mật khẩu – lets the owner choose a new password with a code, told once',
    description:
      'The password of before and all sessions end. Of an account that reads petitions nothing changes until a leader agrees (202); the code is then told to him.',
  })
  @ApiResponse({ status: 200, type: PasswordResetResponse })
  @ApiResponse({ status: 202, type: PasswordResetResponse, description: 'Chờ lãnh đạo duyệt – waits for a leader' })
  @Problems('not-found', 'action-not-allowed', 'validation-failed')
  async resetPassword(
    @Param('id', IdPipe) id: string,
    @Body() { removeSecondFactor }: PasswordResetDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasswordResetResponse> {
    const { proposalId, invitation } = await this.accounts.resetPassword(id, removeSecondFactor ?? false, by);
    if (proposalId) void reply.status(202);
    return { invitation: invitation && toInvitation(invitation), pendingProposalId: proposalId };
  }

  @Put(':id/external-identity')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Gắn danh tính của hệ thống đăng nhập – say which identity of the provider the account is',
    description: 'A leader has to agree; from then on the account signs in there alone.',
  })
  @ApiResponse({ status: 202, type: AccountResponse, headers: entityTagHeader, description: 'Chờ lãnh đạo duyệt – waits for a leader' })
  @Problems('not-found', 'validation-failed', 'action-not-allowed', 'conflict')
  async linkIdentity(
    @Param('id', IdPipe) id: string,
    @Body() { subject }: ExternalIdentityDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountResponse> {
    return kept(await this.accounts.linkIdentity(id, subject, by), reply);
  }

  @Delete(':id/external-identity')
  @HttpCode(204)
  @ApiOperation({ summary: 'Bỏ gắn danh tính – end the link; the owner then needs a password here' })
  @ApiResponse({ status: 204, description: 'Đã bỏ – ended' })
  @Problems('not-found', 'action-not-allowed')
  async unlinkIdentity(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<void> {
    await this.accounts.unlinkIdentity(id, by);
  }

  @Get(':id/sessions')
  @ApiOperation({ summary: 'Các phiên của tài khoản – sessions of an account' })
  @ApiResponse({ status: 200, type: SessionsResponse })
  @Problems('not-found')
  async listSessions(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SessionsResponse> {
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

  private async answer(account: AccountEntity): Promise<AccountResponse> {
    return toAccountResponse(account, (await this.proposals.pendingOf([account.id])).get(account.id) ?? null);
  }
}

/** 202 where a leader has to agree. */
function kept({ account, proposalId }: Kept, reply: FastifyReply): AccountResponse {
  void reply.status(proposalId ? 202 : 200).header('etag', entityTag(account.version));
  return toAccountResponse(account, proposalId);
}
