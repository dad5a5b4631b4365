// The end of personal data at reception.
import { Module } from '@nestjs/common';
import { PetitionRetentionModule } from '../petitions/retention/petition-retention.module.js';
import { ReceptionRetention } from './retention.service.js';

@Module({
  imports: [PetitionRetentionModule],
  providers: [ReceptionRetention],
})
export class ReceptionRetentionModule {}
