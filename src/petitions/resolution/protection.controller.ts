import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { ProtectionDecisionDto, ProtectionEndDto, ProtectionRequestDto } from './dto/resolution.dto.js';
import { ProtectionService } from './protection.service.js';
import { ProtectionResponse, ProtectionsResponse } from './resolution.response.js';

@ApiTags('resolution')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id/protection-requests')
export class ProtectionController {
  constructor(private readonly protection: ProtectionService) {}

  @Post()
  @Needs('protection.request')
  @ApiOperation({ summary: 'Đề nghị bảo vệ – take a request for protection of a denouncer or those near to him; starts its limit' })
  @ApiResponse({ status: 201, type: ProtectionResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  request(@Param('id', IdPipe) id: string, @Body() order: ProtectionRequestDto, @Caller() by: Official): Promise<ProtectionResponse> {
    return this.protection.request(id, order, by);
  }

  @Get()
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Bảo vệ người tố cáo – requests, decisions, measures; nobody is named' })
  @ApiResponse({ status: 200, type: ProtectionsResponse })
  @Problems('not-found')
  async list(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<ProtectionsResponse> {
    return { items: await this.protection.list(id, by) };
  }

  @Post(':requestId/decision')
  @Needs('protection.decide')
  @ApiOperation({ summary: 'Quyết định bảo vệ – grant measures, or refuse' })
  @ApiResponse({ status: 201, type: ProtectionResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  decide(
    @Param('id', IdPipe) id: string,
    @Param('requestId', IdPipe) requestId: string,
    @Body() decision: ProtectionDecisionDto,
    @Caller() by: Official,
  ): Promise<ProtectionResponse> {
    return this.protection.decide(id, requestId, decision, by);
  }

  @Post(':requestId/end')
  @Needs('protection.decide')
  @ApiOperation({ summary: 'Chấm dứt bảo vệ – end protection, with the ground' })
  @ApiResponse({ status: 201, type: ProtectionResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed', 'rule-not-applicable')
  end(
    @Param('id', IdPipe) id: string,
    @Param('requestId', IdPipe) requestId: string,
    @Body() end: ProtectionEndDto,
    @Caller() by: Official,
  ): Promise<ProtectionResponse> {
    return this.protection.end(id, requestId, end, by);
  }
}
