import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { toUrgingResponse, UrgingResponse, UrgingPageResponse } from '../../routing/routing.response.js';
import { UrgingService } from '../../routing/urging.service.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import {
  EffectQuery,
  EscalatedQuery,
  HandlingDto,
  LetterDto,
  LettersQuery,
  ProposalsQuery,
  ProposedPetitionsQuery,
  UnansweredQuery,
  UrgingAnswerDto,
} from './dto/urging.dto.js';
import {
  ProposedPetitionPageResponse,
  toEffect,
  toLetter,
  toLetterItem,
  toProposal,
  toProposedPetition,
  UrgingEffectResponse,
  UrgingLetterResponse,
  UrgingLetterPageResponse,
  UrgingLettersResponse,
  UrgingProposalsResponse,
} from './urging.response.js';
import { UrgingEffectService } from './urging-effect.service.js';
import { UrgingLettersService } from './urging-letters.service.js';
import { UrgingProposalsService } from './urging-proposals.service.js';

@ApiTags('urging')
@Controller()
@Needs('petitions.read')
export class UrgingController {
  constructor(
    private readonly proposals: UrgingProposalsService,
    private readonly letters: UrgingLettersService,
    private readonly urging: UrgingService,
    private readonly effect: UrgingEffectService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('urging-proposals')
  @ApiOperation({ summary: 'Đề xuất đôn đốc – late work below you that nobody has urged lately, by unit' })
  @ApiResponse({ status: 200, type: UrgingProposalsResponse })
  @Problems('validation-failed')
  async byUnit(@Query() query: ProposalsQuery, @Caller() by: Official): Promise<UrgingProposalsResponse> {
    return { items: (await this.proposals.byUnit(query, by)).map(toProposal) };
  }

  @Get('urging-proposals/petitions')
  @ApiOperation({ summary: 'Đơn cần đôn đốc – the petitions behind the proposals, the oldest first' })
  @ApiResponse({ status: 200, type: ProposedPetitionPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async petitions(
    @Query() query: ProposedPetitionsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProposedPetitionPageResponse> {
    const found = await this.proposals.petitions(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toProposedPetition(row, this.units.structure)) };
  }

  @Get('urging-letters')
  @ApiOperation({ summary: 'Công văn đôn đốc – urging letters to and from your office, the latest first' })
  @ApiResponse({ status: 200, type: UrgingLetterPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: LettersQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UrgingLetterPageResponse> {
    const found = await this.letters.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toLetterItem(row, this.units.structure)) };
  }

  @Post('urging-letters')
  @Needs('urging.send')
  @ApiOperation({
    summary:
      'Gửi công văn đôn đốc – one letter to each unit, with its number and its paper, about late petitions or everything that is proposed',
    description:
      'Every petition is urged by it; it shows at the petition and in its history. Without an answer it goes to the next level (`escalateAfterDays` of the settings of the authority that urges).',
  })
  @ApiResponse({ status: 201, type: UrgingLettersResponse })
  @Problems('not-found', 'action-not-allowed', 'validation-failed', 'insufficient-storage')
  async send(@Body() order: LetterDto, @Caller() by: Official): Promise<UrgingLettersResponse> {
    return { items: (await this.letters.send(order, by)).map((letter) => toLetter(letter, this.units.structure)) };
  }

  @Get('urging-letters/:id')
  @ApiOperation({ summary: 'Một công văn đôn đốc – one letter with everything that it urges' })
  @ApiResponse({ status: 200, type: UrgingLetterResponse })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<UrgingLetterResponse> {
    return toLetter(await this.letters.get(id, by), this.units.structure);
  }

  @Post('urging-letters/:id/answer')
  @HttpCode(200)
  @Needs('urging.answer')
  @ApiOperation({ summary: 'Trả lời công văn đôn đốc – answer everything in a letter that is not answered yet' })
  @ApiResponse({ status: 200, type: UrgingLetterResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async answerLetter(
    @Param('id', IdPipe) id: string,
    @Body() answer: UrgingAnswerDto,
    @Caller() by: Official,
  ): Promise<UrgingLetterResponse> {
    return toLetter(await this.letters.answer(id, answer, by), this.units.structure);
  }

  @Get('urgings/escalated')
  @ApiOperation({ summary: 'Đôn đốc không được trả lời – urgings without an answer that your office is to take up, the latest first' })
  @ApiResponse({ status: 200, type: UrgingPageResponse, headers: linkHeader })
  @Problems('not-found', 'validation-failed')
  async escalated(
    @Query() query: EscalatedQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UrgingPageResponse> {
    const found = await this.urging.escalated(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toUrgingResponse(row, this.units.structure)) };
  }

  @Get('urgings/unanswered')
  @ApiOperation({ summary: 'Chưa trả lời đôn đốc – urgings whose answer is late, the latest first' })
  @ApiResponse({ status: 200, type: UrgingPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async unanswered(
    @Query() query: UnansweredQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UrgingPageResponse> {
    const found = await this.urging.unanswered(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toUrgingResponse(row, this.units.structure)) };
  }

  @Post('urgings/:id/answer')
  @HttpCode(200)
  @Needs('urging.answer')
  @ApiOperation({ summary: 'Trả lời đôn đốc – say what was done about one petition' })
  @ApiResponse({ status: 200, type: UrgingResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async answer(@Param('id', IdPipe) id: string, @Body() answer: UrgingAnswerDto, @Caller() by: Official): Promise<UrgingResponse> {
    const [answered] = await this.urging.answer([id], answer, by);
    return toUrgingResponse(answered!, this.units.structure);
  }

  @Post('urgings/:id/handling')
  @HttpCode(200)
  @Needs('urging.take_up')
  @ApiOperation({ summary: 'Cấp trên xử lý – what the next level does about an urging that nobody answered' })
  @ApiResponse({ status: 200, type: UrgingResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async handle(@Param('id', IdPipe) id: string, @Body() handling: HandlingDto, @Caller() by: Official): Promise<UrgingResponse> {
    return toUrgingResponse(await this.urging.handle(id, handling, by), this.units.structure);
  }

  @Get('urging-effect')
  @Needs('figures.read')
  @ApiOperation({
    summary: 'Hiệu quả đôn đốc – answered, settled within so many days, taken to the next level, by the unit that was urged',
  })
  @ApiResponse({ status: 200, type: UrgingEffectResponse })
  @Problems('not-found', 'validation-failed')
  async measure(@Query() query: EffectQuery, @Caller() by: Official): Promise<UrgingEffectResponse> {
    return toEffect(await this.effect.effectOf(query, by));
  }
}
