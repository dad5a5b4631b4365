import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../auth/access.decorators.js';
import type { Official } from '../auth/official.js';
import { Problems } from '../http/api-problems.js';
import { IdPipe } from '../http/id.pipe.js';
import { type StepCall, StepCaller, StepDocs } from '../petitions/step.decorators.js';
import { AppealDto, DispatchDto, SuperiorOutcomeDto } from './dto/resolution.dto.js';
import { FollowUpService } from './follow-up.service.js';
import {
  AppealAnswer,
  AppealsAnswer,
  DispatchAnswer,
  DispatchesAnswer,
  SuperiorOutcomeAnswer,
  SuperiorOutcomesAnswer,
} from './resolution.answer.js';

@ApiTags('resolution')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Needs('petitions.act')
export class FollowUpController {
  constructor(private readonly followUp: FollowUpService) {}

  @Post('dispatches')
  @StepDocs('Gửi, công khai, xử lý – record what was sent, published, handled or notified; meets its limit', 201, DispatchAnswer)
  dispatch(@StepCaller() { id, expected, by }: StepCall, @Body() order: DispatchDto): Promise<DispatchAnswer> {
    return this.followUp.dispatch(id, order, expected, by);
  }

  @Get('dispatches')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Các lần gửi, công khai – what was sent, published, handled or notified' })
  @ApiResponse({ status: 200, type: DispatchesAnswer })
  @Problems('not-found')
  async dispatches(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<DispatchesAnswer> {
    return { items: await this.followUp.dispatches(id, by) };
  }

  @Post('appeals')
  @StepDocs('Khiếu nại lần hai, khởi kiện – record a second complaint or a suit elsewhere', 201, AppealAnswer)
  appeal(@StepCaller() { id, expected, by }: StepCall, @Body() order: AppealDto): Promise<AppealAnswer> {
    return this.followUp.appeal(id, order, expected, by);
  }

  @Get('appeals')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Khiếu nại tiếp, khởi kiện, tố cáo tiếp – what was filed against the decision or conclusion' })
  @ApiResponse({ status: 200, type: AppealsAnswer })
  @Problems('not-found')
  async appeals(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<AppealsAnswer> {
    return { items: await this.followUp.appeals(id, by) };
  }

  @Post('superior-outcomes')
  @StepDocs('Kết quả của cấp trên, Toà án – register the outcome of a superior, a court or another body', 201, SuperiorOutcomeAnswer)
  register(@StepCaller() { id, expected, by }: StepCall, @Body() order: SuperiorOutcomeDto): Promise<SuperiorOutcomeAnswer> {
    return this.followUp.registerOutcome(id, order, expected, by);
  }

  @Get('superior-outcomes')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Kết quả ở cấp trên, Toà án – outcomes of superiors and courts' })
  @ApiResponse({ status: 200, type: SuperiorOutcomesAnswer })
  @Problems('not-found')
  async outcomes(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SuperiorOutcomesAnswer> {
    return { items: await this.followUp.outcomes(id, by) };
  }
}
