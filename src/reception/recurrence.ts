import { RRuleTemporal } from 'rrule-temporal';
import { Problem } from '../platform/problems/problem.js';
import { type LegalDate, toDayNumber } from '../platform/text/legal-date.js';
import { own } from '../platform/text/own.js';

/** A stretch longer than this is planned in two. */
export const longestPlan = 731;

const parts: Record<string, RegExp> = {
  FREQ: /^(WEEKLY|MONTHLY)$/,
  INTERVAL: /^([1-9]|1[0-2])$/,
  BYDAY: /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)){0,6}$/,
  BYMONTHDAY: /^(-?([1-9]|[12]\d|3[01]))(,-?([1-9]|[12]\d|3[01])){0,9}$/,
  BYSETPOS: /^-?[1-9](,-?[1-9]){0,4}$/,
  WKST: /^(MO|SU)$/,
};

/**
 * The days of a recurrence rule (RFC 5545 section 3.3.10) within a stretch of time. Legal days alone: no hour and no time zone touches them.
 * @param rule weekly or monthly, e.g. `FREQ=MONTHLY;BYDAY=1TU,3TU`; the stretch says where it ends
 * @throws Problem naming the pointer for another rule, or a stretch that is too long
 */
export function daysOfRecurrence(rule: string, firstOn: LegalDate, lastOn: LegalDate, pointer: string): LegalDate[] {
  mustBeAllowed(rule, pointer);
  if (lastOn < firstOn || toDayNumber(lastOn) - toDayNumber(firstOn) > longestPlan)
    throw Problem.field('validation-failed', '/lastOn', 'period', {
      vi: `Ngày cuối phải từ ngày đầu và trong vòng ${longestPlan} ngày.`,
      en: `The last day must not be before the first, and at most ${longestPlan} days after it.`,
    });
  const asIcal = (date: LegalDate) => date.replaceAll('-', '');
  const recurrence = new RRuleTemporal({
    rruleString: `DTSTART;VALUE=DATE:${asIcal(firstOn)}\nRRULE:${rule};UNTIL=${asIcal(lastOn)}`,
  });
  return recurrence.all().map((moment) => moment.toString().slice(0, 10));
}

function mustBeAllowed(rule: string, pointer: string): void {
  const given = rule.split(';').map((part) => part.split('='));
  const names = given.map(([name = '']) => name);
  const sound =
    given.every(([name = '', value, ...more]) => value !== undefined && more.length === 0 && (own(parts, name)?.test(value) ?? false)) &&
    new Set(names).size === names.length &&
    names.includes('FREQ') &&
    (names.includes('BYDAY') || names.includes('BYMONTHDAY')) &&
    !(rule.includes('WEEKLY') && (names.includes('BYMONTHDAY') || /BYDAY=[^;]*\d/.test(rule)));
  if (sound) return;
  throw Problem.field('validation-failed', pointer, 'recurrence', {
    vi: 'Phải là quy tắc RFC 5545 theo tuần hoặc tháng dương lịch với FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYSETPOS, WKST; ví dụ FREQ=MONTHLY;BYDAY=1TU,3TU. Khoảng thời gian do firstOn và lastOn nêu.',
    en: 'Must be a weekly or monthly rule by RFC 5545, by the solar calendar, of FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYSETPOS, WKST; e.g. FREQ=MONTHLY;BYDAY=1TU,3TU. firstOn and lastOn say the stretch.',
  });
}
