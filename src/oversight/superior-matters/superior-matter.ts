import type { PetitionKind } from '../../rules/evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';

export const agencyTypes = ['superior', 'court', 'central', 'other'] as const;
export type AgencyType = (typeof agencyTypes)[number];

/**
 * Where a case stands there. `sent`: it was brought there; `accepted`; `in_progress`: verification, preparation of the trial; `decided`;
 * `appealed`: decided, and taken further; `in_force`; `returned`: sent back to be settled here; `withdrawn`.
 */
export const matterStages = ['sent', 'accepted', 'in_progress', 'appealed', 'decided', 'in_force', 'returned', 'withdrawn'] as const;
export type MatterStage = (typeof matterStages)[number];
/** Stages as Vietnamese sentences name them. */
export const matterStageNames: Record<MatterStage, string> = {
  sent: 'đã gửi',
  accepted: 'đã thụ lý',
  in_progress: 'đang giải quyết',
  appealed: 'đang kháng cáo, khiếu nại tiếp',
  decided: 'đã có kết quả',
  in_force: 'đã có hiệu lực',
  returned: 'đã chuyển về',
  withdrawn: 'đã rút',
};
/** Stages of which news are waited for. */
export const openStages: readonly MatterStage[] = ['sent', 'accepted', 'in_progress', 'appealed'];
/** Stages that are the outcome of a decision. */
export const decidedStages: readonly MatterStage[] = ['decided', 'in_force'];

export const matterEffects = ['upheld', 'changed', 'annulled', 'to_be_resolved_again', 'other'] as const;
export type MatterEffect = (typeof matterEffects)[number];

/** What was decided there about the decision of the unit of origin. */
export interface MatterOutcome {
  effect: MatterEffect;
  number: string;
  issuedOn: LegalDate;
  gist: string | null;
}

/** News of a case: where it stands, since when, what was decided. */
export interface NewsFacts {
  stage: MatterStage;
  newsOn: LegalDate;
  content: string | null;
  outcome: MatterOutcome | null;
}

/** A case at an agency, as it is entered or imported. */
export interface MatterFacts extends NewsFacts {
  agencyType: AgencyType;
  agency: string;
  reference: string;
  kind: PetitionKind;
  matter: string;
  filedOn: LegalDate;
  petitionId: string | null;
}

export interface MatterRow extends Omit<MatterFacts, 'content'> {
  id: string;
  unitId: string;
  petitionNumber: string | null;
  open: boolean;
  /** Days without news, of one that is open. */
  daysSilent: number | null;
  stale: boolean;
  document: { id: string; filename: string } | null;
  contacts: number;
  lastContactOn: LegalDate | null;
  gatherings: number;
  lastGatheringOn: LegalDate | null;
  version: number;
}

export interface NewsRow {
  onDate: LegalDate;
  stage: MatterStage;
  content: string | null;
  effect: MatterEffect | null;
  source: NewsSource;
  recordedBy: string | null;
}
export type NewsSource = 'official' | 'import' | 'system';

export interface Matter extends MatterRow {
  news: NewsRow[];
}

export interface MatterFigures {
  open: number;
  stale: number;
  /** Decided there in the last year. */
  decided: number;
  /** Of those, the ones that did not uphold what was decided here. */
  notUpheld: number;
}
