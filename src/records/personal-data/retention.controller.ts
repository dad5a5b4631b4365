import { Body, Controller, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { JobResponse, toJobResponse } from '../../structure/jobs/jobs.response.js';
import { Problem } from '../../platform/problems/problem.js';
import { type PetitionKind, petitionKinds } from '../../rules/evaluation/filing.js';
import { RetentionRuleDto } from './dto/personal-data.dto.js';
import { RetentionResponse, RetentionRuleResponse, toRetention } from './personal-data.response.js';
import { RetentionService } from './retention.service.js';

@ApiTags('personal-data')
@Controller('retention')
@Needs('retention.keep')
export class RetentionController {
  constructor(private readonly retention: RetentionService) {}

  @Get()
  @ApiOperation({ summary: 'Thời hạn lưu giữ – years for each kind, with how many petitions are due, held and anonymised' })
  @ApiResponse({ status: 200, type: RetentionResponse })
  async list(): Promise<RetentionResponse> {
    return toRetention(await this.retention.rules(), await this.retention.last());
  }

  @Put(':kind')
  @ApiParam({ name: 'kind', enum: petitionKinds })
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Sửa thời hạn lưu giữ – correct the years of a kind, with their source' })
  @ApiResponse({ status: 200, type: RetentionRuleResponse, headers: entityTagHeader })
  @Problems('not-found', 'forbidden', 'validation-failed', 'precondition-required', 'precondition-failed')
  async change(
    @Param('kind') kind: string,
    @Body() dto: RetentionRuleDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RetentionRuleResponse> {
    const row = await this.retention.change(kindOf(kind), dto, expected, by);
    void reply.header('etag', entityTag(row.version));
    return row;
  }

  @Post('runs')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ẩn danh hồ sơ hết hạn – anonymise what is due now, beside the run of every week' })
  @ApiResponse({ status: 202, type: JobResponse })
  @Problems('forbidden', 'conflict')
  async run(@Caller() by: Official): Promise<JobResponse> {
    return toJobResponse(await this.retention.start(by));
  }
}

function kindOf(kind: string): PetitionKind {
  const known = petitionKinds.find((candidate) => candidate === kind);
  if (!known) throw Problem.notFound('loại đơn này', 'kind of petition');
  return known;
}
