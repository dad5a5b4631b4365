import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../platform/access/access.decorators.js';
import type { Official } from '../platform/access/official.js';
import { Problems } from '../platform/http/api-problems.js';
import { entityTagHeader } from '../platform/http/entity-tag.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../platform/http/link.js';
import { FilePetitionDto, PetitionsQuery } from './dto/petition.dto.js';
import { petitionExamples } from './dto/petition.examples.js';
import { toNewPetition } from './dto/to-new-petition.js';
import {
  FiledPetitionResponse,
  HistoryResponse,
  OpenActionsResponse,
  PetitionResponse,
  PetitionPageResponse,
} from './petition.response.js';
import { DuplicatesService } from './duplicates/duplicates.service.js';
import { PetitionActionsService } from './petition-actions.service.js';
import { OpenToDenounced } from './identity/denounced.guard.js';
import { PetitionsService } from './petitions.service.js';
import { PetitionView, toDuplicateCandidate, toHistory, toOpenActions, toPetitionItem } from './petition.view.js';

@ApiTags('petitions')
@Controller('petitions')
@Needs('petitions.read')
export class PetitionsController {
  constructor(
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly duplicates: DuplicatesService,
    private readonly view: PetitionView,
  ) {}

  @Post()
  @Needs('petitions.file')
  @ApiBody({ type: FilePetitionDto, examples: petitionExamples })
  @ApiOperation({
    summary: 'Nhận đơn – enter a petition into the ledger of your unit',
    description:
      'Answers its number, who is competent, flags with the law behind them, the recommended outcome, the first limits, and petitions that may be the same.',
  })
  @ApiResponse({
    status: 201,
    type: FiledPetitionResponse,
    headers: { Location: { schema: { type: 'string', format: 'uri-reference' } }, ...entityTagHeader },
  })
  @Problems('validation-failed', 'unit-not-valid', 'rule-not-applicable', 'payload-too-large')
  async file(
    @Body() dto: FilePetitionDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FiledPetitionResponse> {
    const { petition, fingerprint } = await this.petitions.file(toNewPetition(dto), by);
    void reply.header('location', `/api/v1/petitions/${petition.id}`);
    const candidates = await this.duplicates.candidatesFor(petition.id, fingerprint, by);
    const { structure } = this.view.now;
    return {
      ...this.view.answer(petition, reply),
      possibleDuplicates: candidates.map((candidate) => toDuplicateCandidate(candidate, structure)),
    };
  }

  @Get()
  @ApiOperation({ summary: 'Danh sách đơn – petitions in your scope, newest first' })
  @ApiResponse({ status: 200, type: PetitionPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() { unitId, includeSubordinates, ...filter }: PetitionsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionPageResponse> {
    const found = await this.petitions.list(filter, { unitId, includeSubordinates }, by);
    linkNext(request, reply, found.nextCursor);
    const { now } = this.view;
    return { ...found, items: found.items.map((row) => toPetitionItem(row, now)) };
  }

  @Get(':id')
  @OpenToDenounced('seeing')
  @ApiOperation({ summary: 'Một đơn – one petition with parties, flags and limits' })
  @ApiResponse({ status: 200, type: PetitionResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionResponse> {
    return this.view.answer(await this.petitions.get(id, by), reply);
  }

  @Get(':id/history')
  @ApiOperation({ summary: 'Lịch sử xử lý – everything that happened, chained by hashes' })
  @ApiResponse({ status: 200, type: HistoryResponse })
  @Problems('not-found')
  async history(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<HistoryResponse> {
    return toHistory(await this.petitions.history(id, by), this.view.now);
  }

  @Get(':id/actions')
  @OpenToDenounced('seeing')
  @ApiOperation({ summary: 'Các bước được làm – what you may do now, with the fields each step takes' })
  @ApiResponse({ status: 200, type: OpenActionsResponse })
  @Problems('not-found')
  async open(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<OpenActionsResponse> {
    const { state, actions } = await this.actions.open(id, by);
    return toOpenActions(id, state, actions);
  }
}
