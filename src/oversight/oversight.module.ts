// Oversight: what the directive asks to be followed beyond the single petition – urging, the backlog, cases at superiors and courts, talks with the citizens, the roll-out and use of the software.
import { Module } from '@nestjs/common';
import { BacklogModule } from './backlog/backlog.module.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { DataQualityModule } from './data-quality/data-quality.module.js';
import { GuidanceModule } from './guidance/guidance.module.js';
import { OverviewModule } from './overview/overview.module.js';
import { RequestsModule } from './requests/requests.module.js';
import { RolloutModule } from './rollout/rollout.module.js';
import { SuperiorMattersModule } from './superior-matters/superior-matters.module.js';
import { UrgingModule } from './urging/urging.module.js';

@Module({
  imports: [
    BacklogModule,
    ContactsModule,
    DataQualityModule,
    GuidanceModule,
    OverviewModule,
    RequestsModule,
    RolloutModule,
    SuperiorMattersModule,
    UrgingModule,
  ],
  exports: [
    BacklogModule,
    ContactsModule,
    DataQualityModule,
    GuidanceModule,
    OverviewModule,
    RequestsModule,
    RolloutModule,
    SuperiorMattersModule,
    UrgingModule,
  ],
})
export class OversightModule {}
