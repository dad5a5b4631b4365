// The queue: tickets, whom is called, and the board in the hall.
import { Module } from '@nestjs/common';
import { AppointmentsModule } from '../appointments/appointments.module.js';
import { OfficesModule } from '../offices/offices.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { BoardController } from './board.controller.js';
import { BoardService } from './board.service.js';
import { QueueController } from './queue.controller.js';
import { QueueService } from './queue.service.js';

@Module({
  imports: [OfficesModule, SessionsModule, AppointmentsModule],
  controllers: [BoardController, QueueController],
  providers: [BoardService, QueueService],
  exports: [QueueService],
})
export class QueueModule {}
