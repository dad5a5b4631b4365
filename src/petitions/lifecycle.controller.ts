import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Needs } from '../auth/access.decorators.js';
import { LifecycleAnswer } from './lifecycle.answer.js';
import { lifecycle } from './lifecycle.view.js';

@ApiTags('petitions')
@Controller('lifecycle')
export class LifecycleController {
  @Get()
  @Needs('reference.read')
  @ApiOperation({
    summary: 'Vòng đời của đơn – states, and the steps between them with who may take them, fields, papers, limits and the law',
  })
  @ApiResponse({ status: 200, type: LifecycleAnswer })
  get(): LifecycleAnswer {
    return lifecycle;
  }
}
