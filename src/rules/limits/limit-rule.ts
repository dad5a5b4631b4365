import type { Bilingual } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { PetitionKind } from '../petition-kind.js';
import type { Source, VersionedRule, Written } from '../source.js';

/** The event whose day starts the clock; that day itself is not counted (Civil Code 91/2015/QH13 art. 147). */
export type StartEvent =
  | 'decision_known'
  | 'receipt'
  | 'acceptance'
  | 'decision'
  | 'decision_received'
  | 'conclusion'
  | 'visit'
  | 'demand'
  | 'forwarding'
  | 'suspension'
  | 'resumption'
  | 'termination'
  | 'legal_effect'
  | 'handling_result'
  | 'signs_of_crime'
  | 'protection_request';

export type DayUnit = 'calendar_days' | 'working_days';
export const complexities = ['normal', 'complex', 'specially_complex'] as const;
export type Complexity = (typeof complexities)[number];

/** What makes a limit longer than its ordinary number of days. */
export interface LimitCircumstances {
  complexity: Complexity;
  remoteArea: boolean;
  multiplePlaces: boolean;
  /** The disciplined official was dismissed (buộc thôi việc). */
  dismissal: boolean;
  /** Of which kind the petition is, where a limit of all kinds has other days for one; null where that is not known. */
  kind: PetitionKind | null;
}

export const ordinary: LimitCircumstances = {
  complexity: 'normal',
  remoteArea: false,
  multiplePlaces: false,
  dismissal: false,
  kind: null,
};

/** Days by circumstance; a circumstance without its own number has the number before it. */
export interface LimitDays {
  normal: number;
  complex?: number;
  remote?: number;
  remoteAndComplex?: number;
  multiplePlaces?: number;
  dismissal?: number;
}

/** What a limit of all kinds of petitions is for one of them, whose own law says otherwise. */
export interface LimitOfKind {
  unit: DayUnit;
  days: LimitDays;
  sources: Source[];
  verified: boolean;
}

/** A time limit of one period of the law. */
export interface LimitRule extends VersionedRule {
  title: Bilingual;
  startsAt: StartEvent;
  unit: DayUnit;
  days: LimitDays;
  /** By kind of petition, where the law of that kind has other days. */
  ofKind?: Partial<Record<PetitionKind, LimitOfKind>>;
  /** Where texts of the law differ: which one is followed, and why. */
  reading?: Bilingual;
  /** Longest possible extensions, in order, by complexity; none where a complexity is missing. */
  extensions?: Partial<Record<Complexity, number[]>>;
  /** `legal` binds by law or circular; `administrative` is a default of practice that a head may set otherwise. */
  force: 'legal' | 'administrative';
}

/** A limit as a table has it: without its last day, which the next version gives. */
export type WrittenLimit = Written<LimitRule>;

/** The parts of a limit rule that most rules share, so that a table row shows only what is its own. */
export function limitRule(
  rule: Omit<WrittenLimit, 'unit' | 'force' | 'verified'> & Partial<Pick<LimitRule, 'unit' | 'force' | 'verified'>>,
): WrittenLimit {
  return { unit: 'calendar_days', force: 'legal', verified: true, ...rule };
}

/** First day of the Laws on Complaints and on Denunciations of 2011. */
export const since2012: LegalDate = '2012-07-01';
/** First day of the Law on Denunciations of 2018. */
export const since2019: LegalDate = '2019-01-01';
