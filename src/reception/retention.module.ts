// The end of personal data at reception.
import { Module } from '@nestjs/common';
import { ReceptionRetention } from './retention.service.js';

@Module({
  providers: [ReceptionRetention],
})
export class ReceptionRetentionModule {}
