import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import { Problems } from '../platform/http/api-problems.js';
import { periodKinds, periodOf } from '../rules/reports/periods.js';
import { setFor } from '../rules/reports/form-sets.js';
import { FormSetChangeQuery, FormSetDto, FormSetRestorationDto, FormSetRevisionsQuery, toForm } from './dto/form-sets.dto.js';
import { CellQuery, FormsQuery, PeriodsQuery, ReportQuery } from './dto/reports.dto.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { FormReportsService } from './form-reports.service.js';
import { FormSetsService } from './form-sets.service.js';
import { periodAsked } from './report-period.js';
import {
  FormDefinitionResponse,
  FormSetChangeResponse,
  FormSetRevisionsResponse,
  FormSetsResponse,
  toFormDefinition,
  toFormSetChange,
  toFormSetRevisions,
  toFormSets,
  toVocabulary,
  VocabularyResponse,
} from './forms.response.js';
import {
  CellResponse,
  FormReportResponse,
  FormReportsResponse,
  PlausibilityResponse,
  ReportPeriodsResponse,
  toCell,
  toFormReport,
  toFormReports,
  toPeriods,
  toPlausibility,
} from './reports.response.js';

const formCode = ApiParam({ name: 'code', example: '02-XLD', description: 'As in `GET /reports/forms`: 01-TCD, 02-XLD, 03-GQKN, …' });

@ApiTags('reports')
@Controller('reports')
@Needs('figures.read')
export class FormsController {
  constructor(
    private readonly sets: FormSetsService,
    private readonly reports: FormReportsService,
    private readonly scope: AccessScope,
  ) {}

  @Get('forms')
  @ApiOperation({
    summary: 'Biểu mẫu báo cáo – the sets of statutory forms by circular, and which one governs a period',
    description:
      'Forms are data: columns, how each is counted, formulas and checks. Where a circular’s annex is not at hand, every output says `provisional`.',
  })
  @ApiResponse({ status: 200, type: FormSetsResponse })
  @Problems('validation-failed')
  async list(@Query() { closingOn = today() }: FormsQuery): Promise<FormSetsResponse> {
    const sets = await this.sets.allSets();
    return toFormSets(sets, setFor(sets, closingOn));
  }

  @Get('periods')
  @ApiOperation({
    summary: 'Kỳ báo cáo của một năm – the statutory periods of a year with first and last day, and the circular that governs each',
  })
  @ApiResponse({ status: 200, type: ReportPeriodsResponse })
  @Problems('validation-failed')
  async periods(@Query() { year = Number(today().slice(0, 4)) }: PeriodsQuery): Promise<ReportPeriodsResponse> {
    const sets = await this.sets.allSets();
    return toPeriods(
      periodKinds.map((kind) => periodOf(year, kind)),
      (period) => setFor(sets, period.to)?.circular ?? null,
    );
  }

  @Get('vocabulary')
  @ApiOperation({
    summary: 'Từ vựng của biểu mẫu – everything that a column may count: sources, what distinguishes their things, what is added up',
  })
  @ApiResponse({ status: 200, type: VocabularyResponse })
  vocabulary(): VocabularyResponse {
    return toVocabulary();
  }

  @Post('form-sets')
  @Needs('form_sets.keep')
  @ApiOperation({
    summary: 'Nhập bộ biểu mẫu – enter the forms of a circular as data, or a new revision of them',
    description:
      'Columns are described by `GET /reports/vocabulary`. Reports that were submitted keep the forms that they were made by. A revision that drops forms or columns of the former one names them in `drops`; `dryRun=true` says what it would do, with 200.',
  })
  @ApiResponse({ status: 201, type: FormSetChangeResponse })
  @ApiResponse({ status: 200, type: FormSetChangeResponse, description: 'What it would do: `dryRun=true`' })
  @Problems('validation-failed', 'forbidden')
  async enter(
    @Body() { reason, drops, forms, provisional, ...set }: FormSetDto,
    @Query() { dryRun = false }: FormSetChangeQuery,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FormSetChangeResponse> {
    this.scope.mustAdministerAll(by);
    const wanted = { ...set, provisional: provisional ?? null, forms: forms.map(toForm) };
    const change = await this.sets.enter(wanted, { reason, drops: drops ?? [], dryRun }, by);
    if (dryRun) void reply.status(200);
    return toFormSetChange(change, today(), dryRun);
  }

  @Get('form-sets')
  @Needs('form_sets.keep')
  @ApiOperation({ summary: 'Các lần nhập bộ biểu mẫu – every revision of the circulars’ forms, newest first; 0 is what is built in' })
  @ApiResponse({ status: 200, type: FormSetRevisionsResponse })
  @Problems('validation-failed', 'forbidden')
  async revisions(@Query() { circular }: FormSetRevisionsQuery, @Caller() by: Official): Promise<FormSetRevisionsResponse> {
    this.scope.mustAdministerAll(by);
    return toFormSetRevisions(await this.sets.revisions(circular ?? null));
  }

  @Post('form-sets/restoration')
  @HttpCode(200)
  @Needs('form_sets.keep')
  @ApiOperation({
    summary: 'Khôi phục bộ biểu mẫu – put an earlier revision of a circular’s forms in force again, as a new revision',
    description: 'Nothing that was entered is lost. `dryRun=true` says what it would do.',
  })
  @ApiResponse({ status: 200, type: FormSetChangeResponse })
  @Problems('validation-failed', 'forbidden', 'not-found')
  async restore(
    @Body() { circular, revision, reason }: FormSetRestorationDto,
    @Query() { dryRun = false }: FormSetChangeQuery,
    @Caller() by: Official,
  ): Promise<FormSetChangeResponse> {
    this.scope.mustAdministerAll(by);
    return toFormSetChange(await this.sets.restore(circular, revision, { reason, dryRun }, by), today(), dryRun);
  }

  @Get('forms/:code')
  @formCode
  @ApiOperation({ summary: 'Một biểu mẫu – its columns as a tree, how each is counted, formulas and checks' })
  @ApiResponse({ status: 200, type: FormDefinitionResponse })
  @Problems('validation-failed', 'not-found')
  async get(@Param('code') code: string, @Query() { closingOn = today(), version }: FormsQuery): Promise<FormDefinitionResponse> {
    const { set, form } = await this.sets.form(code, { circular: version, closingOn });
    return toFormDefinition(set, form);
  }

  @Get('forms/:code/figures')
  @formCode
  @ApiOperation({
    summary: 'Số liệu của biểu – a form filled in: a row for each unit, subtotals by level, the total, and what its checks say',
    description:
      'Counted from the data of this moment, in one snapshot. A petition carried over or received is processed or not yet, exactly, for every unit and period. A check that fails is told; no figure is bent.',
  })
  @ApiResponse({ status: 200, type: FormReportResponse })
  @Problems('validation-failed', 'not-found')
  async figures(
    @Param('code') code: string,
    @Query() { version, ...query }: ReportQuery,
    @Caller() by: Official,
  ): Promise<FormReportResponse> {
    return toFormReport(await this.reports.report(code, { ...query, circular: version, period: periodAsked(query) }, by));
  }

  @Get('forms/:code/plausibility')
  @formCode
  @ApiOperation({
    summary: 'So với cùng kỳ năm trước – figures of a form that are far from those of the same period a year before',
    description: 'With the rule, which is a proposal, and the lists behind both figures. Both periods are counted by the same forms.',
  })
  @ApiResponse({ status: 200, type: PlausibilityResponse })
  @Problems('validation-failed', 'not-found')
  async plausibility(
    @Param('code') code: string,
    @Query() { version, ...query }: ReportQuery,
    @Caller() by: Official,
  ): Promise<PlausibilityResponse> {
    return toPlausibility(await this.reports.plausibility(code, { ...query, circular: version, period: periodAsked(query) }, by));
  }

  @Get('figures')
  @ApiOperation({
    summary: 'Số liệu của mọi biểu – all forms of a period filled in, in one consistent run',
    description: 'Every figure of every form stands for the same moment.',
  })
  @ApiResponse({ status: 200, type: FormReportsResponse })
  @Problems('validation-failed', 'not-found')
  async all(@Query() { version, ...query }: ReportQuery, @Caller() by: Official): Promise<FormReportsResponse> {
    return toFormReports(await this.reports.allForms({ ...query, circular: version, period: periodAsked(query) }, by));
  }

  @Get('forms/:code/cells/:column')
  @formCode
  @ApiParam({ name: 'column', schema: { type: 'string', example: '3' }, description: 'Number of the column' })
  @ApiOperation({
    summary: 'Mở một số liệu – exactly the petitions, visits or cases that a figure counts, and why each counts',
    description:
      '`count` things whose `amount` adds up to `figure`. A row of a report is asked with its unit and `includeSubordinates=false`.',
  })
  @ApiResponse({ status: 200, type: CellResponse })
  @Problems('validation-failed', 'not-found')
  async cell(
    @Param('code') code: string,
    @Param('column') column: string,
    @Query() { version, cursor, limit, ...query }: CellQuery,
    @Caller() by: Official,
  ): Promise<CellResponse> {
    return toCell(
      await this.reports.cell(code, Number(column), { ...query, circular: version, period: periodAsked(query) }, { cursor, limit }, by),
    );
  }
}
