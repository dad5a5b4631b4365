// Sessions of reception: planned, published, held – in the room or by video –, minuted, with the tasks that they leave.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../../petitions/attachments/attachments.module.js';
import { DocumentsModule } from '../../petitions/documents/documents.module.js';
import { UnitSettingsModule } from '../../petitions/unit-settings/unit-settings.module.js';
import { OfficesModule } from '../offices/offices.module.js';
import { HeadDaysService } from './head-days.service.js';
import { ObstaclesService } from './obstacles.service.js';
import { OnlineReadiness } from './online/online-readiness.service.js';
import { OnlineSessionsController } from './online/online-sessions.controller.js';
import { OnlineSessions } from './online/online-sessions.service.js';
import { Recordings } from './online/recordings.service.js';
import { PlacesService } from './places.service.js';
import { PlanningService } from './planning.service.js';
import { PublicationService } from './publication.service.js';
import { SessionPapersService } from './session-papers.service.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';
import { TasksService } from './tasks.service.js';

@Module({
  imports: [OfficesModule, UnitSettingsModule, AttachmentsModule, DocumentsModule],
  controllers: [OnlineSessionsController, SessionsController],
  providers: [
    HeadDaysService,
    ObstaclesService,
    OnlineReadiness,
    OnlineSessions,
    Recordings,
    PlacesService,
    PlanningService,
    PublicationService,
    SessionPapersService,
    SessionsService,
    TasksService,
  ],
  exports: [
    HeadDaysService,
    OnlineReadiness,
    OnlineSessions,
    PlacesService,
    PlanningService,
    PublicationService,
    Recordings,
    SessionsService,
    TasksService,
  ],
})
export class SessionsModule {}
