import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs } from '../../platform/access/access.decorators.js';
import type { PetitionResponse } from '../petition.response.js';
import { PetitionView } from '../petition.view.js';
import { type StepCall, StepCaller, StepDocs } from '../step.decorators.js';
import { DecisionsService } from './decisions.service.js';
import { AnswerDto, ClosureDto, ConclusionDto, DecisionDto } from './dto/resolution.dto.js';

@ApiTags('resolution')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Needs('petitions.act')
export class DecisionsController {
  constructor(
    private readonly decisions: DecisionsService,
    private readonly view: PetitionView,
  ) {}

  @Post('decisions')
  @StepDocs('Quyết định giải quyết khiếu nại – decide an accepted complaint', 201)
  async decide(
    @StepCaller() { id, expected, by, reply }: StepCall,
    @Body() { decidedOn, ...order }: DecisionDto,
  ): Promise<PetitionResponse> {
    return this.view.answer(await this.decisions.decide(id, { ...order, on: decidedOn }, expected, by), reply);
  }

  @Post('conclusions')
  @StepDocs('Kết luận nội dung tố cáo – conclude an accepted denunciation', 201)
  async conclude(
    @StepCaller() { id, expected, by, reply }: StepCall,
    @Body() { concludedOn, ...order }: ConclusionDto,
  ): Promise<PetitionResponse> {
    return this.view.answer(await this.decisions.conclude(id, { ...order, on: concludedOn }, expected, by), reply);
  }

  @Post('answers')
  @StepDocs('Trả lời kiến nghị, phản ánh – answer a recommendation or reflection', 201)
  async answer(
    @StepCaller() { id, expected, by, reply }: StepCall,
    @Body() { answeredOn, ...order }: AnswerDto,
  ): Promise<PetitionResponse> {
    return this.view.answer(await this.decisions.answer(id, { ...order, on: answeredOn }, expected, by), reply);
  }

  @Post('closure')
  @HttpCode(200)
  @StepDocs('Kết thúc – close what is resolved, sent, published and carried out', 200)
  async close(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: ClosureDto): Promise<PetitionResponse> {
    return this.view.answer(await this.decisions.close(id, order, expected, by), reply);
  }
}
