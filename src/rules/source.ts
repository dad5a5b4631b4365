import type { LegalDate } from './legal-date.js';

/** Where a rule stands: the instrument's number and the article, e.g. `02/2011/QH13` article `28`; no article where it is the whole. */
export interface Source {
  instrument: string;
  article?: string;
}

/** A rule of one period of the law. Several versions of one id follow one another in time. */
export interface VersionedRule {
  id: string;
  version: string;
  /** First day in force. */
  from: LegalDate;
  /** Last day in force; missing while the rule is in force. */
  to?: LegalDate;
  sources: Source[];
  /** False where the figure comes from general knowledge and was not read in the law's text: to be checked by a person. */
  verified: boolean;
}

export function law(instrument: string, article?: string | number): Source {
  return article === undefined ? { instrument } : { instrument, article: String(article) };
}

/** Law on Complaints. */
export const complaintsLaw = '02/2011/QH13';
/** Law on Denunciations, until 2018-12-31. */
export const denunciationsLaw2011 = '03/2011/QH13';
/** Law on Denunciations, since 2019-01-01. */
export const denunciationsLaw = '25/2018/QH14';
/** Law on Citizen Reception. */
export const receptionLaw = '42/2013/QH13';
/** Decree on citizen reception. */
export const receptionDecree = '64/2014/NĐ-CP';
/** Circular on the processing of petitions. */
export const processingCircular = '05/2021/TT-TTCP';
/** Circular on the processing of petitions, until 2021-11-14. */
export const processingCircular2014 = '07/2014/TT-TTCP';
/** Amending law in force since 2026-07-01. */
export const amendingLaw2025 = '136/2025/QH15';
/** Decree that divides competence between the two tiers since 2025-07-01. */
export const twoTierDecree = '141/2025/NĐ-CP';

/** A period in which one circular on the processing of petitions was in force. */
export interface CircularPeriod {
  version: string;
  from: LegalDate;
  to?: LegalDate;
  circular: Source[];
}

/** Before the first circular, under 07/2014/TT-TTCP, and under 05/2021/TT-TTCP. */
export const circularPeriods: CircularPeriod[] = [
  { version: '2011', from: '2012-07-01', to: '2014-12-14', circular: [] },
  { version: '2014', from: '2014-12-15', to: '2021-11-14', circular: [law(processingCircular2014)] },
  { version: '2021', from: '2021-11-15', circular: [law(processingCircular)] },
];

/**
 * The version of a rule that is in force on a day (law.md 0.2 `calc.version`: the version at the start event governs).
 * @returns undefined when no version is in force
 */
export function versionInForce<Rule extends VersionedRule>(rules: readonly Rule[], id: string, on: LegalDate): Rule | undefined {
  return rules.find((rule) => rule.id === id && rule.from <= on && (!rule.to || on <= rule.to));
}
