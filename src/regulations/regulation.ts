import type { LegalDate } from '../platform/text/legal-date.js';
import type { RegulationType } from '../rules/regulations/required-regulations.js';

/** How a version came about: the first one is issued, later ones amend, supplement or replace it. Each is the text as it stands with it. */
export const versionActions = ['issued', 'amended', 'supplemented', 'replaced'] as const;
export type VersionAction = (typeof versionActions)[number];

/**
 * `in_force`; `upcoming`: issued, not yet in force; `repealed`; `ended`: with its unit.
 */
export const regulationStates = ['in_force', 'upcoming', 'repealed', 'ended'] as const;
export type RegulationState = (typeof regulationStates)[number];

/** What a review comes to. `issue` and `not_needed` are for a regulation that there is not. */
export const reviewOutcomes = ['keep', 'amend', 'supplement', 'replace', 'repeal', 'issue', 'not_needed'] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];
/** Outcomes after which nothing is left to be done. */
export const settledOutcomes: readonly ReviewOutcome[] = ['keep', 'not_needed'];

/** What a version rests on: a document of the state, or a regulation of another unit. */
export interface Basis {
  instrumentId: string | null;
  regulationId: string | null;
  article: string | null;
}

export interface BasisRow extends Basis {
  /** Number of the document, or of the last version of the regulation. */
  number: string;
  title: string;
}

export interface VersionFacts {
  number: string;
  issuedOn: LegalDate;
  inForceFrom: LegalDate;
  signerTitle: string;
  signerName: string | null;
  gist: string | null;
  /** Day by which the unit itself wants to look at it again. */
  reviewBy: LegalDate | null;
  basis: Basis[];
}

export interface VersionRow extends Omit<VersionFacts, 'basis'> {
  sequence: number;
  action: VersionAction;
  inForceTo: LegalDate | null;
  basis: BasisRow[];
  file: { id: string; filename: string } | null;
}

/** Why a regulation is proposed for review: something that it rests on has changed since it was issued or last kept. */
export interface ReviewReason {
  /** Number of what changed: of the document, or of the regulation. */
  number: string;
  instrumentId: string | null;
  regulationId: string | null;
  change: 'amended' | 'replaced' | 'repealed' | 'expired';
  effectiveOn: LegalDate;
  /** Number of what changed it. */
  by: string | null;
}

export interface ReviewRow {
  id: string;
  outcome: ReviewOutcome;
  reason: string;
  reviewedOn: LegalDate;
  doBy: LegalDate | null;
  campaignId: string | null;
  reviewedBy: string | null;
}

/** A regulation as lists show it, with the version that is in force, or else the last one. */
export interface RegulationRow {
  id: string;
  unitId: string;
  type: RegulationType;
  title: string;
  state: RegulationState;
  number: string;
  issuedOn: LegalDate;
  inForceFrom: LegalDate;
  reviewBy: LegalDate | null;
  repealedOn: LegalDate | null;
  repealNumber: string | null;
  replacedById: string | null;
  /** Day of the last review that kept it. */
  keptOn: LegalDate | null;
  reviewReasons: ReviewReason[];
  version: number;
}

export interface Regulation extends RegulationRow {
  versions: VersionRow[];
  reviews: ReviewRow[];
}

/** `regulation` with the version that counts on the day. */
export type RegulationFacts = { type: RegulationType; title: string } & VersionFacts;
