import type { CalendarStatus } from '../calendar/calendar-year.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import { inTime, type Source, versionInForce } from '../source.js';
import { complaintLimits } from './complaint-limits.js';
import { denunciationLimits } from './denunciation-limits.js';
import type { Bilingual } from '../../platform/problems/problem.js';
import { type Complexity, type DayUnit, type LimitCircumstances, type LimitOfKind, type LimitRule, ordinary } from './limit-rule.js';
import { processingLimits } from './processing-limits.js';

/** Every time limit of the law, all versions. */
export const limitRules: readonly LimitRule[] = inTime([...complaintLimits, ...denunciationLimits, ...processingLimits]);

/** A limit that runs from a day to its last legal day. */
export interface Limit {
  ruleId: string;
  ruleVersion: string;
  startsOn: LegalDate;
  dueOn: LegalDate;
  /** Days counted, extensions and suspension included, in `unit`. */
  amount: number;
  unit: DayUnit;
  calendarStatus: CalendarStatus;
  /** First day on which an unmet limit is backlog: more than 30 days over, or over the last possible extension. */
  backlogOn: LegalDate;
  sources: Source[];
  /** Where texts of the law differ: which one was followed, and why. */
  reading: Bilingual | null;
}

export interface LimitQuestion extends Partial<LimitCircumstances> {
  ruleId: string;
  startsOn: LegalDate;
  /** Days of each extension granted, in order. */
  extensionsDays?: number[];
  /** Days that a suspension stopped the clock, counted in the limit's own unit. */
  suspendedDays?: number;
}

/** Why a limit cannot be computed. */
export type LimitFault =
  | { fault: 'unknown_rule'; known: string[] }
  | { fault: 'not_in_force'; periods: { from: LegalDate; to: LegalDate | null }[] }
  | { fault: 'too_many_extensions'; allowed: number }
  | { fault: 'extension_too_long'; index: number; longest: number };

/**
 * The limit that a rule gives from a day: the version in force on that day, its days by circumstance, its last legal day.
 * @returns the limit, or why there is none
 */
export function limitFor(question: LimitQuestion, calendar: WorkingCalendar): Limit | LimitFault {
  const rule = versionInForce(limitRules, question.ruleId, question.startsOn);
  if (!rule) return missingVersion(question.ruleId);
  const circumstances: LimitCircumstances = { ...ordinary, ...question };
  const { unit, days: daysBy, sources }: Omit<LimitOfKind, 'verified'> = (circumstances.kind && rule.ofKind?.[circumstances.kind]) ?? rule;
  const extensions = question.extensionsDays ?? [];
  const possible = rule.extensions?.[circumstances.complexity] ?? [];
  const fault = extensionFault(extensions, possible);
  if (fault) return fault;
  const days = daysOf(daysBy, circumstances) + (question.suspendedDays ?? 0);
  const amount = days + sum(extensions);
  const dueOn = lastDay(question.startsOn, amount, unit, calendar);
  return {
    ruleId: rule.id,
    ruleVersion: rule.version,
    startsOn: question.startsOn,
    dueOn,
    amount,
    unit,
    calendarStatus: calendar.statusOf(question.startsOn, dueOn),
    backlogOn: backlogOn(dueOn, possible.length > 0 ? lastDay(question.startsOn, days + sum(possible), unit, calendar) : null),
    sources,
    reading: rule.reading ?? null,
  };
}

/** {@link limitFor} where the rule is known to be in force: a limit, or undefined when the law of that day had none. */
export function limitInForce(question: LimitQuestion, calendar: WorkingCalendar): Limit | undefined {
  const limit = limitFor(question, calendar);
  return 'fault' in limit ? undefined : limit;
}

/** Which of two texts a limit that began on a day follows, where they differ. */
export function readingOf(ruleId: string, startsOn: LegalDate): Bilingual | null {
  return versionInForce(limitRules, ruleId, startsOn)?.reading ?? null;
}

/** What is kept of a limit that runs, from which its days can be counted again. */
export interface RunningLimit {
  ruleId: string;
  startsOn: LegalDate;
  amount: number;
  unit: DayUnit;
  extensionsDays: number[];
  complexity: Complexity;
}

/** The last day and first backlog day of a running limit, by another calendar or with other days. */
export function countAgain(
  { ruleId, startsOn, amount, unit, extensionsDays, complexity }: RunningLimit,
  calendar: WorkingCalendar,
): Pick<Limit, 'dueOn' | 'backlogOn' | 'calendarStatus'> {
  const possible = versionInForce(limitRules, ruleId, startsOn)?.extensions?.[complexity] ?? [];
  const dueOn = lastDay(startsOn, amount, unit, calendar);
  const left = Math.max(0, sum(possible) - sum(extensionsDays));
  return {
    dueOn,
    calendarStatus: calendar.statusOf(startsOn, dueOn),
    backlogOn: backlogOn(dueOn, possible.length > 0 ? lastDay(startsOn, amount + left, unit, calendar) : null),
  };
}

/** Days of a period in the unit of a limit; the first day is not counted. */
export function daysBetween(from: LegalDate, to: LegalDate, unit: DayUnit, calendar: WorkingCalendar): number {
  return unit === 'calendar_days' ? toDayNumber(to) - toDayNumber(from) : calendar.workingDaysBetween(from, to);
}

/** The same limit until a day that was set by hand; a day off moves on to the next working day. */
export function limitUntil(limit: Limit, day: LegalDate, calendar: WorkingCalendar): Limit {
  const dueOn = calendar.sameOrNextWorkingDay(day);
  return {
    ...limit,
    dueOn,
    amount: toDayNumber(dueOn) - toDayNumber(limit.startsOn),
    unit: 'calendar_days',
    calendarStatus: calendar.statusOf(limit.startsOn, dueOn),
    backlogOn: backlogOn(dueOn, null),
  };
}

/**
 * Last legal day of a limit. The start day is not counted; a calendar limit that ends on a day off moves on
 * (Civil Code 91/2015/QH13 arts 147–148).
 */
export function lastDay(startsOn: LegalDate, amount: number, unit: DayUnit, calendar: WorkingCalendar): LegalDate {
  return unit === 'working_days' ? calendar.addWorkingDays(startsOn, amount) : calendar.sameOrNextWorkingDay(plusDays(startsOn, amount));
}

function missingVersion(ruleId: string): LimitFault {
  const versions = limitRules.filter((rule) => rule.id === ruleId);
  if (versions.length === 0) return { fault: 'unknown_rule', known: [...new Set(limitRules.map((rule) => rule.id))] };
  return { fault: 'not_in_force', periods: versions.map(({ from, to }) => ({ from, to: to ?? null })) };
}

function daysOf(days: LimitRule['days'], { complexity, remoteArea, multiplePlaces, dismissal }: LimitCircumstances): number {
  const complex = complexity !== 'normal';
  const candidates = [
    days.normal,
    complex && days.complex,
    remoteArea && days.remote,
    complex && remoteArea && days.remoteAndComplex,
    multiplePlaces && days.multiplePlaces,
    dismissal && days.dismissal,
  ];
  return Math.max(...candidates.filter((candidate) => typeof candidate === 'number'));
}

function extensionFault(extensions: number[], possible: number[]): LimitFault | undefined {
  if (extensions.length > possible.length) return { fault: 'too_many_extensions', allowed: possible.length };
  const index = extensions.findIndex((days, at) => days > (possible[at] ?? 0));
  return index < 0 ? undefined : { fault: 'extension_too_long', index, longest: possible[index] ?? 0 };
}

function backlogOn(dueOn: LegalDate, lastExtensionOn: LegalDate | null): LegalDate {
  const monthOver = plusDays(dueOn, 31);
  const pastExtension = lastExtensionOn && plusDays(lastExtensionOn, 1);
  return pastExtension && pastExtension < monthOver ? pastExtension : monthOver;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
