// Gatherings of large groups.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../../petitions/petitions.module.js';
import { OfficesModule } from '../offices/offices.module.js';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsService } from './incidents.service.js';

@Module({
  imports: [OfficesModule, PetitionsModule],
  controllers: [IncidentsController],
  providers: [IncidentsService],
  exports: [IncidentsService],
})
export class IncidentsModule {}
