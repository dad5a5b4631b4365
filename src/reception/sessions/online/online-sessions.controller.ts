import { Body, Controller, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Blobs } from '../../../petitions/attachments/blobs.js';
import { Caller, Needs } from '../../../platform/access/access.decorators.js';
import type { Official } from '../../../platform/access/official.js';
import { Problems } from '../../../platform/http/api-problems.js';
import { sendFile } from '../../../platform/http/file-answer.js';
import { FileBody, NoFields } from '../../../platform/http/file-body.decorator.js';
import { IdPipe } from '../../../platform/http/id.pipe.js';
import { type Upload, Uploaded } from '../../../platform/http/upload.js';
import { UnitDirectory } from '../../../structure/units/unit-directory.js';
import { OnlinePreparationResponse, RecordingResponse, RecordingsResponse, toOnlinePreparation, toRecording } from './online.response.js';
import { ConnectionTestDto, OnlinePreparationDto } from './online.dto.js';
import { OnlineSessions } from './online-sessions.service.js';
import { Recordings } from './recordings.service.js';

@ApiTags('reception')
@Controller('reception-sessions/:id/online')
@Needs('reception.schedule')
export class OnlineSessionsController {
  constructor(
    private readonly online: OnlineSessions,
    private readonly recordings: Recordings,
    private readonly blobs: Blobs,
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

  @Post('recordings')
  @FileBody('attachment', NoFields, {}, { file: 'Sound or picture of the session, or a part of it' })
  @ApiOperation({
    summary: 'Bản ghi âm, ghi hình buổi tiếp trực tuyến – keep a file of the recording with the session',
    description:
      'Decree 154/2026/NĐ-CP art. 24. The file is called by its number: names of files name people. Not where somebody denounced in the session, whom the recording shows: say at `…/closing` where the authority keeps it.',
  })
  @ApiResponse({ status: 201, type: RecordingResponse })
  @Problems(
    'not-found',
    'not-responsible',
    'action-not-allowed',
    'unsupported-media-type',
    'payload-too-large',
    'validation-failed',
    'infected-file',
    'service-unavailable',
  )
  async record(@Param('id', IdPipe) id: string, @Uploaded() { file }: Upload, @Caller() by: Official): Promise<RecordingResponse> {
    return toRecording(await this.recordings.attach(id, file, by));
  }

  @Get('recordings')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Các bản ghi – files of the recording; none where somebody denounced in the session' })
  @ApiResponse({ status: 200, type: RecordingsResponse })
  @Problems('not-found')
  async listRecordings(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<RecordingsResponse> {
    return { items: (await this.recordings.list(id, by)).map(toRecording) };
  }

  @Get('recordings/:recordingId/content')
  @Needs('reception.read')
  @ApiHeader({
    name: 'Range',
    required: false,
    description: 'One range of bytes: answered with 206 and Content-Range',
    schema: { type: 'string' },
  })
  @ApiProduces('application/octet-stream')
  @ApiOperation({ summary: 'Tải bản ghi – download a file of the recording, whole or in a range; each download is on the record' })
  @ApiResponse({ status: 200, description: 'The content', schema: { type: 'string', format: 'binary' } })
  @Problems('not-found', 'range-not-satisfiable')
  async content(
    @Param('id', IdPipe) id: string,
    @Param('recordingId', IdPipe) recordingId: string,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.recordings.download(id, recordingId, by);
    await sendFile(request, reply, { ...file, read: (range) => this.blobs.read(file.sha256, range) });
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
