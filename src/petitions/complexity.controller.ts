import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { Problems } from '../platform/http/api-problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { complexityCriteria } from '../rules/resolution/complexity.js';
import { ComplexityFindingResponse, ComplexityFindingsResponse } from './complexity.response.js';
import { ComplexityService } from './complexity.service.js';
import { ComplexityFindingDto } from './dto/complexity.dto.js';
import type { PetitionResponse } from './petition.response.js';
import type { ComplexityFindingRow } from './petition.queries.js';
import { PetitionView } from './petition.view.js';
import { type StepCall, StepCaller, StepDocs } from './step.decorators.js';

@ApiTags('petitions')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id/complexity-findings')
@Needs('petitions.act')
export class ComplexityController {
  constructor(
    private readonly complexity: ComplexityService,
    private readonly view: PetitionView,
  ) {}

  @Post()
  @StepDocs('Xác định vụ việc phức tạp – find a matter to be complex, by the criteria of the decree and with the reason', 201)
  async find(@StepCaller() { id, expected, by, reply }: StepCall, @Body() finding: ComplexityFindingDto): Promise<PetitionResponse> {
    return this.view.answer(await this.complexity.find(id, finding, expected, by), reply);
  }

  @Get()
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Các lần xác định phức tạp – findings with criteria, reason, who and when; the last one governs' })
  @ApiResponse({ status: 200, type: ComplexityFindingsResponse })
  @Problems('not-found')
  async list(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<ComplexityFindingsResponse> {
    return { items: (await this.complexity.list(id, by)).map(toResponse) };
  }
}

function toResponse({ criteria, ...finding }: ComplexityFindingRow): ComplexityFindingResponse {
  return {
    ...finding,
    criteria: complexityCriteria.filter(({ id }) => criteria.includes(id)).map(({ id, title }) => ({ id, title })),
  };
}
