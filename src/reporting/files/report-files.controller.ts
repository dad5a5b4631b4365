import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { contentDisposition, sendFile } from '../../platform/http/file-answer.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { ledgerMediaTypes } from '../../platform/tabular/ledger-file.js';
import { ReportFileQuery, SignedFileQuery, WorkbookDto } from '../dto/reports.dto.js';
import { periodAsked } from '../report-period.js';
import { type ReportFile, ReportFilesService } from './report-files.service.js';
import { toWorkbook, WorkbookResponse } from './workbooks.response.js';
import { WorkbooksService } from './workbooks.service.js';

/** What every file of a report documents. */
function AsFile(summary: string, description: string): MethodDecorator {
  return applyDecorators(
    ApiProduces(ledgerMediaTypes.xlsx, 'text/csv', 'application/pdf'),
    ApiOperation({ summary, description }),
    ApiResponse({ status: 200, description: 'The file', schema: { type: 'string', format: 'binary' } }),
  );
}

const layout =
  'XLSX in the layout of the circular: merged headings, numbers of the columns, formulas, signature, landscape. PDF is made from it by LibreOffice, where the server has it.';

@ApiTags('reports')
@Controller('reports')
@Needs('figures.read')
export class ReportFilesController {
  constructor(
    private readonly files: ReportFilesService,
    private readonly workbooks: WorkbooksService,
  ) {}

  @Get('forms/:code/file')
  @ApiParam({ name: 'code', example: '02-XLD' })
  @AsFile('Tải một biểu – a form filled in as XLSX, CSV or PDF', layout)
  @Problems('validation-failed', 'not-found', 'service-unavailable')
  async form(
    @Param('code') code: string,
    @Query() { format, version, ...query }: ReportFileQuery,
    @Caller() by: Official,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(reply, await this.files.form(code, { ...query, circular: version, period: periodAsked(query) }, format, by));
  }

  @Get('file')
  @AsFile('Tải mọi biểu – all forms of a period as one workbook, a sheet for each, of one moment', layout)
  @Problems('validation-failed', 'not-found', 'service-unavailable')
  async all(@Query() { format, version, ...query }: ReportFileQuery, @Caller() by: Official, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, await this.files.allForms({ ...query, circular: version, period: periodAsked(query) }, format, by));
  }

  @Post('workbooks')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Lập tệp lớn – all forms of a period as one workbook, made in the background with its progress',
    description: 'Ask `GET /reports/workbooks/{id}` how far it is, and take the file when `file` is there; it is kept for a week.',
  })
  @ApiResponse({ status: 202, type: WorkbookResponse })
  @Problems('validation-failed', 'not-found')
  async start(
    @Body() { unitId, includeSubordinates, period, from, to, version, format }: WorkbookDto,
    @Caller() by: Official,
  ): Promise<WorkbookResponse> {
    const asked = periodAsked({ period: period ?? undefined, from: from ?? undefined, to: to ?? undefined }, '/');
    const order = { unitId: unitId ?? undefined, includeSubordinates: includeSubordinates ?? undefined, circular: version ?? undefined };
    return toWorkbook(await this.workbooks.start({ ...order, period: asked, format }, by));
  }

  @Get('workbooks/:id')
  @ApiOperation({ summary: 'Tiến độ lập tệp – how far a workbook is' })
  @ApiResponse({ status: 200, type: WorkbookResponse })
  @Problems('not-found')
  async progress(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<WorkbookResponse> {
    return toWorkbook(await this.workbooks.get(id, by));
  }

  @Get('workbooks/:id/file')
  @ApiProduces(ledgerMediaTypes.xlsx, 'application/pdf')
  @ApiOperation({ summary: 'Tải tệp đã lập – the workbook, once it is there' })
  @ApiResponse({ status: 200, description: 'The file', schema: { type: 'string', format: 'binary' } })
  @Problems('not-found', 'action-not-allowed', 'range-not-satisfiable')
  async workbook(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendFile(request, reply, await this.workbooks.file(id, by));
  }

  @Get('submissions/:id/file')
  @AsFile('Tải báo cáo đã ký – a report as it was signed, whole or one form of it', layout)
  @Problems('validation-failed', 'not-found', 'action-not-allowed', 'service-unavailable')
  async signed(
    @Param('id', IdPipe) id: string,
    @Query() { format, form }: SignedFileQuery,
    @Caller() by: Official,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(reply, await this.files.signed(id, form, format, by));
  }
}

async function send(reply: FastifyReply, { filename, mediaType, content }: ReportFile): Promise<void> {
  await reply
    .headers({ 'content-type': mediaType, 'content-disposition': contentDisposition(filename), 'cache-control': 'private, no-store' })
    .send(content);
}
