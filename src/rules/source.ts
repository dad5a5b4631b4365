import { type LegalDate, plusDays } from '../platform/text/legal-date.js';

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

/** A source as an office writes it: `Điều 26(1)(b) Luật số 42/2013/QH13`. */
export function inVietnamese({ instrument, article }: Source): string {
  const type = instrument.includes('/QH') ? 'Luật' : instrument.includes('/NĐ-') ? 'Nghị định' : 'Thông tư';
  return `${article ? `Điều ${article} ` : ''}${type} số ${instrument}`;
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
/** Amending law of the three laws above, in force since 2026-07-01, without a clause of transition (art. 4). */
export const amendingLaw2025 = '136/2025/QH15';
export const since2026: LegalDate = '2026-07-01';
/** Decree on complaints since 2020-12-10, amended by the one of 2026. */
export const complaintsDecree = '124/2020/NĐ-CP';
export const complaintsDecree2026 = '155/2026/NĐ-CP';
/** Decree on denunciations since 2019-05-28, amended by the one of 2026. */
export const denunciationsDecree = '31/2019/NĐ-CP';
export const denunciationsDecree2026 = '156/2026/NĐ-CP';
/** Decree on citizen reception since 2026-07-01, in place of the one of 2014. */
export const receptionDecree2026 = '154/2026/NĐ-CP';
/** Circular on the allowance of who receives citizens, and the one that amends it since 2026-07-27. */
export const allowanceCircular = '320/2016/TT-BTC';
export const allowanceCircular2026 = '65/2026/TT-BTC';
/** Decree that divides competence between the two tiers since 2025-07-01. */
export const twoTierDecree = '141/2025/NĐ-CP';

/** A version as it is written: from when it is in force. Its last day follows from the version after it, so that nobody can forget or mistake it. */
export type Written<Version extends { to?: LegalDate }> = Omit<Version, 'to'> & {
  to?: never;
  /** First day without the rule, where it was repealed and nothing followed; only the last version can say so. */
  repealedFrom?: LegalDate;
};

interface Dated {
  /** Versions of different rules do not follow one another. */
  id?: string;
  version: string;
  from: LegalDate;
  to?: LegalDate;
}

/**
 * The versions of a table with their last days: each lasts until the day before the next version of the same rule begins, so that two never overlap
 * and between them there is no gap.
 * @throws Error for two versions of a rule with one name or one first day, and for a repeal that another version follows
 */
export function inTime<Version extends Dated>(written: readonly Written<Version>[]): Version[] {
  return written.map(({ repealedFrom, ...version }) => {
    const { id, version: name, from } = version as Dated;
    const others = written.filter((other) => (other as Dated).id === id);
    if (others.filter((other) => other.version === name).length > 1)
      throw new Error(`Two versions of ${id ?? 'a table'} are called ${name}`);
    if (others.filter((other) => other.from === from).length > 1) throw new Error(`Two versions of ${id ?? 'a table'} begin on ${from}`);
    const next = others
      .map((other) => other.from)
      .filter((other) => other > from)
      .sort()[0];
    if (repealedFrom && (next || repealedFrom <= from))
      throw new Error(`${id ?? 'A table'} ${name} is repealed and followed, or before it began`);
    const ended = next ?? repealedFrom;
    return { ...version, ...(ended && { to: plusDays(ended, -1) }) } as unknown as Version;
  });
}

/** A period of the law, from its first day until the next one in a list begins. */
export interface Period {
  version: string;
  from: LegalDate;
  circular: Source[];
}

/** Before the first circular on the processing of petitions, under 07/2014/TT-TTCP, and under 05/2021/TT-TTCP. */
export const circularPeriods: readonly Period[] = [
  { version: '2011', from: '2012-07-01', circular: [] },
  { version: '2014', from: '2014-12-15', circular: [law(processingCircular2014)] },
  { version: '2021', from: '2021-11-15', circular: [law(processingCircular)] },
];

/** The same periods, parted further on the first days of other laws, each called by the name given. */
export function partedOn(periods: readonly Period[], ...laws: [version: string, from: LegalDate][]): Period[] {
  const parts = laws.map(([version, from]): Period => {
    const around = periods.findLast((period) => period.from <= from);
    return { version, from, circular: around?.circular ?? [] };
  });
  return [...periods, ...parts].sort((one, other) => (one.from < other.from ? -1 : 1));
}

/**
 * The version of a rule that is in force on a day (law.md 0.2 `calc.version`: the version at the start event governs).
 * @returns undefined when no version is in force
 */
export function versionInForce<Rule extends VersionedRule>(rules: readonly Rule[], id: string, on: LegalDate): Rule | undefined {
  return rules.find((rule) => rule.id === id && rule.from <= on && (!rule.to || on <= rule.to));
}
