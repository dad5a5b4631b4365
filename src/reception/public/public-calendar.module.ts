// The published days of the head, for everybody, also as a calendar feed.
import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { PublicCalendarController } from './public-calendar.controller.js';
import { PublicCalendarService } from './public-calendar.service.js';

@Module({
  imports: [SessionsModule],
  controllers: [PublicCalendarController],
  providers: [PublicCalendarService],
})
export class PublicCalendarModule {}
