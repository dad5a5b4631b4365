// The ledger of visits: who came, what about, what came of it.
import { Module } from '@nestjs/common';
import { DocumentsModule } from '../../petitions/documents/documents.module.js';
import { PetitionsModule } from '../../petitions/petitions.module.js';
import { AppointmentsModule } from '../appointments/appointments.module.js';
import { OfficesModule } from '../offices/offices.module.js';
import { QueueModule } from '../queue/queue.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { VisitEntries } from './visit-entries.service.js';
import { VisitFollowUp } from './visit-follow-up.js';
import { VisitIdentityService } from './visit-identity.service.js';
import { VisitLedgerService } from './visit-ledger.service.js';
import { VisitOutcomes } from './visit-outcomes.service.js';
import { VisitPapersService } from './visit-papers.service.js';
import { VisitWords } from './visit-words.js';
import { VisitsController } from './visits.controller.js';
import { VisitsService } from './visits.service.js';

@Module({
  imports: [OfficesModule, SessionsModule, QueueModule, PetitionsModule, DocumentsModule, AppointmentsModule],
  controllers: [VisitsController],
  providers: [
    VisitEntries,
    VisitFollowUp,
    VisitIdentityService,
    VisitLedgerService,
    VisitOutcomes,
    VisitPapersService,
    VisitWords,
    VisitsService,
  ],
  exports: [VisitEntries, VisitOutcomes, VisitsService],
})
export class VisitsModule {}
