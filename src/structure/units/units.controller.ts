import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from '../../platform/access/access.decorators.js';
import { Problems } from '../../platform/http/api-problems.js';
import { FileBody } from '../../platform/http/file-body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkNext } from '../../platform/http/link.js';
import { type Upload, Uploaded } from '../../platform/http/upload.js';
import { AdministersAll } from './administers-all.guard.js';
import { DescendantsQuery, SuccessionImportDto, UnitImportDto, UnitsQuery, UnitTreeQuery } from './dto/units.dto.js';
import { ImportResponse } from './import/import.response.js';
import { UnitImportService } from './import/unit-import.service.js';
import { toUnitResponse, UnitResponse, UnitListResponse, UnitPageResponse } from './unit.response.js';
import { UnitsService } from './units.service.js';

const dryRunField = { dryRun: { type: 'boolean', example: true } } as const;

@ApiTags('units')
@Controller('units')
export class UnitsController {
  constructor(
    private readonly units: UnitsService,
    private readonly imports: UnitImportService,
  ) {}

  @Get()
  @Needs('reference.read')
  @ApiOperation({ summary: 'Danh sách đơn vị – units of all times, or of one day' })
  @ApiResponse({ status: 200, type: UnitPageResponse })
  @Problems('validation-failed')
  list(@Query() query: UnitsQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): UnitPageResponse {
    const found = this.units.list(query);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map(toUnitResponse) };
  }

  @Get(':id')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Một đơn vị – one unit with its period and successors' })
  @ApiResponse({ status: 200, type: UnitResponse })
  @Problems('not-found')
  get(@Param('id', IdPipe) id: string): UnitResponse {
    return toUnitResponse(this.units.get(id));
  }

  @Get(':id/ancestors')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Các cấp trên – superiors from the top down; with asOf those of that day' })
  @ApiResponse({ status: 200, type: UnitListResponse })
  @Problems('not-found', 'validation-failed')
  ancestors(@Param('id', IdPipe) id: string, @Query() { asOf }: UnitTreeQuery): UnitListResponse {
    return { items: this.units.ancestors(id, asOf).map(toUnitResponse) };
  }

  @Get(':id/descendants')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Các đơn vị trực thuộc – everything below, by code' })
  @ApiResponse({ status: 200, type: UnitPageResponse })
  @Problems('not-found', 'validation-failed')
  descendants(
    @Param('id', IdPipe) id: string,
    @Query() query: DescendantsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): UnitPageResponse {
    const found = this.units.descendants(id, query);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map(toUnitResponse) };
  }

  @Post('imports')
  @Needs('units.keep')
  @UseGuards(AdministersAll)
  @HttpCode(200)
  @FileBody(
    'table',
    UnitImportDto,
    { validFrom: { type: 'string', format: 'date', example: '2025-07-01' }, validTo: { type: 'string', format: 'date' }, ...dryRunField },
    { required: ['validFrom'] },
  )
  @ApiOperation({
    summary: 'Nhập cơ cấu đơn vị – import the units of one period from CSV',
    description:
      'Columns: `code,name,level,parent_code` and, if wanted, `kind,symbol`. Send `dryRun=true` first: it lists what would change.',
  })
  @ApiResponse({ status: 200, type: ImportResponse })
  @Problems('import-refused', 'validation-failed', 'unsupported-media-type', 'payload-too-large', 'service-unavailable')
  async importUnits(@Uploaded() { file, fields }: Upload<UnitImportDto>): Promise<ImportResponse> {
    return this.imports.importUnits(
      await file.whole(),
      { validFrom: fields.validFrom, validTo: fields.validTo ?? null },
      fields.dryRun ?? false,
    );
  }

  @Post('successions/imports')
  @Needs('units.keep')
  @UseGuards(AdministersAll)
  @HttpCode(200)
  @FileBody(
    'table',
    SuccessionImportDto,
    { succeededOn: { type: 'string', format: 'date', example: '2025-07-01' }, ...dryRunField },
    { required: ['succeededOn'] },
  )
  @ApiOperation({
    summary: 'Nhập quan hệ kế tiếp – import which units followed which',
    description: 'Columns: `old_code,new_code,portion` (`whole` or `part`) and, for readers, `old_name,old_district,new_name`.',
  })
  @ApiResponse({ status: 200, type: ImportResponse })
  @Problems('import-refused', 'validation-failed', 'unsupported-media-type', 'payload-too-large', 'service-unavailable')
  async importSuccessions(@Uploaded() { file, fields }: Upload<SuccessionImportDto>): Promise<ImportResponse> {
    return this.imports.importSuccessions(await file.whole(), fields.succeededOn, fields.dryRun ?? false);
  }
}
