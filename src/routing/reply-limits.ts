import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CalendarService } from '../structure/calendar/calendar.service.js';
import { Problem } from '../platform/problems/problem.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import { type Limit, limitInForce, limitUntil } from '../rules/limits/limit.js';
import { replyRule } from '../rules/limits/limits-by-event.js';

/** By when a unit answers what was sent to it. */
@Injectable()
export class ReplyLimits {
  constructor(private readonly calendars: CalendarService) {}

  /** The limit of a reply, or until a day that the sender set. @throws Problem naming `/replyBy` when that is not after the start */
  async reply(tx: EntityManager, startsOn: LegalDate, replyBy: LegalDate | null): Promise<Limit> {
    const calendar = await this.calendars.upToDate(tx);
    const limit = limitInForce({ ruleId: replyRule, startsOn }, calendar);
    if (!limit) throw new Error(`${replyRule} is not in force on ${startsOn}`);
    if (!replyBy) return limit;
    if (replyBy <= startsOn)
      throw Problem.field('validation-failed', '/replyBy', 'before_start', {
        vi: 'Hạn phúc đáp phải sau ngày chuyển đơn.',
        en: 'Must be after the day of sending.',
      });
    return limitUntil(limit, replyBy, calendar);
  }
}
