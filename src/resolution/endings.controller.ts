import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs } from '../auth/access.decorators.js';
import type { PetitionAnswer } from '../petitions/petition.answer.js';
import { PetitionView } from '../petitions/petition.view.js';
import { type StepCall, StepCaller, StepDocs } from '../petitions/step.decorators.js';
import { TerminationDto, WithdrawalDto } from './dto/resolution.dto.js';
import { EndingsService } from './endings.service.js';

@ApiTags('resolution')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Needs('petitions.act')
export class EndingsController {
  constructor(
    private readonly endings: EndingsService,
    private readonly view: PetitionView,
  ) {}

  @Post('withdrawal')
  @HttpCode(200)
  @StepDocs('Rút đơn – record a withdrawal; under coercion, in part, or with signs of a violation the matter goes on', 200)
  async withdraw(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: WithdrawalDto): Promise<PetitionAnswer> {
    return this.view.answer(await this.endings.withdraw(id, order, expected, by), reply);
  }

  @Post('termination')
  @HttpCode(200)
  @StepDocs('Đình chỉ – terminate the resolution, with the ground', 200)
  async terminate(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: TerminationDto): Promise<PetitionAnswer> {
    return this.view.answer(await this.endings.terminate(id, order, expected, by), reply);
  }
}
