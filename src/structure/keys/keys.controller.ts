import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { JobResponse, toJobResponse } from '../jobs/jobs.response.js';
import { KeyRotationService } from './key-rotation.service.js';
import { KeysResponse, toKeys } from './keys.response.js';

@ApiTags('identity')
@Controller('keys')
@Needs('keys.keep')
export class KeysController {
  constructor(private readonly rotations: KeyRotationService) {}

  @Get()
  @ApiOperation({ summary: 'Khoá dữ liệu – versions of the data key, fields under each, and how far a rotation is' })
  @ApiResponse({ status: 200, type: KeysResponse })
  async list(): Promise<KeysResponse> {
    return toKeys(await this.rotations.uses(), await this.rotations.last());
  }

  @Post('rotations')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Xoay khoá – a new data key; everything sealed is sealed anew in the background',
    description: 'For administrators at the top of the structure. Data keys of before are wrapped anew under the current master key.',
  })
  @ApiResponse({ status: 202, type: JobResponse })
  @Problems('forbidden', 'conflict')
  async rotate(@Caller() by: Official): Promise<JobResponse> {
    return toJobResponse(await this.rotations.start(by));
  }
}
