// Reception of citizens: offices, the days of the head, sessions, appointments and the queue, the ledger of visits, gatherings of large groups.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments/attachments.module.js';
import { PetitionsModule } from '../petitions/petitions.module.js';
import { UnitSettingsModule } from '../unit-settings/unit-settings.module.js';
import { DutiesService } from './offices/duties.service.js';
import { NoticesService } from './offices/notices.service.js';
import { OfficesController } from './offices/offices.controller.js';
import { OfficesService } from './offices/offices.service.js';
import { PublicCalendarController } from './public/public-calendar.controller.js';
import { PublicCalendarService } from './public/public-calendar.service.js';
import { ReceptionAccess } from './reception-access.js';
import { SchedulesController } from './schedules/schedules.controller.js';
import { SchedulesService } from './schedules/schedules.service.js';
import { HeadDaysService } from './sessions/head-days.service.js';
import { ObstaclesService } from './sessions/obstacles.service.js';
import { PlacesService } from './sessions/places.service.js';
import { PlanningService } from './sessions/planning.service.js';
import { PublicationService } from './sessions/publication.service.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TasksService } from './sessions/tasks.service.js';

@Module({
  imports: [PetitionsModule, AttachmentsModule, UnitSettingsModule],
  controllers: [OfficesController, SchedulesController, SessionsController, PublicCalendarController],
  providers: [
    ReceptionAccess,
    OfficesService,
    NoticesService,
    DutiesService,
    SchedulesService,
    SessionsService,
    PlacesService,
    PlanningService,
    PublicationService,
    ObstaclesService,
    HeadDaysService,
    TasksService,
    PublicCalendarService,
  ],
  exports: [OfficesService, NoticesService, DutiesService, SchedulesService, SessionsService, PlanningService, TasksService],
})
export class ReceptionModule {}
