import { Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { FileBody } from '../../platform/http/file-body.decorator.js';
import { contentDisposition } from '../../platform/http/file-answer.js';
import { type Upload, Uploaded } from '../../platform/http/upload.js';
import { JobResponse, toJobResponse } from '../../structure/jobs/jobs.response.js';
import { Problem } from '../../platform/problems/problem.js';
import { ledgerMediaTypes } from '../../platform/tabular/ledger-file.js';
import { formatAsked } from '../../platform/tabular/format.js';
import { ImportDto, LedgerQuery } from './dto/exchange.dto.js';
import { ledgerFieldNames, ledgerFields, type LedgerFieldName } from './ledger-columns.js';
import { LedgerExportService } from './ledger-export.service.js';
import { LedgerImportService } from './ledger-import.service.js';

const fieldNames = ledgerFieldNames.map((field) => ('required' in ledgerFields[field] ? `**${field}**` : field)).join(', ');

@ApiTags('exchange')
@Controller('petitions')
export class ExchangeController {
  constructor(
    private readonly imports: LedgerImportService,
    private readonly exports: LedgerExportService,
  ) {}

  @Post('imports')
  @HttpCode(202)
  @Needs('petitions.import')
  @FileBody('ledger', ImportDto, {
    format: { type: 'string', enum: ['csv', 'xlsx', 'ndjson'], description: 'By the name of the file when left out' },
    dryRun: { type: 'boolean', description: 'Checks every row and enters none' },
    mapping: { type: 'string', description: `JSON object: field → column. Fields: ${fieldNames}` },
  })
  @ApiOperation({
    summary: 'Nhập sổ cũ – import an old ledger as a background job; dryRun=true first',
    description: `Rows with faults are left out and told by \`GET /jobs/{id}/faults\`; a row whose external reference is there already changes nothing. Fields: ${fieldNames}; usual Vietnamese headings are known.`,
  })
  @ApiResponse({ status: 202, type: JobResponse })
  @Problems('unsupported-media-type', 'payload-too-large', 'validation-failed')
  async import(@Uploaded() { file, fields }: Upload<ImportDto>, @Caller() by: Official): Promise<JobResponse> {
    const { format, dryRun, mapping } = fields;
    const order = { format: formatAsked(format, file.filename), dryRun: dryRun ?? false, mapping: readMapping(mapping) };
    return toJobResponse(await this.imports.start(file, order, by));
  }

  @Get('exports')
  @Needs('petitions.read')
  @ApiProduces(ledgerMediaTypes.xlsx, 'text/csv')
  @ApiOperation({ summary: 'Xuất sổ – the petition ledger, or that of receptions, as XLSX or CSV; with the filters of the list' })
  @ApiResponse({ status: 200, description: 'The file', schema: { type: 'string', format: 'binary' } })
  @Problems('validation-failed')
  async export(
    @Query() { format, ledger = 'petitions', unitId, includeSubordinates, ...filter }: LedgerQuery,
    @Caller() by: Official,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const order = { ledger, filter, ...(unitId && { unitId }), ...(includeSubordinates !== undefined && { includeSubordinates }) };
    const file = await (format === 'csv' ? this.exports.csv(order, by) : this.exports.xlsx(order, by));
    const name = ledger === 'reception' ? `so-tiep-cong-dan.${format}` : `so-tiep-nhan-don.${format}`;
    await reply
      .headers({
        'content-type': ledgerMediaTypes[format],
        'content-disposition': contentDisposition(name),
        'cache-control': 'private, no-store',
      })
      .send(file);
  }
}

function readMapping(text: string | null | undefined): Partial<Record<LedgerFieldName, string>> {
  if (!text) return {};
  const mapping = parseObject(text);
  for (const [field, column] of Object.entries(mapping))
    if (!(ledgerFieldNames as string[]).includes(field) || typeof column !== 'string')
      throw Problem.field('validation-failed', `/mapping/${field}`, 'unknown_field', {
        vi: `Cho phép: ${ledgerFieldNames.join(', ')}, mỗi trường là tên một cột.`,
        en: `Allowed: ${ledgerFieldNames.join(', ')}, each with the name of a column.`,
      });
  return mapping;
}

function parseObject(text: string): Record<string, string> {
  try {
    const value = JSON.parse(text) as unknown;
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, string>;
  } catch {
    // Answered like any other text that is no object.
  }
  throw Problem.field('validation-failed', '/mapping', 'json', { vi: 'Phải là một đối tượng JSON.', en: 'Must be a JSON object.' });
}
