import type { Bilingual } from '../../platform/problems/problem.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { fromDayNumber, type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import {
  amendingLaw2025,
  inTime,
  law,
  receptionDecree,
  receptionDecree2026,
  receptionLaw,
  since2026,
  type Source,
  type VersionedRule,
} from '../source.js';
import type { Unit, UnitKind, UnitLevel } from '../structure/unit-structure.js';

/** How many days of a month or of a week the head of a body receives citizens in person at the least. */
export interface HeadDayRule extends VersionedRule {
  title: Bilingual;
  levels: UnitLevel[];
  kinds: UnitKind[];
  per: 'month' | 'week';
  days: number;
}

const since2014 = '2014-07-01';
const bodies: UnitKind[] = ['department', 'inspectorate', 'other'];

/** Law on Citizen Reception arts 12, 13, 15, 18 (law.md 3.1). */
export const headDayRules: readonly HeadDayRule[] = inTime<HeadDayRule>([
  {
    id: 'reception.head_days.province',
    version: '2013',
    from: since2014,
    title: { vi: 'Chủ tịch UBND cấp tỉnh tiếp công dân', en: 'Reception by the chair of a province' },
    levels: ['province'],
    kinds: ['peoples_committee'],
    per: 'month',
    days: 1,
    sources: [law(receptionLaw, 12)],
    verified: true,
  },
  {
    id: 'reception.head_days.district',
    version: '2013',
    from: since2014,
    // The level ended, and Law 136/2025/QH15 art. 1(14) repealed the article.
    repealedFrom: '2025-07-01',
    title: { vi: 'Chủ tịch UBND cấp huyện tiếp công dân', en: 'Reception by the chair of a district' },
    levels: ['district'],
    kinds: ['peoples_committee'],
    per: 'month',
    days: 2,
    sources: [law(receptionLaw, 13)],
    verified: true,
  },
  ...(
    [
      ['2013', since2014, 'week', 1, [law(receptionLaw, 15)]],
      ['2026', since2026, 'month', 2, [law(receptionLaw, 15), law(amendingLaw2025, '1(7)')]],
    ] as [string, LegalDate, HeadDayRule['per'], number, Source[]][]
  ).map(([version, from, per, days, sources]) => ({
    id: 'reception.head_days.commune',
    version,
    from,
    title: { vi: 'Chủ tịch UBND cấp xã tiếp công dân', en: 'Reception by the chair of a commune' },
    levels: ['commune'] as UnitLevel[],
    kinds: ['peoples_committee'] as UnitKind[],
    per,
    days,
    sources,
    verified: true,
  })),
  ...(
    [
      ['2013', since2014, [law(receptionLaw, 18), law(receptionDecree, 4)]],
      // Heads of public service units among them.
      ['2026', since2026, [law(receptionLaw, 18), law(receptionDecree2026, '10(2)')]],
    ] as [string, LegalDate, Source[]][]
  ).map(([version, from, sources]) => ({
    id: 'reception.head_days.body',
    version,
    from,
    title: {
      vi: 'Thủ trưởng cơ quan, đơn vị tiếp công dân',
      en: 'Reception by the head of a department, a public service unit or other body',
    },
    levels: ['province', 'district', 'commune'] as UnitLevel[],
    kinds: bodies,
    per: 'month' as const,
    days: 1,
    sources,
    verified: true,
  })),
  {
    id: 'reception.head_days.minister',
    version: '2013',
    from: since2014,
    title: { vi: 'Bộ trưởng, Thủ trưởng cơ quan ngang bộ tiếp công dân', en: 'Reception by a minister' },
    levels: ['central'],
    kinds: bodies,
    per: 'month',
    days: 1,
    sources: [law(receptionLaw, 18)],
    verified: false,
  },
  {
    id: 'reception.head_days.party',
    version: '2019',
    from: '2019-02-18',
    title: { vi: 'Bí thư cấp uỷ xã tiếp dân', en: 'Reception by the Party secretary of a commune' },
    levels: ['commune'],
    kinds: ['party_body'],
    per: 'month',
    days: 2,
    sources: [law('11-QĐi/TW')],
    verified: true,
  },
]);

/** Why a period asks for nothing: the rule or the unit did not last the whole of it, or nobody works in it. */
export type NothingAsked = 'not_whole' | 'no_working_day';

/** A month or a week, and how many days of the head it asks for. */
export interface HeadDayPeriod {
  rule: HeadDayRule;
  from: LegalDate;
  to: LegalDate;
  required: number;
  nothingAsked: NothingAsked | null;
}

/**
 * The months and weeks that overlap a stretch of time, each with the days that its version of the law asks of the head of a unit. Of a week
 * or month that the rule or the unit did not last the whole of, the part that they lasted stands here and asks for nothing: the law divides neither.
 */
export function headDayPeriods(unit: Unit, from: LegalDate, to: LegalDate, calendar: WorkingCalendar): HeadDayPeriod[] {
  return headDayRules
    .filter(({ levels, kinds }) => levels.includes(unit.level) && kinds.includes(unit.kind))
    .flatMap((rule) => {
      const [first, last] = [latest(from, rule.from, unit.validFrom), earliest(to, rule.to, unit.validTo)];
      return first > last ? [] : periodsOf(rule, first, last).map((period) => lastingPart(period, unit, calendar));
    })
    .sort((one, other) => (one.from < other.from ? -1 : 1));
}

function periodsOf(rule: HeadDayRule, from: LegalDate, to: LegalDate): Pick<HeadDayPeriod, 'rule' | 'from' | 'to'>[] {
  const found: Pick<HeadDayPeriod, 'rule' | 'from' | 'to'>[] = [];
  for (let first = rule.per === 'month' ? firstOfMonth(from) : mondayOf(from); first <= to;) {
    const next = rule.per === 'month' ? firstOfMonth(plusDays(first, 31)) : plusDays(first, 7);
    found.push({ rule, from: first, to: plusDays(next, -1) });
    first = next;
  }
  return found;
}

/** What of a month or week the rule and the unit lasted: the whole asks for its days, a part for nothing. */
function lastingPart(
  { rule, from, to }: Pick<HeadDayPeriod, 'rule' | 'from' | 'to'>,
  unit: Unit,
  calendar: WorkingCalendar,
): HeadDayPeriod {
  const lasting = { from: latest(from, rule.from, unit.validFrom), to: earliest(to, rule.to, unit.validTo) };
  if (lasting.from !== from || lasting.to !== to) return { rule, ...lasting, required: 0, nothingAsked: 'not_whole' };
  const working = calendar.workingDaysBetween(plusDays(from, -1), to);
  return { rule, from, to, required: Math.min(rule.days, working), nothingAsked: working === 0 ? 'no_working_day' : null };
}

function firstOfMonth(date: LegalDate): LegalDate {
  return `${date.slice(0, 7)}-01`;
}

/** Weeks begin on Monday (ISO 8601). 1970-01-01 was a Thursday. */
function mondayOf(date: LegalDate): LegalDate {
  const day = toDayNumber(date);
  return fromDayNumber(day - ((((day + 3) % 7) + 7) % 7));
}

function latest(...dates: LegalDate[]): LegalDate {
  return dates.reduce((one, other) => (one > other ? one : other));
}

function earliest(...dates: (LegalDate | null | undefined)[]): LegalDate {
  return dates.filter((date) => date !== null && date !== undefined).reduce((one, other) => (one < other ? one : other));
}
