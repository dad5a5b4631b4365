import { type DynamicModule, Module } from '@nestjs/common';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CalendarModule } from './calendar/calendar.module.js';
import type { Config } from './config/config.js';
import { CasesModule } from './cases/cases.module.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { DeadlinesModule } from './deadlines/deadlines.module.js';
import { DocumentsModule } from './documents/documents.module.js';
import { EventsModule } from './events/events.module.js';
import { ExchangeModule } from './exchange/exchange.module.js';
import { HttpModule } from './http/http.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { IncomingModule } from './incoming/incoming.module.js';
import { InspectionsModule } from './inspections/inspections.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { OversightModule } from './oversight/oversight.module.js';
import { ParsingModule } from './parsing/parsing.module.js';
import { PeopleModule } from './people/people.module.js';
import { PersonalDataModule } from './personal-data/personal-data.module.js';
import { PetitionsModule } from './petitions/petitions.module.js';
import { PublicStatusModule } from './public-status/public-status.module.js';
import { ReceptionModule } from './reception/reception.module.js';
import { RegulationsModule } from './regulations/regulations.module.js';
import { ReportingModule } from './reporting/reporting.module.js';
import { ResolutionModule } from './resolution/resolution.module.js';
import { RoutingModule } from './routing/routing.module.js';
import { RulesModule } from './rules/rules.module.js';
import { SealingModule } from './sealing/sealing.module.js';
import { TriageModule } from './triage/triage.module.js';
import { UnitSettingsModule } from './unit-settings/unit-settings.module.js';
import { UnitsModule } from './units/units.module.js';

/** The one list of modules. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        DatabaseModule,
        SealingModule,
        HttpModule,
        AuthModule,
        UnitsModule,
        CalendarModule,
        RulesModule,
        PetitionsModule,
        RoutingModule,
        DeadlinesModule,
        ResolutionModule,
        CasesModule,
        TriageModule,
        UnitSettingsModule,
        ReceptionModule,
        RegulationsModule,
        OversightModule,
        InspectionsModule,
        ReportingModule,
        PeopleModule,
        ParsingModule,
        IncomingModule,
        AttachmentsModule,
        DocumentsModule,
        PublicStatusModule,
        JobsModule,
        ExchangeModule,
        EventsModule,
        IdentityModule,
        PersonalDataModule,
        AuditModule,
      ],
    };
  }
}
