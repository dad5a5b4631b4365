import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problems } from '../http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchRequired } from '../http/entity-tag.js';
import { IdPipe } from '../http/id.pipe.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { linkNext } from '../http/link.js';
import { Allows, Caller } from './access.decorators.js';
import { AccountAnswer, AccountPageAnswer, toAccountAnswer } from './account.answer.js';
import { AccountsService } from './accounts.service.js';
import type { Official } from './official.js';
import { AccountChangeDto, AccountsQuery, NewAccountDto } from './dto/account.dto.js';

@ApiTags('auth')
@Controller('accounts')
@Allows('admin')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

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
  @Problems('not-found', 'validation-failed', 'precondition-required', 'precondition-failed')
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
}
