import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { ExpectedVersion, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { PetitionResponse } from '../../petitions/petition.response.js';
import { PetitionView } from '../../petitions/petition.view.js';
import { type StepCall, StepCaller, StepDocs } from '../../petitions/step.decorators.js';
import { ApprovalDto, EligibilityDto, ProposalDto, ReferralDto, SendBackDto } from './dto/triage.dto.js';
import { EligibilityService } from './eligibility.service.js';
import { ProposalsService } from './proposals.service.js';
import { EligibilityResponse, ProposalsResponse } from './triage.response.js';

@ApiTags('triage')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Needs('petitions.act')
export class TriageController {
  constructor(
    private readonly eligibility: EligibilityService,
    private readonly proposals: ProposalsService,
    private readonly view: PetitionView,
  ) {}

  @Get('eligibility')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Điều kiện xử lý đơn – the checklist with its answers, and the outcome that it leads to with the reasons' })
  @ApiResponse({ status: 200, type: EligibilityResponse })
  @Problems('not-found')
  checklist(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<EligibilityResponse> {
    return this.eligibility.get(id, by);
  }

  @Put('eligibility')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Trả lời câu hỏi điều kiện – answer questions of the checklist; what is left out stays' })
  @ApiResponse({ status: 200, type: EligibilityResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'precondition-required', 'precondition-failed', 'validation-failed')
  answer(
    @Param('id', IdPipe) id: string,
    @Body() answers: EligibilityDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
  ): Promise<EligibilityResponse> {
    return this.eligibility.answer(id, answers, expected, by);
  }

  @Post('information-referral')
  @HttpCode(200)
  @StepDocs('Chuyển thông tin tố cáo – refer an anonymous denunciation that can be checked to the inspectorate', 200)
  async refer(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: ReferralDto): Promise<PetitionResponse> {
    return this.view.answer(await this.eligibility.refer(id, order, expected, by), reply);
  }

  @Post('proposals')
  @StepDocs('Đề xuất xử lý – propose an outcome to the leader, in units that work in two steps', 201)
  async propose(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: ProposalDto): Promise<PetitionResponse> {
    return this.view.answer(await this.proposals.propose(id, order, expected, by), reply);
  }

  @Get('proposals')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Các đề xuất – proposals with what the leader decided' })
  @ApiResponse({ status: 200, type: ProposalsResponse })
  @Problems('not-found')
  async list(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<ProposalsResponse> {
    return { items: await this.proposals.list(id, by) };
  }

  @Post('proposals/current/approval')
  @HttpCode(200)
  @StepDocs('Duyệt đề xuất – approve, as proposed or changed; the step is taken at once', 200)
  async approve(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: ApprovalDto): Promise<PetitionResponse> {
    return this.view.answer(await this.proposals.approve(id, order, expected, by), reply);
  }

  @Post('proposals/current/return')
  @HttpCode(200)
  @StepDocs('Trả lại đề xuất – send the proposal back with the reason', 200)
  async sendBack(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: SendBackDto): Promise<PetitionResponse> {
    return this.view.answer(await this.proposals.sendBack(id, order, expected, by), reply);
  }
}
