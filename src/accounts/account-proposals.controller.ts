import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problems } from '../platform/http/api-problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { linkNext } from '../platform/http/link.js';
import type { Unit } from '../rules/structure/unit-structure.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import {
  AccountProposalAgreedResponse,
  AccountProposalResponse,
  AccountProposalPageResponse,
  toAgreed,
  toProposal,
} from './account-proposal.response.js';
import { AccountProposalsService } from './account-proposals.service.js';
import { AccountProposalsQuery, AccountProposalRefusalDto } from './dto/account.dto.js';
import type { Official } from '../platform/access/official.js';

@ApiTags('auth')
@Controller('account-proposals')
export class AccountProposalsController {
  constructor(
    private readonly proposals: AccountProposalsService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @Needs('account_proposals.read')
  @ApiOperation({ summary: 'Đề nghị về tài khoản – what administrators propose for accounts that read petitions, the last first' })
  @ApiResponse({ status: 200, type: AccountProposalPageResponse })
  @Problems('validation-failed')
  async list(
    @Query() query: AccountProposalsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountProposalPageResponse> {
    const found = await this.proposals.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toProposal(row, this.unitOf)) };
  }

  @Get(':id')
  @Needs('account_proposals.read')
  @ApiOperation({ summary: 'Một đề nghị – one proposal' })
  @ApiResponse({ status: 200, type: AccountProposalResponse })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<AccountProposalResponse> {
    return toProposal(await this.proposals.get(id, by), this.unitOf);
  }

  @Post(':id/approval')
  @Needs('account_proposals.decide')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Duyệt đề nghị – agree; it happens now',
    description:
      'A leader of the unit, of what carries it on, or of a unit above; never of what is about himself. The code for the owner of the account, who chooses the password with it, is told this once: hand it over to that person and nobody else.',
  })
  @ApiResponse({ status: 200, type: AccountProposalAgreedResponse })
  @Problems('not-found', 'action-not-allowed', 'conflict', 'validation-failed')
  async approve(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<AccountProposalAgreedResponse> {
    return toAgreed(await this.proposals.approve(id, by), this.unitOf);
  }

  @Post(':id/refusal')
  @Needs('account_proposals.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Từ chối đề nghị – do not agree, for a reason; the account stays as it is' })
  @ApiResponse({ status: 200, type: AccountProposalResponse })
  @Problems('not-found', 'action-not-allowed', 'validation-failed')
  async refuse(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: AccountProposalRefusalDto,
    @Caller() by: Official,
  ): Promise<AccountProposalResponse> {
    return toProposal(await this.proposals.refuse(id, reason, by), this.unitOf);
  }

  @Post(':id/withdrawal')
  @Needs('accounts.keep')
  @HttpCode(200)
  @ApiOperation({ summary: 'Rút đề nghị – take a proposal back' })
  @ApiResponse({ status: 200, type: AccountProposalResponse })
  @Problems('not-found', 'action-not-allowed')
  async withdraw(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<AccountProposalResponse> {
    return toProposal(await this.proposals.withdraw(id, by), this.unitOf);
  }

  private readonly unitOf = (id: string): Unit => this.units.structure.get(id);
}
