import { applyDecorators, Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { DocumentResponse, toDocument } from '../../petitions/documents/documents.response.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import {
  ClosingDto,
  DelegationDto,
  HandOverDto,
  HeadDaysQuery,
  ObstaclesQuery,
  OpeningDto,
  PostponementDto,
  SessionDto,
  SessionPaperDto,
  SessionPatchDto,
  SessionReasonDto,
  SessionsQuery,
  TaskCompletionDto,
  TaskDto,
  TasksQuery,
} from './dto/sessions.dto.js';
import { sessionExamples } from './dto/sessions.examples.js';
import { HeadDaysService } from './head-days.service.js';
import { ObstaclesService } from './obstacles.service.js';
import { PlanningService } from './planning.service.js';
import type { SessionRow } from './session.js';
import { SessionPapersService } from './session-papers.service.js';
import {
  HeadDaysListResponse,
  ObstacleListResponse,
  ReceptionSessionResponse,
  SessionChangesResponse,
  SessionPageResponse,
  TaskResponse,
  TaskListResponse,
  TaskPageResponse,
  toChange,
  toHeadDays,
  toObstacle,
  toSession,
  toSessionItem,
  toTask,
} from './sessions.response.js';
import { SessionsService } from './sessions.service.js';
import { TasksService } from './tasks.service.js';

/** What every step of a session documents: its answer, and how it can be refused. */
function SessionStep(summary: string, description?: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary, ...(description && { description }) }),
    ApiResponse({ status: 200, type: ReceptionSessionResponse, headers: entityTagHeader }),
    Problems(
      'not-found',
      'not-responsible',
      'action-not-allowed',
      'conflict',
      'precondition-failed',
      'validation-failed',
      'unit-not-valid',
      'rule-not-applicable',
    ),
  );
}

@ApiTags('reception')
@Controller()
@Needs('reception.schedule')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly planning: PlanningService,
    private readonly tasks: TasksService,
    private readonly obstacles: ObstaclesService,
    private readonly headDays: HeadDaysService,
    private readonly papers: SessionPapersService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('reception-head-days')
  @Needs('figures.read')
  @ApiOperation({
    summary: 'Kiểm tra ngày tiếp của người đứng đầu – whether heads receive as often as the law asks',
    description:
      'Month by month or week by week, by the version of the law in force: days required, planned, held in person, delegated (which does not count), postponed and made up, missed, held without visitors and minuted – each with its dates.',
  })
  @ApiResponse({ status: 200, type: HeadDaysListResponse })
  @Problems('validation-failed')
  async checkHeadDays(@Query() query: HeadDaysQuery, @Caller() by: Official): Promise<HeadDaysListResponse> {
    const checked = await this.headDays.check(query, by);
    return { from: query.from, to: query.to, items: checked.map(toHeadDays) };
  }

  @Get('reception-sessions')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Buổi tiếp công dân – sessions in your scope, in the order of their days' })
  @ApiResponse({ status: 200, type: SessionPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: SessionsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionPageResponse> {
    const found = await this.sessions.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toSessionItem(row, this.units.structure)) };
  }

  @Post('reception-sessions')
  @ApiBody({ type: SessionDto, examples: sessionExamples })
  @ApiOperation({
    summary: 'Lập buổi tiếp – plan one session: regular, a day of the head, at once, or by video',
    description:
      'A day of the head is told to everybody at once, and must lie five working days ahead. Nobody sits in two places, and no room is used twice.',
  })
  @ApiResponse({ status: 201, type: ReceptionSessionResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('not-responsible', 'validation-failed', 'unit-not-valid', 'rule-not-applicable', 'conflict')
  async plan(
    @Body() order: SessionDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceptionSessionResponse> {
    const session = await this.planning.plan(order, by);
    void reply.header('location', `/api/v1/reception-sessions/${session.id}`);
    return this.answer(session, reply);
  }

  @Get('reception-sessions/obstacles')
  @Needs('reception.read')
  @ApiOperation({
    summary: 'Buổi tiếp vướng lịch – planned sessions that cannot be held as they stand',
    description: 'A day that became a holiday after the publication (with a new day proposed), a unit that ended, an office that closed.',
  })
  @ApiResponse({ status: 200, type: ObstacleListResponse })
  @Problems('validation-failed')
  async listObstacles(@Query() query: ObstaclesQuery, @Caller() by: Official): Promise<ObstacleListResponse> {
    const found = await this.obstacles.list(query, by);
    return { items: found.map((obstacle) => toObstacle(obstacle, this.units.structure)) };
  }

  @Get('reception-sessions/:id')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Một buổi tiếp – one session with its minutes and conclusion' })
  @ApiResponse({ status: 200, type: ReceptionSessionResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceptionSessionResponse> {
    return this.answer(await this.sessions.get(id, by), reply);
  }

  @Patch('reception-sessions/:id')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Sửa buổi tiếp – change hour, rooms, head or slots of a planned session, with the reason' })
  @ApiResponse({ status: 200, type: ReceptionSessionResponse, headers: entityTagHeader })
  @Problems(
    'not-found',
    'not-responsible',
    'action-not-allowed',
    'conflict',
    'precondition-required',
    'precondition-failed',
    'validation-failed',
    'unit-not-valid',
  )
  async change(
    @Param('id', IdPipe) id: string,
    @Body() order: SessionPatchDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceptionSessionResponse> {
    return this.answer(await this.planning.change(id, order, expected, by), reply);
  }

  @Get('reception-sessions/:id/changes')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Thay đổi của buổi tiếp – what changed since it was planned, each with its reason' })
  @ApiResponse({ status: 200, type: SessionChangesResponse })
  @Problems('not-found')
  async changes(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SessionChangesResponse> {
    return { items: (await this.sessions.changes(id, by)).map(toChange) };
  }

  @Post('reception-sessions/:id/postponement')
  @HttpCode(200)
  @SessionStep(
    'Hoãn buổi tiếp – move it to another day; appointments stay with it',
    'The new day and the reason are told in the public calendar.',
  )
  async postpone(
    @Param('id', IdPipe) id: string,
    @Body() order: PostponementDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceptionSessionResponse> {
    return this.answer(await this.planning.postpone(id, order, expected, by), reply);
  }

  @Post('reception-sessions/:id/delegation')
  @HttpCode(200)
  @SessionStep('Uỷ quyền tiếp – somebody else will hold it', 'Counted apart: it does not fulfil the duty of the head.')
  async delegate(
    @Param('id', IdPipe) id: string,
    @Body() order: DelegationDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceptionSessionResponse> {
    return this.answer(await this.planning.delegate(id, order, expected, by), reply);
  }

  @Post('reception-sessions/:id/delegation-withdrawal')
  @HttpCode(200)
  @SessionStep('Thôi uỷ quyền – the head holds it after all')
  async takeBack(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: SessionReasonDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceptionSessionResponse> {
    return this.answer(await this.planning.takeBack(id, reason, expected, by), reply);
  }

  @Post('reception-sessions/:id/cancellation')
  @HttpCode(200)
  @SessionStep('Huỷ buổi tiếp – cancel it; its appointments end with it')
  async cancel(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: SessionReasonDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceptionSessionResponse> {
    return this.answer(await this.planning.cancel(id, reason, expected, by), reply);
  }

  @Post('reception-sessions/:id/handover')
  @HttpCode(200)
  @SessionStep('Bàn giao buổi tiếp – to the unit that receives now, after a reorganisation')
  async handOver(
    @Param('id', IdPipe) id: string,
    @Body() order: HandOverDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceptionSessionResponse> {
    return this.answer(await this.planning.handOver(id, order, expected, by), reply);
  }

  @Post('reception-sessions/:id/opening')
  @Needs('reception.receive')
  @HttpCode(200)
  @SessionStep('Mở buổi tiếp – open it on its day, by the head or a delegate')
  async open(
    @Param('id', IdPipe) id: string,
    @Body() opening: OpeningDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceptionSessionResponse> {
    return this.answer(await this.sessions.open(id, opening, expected, by), reply);
  }

  @Post('reception-sessions/:id/closing')
  @Needs('reception.receive')
  @HttpCode(200)
  @SessionStep('Kết thúc buổi tiếp – close it with minutes and conclusion, or with the minutes that nobody came')
  async close(
    @Param('id', IdPipe) id: string,
    @Body() closing: ClosingDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceptionSessionResponse> {
    return this.answer(await this.sessions.close(id, closing, expected, by), reply);
  }

  @Post('reception-sessions/:id/documents')
  @Needs('reception.receive')
  @ApiOperation({
    summary: 'Lập văn bản của buổi tiếp – the minutes that nobody came, the notice of a change, or of the conclusion with its tasks',
  })
  @ApiResponse({ status: 201, type: DocumentResponse })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'template-refused', 'insufficient-storage')
  async make(@Param('id', IdPipe) id: string, @Body() order: SessionPaperDto, @Caller() by: Official): Promise<DocumentResponse> {
    return toDocument(await this.papers.make(id, order, by), this.units.structure);
  }

  @Get('reception-sessions/:id/tasks')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Việc được giao tại buổi tiếp – tasks of a session' })
  @ApiResponse({ status: 200, type: TaskListResponse })
  @Problems('not-found')
  async tasksOf(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<TaskListResponse> {
    return { items: (await this.tasks.ofSession(id, by)).map((task) => toTask(task, this.units.structure)) };
  }

  @Post('reception-sessions/:id/tasks')
  @Needs('reception.receive')
  @ApiOperation({ summary: 'Giao việc – what the head concluded: who does what until when' })
  @ApiResponse({ status: 201, type: TaskResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed', 'unit-not-valid')
  async assign(@Param('id', IdPipe) id: string, @Body() order: TaskDto, @Caller() by: Official): Promise<TaskResponse> {
    return toTask(await this.tasks.assign(id, order, by), this.units.structure);
  }

  @Get('reception-tasks')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Việc được giao – tasks of the units in your scope, the first due first' })
  @ApiResponse({ status: 200, type: TaskPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async listTasks(
    @Query() query: TasksQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TaskPageResponse> {
    const found = await this.tasks.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((task) => toTask(task, this.units.structure)) };
  }

  @Post('reception-tasks/:id/completion')
  @Needs('reception.receive')
  @HttpCode(200)
  @ApiHeader(ifMatchOptional)
  @ApiOperation({ summary: 'Hoàn thành việc – a task is done' })
  @ApiResponse({ status: 200, type: TaskResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed')
  async complete(
    @Param('id', IdPipe) id: string,
    @Body() completion: TaskCompletionDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TaskResponse> {
    const task = await this.tasks.complete(id, completion, expected, by);
    void reply.header('etag', entityTag(task.version));
    return toTask(task, this.units.structure);
  }

  private answer(session: SessionRow, reply: FastifyReply): ReceptionSessionResponse {
    void reply.header('etag', entityTag(session.version));
    return toSession(session, this.units.structure);
  }
}
