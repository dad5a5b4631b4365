// Who is entitled to the allowance for receiving citizens.
import { Module } from '@nestjs/common';
import { AllowancesController } from './allowances.controller.js';
import { AllowancesService } from './allowances.service.js';

@Module({
  controllers: [AllowancesController],
  providers: [AllowancesService],
})
export class AllowancesModule {}
