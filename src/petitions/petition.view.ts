import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CalendarService } from '../calendar/calendar.service.js';
import { today } from '../calendar/today.js';
import { entityTag } from '../http/entity-tag.js';
import { alertDays } from '../rules/limits/alert.js';
import { UnitDirectory } from '../units/unit-directory.js';
import { type PetitionAnswer, toPetitionAnswer, type View } from './petition.answer.js';
import type { PetitionDetailRow } from './petition.js';

/** Turns petitions into answers as they stand today. */
@Injectable()
export class PetitionView {
  constructor(
    private readonly units: UnitDirectory,
    private readonly calendars: CalendarService,
  ) {}

  get now(): View {
    return { structure: this.units.structure, days: alertDays(today(), this.calendars.calendar) };
  }

  /** The whole petition, with its entity tag. */
  answer(row: PetitionDetailRow, reply: FastifyReply): PetitionAnswer {
    void reply.header('etag', entityTag(row.version));
    return toPetitionAnswer(row, this.now);
  }
}
