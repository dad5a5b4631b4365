import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/access.decorators.js';
import { asGroups } from '../../petitions/documents/documents.service.js';
import { addressOf } from '../../platform/http/address.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import {
  BookedAppointmentResponse,
  PublicAppointmentResponse,
  SlotsResponse,
  toPublicAppointment,
  toSlots,
} from './appointments.response.js';
import { AppointmentsService } from './appointments.service.js';
import { CodeDto, CodeQuery, ConfirmationDto, PublicBookingDto } from './dto/appointments.dto.js';
import { PublicBookings } from './public-bookings.service.js';

const number = { name: 'number', example: 'HNI-P004-H-2026-000123' };

@ApiTags('public')
@Controller('public')
@Public()
export class PublicAppointmentsController {
  constructor(
    private readonly appointments: AppointmentsService,
    private readonly bookings: PublicBookings,
  ) {}

  @Get('reception-sessions/:id/slots')
  @ApiOperation({ summary: 'Lượt hẹn còn chỗ – slots of a session that anybody may book' })
  @ApiResponse({ status: 200, type: SlotsResponse })
  @Problems('not-found')
  async slots(@Param('id', IdPipe) id: string): Promise<SlotsResponse> {
    return toSlots(await this.appointments.publicSlots(id));
  }

  @Post('reception-sessions/:id/appointments')
  @ApiOperation({
    summary: 'Đăng ký tiếp công dân – book a slot without signing in',
    description:
      'The answer has a number and a code, told once: with them the appointment is looked up and cancelled. Send an `Idempotency-Key`, so that a lost answer can be asked for again. The place is held until `heldUntil`: for some minutes where a code is sent (`confirmBy` sms or email; `POST …/confirmation`), else until the office, which calls back, closes on the next working day; also there once the messages that go to one contact in a day are used up (`confirmBy` office). Bookings are limited by address and telephone number and day, and of one session a network holds few that nobody has confirmed. A telephone number has one place in a session: who names it learns that only when the booking is confirmed.',
  })
  @ApiResponse({ status: 201, type: BookedAppointmentResponse })
  @Problems('not-found', 'action-not-allowed', 'conflict', 'validation-failed')
  async book(
    @Param('id', IdPipe) id: string,
    @Body() order: PublicBookingDto,
    @Req() request: FastifyRequest,
  ): Promise<BookedAppointmentResponse> {
    const booked = await this.bookings.book(id, order, addressOf(request));
    return { ...toPublicAppointment(booked), code: asGroups(booked.code) };
  }

  @Get('appointments/:number')
  @ApiParam(number)
  @ApiOperation({ summary: 'Tra cứu lịch hẹn – when, where and how it stands, with number and code' })
  @ApiResponse({ status: 200, type: PublicAppointmentResponse })
  @Problems('not-found', 'validation-failed')
  async find(
    @Param('number') wanted: string,
    @Query() { code }: CodeQuery,
    @Req() request: FastifyRequest,
  ): Promise<PublicAppointmentResponse> {
    return toPublicAppointment(await this.appointments.find({ number: wanted, code, address: addressOf(request) }));
  }

  @Post('appointments/:number/confirmation')
  @HttpCode(200)
  @ApiParam(number)
  @ApiOperation({
    summary: 'Xác nhận lịch hẹn bằng mã – confirm a booking with the code that was sent',
    description: 'With number and code of the booking, and the code that came by SMS or e-mail; after five wrong ones the hold runs out.',
  })
  @ApiResponse({ status: 200, type: PublicAppointmentResponse })
  @Problems('not-found', 'action-not-allowed', 'validation-failed')
  async confirm(
    @Param('number') wanted: string,
    @Body() { code, confirmationCode }: ConfirmationDto,
    @Req() request: FastifyRequest,
  ): Promise<PublicAppointmentResponse> {
    return toPublicAppointment(await this.bookings.confirm({ number: wanted, code, address: addressOf(request) }, confirmationCode));
  }

  @Post('appointments/:number/cancellation')
  @HttpCode(200)
  @ApiParam(number)
  @ApiOperation({ summary: 'Tự huỷ lịch hẹn – give the place back, with number and code' })
  @ApiResponse({ status: 200, type: PublicAppointmentResponse })
  @Problems('not-found', 'action-not-allowed', 'validation-failed')
  async cancel(
    @Param('number') wanted: string,
    @Body() { code }: CodeDto,
    @Req() request: FastifyRequest,
  ): Promise<PublicAppointmentResponse> {
    return toPublicAppointment(await this.appointments.cancelByCode({ number: wanted, code, address: addressOf(request) }));
  }
}
