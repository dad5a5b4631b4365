import { Body, Controller, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { Problems } from '../platform/http/api-problems.js';
import { entityTagHeader, ExpectedVersion, ifMatchRequired } from '../platform/http/entity-tag.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { Problem } from '../platform/problems/problem.js';
import { AcceptanceDto, ClassificationDto, FilingAwayDto, GuidanceDto, RefusalDto, ReturnDto } from './dto/actions.dto.js';
import type { PetitionAction } from './transition.js';
import { PetitionResponse } from './petition.response.js';
import { PetitionActionsService, type Step } from './petition-actions.service.js';
import { PetitionView } from './petition.view.js';
import { type StepCall, StepCaller, StepDocs } from './step.decorators.js';

@ApiTags('petitions')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Needs('petitions.act')
export class PetitionActionsController {
  constructor(
    private readonly actions: PetitionActionsService,
    private readonly view: PetitionView,
  ) {}

  @Put('classification')
  @ApiBody({
    type: ClassificationDto,
    examples: {
      field: { summary: 'Bổ sung lĩnh vực – add the field', value: { fieldCode: 'land_housing', reason: 'Phân loại theo nội dung đơn' } },
    },
  })
  @ApiHeader(ifMatchRequired)
  @ApiOperation({
    summary: 'Phân loại đơn – classify, or correct the classification',
    description: 'What is left out stays. Competence, stage, flags, outcome and first limits are found anew.',
  })
  @ApiResponse({ status: 200, type: PetitionResponse, headers: entityTagHeader })
  @Problems(
    'not-found',
    'forbidden',
    'not-responsible',
    'action-not-allowed',
    'precondition-required',
    'precondition-failed',
    'validation-failed',
    'unit-not-valid',
  )
  async classify(
    @Param('id', IdPipe) id: string,
    @Body() { classifiedOn, ...stated }: ClassificationDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionResponse> {
    if ((stated.stage || stated.competentUnitId) && !stated.reason) throw reasonNeeded();
    return this.view.answer(await this.actions.classify(id, { ...stated, on: classifiedOn }, expected, by), reply);
  }

  @Post('acceptance')
  @HttpCode(200)
  @StepDocs('Thụ lý – accept a petition within competence', 200)
  accept(
    @StepCaller() call: StepCall,
    @Body() { acceptedOn, documentNumber, reason, overrideReason }: AcceptanceDto,
  ): Promise<PetitionResponse> {
    const step = { on: acceptedOn, dayField: 'acceptedOn', reason, overrideReason, facts: { documentNumber } };
    return this.take(call, 'accept', step, 'accepted_on');
  }

  @Post('refusal')
  @HttpCode(200)
  @StepDocs('Không thụ lý – refuse acceptance, with the ground', 200)
  refuse(@StepCaller() call: StepCall, @Body() { refusedOn, reason, ...facts }: RefusalDto): Promise<PetitionResponse> {
    return this.take(call, 'refuse', { on: refusedOn, dayField: 'refusedOn', reason, facts }, 'refused_on');
  }

  @Post('guidance')
  @HttpCode(200)
  @StepDocs('Hướng dẫn – guide the petitioner to the competent authority, once', 200)
  async guide(
    @StepCaller() { id, expected, by, reply }: StepCall,
    @Body() { guidedOn, content, toUnitId, overrideReason, ...facts }: GuidanceDto,
  ): Promise<PetitionResponse> {
    const step = { on: guidedOn, dayField: 'guidedOn', reason: content, toUnitId, overrideReason, facts };
    return this.view.answer(await this.actions.guide(id, step, expected, by), reply);
  }

  @Post('return')
  @HttpCode(200)
  @StepDocs('Trả đơn – return a petition that was forwarded wrongly', 200)
  return(@StepCaller() call: StepCall, @Body() { returnedOn, reason, ...facts }: ReturnDto): Promise<PetitionResponse> {
    return this.take(call, 'return', { on: returnedOn, dayField: 'returnedOn', reason, facts });
  }

  @Post('filing-away')
  @HttpCode(200)
  @StepDocs('Lưu đơn – file away what is not to be handled', 200)
  fileAway(@StepCaller() call: StepCall, @Body() { filedAwayOn, reason, ...facts }: FilingAwayDto): Promise<PetitionResponse> {
    return this.take(call, 'file_away', { on: filedAwayOn, dayField: 'filedAwayOn', reason, facts });
  }

  /** @param dayColumn column of the petition that keeps the day of the step */
  private async take(
    { id, expected, by, reply }: StepCall,
    action: PetitionAction,
    step: Step,
    dayColumn?: string,
  ): Promise<PetitionResponse> {
    return this.view.answer(await this.actions.take(id, action, { ...step, dayColumn }, expected, by), reply);
  }
}

function reasonNeeded(): Problem {
  return Problem.field('validation-failed', '/reason', 'required', {
    vi: 'Cần nêu lý do khi ấn định lần giải quyết hoặc đơn vị có thẩm quyền khác với kết quả của hệ thống.',
    en: 'A reason is needed to state a stage or competent unit against what was found.',
  });
}
