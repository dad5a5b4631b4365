import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { BacklogPlanResponse, toBacklogPlan } from './backlog.response.js';
import type { BacklogPlan } from './backlog.js';
import { BacklogPlansService } from './backlog-plans.service.js';
import { CommitmentDto, PlanDto, StepDoneDto } from './dto/backlog.dto.js';

/** What every change of a plan documents: its answer, and how it can be refused. */
function PlanStep(status: 200 | 201, summary: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiResponse({ status, type: BacklogPlanResponse, headers: entityTagHeader }),
    Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('backlog')
@Controller('petitions/:id/backlog-plan')
@Needs('backlog.plan')
export class BacklogPlansController {
  constructor(private readonly plans: BacklogPlansService) {}

  @Get()
  @Needs('backlog.read')
  @ApiOperation({
    summary: 'Kế hoạch giải quyết đơn tồn đọng – why a petition is late, who does what by when, what was promised and decided',
  })
  @ApiResponse({ status: 200, type: BacklogPlanResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BacklogPlanResponse> {
    return answer(await this.plans.get(id, by), reply);
  }

  @Put()
  @ApiHeader(ifMatchOptional)
  @PlanStep(200, 'Lập kế hoạch – cause and steps; what is done stays, what is to come is replaced')
  async plan(
    @Param('id', IdPipe) id: string,
    @Body() plan: PlanDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BacklogPlanResponse> {
    return answer(await this.plans.plan(id, plan, expected, by), reply);
  }

  @Post('steps/:stepId/completion')
  @HttpCode(200)
  @PlanStep(200, 'Hoàn thành một việc – a step of the plan is done')
  async complete(
    @Param('id', IdPipe) id: string,
    @Param('stepId', IdPipe) stepId: string,
    @Body() done: StepDoneDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BacklogPlanResponse> {
    return answer(await this.plans.complete(id, stepId, done, by), reply);
  }

  @Post('commitments')
  @Needs('backlog.commit')
  @PlanStep(201, 'Cam kết của người đứng đầu – the leader promises to settle it by a day; earlier promises stay to be seen')
  @Problems()
  async commit(
    @Param('id', IdPipe) id: string,
    @Body() commitment: CommitmentDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BacklogPlanResponse> {
    return answer(await this.plans.commit(id, commitment, by), reply);
  }
}

function answer(plan: BacklogPlan, reply: FastifyReply): BacklogPlanResponse {
  void reply.header('etag', entityTag(plan.version));
  return toBacklogPlan(plan);
}
