import { type DynamicModule, Module } from '@nestjs/common';
import { AttachmentsModule } from '../petitions/attachments/attachments.module.js';
import { AuditModule } from '../records/audit/audit.module.js';
import { AuthModule } from '../accounts/auth.module.js';
import { CalendarModule } from '../structure/calendar/calendar.module.js';
import type { Config } from '../platform/config/config.js';
import { CasesModule } from '../petitions/cases/cases.module.js';
import { ConfigModule } from '../platform/config/config.module.js';
import { DatabaseModule } from '../platform/database/database.module.js';
import { LimitsModule } from '../petitions/limits/limits.module.js';
import { DocumentsModule } from '../petitions/documents/documents.module.js';
import { EventsModule } from '../records/events/events.module.js';
import { ExchangeModule } from '../petitions/exchange/exchange.module.js';
import { HttpModule } from './http/http.module.js';
import { RevealsModule } from '../petitions/reveals/reveals.module.js';
import { IncomingModule } from '../platform/incoming/incoming.module.js';
import { InspectionsModule } from '../inspections/inspections.module.js';
import { JobsModule } from '../structure/jobs/jobs.module.js';
import { OversightModule } from '../oversight/oversight.module.js';
import { ParsingModule } from '../platform/parsing/parsing.module.js';
import { PeopleModule } from '../petitions/people/people.module.js';
import { PersonalDataModule } from '../records/personal-data/personal-data.module.js';
import { PetitionsModule } from '../petitions/petitions.module.js';
import { PublicStatusModule } from '../petitions/public-status/public-status.module.js';
import { ReceptionModule } from '../reception/reception.module.js';
import { RegulationsModule } from '../regulations/regulations.module.js';
import { ReportingModule } from '../reporting/reporting.module.js';
import { ResolutionModule } from '../petitions/resolution/resolution.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { RulesModule } from '../structure/law-desk/rules.module.js';
import { SealingModule } from '../structure/keys/sealing.module.js';
import { TriageModule } from '../routing/triage/triage.module.js';
import { UnitSettingsModule } from '../petitions/unit-settings/unit-settings.module.js';
import { UnitsModule } from '../structure/units/units.module.js';

/** The one list of modules. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule,
        SealingModule,
        HttpModule,
        AuthModule,
        UnitsModule,
        CalendarModule,
        RulesModule,
        PetitionsModule,
        RoutingModule,
        LimitsModule,
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
        RevealsModule,
        PersonalDataModule,
        AuditModule,
      ],
    };
  }
}
