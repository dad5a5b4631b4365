// Reception of citizens: offices, the days of the head, sessions, appointments and the queue, the ledger of visits, gatherings of large groups.
import { Module } from '@nestjs/common';
<<<<<<< 69309672dfc2c449eb723167814cd298ff82b061
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
=======
import { AttachmentsModule } from '../petitions/attachments/attachments.module.js';
import { DocumentsModule } from '../petitions/documents/documents.module.js';
import { MessagesModule } from '../structure/messages/messages.module.js';
import { PetitionsModule } from '../petitions/petitions.module.js';
import { PublicStatusModule } from '../petitions/public-status/public-status.module.js';
import { UnitSettingsModule } from '../petitions/unit-settings/unit-settings.module.js';
import { AllowancesController } from './allowances/allowances.controller.js';
import { AllowancesService } from './allowances/allowances.service.js';
import { AppointmentPapersService } from './appointments/appointment-papers.service.js';
import { AppointmentsController } from './appointments/appointments.controller.js';
import { AppointmentsService } from './appointments/appointments.service.js';
import { PublicBookings } from './appointments/public-bookings.service.js';
import { PublicAppointmentsController } from './appointments/public-appointments.controller.js';
import { FiguresController } from './figures/figures.controller.js';
import { FiguresService } from './figures/figures.service.js';
import { IncidentsController } from './incidents/incidents.controller.js';
import { IncidentsService } from './incidents/incidents.service.js';
import { DutiesService } from './offices/duties.service.js';
import { NoticesService } from './offices/notices.service.js';
import { OfficesController } from './offices/offices.controller.js';
import { OfficesService } from './offices/offices.service.js';
import { PublicCalendarController } from './public/public-calendar.controller.js';
import { PublicCalendarService } from './public/public-calendar.service.js';
import { BoardController } from './queue/board.controller.js';
import { BoardService } from './queue/board.service.js';
import { QueueController } from './queue/queue.controller.js';
import { QueueService } from './queue/queue.service.js';
import { ReceptionRetention } from './retention.service.js';
import { SchedulesController } from './schedules/schedules.controller.js';
import { SchedulesService } from './schedules/schedules.service.js';
import { HeadDaysService } from './sessions/head-days.service.js';
import { ObstaclesService } from './sessions/obstacles.service.js';
import { OnlineReadiness } from './sessions/online/online-readiness.service.js';
import { OnlineSessionsController } from './sessions/online/online-sessions.controller.js';
import { OnlineSessions } from './sessions/online/online-sessions.service.js';
import { Recordings } from './sessions/online/recordings.service.js';
import { PlacesService } from './sessions/places.service.js';
import { PlanningService } from './sessions/planning.service.js';
import { PublicationService } from './sessions/publication.service.js';
import { SessionPapersService } from './sessions/session-papers.service.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TasksService } from './sessions/tasks.service.js';
import { VisitEntries } from './visits/visit-entries.service.js';
import { VisitFollowUp } from './visits/visit-follow-up.js';
import { VisitIdentityService } from './visits/visit-identity.service.js';
import { VisitLedgerService } from './visits/visit-ledger.service.js';
import { VisitOutcomes } from './visits/visit-outcomes.service.js';
import { VisitPapersService } from './visits/visit-papers.service.js';
import { VisitWords } from './visits/visit-words.js';
import { VisitsController } from './visits/visits.controller.js';
import { VisitsService } from './visits/visits.service.js';

@Module({
  imports: [MessagesModule, PetitionsModule, AttachmentsModule, DocumentsModule, PublicStatusModule, UnitSettingsModule],
  controllers: [
    OfficesController,
    SchedulesController,
    SessionsController,
    OnlineSessionsController,
    AppointmentsController,
    QueueController,
    VisitsController,
    IncidentsController,
    FiguresController,
    AllowancesController,
    PublicCalendarController,
    PublicAppointmentsController,
    BoardController,
  ],
  providers: [
    ReceptionRetention,
    OfficesService,
    NoticesService,
    DutiesService,
    SchedulesService,
    SessionsService,
    OnlineReadiness,
    OnlineSessions,
    Recordings,
    PlacesService,
    PlanningService,
    PublicationService,
    ObstaclesService,
    HeadDaysService,
    TasksService,
    SessionPapersService,
    PublicCalendarService,
    AppointmentsService,
    PublicBookings,
    AppointmentPapersService,
    QueueService,
    BoardService,
    VisitsService,
    VisitWords,
    VisitEntries,
    VisitOutcomes,
    VisitFollowUp,
    VisitIdentityService,
    VisitLedgerService,
    VisitPapersService,
    IncidentsService,
    FiguresService,
    AllowancesService,
  ],
  exports: [
    OnlineSessions,
    Recordings,
    HeadDaysService,
    OfficesService,
    NoticesService,
    DutiesService,
    SchedulesService,
    SessionsService,
    PlanningService,
    TasksService,
    AppointmentsService,
    PublicBookings,
    QueueService,
    VisitsService,
    VisitEntries,
    VisitOutcomes,
    IncidentsService,
>>>>>>> c140a0aa41595b9cc824d1cb47e45546831fafc9
  ],
})
export class ReceptionModule {}
