import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import { Problems } from '../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../platform/http/entity-tag.js';
import { FileBody } from '../platform/http/file-body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../platform/http/link.js';
import { type Upload, Uploaded } from '../platform/http/upload.js';
import { checklistVersions } from '../rules/inspections/checklist.js';
import { scoreFormula } from '../rules/inspections/score.js';
import { toUnitReference } from '../structure/units/unit.response.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { ChecklistAnswersService } from './checklist-answers.service.js';
import { DrawsService } from './draws.service.js';
import {
  CancellationDto,
  ChecklistAnswersDto,
  DrawDto,
  DrawsQuery,
  InspectionDto,
  InspectionPlanDto,
  InspectionsQuery,
  PhotoDto,
  PlansQuery,
  StartDto,
  UninspectedQuery,
} from './dto/inspections.dto.js';
import type { Inspection } from './inspection.js';
import {
  AnswerOutcomesResponse,
  ChecklistsResponse,
  DrawResponse,
  DrawPageResponse,
  InspectedItemResponse,
  InspectionResponse,
  InspectionPageResponse,
  InspectionPlanResponse,
  InspectionPlanPageResponse,
  toChecklist,
  toDraw,
  toInspection,
  toInspectionItem,
  toItem,
  toOutcomes,
  toPlan,
  UninspectedListResponse,
} from './inspections.response.js';
import { InspectionsService } from './inspections.service.js';
import { InspectionPlansService } from './plans.service.js';

/** What every step of an inspection documents: its answer, and how it can be refused. */
function InspectionStep(summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, type: InspectionResponse, headers: entityTagHeader }),
    Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-failed', 'validation-failed'),
  );
}

const created = { Location: { schema: { type: 'string' as const } } };

@ApiTags('inspections')
@Controller()
@Needs('inspections.run')
export class InspectionsController {
  constructor(
    private readonly inspections: InspectionsService,
    private readonly checklistAnswers: ChecklistAnswersService,
    private readonly plans: InspectionPlansService,
    private readonly draws: DrawsService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('inspection-checklists')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Bảng kiểm – every version of the checklist with its items, what shows them and the law behind' })
  @ApiResponse({ status: 200, type: ChecklistsResponse })
  checklists(): ChecklistsResponse {
    return { items: checklistVersions.map(toChecklist), scoreFormula };
  }

  @Get('inspection-plans')
  @ApiOperation({ summary: 'Kế hoạch kiểm tra – plans of your authority, the latest first' })
  @ApiResponse({ status: 200, type: InspectionPlanPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async planList(
    @Query() query: PlansQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionPlanPageResponse> {
    const found = await this.plans.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((plan) => toPlan(plan, this.units.structure)) };
  }

  @Post('inspection-plans')
  @ApiOperation({ summary: 'Lập kế hoạch kiểm tra – for a year or a quarter: which unit, when' })
  @ApiResponse({ status: 201, type: InspectionPlanResponse, headers: created })
  @Problems('validation-failed')
  async makePlan(
    @Body() plan: InspectionPlanDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionPlanResponse> {
    const made = await this.plans.make(plan, by);
    void reply.header('location', `/api/v1/inspection-plans/${made.id}`);
    return toPlan(made, this.units.structure);
  }

  @Get('inspection-plans/:id')
  @ApiOperation({ summary: 'Một kế hoạch – one plan, and what was carried out of it' })
  @ApiResponse({ status: 200, type: InspectionPlanResponse })
  @Problems('not-found')
  async plan(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<InspectionPlanResponse> {
    return toPlan(await this.plans.get(id, by), this.units.structure);
  }

  @Get('inspection-draws')
  @ApiOperation({ summary: 'Các lần chọn ngẫu nhiên – draws of your authority with their seeds, the latest first' })
  @ApiResponse({ status: 200, type: DrawPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async drawList(
    @Query() query: DrawsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DrawPageResponse> {
    const found = await this.draws.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((made) => toDraw(made, this.units.structure)) };
  }

  @Post('inspection-draws')
  @ApiOperation({
    summary: 'Chọn ngẫu nhiên theo rủi ro – draw units for a surprise inspection, weighted by risk',
    description:
      'The answer has the seed and everybody who could be drawn with the facts that made the weight: whoever has them can repeat the draw. Every draw is kept, also one that nobody acted on.',
  })
  @ApiResponse({ status: 201, type: DrawResponse, headers: created })
  @Problems('validation-failed')
  async draw(@Body() order: DrawDto, @Caller() by: Official, @Res({ passthrough: true }) reply: FastifyReply): Promise<DrawResponse> {
    const made = await this.draws.draw(order, by);
    void reply.header('location', `/api/v1/inspection-draws/${made.id}`);
    return toDraw(made, this.units.structure);
  }

  @Get('inspection-draws/:id')
  @ApiOperation({ summary: 'Một lần chọn – one draw' })
  @ApiResponse({ status: 200, type: DrawResponse })
  @Problems('not-found')
  async oneDraw(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<DrawResponse> {
    return toDraw(await this.draws.get(id, by), this.units.structure);
  }

  @Get('inspections')
  @Needs('inspections.read')
  @ApiOperation({ summary: 'Các cuộc kiểm tra – inspections that you may know of, the latest first' })
  @ApiResponse({ status: 200, type: InspectionPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: InspectionsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionPageResponse> {
    const found = await this.inspections.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toInspectionItem(row, this.units.structure)) };
  }

  @Post('inspections')
  @ApiOperation({
    summary: 'Quyết định kiểm tra – order an inspection of a unit below: decision, team, term',
    description:
      'One by surprise is seen by nobody at the inspected unit before it starts. A member who belongs to that unit, or receives for it, is refused.',
  })
  @ApiResponse({ status: 201, type: InspectionResponse, headers: { ...created, ...entityTagHeader } })
  @Problems('validation-failed', 'unit-not-valid')
  async order(
    @Body() order: InspectionDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionResponse> {
    const inspection = await this.inspections.order(order, by);
    void reply.header('location', `/api/v1/inspections/${inspection.id}`);
    return this.answer(inspection, reply);
  }

  @Get('inspections/uninspected')
  @Needs('figures.read')
  @ApiOperation({
    summary:
      'Chưa được kiểm tra – units below you that were not inspected within two years; the heads whose responsibility was not within five',
  })
  @ApiResponse({ status: 200, type: UninspectedListResponse })
  @Problems('validation-failed')
  async uninspected(@Query() query: UninspectedQuery, @Caller() by: Official): Promise<UninspectedListResponse> {
    const found = await this.inspections.uninspected(query, by);
    return { items: found.map(({ unit, lastOn }) => ({ unit: toUnitReference(unit), lastOn })) };
  }

  @Get('inspections/:id')
  @Needs('inspections.read')
  @ApiOperation({ summary: 'Một cuộc kiểm tra – one inspection with its checklist: what the system says, what the inspector found' })
  @ApiResponse({ status: 200, type: InspectionResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionResponse> {
    return this.answer(await this.inspections.get(id, by), reply);
  }

  @Post('inspections/:id/start')
  @HttpCode(200)
  @InspectionStep('Bắt đầu – the inspected unit sees it from now on; what the system says is written down')
  async start(
    @Param('id', IdPipe) id: string,
    @Body() { startedOn = today() }: StartDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionResponse> {
    return this.answer(await this.inspections.start(id, startedOn, expected, by), reply);
  }

  @Post('inspections/:id/cancellation')
  @HttpCode(200)
  @InspectionStep('Huỷ – it does not take place')
  async cancel(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: CancellationDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionResponse> {
    return this.answer(await this.inspections.cancel(id, reason, expected, by), reply);
  }

  @Post('inspections/:id/answers')
  @HttpCode(200)
  @Needs('inspections.answer')
  @ApiOperation({
    summary: 'Ghi kết quả bảng kiểm – answer one item or a whole checklist in one call, also after working without a network',
    description:
      'Each answer is judged for itself: written, unchanged, or in conflict with what somebody else has answered since `baseVersion`. Sending the same again changes nothing.',
  })
  @ApiResponse({ status: 200, type: AnswerOutcomesResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async answerItems(
    @Param('id', IdPipe) id: string,
    @Body() { items }: ChecklistAnswersDto,
    @Caller() by: Official,
  ): Promise<AnswerOutcomesResponse> {
    return toOutcomes(await this.checklistAnswers.answer(id, items, by));
  }

  @Post('inspections/:id/photos')
  @HttpCode(200)
  @Needs('inspections.answer')
  @FileBody(
    'attachment',
    PhotoDto,
    {
      code: { type: 'string', example: 'A1', description: 'Item of the checklist' },
      clientKey: {
        type: 'string',
        example: 'IMG_20261118_0812',
        description: 'How the device calls the photo: sent again it is the same one',
      },
    },
    { required: ['code', 'clientKey'] },
  )
  @ApiOperation({ summary: 'Ảnh – keep a photo of an item; sent again under the same name it is the same photo' })
  @ApiResponse({ status: 200, type: InspectedItemResponse })
  @Problems(
    'not-found',
    'not-responsible',
    'action-not-allowed',
    'unsupported-media-type',
    'payload-too-large',
    'validation-failed',
    'infected-file',
    'service-unavailable',
  )
  async photograph(
    @Param('id', IdPipe) id: string,
    @Uploaded() { file, fields }: Upload<PhotoDto>,
    @Caller() by: Official,
  ): Promise<InspectedItemResponse> {
    return toItem(await this.checklistAnswers.photograph(id, fields, file, by));
  }

  private answer(inspection: Inspection, reply: FastifyReply): InspectionResponse {
    void reply.header('etag', entityTag(inspection.version));
    return toInspection(inspection, this.units.structure);
  }
}
