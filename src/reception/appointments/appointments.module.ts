// Appointments, booked at the office or by citizens.
import { Module } from '@nestjs/common';
import { DocumentsModule } from '../../petitions/documents/documents.module.js';
import { PublicStatusModule } from '../../petitions/public-status/public-status.module.js';
import { UnitSettingsModule } from '../../petitions/unit-settings/unit-settings.module.js';
import { MessagesModule } from '../../structure/messages/messages.module.js';
import { AppointmentPapersService } from './appointment-papers.service.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AppointmentsController } from './appointments.controller.js';
import { AppointmentsService } from './appointments.service.js';
import { PublicAppointmentsController } from './public-appointments.controller.js';
import { PublicBookings } from './public-bookings.service.js';

@Module({
  imports: [SessionsModule, DocumentsModule, PublicStatusModule, UnitSettingsModule, MessagesModule],
  controllers: [AppointmentsController, PublicAppointmentsController],
  providers: [AppointmentPapersService, AppointmentsService, PublicBookings],
  exports: [AppointmentsService, PublicBookings],
})
export class AppointmentsModule {}
