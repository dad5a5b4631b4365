// Personal data: numbers read for a reason, a person's question what is held about him, and the end of what was kept long enough.
import { Module } from '@nestjs/common';
import { PeopleModule } from '../../petitions/people/people.module.js';
import { PetitionsModule } from '../../petitions/petitions.module.js';
import { PetitionRetentionModule } from '../../petitions/retention/petition-retention.module.js';
import { ReceptionModule } from '../../reception/reception.module.js';
import { ExportsService } from './exports.service.js';
import { HoldsService } from './holds.service.js';
import { PersonalDataController } from './personal-data.controller.js';
import { ReadingsService } from './readings.service.js';
import { RetentionController } from './retention.controller.js';
import { RetentionService } from './retention.service.js';

@Module({
  imports: [PetitionsModule, PeopleModule, PetitionRetentionModule, ReceptionModule],
  controllers: [PersonalDataController, RetentionController],
  providers: [ReadingsService, ExportsService, HoldsService, RetentionService],
  exports: [HoldsService],
})
export class PersonalDataModule {}
