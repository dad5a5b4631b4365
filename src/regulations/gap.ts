import type { LegalDate } from '../platform/text/legal-date.js';
import type { RegulationType } from '../rules/regulations/required-regulations.js';
import type { Unit } from '../rules/structure/unit-structure.js';

/**
 * What is not as it should be: `missing`: required, and none in force; `outdated`: what it rests on has changed; `due`: a review, or what a review
 * came to, is to be done.
 */
export const gapKinds = ['missing', 'outdated', 'due'] as const;
export type GapKind = (typeof gapKinds)[number];

export interface Gap {
  unitId: string;
  type: RegulationType;
  gap: GapKind;
  regulationId: string | null;
  /** Since when it is outdated, by when it is due; null for what is missing. */
  dueOn: LegalDate | null;
}

export interface RegulationFigures {
  required: number;
  inForce: number;
  missing: number;
  outdated: number;
  due: number;
  /** Of those due, the ones whose day has passed. */
  overdue: number;
}

export interface RegulationOverviewRow {
  unit: Unit;
  own: boolean;
  figures: RegulationFigures;
}
