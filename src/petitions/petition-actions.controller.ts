import { applyDecorators, Body, Controller, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allows, Caller } from '../auth/access.decorators.js';
import type { Official } from '../auth/official.js';
import { Problems } from '../http/api-problems.js';
import { entityTagHeader, ExpectedVersion, ifMatchOptional, ifMatchRequired } from '../http/entity-tag.js';
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
    HttpCode(status),
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

@ApiTags('petitions')
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
  @StepDocs('Thụ lý – accept a petition within competence', 200)
  accept(
    @Param('id', IdPipe) id: string,
    @Body() { acceptedOn, documentNumber, reason }: AcceptanceDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    return this.take(
      id,
      'accept',
      { on: acceptedOn, dayField: 'acceptedOn', reason, facts: { documentNumber } },
      expected,
      by,
      reply,
      'accepted_on',
    );
  }

  @Post('refusal')
  @StepDocs('Không thụ lý – refuse acceptance, with the ground', 200)
  refuse(
    @Param('id', IdPipe) id: string,
    @Body() { refusedOn, reason, ...facts }: RefusalDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    return this.take(id, 'refuse', { on: refusedOn, dayField: 'refusedOn', reason, facts }, expected, by, reply, 'refused_on');
  }

  @Post('guidance')
  @StepDocs('Hướng dẫn – guide the petitioner to the competent authority, once', 200)
  guide(
    @Param('id', IdPipe) id: string,
    @Body() { guidedOn, content, ...facts }: GuidanceDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    return this.take(id, 'guide', { on: guidedOn, dayField: 'guidedOn', reason: content, facts }, expected, by, reply);
  }

  @Post('return')
  @StepDocs('Trả đơn – return a petition that was forwarded wrongly', 200)
  return(
    @Param('id', IdPipe) id: string,
    @Body() { returnedOn, reason, ...facts }: ReturnDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    return this.take(id, 'return', { on: returnedOn, dayField: 'returnedOn', reason, facts }, expected, by, reply);
  }

  @Post('filing-away')
  @StepDocs('Lưu đơn – file away what is not to be handled', 200)
  fileAway(
    @Param('id', IdPipe) id: string,
    @Body() { filedAwayOn, reason, ...facts }: FilingAwayDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    return this.take(id, 'file_away', { on: filedAwayOn, dayField: 'filedAwayOn', reason, facts }, expected, by, reply);
  }

  @Post('decisions')
  @StepDocs('Quyết định giải quyết khiếu nại – decide an accepted complaint', 201)
  decide(
    @Param('id', IdPipe) id: string,
    @Body() { decidedOn, content, receivedByPetitionerOn, ...facts }: DecisionDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    const columns = { decision_received_on: receivedByPetitionerOn ?? null, outcome: facts.result };
    return this.take(
      id,
      'decide',
      { on: decidedOn, dayField: 'decidedOn', reason: content, facts: { ...facts, receivedByPetitionerOn }, columns },
      expected,
      by,
      reply,
      'decided_on',
    );
  }

  @Post('conclusions')
  @StepDocs('Kết luận nội dung tố cáo – conclude an accepted denunciation', 201)
  conclude(
    @Param('id', IdPipe) id: string,
    @Body() { concludedOn, content, ...facts }: ConclusionDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    const columns = { outcome: facts.result };
    return this.take(
      id,
      'conclude',
      { on: concludedOn, dayField: 'concludedOn', reason: content, facts, columns },
      expected,
      by,
      reply,
      'decided_on',
    );
  }

  @Post('answers')
  @StepDocs('Trả lời kiến nghị, phản ánh – answer a recommendation or reflection', 201)
  answer(
    @Param('id', IdPipe) id: string,
    @Body() { answeredOn, content, ...facts }: AnswerDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    const columns = { outcome: facts.result };
    return this.take(
      id,
      'answer',
      { on: answeredOn, dayField: 'answeredOn', reason: content, facts, columns },
      expected,
      by,
      reply,
      'decided_on',
    );
  }

  @Post('closure')
  @StepDocs('Kết thúc – close what is decided, concluded or answered', 200)
  close(
    @Param('id', IdPipe) id: string,
    @Body() { closedOn, reason }: ClosureDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    return this.take(id, 'close', { on: closedOn, dayField: 'closedOn', reason }, expected, by, reply, 'closed_on');
  }

  /** @param dayColumn column of the petition that keeps the day of the step */
  private async take(
    id: string,
    action: PetitionAction,
    step: Step,
    expected: number | null,
    by: Official,
    reply: FastifyReply,
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
