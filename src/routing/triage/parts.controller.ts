import { Body, Controller, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTagHeader, ExpectedVersion, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { PetitionResponse } from '../../petitions/petition.response.js';
import { PetitionView } from '../../petitions/petition.view.js';
import { type StepCall, StepCaller, StepDocs } from '../../petitions/step.decorators.js';
import { PartsGuidanceDto, SplitDto } from './dto/triage.dto.js';
import { PartsService } from './parts.service.js';

@ApiTags('triage')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id/parts')
@Needs('petitions.act')
export class PartsController {
  constructor(
    private readonly parts: PartsService,
    private readonly view: PetitionView,
  ) {}

  @Put()
  @ApiHeader(ifMatchRequired)
  @ApiOperation({
    summary: 'Tách nội dung – split a petition with several matters; each part lives as a petition of its own',
    description:
      'Each part has its own kind, field, competence, case, limits and outcome. With a denunciation among them nobody is named in any.',
  })
  @ApiResponse({ status: 200, type: PetitionResponse, headers: entityTagHeader })
  @Problems(
    'not-found',
    'not-responsible',
    'action-not-allowed',
    'precondition-required',
    'precondition-failed',
    'validation-failed',
    'unit-not-valid',
  )
  async split(
    @Param('id', IdPipe) id: string,
    @Body() order: SplitDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionResponse> {
    return this.view.answer(await this.parts.split(id, order, expected, by), reply);
  }

  @Post('guidance')
  @HttpCode(200)
  @StepDocs('Hướng dẫn nhiều nội dung – guide every part that is not for this unit, each to its own authority', 200)
  async guide(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: PartsGuidanceDto): Promise<PetitionResponse> {
    return this.view.answer(await this.parts.guide(id, order, expected, by), reply);
  }
}
