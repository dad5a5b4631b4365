import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { type StepCall, StepCaller, StepDocs } from '../step.decorators.js';
import { AppealDto, DispatchDto, SuperiorOutcomeDto } from './dto/resolution.dto.js';
import { FollowUpService } from './follow-up.service.js';
import {
  AppealResponse,
  AppealsResponse,
  DispatchResponse,
  DispatchesResponse,
  SuperiorOutcomeResponse,
  SuperiorOutcomesResponse,
} from './resolution.response.js';

@ApiTags('resolution')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Needs('petitions.act')
export class FollowUpController {
  constructor(private readonly followUp: FollowUpService) {}

  @Post('dispatches')
  @StepDocs('Gửi, công khai, xử lý – record what was sent, published, handled or notified; meets its limit', 201, DispatchResponse)
  dispatch(@StepCaller() { id, expected, by }: StepCall, @Body() order: DispatchDto): Promise<DispatchResponse> {
    return this.followUp.dispatch(id, order, expected, by);
  }

  @Get('dispatches')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Các lần gửi, công khai – what was sent, published, handled or notified' })
  @ApiResponse({ status: 200, type: DispatchesResponse })
  @Problems('not-found')
  async dispatches(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<DispatchesResponse> {
    return { items: await this.followUp.dispatches(id, by) };
  }

  @Post('appeals')
  @StepDocs('Khiếu nại lần hai, khởi kiện – record a second complaint or a suit elsewhere', 201, AppealResponse)
  appeal(@StepCaller() { id, expected, by }: StepCall, @Body() order: AppealDto): Promise<AppealResponse> {
    return this.followUp.appeal(id, order, expected, by);
  }

  @Get('appeals')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Khiếu nại tiếp, khởi kiện, tố cáo tiếp – what was filed against the decision or conclusion' })
  @ApiResponse({ status: 200, type: AppealsResponse })
  @Problems('not-found')
  async appeals(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<AppealsResponse> {
    return { items: await this.followUp.appeals(id, by) };
  }

  @Post('superior-outcomes')
  @StepDocs('Kết quả của cấp trên, Toà án – register the outcome of a superior, a court or another body', 201, SuperiorOutcomeResponse)
  register(@StepCaller() { id, expected, by }: StepCall, @Body() order: SuperiorOutcomeDto): Promise<SuperiorOutcomeResponse> {
    return this.followUp.registerOutcome(id, order, expected, by);
  }

  @Get('superior-outcomes')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Kết quả ở cấp trên, Toà án – outcomes of superiors and courts' })
  @ApiResponse({ status: 200, type: SuperiorOutcomesResponse })
  @Problems('not-found')
  async outcomes(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SuperiorOutcomesResponse> {
    return { items: await this.followUp.outcomes(id, by) };
  }
}
