import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { FileBody } from '../../platform/http/file-body.decorator.js';
import { ExpectedVersion, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { type Upload, Uploaded } from '../../platform/http/upload.js';
import { SignatoriesDto, SignatoryImportDto } from './dto/people.dto.js';
import { masked, SignatoriesResponse, SignatoryImportResponse } from './people.response.js';
import { type SignatoryList, SignatoriesService } from './signatories.service.js';

@ApiTags('people')
@Controller('petitions/:id/signatories')
export class SignatoriesController {
  constructor(private readonly signatories: SignatoriesService) {}

  @Get()
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Danh sách người ký – who signed, with the representatives; nobody is listed where the identity is secret' })
  @ApiResponse({ status: 200, type: SignatoriesResponse })
  @Problems('not-found')
  async list(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SignatoriesResponse> {
    return toSignatories(await this.signatories.list(id, by));
  }

  @Put()
  @Needs('signatories.list')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Ghi danh sách người ký – replace the list; at most 1,000, representatives by the rule of numbers' })
  @ApiResponse({ status: 200, type: SignatoriesResponse })
  @Problems('not-found', 'not-responsible', 'precondition-required', 'precondition-failed', 'validation-failed')
  async replace(
    @Param('id', IdPipe) id: string,
    @Body() { signatories }: SignatoriesDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
  ): Promise<SignatoriesResponse> {
    return toSignatories(await this.signatories.replace(id, signatories, expected, by));
  }

  @Post('imports')
  @HttpCode(200)
  @Needs('signatories.list')
  @FileBody(
    'table',
    SignatoryImportDto,
    { format: { type: 'string', enum: ['csv', 'xlsx'] }, dryRun: { type: 'boolean' } },
    { required: ['format'], file: 'Columns name, birth_year, national_id, address, representative' },
  )
  @ApiOperation({ summary: 'Nhập danh sách người ký – import the list from CSV or XLSX; dryRun=true first' })
  @ApiResponse({ status: 200, type: SignatoryImportResponse })
  @Problems(
    'not-found',
    'not-responsible',
    'unsupported-media-type',
    'payload-too-large',
    'validation-failed',
    'import-refused',
    'service-unavailable',
  )
  import(
    @Param('id', IdPipe) id: string,
    @Uploaded() { file, fields }: Upload<SignatoryImportDto>,
    @Caller() by: Official,
  ): Promise<SignatoryImportResponse> {
    return this.signatories.import(id, file.stream(), fields.format, fields.dryRun ?? false, by);
  }
}

function toSignatories({ items, ...list }: SignatoryList): SignatoriesResponse {
  return { ...list, items: items.map(masked) };
}
