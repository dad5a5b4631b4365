import { Controller, Get, Param, ParseEnumPipe, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { toUnitReference } from '../../structure/units/unit.response.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { QualityPageResponse, QualitySummaryResponse, toQualityItem, toQualityRow } from './data-quality.response.js';
import { DataQualityService } from './data-quality.service.js';
import { QualityListQuery, QualitySummaryQuery } from './dto/data-quality.dto.js';
import { type QualityCheckCode, qualityCheckCodes } from './quality-checks.js';

const checkPipe = new ParseEnumPipe(Object.fromEntries(qualityCheckCodes.map((code) => [code, code])));

@ApiTags('data-quality')
@Controller('data-quality')
@Needs('petitions.read')
export class DataQualityController {
  constructor(
    private readonly quality: DataQualityService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @Needs('figures.read')
  @ApiOperation({ summary: 'Kiểm tra chất lượng dữ liệu – how many rows each check finds, by unit directly below, with the list behind' })
  @ApiResponse({ status: 200, type: QualitySummaryResponse })
  @Problems('not-found', 'validation-failed')
  async summary(@Query() query: QualitySummaryQuery, @Caller() by: Official): Promise<QualitySummaryResponse> {
    const { unit, from, to, rows } = await this.quality.summary(query, by);
    return { unit: toUnitReference(unit), from, to, rows: rows.map((row) => toQualityRow(row, { from, to })) };
  }

  @Get(':check')
  @ApiParam({ name: 'check', enum: qualityCheckCodes })
  @ApiOperation({ summary: 'Danh sách cần rà soát – what a check found, the latest first' })
  @ApiResponse({ status: 200, type: QualityPageResponse, headers: linkHeader })
  @Problems('malformed-request', 'validation-failed')
  async list(
    @Param('check', checkPipe) check: QualityCheckCode,
    @Query() query: QualityListQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QualityPageResponse> {
    const found = await this.quality.list(check, query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toQualityItem(row, this.units.structure)) };
  }
}
