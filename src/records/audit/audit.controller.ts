import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { linkNext } from '../../platform/http/link.js';
import {
  AuditPageResponse,
  AuditVerificationResponse,
  CheckpointResponse,
  CheckpointsResponse,
  toAuditRecord,
  toCheckpoint,
  toVerification,
} from './audit.response.js';
import { AuditService } from './audit.service.js';
import { CheckpointsService } from './checkpoints.service.js';
import { AuditQuery, VerificationQuery } from './dto/audit.dto.js';
import { WalksService } from './walks.service.js';

@ApiTags('audit')
@Controller('audit')
@Needs('audit.read')
export class AuditController {
  constructor(
    private readonly audit: AuditService,
    private readonly checkpoints: CheckpointsService,
    private readonly walks: WalksService,
  ) {}

  @Get('records')
  @ApiOperation({
    summary: 'Nhật ký kiểm toán – who did what: by petition, official, unit, time',
    description:
      'Every write, and every look at something secret, the newest first. Personal data, free text and secrets stand in it as keyed digests: of one field of one row equal digests are equal values; digests of different rows never are.',
  })
  @ApiResponse({ status: 200, type: AuditPageResponse })
  @Problems('validation-failed', 'not-found')
  async list(
    @Query() query: AuditQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AuditPageResponse> {
    const found = await this.audit.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map(toAuditRecord) };
  }

  @Get('verification')
  @ApiOperation({
    summary: 'Kiểm tra nhật ký – recompute the chain of hashes and name the first broken link',
    description:
      'Every night a job walks along the whole chain; the answer tells what it found (`walkedAt`, `walkedTo`) and looks at the links since. With `from` it looks at the links from there on, whatever the job found. An answer looks at 2,000 links at most, for one caller at a time (429 meanwhile); `nextFrom` says where to go on. The whole chain at once: `npm run audit:verify`.',
  })
  @ApiResponse({ status: 200, type: AuditVerificationResponse })
  @Problems('validation-failed')
  async verify(@Query() { from }: VerificationQuery): Promise<AuditVerificationResponse> {
    if (from === undefined) return toVerification(await this.walks.sinceLast());
    const found = await this.audit.verifyAlone(from, await this.checkpoints.trusted([], from));
    return toVerification({ ...found, walkedAt: null, walkedTo: null });
  }

  @Get('checkpoints')
  @ApiOperation({ summary: 'Điểm kiểm tra đã ký – signed heads of the chain, the newest first' })
  @ApiResponse({ status: 200, type: CheckpointsResponse })
  async listCheckpoints(): Promise<CheckpointsResponse> {
    return { items: (await this.checkpoints.list()).map(toCheckpoint) };
  }

  @Post('checkpoints')
  @HttpCode(201)
  @ApiOperation({ summary: 'Ký điểm kiểm tra – sign the head of the chain now, beside the one of every night' })
  @ApiResponse({ status: 201, type: CheckpointResponse })
  @Problems('not-found')
  async sign(): Promise<CheckpointResponse> {
    return toCheckpoint(await this.checkpoints.create());
  }
}
