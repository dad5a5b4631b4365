import { Problem } from '../../platform/problems/problem.js';
import type { WorkingCalendar } from '../../rules/calendar/working-calendar.js';
import { asWritten, type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { daysOfRecurrence } from '../recurrence.js';
import type { DayPlan, DroppedDay, PlannedDay, ScheduleFacts } from './schedule.js';

/**
 * The days of a schedule: those of its rule and those added, less those left out, each on a working day of the official calendar.
 * @throws Problem naming a rule, a stretch or an added day that cannot be
 */
export function planDays(
  {
    recurrence,
    firstOn,
    lastOn,
    onDayOff,
    omitted,
    added,
  }: Pick<ScheduleFacts, 'recurrence' | 'firstOn' | 'lastOn' | 'onDayOff' | 'omitted' | 'added'>,
  calendar: WorkingCalendar,
): DayPlan {
  mustBeWorkingDays(added, firstOn, lastOn, calendar);
  const days = new Map<LegalDate, PlannedDay>();
  const dropped: DroppedDay[] = [];
  const put = (on: LegalDate, movedFrom: LegalDate | null): void => {
    const { status } = calendar.day(on);
    if (days.has(on)) dropped.push({ on: movedFrom ?? on, why: 'same_as_another', dayName: null });
    else days.set(on, { on, movedFrom, dayName: movedFrom && calendar.day(movedFrom).name, calendarStatus: status });
  };
  const ruled = daysOfRecurrence(recurrence, firstOn, lastOn, '/recurrence');
  const kept = ruled.filter((on) => !omitted.includes(on));
  for (const on of omitted.filter((day) => ruled.includes(day))) dropped.push({ on, why: 'omitted', dayName: null });
  // Days that stay where they are come first: a moved one gives way to them.
  for (const on of [...kept.filter((day) => calendar.isWorking(day)), ...added]) put(on, null);
  for (const on of kept.filter((day) => !calendar.isWorking(day))) {
    const moved = movedTo(on, onDayOff, calendar);
    if (moved && moved >= firstOn && moved <= lastOn) put(moved, on);
    else dropped.push({ on, why: 'day_off', dayName: calendar.day(on).name });
  }
  return {
    days: [...days.values()].sort((one, other) => (one.on < other.on ? -1 : 1)),
    dropped: dropped.sort((one, other) => (one.on < other.on ? -1 : 1)),
  };
}

function movedTo(on: LegalDate, rule: ScheduleFacts['onDayOff'], calendar: WorkingCalendar): LegalDate | null {
  if (rule === 'skip') return null;
  if (rule === 'next_working_day') return calendar.sameOrNextWorkingDay(on);
  let day = on;
  while (!calendar.isWorking(day)) day = plusDays(day, -1);
  return day;
}

function mustBeWorkingDays(added: readonly LegalDate[], firstOn: LegalDate, lastOn: LegalDate, calendar: WorkingCalendar): void {
  for (const [index, day] of added.entries()) {
    if (day < firstOn || day > lastOn)
      throw Problem.field('validation-failed', `/added/${index}`, 'outside', {
        vi: `Ngày phải từ ${asWritten(firstOn)} đến ${asWritten(lastOn)}.`,
        en: `Must be from ${firstOn} to ${lastOn}.`,
      });
    const { working, name } = calendar.day(day);
    if (!working)
      throw Problem.field('validation-failed', `/added/${index}`, 'day_off', {
        vi: `${asWritten(day)} là ngày nghỉ${name ? ` (${name})` : ''}.`,
        en: `${day} is a day off${name ? ` (${name})` : ''}.`,
      });
  }
}
