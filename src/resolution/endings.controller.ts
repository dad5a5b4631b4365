import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../auth/access.decorators.js';
import type { Official } from '../auth/official.js';
import { Problems } from '../http/api-problems.js';
import { IdPipe } from '../http/id.pipe.js';
import type { PetitionAnswer } from '../petitions/petition.answer.js';
import { PetitionView } from '../petitions/petition.view.js';
import { type StepCall, StepCaller, StepDocs } from '../petitions/step.decorators.js';
import { TerminationDto, WithdrawalDto } from './dto/resolution.dto.js';
import { EndingsService } from './endings.service.js';
import { WithdrawalsAnswer } from './resolution.answer.js';

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
  @StepDocs(
    'Rút đơn – record a withdrawal; under coercion, in part, by some of several people, or with signs of a violation the matter goes on',
    200,
  )
  async withdraw(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: WithdrawalDto): Promise<PetitionAnswer> {
    return this.view.answer(await this.endings.withdraw(id, order, expected, by), reply);
  }

  @Get('withdrawals')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Các lần rút đơn – withdrawals: by petition or minutes, of the whole, of a part, or by some of several people' })
  @ApiResponse({ status: 200, type: WithdrawalsAnswer })
  @Problems('not-found')
  async withdrawals(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<WithdrawalsAnswer> {
    return { items: await this.endings.withdrawals(id, by) };
  }

  @Post('termination')
  @HttpCode(200)
  @StepDocs('Đình chỉ – terminate the resolution, with the ground', 200)
  async terminate(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: TerminationDto): Promise<PetitionAnswer> {
    return this.view.answer(await this.endings.terminate(id, order, expected, by), reply);
  }
}
