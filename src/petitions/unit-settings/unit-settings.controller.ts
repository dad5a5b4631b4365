import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { UnitSettingsDto } from './dto/unit-settings.dto.js';
import { UnitSettingsResponse } from './unit-settings.response.js';
import { type UnitSettings, UnitSettingsService } from './unit-settings.service.js';

@ApiTags('units')
@Controller('units/:id/settings')
export class UnitSettingsController {
  constructor(private readonly settings: UnitSettingsService) {}

  @Get()
  @Needs('reference.read')
  @ApiOperation({ summary: 'Cấu hình đơn vị – how a unit works: triage in one step or in two, late publication of a schedule' })
  @ApiResponse({ status: 200, type: UnitSettingsResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<UnitSettingsResponse> {
    return answer(await this.settings.get(id), reply);
  }

  @Put()
  @Needs('unit_settings.keep')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Đặt cấu hình đơn vị – set how a unit works' })
  @ApiResponse({ status: 200, type: UnitSettingsResponse, headers: entityTagHeader })
  @Problems('not-found', 'precondition-required', 'precondition-failed', 'validation-failed')
  async replace(
    @Param('id', IdPipe) id: string,
    @Body() settings: UnitSettingsDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnitSettingsResponse> {
    return answer(await this.settings.replace(id, settings, expected, by), reply);
  }
}

function answer({ version, ...settings }: UnitSettings, reply: FastifyReply): UnitSettingsResponse {
  void reply.header('etag', entityTag(version));
  return settings;
}
