import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { type StepCall, StepCaller, StepDocs } from '../step.decorators.js';
import { LaterObligationDto, PerformanceDto } from './dto/resolution.dto.js';
import { EnforcementService, performedOf } from './enforcement.service.js';
import { ObligationResponse, ObligationsResponse } from './resolution.response.js';
import type { ObligationRow } from './resolution.queries.js';

@ApiTags('resolution')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Needs('petitions.act')
export class EnforcementController {
  constructor(private readonly enforcement: EnforcementService) {}

  @Post('obligations')
  @StepDocs('Nghĩa vụ thi hành – add what a decision or conclusion obliges to', 201, ObligationResponse)
  async oblige(
    @StepCaller() { id, expected, by }: StepCall,
    @Body() { recordedOn, ...order }: LaterObligationDto,
  ): Promise<ObligationResponse> {
    return toResponse(await this.enforcement.oblige(id, order, recordedOn ?? null, expected, by));
  }

  @Get('obligations')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Thi hành – what is owed, done, by when and by whom' })
  @ApiResponse({ status: 200, type: ObligationsResponse })
  @Problems('not-found')
  async list(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<ObligationsResponse> {
    return { items: (await this.enforcement.list(id, by)).map(toResponse) };
  }

  @Post('obligations/:obligationId/performances')
  @StepDocs('Kết quả thi hành – record what was carried out, in full or in part', 201, ObligationResponse)
  async perform(
    @StepCaller() { id, expected, by }: StepCall,
    @Param('obligationId', IdPipe) obligationId: string,
    @Body() order: PerformanceDto,
  ): Promise<ObligationResponse> {
    return toResponse(await this.enforcement.perform(id, obligationId, order, expected, by));
  }
}

function toResponse(row: ObligationRow): ObligationResponse {
  return { ...row, performed: performedOf(row) };
}
