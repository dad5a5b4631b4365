import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { DocumentResponse, toDocument } from '../../petitions/documents/documents.response.js';
import { asGroups } from '../../petitions/documents/documents.service.js';
import { IssueDto } from '../../petitions/documents/dto/documents.dto.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import type { Appointment } from './appointment.js';
import { AppointmentPapersService } from './appointment-papers.service.js';
import {
  AppointmentResponse,
  AppointmentListResponse,
  NewAppointmentResponse,
  SlotsResponse,
  toAppointment,
  toSlots,
} from './appointments.response.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { AppointmentsService } from './appointments.service.js';
import { AppointmentReasonDto, BookingDto, ReschedulingDto } from './dto/appointments.dto.js';

/** What every step of an appointment documents: its answer, and how it can be refused. */
function AppointmentStep(summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, type: AppointmentResponse, headers: entityTagHeader }),
    Problems('not-found', 'not-responsible', 'action-not-allowed', 'conflict', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('reception-desk')
@Controller()
@Needs('reception.receive')
export class AppointmentsController {
  constructor(
    private readonly appointments: AppointmentsService,
    private readonly sessions: SessionsService,
    private readonly papers: AppointmentPapersService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('reception-sessions/:id/slots')
  @ApiOperation({ summary: 'Lượt hẹn – slots of a session with their free places' })
  @ApiResponse({ status: 200, type: SlotsResponse })
  @Problems('not-found')
  async slots(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SlotsResponse> {
    await this.sessions.get(id, by);
    return toSlots(await this.appointments.slots(id));
  }

  @Get('reception-sessions/:id/appointments')
  @ApiOperation({ summary: 'Lịch hẹn của buổi tiếp – who registered, in the order of the slots' })
  @ApiResponse({ status: 200, type: AppointmentListResponse })
  @Problems('not-found', 'not-responsible')
  async list(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<AppointmentListResponse> {
    return { items: (await this.appointments.list(id, by)).map(toAppointment) };
  }

  @Post('reception-sessions/:id/appointments')
  @ApiOperation({ summary: 'Đăng ký hộ công dân – book a slot for somebody who asks at the counter or by telephone' })
  @ApiResponse({ status: 201, type: NewAppointmentResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'conflict', 'validation-failed')
  async book(
    @Param('id', IdPipe) id: string,
    @Body() order: BookingDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewAppointmentResponse> {
    const booked = await this.appointments.book(id, order, by);
    return { ...this.answer(booked, reply), code: asGroups(booked.code) };
  }

  @Get('reception-appointments/:id')
  @ApiOperation({ summary: 'Một lịch hẹn – one appointment' })
  @ApiResponse({ status: 200, type: AppointmentResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentResponse> {
    return this.answer(await this.appointments.get(id, by), reply);
  }

  @Post('reception-appointments/:id/documents')
  @ApiOperation({ summary: 'Lập phiếu hẹn – the slip of an appointment' })
  @ApiResponse({ status: 201, type: DocumentResponse })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'template-refused', 'insufficient-storage')
  async slip(@Param('id', IdPipe) id: string, @Body() order: IssueDto, @Caller() by: Official): Promise<DocumentResponse> {
    return toDocument(await this.papers.slip(id, order, by), this.units.structure);
  }

  @Post('reception-appointments/:id/confirmation')
  @HttpCode(200)
  @AppointmentStep('Xác nhận lịch hẹn – the appointment holds')
  async confirm(
    @Param('id', IdPipe) id: string,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentResponse> {
    return this.answer(await this.appointments.confirm(id, expected, by), reply);
  }

  @Post('reception-appointments/:id/rescheduling')
  @HttpCode(200)
  @AppointmentStep('Đổi lịch hẹn – move it to another slot or session')
  async reschedule(
    @Param('id', IdPipe) id: string,
    @Body() order: ReschedulingDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentResponse> {
    return this.answer(await this.appointments.reschedule(id, order, expected, by), reply);
  }

  @Post('reception-appointments/:id/cancellation')
  @HttpCode(200)
  @AppointmentStep('Huỷ lịch hẹn – give the place back')
  async cancel(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: AppointmentReasonDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentResponse> {
    return this.answer(await this.appointments.cancel(id, reason, expected, by), reply);
  }

  @Post('reception-appointments/:id/no-show')
  @HttpCode(200)
  @AppointmentStep('Không đến – whoever registered did not come')
  async noShow(
    @Param('id', IdPipe) id: string,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentResponse> {
    return this.answer(await this.appointments.noShow(id, expected, by), reply);
  }

  private answer(appointment: Appointment, reply: FastifyReply): AppointmentResponse {
    void reply.header('etag', entityTag(appointment.version));
    return toAppointment(appointment);
  }
}
