// People: the same person across petitions, merged only by a clerk; the signatories of a group.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../petitions.module.js';
import { PersonsController } from './persons.controller.js';
import { PersonsService } from './persons.service.js';
import { SignatoriesController } from './signatories.controller.js';
import { SignatoriesService } from './signatories.service.js';

@Module({
  imports: [PetitionsModule],
  controllers: [PersonsController, SignatoriesController],
  providers: [PersonsService, SignatoriesService],
  exports: [PersonsService, SignatoriesService],
})
export class PeopleModule {}
