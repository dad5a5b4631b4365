// Talks with the citizens behind long cases, before they go higher.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../../petitions/petitions.module.js';
import { ReceptionModule } from '../../reception/reception.module.js';
import { SuperiorMattersModule } from '../superior-matters/superior-matters.module.js';
import { ContactsController } from './contacts.controller.js';
import { ContactsService } from './contacts.service.js';

@Module({
  imports: [SuperiorMattersModule, PetitionsModule, ReceptionModule],
  controllers: [ContactsController],
  providers: [ContactsService],
  exports: [ContactsService],
})
export class ContactsModule {}
