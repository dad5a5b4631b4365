import type { LegalDate } from '../platform/text/legal-date.js';
import type { RegulationType } from '../rules/regulations/required-regulations.js';
import type { UnitLevel } from '../rules/structure/unit-structure.js';
import type { ReviewOutcome } from './regulation.js';

export const campaignStates = ['open', 'closed', 'cancelled'] as const;
export type CampaignState = (typeof campaignStates)[number];

/**
 * How far the review of one regulation is: `open`: nobody has reviewed it; `overdue`: nor was it by the day of the campaign; `decided`: it is to
 * be changed, issued or repealed; `work_overdue`: and was not by the day that the review said; `done`.
 */
export const itemStates = ['open', 'overdue', 'decided', 'work_overdue', 'done'] as const;
export type ItemState = (typeof itemStates)[number];

export interface CampaignOrder {
  title: string;
  /** Number of the plan or letter that orders it. */
  number: string | null;
  startsOn: LegalDate;
  dueOn: LegalDate;
  types: RegulationType[];
  /** Which levels review; all when empty. */
  levels: UnitLevel[];
  /** Which units review, instead of levels; all when empty. */
  unitIds: string[];
  /** Only what is missing, or proposed for review because its basis has changed. */
  onlyProposed: boolean;
}

export interface CampaignRow {
  id: string;
  unitId: string;
  title: string;
  number: string | null;
  startsOn: LegalDate;
  dueOn: LegalDate;
  types: RegulationType[];
  onlyProposed: boolean;
  state: CampaignState;
  endedOn: LegalDate | null;
  endNote: string | null;
  units: number;
  figures: CampaignFigures;
  version: number;
}

export type CampaignFigures = { items: number } & Record<ItemState, number>;

export interface ItemRow {
  id: string;
  campaignId: string;
  unitId: string;
  type: RegulationType;
  regulationId: string | null;
  title: string | null;
  state: ItemState;
  outcome: ReviewOutcome | null;
  reason: string | null;
  reviewedOn: LegalDate | null;
  doBy: LegalDate | null;
}

export interface ReviewOrder {
  outcome: ReviewOutcome;
  reason: string;
  reviewedOn: LegalDate;
  doBy: LegalDate | null;
}
