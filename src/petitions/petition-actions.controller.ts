import {
  applyDecorators,
  Body,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  Param,
  Post,
  Put,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allows, Caller, callerOf } from '../auth/access.decorators.js';
import type { Official } from '../auth/official.js';
import { Problems } from '../http/api-problems.js';
import { entityTagHeader, ExpectedVersion, expectedVersion, ifMatchOptional, ifMatchRequired } from '../http/entity-tag.js';
import { IdPipe } from '../http/id.pipe.js';
import { Idempotent } from '../http/idempotent.decorator.js';
import { Problem } from '../problems/problem.js';
import {
  AcceptanceDto,
  AnswerDto,
  ClassificationDto,
  ClosureDto,
  ConclusionDto,
  DecisionDto,
  FilingAwayDto,
  GuidanceDto,
  RefusalDto,
  ReturnDto,
} from './dto/actions.dto.js';
import type { PetitionAction } from './lifecycle.js';
import { PetitionAnswer } from './petition.answer.js';
import { PetitionActionsService, type Step } from './petition-actions.service.js';
import { PetitionView } from './petition.view.js';

/** What every step documents: its answer, and how it can be refused. */
function StepDocs(summary: string, status: 200 | 201): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiHeader(ifMatchOptional),
    Idempotent(),
    ApiResponse({ status, type: PetitionAnswer, headers: entityTagHeader }),
    Problems(
      'not-found',
      'forbidden',
      'not-responsible',
      'action-not-allowed',
      'precondition-failed',
      'validation-failed',
      'idempotency-key-reused',
      'request-in-progress',
    ),
  );
}

/** What the request of every step carries beside its body. */
interface StepCall {
  id: string;
  /** Version that the caller last read; null when he does not say. */
  expected: number | null;
  by: Official;
  reply: FastifyReply;
}

const StepCaller = createParamDecorator((_data: unknown, context: ExecutionContext): StepCall => {
  const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
  return {
    id: new IdPipe().transform(request.params.id),
    expected: expectedVersion(request),
    by: callerOf(request),
    reply: context.switchToHttp().getResponse<FastifyReply>(),
  };
});

@ApiTags('petitions')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Allows('clerk', 'handler', 'leader', 'reception_board', 'inspector')
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
  @ApiResponse({ status: 200, type: PetitionAnswer, headers: entityTagHeader })
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
  ): Promise<PetitionAnswer> {
    if ((stated.stage || stated.competentUnitId) && !stated.reason) throw reasonNeeded();
    return this.view.answer(await this.actions.classify(id, { ...stated, on: classifiedOn }, expected, by), reply);
  }

  @Post('acceptance')
  @HttpCode(200)
  @StepDocs('Thụ lý – accept a petition within competence', 200)
  accept(@StepCaller() call: StepCall, @Body() { acceptedOn, documentNumber, reason }: AcceptanceDto): Promise<PetitionAnswer> {
    return this.take(call, 'accept', { on: acceptedOn, dayField: 'acceptedOn', reason, facts: { documentNumber } }, 'accepted_on');
  }

  @Post('refusal')
  @HttpCode(200)
  @StepDocs('Không thụ lý – refuse acceptance, with the ground', 200)
  refuse(@StepCaller() call: StepCall, @Body() { refusedOn, reason, ...facts }: RefusalDto): Promise<PetitionAnswer> {
    return this.take(call, 'refuse', { on: refusedOn, dayField: 'refusedOn', reason, facts }, 'refused_on');
  }

  @Post('guidance')
  @HttpCode(200)
  @StepDocs('Hướng dẫn – guide the petitioner to the competent authority, once', 200)
  async guide(
    @StepCaller() { id, expected, by, reply }: StepCall,
    @Body() { guidedOn, content, toUnitId, ...facts }: GuidanceDto,
  ): Promise<PetitionAnswer> {
    const step = { on: guidedOn, dayField: 'guidedOn', reason: content, toUnitId, facts };
    return this.view.answer(await this.actions.guide(id, step, expected, by), reply);
  }

  @Post('return')
  @HttpCode(200)
  @StepDocs('Trả đơn – return a petition that was forwarded wrongly', 200)
  return(@StepCaller() call: StepCall, @Body() { returnedOn, reason, ...facts }: ReturnDto): Promise<PetitionAnswer> {
    return this.take(call, 'return', { on: returnedOn, dayField: 'returnedOn', reason, facts });
  }

  @Post('filing-away')
  @HttpCode(200)
  @StepDocs('Lưu đơn – file away what is not to be handled', 200)
  fileAway(@StepCaller() call: StepCall, @Body() { filedAwayOn, reason, ...facts }: FilingAwayDto): Promise<PetitionAnswer> {
    return this.take(call, 'file_away', { on: filedAwayOn, dayField: 'filedAwayOn', reason, facts });
  }

  @Post('decisions')
  @StepDocs('Quyết định giải quyết khiếu nại – decide an accepted complaint', 201)
  decide(
    @StepCaller() call: StepCall,
    @Body() { decidedOn, content, receivedByPetitionerOn, ...facts }: DecisionDto,
  ): Promise<PetitionAnswer> {
    const columns = { decision_received_on: receivedByPetitionerOn ?? null, outcome: facts.result };
    return this.take(
      call,
      'decide',
      { on: decidedOn, dayField: 'decidedOn', reason: content, facts: { ...facts, receivedByPetitionerOn }, columns },
      'decided_on',
    );
  }

  @Post('conclusions')
  @StepDocs('Kết luận nội dung tố cáo – conclude an accepted denunciation', 201)
  conclude(@StepCaller() call: StepCall, @Body() { concludedOn, content, ...facts }: ConclusionDto): Promise<PetitionAnswer> {
    const columns = { outcome: facts.result };
    return this.take(call, 'conclude', { on: concludedOn, dayField: 'concludedOn', reason: content, facts, columns }, 'decided_on');
  }

  @Post('answers')
  @StepDocs('Trả lời kiến nghị, phản ánh – answer a recommendation or reflection', 201)
  answer(@StepCaller() call: StepCall, @Body() { answeredOn, content, ...facts }: AnswerDto): Promise<PetitionAnswer> {
    const columns = { outcome: facts.result };
    return this.take(call, 'answer', { on: answeredOn, dayField: 'answeredOn', reason: content, facts, columns }, 'decided_on');
  }

  @Post('closure')
  @HttpCode(200)
  @StepDocs('Kết thúc – close what is decided, concluded or answered', 200)
  close(@StepCaller() call: StepCall, @Body() { closedOn, reason }: ClosureDto): Promise<PetitionAnswer> {
    return this.take(call, 'close', { on: closedOn, dayField: 'closedOn', reason }, 'closed_on');
  }

  /** @param dayColumn column of the petition that keeps the day of the step */
  private async take(
    { id, expected, by, reply }: StepCall,
    action: PetitionAction,
    step: Step,
    dayColumn?: string,
  ): Promise<PetitionAnswer> {
    return this.view.answer(await this.actions.take(id, action, { ...step, dayColumn }, expected, by), reply);
  }
}

function reasonNeeded(): Problem {
  return Problem.field('validation-failed', '/reason', 'required', {
    vi: 'Cần nêu lý do khi ấn định lần giải quyết hoặc đơn vị có thẩm quyền khác với kết quả của hệ thống.',
    en: 'A reason is needed to state a stage or competent unit against what was found.',
  });
}
