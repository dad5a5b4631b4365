import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../auth/access.decorators.js';
import type { Official } from '../../auth/official.js';
import { DocumentAnswer, toDocument } from '../../documents/documents.answer.js';
import { asGroups } from '../../documents/documents.service.js';
import { IssueDto } from '../../documents/dto/documents.dto.js';
import { Problems } from '../../http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../../http/entity-tag.js';
import { IdPipe } from '../../http/id.pipe.js';
import { UnitDirectory } from '../../units/unit-directory.js';
import { TicketDto } from '../queue/dto/queue.dto.js';
import { TicketAnswer, toTicket } from '../queue/queue.answer.js';
import { QueueService } from '../queue/queue.service.js';
import type { Appointment } from './appointment.js';
import { AppointmentPapersService } from './appointment-papers.service.js';
import {
  AppointmentAnswer,
  AppointmentListAnswer,
  NewAppointmentAnswer,
  SlotsAnswer,
  toAppointment,
  toSlots,
} from './appointments.answer.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { AppointmentsService } from './appointments.service.js';
import { AppointmentReasonDto, BookingDto, ReschedulingDto } from './dto/appointments.dto.js';

/** What every step of an appointment documents: its answer, and how it can be refused. */
function AppointmentStep(summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, type: AppointmentAnswer, headers: entityTagHeader }),
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
    private readonly queue: QueueService,
    private readonly papers: AppointmentPapersService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('reception-sessions/:id/slots')
  @ApiOperation({ summary: 'Lượt hẹn – slots of a session with their free places' })
  @ApiResponse({ status: 200, type: SlotsAnswer })
  @Problems('not-found')
  async slots(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SlotsAnswer> {
    await this.sessions.get(id, by);
    return toSlots(await this.appointments.slots(id));
  }

  @Get('reception-sessions/:id/appointments')
  @ApiOperation({ summary: 'Lịch hẹn của buổi tiếp – who registered, in the order of the slots' })
  @ApiResponse({ status: 200, type: AppointmentListAnswer })
  @Problems('not-found', 'not-responsible')
  async list(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<AppointmentListAnswer> {
    return { items: (await this.appointments.list(id, by)).map(toAppointment) };
  }

  @Post('reception-sessions/:id/appointments')
  @ApiOperation({ summary: 'Đăng ký hộ công dân – book a slot for somebody who asks at the counter or by telephone' })
  @ApiResponse({ status: 201, type: NewAppointmentAnswer, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'conflict', 'validation-failed')
  async book(
    @Param('id', IdPipe) id: string,
    @Body() order: BookingDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewAppointmentAnswer> {
    const booked = await this.appointments.book(id, order, by);
    return { ...this.answer(booked, reply), code: asGroups(booked.code) };
  }

  @Get('reception-appointments/:id')
  @ApiOperation({ summary: 'Một lịch hẹn – one appointment' })
  @ApiResponse({ status: 200, type: AppointmentAnswer, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentAnswer> {
    return this.answer(await this.appointments.get(id, by), reply);
  }

  @Post('reception-appointments/:id/documents')
  @ApiOperation({ summary: 'Lập phiếu hẹn – the slip of an appointment' })
  @ApiResponse({ status: 201, type: DocumentAnswer })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'template-refused', 'insufficient-storage')
  async slip(@Param('id', IdPipe) id: string, @Body() order: IssueDto, @Caller() by: Official): Promise<DocumentAnswer> {
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
  ): Promise<AppointmentAnswer> {
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
  ): Promise<AppointmentAnswer> {
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
  ): Promise<AppointmentAnswer> {
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
  ): Promise<AppointmentAnswer> {
    return this.answer(await this.appointments.noShow(id, expected, by), reply);
  }

  @Post('reception-appointments/:id/arrival')
  @ApiOperation({ summary: 'Công dân đến theo hẹn – a ticket that is called when its time has come' })
  @ApiResponse({ status: 201, type: TicketAnswer, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async arrive(
    @Param('id', IdPipe) id: string,
    @Body() { priority }: TicketDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketAnswer> {
    const ticket = await this.queue.arrive(id, { priority }, by);
    void reply.header('etag', entityTag(ticket.version));
    return toTicket(ticket);
  }

  private answer(appointment: Appointment, reply: FastifyReply): AppointmentAnswer {
    void reply.header('etag', entityTag(appointment.version));
    return toAppointment(appointment);
  }
}
