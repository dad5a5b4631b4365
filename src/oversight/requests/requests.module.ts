// What units ask of whoever runs the software, and what was answered.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../../petitions/petitions.module.js';
import { RequestsController } from './requests.controller.js';
import { RequestsService } from './requests.service.js';

@Module({ imports: [PetitionsModule], controllers: [RequestsController], providers: [RequestsService], exports: [RequestsService] })
export class RequestsModule {}
