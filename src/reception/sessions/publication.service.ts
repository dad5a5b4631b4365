import { Injectable } from '@nestjs/common';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { mustNotLieAhead } from '../../petitions/petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { checkPublication } from '../../rules/reception/reception-rules.js';
import { UnitSettingsService } from '../../petitions/unit-settings/unit-settings.service.js';

/** When the days of the head were told to everybody. */
export interface Publication {
  publishedOn: LegalDate;
  late: boolean;
}

/** Whether a day of the head is told early enough (Law on Citizen Reception art. 24), and what becomes of one that is not. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly calendars: CalendarService,
    private readonly settings: UnitSettingsService,
  ) {}

  /**
   * @throws Problem `/publishedOn` when it is too late and the unit refuses that; `/lateReason` when it marks it and no reason is given
   */
  async publicationOf(unitId: string, publishedOn: LegalDate, firstDay: LegalDate, lateReason: string | null): Promise<Publication> {
    mustNotLieAhead(publishedOn, '/publishedOn');
    const check = checkPublication(publishedOn, firstDay, this.calendars.calendar);
    if (!check?.late) return { publishedOn, late: false };
    const { latePublication } = await this.settings.get(unitId);
    if (latePublication === 'refuse')
      throw Problem.field('validation-failed', '/publishedOn', 'too_late', {
        vi: `Công bố ngày ${asWritten(publishedOn)} thì ngày tiếp sớm nhất là ${asWritten(check.earliest)} (trước ít nhất ${check.rule.amount} ngày làm việc, Điều 24 Luật Tiếp công dân).`,
        en: `Published on ${publishedOn}, the first day can be ${check.earliest} (at least ${check.rule.amount} working days ahead, Law on Citizen Reception art. 24).`,
      });
    if (!lateReason)
      throw Problem.field('validation-failed', '/lateReason', 'required', {
        vi: 'Công bố chậm: nêu lý do.',
        en: 'It is published too late: say why.',
      });
    return { publishedOn, late: true };
  }
}
