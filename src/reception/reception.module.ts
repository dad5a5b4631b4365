// Reception of citizens: offices, the days of the head, sessions, appointments and the queue, the ledger of visits, gatherings of large groups.
import { Module } from '@nestjs/common';
import { AllowancesModule } from './allowances/allowances.module.js';
import { AppointmentsModule } from './appointments/appointments.module.js';
import { FiguresModule } from './figures/figures.module.js';
import { IncidentsModule } from './incidents/incidents.module.js';
import { OfficesModule } from './offices/offices.module.js';
import { PublicCalendarModule } from './public/public-calendar.module.js';
import { QueueModule } from './queue/queue.module.js';
import { ReceptionRetentionModule } from './retention.module.js';
import { SchedulesModule } from './schedules/schedules.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { VisitsModule } from './visits/visits.module.js';

@Module({
  imports: [
    AllowancesModule,
    AppointmentsModule,
    FiguresModule,
    IncidentsModule,
    OfficesModule,
    PublicCalendarModule,
    QueueModule,
    ReceptionRetentionModule,
    SchedulesModule,
    SessionsModule,
    VisitsModule,
  ],
  exports: [
    AllowancesModule,
    AppointmentsModule,
    FiguresModule,
    IncidentsModule,
    OfficesModule,
    PublicCalendarModule,
    QueueModule,
    ReceptionRetentionModule,
    SchedulesModule,
    SessionsModule,
    VisitsModule,
  ],
})
export class ReceptionModule {}
