import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../auth/access.decorators.js';
import { asGroups } from '../../documents/documents.service.js';
import { Problems } from '../../http/api-problems.js';
import { IdPipe } from '../../http/id.pipe.js';
import { Idempotent } from '../../http/idempotent.decorator.js';
import { BookedAppointmentAnswer, PublicAppointmentAnswer, SlotsAnswer, toPublicAppointment, toSlots } from './appointments.answer.js';
import { AppointmentsService } from './appointments.service.js';
import { BookingDto, CodeDto, CodeQuery } from './dto/appointments.dto.js';

const number = { name: 'number', example: 'HNI-P004-H-2026-000123' };

@ApiTags('public')
@Controller('public')
@Public()
export class PublicAppointmentsController {
  constructor(private readonly appointments: AppointmentsService) {}

  @Get('reception-sessions/:id/slots')
  @ApiOperation({ summary: 'Lượt hẹn còn chỗ – slots of a session that anybody may book' })
  @ApiResponse({ status: 200, type: SlotsAnswer })
  @Problems('not-found')
  async slots(@Param('id', IdPipe) id: string): Promise<SlotsAnswer> {
    return toSlots(await this.appointments.publicSlots(id));
  }

  @Post('reception-sessions/:id/appointments')
  @Idempotent()
  @ApiOperation({
    summary: 'Đăng ký tiếp công dân – book a slot without signing in',
    description:
      'The answer has a number and a code, told once: with them the appointment is looked up and cancelled. Send an `Idempotency-Key`, so that a lost answer can be asked for again.',
  })
  @ApiResponse({ status: 201, type: BookedAppointmentAnswer })
  @Problems('not-found', 'action-not-allowed', 'conflict', 'validation-failed', 'request-in-progress')
  async book(@Param('id', IdPipe) id: string, @Body() order: BookingDto): Promise<BookedAppointmentAnswer> {
    const booked = await this.appointments.book(id, order, null);
    return { ...toPublicAppointment(booked), code: asGroups(booked.code) };
  }

  @Get('appointments/:number')
  @ApiParam(number)
  @ApiOperation({ summary: 'Tra cứu lịch hẹn – when, where and how it stands, with number and code' })
  @ApiResponse({ status: 200, type: PublicAppointmentAnswer })
  @Problems('not-found', 'validation-failed')
  async find(@Param('number') wanted: string, @Query() { code }: CodeQuery): Promise<PublicAppointmentAnswer> {
    return toPublicAppointment(await this.appointments.find(wanted, code));
  }

  @Post('appointments/:number/cancellation')
  @HttpCode(200)
  @ApiParam(number)
  @ApiOperation({ summary: 'Tự huỷ lịch hẹn – give the place back, with number and code' })
  @ApiResponse({ status: 200, type: PublicAppointmentAnswer })
  @Problems('not-found', 'action-not-allowed', 'validation-failed')
  async cancel(@Param('number') wanted: string, @Body() { code }: CodeDto): Promise<PublicAppointmentAnswer> {
    return toPublicAppointment(await this.appointments.cancelByCode(wanted, code));
  }
}
