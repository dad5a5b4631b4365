import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../auth/access.decorators.js';
import type { Official } from '../auth/official.js';
import { Problems } from '../http/api-problems.js';
import { IdPipe } from '../http/id.pipe.js';
import { complexityCriteria } from '../rules/resolution/complexity.js';
import { ComplexityFindingAnswer, ComplexityFindingsAnswer } from './complexity.answer.js';
import { ComplexityService } from './complexity.service.js';
import { ComplexityFindingDto } from './dto/complexity.dto.js';
import type { PetitionAnswer } from './petition.answer.js';
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
  async find(@StepCaller() { id, expected, by, reply }: StepCall, @Body() finding: ComplexityFindingDto): Promise<PetitionAnswer> {
    return this.view.answer(await this.complexity.find(id, finding, expected, by), reply);
  }

  @Get()
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Các lần xác định phức tạp – findings with criteria, reason, who and when; the last one governs' })
  @ApiResponse({ status: 200, type: ComplexityFindingsAnswer })
  @Problems('not-found')
  async list(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<ComplexityFindingsAnswer> {
    return { items: (await this.complexity.list(id, by)).map(toAnswer) };
  }
}

function toAnswer({ criteria, ...finding }: ComplexityFindingRow): ComplexityFindingAnswer {
  return {
    ...finding,
    criteria: complexityCriteria.filter(({ id }) => criteria.includes(id)).map(({ id, title }) => ({ id, title })),
  };
}
