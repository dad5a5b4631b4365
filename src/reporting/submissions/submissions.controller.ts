import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { DocumentResponse, toDocument } from '../../petitions/documents/documents.response.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { periodAsked } from '../report-period.js';
import { reporters } from '../../rules/reports/report-deadlines.js';
import { DeadlinesService, deadlinePeriods } from './deadlines.service.js';
import {
  NarrativeDto,
  OpeningFiguresDto,
  ReportAcceptanceDto,
  ReportDeadlineDto,
  ReportDraftDto,
  ReportReturnDto,
  ReportRevisionDto,
  ReportSigningDto,
  ReportStatusQuery,
  ReportUrgingDto,
  SubmissionsQuery,
} from './dto/submissions.dto.js';
import { NarrativeService } from './narrative.service.js';
import { OpeningFiguresService } from './opening-figures.service.js';
import { ReportStatusService } from './report-status.service.js';
import {
  DeadlineResponse,
  DeadlinesResponse,
  FrozenReportResponse,
  OpeningFiguresResponse,
  OpeningFiguresListResponse,
  PeriodStatusResponse,
  ReportDifferencesResponse,
  SubmissionResponse,
  SubmissionPageResponse,
  toDifferences,
  toFrozen,
  toOpening,
  toPeriodStatus,
  toSubmission,
} from './submissions.response.js';
import type { Submission } from './submission.js';
import { SubmissionsService } from './submissions.service.js';

/** What every step of a report documents: its answer, and how it can be refused. */
function ReportStep(summary: string, description?: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary, ...(description && { description }) }),
    ApiResponse({ status: 200, type: SubmissionResponse, headers: entityTagHeader }),
    Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('reports')
@Controller('reports')
@Needs('figures.read')
export class SubmissionsController {
  constructor(
    private readonly submissions: SubmissionsService,
    private readonly narratives: NarrativeService,
    private readonly status: ReportStatusService,
    private readonly deadlines: DeadlinesService,
    private readonly openings: OpeningFiguresService,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  @Get('submissions')
  @ApiOperation({ summary: 'Báo cáo của các đơn vị – reports of the units in your view, the newest first' })
  @ApiResponse({ status: 200, type: SubmissionPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: SubmissionsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionPageResponse> {
    const { items, nextCursor } = await this.submissions.list(query, by);
    linkNext(request, reply, nextCursor);
    return { items: items.map((item) => toSubmission(item, this.units.structure)), nextCursor };
  }

  @Get('submissions/status')
  @ApiOperation({ summary: 'Đơn vị chưa báo cáo – who has reported for a period, who has not, who is late' })
  @ApiResponse({ status: 200, type: PeriodStatusResponse })
  @Problems('validation-failed', 'not-found')
  async statusOf(@Query() { unitId, period }: ReportStatusQuery, @Caller() by: Official): Promise<PeriodStatusResponse> {
    return toPeriodStatus(await this.status.statusOf(unitId, periodAsked({ period }), by));
  }

  @Post('submissions/urgings')
  @HttpCode(200)
  @Needs('reports.review')
  @ApiOperation({
    summary: 'Đôn đốc gửi báo cáo – a letter to each unit that has not handed in its report, with its number',
    description: 'To the units that are named, or to everybody who has not handed in. Each unit reads its letter.',
  })
  @ApiResponse({ status: 200, type: PeriodStatusResponse })
  @Problems('validation-failed', 'action-not-allowed', 'insufficient-storage')
  async urge(@Body() { period, ...order }: ReportUrgingDto, @Caller() by: Official): Promise<PeriodStatusResponse> {
    return toPeriodStatus(await this.status.urge({ ...order, period: periodAsked({ period }) }, by));
  }

  @Post('submissions')
  @Needs('reports.prepare')
  @ApiOperation({
    summary: 'Lập báo cáo – begin the report of a period as a draft, with its words',
    description: 'Figures are counted and frozen when it is signed.',
  })
  @ApiResponse({ status: 201, type: SubmissionResponse, headers: entityTagHeader })
  @Problems('validation-failed', 'not-responsible', 'conflict')
  async draft(
    @Body() { unitId, period, from, to, narrative }: ReportDraftDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionResponse> {
    const asked = periodAsked({ period: period ?? undefined, from: from ?? undefined, to: to ?? undefined }, '/');
    return this.answer(
      await this.submissions.draft({ unitId: unitId ?? undefined, period: asked, narrative: { ...narrative } }, by),
      reply,
    );
  }

  @Get('submissions/:id')
  @ApiOperation({ summary: 'Một báo cáo – a report with its state, signer and digest' })
  @ApiResponse({ status: 200, type: SubmissionResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionResponse> {
    return this.answer(await this.submissions.get(id, by), reply);
  }

  @Put('submissions/:id/narrative')
  @Needs('reports.prepare')
  @ReportStep('Viết phần lời – change the words of a draft; what is left out stays')
  async write(
    @Param('id', IdPipe) id: string,
    @Body() narrative: NarrativeDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionResponse> {
    return this.answer(await this.submissions.write(id, { ...narrative }, expected, by), reply);
  }

  @Post('submissions/:id/submission')
  @HttpCode(200)
  @Needs('reports.submit')
  @ReportStep(
    'Ký, gửi báo cáo – sign and hand in: all forms are counted as of one moment and frozen with a digest',
    'Rows of units below whose report was accepted stand as they were signed, and those reports are consolidated into this one; the other rows are counted.',
  )
  async submit(
    @Param('id', IdPipe) id: string,
    @Body() order: ReportSigningDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionResponse> {
    return this.answer(await this.submissions.submit(id, order, expected, by), reply);
  }

  @Post('submissions/:id/acceptance')
  @HttpCode(200)
  @Needs('reports.review')
  @ReportStep('Tiếp nhận báo cáo – the superior accepts a report')
  async accept(
    @Param('id', IdPipe) id: string,
    @Body() { decidedOn }: ReportAcceptanceDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionResponse> {
    return this.answer(await this.submissions.accept(id, decidedOn, expected, by), reply);
  }

  @Post('submissions/:id/return')
  @HttpCode(200)
  @Needs('reports.review')
  @ReportStep('Trả lại báo cáo – the superior hands a report back with what is to be corrected')
  async return(
    @Param('id', IdPipe) id: string,
    @Body() { decidedOn, reason }: ReportReturnDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionResponse> {
    return this.answer(await this.submissions.return(id, reason, decidedOn, expected, by), reply);
  }

  @Post('submissions/:id/revisions')
  @Needs('reports.prepare')
  @ApiHeader(ifMatchOptional)
  @ApiOperation({
    summary: 'Lập bản sửa đổi – a new draft of a report that was handed in, with its reason',
    description: 'What was signed stays as it is.',
  })
  @ApiResponse({ status: 201, type: SubmissionResponse, headers: entityTagHeader })
  @Problems(
    ...(['not-found', 'not-responsible', 'action-not-allowed', 'conflict', 'precondition-failed', 'validation-failed'] as const),
    ...(['idempotency-key-reused', 'request-in-progress'] as const),
  )
  async revise(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ReportRevisionDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionResponse> {
    return this.answer(await this.submissions.revise(id, reason, expected, by), reply);
  }

  @Get('submissions/:id/figures')
  @ApiOperation({ summary: 'Số liệu đã ký – the figures of every form as they were frozen, and whether the digest proves them' })
  @ApiResponse({ status: 200, type: FrozenReportResponse })
  @Problems('not-found', 'action-not-allowed')
  async frozen(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<FrozenReportResponse> {
    return toFrozen(await this.submissions.frozen(id, by), this.units.structure);
  }

  @Get('submissions/:id/differences')
  @ApiOperation({
    summary: 'Chênh lệch so với số liệu đã ký – where the data of today give other figures than those that were signed',
    description: 'By form, unit and column, each with the list behind the figure of today. A correction is a new revision.',
  })
  @ApiResponse({ status: 200, type: ReportDifferencesResponse })
  @Problems('not-found', 'action-not-allowed')
  async differences(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<ReportDifferencesResponse> {
    return toDifferences(await this.submissions.differences(id, by), this.units.structure);
  }

  @Post('submissions/:id/document')
  @Needs('reports.prepare')
  @ApiOperation({ summary: 'Lập báo cáo bằng văn bản – the report in words as a paper with its number, with the figures that were signed' })
  @ApiResponse({ status: 201, type: DocumentResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed', 'insufficient-storage')
  async document(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<DocumentResponse> {
    return toDocument(await this.narratives.make(id, by), this.units.structure);
  }

  @Get('deadlines')
  @ApiOperation({
    summary: 'Thời hạn gửi báo cáo – by when which unit reports, in days after the last day of a period',
    description:
      'Reports of quarters, six and nine months and the year are due by law on the 17th (communes, departments) and 20th (provinces) of the closing month: `daysByLaw`. A paper may set an earlier day (`verified`); where there is no law, what no paper sets is a proposal.',
  })
  @ApiResponse({ status: 200, type: DeadlinesResponse })
  async deadlinesOf(): Promise<DeadlinesResponse> {
    return { items: await this.deadlines.allDeadlines() };
  }

  @Put('deadlines/:reporter/:period')
  @Needs('form_sets.keep')
  @ApiParam({ name: 'reporter', enum: reporters })
  @ApiParam({ name: 'period', enum: deadlinePeriods })
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Sửa thời hạn gửi báo cáo – change a deadline, with the paper that sets it' })
  @ApiResponse({ status: 200, type: DeadlineResponse, headers: entityTagHeader })
  @Problems('not-found', 'validation-failed', 'precondition-required', 'precondition-failed')
  async changeDeadline(
    @Param('reporter') reporter: string,
    @Param('period') period: string,
    @Body() order: ReportDeadlineDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeadlineResponse> {
    this.scope.mustAdministerAll(by);
    const changed = await this.deadlines.change(reporter, period, order, expected);
    void reply.header('etag', entityTag(changed.version));
    return changed;
  }

  @Get('opening-figures/:id')
  @ApiOperation({ summary: 'Số liệu ban đầu – what a unit declared for the time before it began with the software' })
  @ApiResponse({ status: 200, type: OpeningFiguresListResponse })
  @Problems('not-found')
  async opening(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<OpeningFiguresListResponse> {
    return { items: (await this.openings.list(id, by)).map(toOpening) };
  }

  @Put('opening-figures/:id')
  @Needs('reports.prepare')
  @ApiHeader(ifMatchOptional)
  @ApiOperation({
    summary: 'Khai số liệu ban đầu – figures of a form for a stretch before the software; declared again, they replace what was',
    description: 'They count in every period that has their whole stretch in it. `id` is the unit.',
  })
  @ApiResponse({ status: 200, type: OpeningFiguresResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'conflict', 'precondition-failed')
  async declare(
    @Param('id', IdPipe) id: string,
    @Body() order: OpeningFiguresDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpeningFiguresResponse> {
    const declared = await this.openings.declare(id, order, expected, by);
    void reply.header('etag', entityTag(declared.version));
    return toOpening(declared);
  }

  private answer(report: Submission, reply: FastifyReply): SubmissionResponse {
    void reply.header('etag', entityTag(report.version));
    return toSubmission(report, this.units.structure);
  }
}
