import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { type StepCall, StepCaller, StepDocs } from '../step.decorators.js';
import { DialoguesService } from './dialogues.service.js';
import {
  DialogueDto,
  VerificationDto,
  VerificationEntryDto,
  VerificationExtensionDto,
  VerificationReportDto,
} from './dto/resolution.dto.js';
import { DialogueResponse, DialoguesResponse, VerificationResponse, VerificationsResponse } from './resolution.response.js';
import { VerificationsService } from './verifications.service.js';

@ApiTags('resolution')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Needs('petitions.act')
export class VerificationsController {
  constructor(
    private readonly verifications: VerificationsService,
    private readonly dialogues: DialoguesService,
  ) {}

  @Post('verifications')
  @StepDocs('Giao xác minh – assign the verification to an official or a team', 201, VerificationResponse)
  @Problems('conflict')
  assign(@StepCaller() { id, expected, by }: StepCall, @Body() order: VerificationDto): Promise<VerificationResponse> {
    return this.verifications.assign(id, order, expected, by);
  }

  @Get('verifications')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Xác minh – verifications with team, log, evidence and report' })
  @ApiResponse({ status: 200, type: VerificationsResponse })
  @Problems('not-found')
  async list(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<VerificationsResponse> {
    return { items: await this.verifications.list(id, by) };
  }

  @Post('verifications/:verificationId/entries')
  @ApiOperation({ summary: 'Nhật ký xác minh – add the plan, work done or evidence' })
  @ApiResponse({ status: 201, type: VerificationResponse })
  @Problems('not-found', 'action-not-allowed', 'validation-failed')
  enter(
    @Param('id', IdPipe) id: string,
    @Param('verificationId', IdPipe) verificationId: string,
    @Body() entry: VerificationEntryDto,
    @Caller() by: Official,
  ): Promise<VerificationResponse> {
    return this.verifications.enter(id, verificationId, entry, by);
  }

  @Post('verifications/:verificationId/extensions')
  @ApiOperation({ summary: 'Gia hạn xác minh – more time, before the term ends' })
  @ApiResponse({ status: 201, type: VerificationResponse })
  @Problems('not-found', 'action-not-allowed', 'validation-failed')
  extend(
    @Param('id', IdPipe) id: string,
    @Param('verificationId', IdPipe) verificationId: string,
    @Body() extension: VerificationExtensionDto,
    @Caller() by: Official,
  ): Promise<VerificationResponse> {
    return this.verifications.extend(id, verificationId, extension, by);
  }

  @Post('verifications/:verificationId/report')
  @ApiOperation({ summary: 'Báo cáo xác minh – the report that ends a verification' })
  @ApiResponse({ status: 201, type: VerificationResponse })
  @Problems('not-found', 'action-not-allowed', 'validation-failed')
  report(
    @Param('id', IdPipe) id: string,
    @Param('verificationId', IdPipe) verificationId: string,
    @Body() report: VerificationReportDto,
    @Caller() by: Official,
  ): Promise<VerificationResponse> {
    return this.verifications.report(id, verificationId, report, by);
  }

  @Post('dialogues')
  @StepDocs('Đối thoại – record a dialogue with participants and minutes', 201, DialogueResponse)
  hold(@StepCaller() { id, expected, by }: StepCall, @Body() dialogue: DialogueDto): Promise<DialogueResponse> {
    return this.dialogues.hold(id, dialogue, expected, by);
  }

  @Get('dialogues')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Các buổi đối thoại – dialogues of a complaint' })
  @ApiResponse({ status: 200, type: DialoguesResponse })
  @Problems('not-found')
  async dialoguesOf(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<DialoguesResponse> {
    return { items: await this.dialogues.list(id, by) };
  }
}
