import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { FileBody, NoFields } from '../../platform/http/file-body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { type Upload, Uploaded } from '../../platform/http/upload.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { InspectionResponse, toInspection } from '../inspections.response.js';
import { ComparisonService } from './comparison.service.js';
import { ConclusionService } from './conclusion.service.js';
import {
  ComparisonQuery,
  InspectionConclusionDto,
  FindingAcceptanceDto,
  FindingAnswerDto,
  FindingDto,
  FindingReturnDto,
  FindingsDto,
  FindingsQuery,
  FindingWithdrawalDto,
  RepeatedFindingsQuery,
} from './dto/findings.dto.js';
import type { Finding } from './finding.js';
import {
  ComparisonResponse,
  FindingResponse,
  FindingPageResponse,
  FindingsResponse,
  RepeatedFindingsResponse,
  toComparison,
  toFinding,
  toRepeated,
} from './findings.response.js';
import { FindingsService } from './findings.service.js';
import { FindingFollowUpService } from './finding-follow-up.service.js';

/** What every step of a finding documents: its answer, and how it can be refused. */
function FindingStep(summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, type: FindingResponse, headers: entityTagHeader }),
    Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('inspections')
@Controller()
@Needs('inspections.read')
export class FindingsController {
  constructor(
    private readonly findings: FindingsService,
    private readonly followUp: FindingFollowUpService,
    private readonly conclusions: ConclusionService,
    private readonly comparison: ComparisonService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('inspections/comparison')
  @Needs('figures.read')
  @ApiOperation({
    summary: 'So sánh các đơn vị – units below you side by side: score, groups, findings, the checklist before',
    description: 'Each unit stands with its last checklist that was concluded in the period (the last twelve months when left out).',
  })
  @ApiResponse({ status: 200, type: ComparisonResponse })
  @Problems('validation-failed')
  async compare(@Query() query: ComparisonQuery, @Caller() by: Official): Promise<ComparisonResponse> {
    return toComparison(await this.comparison.of(query, by));
  }

  @Post('inspections/:id/findings')
  @Needs('inspections.answer')
  @ApiOperation({
    summary: 'Nêu tồn tại, hạn chế – enter findings with severity, recommendation and limit; all or none',
    description: 'While the inspection is under way. The inspected unit sees them with the conclusion.',
  })
  @ApiResponse({ status: 201, type: FindingsResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async record(@Param('id', IdPipe) id: string, @Body() { items }: FindingsDto, @Caller() by: Official): Promise<FindingsResponse> {
    const recorded = await this.findings.record(id, items, by);
    return { items: recorded.map((finding) => toFinding(finding, this.units.structure)) };
  }

  @Post('inspections/:id/conclusion')
  @HttpCode(200)
  @Needs('inspections.run')
  @ApiHeader(ifMatchOptional)
  @ApiOperation({
    summary: 'Kết luận – conclude: the paper with its number, sent to the inspected unit, which sees the findings from now on',
    description: 'Every item is answered, and there is a finding about every item that is not met: what is missing is named.',
  })
  @ApiResponse({ status: 200, type: InspectionResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed', 'insufficient-storage')
  async conclude(
    @Param('id', IdPipe) id: string,
    @Body() order: InspectionConclusionDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionResponse> {
    const inspection = await this.conclusions.conclude(id, order, expected, by);
    void reply.header('etag', entityTag(inspection.version));
    return toInspection(inspection, this.units.structure);
  }

  @Get('inspection-findings')
  @ApiOperation({ summary: 'Tồn tại, hạn chế – findings that you may know of, the latest first; `alert=overdue`: not answered in time' })
  @ApiResponse({ status: 200, type: FindingPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: FindingsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingPageResponse> {
    const found = await this.findings.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((finding) => toFinding(finding, this.units.structure)) };
  }

  @Get('inspection-findings/repeated')
  @Needs('figures.read')
  @ApiOperation({ summary: 'Tồn tại lặp lại – items that were found wanting at a unit more than once' })
  @ApiResponse({ status: 200, type: RepeatedFindingsResponse })
  @Problems('validation-failed')
  async repeated(@Query() query: RepeatedFindingsQuery, @Caller() by: Official): Promise<RepeatedFindingsResponse> {
    return { items: (await this.findings.repeated(query, by)).map((row) => toRepeated(row, this.units.structure)) };
  }

  @Get('inspection-findings/:id')
  @ApiOperation({ summary: 'Một tồn tại – one finding with its follow-up, evidence, and how often it was found before' })
  @ApiResponse({ status: 200, type: FindingResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingResponse> {
    return this.answer(await this.findings.get(id, by), reply);
  }

  @Put('inspection-findings/:id')
  @ApiHeader(ifMatchRequired)
  @Needs('inspections.answer')
  @ApiOperation({ summary: 'Sửa – correct a finding before the conclusion' })
  @ApiResponse({ status: 200, type: FindingResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async correct(
    @Param('id', IdPipe) id: string,
    @Body() facts: FindingDto,
    @ExpectedVersion('required') expected: number,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingResponse> {
    return this.answer(await this.findings.correct(id, facts, expected, by), reply);
  }

  @Post('inspection-findings/:id/withdrawal')
  @HttpCode(200)
  @Needs('inspections.answer')
  @FindingStep('Rút – take a finding back before the conclusion')
  async withdraw(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: FindingWithdrawalDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingResponse> {
    return this.answer(await this.findings.withdraw(id, reason, expected, by), reply);
  }

  @Post('inspection-findings/:id/answers')
  @HttpCode(200)
  @Needs('findings.answer')
  @FindingStep('Báo cáo khắc phục – the inspected unit answers what it did')
  async answerFinding(
    @Param('id', IdPipe) id: string,
    @Body() answer: FindingAnswerDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingResponse> {
    return this.answer(await this.followUp.answer(id, answer, expected, by), reply);
  }

  @Post('inspection-findings/:id/evidence')
  @HttpCode(200)
  @Needs('findings.answer')
  @FileBody('attachment', NoFields, {}, { file: 'Photo or document that shows what was mended' })
  @ApiOperation({ summary: 'Tài liệu chứng minh – a file that shows what was mended' })
  @ApiResponse({ status: 200, type: FindingResponse, headers: entityTagHeader })
  @Problems(
    'not-found',
    'not-responsible',
    'action-not-allowed',
    'unsupported-media-type',
    'payload-too-large',
    'validation-failed',
    'infected-file',
    'service-unavailable',
  )
  async prove(
    @Param('id', IdPipe) id: string,
    @Uploaded() { file }: Upload,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingResponse> {
    return this.answer(await this.followUp.prove(id, file, by), reply);
  }

  @Post('inspection-findings/:id/acceptance')
  @HttpCode(200)
  @Needs('inspections.run')
  @FindingStep('Chấp nhận – it is mended')
  async accept(
    @Param('id', IdPipe) id: string,
    @Body() { text }: FindingAcceptanceDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingResponse> {
    return this.answer(await this.followUp.accept(id, text, expected, by), reply);
  }

  @Post('inspection-findings/:id/return')
  @HttpCode(200)
  @Needs('inspections.run')
  @FindingStep('Trả lại – it is not mended: the unit answers again by a new limit')
  async return(
    @Param('id', IdPipe) id: string,
    @Body() order: FindingReturnDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingResponse> {
    return this.answer(await this.followUp.return(id, order, expected, by), reply);
  }

  private answer(finding: Finding, reply: FastifyReply): FindingResponse {
    void reply.header('etag', entityTag(finding.version));
    return toFinding(finding, this.units.structure);
  }
}
