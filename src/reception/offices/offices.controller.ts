import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { FileBody, NoFields } from '../../platform/http/file-body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { type Upload, Uploaded } from '../../platform/http/upload.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import {
  DutyCancellationDto,
  DutyPlanDto,
  NewOfficeDto,
  NoticeDto,
  NoticeRemovalDto,
  OfficeDto,
  OfficesQuery,
  ReceiverDto,
  RoomDto,
  RosterQuery,
  SubstitutionDto,
} from './dto/offices.dto.js';
import { DutiesService } from './duties.service.js';
import { NoticesService } from './notices.service.js';
import {
  DutyResponse,
  NoticeResponse,
  NoticesResponse,
  OfficeResponse,
  OfficePageResponse,
  PlannedDutiesResponse,
  ReceiverResponse,
  RoomResponse,
  RosterResponse,
  toDuty,
  toNotice,
  toNotices,
  toOffice,
  toOfficeItem,
  toReceiver,
  toRoom,
} from './offices.response.js';
import { OfficesService } from './offices.service.js';

@ApiTags('reception-offices')
@Controller()
@Needs('reception_offices.keep')
export class OfficesController {
  constructor(
    private readonly offices: OfficesService,
    private readonly notices: NoticesService,
    private readonly duties: DutiesService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('reception-offices')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Nơi tiếp công dân – reception offices of a unit, or of all, by name' })
  @ApiResponse({ status: 200, type: OfficePageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: OfficesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficePageResponse> {
    const found = await this.offices.list(query);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toOfficeItem(row, this.units.structure)) };
  }

  @Post('reception-offices')
  @ApiOperation({ summary: 'Mở nơi tiếp công dân – a reception office of your unit: address, place, opening hours' })
  @ApiResponse({ status: 201, type: OfficeResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('not-responsible', 'validation-failed', 'unit-not-valid', 'conflict')
  async open(
    @Body() { unitId, ...facts }: NewOfficeDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeResponse> {
    const office = await this.offices.open({ ...facts, ...(unitId && { unitId }) }, by);
    void reply.headers({ location: `/api/v1/reception-offices/${office.id}`, etag: entityTag(office.version) });
    return toOffice(office, this.units.structure);
  }

  @Get('reception-offices/:id')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Một nơi tiếp công dân – one office with its rooms, equipment and receivers' })
  @ApiResponse({ status: 200, type: OfficeResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<OfficeResponse> {
    const office = await this.offices.get(id);
    void reply.header('etag', entityTag(office.version));
    return toOffice(office, this.units.structure);
  }

  @Put('reception-offices/:id')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Sửa nơi tiếp công dân – correct an office' })
  @ApiResponse({ status: 200, type: OfficeResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'conflict', 'precondition-required', 'precondition-failed')
  async replace(
    @Param('id', IdPipe) id: string,
    @Body() facts: OfficeDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeResponse> {
    const office = await this.offices.replace(id, facts, expected, by);
    void reply.header('etag', entityTag(office.version));
    return toOffice(office, this.units.structure);
  }

  @Post('reception-offices/:id/rooms')
  @ApiOperation({ summary: 'Thêm phòng – a room with its equipment' })
  @ApiResponse({ status: 201, type: RoomResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'conflict')
  async addRoom(
    @Param('id', IdPipe) id: string,
    @Body() facts: RoomDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoomResponse> {
    const room = await this.offices.addRoom(id, facts, by);
    void reply.header('etag', entityTag(room.version));
    return toRoom(room);
  }

  @Put('reception-rooms/:id')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Sửa phòng – correct a room, or take it out of use' })
  @ApiResponse({ status: 200, type: RoomResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'conflict', 'precondition-required', 'precondition-failed')
  async replaceRoom(
    @Param('id', IdPipe) id: string,
    @Body() facts: RoomDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoomResponse> {
    const room = await this.offices.replaceRoom(id, facts, expected, by);
    void reply.header('etag', entityTag(room.version));
    return toRoom(room);
  }

  @Post('reception-offices/:id/receivers')
  @ApiOperation({ summary: 'Thêm người tiếp công dân – a receiver of the office' })
  @ApiResponse({ status: 201, type: ReceiverResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'validation-failed')
  async addReceiver(
    @Param('id', IdPipe) id: string,
    @Body() facts: ReceiverDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiverResponse> {
    const receiver = await this.offices.addReceiver(id, facts, by);
    void reply.header('etag', entityTag(receiver.version));
    return toReceiver(receiver);
  }

  @Put('reception-receivers/:id')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({ summary: 'Sửa người tiếp công dân – correct a receiver, or end the service' })
  @ApiResponse({ status: 200, type: ReceiverResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'precondition-required', 'precondition-failed')
  async replaceReceiver(
    @Param('id', IdPipe) id: string,
    @Body() facts: ReceiverDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiverResponse> {
    const receiver = await this.offices.replaceReceiver(id, facts, expected, by);
    void reply.header('etag', entityTag(receiver.version));
    return toReceiver(receiver);
  }

  @Get('reception-offices/:id/notices')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Nội dung niêm yết – what is posted, since when, and what is missing' })
  @ApiResponse({ status: 200, type: NoticesResponse })
  @Problems('not-found')
  async listNotices(@Param('id', IdPipe) id: string): Promise<NoticesResponse> {
    return toNotices(await this.notices.list(id));
  }

  @Post('reception-offices/:id/notices')
  @ApiOperation({ summary: 'Niêm yết – post a paper' })
  @ApiResponse({ status: 201, type: NoticeResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'validation-failed')
  async post(
    @Param('id', IdPipe) id: string,
    @Body() notice: NoticeDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NoticeResponse> {
    const posted = await this.notices.post(id, notice, by);
    void reply.header('etag', entityTag(posted.version));
    return toNotice(posted);
  }

  @Post('reception-notices/:id/removal')
  @HttpCode(200)
  @ApiHeader(ifMatchOptional)
  @ApiOperation({ summary: 'Gỡ niêm yết – take a paper down' })
  @ApiResponse({ status: 200, type: NoticeResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'action-not-allowed', 'precondition-failed')
  async remove(
    @Param('id', IdPipe) id: string,
    @Body() removal: NoticeRemovalDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NoticeResponse> {
    const notice = await this.notices.remove(id, removal, expected, by);
    void reply.header('etag', entityTag(notice.version));
    return toNotice(notice);
  }

  @Put('reception-notices/:id/photo')
  @FileBody('attachment', NoFields, {}, { file: 'A photo of the posted paper' })
  @ApiOperation({ summary: 'Ảnh niêm yết – a photo of the posted paper' })
  @ApiResponse({ status: 200, type: NoticeResponse })
  @Problems(
    'not-found',
    'not-responsible',
    'unsupported-media-type',
    'payload-too-large',
    'validation-failed',
    'infected-file',
    'service-unavailable',
  )
  async photograph(@Param('id', IdPipe) id: string, @Uploaded() { file }: Upload, @Caller() by: Official): Promise<NoticeResponse> {
    return toNotice(await this.notices.photograph(id, file, by));
  }

  @Get('reception-offices/:id/duties')
  @Needs('reference.read')
  @ApiOperation({ summary: 'Lịch trực – receivers and agencies on duty by day' })
  @ApiResponse({ status: 200, type: RosterResponse })
  @Problems('not-found', 'validation-failed')
  async roster(@Param('id', IdPipe) id: string, @Query() { from, to }: RosterQuery): Promise<RosterResponse> {
    const duties = await this.duties.list(id, from, to);
    return { items: duties.map((row) => toDuty(row, this.units.structure)) };
  }

  @Post('reception-offices/:id/duties')
  @ApiOperation({
    summary: 'Lập lịch trực – put a receiver or an agency on duty',
    description: 'On the working days of a recurrence rule (RFC 5545). Days that are in the roster already stay as they are.',
  })
  @ApiResponse({ status: 201, type: PlannedDutiesResponse })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'unit-not-valid')
  planDuties(@Param('id', IdPipe) id: string, @Body() plan: DutyPlanDto, @Caller() by: Official): Promise<PlannedDutiesResponse> {
    return this.duties.plan(id, plan, by);
  }

  @Post('reception-duties/:id/substitution')
  @HttpCode(200)
  @ApiOperation({ summary: 'Trực thay – somebody else takes a duty over; both stay in the roster' })
  @ApiResponse({ status: 200, type: DutyResponse })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'unit-not-valid', 'action-not-allowed', 'conflict')
  async substitute(@Param('id', IdPipe) id: string, @Body() order: SubstitutionDto, @Caller() by: Official): Promise<DutyResponse> {
    return toDuty(await this.duties.substitute(id, order, by), this.units.structure);
  }

  @Post('reception-duties/:id/cancellation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Bỏ buổi trực – cancel a duty' })
  @ApiResponse({ status: 200, type: DutyResponse })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'action-not-allowed')
  async cancelDuty(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: DutyCancellationDto,
    @Caller() by: Official,
  ): Promise<DutyResponse> {
    return toDuty(await this.duties.cancel(id, reason, by), this.units.structure);
  }
}
