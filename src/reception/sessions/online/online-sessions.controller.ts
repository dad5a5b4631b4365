import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../../platform/access/access.decorators.js';
import type { Official } from '../../../platform/access/official.js';
import { Problems } from '../../../platform/http/api-problems.js';
import { IdPipe } from '../../../platform/http/id.pipe.js';
import { UnitDirectory } from '../../../structure/units/unit-directory.js';
import { OnlinePreparationResponse, toOnlinePreparation } from './online.response.js';
import { ConnectionTestDto, OnlinePreparationDto } from './online.dto.js';
import { OnlineSessions } from './online-sessions.service.js';

@ApiTags('reception')
@Controller('reception-sessions/:id/online')
@Needs('reception.schedule')
export class OnlineSessionsController {
  constructor(
    private readonly online: OnlineSessions,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @Needs('reception.read')
  @ApiOperation({ summary: 'Việc chuẩn bị buổi tiếp trực tuyến – for what it is by video, who takes part, notice, test and recording' })
  @ApiResponse({ status: 200, type: OnlinePreparationResponse })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<OnlinePreparationResponse> {
    return toOnlinePreparation(await this.online.get(id, by), this.units.structure);
  }

  @Put()
  @ApiOperation({
    summary: 'Chuẩn bị buổi tiếp trực tuyến – ground, who takes part at each point, and when it was told',
    description:
      'Decree 154/2026/NĐ-CP arts 20, 22, 23: somebody of the body that advises at the central point and of each unit with a room; told five working days ahead. Without it the session is not opened.',
  })
  @ApiResponse({ status: 200, type: OnlinePreparationResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed', 'unit-not-valid')
  async prepare(
    @Param('id', IdPipe) id: string,
    @Body() order: OnlinePreparationDto,
    @Caller() by: Official,
  ): Promise<OnlinePreparationResponse> {
    const participants = order.participants.map(({ point, unitId, name, role }) => ({ point, unitId, name, role }));
    return toOnlinePreparation(await this.online.prepare(id, { ...order, participants }, by), this.units.structure);
  }

  @Post('connection-tests')
  @HttpCode(200)
  @ApiOperation({ summary: 'Kết nối thử – the last test of the connection; one must have succeeded a working day before' })
  @ApiResponse({ status: 200, type: OnlinePreparationResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async test(@Param('id', IdPipe) id: string, @Body() test: ConnectionTestDto, @Caller() by: Official): Promise<OnlinePreparationResponse> {
    return toOnlinePreparation(await this.online.test(id, test, by), this.units.structure);
  }
}
