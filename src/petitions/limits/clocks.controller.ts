import { Body, Controller, Post, HttpCode } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs } from '../../platform/access/access.decorators.js';
import type { PetitionResponse } from '../petition.response.js';
import { PetitionView } from '../petition.view.js';
import { type StepCall, StepCaller, StepDocs } from '../step.decorators.js';
import { ClocksService } from './clocks.service.js';
import { ExtensionDto, ResumptionDto, SuspensionDto } from './dto/limits.dto.js';

@ApiTags('deadlines')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Needs('petitions.act')
export class ClocksController {
  constructor(
    private readonly clocks: ClocksService,
    private readonly view: PetitionView,
  ) {}

  @Post('extensions')
  @StepDocs('Gia hạn – extend the limit of the resolution, before it ends and as far as the law allows', 201)
  async extend(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: ExtensionDto): Promise<PetitionResponse> {
    return this.view.answer(await this.clocks.extend(id, order, expected, by), reply);
  }

  @Post('suspensions')
  @StepDocs('Tạm đình chỉ – stop the clock of the resolution, with the ground', 201)
  async suspend(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: SuspensionDto): Promise<PetitionResponse> {
    return this.view.answer(await this.clocks.suspend(id, order, expected, by), reply);
  }

  @Post('resumption')
  @HttpCode(200)
  @StepDocs('Tiếp tục giải quyết – let the clock go on with the days that were left', 200)
  async resume(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: ResumptionDto): Promise<PetitionResponse> {
    return this.view.answer(await this.clocks.resume(id, order, expected, by), reply);
  }
}
