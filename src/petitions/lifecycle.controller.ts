import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Needs } from '../platform/access/access.decorators.js';
import { LifecycleResponse } from './lifecycle.response.js';
import { lifecycle } from './lifecycle.view.js';

@ApiTags('petitions')
@Controller('lifecycle')
export class LifecycleController {
  @Get()
  @Needs('reference.read')
  @ApiOperation({
    summary: 'Vòng đời của đơn – states, and the steps between them with who may take them, fields, papers, limits and the law',
  })
  @ApiResponse({ status: 200, type: LifecycleResponse })
  get(): LifecycleResponse {
    return lifecycle;
  }
}
