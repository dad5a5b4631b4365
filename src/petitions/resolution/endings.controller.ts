import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { PetitionResponse } from '../petition.response.js';
import { PetitionView } from '../petition.view.js';
import { type StepCall, StepCaller, StepDocs } from '../step.decorators.js';
import { TerminationDto, WithdrawalDto } from './dto/resolution.dto.js';
import { EndingsService } from './endings.service.js';
import { WithdrawalsResponse } from './resolution.response.js';

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
  async withdraw(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: WithdrawalDto): Promise<PetitionResponse> {
    return this.view.answer(await this.endings.withdraw(id, order, expected, by), reply);
  }

  @Get('withdrawals')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Các lần rút đơn – withdrawals: by petition or minutes, of the whole, of a part, or by some of several people' })
  @ApiResponse({ status: 200, type: WithdrawalsResponse })
  @Problems('not-found')
  async withdrawals(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<WithdrawalsResponse> {
    return { items: await this.endings.withdrawals(id, by) };
  }

  @Post('termination')
  @HttpCode(200)
  @StepDocs('Đình chỉ – terminate the resolution, with the ground', 200)
  async terminate(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: TerminationDto): Promise<PetitionResponse> {
    return this.view.answer(await this.endings.terminate(id, order, expected, by), reply);
  }
}
